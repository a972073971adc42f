import { isOffered, type RegisteredCommand } from './command-store.ts';
import { optionKinds, type Pick, resolvedJson } from './entities.ts';
import type { Actor } from './envelope.ts';
import { type CommandOption, Option } from './wire.ts';
import type { World } from './world.ts';

/** What a user may enter for a command option. */
export type OptionValue = string | number | boolean;

/** A command, or one of its subcommands, as a user has it before them. */
export type Invocation = {
  readonly command: RegisteredCommand;
  /** The groups and the subcommand on the way. */
  readonly path: readonly CommandOption[];
  readonly options: readonly CommandOption[];
};

type SentOption = {
  readonly type: number;
  readonly name: string;
  readonly value?: OptionValue;
  readonly options?: readonly SentOption[];
  readonly focused?: true;
};

/** The command a user means by `name` (`'queue view'`); throws when Discord would not offer it to them. */
export function findInvocation(world: World, actor: Actor, name: string): Invocation {
  const [root = '', ...rest] = name.trim().replace(/^\//, '').split(/\s+/);
  const { guildId } = actor.channel;
  const known = [
    ...(world.commands.scopes.get(guildId) ?? []),
    ...(guildId ? (world.commands.scopes.get(null) ?? []) : []),
  ];
  const named = known.filter((command) => command.name === root && command.type === 1);
  const command = named.find((candidate) => isOffered(candidate, actor.permissions, guildId));
  if (!command) throw new Error(missing(root, named.length > 0));
  return descend(command, rest);
}

function missing(name: string, exists: boolean): string {
  return exists ? `Discord does not offer /${name} to this user` : `There is no command /${name} here`;
}

function descend(command: RegisteredCommand, names: readonly string[]): Invocation {
  const path: CommandOption[] = [];
  let options = command.options ?? [];
  for (const name of names) {
    const next = options.find((option) => option.name === name && isBranch(option));
    if (!next) throw new Error(`/${command.name} has no subcommand “${names.join(' ')}”`);
    path.push(next);
    options = next.options ?? [];
  }
  if (options.some(isBranch))
    throw new Error(`/${command.name} needs a subcommand: ${options.map((option) => option.name).join(', ')}`);
  return { command, path, options };
}

function isBranch(option: CommandOption): boolean {
  return option.type === Option.subcommand || option.type === Option.group;
}

/** The `data` of a command interaction; throws what the client would not let a user send. */
export function commandData(
  world: World,
  actor: Actor,
  invocation: Invocation,
  values: Readonly<Record<string, OptionValue>>,
) {
  const absent = invocation.options.find((option) => option.required && values[option.name] === undefined);
  if (absent) throw new Error(`The option “${absent.name}” of /${invocation.command.name} is required`);
  const sent = Object.entries(values).map(([name, value]) => sentOption(optionNamed(invocation, name), value));
  const resolved = resolvedJson(
    world,
    actor.channel.guildId,
    sent.flatMap((option) => pickOf(invocation, option)),
  );
  return { ...dataOf(invocation, sent), ...(resolved && { resolved }) };
}

function pickOf(invocation: Invocation, { type, name, value }: SentOption): readonly Pick[] {
  const kinds = optionKinds(type);
  const channelTypes = optionNamed(invocation, name).channel_types;
  return kinds.length > 0 ? [{ id: String(value), kinds, channelTypes }] : [];
}

/** The `data` of an autocomplete interaction: what is filled in so far, as text, and where the cursor is. */
export function autocompleteData(invocation: Invocation, focused: string, values: Readonly<Record<string, string>>) {
  if (!optionNamed(invocation, focused).autocomplete) throw new Error(`The option “${focused}” has no autocomplete`);
  const filled = { ...values, [focused]: values[focused] ?? '' };
  const sent = Object.entries(filled).map(([name, value]): SentOption => {
    const { type } = optionNamed(invocation, name);
    return { type, name, value, ...(name === focused && { focused: true }) };
  });
  return dataOf(invocation, sent);
}

/** The option of an invocation with this name. */
export function optionNamed(invocation: Invocation, name: string): CommandOption {
  const option = invocation.options.find((candidate) => candidate.name === name);
  const known = invocation.options.map((candidate) => candidate.name).join(', ') || 'none';
  if (!option) throw new Error(`/${invocation.command.name} has no option “${name}”; it has ${known}`);
  return option;
}

function dataOf({ command, path }: Invocation, options: readonly SentOption[]) {
  const nested = path.reduceRight<readonly SentOption[]>(
    (inner, { type, name }) => [{ type, name, options: inner }],
    options,
  );
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(nested.length > 0 && { options: nested }),
    ...(command.guild_id && { guild_id: command.guild_id }),
  };
}

function sentOption(option: CommandOption, entered: OptionValue): SentOption {
  const choice = option.choices?.find(({ name, value }) => value === entered || name === entered);
  const value = choice?.value ?? entered;
  const problem = option.choices && !choice ? 'is not one of its choices' : problemWith(option, value);
  if (problem)
    throw new Error(`A user cannot enter ${JSON.stringify(entered)} for the option “${option.name}”: it ${problem}`);
  return { type: option.type, name: option.name, value };
}

function problemWith(option: CommandOption, value: OptionValue): string | null {
  switch (option.type) {
    case Option.string:
      return typeof value === 'string' ? textProblem(option, value) : 'is not a text';
    case Option.boolean:
      return typeof value === 'boolean' ? null : 'is not a boolean';
    case Option.integer:
      return Number.isSafeInteger(value) ? numberProblem(option, Number(value)) : 'is not an integer';
    case Option.number:
      return typeof value === 'number' ? numberProblem(option, value) : 'is not a number';
    case Option.attachment:
      return 'is a file, which the stand-in cannot upload';
    default:
      return typeof value === 'string' ? null : 'is not an id';
  }
}

function textProblem(option: CommandOption, value: string): string | null {
  if (value === '') return 'is empty';
  if (value.length < (option.min_length ?? 0)) return `is shorter than ${option.min_length}`;
  return value.length > (option.max_length ?? 6000) ? `is longer than ${option.max_length ?? 6000}` : null;
}

function numberProblem(option: CommandOption, value: number): string | null {
  if (value < (option.min_value ?? Number.NEGATIVE_INFINITY)) return `is less than ${option.min_value}`;
  return value > (option.max_value ?? Number.POSITIVE_INFINITY) ? `is more than ${option.max_value}` : null;
}
