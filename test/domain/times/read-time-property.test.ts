import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moveInstant, readDay, readMove, readTime } from '../../../src/domain/times/read-time.ts';
import { formatTime } from '../../../src/domain/times/time.ts';
import type { Reading } from '../../../src/domain/times/typed-time.ts';
import { isZone } from '../../../src/domain/zones/zone.ts';
import { PHRASES, USUAL } from './phrases.ts';
import { DAY, FROM, HOUR, instantAt, offsetAt, TO, transitionsOf, wallText, ZONES } from './switches.ts';

const TRANSITIONS = ZONES.flatMap(transitionsOf);

const inZone = (zone: string): Reading => ({ ...USUAL, zone, unitZone: zone, mayBePast: true });
const read = (wallMs: number, zone: string) => readTime(wallText(wallMs), inZone(zone));
const is = (millis: number, zone: string) => ({ ok: true, value: { instant: instantAt(millis), zone } });

describe('around every switch of clocks from 2024 to 2030, in every zone', () => {
  test('there are some thousand', () => {
    expect(TRANSITIONS.length).toBeGreaterThan(1_000);
  });

  test('a skipped time is refused, with the times as far before and after the gap', () => {
    for (const { zone, at, before, after } of TRANSITIONS.filter((one) => one.after > one.before)) {
      const size = after - before;
      for (const wallMs of [at + before, at + after - 60_000]) {
        const [earlier, later] = [wallMs - size - before, wallMs + size - after].map(instantAt);
        expect(read(wallMs, zone), `${wallText(wallMs)} ${zone}`).toMatchObject({
          ok: false,
          error: {
            kind: 'skipped-by-dst',
            before: wallText(at + before).slice(0, 16),
            after: wallText(at + after).slice(0, 16),
            candidates: [{ instant: earlier }, { instant: later }],
          },
        });
      }
    }
  });

  test('a time that happens twice is asked about, with exactly its two instants', () => {
    for (const { zone, at, before, after } of TRANSITIONS.filter((one) => one.after < one.before)) {
      for (const wallMs of [at + after, at + before - 60_000]) {
        const [first, second] = [wallMs - before, wallMs - after].map(instantAt);
        expect(read(wallMs, zone), `${wallText(wallMs)} ${zone}`).toMatchObject({
          ok: false,
          error: { kind: 'ambiguous-by-dst', zone, candidates: [{ instant: first }, { instant: second }] },
        });
      }
    }
  });

  test('the times just outside are read, and every instant is read back from what a form shows', () => {
    for (const { zone, at, before, after } of TRANSITIONS) {
      const [first, last] = [Math.min(before, after), Math.max(before, after)];
      expect(read(at + first - 60_000, zone)).toEqual(is(at + first - 60_000 - before, zone));
      expect(read(at + last, zone)).toEqual(is(at + last - after, zone));
      for (const millis of [at - HOUR, at - 60_000, at, at + HOUR]) {
        expect(readTime(formatTime(instantAt(millis), zone), inZone(zone))).toEqual(is(millis, zone));
      }
    }
  });

  test('a day later it is the same time of day, unless clocks skip or double that, and a day earlier it was now', () => {
    const day = { days: 1, ms: 0 };
    for (const { zone, at, before, after } of TRANSITIONS) {
      for (const millis of [at - DAY, at - 13 * HOUR, at - HOUR / 2, at + HOUR / 4]) {
        const moved = moveInstant(instantAt(millis), day, zone);
        const wallMs = millis + (millis < at ? before : after) + DAY;
        const isShownOnce = read(wallMs, zone).ok;
        expect(moved.ok, `${instantAt(millis)} ${zone}`).toBe(isShownOnce);
        if (!moved.ok) continue;
        const end = Date.parse(moved.value);
        expect(end + offsetAt(zone, end), `${instantAt(millis)} ${zone}`).toBe(wallMs);
      }
    }
  });
});

