import type { Issue } from '../answer.ts';
import type { Attachment, StoredMessage } from '../message.ts';
import { Component, Flag, type MessageBody, type Part } from '../wire.ts';

const LEGACY_CODE = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';

/** What is wrong with the message an edit would leave behind, which the edit's body alone cannot tell. */
export function mergedIssues(
  message: StoredMessage,
  body: MessageBody,
  files: readonly Attachment[],
): readonly Issue[] | 'empty' {
  const wasV2 = (message.flags & Flag.componentsV2) !== 0;
  const isV2 = wasV2 || ((body.flags ?? 0) & Flag.componentsV2) !== 0;
  const content = body.content === undefined ? message.content : (body.content ?? '');
  const embeds = body.embeds === undefined ? message.embeds : (body.embeds ?? []);
  const components = body.components === undefined ? message.components : (body.components ?? []);
  if (isV2) {
    return [
      ...(content === '' ? [] : [legacyField('content')]),
      ...(embeds.length === 0 ? [] : [legacyField('embeds')]),
    ];
  }
  const kept = body.attachments === undefined ? message.attachments.length : body.attachments.length;
  const layout = layoutIssues(components);
  if (layout.length > 0) return layout;
  const isEmpty = content === '' && embeds.length + components.length + kept + files.length === 0;
  return isEmpty ? 'empty' : [];
}

function legacyField(name: string): Issue {
  return {
    path: [name],
    code: LEGACY_CODE,
    message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  };
}

function layoutIssues(components: readonly Part[]): readonly Issue[] {
  const needsV2 = components.some((part) => part.type !== Component.actionRow);
  if (needsV2)
    return [
      {
        path: ['components'],
        code: 'COMPONENT_TYPE_INVALID',
        message: 'These components need the flag IS_COMPONENTS_V2',
      },
    ];
  if (components.length <= 5) return [];
  return [{ path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be 5 or fewer action rows.' }];
}
