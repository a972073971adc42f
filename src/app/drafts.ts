import type { Field } from '../domain/field.ts';
import type { Picked } from '../domain/form-times.ts';
import { ok, type Result } from '../domain/result.ts';
import { type Typed, type TypedForm, tidyTyped } from '../domain/snapshot.ts';
import { sameValue } from '../domain/value.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller, Draft, FormContent, KeptDraft } from './ports.ts';
import { isTouched, type OwnDraft, syntaxesIn } from './snapshots.ts';
import type { SubmittedForm } from './submit-form.ts';

/** A form into which nothing was typed. */
export const NOTHING_TYPED: FormContent = { typed: new Map(), syntaxes: new Map(), longTexts: 'append' };

/** Keeps a draft as its author's one of that form; answers its id, or null where nothing was typed. */
export async function keepDraft(
  app: App,
  caller: Caller,
  draft: Draft,
  draftId: string = app.newId(),
): Promise<string | null> {
  if (draft.typed.size === 0) return null;
  await app.drafts.save(caller, draftId, draft, app.clock.now());
  return draftId;
}

/** The draft that somebody had of a form when they opened it, and whether the form showed it. */
export type FoundDraft = { readonly draft: KeptDraft; readonly isShown: boolean };

/** Which draft there was when a submitted form was opened; after a restart, which there is. */
async function findOwn(app: App, caller: Caller, { key, eventId, form }: SubmittedForm): Promise<OwnDraft | null> {
  const opened = app.snapshots.recall(key);
  if (opened !== null) return opened.draft ?? null;
  const id = await app.drafts.findId(caller, eventId, form);
  return id === null ? null : { id, isShown: false };
}

/**
 * The caller's draft of a submitted form, as known since the form was opened: the ordinary form, of which there is none,
 * costs no look at the disk.
 */
export async function findDraft(app: App, caller: Caller, submitted: SubmittedForm): Promise<FoundDraft | null> {
  const own = await findOwn(app, caller, submitted);
  const draft = own === null ? null : await app.drafts.load(caller, own.id);
  return own === null || draft === null ? null : { draft, isShown: own.isShown };
}

/** What was typed into the inputs that somebody touched. */
export function contentOf({ inputs, texts }: Pick<SubmittedForm, 'inputs' | 'texts'>): FormContent {
  const touched = new Map([...inputs].filter(([, input]) => isTouched(input)));
  const typed = new Map([...touched].map(([field, input]) => [field, input.typed]));
  return { typed, syntaxes: syntaxesIn(touched), longTexts: texts.longTexts };
}

/** What was typed for some fields. */
export const contentFor = (content: FormContent, isMeant: (field: Field) => boolean): FormContent => ({
  ...content,
  typed: new Map([...content.typed].filter(([field]) => isMeant(field))),
  syntaxes: new Map([...content.syntaxes].filter(([field]) => isMeant(field))),
});

/** What was typed before, with what was typed now in its place or beside it. */
export const joinContent = (before: FormContent, now: FormContent): FormContent => ({
  typed: new Map([...before.typed, ...now.typed]),
  syntaxes: new Map([...before.syntaxes, ...now.syntaxes]),
  longTexts: now.syntaxes.size > 0 ? now.longTexts : before.longTexts,
});

/** What a draft holds of inputs that were left alone now; nothing where the form showed it, and so was its answer. */
export const leftOver = ({ draft, isShown }: FoundDraft, { typed }: FormContent): FormContent =>
  isShown ? NOTHING_TYPED : contentFor(draft, (field) => !typed.has(field));

/**
 * What the times of a draft were said to mean, where its form showed it and came back with the same typed into them, and into
 * what they may depend on.
 */
export function picksLeft({ draft, isShown }: FoundDraft, { typed }: FormContent): readonly Picked[] {
  const tidy = (form: TypedForm, field: Field): Typed => tidyTyped(form.get(field) ?? '');
  const isSame = (field: Field): boolean => sameValue(tidy(typed, field), tidy(draft.typed, field));
  if (!isShown || !isSame('all_day')) return [];
  return draft.picks.filter(({ field }) => typed.has(field) && isSame(field) && isSame('starts'));
}

/** A draft with the name of its event, where that is known. */
export type ListedDraft = KeptDraft & { readonly eventName: string | null };

/** The caller's drafts, newest first. PERSCOM is not asked. */
export async function listDrafts(app: App, caller: Caller): Promise<Result<readonly ListedDraft[], NotConnected>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const { cache } = connection.value;
  const drafts = await app.drafts.list(caller);
  return ok(drafts.map((draft) => ({ ...draft, eventName: cache.knownEvent(draft.eventId)?.values.name ?? null })));
}
