import { describe, expect, test } from 'vitest';
import { isZone, offsetAt } from '../../../src/domain/zones/zone.ts';
import { clockOf, findZones, readZone } from '../../../src/domain/zones/zone-search.ts';

/** 21:40 in Berlin, on a Sunday of winter in the north and of summer in the south. */
const NOW = Date.parse('2026-11-22T20:40:00Z');
const BERLIN = { nowMs: NOW, home: 'Europe/Berlin' };

const found = (text: string, searching = BERLIN): readonly string[] =>
  findZones(text, searching).map(({ zone }) => zone);

const ZONES = Intl.supportedValuesOf('timeZone').filter(isZone);

describe('a search for a zone finds', () => {
  test.each([
    ['its IANA name', 'Europe/Berlin', 'Europe/Berlin'],
    ['its IANA name in small letters', 'europe/berlin', 'Europe/Berlin'],
    ['its IANA name as words', 'america new york', 'America/New_York'],
    ['a name that stands for it', 'Asia/Calcutta', 'Asia/Kolkata'],
    ['another such name', 'US/Eastern', 'America/New_York'],
    ['its older name', 'Europe/Kiev', 'Europe/Kyiv'],
    ['a zone that keeps the time of a bigger one', 'America/Detroit', 'America/Detroit'],
    ['three parts of a name', 'America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['UTC', 'utc', 'UTC'],
    ['Zulu', 'zulu', 'UTC'],
    ['the city of its name', 'Berlin', 'Europe/Berlin'],
    ['the beginning of it', 'berl', 'Europe/Berlin'],
    ['another city', 'Hamburg', 'Europe/Berlin'],
    ['a city with its accents', 'München', 'Europe/Berlin'],
    ['a city without its accents', 'Munchen', 'Europe/Berlin'],
    ['a city as Germans write it without', 'muenchen', 'Europe/Berlin'],
    ['a city in English', 'Munich', 'Europe/Berlin'],
    ['a city of two words', 'New York', 'America/New_York'],
    ['a city with a stop', 'St. Louis', 'America/Chicago'],
    ['a city with a stroke', 'Kobenhavn', 'Europe/Copenhagen'],
    ['a city with a barred letter', 'Wroclaw', 'Europe/Warsaw'],
    ['a city in its own language', 'Wien', 'Europe/Vienna'],
    ['a big city of no zone’s name', 'Washington', 'America/New_York'],
    ['a big city elsewhere', 'Seattle', 'America/Los_Angeles'],
    ['São Paulo', 'sao paulo', 'America/Sao_Paulo'],
    ['a country', 'Germany', 'Europe/Berlin'],
    ['the beginning of a country', 'germ', 'Europe/Berlin'],
    ['a code', 'DE', 'Europe/Berlin'],
    ['the code of a big country', 'us', 'America/New_York'],
    ['what people call it', 'USA', 'America/New_York'],
    ['what they call that one', 'UK', 'Europe/London'],
    ['a country within a country', 'Scotland', 'Europe/London'],
    ['a country in its own language', 'Deutschland', 'Europe/Berlin'],
    ['New Zealand', 'new zealand', 'Pacific/Auckland'],
    ['an abbreviation', 'CET', 'Europe/Berlin'],
    ['one of summer', 'CEST', 'Europe/Berlin'],
    ['one of America', 'EST', 'America/New_York'],
    ['one of America in summer', 'PDT', 'America/Los_Angeles'],
    ['one of Australia', 'AEST', 'Australia/Sydney'],
    ['one of Britain in summer', 'BST', 'Europe/London'],
    ['what a zone is called', 'Eastern Time', 'America/New_York'],
    ['what it is called for short', 'Eastern', 'America/New_York'],
    ['clocks with their daylight saving', 'ET', 'America/New_York'],
    ['others', 'CT', 'America/Chicago'],
    ['those of the mountains', 'MT', 'America/Denver'],
    ['those of the west coast', 'PT', 'America/Los_Angeles'],
    ['those of Halifax', 'AT', 'America/Halifax'],
    ['an abbreviation in German', 'MEZ', 'Europe/Berlin'],
    ['one of summer in German', 'MESZ', 'Europe/Berlin'],
    ['one of the Philippines', 'PHT', 'Asia/Manila'],
    ['an offset with a real minus', 'UTC−3', 'America/Sao_Paulo'],
    ['the time there', '21:40', 'Europe/Berlin'],
    ['the time there without a colon', '2140', 'Europe/Berlin'],
    ['the time there by twelve hours', '9:40pm', 'Europe/Berlin'],
    ['the time there by a slow watch', '21:26', 'Europe/Berlin'],
    ['the time there by a fast watch', '21.55', 'Europe/Berlin'],
    ['the time there after midnight', '02:10', 'Asia/Kolkata'],
    ['the time there and a country', '15:40 us', 'America/New_York'],
    ['an offset', 'UTC+5:30', 'Asia/Kolkata'],
    ['a negative offset', 'gmt-5', 'America/New_York'],
  ])('%s: %j', (_, text, zone) => {
    expect(found(text)[0]).toBe(zone);
  });

  test.each(['Atlantis', '25:61', '21:40 Atlantis', 'UTC+17', '%', '😀'])('nothing for %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('every zone that this machine knows, first by its own name', () => {
    const ownName = (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    const wrong = ZONES.filter((zone) => ownName(found(zone)[0] ?? 'UTC') !== zone);
    expect(wrong.filter((zone) => zone !== 'UTC')).toEqual([]);
  });

  test.each([
    ['winter', NOW],
    ['summer', Date.parse('2027-07-01T03:05:00Z')],
  ])('every zone that this machine knows, by the time of its clocks, in the north’s %s', (_, nowMs) => {
    const offsets = [...new Set(ZONES.map((zone) => offsetAt(zone, nowMs)))];
    for (const offset of offsets) {
      const clock = new Date(nowMs + offset * 60_000).toISOString().slice(11, 16);
      const same = new Set(found(clock, { ...BERLIN, nowMs }).map((zone) => offsetAt(zone, nowMs)));
      expect(same, clock).toContain(offset);
    }
    const byTime = new Set(
      offsets.flatMap((offset) =>
        found(new Date(nowMs + offset * 60_000).toISOString().slice(11, 16), { ...BERLIN, nowMs }),
      ),
    );
    expect(ZONES.filter((zone) => !byTime.has(findZones(zone, BERLIN)[0]?.zone ?? zone))).toEqual([]);
  });

  test('a zone by the full hour that its clocks show', () => {
    expect(found('10 pm', { ...BERLIN, nowMs: NOW - 40 * 60_000 })[0]).toBe('Europe/Athens');
  });

  test('only zones whose clocks show about that time', () => {
    const clocks = findZones('21:40', BERLIN).map(({ zone }) => clockOf(zone, NOW).time);
    expect(clocks.filter((time) => time < '21:25' || time > '21:55')).toEqual([]);
  });

  test('only zones whose names the bot takes', () => {
    expect(found('').filter((zone) => !isZone(zone))).toEqual([]);
    expect(new Set(found('')).size).toBe(found('').length);
  });
});

describe('of several zones', () => {
  test('the unit’s own comes first, then those that many live by, its neighbours before others', () => {
    expect(found('20:40', { ...BERLIN, home: 'Africa/Dakar' })[0]).toBe('Africa/Dakar');
    const [first, second] = found('CST', { ...BERLIN, home: 'Asia/Manila' });
    expect([first, second]).toEqual(['Asia/Shanghai', 'America/Chicago']);
    expect(found('CST')[0]).toBe('America/Chicago');
  });

  test('each is called by the city that was asked for', () => {
    expect(findZones('hamb', BERLIN)[0]).toEqual({ zone: 'Europe/Berlin', place: 'Hamburg', country: 'Germany' });
    expect(findZones('21:40', BERLIN)[0]).toMatchObject({ place: 'Berlin' });
  });
});

describe('a typed zone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['munich', 'Europe/Berlin'],
    ['Nepal', 'Asia/Kathmandu'],
  ])('%j is taken for %s', (text, zone) => {
    expect(readZone(text, BERLIN)).toEqual({ ok: true, value: zone });
  });

  test.each([
    ['CET', 'Europe/Berlin'],
    ['21:40', 'Europe/Berlin'],
    ['USA', 'America/New_York'],
  ])('%j may be several, %s first', (text, zone) => {
    const read = readZone(text, BERLIN);
    expect(read).toMatchObject({ ok: false, error: { kind: 'unknown-zone', text } });
    expect(!read.ok && read.error.hits[0]?.zone).toBe(zone);
  });

  test.each([
    ['MT', 'America/Denver', 'Europe/Malta'],
    ['PT', 'America/Los_Angeles', 'Europe/Lisbon'],
    ['ET', 'America/New_York', 'Africa/Addis_Ababa'],
  ])('%j is asked about, as it is clocks and a country', (text, ...zones) => {
    const read = readZone(text, BERLIN);
    const hits = read.ok ? [] : read.error.hits.map(({ zone }) => zone);
    expect(hits).toEqual(expect.arrayContaining(zones));
  });

  test.each(['', '  ', 'Atlantis', 'local'])('%j is none', (text) => {
    expect(readZone(text, BERLIN)).toEqual({ ok: false, error: { kind: 'unknown-zone', text, hits: [] } });
  });
});

