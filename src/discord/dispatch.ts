import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { App } from '../app/app.ts';
import { type Action, type Answers, actions, type Input } from './actions.ts';
import { type Caller, type Command, MODERATOR, type Options } from './command.ts';
import { splitCustomId } from './custom-id.ts';
import { type Answerable, type DeliveryDeps, deliver } from './deliver.ts';
import { readModal } from './form-modal.ts';
import { type Reply, sayText } from './reply.ts';
import { describeCrash, GUILD_ONLY, NEEDS_PERMISSION, OUTDATED_BUTTON } from './words.ts';

type Component = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** What the dispatcher needs besides the interaction. */
export type DispatchDeps = DeliveryDeps & { readonly app: App; readonly commands: readonly Command[] };

/** Takes every interaction, and knows which are still being answered. */
export type Dispatcher = {
  dispatch(interaction: Interaction): void;
  /** Resolves when every interaction that was taken has been answered. */
  idle(): Promise<void>;
};

/** How an interaction is answered, what its caller needs, and the work itself. */
type Task = { readonly answers: Answers; readonly permissions: bigint; run(caller: Caller): Promise<Reply> };

const optionsOf = (interaction: ChatInputCommandInteraction): Options => {
  const given = interaction.options.data[0]?.options ?? [];
  return new Map(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])));
};

const inputOf = (interaction: Component): Input => ({
  values: interaction.isStringSelectMenu() ? interaction.values : [],
  modal: interaction.isModalSubmit()
    ? readModal(interaction.fields)
    : { typed: new Map(), wantsAnotherCalendar: false },
});

const subcommandOf = (
  commands: readonly Command[],
  { commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction,
) => {
  const command = commands.find(({ name }) => name === commandName);
  const subcommand = command?.subcommands[options.getSubcommand(false) ?? ''];
  return command === undefined || subcommand === undefined ? null : { ...subcommand, permissions: command.permissions };
};

function commandTask({ app, commands }: DispatchDeps, interaction: ChatInputCommandInteraction): Task | null {
  const subcommand = subcommandOf(commands, interaction);
  if (subcommand === null) return null;
  return {
    answers: subcommand.mayOpenModal ? 'modal' : 'message',
    permissions: subcommand.permissions,
    run: (caller) => subcommand.run(app, caller, optionsOf(interaction)),
  };
}

function componentTask({ app }: DispatchDeps, interaction: Component): Task | null {
  const id = splitCustomId(interaction.customId);
  const action: Action | undefined = id === null ? undefined : actions.get(id.action);
  if (id === null || action === undefined) return null;
  return {
    answers: action.answers,
    permissions: MODERATOR,
    run: (caller) =>
      action.run(app, caller, id.args, inputOf(interaction)) ?? Promise.resolve(sayText(OUTDATED_BUTTON)),
  };
}

/** The task's reply, or why its caller does not get one. A bug becomes a sentence with a reference to the log. */
async function perform(deps: DispatchDeps, interaction: Answerable, task: Task): Promise<Reply> {
  if (!interaction.inGuild()) return sayText(GUILD_ONLY);
  if (!interaction.memberPermissions.has(task.permissions)) return sayText(NEEDS_PERMISSION);
  try {
    return await task.run({ guildId: interaction.guildId, userId: interaction.user.id });
  } catch (err) {
    const reference = interaction.id.slice(-6);
    deps.log.error({ err, reference, guildId: interaction.guildId }, 'an interaction broke');
    return sayText(describeCrash(reference));
  }
}

async function suggest({ app, commands }: DispatchDeps, interaction: AutocompleteInteraction): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const subcommand = subcommandOf(commands, interaction);
  const complete = subcommand?.autocomplete?.[name];
  const mayAsk = interaction.inGuild() && interaction.memberPermissions.has(subcommand?.permissions ?? MODERATOR);
  if (complete === undefined || !mayAsk) return interaction.respond([]);
  return interaction.respond(await complete(app, { guildId: interaction.guildId, userId: interaction.user.id }, value));
}

async function handle(deps: DispatchDeps, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(deps, interaction);
  if (interaction.isChatInputCommand()) return answer(deps, interaction, commandTask(deps, interaction));
  if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit())
    return answer(deps, interaction, componentTask(deps, interaction));
  return undefined;
}

const OUTDATED_TASK: Task = {
  answers: 'message',
  permissions: MODERATOR,
  run: () => Promise.resolve(sayText(OUTDATED_BUTTON)),
};

function answer(deps: DispatchDeps, interaction: Answerable, task: Task | null): Promise<void> {
  const known = task ?? OUTDATED_TASK;
  return deliver(deps, interaction, known.answers, perform(deps, interaction, known));
}

/** The only place that acknowledges, answers, and words a crash. */
export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const running = new Set<Promise<void>>();
  return {
    dispatch(interaction) {
      const work = handle(deps, interaction)
        .catch((err: unknown) => deps.log.error({ err, guildId: interaction.guildId }, 'an answer was not delivered'))
        .finally(() => running.delete(work));
      running.add(work);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
