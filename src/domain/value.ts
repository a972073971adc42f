import type { FieldValue } from './field.ts';

const isSet = (value: FieldValue): value is readonly string[] => Array.isArray(value);

const sortedMembers = (value: readonly string[]): string => [...new Set(value)].sort().join(' ');

/** Whether two values of a field are the same. Sets have no order. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return isSet(a) && isSet(b) ? sortedMembers(a) === sortedMembers(b) : a === b;
}

/** What PERSCOM cuts off at the ends of a text besides what is blank: it has no width, and comes along when pasted. */
const UNSEEN = '\u200b\u200e';

const isBlank = (unit: string | undefined): boolean =>
  unit !== undefined && (UNSEEN.includes(unit) || unit.trim() === '');

/** Text without what is blank, or not to be seen, at its ends. */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** Text as it survives a Discord input and PERSCOM: `\n` for every line break, nothing blank at its ends. */
export const tidyText = (text: string): string => trimmed(text.replaceAll(/\r\n?/g, '\n'));

function withoutForm(value: FieldValue): FieldValue {
  if (isSet(value)) return value.length === 0 ? null : value;
  if (typeof value !== 'string') return value;
  const tidy = tidyText(value);
  return tidy === '' ? null : tidy;
}

/** Whether two values mean the same to a reader: empty is empty, and blanks at the ends or kinds of line break do not count. */
export const meansSame = (a: FieldValue, b: FieldValue): boolean =>
  a === b || sameValue(withoutForm(a), withoutForm(b));