describe('the clocks of a zone', () => {
  test.each([
    ['Europe/Berlin', { time: '21:40', offset: 'UTC+1', abbreviation: 'CET' }],
    ['Europe/London', { time: '20:40', offset: 'UTC', abbreviation: 'GMT' }],
    ['Asia/Kolkata', { time: '02:10', offset: 'UTC+5:30', abbreviation: 'IST' }],
    ['America/St_Johns', { time: '17:10', offset: 'UTC-3:30', abbreviation: 'NST' }],
    ['Australia/Sydney', { time: '07:40', offset: 'UTC+11', abbreviation: 'AEDT' }],
    ['UTC', { time: '20:40', offset: 'UTC', abbreviation: '' }],
    ['Etc/GMT+5', { time: '15:40', offset: 'UTC-5', abbreviation: '' }],
  ])('of %s are shown with their offset and its name', (zone, clock) => {
    expect(clockOf(zone, NOW)).toEqual(clock);
  });
});

test('a search takes under 5 ms at the median, once the first is made', () => {
  findZones('21:40', BERLIN);
  const tookMs = Array.from({ length: 51 }, (_, turn) => {
    const began = performance.now();
    findZones(turn % 2 === 0 ? '21:40' : 'mun', BERLIN);
    return performance.now() - began;
  });
  expect(tookMs.sort((a, b) => a - b)[25]).toBeLessThan(5);
});
