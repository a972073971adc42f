import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { chooseValue } from '../../src/app/choose-value.ts';
import { openDraft, openForm } from '../../src/app/open-form.ts';
import { previewFlush } from '../../src/app/preview-flush.ts';
import { replaceEdits } from '../../src/app/replace-edits.ts';
import { createSnapshots, type MarkedInput } from '../../src/app/snapshots.ts';
import { NO_TEXTS, type SubmittedForm, submitForm } from '../../src/app/submit-form.ts';
import type { Submission } from '../../src/app/take-form.ts';
import type { Field, Form } from '../../src/domain/field.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Typed } from '../../src/domain/snapshot.ts';
import { NOW, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { ANNA, BEN, BY_ANNA, BY_BEN, GUILD } from '../fixtures/store.ts';

/** Opens a form of event 1 and fills it in; what comes back from Discord carries what the form showed. */
async function fillIn(app: App, form: Form, typed: Readonly<Partial<Record<Field, Typed>>>): Promise<SubmittedForm> {
  const opened = await openForm(app, BY_ANNA, '1', form);
  if (!opened.ok) throw new Error(`not opened: ${opened.error.kind}`);
  const { key, shown } = opened.value;
  const inputs = [...shown].map(([field, input]): [Field, MarkedInput] => [
    field,
    { typed: typed[field] ?? input.typed, mark: input.mark },
  ]);
  return { eventId: 1, form, key, inputs: new Map(inputs), texts: NO_TEXTS };
}

/** Holds the database at `path` as a writer would; answers how to let go of it. */
function lock(path: string): () => void {
  const other = new Database(path);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return () => {
    if (other.inTransaction) other.exec('COMMIT');
  };
}

/** The app after its process was started anew. */
const restarted = (app: App): App => ({ ...app, snapshots: createSnapshots(app.newId) });

describe('a form that was opened before the process was started anew', () => {
  test('is taken where nothing has changed since: touched inputs are queued, and no others', async () => {
    const { app } = await setUpApp();
    const submitted = await fillIn(app, 'details', { location: 'Stratis' });
    expect(await submitForm(restarted(app), BY_ANNA, submitted)).toMatchObject({
      ok: true,
      value: {
        staged: [{ kind: 'queued', edit: { field: 'location', base: 'Altis', wanted: 'Stratis' } }],
        refused: [],
      },
    });
  });

  test('is taken from a version whose marks did not say how texts are written', async () => {
    const { app } = await setUpApp({ content: '<p>a</p>' });
    const submitted = await fillIn(app, 'text', { content: '**mine**' });
    const inputs = new Map([...submitted.inputs].map(([field, one]) => [field, { ...one, mark: one.mark.slice(1) }]));
    expect(await submitForm(restarted(app), BY_ANNA, { ...submitted, inputs })).toMatchObject({
      value: { staged: [{ edit: { wanted: '<p><strong>mine</strong></p>' } }], refused: [] },
    });
  });

  test.each<[string, string | null, string | null]>([
    ['another text', 'before', 'after'],
    ['a text where none was', null, 'after'],
    ['a text too long for a form where none was', null, 'x'.repeat(4_001)],
    ['none', 'before', null],
  ])('refuses a touched input behind which there now is %s, as its author has not seen it', async (_, was, is) => {
    const { app, server } = await setUpApp({ content: was });
    const submitted = await fillIn(app, 'text', { content: 'mine' });
    const event = server.world.events.get(1);
    if (event !== undefined) server.world.events.set(1, { ...event, content: is });
    await app.connections.of(GUILD)?.cache.event(1, { waitMs: 5_000, maxAgeMs: 0 });
    const submission = await submitForm(restarted(app), BY_ANNA, submitted);
    if (!submission.ok) throw new Error(`not taken: ${submission.error.kind}`);
    const { staged, refused } = submission.value;
    expect(staged.map(({ kind }) => kind)).toEqual([]);
    expect(refused).toEqual([{ field: 'content', typed: 'mine', error: { kind: 'changed-meanwhile' } }]);
  });
});

test('a queued value that is replaced after a restart keeps the base that its author saw, or is refused', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_BEN, [buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' })], false, NOW);
  const submitted = await fillIn(app, 'details', { location: 'Tanoa' });
  const event = server.world.events.get(1);
  if (event !== undefined) server.world.events.set(1, { ...event, location: 'Malden' });
  await app.connections.of(GUILD)?.cache.event(1, { waitMs: 5_000, maxAgeMs: 0 });
  expect(await submitForm(restarted(app), BY_ANNA, submitted)).toMatchObject({
    value: { staged: [], refused: [{ field: 'location', error: { kind: 'changed-meanwhile' } }] },
  });
});

/** The contest that a submitted form ended with. */
function contestOf(submission: Result<Submission, unknown>): string {
  if (!submission.ok || submission.value.contestId === null) throw new Error('nothing was contested');
  return submission.value.contestId;
}

test('typing back what PERSCOM held never overwrites what somebody has put there since, without asking', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_BEN, [buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' })], false, NOW);
  const submitted = await fillIn(app, 'details', { location: 'Altis' });
  const event = server.world.events.get(1);
  if (event !== undefined) server.world.events.set(1, { ...event, location: 'Malden' });
  await replaceEdits(app, BY_ANNA, contestOf(await submitForm(app, BY_ANNA, submitted)));
  const preview = await previewFlush(app, BY_ANNA);
  if (!preview.ok) throw new Error(`no preview: ${preview.error.kind}`);
  expect(preview.value.flush.changes).toMatchObject([{ state: 'conflict', live: 'Malden' }]);
});

describe('another moderator’s edit', () => {
  const BENS = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });

  /** Ben has queued a location, and Anna has asked for another one and a new name. */
  async function contest(location: string) {
    const setup = await setUpApp();
    const { app } = setup;
    await app.queues.stage(BY_BEN, [BENS], false, NOW);
    const submitted = await fillIn(app, 'details', { location, name: 'Op Bravo' });
    return { ...setup, submission: await submitForm(app, BY_ANNA, submitted) };
  }

  const queued = async (app: App) =>
    (await app.queues.load(GUILD)).edits.map(({ field, wanted, userId }) => [field, wanted, userId]);

  test('stays, with what was asked for kept beside it, and the rest is queued', async () => {
    const { app, submission } = await contest('Tanoa');
    expect(submission).toMatchObject({
      ok: true,
      value: { staged: [{ kind: 'queued' }, { kind: 'contested', previous: { userId: BEN, wanted: 'Stratis' } }] },
    });
    expect(await queued(app)).toEqual([
      ['location', 'Stratis', BEN],
      ['name', 'Op Bravo', ANNA],
    ]);
  });

  test('is replaced once its replacement is confirmed, and confirming again changes nothing', async () => {
    const { app, submission } = await contest('Tanoa');
    const contestId = contestOf(submission);
    const first = await replaceEdits(app, BY_ANNA, contestId);
    expect(first).toMatchObject({ ok: true, value: { staged: [{ kind: 'replaced' }], contestId: null } });
    const { revision } = await app.queues.load(GUILD);
    const second = await replaceEdits(app, BY_ANNA, contestId);
    expect(second).toMatchObject({ ok: true, value: { staged: [{ kind: 'already-queued' }] } });
    expect((await app.queues.load(GUILD)).revision).toBe(revision);
  });

  test('is taken back on confirmation where PERSCOM still has what was asked for', async () => {
    const { app, submission } = await contest('Altis');
    const replaced = await replaceEdits(app, BY_ANNA, contestOf(submission));
    expect(replaced).toMatchObject({ ok: true, value: { staged: [{ kind: 'withdrawn' }] } });
    expect(await queued(app)).toEqual([['name', 'Op Bravo', ANNA]]);
  });

  test('that came in the way after the question is asked about anew', async () => {
    const { app, submission } = await contest('Tanoa');
    await app.queues.stage(BY_BEN, [{ ...BENS, wanted: 'Malden' }], false, NOW);
    const again = await replaceEdits(app, BY_ANNA, contestOf(submission));
    expect(again).toMatchObject({ value: { staged: [{ kind: 'contested', previous: { wanted: 'Malden' } }] } });
    expect(await replaceEdits(app, BY_ANNA, contestOf(again))).toMatchObject({
      value: { staged: [{ kind: 'replaced' }] },
    });
  });

  test('is replaced by nobody but who asked, and not where the question is no longer kept', async () => {
    const { app, submission } = await contest('Tanoa');
    const none = { ok: false, error: { kind: 'no-such-contest' } };
    expect(await replaceEdits(app, BY_BEN, contestOf(submission))).toEqual(none);
    expect(await replaceEdits(app, BY_ANNA, 'id-0')).toEqual(none);
    expect(await queued(app)).toHaveLength(2);
  });

  test('for the calendar stays too when one is picked from the list', async () => {
    const { app } = await setUpApp();
    await app.queues.stage(BY_BEN, [buildWanted({ field: 'calendar_id', base: 1, wanted: 2 })], false, NOW);
    const chosen = await chooseValue(app, BY_ANNA, 1, { field: 'calendar_id', wanted: 3 });
    expect(chosen).toMatchObject({ ok: true, value: { staged: [{ kind: 'contested', previous: { wanted: 2 } }] } });
    expect(await queued(app)).toEqual([['calendar_id', 2, BEN]]);
    const contestId = chosen.ok ? chosen.value.contestId : null;
    expect(await replaceEdits(app, BY_ANNA, contestId ?? '')).toMatchObject({ ok: true });
    expect(await queued(app)).toEqual([['calendar_id', 3, ANNA]]);
  });
});

