/** Durations in milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Seven years of switches: from 2024 to 2030. */
export const [FROM, TO] = [Date.UTC(2024, 0, 1), Date.UTC(2031, 0, 1)];

/** A moment in milliseconds as PERSCOM's times are written. */
export const instantAt = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`;

/** What a clock shows, as it would be typed. */
export const wallText = (wallMs: number): string => instantAt(wallMs).slice(0, 19).replace('T', ' ');

const OFFSET = { hour: 'numeric', timeZoneName: 'longOffset' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The offset in milliseconds, from `Intl` and nothing of ours. */
export function offsetAt(zone: string, millis: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...OFFSET });
  formats.set(zone, format);
  const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d+):(\d+)$/.exec(format.format(millis)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** A switch of clocks: `at` is the first moment with the new offset. All in milliseconds. */
export type Transition = {
  readonly zone: string;
  readonly at: number;
  readonly before: number;
  readonly after: number;
};

function switchBetween(zone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  const before = offsetAt(zone, low);
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** No zone is switched twice within four weeks: even Ramadan, for which Morocco switches, lasts longer. */
const STEP = 28 * DAY;

/** The switches of a zone in those years. */
export function transitionsOf(zone: string): readonly Transition[] {
  const found: Transition[] = [];
  let before = offsetAt(zone, FROM);
  for (let from = FROM; from < TO; from += STEP) {
    const after = offsetAt(zone, from + STEP);
    if (after !== before) found.push({ zone, at: switchBetween(zone, from, from + STEP), before, after });
    before = after;
  }
  return found;
}

/** The zones that this machine lists. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');
