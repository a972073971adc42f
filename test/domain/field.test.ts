import { expect, test } from 'vitest';
import {
  CHANNELS,
  FIELD_NAMES,
  FIELDS,
  type Field,
  FORMS,
  fieldNamed,
  fieldsOf,
  formNamed,
  INTERVALS,
  labelOf,
} from '../../src/domain/field.ts';

/** PERSCOM's reference, openapi.json: the properties of `Event` that a PATCH may carry. */
const DOCUMENTED = [
  'name',
  'calendar_id',
  'description',
  'content',
  'location',
  'url',
  'author_id',
  'all_day',
  'starts',
  'ends',
  'repeats',
  'registration_enabled',
  'registration_deadline',
  'notifications_enabled',
  'notifications_interval',
  'notifications_channels',
];

test("the fields are PERSCOM's 16, by its own names", () => {
  expect([...FIELD_NAMES].sort()).toEqual([...DOCUMENTED].sort());
});

test('the four forms hold every field once, in the order in which moderators know them', () => {
  const forms = Object.keys(FORMS).map((key) => formNamed(key));
  expect(forms.map((form) => form && fieldsOf(form).map((field) => FIELDS[field].label))).toEqual([
    ['Starts', 'Ends', 'All day', 'Repeats'],
    ['Name', 'Calendar', 'Location', 'URL', 'Author'],
    ['Description', 'Content'],
    [
      'Registration enabled',
      'Registration deadline',
      'Notifications enabled',
      'Notification interval',
      'Notification channels',
    ],
  ]);
  expect(Object.values(FORMS)).toEqual(['Schedule', 'Details', 'Text', 'Sign-up and alerts']);
});

test('no label is longer than the 45 characters that Discord gives it', () => {
  expect(FIELD_NAMES.filter((field) => FIELDS[field].label.length > 45)).toEqual([]);
});

test('no form has more than the five inputs that a Discord modal holds', () => {
  for (const key of ['schedule', 'details', 'text', 'alerts'] as const)
    expect(fieldsOf(key).length, key).toBeLessThanOrEqual(5);
});

test('the fields that the server as shipped refuses are the six that were recorded', () => {
  const recorded: Field[] = [
    'starts',
    'ends',
    'registration_enabled',
    'registration_deadline',
    'notifications_interval',
    'notifications_channels',
  ];
  expect(FIELD_NAMES.filter((field) => FIELDS[field].isRefusedAsShipped)).toEqual(recorded);
});

test("intervals and channels are PERSCOM's, under PERSCOM's labels", () => {
  expect(INTERVALS.map(({ value }) => value).sort()).toEqual(['p1d', 'p1w', 'pt0m', 'pt15m', 'pt1h']);
  expect(labelOf(INTERVALS, 'p1d')).toBe('1 day before');
  expect(CHANNELS.map(({ value }) => value).sort()).toEqual([
    'broadcast',
    'database',
    'discord_private',
    'discord_public',
    'mail',
    'sms',
  ]);
  expect(labelOf(CHANNELS, 'discord_public')).toBe('Discord (Public)');
});

test('a member of a set that has no label stands for itself', () => {
  expect(labelOf(CHANNELS, 'pigeon')).toBe('pigeon');
});

test.each(['', 'label', 'id', 'Starts', 'toString', '__proto__'])('%j is the name of no field and no form', (key) => {
  expect(fieldNamed(key)).toBeNull();
  expect(formNamed(key)).toBeNull();
});
