/** A piece of typed text: digits, letters, a name such as `Europe/Berlin`, or any other sign. */
export type Token = {
  readonly kind: 'number' | 'word' | 'place' | 'mark';
  /** In lower case. */
  readonly text: string;
  readonly typed: string;
  /** Whether nothing stands between it and the piece before it. */
  readonly isGlued: boolean;
};

/** What was found in a row of tokens, and where the rest begins. */
export type Found<Value> = { readonly value: Value; readonly next: number };

const PIECE = /(\d+)|(\p{L}[\p{L}_]*(?:\/\p{L}[\p{L}\d_+-]*)+)|(\p{L}+(?:'\p{L}+)?)|([^\s,@()])/gu;

/** Text without what nobody sees, and with the signs that are on every keyboard. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .replaceAll(/[‐‑‒−–—]/g, '-')
    .replaceAll('’', "'")
    .replaceAll(/\b([ap])\.\s?m\b\.?/gi, '$1m');

/** The pieces of `text`, in one pass. Blanks, commas, brackets and `@` only part them. */
export function tokensOf(text: string): readonly Token[] {
  let end = 0;
  return [...tidy(text).matchAll(PIECE)].map((match) => {
    const [typed, number, place, word] = match;
    const isGlued = match.index === end && end > 0;
    end = match.index + typed.length;
    const kind = number ? 'number' : place ? 'place' : word ? 'word' : 'mark';
    return { kind, text: typed.toLowerCase(), typed, isGlued };
  });
}

const textAt = (kind: Token['kind'], tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token?.kind === kind ? token.text : '';
};

/** The digits, the word or the sign at a place among tokens; the empty text where there is something else, or nothing. */
export const digitsAt = (tokens: readonly Token[], at: number): string => textAt('number', tokens, at);
export const wordAt = (tokens: readonly Token[], at: number): string => textAt('word', tokens, at);
export const markAt = (tokens: readonly Token[], at: number): string => textAt('mark', tokens, at);

/** Whether the token at a place follows the one before it without a blank. */
export const isGluedAt = (tokens: readonly Token[], at: number): boolean => tokens[at]?.isGlued === true;

/** The number that is glued to the one before by `mark`, as `:30` is in `19:30`; the empty text if there is none. */
export const digitsAfter = (mark: string, tokens: readonly Token[], at: number): string =>
  markAt(tokens, at) === mark && isGluedAt(tokens, at) && isGluedAt(tokens, at + 1) ? digitsAt(tokens, at + 1) : '';
