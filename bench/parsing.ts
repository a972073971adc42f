import { readTime } from '../src/domain/times/read-time.ts';
import type { Reading } from '../src/domain/times/typed-time.ts';
import { median, quantile } from './statistics.ts';

const PHRASES = [
  '2026-11-28 19:00',
  '2026-11-28T19:00:00Z',
  '28 Nov 19:00',
  'Saturday, November 28th, 2026 at 7:00 PM',
  '28.11.2026 19:00',
  '28/11 1900',
  '03/04 1900',
  '1900',
  '7 pm',
  'Sat 20:00',
  'next Friday 2000',
  'day after tomorrow 8pm',
  'in 2 weeks 19:00',
  'in 90 minutes',
  '281900ZNOV26',
  '281900JNOV26',
  '28 1900Z NOV 26',
  '+1w 2h',
  '2026-11-28 19:00 +1d',
  '2h30',
  '1 day before start',
  '28 Nov 19:00 America/Argentina/Buenos_Aires',
  '28 Nov 19:00 UTC+05:30',
  '28 Nov 19:00 CEST',
  '28 Nov 19:00 CST',
  '2027-03-28 02:30',
  '2027-10-31 02:30',
  '31 Feb 19:00',
  '21 Nov 19:00',
  '25:00',
  'sometime next week',
];

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const readingIn = (zone: string): Reading => ({
  zone,
  unitZone: zone,
  dateOrder: null,
  nowMs: Date.parse('2026-11-22T10:00:00Z'),
  present: '2026-11-28T22:00:00Z',
  start: '2026-11-28T18:00:00Z',
  takesLength: true,
  mayBePast: false,
});

const ROUNDS = 50;

/** How long it takes to read one typed time, in ms: every phrase in every zone, the first reading of each among them. */
export function measureParsing(): { readonly phrases: number; readonly median: number; readonly p99: number } {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const reading of ZONES.map(readingIn)) {
      for (const phrase of PHRASES) {
        const start = performance.now();
        readTime(phrase, reading);
        times.push(performance.now() - start);
      }
    }
  }
  return { phrases: PHRASES.length, median: median(times), p99: quantile(times, 0.99) };
}
