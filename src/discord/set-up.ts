import type { App } from '../app/app.ts';
import { zoneOf } from '../app/app.ts';
import type { Caller } from '../app/ports.ts';
import { type Setup, viewSetup, type WantedHabits } from '../app/set-up.ts';
import type { Result } from '../domain/result.ts';
import { DATE_ORDERS, type DateOrder } from '../domain/times/typed-time.ts';
import { DAY_MS, HOUR_MS, instantsShowing, wallAt } from '../domain/zones/zone.ts';
import { clockOf, findZones, type UnknownZone, type ZoneHit } from '../domain/zones/zone-search.ts';
import type { Choice } from './command.ts';
import { button, buttons } from './components.ts';
import { type ArgumentsOf, customId } from './custom-id.ts';
import { type MessageReply, type Row, say, sayText } from './reply.ts';
import { plain, shorten } from './text.ts';

/** Discord's limits for an autocomplete: as many choices, and as many characters in one's name. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;
const MAX_SUGGESTIONS = 10;

/** `Berlin, Germany · UTC+1 CET · 21:40 now`; a place that gives its zone no name stands before that zone. */
function nameHit({ zone, place, country }: ZoneHit, nowMs: number): string {
  const { time, offset, abbreviation } = clockOf(zone, nowMs);
  const where = country === '' ? place : `${place}, ${country}`;
  const isNamesake = zone.replaceAll('_', ' ').endsWith(place);
  const name = isNamesake ? where : `${where} (${zone})`;
  return shorten(`${name} · ${`${offset} ${abbreviation}`.trim()} · ${time} now`, MAX_CHOICE_LENGTH);
}

/** The zones that `text` may mean, likeliest first, as choices. */
export async function zoneChoices(app: App, caller: Caller, text: string): Promise<Choice[]> {
  const nowMs = app.clock.now();
  const hits = findZones(text, { nowMs, home: zoneOf(app, caller.guildId) });
  return hits.slice(0, MAX_CHOICES).map((hit) => ({ name: nameHit(hit, nowMs), value: hit.zone }));
}

const DATE_ORDER_WORDS: Readonly<Record<DateOrder, string>> = {
  'day-first': 'the day first: `03/04` is 3 April',
  'month-first': 'the month first: `03/04` is March 4',
};

const showDateOrder = (order: DateOrder | null): string =>
  order === null ? 'not set: I ask what `03/04` is' : DATE_ORDER_WORDS[order];

/** The choices of whether the day or the month of a date comes first; `ask` sets neither. */
export const DATE_ORDER_CHOICES: readonly Choice[] = [
  { name: 'Day first: 03/04 is 3 April', value: 'day-first' },
  { name: 'Month first: 03/04 is March 4', value: 'month-first' },
  { name: 'Ask me each time', value: 'ask' },
];

/** What was chosen of `DATE_ORDER_CHOICES`; nothing where nothing was. */
export function chosenDateOrder(text: string): Pick<WantedHabits, 'dateOrder'> {
  if (text === 'ask') return { dateOrder: null };
  const dateOrder = DATE_ORDERS.find((order) => order === text);
  return dateOrder === undefined ? {} : { dateOrder };
}

/** The next moment at which the clocks of a zone show 20:00; no clock skips that time two days in a row. */
function nextEvening(zone: string, nowMs: number): number {
  const midnight = Math.floor(wallAt(nowMs, zone).getTime() / DAY_MS) * DAY_MS;
  const evenings = [0, 1, 2, 3].flatMap((days) => instantsShowing(midnight + days * DAY_MS + 20 * HOUR_MS, zone));
  return evenings.find((moment) => moment > nowMs) ?? nowMs;
}

/** What a typed time means on the clocks of `zone`, for somebody who then sees it on their own. */
function showExample(zone: string, nowMs: number): string {
  const evening = nextEvening(zone, nowMs);
  const { offset } = clockOf(zone, evening);
  return `\`20:00\` is 20:00 in ${zone} (${offset}), <t:${Math.floor(evening / 1000)}:t> on your own clock.`;
}

function showZone(zone: string, nowMs: number): string {
  const { time, offset, abbreviation } = clockOf(zone, nowMs);
  return `**${zone}** (${[offset, abbreviation].filter((part) => part !== '').join(', ')}), where it is ${time} now`;
}

