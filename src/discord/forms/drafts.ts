import { type App, type NotConnected, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { ListedDraft } from '../../app/drafts.ts';
import type { Caller } from '../../app/ports.ts';
import { FIELDS, FORMS } from '../../domain/field.ts';
import type { Result } from '../../domain/result.ts';
import { select } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type MessageReply, say, sayText } from '../reply.ts';
import { count, drawTime, plain } from '../text.ts';
import { nameTyped } from '../values.ts';
import { describeNotConnected } from '../words.ts';

/** What one embed shows (Discord docs: 4,096 units), and how much of what was typed stands in a line. */
const MAX_TEXT = 4_000;
const SHOWN_NAME = 60;
const SHOWN_TYPED = 60;

const nameOf = ({ eventName, eventId }: ListedDraft): string => eventName ?? `#${eventId}`;

function draftLine(draft: ListedDraft, terms: Terms): string {
  const typed = [...draft.typed].map(
    ([field, input]) => `${FIELDS[field].label} “${plain(nameTyped(field, input, terms), SHOWN_TYPED)}”`,
  );
  const head = `• **${plain(nameOf(draft), SHOWN_NAME)}** · ${FORMS[draft.form]} · ${drawTime(draft.savedAt, 'R')}`;
  return `${head}\n  ↳ ${typed.join(', ')}\n`;
}

/** As many of `lines` as an embed holds. */
function whatFits(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > MAX_TEXT) return `${text}… The list below has all of them.`;
    text += line;
  }
  return text;
}

/** The caller's drafts, newest first, with a select that opens the form of one with what was typed. */
export function draftsReply(
  app: App,
  caller: Caller,
  drafts: Result<readonly ListedDraft[], NotConnected>,
): MessageReply {
  if (!drafts.ok) return sayText(describeNotConnected(drafts.error));
  const { value } = drafts;
  if (value.length === 0)
    return sayText(
      'You have no drafts in this server: all that you typed was queued, or is older than a week. Use `/event edit` to edit an event.',
    );
  const terms = termsOf(app, caller);
  const embed = {
    title: `Typed and not queued: ${count(value.length, 'draft')}`,
    description: whatFits(value.map((draft) => draftLine(draft, terms))),
    footer: { text: 'Only you see these. A draft is kept for a week, or until its form is queued.' },
  };
  const options = value.map((draft) => ({ label: `${FORMS[draft.form]}: ${nameOf(draft)}`, value: draft.id }));
  return say({
    embeds: [embed],
    components: select(customId('open-draft'), 'Open a form with what you typed…', options),
  });
}
