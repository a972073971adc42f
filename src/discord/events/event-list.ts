import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { EventList, FilterError, Instead } from '../../app/list-events.ts';
import type { Caller } from '../../app/ports.ts';
import type { EventSummary, Instant } from '../../domain/event.ts';
import type { EventFilter } from '../../domain/event-filter.ts';
import { FIELDS } from '../../domain/field.ts';
import type { Edit } from '../../domain/queue.ts';
import type { Result } from '../../domain/result.ts';
import { datesOf, dayOf, describeDates, nameDay } from '../../domain/times/all-day.ts';
import { describeBriefly, toMillis } from '../../domain/times/time.ts';
import { button, buttons, multiSelect, pager, primary, select } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type Block, paginate } from '../pages.ts';
import { type MessageReply, say, sayText } from '../reply.ts';
import { count, drawTime, named, plain } from '../text.ts';
import { nameValue } from '../values.ts';
import { describeFilterError } from './list-words.ts';

const idOf = ({ calendarId, from, until, text }: EventFilter, page: number): string =>
  customId('turn-list', Math.min(page, 999), calendarId, from, until, ...text.split(':'));

/** The button of a filter that may be meant; it also says how its author writes dates, where it shows that. */
function pickId({ filter, dateOrder }: Instead): string {
  if (dateOrder === null) return idOf(filter, 0);
  const { calendarId, from, until, text } = filter;
  return customId(
    'pick-days',
    dateOrder === 'day-first' ? 'day' : 'month',
    calendarId,
    from,
    until,
    ...text.split(':'),
  );
}

/** When an event is, on the unit's clocks: its dates if it takes all day. */
const whenOf = (event: EventSummary, { zone }: Terms): string =>
  event.allDay ? `${describeDates(datesOf(event, zone))}, all day` : describeBriefly(event.starts, zone);

/** A queued edit in some words; a new start in full, as a list is about that. */
function queuedPart({ field, wanted }: Edit, { starts, allDay }: EventSummary, { zone }: Terms): string {
  if (field !== 'starts' || typeof wanted !== 'string') return FIELDS[field].label;
  const when = (at: Instant): string => (allDay ? nameDay(dayOf(toMillis(at), zone)) : describeBriefly(at, zone));
  return `Starts ~~${when(starts)}~~ → ${when(wanted)} (${drawTime(toMillis(wanted), 'R')})`;
}

function eventLine(event: EventSummary, edits: readonly Edit[], terms: Terms): string {
  const calendar = event.calendarId === null ? [] : [plain(nameValue('calendar_id', event.calendarId, terms), 40)];
  const marks = event.repeats ? ['🔁 repeats'] : [];
  const parts = [`**${whenOf(event, terms)}**`, plain(event.name), ...calendar, ...marks];
  const line = `• ${[...parts, drawTime(toMillis(event.starts), 'R')].join(' · ')}`;
  if (edits.length === 0) return line;
  const queued = edits.map((edit) => queuedPart(edit, event, terms)).join(', ');
  return `${line}\n  ↳ ✏️ ${count(edits.length, 'edit')} queued: ${queued}`;
}

const SERIES_HEADING = '**Series that began before** (PERSCOM does not tell the bot when they come next or end)';

const monthOf = ({ starts }: EventSummary, { zone }: Terms): string => {
  const [, , month, year] = describeBriefly(starts, zone).split(' ');
  return `**${month} ${year}**`;
};

/** Events under their months, then the series that began before. */
function blocksOf({ events, series }: EventList, terms: Terms): readonly Block<EventSummary>[] {
  const months = new Map<string, EventSummary[]>();
  for (const event of events) {
    const month = monthOf(event, terms);
    months.set(month, [...(months.get(month) ?? []), event]);
  }
  const blocks = [...months].map(([heading, items]) => ({ heading, items }));
  return series.length === 0 ? blocks : [...blocks, { heading: SERIES_HEADING, items: series }];
}

/** What the list is limited to, in words. */
function describeFilter({ calendarId, from, until, text }: EventFilter, terms: Terms): string {
  const parts = [
    from === null ? 'from now on' : `from ${nameDay(from)}`,
    ...(until === null ? [] : [`until ${nameDay(until)}`]),
    ...(calendarId === null ? [] : [`in ${plain(nameValue('calendar_id', calendarId, terms), 40)}`]),
    ...(text === '' ? [] : [`with “${plain(text)}” in the name`]),
  ];
  return parts.join(', ');
}

const NOT_WHOLE =
  '⚠️ PERSCOM’s list is still being read, so there may be more. *Read again* shows what has come by then.';

/** What is wrong with a list, which reading again may change. */
function describeFlaw({ isWhole, asOf }: EventList): string | null {
  if (!isWhole) return NOT_WHOLE;
  if (asOf === null) return null;
  return `⚠️ This is as of ${drawTime(asOf, 'f')} (${drawTime(asOf, 'R')}): PERSCOM could not be read since. *Read again* asks it once more.`;
}

function pageOf(list: EventList, page: number, terms: Terms): MessageReply {
  const { filter, queued } = list;
  const flaw = describeFlaw(list);
  const editsOf = ({ id }: EventSummary): readonly Edit[] => queued.get(id) ?? [];
  const pages = paginate(blocksOf(list, terms), (event) => eventLine(event, editsOf(event), terms));
  const index = Math.min(page, pages.length - 1);
  const again = flaw === null ? [] : [button('Read again', idOf(filter, Math.max(0, index)))];
  const note = flaw === null ? '' : `${flaw}\n`;
  const shown = pages[index];
  if (shown === undefined) return sayText(`${note}I find no ops ${describeFilter(filter, terms)}.`, buttons(...again));
  const total = list.events.length + list.series.length;
  const embed = {
    title: count(total, 'op'),
    description: `${note}Ops ${describeFilter(filter, terms)}.\n\n${shown.text}`,
    footer: { text: `Page ${index + 1} of ${pages.length} · times in ${terms.zone}` },
  };
  const options = shown.items.map((event) => ({
    label: named(event.name, whenOf(event, terms), 100),
    value: String(event.id),
  }));
  return say({
    embeds: [embed],
    components: [
      ...select(customId('show-event'), 'Show one…', options),
      ...multiSelect(
        customId('shift-chosen'),
        'Move some of them…',
        options.map((option) => ({ ...option, isChosen: false })),
      ),
      ...buttons(...pager(index, pages.length, (to) => idOf(filter, to)), ...again),
    ],
  });
}

/** The day that was asked about, for a button. */
const nameInstead = ({ filter }: Instead, option: 'from' | 'until'): string => nameDay(filter[option] ?? '');

/**
 * Page `page` (from 0, or the last there is) of a list of events, with what can be done about them; `filter` is the one that was
 * asked for, where it is known.
 */
export function listReply(
  app: App,
  caller: Caller,
  list: Result<EventList, FilterError>,
  page: number,
  filter: EventFilter | null,
): MessageReply {
  if (list.ok) return pageOf(list.value, page, termsOf(app, caller));
  const { error } = list;
  const sentence = describeFilterError(error);
  if ((error.kind === 'api' || error.kind === 'slow') && filter !== null)
    return sayText(sentence, buttons(primary('Try again', idOf(filter, page))));
  if (error.kind !== 'refused-day') return sayText(sentence);
  const meant = error.instead.slice(0, 5).map((one) => button(nameInstead(one, error.option), pickId(one)));
  return sayText(meant.length === 0 ? sentence : `${sentence} Which day is meant?`, buttons(...meant));
}
