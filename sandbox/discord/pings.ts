import { everyPart } from './components.ts';
import { type AllowedMentions, Component, type Part } from './wire.ts';

/** The members of a message that decide whom it notifies. */
export type Pinging = {
  readonly content: string;
  readonly components: readonly Part[];
  readonly ephemeral: boolean;
  readonly invokerId: string | null;
  /** Who wrote the message it replies to. */
  readonly repliedAuthorId: string | null;
};

const MENTION = /(?<!\\)<@(?<role>&)?!?(?<id>\d+)>|(?<all>@everyone|@here)/g;

/** Everyone a message would notify, as markup; embeds never notify, an ephemeral message only its reader. */
export function pingsOf(message: Pinging, allowed: AllowedMentions): readonly string[] {
  const found = new Set(allowed.replied_user && message.repliedAuthorId ? [`<@${message.repliedAuthorId}>`] : []);
  for (const text of pingingTexts(message)) {
    if (!text.includes('@')) continue;
    for (const match of text.matchAll(MENTION)) {
      const markup = markupOf(match.groups ?? {});
      if (isAllowed(match.groups ?? {}, allowed)) found.add(markup);
    }
  }
  return message.ephemeral ? [...found].filter((markup) => markup === `<@${message.invokerId}>`) : [...found];
}

function* pingingTexts(message: Pinging): Generator<string> {
  yield message.content;
  for (const part of everyPart(message.components)) {
    if (part.type === Component.textDisplay) yield part.content ?? '';
  }
}

type Groups = { readonly [name: string]: string | undefined };

function markupOf({ role, id, all }: Groups): string {
  return all ?? `<@${role ?? ''}${id}>`;
}

function isAllowed({ role, id, all }: Groups, allowed: AllowedMentions): boolean {
  const parse = allowed.parse ?? [];
  if (all !== undefined) return parse.includes('everyone');
  const listed = (role ? allowed.roles : allowed.users) ?? [];
  return parse.includes(role ? 'roles' : 'users') || listed.includes(id ?? '');
}
