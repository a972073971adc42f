import { type Actions, on } from './action.ts';
import { buttons, viewQueueButton } from './components.ts';
import type { ActionName } from './custom-id.ts';
import { listActions } from './events/list-actions.ts';
import { flushActions } from './flushes/flush-actions.ts';
import { formActions } from './forms/form-actions.ts';
import { queueActions } from './queue-actions.ts';
import { sayText } from './reply.ts';
import { setupActions } from './set-up-actions.ts';
import { shiftActions } from './shifts/shift-actions.ts';

/** Every action of a button, a select or a modal. */
export const actions: Actions<ActionName> = {
  ...formActions,
  ...queueActions,
  ...flushActions,
  ...shiftActions,
  ...listActions,
  ...setupActions,
  cancel: on('cancel', 'update', async () => sayText('Nothing was done by this.', buttons(viewQueueButton))),
};
