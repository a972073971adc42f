import { describe, expect, test } from 'vitest';
import { isZone } from '../../../src/domain/zones/zone.ts';

describe('a time zone', () => {
  test('is any that this machine lists', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });

  test.each(['UTC', 'Etc/UTC', 'US/Eastern', 'Asia/Calcutta'])('may be called %s', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  test.each(['', 'local', 'system', 'Mars/Base', 'Berlin', '+02:00', 'UTC+2', '/', 'Europe/Berlin '])(
    'is not called %j',
    (zone) => {
      expect(isZone(zone)).toBe(false);
    },
  );
});
