import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { Caller } from '../../app/ports.ts';
import type { ShowError, ShownEvent } from '../../app/show-event.ts';
import type { EventId, EventRecord } from '../../domain/event.ts';
import { FIELD_NAMES, FIELDS, type Field } from '../../domain/field.ts';
import type { Edit } from '../../domain/queue.ts';
import { alertsOf } from '../../domain/reminder.ts';
import type { Result } from '../../domain/result.ts';
import { datesOf, describeDates } from '../../domain/times/all-day.ts';
import { toMillis } from '../../domain/times/time.ts';
import { meansSame } from '../../domain/value.ts';
import { button, buttons, primary, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { readableText } from '../readable.ts';
import { describeAlerts, REMINDER_NOTE } from '../reminder-words.ts';
import { type MessageReply, say, sayText } from '../reply.ts';
import { count, drawTime, isPlainAddress, linked, mention, plain } from '../text.ts';
import { cutPages } from '../text-pages.ts';
import { showChange, showValue } from '../values.ts';
import { describeShowError } from './list-words.ts';

/** What a field shows of a text on the first page; the pages after it show all of one that is longer. */
const MAX_TEXT_IN_PLACE = 380;
/** All embeds of a message hold 6,000 units (Discord docs, Embed Limits), of which the fields take some 4,000. */
const MAX_QUEUED_LENGTH = 1_000;
/** Names have 255 characters at most in PERSCOM. */
const MAX_NAME = 255;

/** A text field as people read it; null for a field of another kind, and for a link that is shown as one. */
function textOf(field: Field, { values }: EventRecord): string | null {
  const [{ input }, value] = [FIELDS[field], values[field]];
  if (input.kind !== 'text' || typeof value !== 'string' || field === 'name') return null;
  if (input.isLink && isPlainAddress(value)) return null;
  return input.lines === 'many' ? readableText(value) : plain(value, value.length);
}

type Texts = ReadonlyMap<Field, string>;

/** The text fields as people read them: worked out once, as that takes time. */
const textsOf = (event: EventRecord): Texts =>
  new Map(
    FIELD_NAMES.flatMap((field) => {
      const text = textOf(field, event);
      return text === null ? [] : [[field, text] as const];
    }),
  );

const isLong = (text: string): boolean => text.length > MAX_TEXT_IN_PLACE;

function showBeginning(text: string): string {
  if (text === '') return 'nothing but blanks or markup';
  const [beginning = ''] = cutPages(text, MAX_TEXT_IN_PLACE);
  if (!isLong(text)) return text.includes('\n') ? `\n${text}` : text;
  return `\n${beginning}\n… (${count([...text].length, 'character')}; *Read on* shows all)`;
}

/** The dates of an event that takes all day; its times are where its days begin and end, wherever that is. */
function showDates(field: 'starts' | 'ends', { values }: EventRecord, { zone }: Terms): string {
  const { first, last } = datesOf(values, zone);
  const day = field === 'starts' ? first : last;
  return values[field] === null ? 'none' : `${describeDates({ first: day, last: day })} (all day)`;
}

function showField(field: Field, event: EventRecord, texts: Texts, terms: Terms): string {
  const text = texts.get(field);
  if (text !== undefined) return showBeginning(text);
  if (field === 'name') return plain(event.values.name, MAX_NAME);
  const isDate = event.values.all_day && (field === 'starts' || field === 'ends');
  return isDate ? showDates(field, event, terms) : showValue(field, event.values[field], terms);
}

/** A queued edit, from what PERSCOM has now; with a warning where that changed since. */
function editLine({ field, base, wanted, userId, stagedAt }: Edit, { values }: EventRecord, terms: Terms): string {
  const change = showChange(field, values[field], wanted, terms);
  const isStale = !meansSame(base, values[field]);
  return `• ${change} · by ${mention(userId)} ${drawTime(stagedAt, 'R')}${isStale ? ' · ⚠️ changed in PERSCOM since' : ''}`;
}

/** The queued edits, as many as fit. */
function describeQueued(edits: readonly Edit[], event: EventRecord, terms: Terms): string {
  const lines = edits.map((edit) => editLine(edit, event, terms));
  const ends = lines.map((_, index) => lines.slice(0, index + 1).join('\n').length);
  const shown = lines.filter((_, index) => (ends[index] ?? 0) <= MAX_QUEUED_LENGTH);
  const rest = lines.length - shown.length;
  const heading = `**Queued: ${count(edits.length, 'edit')}**`;
  return [heading, ...shown, ...(rest === 0 ? [] : [`and ${rest} more: *View queue* shows all`])].join('\n');
}

function firstPage({ event, edits, nowMs }: ShownEvent, texts: Texts, terms: Terms): readonly string[] {
  const fields = FIELD_NAMES.map((field) => `**${FIELDS[field].label}**: ${showField(field, event, texts, terms)}`);
  const alerts = alertsOf(event.values, nowMs);
  const about = [`**Reminders**: ${describeAlerts(alerts, terms.zone)}`];
  if (alerts.kind === 'single') about.push(`-# ${REMINDER_NOTE}`);
  if (event.updatedAt !== null) {
    const changedMs = toMillis(event.updatedAt);
    about.push(`**Last changed in PERSCOM**: ${drawTime(changedMs, 'f')} (${drawTime(changedMs, 'R')})`);
  }
  const queued = edits.length === 0 ? '**Queued**: nothing' : describeQueued(edits, event, terms);
  return [[linked(event.values.name, event.page), '', ...fields].join('\n'), [...about, '', queued].join('\n')];
}

/** How much of a long text stands on one page. */
const PAGE_LENGTH = 3_500;

/** The texts of each page: the fields first, then each long text in full. */
function pagesOf(shown: ShownEvent, terms: Terms): readonly (readonly string[])[] {
  const { event } = shown;
  const heading = linked(event.values.name, event.page);
  const texts = textsOf(event);
  const long = [...texts].flatMap(([field, text]) => {
    if (!isLong(text)) return [];
    const parts = cutPages(text, PAGE_LENGTH);
    const part = (index: number): string => (parts.length === 1 ? '' : ` (${index + 1} of ${parts.length})`);
    return parts.map((words, index) => [`${heading}\n**${FIELDS[field].label}**${part(index)}\n\n${words}`]);
  });
  return [firstPage(shown, texts, terms), ...long];
}

function turnButtons(eventId: EventId, page: number, pages: number) {
  const back = page > 0 ? [button('◀ Back', customId('turn-event', eventId, page - 1))] : [];
  const forth = page < pages - 1 ? [button('Read on ▶', customId('turn-event', eventId, page + 1))] : [];
  return [...back, ...forth];
}

/** Why there is no event to show, with a way to ask again where that may help. */
function unshownReply(error: ShowError, page: number, eventId: EventId | null): MessageReply {
  const mayHelp = eventId !== null && (error.kind === 'api' || error.kind === 'slow');
  const again = mayHelp ? [primary('Try again', customId('turn-event', eventId, page))] : [];
  return sayText(describeShowError(error), buttons(...again, viewQueueButton));
}

/**
 * Page `page` (from 0, or the last there is) of one event: all that PERSCOM has of it, and what is queued for it; `eventId` is
 * the one that was asked for, where it is known.
 */
export function eventReply(
  app: App,
  caller: Caller,
  shown: Result<ShownEvent, ShowError>,
  page: number,
  eventId: EventId | null,
): MessageReply {
  if (!shown.ok) return unshownReply(shown.error, page, eventId);
  const terms = termsOf(app, caller);
  const pages = pagesOf(shown.value, terms);
  const index = Math.min(page, pages.length - 1);
  const { id } = shown.value.event;
  const footer = { text: `Page ${index + 1} of ${pages.length} · times in ${terms.zone}` };
  const texts = pages[index] ?? [];
  return say({
    embeds: texts.map((description, at) => ({ description, ...(at === texts.length - 1 ? { footer } : {}) })),
    components: [
      ...buttons(primary('Edit', customId('choose-form', id)), viewQueueButton),
      ...buttons(...turnButtons(id, index, pages.length)),
    ],
  });
}
