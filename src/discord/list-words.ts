import type { FilterError } from '../app/list-events.ts';
import type { ShowError } from '../app/show-event.ts';
import { assertNever } from '../domain/result.ts';
import type { TimeError } from '../domain/typed-time.ts';
import { plain } from './text.ts';
import { describeNoCalendar, describeOpenError, describeReadError } from './words.ts';

const UNCHANGED = 'Nothing was changed.';

/** Why a text is no day. */
function describeDayError(error: TimeError): string {
  switch (error.kind) {
    case 'unreadable-time':
      return `I cannot read that as a day. Type it like \`${error.example}\`.`;
    case 'no-such-date':
      return 'There is no such day in the calendar.';
    case 'ambiguous-order':
      return 'That may be a day and a month, or a month and a day.';
    case 'past':
      return 'That day is past.';
    case 'ambiguous-zone':
    case 'unknown-zone':
      return 'A day is the unit’s own, so it takes no zone.';
    case 'needs-time':
    case 'skipped-by-dst':
    case 'ambiguous-by-dst':
    case 'no-origin':
      return 'I cannot tell which day that is. Type it like `2026-11-28`.';
    default:
      return assertNever(error);
  }
}

/** Why there is no list to show. */
export function describeFilterError(error: FilterError): string {
  switch (error.kind) {
    case 'not-connected':
    case 'api':
    case 'slow':
      return describeReadError(error);
    case 'no-such-calendar':
      return describeNoCalendar(error);
    case 'refused-day':
      return `\`${error.option}\` says “${plain(error.text)}”. ${describeDayError(error.error)} ${UNCHANGED}`;
    case 'disordered-days':
      return `\`until\` is before \`from\`, so no op can match. ${UNCHANGED} Put the earlier day into \`from\`.`;
    default:
      return assertNever(error);
  }
}

/** Why an event is not shown. */
export function describeShowError(error: ShowError): string {
  switch (error.kind) {
    case 'not-connected':
    case 'api':
    case 'slow':
      return describeReadError(error);
    case 'no-such-event':
    case 'several-events':
      return describeOpenError(error);
    case 'gone':
      return `That event no longer exists in PERSCOM. ${UNCHANGED} \`/event list\` shows those that do; \`/queue view\` shows whether edits of it are still queued.`;
    default:
      return assertNever(error);
  }
}
