import type { Terms } from '../app/connections.ts';
import type { Report } from '../app/flush-queue.ts';
import { changesIn, eventIdsOf } from '../domain/change.ts';
import type { EventId, EventRecord } from '../domain/event.ts';
import { FIELDS } from '../domain/field.ts';
import { channelsOf, remindersOf } from '../domain/reminder.ts';
import { toSeconds } from '../domain/time.ts';
import { isStored, type Verdict } from '../domain/verdict.ts';
import { buttons, primary } from './components.ts';
import { IDS } from './custom-id.ts';
import type { Message } from './reply.ts';
import { type Block, count, linked, linkTarget, mention, type Page, paginate, plain } from './text.ts';
import { showChange, showValue } from './values.ts';
import { describeApiError, describeRefusal, nameVerdict } from './words.ts';

/** What stands behind a colour is always said in words too. */
const GREEN = 0x2e_8b_57;
const AMBER = 0xd9_a4_04;
const RED = 0xc0_39_2b;

function verdictLine({ change, kind, after, refusal }: Verdict, terms: Terms): string {
  const { field, wanted } = change.edit;
  if (kind === 'applied') return `${nameVerdict(kind)} · ${showChange(field, change.live, after, terms)}`;
  const asked = `asked for ${showValue(field, wanted, terms)}`;
  const holds = `PERSCOM holds ${showValue(field, after, terms)}`;
  const why = refusal === null ? '' : ` · ${describeRefusal(refusal)}`;
  const isRead = kind !== 'missing' && refusal?.kind !== 'not-read';
  return `${nameVerdict(kind)} · **${FIELDS[field].label}**: ${asked}${isRead ? ` · ${holds}` : ''}${why}`;
}

/** Where and when reminders are set to go out, as the event now is. */
function notificationLine({ values }: EventRecord, nowMs: number): string {
  if (!values.notifications_enabled) return '🔕 Notifications are off';
  const channels = channelsOf(values);
  if (channels.length === 0) return '🔕 No notification channels';
  const reminders = remindersOf(values, nowMs).map(({ label, at, isPast }) =>
    isPast ? `${label} (already past)` : `${label} <t:${toSeconds(at)}:F>`,
  );
  const when = reminders.length === 0 ? 'no reminder times' : reminders.join(', ');
  return `🔔 ${plain(channels.join(', '))} · ${when}`;
}

function headingOf(eventId: EventId, verdicts: readonly Verdict[], { after }: Report, nowMs: number): string {
  const event = after?.get(eventId);
  const change = verdicts.find((verdict) => verdict.change.edit.eventId === eventId)?.change;
  if (event === undefined) return linked(change?.eventName ?? '', change?.page ?? null);
  const link = event.page ?? linkTarget(event.values.url);
  return `${linked(event.values.name, link)}\n${notificationLine(event, nowMs)}`;
}

const blocksOf = (report: Report, nowMs: number): readonly Block<Verdict>[] =>
  eventIdsOf(report.verdicts.map(({ change }) => change.edit)).map((eventId) => ({
    heading: headingOf(eventId, report.verdicts, report, nowMs),
    items: report.verdicts.filter(({ change }) => change.edit.eventId === eventId),
  }));

const hasKind = (verdicts: readonly Verdict[], kind: Verdict['kind']): number =>
  eventIdsOf(verdicts.filter((verdict) => verdict.kind === kind).map(({ change }) => change.edit)).length;

/** `5 of 6 events updated, 1 no longer exists`: an event counts as updated when every change to it was applied. */
export function summarise(verdicts: readonly Verdict[]): string {
  const all = eventIdsOf(verdicts.map(({ change }) => change.edit));
  const failed = new Set(verdicts.filter((verdict) => !isStored(verdict)).map(({ change }) => change.edit.eventId));
  const stored = new Set(verdicts.filter(isStored).map(({ change }) => change.edit.eventId));
  const partly = all.filter((id) => failed.has(id) && stored.has(id)).length;
  const missing = hasKind(verdicts, 'missing');
  const unknown = hasKind(verdicts, 'unknown');
  const parts = [`${all.filter((id) => !failed.has(id)).length} of ${count(all.length, 'event')} updated`];
  if (partly > 0) parts.push(`${partly} only in part`);
  if (missing > 0) parts.push(`${missing} no longer ${missing === 1 ? 'exists' : 'exist'}`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  return parts.join(', ');
}

/** How many of the verdicts are of changes that PERSCOM would not take. */
const untaken = (verdicts: readonly Verdict[]): number =>
  verdicts.filter(({ kind }) => kind === 'rejected' || kind === 'ignored').length;

function headline({ answer, verdicts, flush, queued }: Report): string {
  const lines = [`**${summarise(verdicts)}.** Flushed by ${mention(flush.userId)}.`];
  if (!answer.ok) lines.push(describeApiError(answer.error));
  const left = verdicts.filter((verdict) => !isStored(verdict)).length;
  const conflicts = changesIn(flush.changes, 'conflict').length;
  if (left > 0) lines.push(`${count(left, 'edit')} not applied: still queued, with the reason.`);
  if (queued > left) lines.push(`The queue holds ${count(queued, 'edit')} now.`);
  if (conflicts > 0) lines.push(`${count(conflicts, 'conflict')} not sent: still queued, to be settled.`);
  if (untaken(verdicts) > 0)
    lines.push('What PERSCOM does not take from a bot can be entered on the event’s page there.');
  return lines.join('\n');
}

function colourOf(verdicts: readonly Verdict[]): number {
  if (verdicts.every(isStored)) return GREEN;
  return verdicts.some(isStored) ? AMBER : RED;
}

/** PERSCOM as shipped sends reminders for repeating events only (perscom-app, daily job at 10:00 UTC). */
const FOOTER =
  'Read back from PERSCOM after the flush. Reminder times are what PERSCOM is set to; it sends them for repeating events only.';

const NOT_READ = 'Could not be read back from PERSCOM.';

/** The report of a flush as messages for the channel: the first one sums up and carries the next step. */
export function reportMessages(report: Report, terms: Terms, nowMs: number): readonly Message[] {
  const pages = paginate(blocksOf(report, nowMs), (verdict) => verdictLine(verdict, terms));
  const rest = buttons(
    ...(report.rest.length === 0
      ? []
      : [primary(`Send the rest (${count(report.rest.length, 'change')})`, IDS.sendRest.of(report.flush.id))]),
  );
  const message = ({ text }: Page<Verdict>, index: number): Message => ({
    content: '',
    embeds: [
      {
        title: pages.length === 1 ? 'Flush report' : `Flush report (${index + 1} of ${pages.length})`,
        description: index === 0 ? `${headline(report)}\n\n${text}` : text,
        color: colourOf(report.verdicts),
        footer: { text: report.after === null ? NOT_READ : FOOTER },
      },
    ],
    components: index === 0 ? rest : [],
  });
  return pages.map(message);
}
