import { expect, test } from 'vitest';
import { parseRefusals } from '../../src/perscom/wire.ts';

test.each<[string, string, object]>([
  [
    'resources.12.registration_deadline',
    'The resources.12.registration_deadline field must be a valid date.',
    { eventId: 12, field: 'registration_deadline', text: 'The registration deadline field must be a valid date.' },
  ],
  [
    'resources.3.notifications_channels.0',
    'The selected resources.3.notifications_channels.0 is invalid.',
    { eventId: 3, field: 'notifications_channels' },
  ],
  ['resources.3', 'The resources.3 field must be an array.', { eventId: 3, field: null }],
  ['resources.3.pet', 'The resources.3.pet is no pet.', { eventId: 3, field: null, text: 'The pet is no pet.' }],
  ['resources', 'The resources field is required.', { eventId: null, field: null }],
  ['name', 'The name field is required.', { eventId: null, field: null, text: 'The name field is required.' }],
])('a 422 about %s is put to the event and the field that it names', (key, text, refusal) => {
  expect(parseRefusals({ [key]: [text] })).toMatchObject([refusal]);
});

test('several texts about one field are one refusal', () => {
  expect(parseRefusals({ 'resources.1.name': ['Too long.', 'Too loud.'] })).toEqual([
    { eventId: 1, field: 'name', text: 'Too long. Too loud.' },
  ]);
});