describe('a draft', () => {
  const drafts = async (app: App) =>
    (await app.drafts.list(BY_ANNA)).map(({ form, typed }) => [form, Object.fromEntries(typed)]);

  /** Opens a draft, retypes these inputs, puts one back to what it was before the draft, and submits the form. */
  async function fix(app: App, draftId: string, typed: Readonly<Partial<Record<Field, Typed>>>, givenUp: Field) {
    const opened = await openDraft(app, BY_ANNA, draftId);
    if (!opened.ok) throw new Error(`not opened: ${opened.error.kind}`);
    const { key, shown, snapshot } = opened.value;
    const inputs = [...shown].map(([field, { typed: was, mark }]): [Field, MarkedInput] => [
      field,
      { typed: field === givenUp ? was : (typed[field] ?? opened.value.content.typed.get(field) ?? was), mark },
    ]);
    return submitForm(app, BY_ANNA, { eventId: 1, form: snapshot.form, key, inputs: new Map(inputs), texts: NO_TEXTS });
  }

  async function refuse(app: App, form: Form, typed: Readonly<Partial<Record<Field, Typed>>>): Promise<string> {
    const submission = await submitForm(app, BY_ANNA, await fillIn(app, form, typed));
    if (!submission.ok || submission.value.draftId === null) throw new Error('nothing was refused');
    return submission.value.draftId;
  }

  test('goes when the form that showed it is accepted whole, also when a field in it was given up', async () => {
    const { app } = await setUpApp();
    const draftId = await refuse(app, 'schedule', { starts: 'soon', ends: 'later' });
    expect(await drafts(app)).toEqual([['schedule', { starts: 'soon', ends: 'later' }]]);
    await fix(app, draftId, { starts: '2026-11-22 18:00' }, 'ends');
    expect(await drafts(app)).toEqual([]);
  });

  test('goes when a form opened afresh says something else in every place where it did', async () => {
    const { app } = await setUpApp();
    await refuse(app, 'details', { author_id: 'Hartman' });
    await submitForm(app, BY_ANNA, await fillIn(app, 'details', { author_id: '12' }));
    expect(await drafts(app)).toEqual([]);
  });

  test('stays while nobody has typed its inputs anew, and joins the next one of its form', async () => {
    const { app } = await setUpApp();
    await refuse(app, 'schedule', { starts: 'soon' });
    await submitForm(app, BY_ANNA, await fillIn(app, 'schedule', { repeats: true }));
    expect(await drafts(app)).toEqual([['schedule', { starts: 'soon' }]]);
    await refuse(app, 'schedule', { ends: 'later' });
    expect(await drafts(app)).toEqual([['schedule', { starts: 'soon', ends: 'later' }]]);
  });

  test('stays as it is when something else is replaced that was chosen outside its form', async () => {
    const { app } = await setUpApp();
    await app.queues.stage(BY_BEN, [buildWanted({ field: 'calendar_id', base: 1, wanted: 2 })], false, NOW);
    const chosen = await chooseValue(app, BY_ANNA, 1, { field: 'calendar_id', wanted: 3 });
    await refuse(app, 'details', { author_id: 'Hartman', calendar_id: [] });
    await replaceEdits(app, BY_ANNA, contestOf(chosen));
    expect(await drafts(app)).toEqual([['details', { author_id: 'Hartman', calendar_id: [] }]]);
  });

  test('loses what was replaced, and keeps what is contested anew until that is replaced too', async () => {
    const { app } = await setUpApp();
    const stageBens = (wanted: string) =>
      app.queues.stage(BY_BEN, [buildWanted({ field: 'location', base: 'Altis', wanted })], false, NOW);
    await stageBens('Stratis');
    const contestId = contestOf(await submitForm(app, BY_ANNA, await fillIn(app, 'details', { location: 'Tanoa' })));
    await stageBens('Malden');
    const again = await replaceEdits(app, BY_ANNA, contestId);
    expect(await drafts(app)).toEqual([['details', { location: 'Tanoa' }]]);
    expect(await replaceEdits(app, BY_ANNA, contestOf(again))).toMatchObject({ value: { contestId: null } });
    expect(await drafts(app)).toEqual([]);
  });

  test('goes after a restart too, when what the form showed is forgotten', async () => {
    const { app } = await setUpApp();
    await refuse(app, 'details', { author_id: 'Hartman' });
    const submitted = await fillIn(app, 'details', { author_id: '12' });
    await submitForm(restarted(app), BY_ANNA, submitted);
    expect(await drafts(app)).toEqual([]);
  });
});

