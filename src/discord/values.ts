import type { Terms } from '../app/connections.ts';
import type { Instant } from '../domain/event.ts';
import { FIELDS, type Field, type FieldValue, labelOf } from '../domain/field.ts';
import type { Typed } from '../domain/snapshot.ts';
import { isRich } from '../domain/texts/text-field.ts';
import { addDays, dayOf, describeDates, isDayBreak } from '../domain/times/all-day.ts';
import { describeDate, describeTime, toMillis, toSeconds } from '../domain/times/time.ts';
import { isPlainAddress, plain } from './text.ts';
import { quote, quoteText, SHOWN_CHARACTERS, showDifference, writtenSource } from './text-values.ts';

/** Which day an end at midnight is the end of: that of an op which takes whole days always is one. */
function dayEnded(field: Field, instant: Instant, zone: string): string {
  const endsMs = toMillis(instant);
  if (field !== 'ends' || !isDayBreak(endsMs, zone)) return '';
  const day = addDays(dayOf(endsMs, zone), -1);
  return `, the end of ${describeDates({ first: day, last: day })}`;
}

const nameTime = (field: Field, instant: Instant, zone: string): string =>
  `${describeTime(instant, zone)}${dayEnded(field, instant, zone)}`;

/** Discord draws the second in the reader's own zone, and the third counts down. */
const showTime = (field: Field, instant: Instant, zone: string): string =>
  `${nameTime(field, instant, zone)} <t:${toSeconds(instant)}:F> <t:${toSeconds(instant)}:R>`;

const nameOfCalendar = (id: FieldValue, { calendars }: Terms): string =>
  calendars.find((calendar) => calendar.id === id)?.name ?? `Calendar #${String(id)}`;

/** A value in words, without markup, for places that draw none. Times in the unit's zone. */
export function nameValue(field: Field, value: FieldValue, terms: Terms): string {
  const { input } = FIELDS[field];
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (input.kind === 'time') return nameTime(field, String(value), terms.zone);
  if (input.kind === 'calendar') return nameOfCalendar(value, terms);
  if (input.kind === 'user') return `user #${String(value)}`;
  if (input.kind === 'set' && Array.isArray(value))
    return value.map((member: string) => labelOf(input.choices, member)).join(', ');
  return isRich(field) ? writtenSource(String(value)) : String(value);
}

/** A value for a message: times also as Discord's timestamps, long texts visibly shortened, all of it escaped. */
export function showValue(field: Field, value: FieldValue, terms: Terms): string {
  const { input } = FIELDS[field];
  if (value === null || typeof value !== 'string') return plain(nameValue(field, value, terms), SHOWN_CHARACTERS);
  if (input.kind === 'time') return showTime(field, value, terms.zone);
  if (input.kind === 'text' && input.isLink && isPlainAddress(value)) return `<${value}>`;
  return isRich(field) ? quoteText(value) : quote(value, value);
}

/** An old value, which the new one stands beside: a time without the zone and Discord's timestamps. */
const showOld = (field: Field, value: FieldValue, terms: Terms): string =>
  FIELDS[field].input.kind === 'time' && typeof value === 'string'
    ? `${describeDate(value, terms.zone)}${dayEnded(field, value, terms.zone)}`
    : showValue(field, value, terms);

/** Shows values of a field that stand beside each other: texts that begin alike, from where they differ. */
export function showApart(field: Field, values: readonly FieldValue[], terms: Terms): (value: FieldValue) => string {
  const show = (value: FieldValue): string => showValue(field, value, terms);
  return isRich(field) ? showDifference(values, show) : show;
}

/** `old → new`, the old one struck through; of texts that begin alike, from where they differ. */
export function showChange(field: Field, from: FieldValue, to: FieldValue, terms: Terms): string {
  const show = showApart(field, [from, to], terms);
  const before = isRich(field) ? show(from) : showOld(field, from, terms);
  return `**${FIELDS[field].label}**: ~~${before}~~ → ${show(to)}`;
}

/** Typed input in words, without markup: a text as it is, a tick and choices by their names. */
export function nameTyped(field: Field, typed: Typed, terms: Terms): string {
  if (typeof typed === 'string') return typed;
  if (typeof typed === 'boolean' || FIELDS[field].input.kind !== 'calendar') return nameValue(field, typed, terms);
  return nameValue(field, typed[0] === undefined ? null : Number(typed[0]), terms);
}

/** Typed input for a message: a text as it was typed, a tick and choices by their names, all of it escaped. */
export const showTyped = (field: Field, typed: Typed, terms: Terms): string =>
  typeof typed === 'string'
    ? `“${plain(typed, SHOWN_CHARACTERS)}”`
    : plain(nameTyped(field, typed, terms), SHOWN_CHARACTERS);
