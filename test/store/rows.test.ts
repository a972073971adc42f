import { expect, test } from 'vitest';
import { parseEdit } from '../../src/store/rows.ts';

test('a refusal that an older version wrote down, without how long to wait, is read', () => {
  const row = {
    ...{
      id: 1,
      event_id: 2,
      event_name: 'Op Alpha',
      event_page: null,
      field: 'name',
      user_id: '901',
      staged_at: 1_000,
    },
    ...{ base: '"Op Alpha"', wanted: '"Op Bravo"' },
    refusal: '{"kind":"call","error":{"kind":"rate-limited"}}',
  };
  expect(parseEdit(row).refusal).toEqual({ kind: 'call', error: { kind: 'rate-limited', retryAfterMs: null } });
});
