import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Field, MAX_TEXT_BYTES } from '../../../src/domain/field.ts';
import { parseForm } from '../../../src/domain/form.ts';
import { ok } from '../../../src/domain/result.ts';
import { snapshotOf } from '../../../src/domain/snapshot.ts';
import {
  NO_ANSWERS,
  parseRichText,
  showText,
  type TextAnswers,
  type TextInput,
} from '../../../src/domain/texts/text-field.ts';
import { buildEvent } from '../../fixtures/domain.ts';

const LONG = `<p>${'Long orders. '.repeat(800)}</p>`;
const TYPED = { typed: '', isTyped: false } as const;
const typed = (text: string) => ({ typed: text, isTyped: true });

/** What a form makes of an input whose field it shows as `shown`. */
const read = (field: Field, shown: string | null, input: TextInput, answers: TextAnswers) =>
  parseRichText({ field, shown, text: showText(field, shown) }, input, answers);

const uploaded = (name: string, text: string, longTexts: TextAnswers['longTexts'] = 'append'): TextAnswers => ({
  longTexts,
  files: new Map([['content', ok({ name, text })]]),
});

const IN_UTC = { zone: 'UTC', unitZone: 'UTC' };
const SUBMITTING = { nowMs: 0, dateOrder: null, picks: [], texts: NO_ANSWERS };

describe('the input of a text', () => {
  test.each<readonly [string, string | null, string, string]>([
    ['HTML that survives', '<p>a <strong>b</strong></p>', 'markdown', 'a **b**'],
    ['HTML that does not', '<p style="x">a</p>', 'html', '<p style="x">a</p>'],
    ['HTML that would read worse', '<p><strong>a: </strong>b</p>', 'html', '<p><strong>a: </strong>b</p>'],
    ['plain text', 'a *b*', 'plain', 'a *b*'],
    ['an empty content', null, 'markdown', ''],
    ['a long text', LONG, 'markdown', ''],
    [
      'HTML that fits as Markdown only',
      `<p>${'<strong>a</strong> b '.repeat(200)}c</p>`,
      'markdown',
      `${'**a** b '.repeat(200)}c`,
    ],
  ])('shows %s', (_, value, syntax, text) => {
    expect(showText('content', value)).toMatchObject({ syntax, text });
  });

  test('takes Markdown where either text is empty', () => {
    expect(showText('description', null).syntax).toBe('markdown');
    expect(read('description', null, typed('a *b*'), NO_ANSWERS)).toEqual(ok('<p>a <em>b</em></p>'));
    expect(showText('location', null).syntax).toBe('plain');
  });

  test('that nobody touched asks for nothing, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `<p>${text}</p>`),
        ),
        (content) => {
          const snapshot = snapshotOf(buildEvent(1, { content, description: content }), 'text', [], IN_UTC);
          const shown = new Map(snapshot.fields.map(({ field }) => [field, showText(field, content).text]));
          expect(parseForm(snapshot, shown, SUBMITTING)).toMatchObject({ edits: [], refused: [] });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what is typed', () => {
  test.each<readonly [string, string | null, string, string]>([
    ['into Markdown is converted', '<p>a</p>', '**b**', '<p><strong>b</strong></p>'],
    ['into an empty content is converted', null, '**b**', '<p><strong>b</strong></p>'],
    ['into HTML is taken as it is', '<p style="x">a</p>', '<p>**b**</p>', '<p>**b**</p>'],
    ['into plain text is taken as it is', 'a', '**b**', '**b**'],
    ['for a long text is added behind it', LONG, '**b**', `${LONG}<p><strong>b</strong></p>`],
  ])('%s', (_, shown, text, value) => {
    expect(read('content', shown, typed(text), NO_ANSWERS)).toEqual(ok(value));
  });

  test('for a long text takes its place where that was chosen', () => {
    const answers = { ...NO_ANSWERS, longTexts: 'replace' } as const;
    expect(read('content', LONG, typed('b'), answers)).toEqual(ok('<p>b</p>'));
  });
});

describe('a long text that is emptied', () => {
  const empty = (field: 'description' | 'content') => ({ ...NO_ANSWERS, longTexts: `empty-${field}` }) as const;

  test('goes, and no other does; what was typed for it takes its place', () => {
    expect(read('content', LONG, TYPED, empty('content'))).toEqual(ok(null));
    expect(read('content', LONG, typed('b'), empty('content'))).toEqual(ok('<p>b</p>'));
    expect(read('content', LONG, typed('b'), empty('description'))).toEqual(ok(`${LONG}<p>b</p>`));
    expect(read('content', '<p>a</p>', typed('b'), empty('content'))).toEqual(ok('<p>b</p>'));
  });

  test('is asked for without anything typed', () => {
    const snapshot = snapshotOf(buildEvent(1, { content: LONG, description: LONG }), 'text', [], IN_UTC);
    const untouched = new Map(snapshot.fields.map(({ field, text }) => [field, text?.text ?? '']));
    const { edits } = parseForm(snapshot, untouched, { ...SUBMITTING, texts: empty('description') });
    expect(edits).toMatchObject([{ field: 'description', wanted: null }]);
  });
});

describe('a file', () => {
  test.each<readonly [string, string, string | null, string]>([
    ['a.md', '**b**', '<p>a</p>', '<p><strong>b</strong></p>'],
    ['a.txt', 'b\nc', '<p>a</p>', '<p>b<br>c</p>'],
    ['a.html', '<div>b</div>\r\n', '<p>a</p>', '<div>b</div>'],
    ['a.md', '**b**', 'plain', '**b**'],
    ['a.HTML', '<p>b</p>', 'plain', '<p>b</p>'],
    ['a.md', '**b**', LONG, `${LONG}<p><strong>b</strong></p>`],
  ])('%s with %j', (name, text, shown, value) => {
    expect(read('content', shown, TYPED, uploaded(name, text))).toEqual(ok(value));
  });

  test('takes the place of a long text where that was chosen', () => {
    expect(read('content', LONG, TYPED, uploaded('a.md', 'b', 'replace'))).toEqual(ok('<p>b</p>'));
  });

  test('is refused beside something typed, when it is empty, and where the text grows too long', () => {
    const kindOf = (result: ReturnType<typeof read>) => (result.ok ? 'taken' : result.error.kind);
    const both = read('content', null, typed('a'), uploaded('a.md', 'b'));
    const empty = read('content', null, TYPED, uploaded('a.md', ' \n'));
    const large = read('content', null, TYPED, uploaded('a.html', 'é'.repeat(MAX_TEXT_BYTES / 2 + 1)));
    expect([both, empty, large].map(kindOf)).toEqual(['typed-and-uploaded', 'empty-file', 'too-many-bytes']);
  });
});
