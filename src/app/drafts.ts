import { ok, type Result } from '../domain/result.ts';
import type { TypedForm } from '../domain/snapshot.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller, Draft, KeptDraft } from './ports.ts';
import { isTouched, type OwnDraft } from './snapshots.ts';
import type { SubmittedForm } from './submit-form.ts';

/** Keeps a draft as its author's one of that form; answers its id. */
export async function keepDraft(app: App, caller: Caller, draft: Draft): Promise<string> {
  const draftId = app.newId();
  await app.drafts.save(caller, draftId, draft, app.clock.now());
  return draftId;
}

/**
 * The caller's draft of a submitted form, as known since the form was opened: the ordinary form, of which there is none,
 * costs no look at the disk.
 */
export async function findDraft(app: App, caller: Caller, submitted: SubmittedForm): Promise<OwnDraft | null> {
  const opened = app.snapshots.recall(submitted.key);
  if (opened !== null) return opened.draft ?? null;
  const id = await app.drafts.findId(caller, submitted.eventId, submitted.form);
  return id === null ? null : { id, isShown: false };
}

/** What was typed into the inputs that somebody touched. */
export const touchedIn = ({ inputs }: Pick<SubmittedForm, 'inputs'>): TypedForm =>
  new Map([...inputs].flatMap(([field, input]) => (isTouched(input) ? [[field, input.typed] as const] : [])));

/** What a draft holds of inputs that were left alone now; nothing where the form showed it, and so was its answer. */
export async function leftOver(
  app: App,
  caller: Caller,
  draft: OwnDraft | null,
  submitted: SubmittedForm,
): Promise<TypedForm> {
  if (draft === null || draft.isShown) return new Map();
  const kept = await app.drafts.load(caller, draft.id);
  const touched = touchedIn(submitted);
  return new Map([...(kept?.typed ?? [])].filter(([field]) => !touched.has(field)));
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
