import type { App } from '../app/app.ts';
import { type Terms, termsOf } from '../app/connections.ts';
import { findEvents } from '../app/open-form.ts';
import type { EventSummary } from '../domain/event.ts';
import { describeBriefly } from '../domain/time.ts';
import type { Caller, Choice } from './command.ts';
import { shorten } from './text.ts';
import { describeReadError } from './words.ts';

/** Discord cuts nothing: a name over 100 characters is refused (docs, Application Command Option Choice). */
const MAX_CHOICE = 100;

function choiceOf({ id, name, starts, calendarId }: EventSummary, { zone, calendars }: Terms): Choice {
  const calendar = calendars.find((known) => known.id === calendarId)?.name;
  const when = `${describeBriefly(starts, zone)}${calendar === undefined ? '' : ` · ${shorten(calendar, 25)}`}`;
  return { name: `${shorten(name, MAX_CHOICE - when.length - 3)} · ${when}`, value: String(id) };
}

/** Events whose name contains `text`, as choices; where they cannot be had, one choice that says why. */
export async function eventChoices(app: App, { guildId }: Caller, text: string): Promise<Choice[]> {
  const found = await findEvents(app, guildId, text);
  if (!found.ok)
    return [{ name: shorten(describeReadError(found.error).replaceAll('`', ''), MAX_CHOICE), value: text || '?' }];
  const terms = termsOf(app.connections, guildId);
  return found.value.map((event) => choiceOf(event, terms));
}
