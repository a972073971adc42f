import { setHabits, setUnitZone, viewSetup } from '../src/app/set-up.ts';
import { type Command, MANAGE_SERVER, stringOption, textOption } from '../src/discord/command.ts';
import {
  chosenDateOrder,
  DATE_ORDER_CHOICES,
  habitsReply,
  ownZoneReply,
  setupReply,
  unitZoneReply,
  zoneChoices,
} from '../src/discord/set-up.ts';

/** `/setup`: how the bot reads and shows times, for a unit and for a moderator. */
export const setup: Command = {
  name: 'setup',
  description: 'Set how times are read and shown, and see how the bot is set up',
  subcommands: {
    zone: {
      description: 'Set the zone of your unit: typed times count in it, and reports show it',
      permission: MANAGE_SERVER,
      options: [
        stringOption('zone', 'Type a city, a country, an abbreviation, or the time there now', {
          required: true,
          autocomplete: true,
          maxLength: 100,
        }),
      ],
      delivery: 'message',
      autocomplete: { zone: zoneChoices },
      run: async (app, caller, options) =>
        unitZoneReply(app, caller, await setUnitZone(app, caller, textOption(options, 'zone'))),
    },
    me: {
      description: 'Set your own zone and how you write dates, or see what is set',
      options: [
        stringOption('zone', 'Type a city, a country, an abbreviation, or the time there now', {
          autocomplete: true,
          maxLength: 100,
        }),
        stringOption('dates', 'What 03/04 is when you type it', { choices: [...DATE_ORDER_CHOICES] }),
      ],
      delivery: 'message',
      autocomplete: { zone: zoneChoices },
      async run(app, caller, options) {
        if (options.size === 0) return habitsReply(viewSetup(app, caller));
        const zone = options.has('zone') ? { zone: textOption(options, 'zone') } : {};
        const wanted = { ...zone, ...chosenDateOrder(textOption(options, 'dates')) };
        return ownZoneReply(app, caller, wanted, await setHabits(app, caller, wanted));
      },
    },
    status: {
      description: 'See how the bot is set up for you and your unit',
      delivery: 'message',
      run: async (app, caller) => setupReply(viewSetup(app, caller)),
    },
  },
};
