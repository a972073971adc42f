import { expect, test } from 'vitest';
import { showApart } from '../../src/discord/values.ts';
import type { FieldValue } from '../../src/domain/field.ts';
import { ordersUntil, SAME_WORDS } from '../fixtures/texts.ts';

const TERMS = { zone: 'Europe/Berlin', calendars: [] };
const { bare, classed } = SAME_WORDS;
const [dawn, noon, five] = [ordersUntil('dawn'), ordersUntil('noon'), ordersUntil('five')];

/** Long texts that differ after 150 characters, and one of them again after 600. */
const [early, late, last] = [
  `${'a'.repeat(150)}${'b'.repeat(500)}`,
  `${'a'.repeat(150)}${'c'.repeat(500)}`,
  `${'a'.repeat(150)}${'c'.repeat(450)}${'d'.repeat(50)}`,
];
/** Sixty lines, and a last one that says where. */
const lines = (where: string, lineBreak: string): string =>
  [...Array.from({ length: 60 }, (_, index) => `${index}. item`), `at ${where}`].join(lineBreak);
const styled = `<p class="x">${dawn}</p>`;

type Row = readonly [string, readonly FieldValue[], readonly string[]];

test.each<Row>([
  ['of few words are shown whole', ['One', 'Two', 'Three'], ['“One”', '“Two”', '“Three”']],
  [
    'that begin alike are shown from where they differ',
    [dawn, noon, five],
    [
      '“… them hold it until dawn” (702 characters)',
      '“… them hold it until noon” (702 characters)',
      '“… them hold it until five” (702 characters)',
    ],
  ],
  [
    'of which two are equal show these alike',
    [dawn, noon, dawn],
    [
      '“… them hold it until dawn” (702 characters)',
      '“… them hold it until noon” (702 characters)',
      '“… them hold it until dawn” (702 characters)',
    ],
  ],
  [
    'of which two mean the same show these alike',
    [dawn, noon, `${noon}\n`],
    [
      '“… them hold it until dawn” (702 characters)',
      '“… them hold it until noon” (702 characters)',
      '“… them hold it until noon” (703 characters)',
    ],
  ],
  [
    'of which two differ in their line breaks show the same passage',
    [lines('Altis', '\n'), lines('Tanoa', '\n'), lines('Tanoa', '\r\n')],
    [
      '“…8. item 59. item at Altis” (538 characters)',
      '“…8. item 59. item at Tanoa” (538 characters)',
      '“…8. item 59. item at Tanoa” (598 characters)',
    ],
  ],
  [
    'of which two begin alike show these from where they differ',
    [dawn, noon, 'None of it'],
    ['“… them hold it until dawn” (702 characters)', '“… them hold it until noon” (702 characters)', '“None of it”'],
  ],
  [
    'that differ at several places are each shown from where they differ from the one most like them',
    [early, late, last],
    [
      `“…${'a'.repeat(20)}${'b'.repeat(98)}…” (650 characters)`,
      `“…${'c'.repeat(70)}” (650 characters)`,
      `“…${'c'.repeat(20)}${'d'.repeat(50)}” (650 characters)`,
    ],
  ],
  [
    'of which one differs in its markup and one in its words show both',
    [`<p>${dawn}</p>`, `<p>${noon}</p>`, styled],
    [
      '“…them hold it until dawn” (709 characters)',
      '“…them hold it until noon” (709 characters)',
      expect.stringMatching(/^“\\<p class="x"\\>The first platoon/),
    ],
  ],
  [
    'that differ in their markup only are shown as HTML',
    [bare, classed, bare],
    [
      '“\\<p\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”',
      '“\\<p class="x"\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”',
      '“\\<p\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”',
    ],
  ],
  [
    'beside none are shown from their start',
    [bare, null, bare],
    ['“Hello \\*\\*there\\*\\*”', 'none', '“Hello \\*\\*there\\*\\*”'],
  ],
])('texts %s', (_, values, lines) => {
  const show = showApart('description', values, TERMS);
  expect(values.map((value) => show(value))).toEqual(lines);
});

test('values of a field that holds no long text are shown as they are anywhere', () => {
  const names = ['a'.repeat(150), `${'a'.repeat(150)}b`, null];
  const show = showApart('name', names, TERMS);
  expect(names.map((name) => show(name))).toEqual([
    `“${'a'.repeat(119)}…” (150 characters)`,
    `“${'a'.repeat(119)}…” (151 characters)`,
    'none',
  ]);
});
