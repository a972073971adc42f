import type { APIEmbed } from 'discord.js';
import { EMPTY_MESSAGE, type Issue } from '../answer.ts';
import { everyPart } from '../components.ts';
import { type AllowedMentions, Component, Flag, type MessageBody, type Part } from '../wire.ts';
import { componentIssues } from './component-rules.ts';
import { issue, under } from './issue.ts';

const LEGACY_FIELD = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
const EMBEDS_TOTAL = 6000;
const TEXTS_TOTAL = 4000;
const TEXTS_BYTES = 10_170;
const COMPONENTS_TOTAL = 40;

/** Which flags a body may carry, and whether it makes a new message or changes one. */
export type MessageRules = { readonly flags: number; readonly isEdit: boolean };

/** What is wrong with a message that the schemas do not see. */
export function messageIssues(body: MessageBody, rules: MessageRules): readonly Issue[] {
  const isV2 = ((body.flags ?? 0) & Flag.componentsV2) !== 0;
  return [
    ...flagIssues(body.flags ?? 0, rules.flags),
    ...(rules.isEdit ? [] : emptinessIssues(body)),
    ...embedIssues(body.embeds ?? []),
    ...(isV2 ? legacyFieldIssues(body) : []),
    ...layoutIssues(body.components ?? [], isV2 || rules.isEdit),
    ...componentIssues(body.components ?? []),
    ...mentionIssues(body.allowed_mentions ?? {}),
  ];
}

function flagIssues(flags: number, allowed: number): readonly Issue[] {
  const wrong = flags & ~allowed;
  return wrong === 0 ? [] : [issue(['flags'], 'MESSAGE_FLAGS_INVALID', `The flags ${wrong} cannot be set here`)];
}

function emptinessIssues(
  body: MessageBody & { readonly poll?: unknown; readonly sticker_ids?: unknown },
): readonly Issue[] {
  const hasText = (body.content ?? '').trim() !== '';
  const parts = [body.embeds, body.components, body.attachments].some((list) => (list ?? []).length > 0);
  const isEmpty = !hasText && !parts && !body.poll && !body.sticker_ids;
  return isEmpty ? [issue([], EMPTY_MESSAGE, 'Cannot send an empty message')] : [];
}

function legacyFieldIssues(
  body: MessageBody & { readonly poll?: unknown; readonly sticker_ids?: unknown },
): readonly Issue[] {
  const used = [
    body.content ? 'content' : null,
    (body.embeds ?? []).length > 0 ? 'embeds' : null,
    body.poll ? 'poll' : null,
    body.sticker_ids ? 'sticker_ids' : null,
  ].filter((name) => name !== null);
  return used.map((name) => issue([name], LEGACY_FIELD, `The '${name}' field cannot be used with IS_COMPONENTS_V2`));
}

function layoutIssues(components: readonly Part[], mayBeV2: boolean): readonly Issue[] {
  const isLegacy = components.every((part) => part.type === Component.actionRow);
  if (!mayBeV2 && !isLegacy)
    return [issue(['components'], 'COMPONENT_TYPE_INVALID', 'These components need the flag IS_COMPONENTS_V2')];
  if (!mayBeV2 && components.length > 5)
    return [issue(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be 5 or fewer action rows.')];
  const parts = [...everyPart(components)];
  const tooMany = parts.length > COMPONENTS_TOTAL;
  return [
    ...(tooMany
      ? [issue(['components'], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `${parts.length} components; 40 are allowed`)]
      : []),
    ...textIssues(parts.flatMap((part) => (part.type === Component.textDisplay ? [part.content ?? ''] : []))),
  ];
}

function textIssues(texts: readonly string[]): readonly Issue[] {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 12, 0);
  if (length > TEXTS_TOTAL)
    return [
      issue(['components'], 'COMPONENT_MAX_TOTAL_TEXT_EXCEEDED', `${length} characters of text; 4000 are allowed`),
    ];
  return bytes > TEXTS_BYTES
    ? [issue(['components'], 'TEXT_BYTES_EXCEEDED', `${bytes} bytes of text make Discord answer 500`)]
    : [];
}

function embedIssues(embeds: readonly APIEmbed[]): readonly Issue[] {
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  return [
    ...(total > EMBEDS_TOTAL
      ? [issue(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of 6000 (${total})`)]
      : []),
    ...embeds.flatMap((embed, index) => under(['embeds', index], emptyTextIssues(embed))),
    ...embeds.flatMap((embed, index) =>
      hasBody(embed) ? [] : [issue(['embeds', index], 'EMBED_EMPTY', 'The embed shows nothing')],
    ),
  ];
}

/** How many characters of an embed count towards the 6000. */
function embedLength(embed: APIEmbed): number {
  const fields = (embed.fields ?? []).map((field) => `${field.name}${field.value}`);
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields];
  return texts.reduce((sum, text) => sum + (text ?? '').length, 0);
}

function emptyTextIssues({ fields, footer }: APIEmbed): readonly Issue[] {
  const texts = [
    ...(fields ?? []).flatMap(({ name, value }, at) => [
      { path: ['fields', at, 'name'], text: name },
      { path: ['fields', at, 'value'], text: value },
    ]),
    { path: ['footer', 'text'], text: footer?.text },
  ];
  return texts
    .filter(({ text }) => text?.trim() === '')
    .map(({ path }) => issue(path, 'BASE_TYPE_REQUIRED', 'This field is required'));
}

function hasBody(embed: APIEmbed): boolean {
  const { title, description, fields, author, footer, image, thumbnail, timestamp } = embed;
  return [title, description, fields?.length, author?.name, footer?.text, image, thumbnail, timestamp].some(Boolean);
}

function mentionIssues(allowed: AllowedMentions): readonly Issue[] {
  const parse = allowed.parse ?? [];
  return (['users', 'roles'] as const)
    .filter((kind) => parse.includes(kind) && (allowed[kind] ?? []).length > 0)
    .map((kind) =>
      issue(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      ),
    );
}
