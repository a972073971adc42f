import type { PathResult } from './paths.ts';

/** A promise about a figure: what it is, and whether it has to stay below or above its threshold. */
export type Bar = {
  readonly name: string;
  readonly figure: number;
  readonly is: '≤' | '≥' | '<';
  readonly threshold: number;
  readonly unit: string;
};

const SIDE = 9;
const NAME = 36;

function isHeld({ figure, is, threshold }: Bar): boolean {
  if (is === '≥') return figure >= threshold;
  return is === '<' ? figure < threshold : figure <= threshold;
}

/** Three digits that matter. */
const brief = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

const cells = (values: readonly string[]): string => values.map((value) => value.padStart(SIDE)).join('');

const row = ({ name, frago, bare, ratio, perRound }: PathResult): string => {
  const times = [frago.median, frago.p99, bare.median, bare.p99].map(brief);
  const spread = `${brief(perRound.low)}–${brief(perRound.high)}`;
  return `${name.padEnd(NAME)}${cells([...times, brief(ratio), brief(perRound.median)])}${spread.padStart(12)}`;
};

/** The measured paths as a table, times in ms. */
export function describePaths(paths: readonly PathResult[]): string {
  const groups = `${''.padEnd(NAME)}${'Frago'.padStart(2 * SIDE)}${'bare'.padStart(2 * SIDE)}${'Frago / bare'.padStart(2 * SIDE)}`;
  const heads = ['median', 'p99', 'median', 'p99', 'medians', 'rounds'];
  return [groups, `${'ms'.padEnd(NAME)}${cells(heads)}${'quartiles'.padStart(12)}`, ...paths.map(row)].join('\n');
}

const barRow = (bar: Bar): string => {
  const { name, figure, is, threshold, unit } = bar;
  const figures = `${brief(figure).padStart(SIDE)}  ${is} ${threshold} ${unit}`;
  return `${name.padEnd(NAME)}${figures.padEnd(2 * SIDE + 10)}${isHeld(bar) ? 'held' : 'NOT held'}`;
};

/** Every bar with what was measured, and whether it held. */
export const describeBars = (bars: readonly Bar[]): string => bars.map(barRow).join('\n');
