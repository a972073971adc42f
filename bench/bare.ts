/**
 * What a discord.js bot costs that does nothing but answer: the same client as Frago's, and answers that are made
 * already. With `BARE_DATABASE` it makes one row durable before it answers a submitted modal.
 */
import { Client, Events, type Interaction, MessageFlags, Options, Routes } from 'discord.js';
import Database from 'libsql';
import { z } from 'zod';
import { type Answers, loadAnswers } from './answers.ts';

const environment = z.object({
  DISCORD_TOKEN: z.string(),
  DISCORD_API_URL: z.string(),
  DISCORD_GUILD_ID: z.string(),
  BARE_ANSWERS: z.string(),
  BARE_DATABASE: z.string().optional(),
});

type Keep = (userId: string, wanted: string) => void;

/** Inserts one row; when it returns, the row is on disk. */
function createKeep(path: string): Keep {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE edit (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, wanted TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO edit (user_id, wanted) VALUES (?, ?)');
  return (userId, wanted) => void insert.run(userId, wanted);
}

const createClient = (apiUrl: string): Client =>
  new Client({
    intents: [],
    allowedMentions: { parse: [] },
    rest: { api: apiUrl },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      UserManager: 100,
      GuildMemberManager: 0,
      MessageManager: 0,
    }),
  });

async function answer(interaction: Interaction, { modal, choices, reply }: Answers, keep: Keep | null): Promise<void> {
  if (interaction.isAutocomplete()) await interaction.respond(choices);
  else if (interaction.isChatInputCommand()) await interaction.showModal(modal);
  else if (interaction.isModalSubmit()) {
    keep?.(interaction.user.id, interaction.customId);
    await interaction.reply({ content: '', ...reply, flags: MessageFlags.Ephemeral });
  }
}

async function run(): Promise<void> {
  const env = environment.parse(process.env);
  const answers = loadAnswers(env.BARE_ANSWERS);
  const keep = env.BARE_DATABASE === undefined ? null : createKeep(env.BARE_DATABASE);
  const client = createClient(env.DISCORD_API_URL);
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction, answers, keep).catch((error: unknown) => console.error(error));
  });
  client.once(Events.ClientReady, ({ application }) => {
    client.rest
      .put(Routes.applicationGuildCommands(application.id, env.DISCORD_GUILD_ID), { body: answers.commands })
      .catch((error: unknown) => console.error(error));
  });
  await client.login(env.DISCORD_TOKEN);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
