import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { type App, termsOf } from '../app/app.ts';
import type { Caller } from '../app/ports.ts';
import type { Input } from './action.ts';
import { actions } from './actions.ts';
import { type Command, MODERATOR, type Options, type Permission } from './command.ts';
import { splitCustomId } from './custom-id.ts';
import { type Answerable, type DeliveryDeps, deliver } from './deliver.ts';
import { NO_MODAL, parseModal } from './forms/modal-input.ts';
import { typedReply } from './forms/typed.ts';
import { type Delivery, type Reply, sayText } from './reply.ts';
import { describeCrash, GUILD_ONLY, NEEDS_PERMISSION, needsPermission, OTHER_VERSION } from './words.ts';

type Component = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** What the dispatcher needs besides the interaction. */
export type DispatchDeps = DeliveryDeps & { readonly app: App; readonly commands: readonly Command[] };

/** Takes every interaction, and knows which are still being answered. */
export type Dispatcher = {
  dispatch(interaction: Interaction): void;
  /** Resolves when every interaction that was taken has been answered. */
  idle(): Promise<void>;
};

/** How an interaction is answered, and the work itself. */
type Task = {
  readonly delivery: Delivery;
  /** What it needs besides what everybody needs. */
  readonly permission: Permission | undefined;
  run(caller: Caller): Promise<Reply>;
};

const optionsOf = (interaction: ChatInputCommandInteraction): Options => {
  const given = interaction.options.data[0]?.options ?? [];
  return new Map(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])));
};

const inputOf = (interaction: Component): Input => ({
  values: interaction.isStringSelectMenu() ? interaction.values : [],
  modal: interaction.isModalSubmit() ? parseModal(interaction.fields) : NO_MODAL,
});

const subcommandOf = (
  commands: readonly Command[],
  { commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction,
) => commands.find(({ name }) => name === commandName)?.subcommands[options.getSubcommand(false) ?? ''];

function commandTask({ app, commands }: DispatchDeps, interaction: ChatInputCommandInteraction): Task | null {
  const subcommand = subcommandOf(commands, interaction);
  if (subcommand === undefined) return null;
  const { delivery, permission } = subcommand;
  return { delivery, permission, run: (caller) => subcommand.run(app, caller, optionsOf(interaction)) };
}

function componentTask({ app }: DispatchDeps, interaction: Component): Task | null {
  const id = splitCustomId(interaction.customId);
  if (id === null) return null;
  const action = actions[id.name];
  return {
    delivery: action.delivery,
    permission: action.permission,
    run: (caller) => action.run(app, caller, id.args, inputOf(interaction)) ?? Promise.resolve(sayText(OTHER_VERSION)),
  };
}

const callerOf = ({ guildId, user, channelId }: Interaction<'raw' | 'cached'>): Caller => ({
  guildId,
  userId: user.id,
  channelId,
});

/** A sentence in place of the answer. One to a form would swallow what was typed, so that is said with it. */
function refuse({ app }: DispatchDeps, interaction: Answerable, sentence: string): Reply {
  if (!interaction.isModalSubmit() || !interaction.inGuild()) return sayText(sentence);
  return typedReply(sentence, parseModal(interaction.fields), termsOf(app, callerOf(interaction)));
}

/** The task's reply, or why its caller does not get one. A bug becomes a sentence with a reference to the log. */
async function perform(deps: DispatchDeps, interaction: Answerable, task: Task | null): Promise<Reply> {
  if (!interaction.inGuild()) return sayText(GUILD_ONLY);
  if (!interaction.memberPermissions.has(MODERATOR)) return refuse(deps, interaction, NEEDS_PERMISSION);
  if (task === null) return refuse(deps, interaction, OTHER_VERSION);
  const { permission } = task;
  if (permission !== undefined && !interaction.memberPermissions.has(permission.bits))
    return refuse(deps, interaction, needsPermission(permission.name));
  try {
    return await task.run(callerOf(interaction));
  } catch (err) {
    const reference = interaction.id.slice(-6);
    deps.log.error({ err, reference, guildId: interaction.guildId }, 'an interaction broke');
    return refuse(deps, interaction, describeCrash(reference));
  }
}

async function suggest({ app, commands }: DispatchDeps, interaction: AutocompleteInteraction): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const complete = subcommandOf(commands, interaction)?.autocomplete?.[name];
  const mayAsk = interaction.inGuild() && interaction.memberPermissions.has(MODERATOR);
  if (complete === undefined || !mayAsk) return interaction.respond([]);
  return interaction.respond(await complete(app, callerOf(interaction), value));
}

const answer = (deps: DispatchDeps, interaction: Answerable, task: Task | null): Promise<void> =>
  deliver(deps, interaction, task?.delivery ?? 'message', perform(deps, interaction, task));

async function route(deps: DispatchDeps, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(deps, interaction);
  if (interaction.isChatInputCommand()) return answer(deps, interaction, commandTask(deps, interaction));
  if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit())
    return answer(deps, interaction, componentTask(deps, interaction));
  return undefined;
}

/** The only place that acknowledges, answers, and words a crash. */
export function createDispatcher(deps: DispatchDeps): Dispatcher {
  const running = new Set<Promise<void>>();
  return {
    dispatch(interaction) {
      const work = route(deps, interaction)
        .catch((err: unknown) => deps.log.error({ err, guildId: interaction.guildId }, 'an answer was not delivered'))
        .finally(() => running.delete(work));
      running.add(work);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
