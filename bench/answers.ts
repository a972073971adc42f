import { readFileSync, writeFileSync } from 'node:fs';
import type { APIModalInteractionResponseCallbackData, InteractionReplyOptions } from 'discord.js';
import { z } from 'zod';

type ReplyParts = Required<Pick<InteractionReplyOptions, 'embeds' | 'components'>>;

/** What Frago said once, word for word, and the commands that led to it: all that the bare handler knows. */
export type Answers = {
  readonly commands: readonly unknown[];
  readonly modal: APIModalInteractionResponseCallbackData;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
  readonly reply: ReplyParts;
};

/** Discord's own shapes are not taken apart here: they are repeated as they came. */
const answers: z.ZodType<Answers> = z.object({
  commands: z.array(z.unknown()),
  modal: z.custom<Answers['modal']>(),
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })),
  reply: z.custom<ReplyParts>(),
});

/** Writes the answers to the file at `path`. */
export const saveAnswers = (path: string, said: Answers): void => writeFileSync(path, JSON.stringify(said));

/** The answers in the file at `path`; throws when it holds none. */
export const loadAnswers = (path: string): Answers => answers.parse(JSON.parse(readFileSync(path, 'utf8')));
