import type { FilterError } from '../../app/list-events.ts';
import type { ShowError } from '../../app/show-event.ts';
import { assertNever } from '../../domain/result.ts';
import { plain } from '../text.ts';
import { describeDayError } from '../time-words.ts';
import { describeNoCalendar, describeOpenError, describeReadError } from '../words.ts';

const UNCHANGED = 'Nothing was changed.';

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
