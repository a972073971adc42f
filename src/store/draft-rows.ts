import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { FormContent } from '../app/ports.ts';
import type { Field } from '../domain/field.ts';
import type { Picked } from '../domain/form-times.ts';
import { fieldOnForm, type Seen, type Typed } from '../domain/snapshot.ts';
import { LONG_TEXTS, SYNTAXES } from '../domain/texts/text-field.ts';
import { field, value } from './rows.ts';
import type { Tables } from './schema.ts';

const typed: z.ZodType<Typed> = z.union([z.string(), z.boolean(), z.array(z.string())]);
const typedForm = z.array(z.tuple([field, typed]));

const toMap = <Value>(entries: readonly (readonly [Field, Value])[]): ReadonlyMap<Field, Value> => new Map(entries);

const draftContent: z.ZodType<FormContent> = z.object({
  typed: typedForm.transform(toMap),
  syntaxes: z.array(z.tuple([field, z.enum(SYNTAXES)])).transform(toMap),
  longTexts: z.enum(LONG_TEXTS),
});

/** What was typed, from the JSON of `draft.typed` and `draft.texts`. */
export const parseDraftContent = ({ typed, texts }: Selectable<Tables['draft']>): FormContent =>
  draftContent.parse({ typed: JSON.parse(typed), ...JSON.parse(texts) });

const seen: z.ZodType<Seen> = z.object({
  starts: z.string(),
  isAllDay: z.boolean(),
  zone: z.string().exactOptional(),
  unitZone: z.string().exactOptional(),
  left: z.array(field).default([]),
  fields: z.array(
    z.object({ field, live: value, shown: value }).transform((one) => fieldOnForm(one.field, one.live, one.shown)),
  ),
});

/** What a form showed, in the JSON of `draft.seen`. */
export const parseSeen = (json: string | null): Seen | null => (json === null ? null : seen.parse(JSON.parse(json)));

const picks: z.ZodType<readonly Picked[]> = z.array(z.object({ field, instant: z.string() }));

/** What the times of a form were said to mean, in the JSON of `draft.picks`. */
export const parsePicks = (json: string): readonly Picked[] => picks.parse(JSON.parse(json));
