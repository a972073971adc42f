import { setHabits, setUnitZone } from '../app/set-up.ts';
import { type Actions, on, type Run, restricted } from './action.ts';
import { MANAGE_SERVER } from './command.ts';
import type { ActionName } from './custom-id.ts';
import type { MessageReply } from './reply.ts';
import { chosenDateOrder, ownZoneReply, unitZoneReply } from './set-up.ts';

const setOwnZone: Run<'set-own-zone', MessageReply> = async (app, caller, [zone, order]) => {
  const wanted = { zone, ...chosenDateOrder(order) };
  return ownZoneReply(app, caller, wanted, await setHabits(app, caller, wanted));
};

const forgetZone: Run<'forget-zone', MessageReply> = async (app, caller) => {
  const wanted = { zone: null };
  return ownZoneReply(app, caller, wanted, await setHabits(app, caller, wanted));
};

/** What the buttons of the setup do. */
export const setupActions = {
  'set-unit-zone': restricted(
    MANAGE_SERVER,
    on('set-unit-zone', 'update', async (app, caller, [zone]) =>
      unitZoneReply(app, caller, await setUnitZone(app, caller, zone)),
    ),
  ),
  'set-own-zone': on('set-own-zone', 'update', setOwnZone),
  'forget-zone': on('forget-zone', 'update', forgetZone),
} as const satisfies Partial<Actions<ActionName>>;
