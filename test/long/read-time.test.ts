import { rawTimeZones } from '@vvo/tzdb';
import { expect, test } from 'vitest';
import { moveInstant, readTime } from '../../src/domain/times/read-time.ts';
import { formatTime } from '../../src/domain/times/time.ts';
import type { Reading } from '../../src/domain/times/typed-time.ts';
import { isZone } from '../../src/domain/zones/zone.ts';
import { USUAL } from '../domain/times/phrases.ts';
import { DAY, FROM, HOUR, instantAt, offsetAt, TO, transitionsOf, wallText, ZONES } from '../domain/times/switches.ts';

/** Every name of a zone, the old ones too, such as `US/Central`. */
const NAMES = [...new Set([...ZONES, ...rawTimeZones.flatMap(({ group }) => group)])].filter(isZone);
const TRANSITIONS = NAMES.flatMap(transitionsOf);

const STEP = HOUR / 12;
const around = (millis: number, far: number, step: number): readonly number[] =>
  Array.from({ length: (2 * far) / step + 1 }, (_, index) => millis - far + index * step);

const inZone = (zone: string): Reading => ({ ...USUAL, zone, unitZone: zone, mayBePast: true });

/** The instants that something typed for a wall clock means: itself, or what is asked about. */
function meantBy(wallMs: number, zone: string): readonly string[] {
  const read = readTime(wallText(wallMs), inZone(zone));
  return read.ok ? [read.value.instant] : [read.error.kind, ...read.error.candidates.map(({ instant }) => instant)];
}

test('there are old names among the zones, and some thousand switches', () => {
  expect(NAMES).toEqual(expect.arrayContaining(['US/Central', 'Asia/Calcutta', 'Europe/Kyiv']));
  expect(TRANSITIONS.length).toBeGreaterThan(2_000);
});

test('around every switch, what clocks show every five minutes is read, refused or asked about as Intl has it', () => {
  for (const { zone, at, before, after } of TRANSITIONS) {
    for (const wallMs of around(at + before, 3 * HOUR, STEP)) {
      const shown = [wallMs - before, wallMs - after].filter((millis) => millis + offsetAt(zone, millis) === wallMs);
      const instants = [...new Set(shown)].sort((a, b) => a - b).map(instantAt);
      const outcome = instants.length === 1 ? instants : ['ambiguous-by-dst', ...instants];
      const skipped = [
        'skipped-by-dst',
        ...[before - after, after - before]
          .map((far) => wallMs + far)
          .flatMap((other, index) => instantAt(other - (index === 0 ? before : after))),
      ];
      expect(meantBy(wallMs, zone), `${wallText(wallMs)} ${zone}`).toEqual(instants.length === 0 ? skipped : outcome);
    }
  }
});

test('around every switch, what a form shows every five minutes is read back as it was', () => {
  for (const { zone, at } of TRANSITIONS) {
    for (const millis of around(at, 3 * HOUR, STEP)) {
      const instant = instantAt(millis);
      const read = readTime(formatTime(instant, zone), inZone(zone));
      expect(read, `${instant} ${zone}`).toEqual({ ok: true, value: { instant, zone } });
    }
  }
});

test('in every zone, every eleven hours of the years, what a form shows is read back, and a day keeps the time of day', () => {
  for (const zone of NAMES) {
    for (let millis = FROM; millis < TO; millis += 11 * HOUR) {
      const instant = instantAt(millis);
      expect(readTime(formatTime(instant, zone), inZone(zone))).toEqual({ ok: true, value: { instant, zone } });
      const moved = moveInstant(instant, { days: 1, ms: 0 }, zone);
      if (!moved.ok) continue;
      const end = Date.parse(moved.value);
      expect(end + offsetAt(zone, end), `${instant} ${zone}`).toBe(millis + offsetAt(zone, millis) + DAY);
    }
  }
});