const [LONG_AGO, LATER] = [Date.UTC(2000, 0, 1), Date.UTC(2038, 0, 1)];
const someInstant = fc.integer({ min: LONG_AGO / 1000, max: LATER / 1000 }).map((seconds) => instantAt(seconds * 1000));
const nearSwitch = fc
  .tuple(fc.constantFrom(...TRANSITIONS), fc.integer({ min: -2 * 86_400, max: 2 * 86_400 }))
  .map(([{ zone, at }, seconds]) => ({ zone, instant: instantAt(at + seconds * 1000) }));
const somewhere = fc.oneof(fc.record({ zone: fc.constantFrom(...ZONES), instant: someInstant }), nearSwitch);

test('a distance and its inverse lead back, where neither is refused', () => {
  const someMove = fc.record({ days: fc.integer({ min: -40, max: 40 }), ms: fc.integer({ min: -99, max: 99 }) });
  fc.assert(
    fc.property(somewhere, someMove, ({ zone, instant }, { days, ms }) => {
      const there = moveInstant(instant, { days, ms: ms * 900_000 }, zone);
      const back = there.ok ? moveInstant(there.value, { days: -days, ms: -ms * 900_000 }, zone) : there;
      if (back.ok) expect(back.value).toBe(instant);
    }),
    { numRuns: 1_000 },
  );
});

test('what a form shows is read back as itself, everywhere and at any time', () => {
  fc.assert(
    fc.property(somewhere, ({ zone, instant }) => {
      expect(readTime(formatTime(instant, zone), inZone(zone))).toEqual(is(Date.parse(instant), zone));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['America/Scoresbysund', '2023-10-28T23:59:59Z'],
  ['Asia/Almaty', '2004-10-30T18:59:59Z'],
  ['Asia/Ust-Nera', '2011-09-12T10:59:59Z'],
  ['Pacific/Apia', '2010-09-26T11:00:00Z'],
  ['Pacific/Norfolk', '2015-10-03T15:29:59Z'],
])('what a form shows is read back in %s, whose clocks were far from where they are today', (zone, instant) => {
  expect(readTime(formatTime(instant, zone), inZone(zone))).toEqual(is(Date.parse(instant), zone));
});

/** Phrases with a part cut out, put in twice or from another phrase, and plain rubbish. */
const TEXTS = PHRASES.flatMap(({ rows }) => rows.map(([text]) => text));
const someCut = fc.tuple(fc.constantFrom(...TEXTS), fc.nat(40), fc.nat(8), fc.constantFrom(...TEXTS, '', ' '));
const mangled = someCut.map(([text, at, size, other]) => text.slice(0, at) + other + text.slice(at + size));
const rubbish = fc.oneof(mangled, fc.string({ maxLength: 130 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
const someReading = fc.record({
  zone: fc.constantFrom(...ZONES),
  unitZone: fc.constantFrom(...ZONES),
  dateOrder: fc.constantFrom(null, 'day-first' as const, 'month-first' as const),
  nowMs: fc.integer({ min: FROM, max: TO }),
  present: fc.option(someInstant),
  start: fc.option(someInstant),
  takesLength: fc.boolean(),
  mayBePast: fc.boolean(),
});

test('whatever is typed is read or refused, and what a refusal offers is read as what it is offered as', () => {
  fc.assert(
    fc.property(rubbish, someReading, (text, reading) => {
      const result = readTime(text, reading);
      for (const { text: offered, instant, zone } of result.ok ? [] : result.error.candidates) {
        const again = readTime(offered, { ...USUAL, mayBePast: true });
        expect(again, offered).toMatchObject({ ok: true, value: { instant } });
        expect(isZone(zone), zone).toBe(true);
      }
      readDay(text, reading);
      readMove(text);
    }),
    { numRuns: 3_000 },
  );
});

test.each(['1', '1 ', '1:', '+1d', 'a', 'a/', '/', '28 Nov ', '٣', '.', "o'", 'p.m.'])(
  'a form full of %j takes no longer than any other',
  (piece) => {
    const text = piece.repeat(4_000).slice(0, 4_000);
    const start = process.hrtime.bigint();
    for (const tail of ['', '!', ' 19:00', ' Europe/Berlin']) {
      expect(readTime(text + tail, USUAL).ok).toBe(false);
      expect(readDay(text + tail, USUAL).ok).toBe(false);
      expect(readMove(text + tail)).toBeNull();
    }
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(500);
  },
);
