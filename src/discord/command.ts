import {
  type ApplicationCommandOptionChoiceData,
  ApplicationCommandOptionType,
  type ApplicationCommandSubCommandData,
  type ChatInputApplicationCommandData,
  PermissionFlagsBits,
} from 'discord.js';
import type { App } from '../app/app.ts';
import type { Reply } from './reply.ts';

/** What a moderator needs to use the bot, in Discord's permission bits. */
export const MODERATOR: bigint = PermissionFlagsBits.ManageEvents;

/** Who asks, and where. Discord ids. */
export type Caller = { readonly guildId: string; readonly userId: string };

/** The options of a slash command as they were given; those left out are absent. */
export type Options = ReadonlyMap<string, string | number | boolean>;

/** A choice that autocomplete offers. */
export type Choice = ApplicationCommandOptionChoiceData<string>;

/** One subcommand: what Discord shows of it and what it answers. */
export type Subcommand = {
  readonly description: string;
  readonly options?: NonNullable<ApplicationCommandSubCommandData['options']>;
  /** A modal has to be the first answer within 3 s, so a subcommand that may open one is never deferred. */
  readonly mayOpenModal: boolean;
  run(app: App, caller: Caller, options: Options): Promise<Reply>;
  /** Answers an option with `autocomplete: true`, by its name, given what was typed so far. */
  readonly autocomplete?: Readonly<Record<string, (app: App, caller: Caller, text: string) => Promise<Choice[]>>>;
};

/** A slash command: what it is called, who may use it, and its subcommands by name. */
export type Command = {
  readonly name: string;
  readonly description: string;
  /** Permission bits of Discord that its callers need; they are checked again on every interaction. */
  readonly permissions: bigint;
  readonly subcommands: Readonly<Record<string, Subcommand>>;
};

/** The command as Discord is told of it. */
export function toDiscord(command: Command): ChatInputApplicationCommandData {
  return {
    name: command.name,
    description: command.description,
    defaultMemberPermissions: command.permissions,
    options: Object.entries(command.subcommands).map(([name, { description, options }]) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name,
      description,
      ...(options === undefined ? {} : { options }),
    })),
  };
}

/** A text option's value, or null when it was left out. */
export function textOption(options: Options, name: string): string | null {
  const value = options.get(name);
  return value === undefined ? null : String(value);
}
