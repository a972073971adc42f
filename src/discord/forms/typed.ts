import type { APIEmbed } from 'discord.js';
import type { Terms } from '../../app/connections.ts';
import { isTouched } from '../../app/snapshots.ts';
import { FIELDS } from '../../domain/field.ts';
import { type MessageReply, type Row, say } from '../reply.ts';
import { count, fenced, shorten } from '../text.ts';
import { nameTyped } from '../values.ts';
import type { ModalInput } from './modal-input.ts';

/** An embed's description takes 4,096 units, and all embeds of a message 6,000 (Discord docs, Embed Limits). */
const MAX_BLOCK = 4_000;
const MAX_BLOCKS = 5_500;

type Entry = { readonly label: string; readonly text: string };

const touchedEntries = ({ inputs, others }: ModalInput, terms: Terms): readonly Entry[] => [
  ...[...inputs].flatMap(([field, input]) =>
    isTouched(input) ? [{ label: FIELDS[field].label, text: nameTyped(field, input.typed, terms) }] : [],
  ),
  ...[...others].flatMap(([label, text]) => (text === '' ? [] : [{ label, text }])),
];

function blocksOf(entries: readonly Entry[]): readonly APIEmbed[] {
  let room = MAX_BLOCKS;
  return entries.map(({ label, text }) => {
    const shown = shorten(fenced(text), Math.max(1, Math.min(MAX_BLOCK, room)));
    room -= shown.length;
    return { title: label, description: `\`\`\`\n${shown || ' '}\n\`\`\`` };
  });
}

const asFile = (entries: readonly Entry[]) => ({
  name: 'what-you-typed.txt',
  attachment: Buffer.from(entries.map(({ label, text }) => `${label}:\n${text}\n`).join('\n')),
});

/**
 * A sentence in place of the answer to a form, with what was typed into it, to be copied: input by input, and as a file too
 * where a message has not room enough.
 */
export function typedReply(sentence: string, modal: ModalInput, terms: Terms, rows: readonly Row[] = []): MessageReply {
  const entries = touchedEntries(modal, terms);
  const length = entries.reduce((sum, { text }) => sum + fenced(text).length, 0);
  const isWhole = length <= MAX_BLOCKS && entries.every(({ text }) => fenced(text).length <= MAX_BLOCK);
  const files = isWhole ? {} : { files: [asFile(entries)] };
  const heading = entries.length === 0 ? '' : `\n**What you typed** (${count(entries.length, 'input')}):`;
  return say({ content: `${sentence}${heading}`, embeds: blocksOf(entries), components: rows, ...files });
}
