import type { FieldValue } from './field.ts';

const isSet = (value: FieldValue): value is readonly string[] => Array.isArray(value);

const sortedMembers = (value: readonly string[]): string => [...new Set(value)].sort().join(' ');

/** Whether two values of a field are the same. Sets have no order. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return isSet(a) && isSet(b) ? sortedMembers(a) === sortedMembers(b) : a === b;
}

/** Text as it survives a Discord input and PERSCOM: `\n` for every line break, nothing blank at its ends. */
export const tidyText = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim();

function withoutForm(value: FieldValue): FieldValue {
  if (isSet(value)) return value.length === 0 ? null : value;
  if (typeof value !== 'string') return value;
  const tidy = tidyText(value);
  return tidy === '' ? null : tidy;
}

/** Whether two values mean the same to a reader: empty is empty, and blanks at the ends or kinds of line break do not count. */
export const meansSame = (a: FieldValue, b: FieldValue): boolean =>
  a === b || sameValue(withoutForm(a), withoutForm(b));
