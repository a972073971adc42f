import type { Command } from '../src/discord/command.ts';
import { event } from './event.ts';
import { queue } from './queue.ts';
import { setup } from './setup.ts';

/** Every slash command of the bot. */
export const commands: readonly Command[] = [event, queue, setup];
