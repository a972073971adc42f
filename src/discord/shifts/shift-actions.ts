import { ComponentType, TextInputStyle } from 'discord.js';
import { type App, termsOf, zoneOf } from '../../app/app.ts';
import type { Caller } from '../../app/ports.ts';
import { queueShift, replaceShifted } from '../../app/queue-shift.ts';
import { renewShift } from '../../app/renew-shift.ts';
import {
  changeShift,
  chooseEvents,
  howFar,
  keepHowFar,
  shiftChosen,
  shiftInstead,
  viewShift,
} from '../../app/shift-events.ts';
import type { HowFar } from '../../app/shift-port.ts';
import { type Shift, settle, settleAll } from '../../domain/shift.ts';
import { type Actions, on, opening, type Run } from '../action.ts';
import { button, buttons, zonedLabel } from '../components.ts';
import { type ActionName, chosenNumbers, chosenSettlement, customId } from '../custom-id.ts';
import { type MessageReply, type ModalReply, type Reply, sayText } from '../reply.ts';
import { OTHER_VERSION } from '../words.ts';
import { shiftReply } from './shift.ts';
import { queuedShiftReply, replacedShiftReply } from './shift-queued.ts';
import { describeShiftError } from './shift-words.ts';

const chooseShifted: Run<'choose-shifted', MessageReply> = async (
  app,
  caller,
  [id, page, first, count],
  { values },
) => {
  const kept = new Set(chosenNumbers(values));
  const changed = await changeShift(app, caller, id, (shift) => {
    const shown = shift.ops.slice(first, first + count).map(({ eventId }) => eventId);
    const elsewhere = shift.leftOut.filter((eventId) => !shown.includes(eventId));
    return { ...shift, leftOut: [...elsewhere, ...shown.filter((eventId) => !kept.has(eventId))] };
  });
  return shiftReply(app, caller, changed, page);
};

const settleShifted: Run<'settle-shifted', MessageReply> = async (app, caller, [id, page], { values }) => {
  const chosen = chosenSettlement(values);
  if (chosen === null) return sayText(OTHER_VERSION);
  const change = (shift: Shift): Shift =>
    chosen[0] === 'all' ? settleAll(shift, chosen[1]) : settle(shift, ...chosen);
  return shiftReply(app, caller, await changeShift(app, caller, id, change), page);
};

const toggle: Run<'toggle-shift', MessageReply> = async (app, caller, [id, follower, page]) => {
  const changed = await changeShift(app, caller, id, (shift) =>
    follower === 'ends'
      ? { ...shift, leavesEnds: !shift.leavesEnds }
      : { ...shift, leavesDeadlines: !shift.leavesDeadlines },
  );
  return shiftReply(app, caller, changed, page);
};

const MAX_TYPED = 100;

const shortInput = (id: string, label: string, description: string, value: string) => ({
  type: ComponentType.Label as const,
  label,
  description,
  component: {
    type: ComponentType.TextInput as const,
    custom_id: id,
    style: TextInputStyle.Short as const,
    required: false,
    max_length: MAX_TYPED,
    ...(value === '' ? {} : { value }),
  },
});

/** Asks how far to move the events that are kept under `id`, with what was typed for it before. */
const askHowFar = (app: App, { guildId }: Caller, id: string, { by, to }: HowFar): ModalReply => ({
  kind: 'modal',
  modal: {
    custom_id: customId('submit-shift', id),
    title: 'Move the chosen ops',
    components: [
      shortInput('by', 'By', 'How far, like +1d, -90m or +1w 2h', by),
      shortInput(
        'to',
        zonedLabel('Or to the day', zoneOf(app, guildId)),
        'The first op goes to that day, like next Saturday; the others keep their distance',
        to,
      ),
    ],
  },
});

const NOTHING_TYPED: HowFar = { by: '', to: '' };

const NONE_CHOSEN = 'No op was chosen. Nothing was queued. Choose those to move from the list.';

const ask: Run<'shift-chosen', Reply> = async (app, caller, _args, { values }) => {
  const eventIds = chosenNumbers(values);
  if (eventIds.length === 0) return sayText(NONE_CHOSEN);
  return askHowFar(app, caller, await chooseEvents(app, caller, eventIds), NOTHING_TYPED);
};

const submit: Run<'submit-shift', MessageReply> = async (app, caller, [id], { modal: { others } }) => {
  const how = { by: others.get('by') ?? '', to: others.get('to') ?? '' };
  const shifted = await shiftChosen(app, caller, id, how);
  if (shifted.ok) return shiftReply(app, caller, shifted);
  const kept = await keepHowFar(app, caller, id, how);
  const again = kept.ok ? buttons(button('Try again', customId('ask-shift', kept.value))) : [];
  return shiftReply(app, caller, shifted, 0, again);
};

const askAgain: Run<'ask-shift', Reply> = async (app, caller, [id]) => {
  const typed = await howFar(app, caller, id);
  return typed.ok ? askHowFar(app, caller, id, typed.value) : sayText(describeShiftError(typed.error));
};

/** What the buttons, selects and modals of shifts do. */
export const shiftActions = {
  'turn-shift': on('turn-shift', 'update', async (app, caller, [id, page]) =>
    shiftReply(app, caller, await viewShift(app, caller, id), page),
  ),
  'choose-shifted': on('choose-shifted', 'update', chooseShifted),
  'settle-shifted': on('settle-shifted', 'update', settleShifted),
  'toggle-shift': on('toggle-shift', 'update', toggle),
  'queue-shift': on('queue-shift', 'message', async (app, caller, [id]) =>
    queuedShiftReply(await queueShift(app, caller, id), termsOf(app, caller)),
  ),
  'renew-shift': on('renew-shift', 'message', async (app, caller, [id]) =>
    shiftReply(app, caller, await renewShift(app, caller, id)),
  ),
  'replace-shifted': on('replace-shifted', 'message', async (app, caller, [contestId]) =>
    replacedShiftReply(await replaceShifted(app, caller, contestId), termsOf(app, caller)),
  ),
  'shift-instead': on('shift-instead', 'message', async (app, caller, [id, index]) =>
    shiftReply(app, caller, await shiftInstead(app, caller, id, index)),
  ),
  'shift-chosen': opening('shift-chosen', ask),
  'ask-shift': opening('ask-shift', askAgain),
  'submit-shift': on('submit-shift', 'message', submit),
} as const satisfies Partial<Actions<ActionName>>;