describe('while another program holds the database', () => {
  const RELEASED = { ok: true } as const;

  test('nothing of a form is queued, which is said, and the next one is', async () => {
    const { app, path, logged } = await setUpApp();
    const submitted = await fillIn(app, 'details', { name: 'Op Bravo', author_id: 'Hartman' });
    const release = lock(path);
    expect(await submitForm(app, BY_ANNA, submitted)).toEqual({ ok: false, error: { kind: 'broken', draftId: null } });
    expect(logged).toEqual(['a submitted form could not be queued', 'what was typed could not be kept either']);
    release();
    expect((await app.queues.load(GUILD)).edits).toEqual([]);
    expect(await submitForm(app, BY_ANNA, submitted)).toMatchObject(RELEASED);
    expect((await app.queues.load(GUILD)).edits).toMatchObject([{ wanted: 'Op Bravo' }]);
  });

  test('all that was typed is kept as soon as that is possible again, not only what was wrong', async () => {
    const { app, path } = await setUpApp();
    const submitted = await fillIn(app, 'details', { name: 'Op Bravo', author_id: 'Hartman' });
    const release = lock(path);
    const { save } = app.drafts;
    const drafts = { ...app.drafts, save: (...args: Parameters<typeof save>) => save(...args).finally(release) };
    const submission = await submitForm({ ...app, drafts }, BY_ANNA, submitted);
    expect(submission).toMatchObject({ ok: false, error: { kind: 'broken', draftId: expect.any(String) } });
    const [draft] = await app.drafts.list(BY_ANNA);
    expect(Object.fromEntries(draft?.typed ?? [])).toEqual({ name: 'Op Bravo', author_id: 'Hartman' });
  });
});
