import {
  type ApplicationCommandAutocompleteStringOptionData,
  type ApplicationCommandOptionChoiceData,
  ApplicationCommandOptionType,
  type ApplicationCommandStringOptionData,
  type ApplicationCommandSubCommandData,
  type ChatInputApplicationCommandData,
  PermissionFlagsBits,
} from 'discord.js';
import type { App } from '../app/app.ts';
import type { Caller } from '../app/ports.ts';
import type { MessageReply, Reply } from './reply.ts';

/** What everybody who uses the bot needs, in Discord's permission bits. */
export const MODERATOR: bigint = PermissionFlagsBits.ManageEvents;

/** A permission that some things need besides, in Discord's words and bits. */
export type Permission = { readonly name: string; readonly bits: bigint };

/** What changing the settings of a whole server needs. */
export const MANAGE_SERVER: Permission = { name: 'Manage Server', bits: PermissionFlagsBits.ManageGuild };

/** The options of a slash command as they were given; those left out are absent. */
export type Options = ReadonlyMap<string, string | number | boolean>;

/** A choice that autocomplete offers. */
export type Choice = ApplicationCommandOptionChoiceData<string>;

/** One subcommand: what Discord shows of it and what it answers. */
export type Subcommand = {
  readonly description: string;
  /** What its user needs besides what everybody needs. */
  readonly permission?: Permission;
  readonly options?: NonNullable<ApplicationCommandSubCommandData['options']>;
  /** Answers an option with `autocomplete: true`, by its name, given what was typed so far. */
  readonly autocomplete?: Readonly<Record<string, (app: App, caller: Caller, text: string) => Promise<Choice[]>>>;
} & (
  | { readonly delivery: 'message'; run(app: App, caller: Caller, options: Options): Promise<MessageReply> }
  | { readonly delivery: 'modal'; run(app: App, caller: Caller, options: Options): Promise<Reply> }
);

/** A slash command: what it is called, and its subcommands by name. */
export type Command = {
  readonly name: string;
  readonly description: string;
  readonly subcommands: Readonly<Record<string, Subcommand>>;
};

/** The command as Discord is told of it. */
export function toDiscord(command: Command): ChatInputApplicationCommandData {
  return {
    name: command.name,
    description: command.description,
    defaultMemberPermissions: MODERATOR,
    options: Object.entries(command.subcommands).map(([name, { description, options }]) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name,
      description,
      ...(options === undefined ? {} : { options }),
    })),
  };
}

type Rest<Option> = Omit<Option, 'type' | 'name' | 'description'>;

type StringOption = ApplicationCommandAutocompleteStringOptionData | ApplicationCommandStringOptionData;

/** An option that takes text: what it is called, what Discord shows of it, and what else there is to say. */
export const stringOption = (
  name: string,
  description: string,
  rest: Rest<ApplicationCommandAutocompleteStringOptionData> | Rest<ApplicationCommandStringOptionData> = {},
): StringOption => ({ type: ApplicationCommandOptionType.String, name, description, ...rest });

/** A text option's value; empty when it was left out. */
export const textOption = (options: Options, name: string): string => String(options.get(name) ?? '');
