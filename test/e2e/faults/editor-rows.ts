import { both, deletes, edits, type Queued, type Row } from './row.ts';

const THEIRS = edits(1, { name: 'Op Theirs' });
const OURS = edits(1, { name: 'Op Wanted' });
const ELSEWHERE = edits(1, { location: 'Stratis' });

const TWO_OF_ONE: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 1, field: 'location', typed: 'Malden' },
];

const ENDS_EARLIER: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 2, field: 'ends', typed: '2026-12-01 21:00' },
];

const BEFORE_PREVIEW: readonly Row[] = [
  {
    name: 'a field that another editor changed before the preview is held back, and the rest is sent',
    beforePreview: THEIRS,
    previewSays: ['in **conflict**', 'is now “Op Theirs”'],
    sent: { resources: { 2: { location: 'Malden' } } },
    fates: ['not sent', 'applied'],
    patches: 1,
    says: ['1 of 1 event updated', '1 edit held back at the preview: still queued'],
  },
  {
    name: 'a queue of nothing but conflicts is not sent',
    queue: TWO_OF_ONE,
    beforePreview: edits(1, { name: 'Op Theirs', location: 'Stratis' }),
    fates: both('not sent'),
    patches: 0,
    says: ['2 conflicts to resolve'],
  },
  {
    name: 'another field of the event that another editor changed before the preview is left alone',
    beforePreview: ELSEWHERE,
    sent: { resources: { 1: { name: 'Op Wanted' }, 2: { location: 'Malden' } } },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'a value that another editor entered before the preview is not sent again',
    beforePreview: OURS,
    previewSays: ['Already so in PERSCOM, and taken out of the queue: Name of'],
    sent: { resources: { 2: { location: 'Malden' } } },
    fates: ['dropped', 'applied'],
    patches: 1,
    says: ['1 of 1 event updated'],
  },
  {
    name: 'a queue of which PERSCOM holds everything is not sent',
    queue: TWO_OF_ONE,
    beforePreview: edits(1, { name: 'Op Wanted', location: 'Malden' }),
    fates: both('dropped'),
    patches: 0,
    says: ['PERSCOM holds everything that was queued already'],
  },
  {
    name: 'an end before the start that another editor gave the event is held back',
    queue: ENDS_EARLIER,
    beforePreview: edits(2, { starts: '2026-12-01T21:00:00.000000Z' }),
    previewSays: ['the event would end before it starts'],
    fates: ['applied', 'not sent'],
    patches: 1,
    says: ['1 edit held back at the preview: still queued'],
  },
  {
    name: 'an event that was deleted before the preview',
    beforePreview: deletes(1),
    previewSays: ['the event no longer exists in PERSCOM'],
    sent: { resources: { 2: { location: 'Malden' } } },
    fates: ['missing', 'applied'],
    patches: 1,
    says: ['1 of 2 events updated, 1 no longer exists'],
  },
  {
    name: 'a queue of nothing but deleted events is not sent',
    queue: TWO_OF_ONE,
    beforePreview: deletes(1),
    fates: both('not sent'),
    patches: 0,
    says: ['2 edits of events that are gone'],
  },
];

const BEFORE_PATCH: readonly Row[] = [
  {
    name: 'a field that another editor changes between preview and confirmation',
    beforeSending: THEIRS,
    fates: both('not sent'),
    patches: 0,
    says: ['**Not sent:**', 'is now “Op Theirs”'],
  },
  {
    name: 'another field that another editor changes between preview and confirmation',
    beforeSending: ELSEWHERE,
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'a value that another editor enters between preview and confirmation',
    beforeSending: OURS,
    fates: ['dropped', 'not sent'],
    patches: 0,
    says: ['**Not sent:**', 'Already so in PERSCOM'],
  },
  {
    name: 'an event that is deleted between preview and confirmation',
    beforeSending: deletes(2),
    fates: both('not sent'),
    patches: 0,
    says: ['**Not sent:**', 'the event no longer exists in PERSCOM'],
  },
  {
    name: 'a field that another editor changes at the last moment, which PERSCOM has no guard against',
    patch: { kind: 'handle', before: THEIRS },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'another field that another editor changes at the last moment is left alone',
    patch: { kind: 'handle', before: ELSEWHERE },
    sent: { resources: { 1: { name: 'Op Wanted' }, 2: { location: 'Malden' } } },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an event that is deleted at the last moment',
    patch: { kind: 'handle', before: deletes(1) },
    fates: ['missing', 'applied'],
    patches: 1,
    says: ['1 of 2 events updated, 1 no longer exists', 'the event no longer exists in PERSCOM'],
  },
];

const BEFORE_READING_BACK: readonly Row[] = [
  {
    name: 'a field that another editor changes right after the PATCH',
    patch: { kind: 'handle', after: THEIRS },
    fates: ['ignored', 'applied'],
    patches: 1,
    says: ['something else was there when it was read again', 'PERSCOM holds “Op Theirs”'],
  },
  {
    name: 'a field that another editor changes back right after the PATCH',
    patch: { kind: 'handle', after: edits(1, { name: 'Op Iron Resolve' }) },
    fates: ['ignored', 'applied'],
    patches: 1,
    says: ['PERSCOM accepted it and did not store it', '1 edit not applied: still queued'],
  },
  {
    name: 'another field that another editor changes right after the PATCH',
    patch: { kind: 'handle', after: edits(1, { location: 'Stratis' }) },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an event with two changes that is deleted right after the PATCH',
    queue: TWO_OF_ONE,
    patch: { kind: 'handle', after: deletes(1) },
    fates: both('missing'),
    patches: 1,
    says: ['0 of 1 event updated, 1 no longer exists', '2 edits of events that are gone: still queued'],
  },
  {
    name: 'all events, deleted right after the PATCH',
    patch: {
      kind: 'handle',
      after: ({ events }) => events.clear(),
    },
    fates: both('missing'),
    patches: 1,
    says: ['0 of 2 events updated, 2 no longer exist'],
  },
  {
    name: 'a field that another editor changes right after a PATCH that was refused',
    patch: { kind: 'answer', status: 403, body: { error: { message: 'no' } }, after: THEIRS },
    fates: both('rejected'),
    patches: 1,
    says: ['lacks a scope (403)', 'PERSCOM holds “Op Theirs”'],
  },
  {
    name: 'a value that another editor enters right after a PATCH that was refused',
    patch: { kind: 'answer', status: 403, body: { error: { message: 'no' } }, after: OURS },
    fates: ['applied', 'rejected'],
    patches: 1,
    says: ['lacks a scope (403)', '1 of 2 events updated'],
  },
];

/** Another editor at work, at every moment of a flush. */
export const EDITOR_ROWS: readonly Row[] = [...BEFORE_PREVIEW, ...BEFORE_PATCH, ...BEFORE_READING_BACK];