const unitLine = ({ unitZone, isUnitZoneSet, nowMs }: Setup): string =>
  `The unit’s zone: ${showZone(unitZone, nowMs)}. ${isUnitZoneSet ? 'It was set with `/setup zone`.' : 'It is the default (`TIME_ZONE`) of whoever runs the bot; `/setup zone` sets the unit’s own.'}`;

const ownLine = ({ own, nowMs }: Setup): string =>
  own.zone === null
    ? 'Your own zone: not set, so what you type counts in the unit’s. `/setup me` sets it.'
    : `Your own zone: ${showZone(own.zone, nowMs)}. What you type counts there.`;

const exampleLine = ({ own, unitZone, nowMs }: Setup): string =>
  `If you type it, ${showExample(own.zone ?? unitZone, nowMs)}`;

const forgetButton = ({ own }: Setup): readonly Row[] =>
  own.zone === null ? [] : buttons(button('Forget my zone', customId('forget-zone')));

/** How the bot is set up: zones and where they come from, the order of dates, and whether there is a PERSCOM. */
export function setupReply(setup: Setup): MessageReply {
  const lines = [
    unitLine(setup),
    ownLine(setup),
    `Dates in numbers: ${showDateOrder(setup.own.dateOrder)}.`,
    exampleLine(setup),
    setup.isConnected
      ? 'This server is connected to PERSCOM.'
      : 'This server is not connected to PERSCOM. Whoever runs the bot sets `DISCORD_GUILD_ID` and `PERSCOM_API_TOKEN` for it.',
  ];
  const description = lines.map((line) => `• ${line}`).join('\n');
  return say({ embeds: [{ title: 'Setup', description }], components: forgetButton(setup) });
}

/** What is set for the caller alone. */
export function habitsReply(setup: Setup, heading = ''): MessageReply {
  const dates = `Dates in numbers: ${showDateOrder(setup.own.dateOrder)}.`;
  const lines = [heading, ownLine(setup), dates, exampleLine(setup)].filter((line) => line !== '');
  return sayText(lines.join('\n'), forgetButton(setup));
}

type OrderArgument = ArgumentsOf<'set-own-zone'>[1];

const toArgument = ({ dateOrder }: WantedHabits): OrderArgument =>
  dateOrder === undefined ? 'keep' : (dateOrder ?? 'ask');

/** Why no zone was set, with those that may have been meant. */
function unknownZoneReply({ text, hits }: UnknownZone, nowMs: number, idOf: (zone: string) => string): MessageReply {
  const shown = hits.slice(0, MAX_SUGGESTIONS).map((hit) => button(nameHit(hit, nowMs), idOf(hit.zone)));
  if (shown.length === 0)
    return sayText(
      `I find no zone for “${plain(text)}”. Nothing was changed. Type a city, a country, an abbreviation such as \`CET\`, or what the clocks show there now, and choose from the list that appears.`,
    );
  const more = hits.length > MAX_SUGGESTIONS ? ' or type more of it, as there are others' : '';
  return sayText(`“${plain(text)}” can be ${hits.length} zones. Nothing was changed. Choose one${more}:`, [
    ...buttons(...shown.slice(0, 5)),
    ...buttons(...shown.slice(5)),
  ]);
}

/** Says what the unit's zone is now and what that means. */
export function unitZoneReply(app: App, caller: Caller, result: Result<Setup, UnknownZone>): MessageReply {
  if (!result.ok) {
    const { nowMs } = viewSetup(app, caller);
    return unknownZoneReply(result.error, nowMs, (zone) => customId('set-unit-zone', zone));
  }
  const setup = result.value;
  const { unitZone, own, nowMs } = setup;
  const lines = [
    `The unit’s zone is now ${showZone(unitZone, nowMs)}.`,
    `${showExample(unitZone, nowMs)} That is what it means if somebody types it who has set no zone of their own. Answers and reports show the times of this zone.`,
    ...(own.zone === null || own.zone === unitZone ? [] : [ownLine(setup)]),
    'Queued edits are as they were: they are moments in time, and no zone moves them.',
  ];
  return sayText(lines.join('\n'));
}

/** Says what is set for the caller now and what that means. */
export function ownZoneReply(
  app: App,
  caller: Caller,
  wanted: WantedHabits,
  result: Result<Setup, UnknownZone>,
): MessageReply {
  if (result.ok) return habitsReply(result.value, 'Saved, for you alone, in every server with this bot.');
  const { nowMs } = viewSetup(app, caller);
  return unknownZoneReply(result.error, nowMs, (zone) => customId('set-own-zone', zone, toArgument(wanted)));
}
