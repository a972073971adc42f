import { wrap } from '../discord/render-text.ts';
import { expectThat } from './expectation.ts';

/** Tells a story in the terminal, and checks what it claims. */
export type Narrator = {
  /** How wide a block that is shown may be. */
  readonly blockWidth: number;
  /** The heading under which the story is. */
  step(): string;
  title(text: string): void;
  section(heading: string): void;
  /** A paragraph of prose. */
  say(prose: string): void;
  /** What somebody does, on a line of its own. */
  act(who: string, what: string): void;
  /** A block of text as it is, set in. */
  show(block: string): void;
  /** Says `claim` if `condition` holds, and throws if not; `seen` is what there was instead. */
  claim(claim: string, condition: boolean, seen?: unknown): void;
  /** Says that the story ends here, and why. */
  fail(reason: string): void;
  /** How many claims held. */
  claims(): number;
};

/** Where a narrator writes, and how. */
export type NarratorOptions = {
  readonly write: (text: string) => void;
  readonly isColoured: boolean;
  readonly width: number;
};

const INDENT = '  ';
const STYLES = { bold: [1, 22], red: [31, 39], green: [32, 39], cyan: [36, 39] } as const;

type Paint = (style: keyof typeof STYLES, text: string) => string;

const painter =
  (isColoured: boolean): Paint =>
  (style, text) => {
    const [on, off] = STYLES[style];
    return isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };

const indented = (lines: readonly string[]): string => lines.map((line) => `${INDENT}${line}`.trimEnd()).join('\n');

/** A narrator who is at the beginning. */
export function createNarrator({ write, isColoured, width }: NarratorOptions): Narrator {
  const paint = painter(isColoured);
  const blockWidth = width - INDENT.length;
  let step = 'Before the first step';
  let sections = 0;
  let claims = 0;
  let isAfterProse = false;
  const prose = (text: string): void => {
    write(`\n${text}\n`);
    isAfterProse = true;
  };
  const block = (lines: readonly string[], paintFirst = (line: string) => line): void => {
    const [first = '', ...rest] = lines;
    write(`${isAfterProse ? '\n' : ''}${indented([paintFirst(first), ...rest])}\n`);
    isAfterProse = false;
  };
  return {
    blockWidth,
    step: () => step,
    claims: () => claims,
    title: (text) => prose(paint('bold', `═══ ${text} `.padEnd(width, '═'))),
    section(heading) {
      sections += 1;
      step = `${sections}. ${heading}`;
      prose(paint('cyan', `── ${step} `.padEnd(width, '─')));
    },
    say: (text) => prose(wrap(text, width).join('\n')),
    act(who, what) {
      isAfterProse = true;
      block(wrap(`${who} ▸ ${what}`, blockWidth), (line) => paint('bold', who) + line.slice(who.length));
    },
    show: (text) => block(text.split('\n')),
    claim(claim, condition, seen) {
      expectThat(claim, condition, seen);
      claims += 1;
      block(wrap(`✓ ${claim}`, blockWidth), (line) => paint('green', '✓') + line.slice(1));
    },
    fail(reason) {
      prose(paint('red', `✗ The demo stops at “${step}”.`));
      block(reason.split('\n'));
    },
  };
}
