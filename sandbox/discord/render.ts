import type { APIEmbed, APIEmbedField } from 'discord.js';
import { isSelect } from './components.ts';
import type { Message } from './message.ts';
import type { FieldValue, Modal, ModalField } from './modal.ts';
import { plainText, type RenderOptions, sideBySide, WIDTH, wrap } from './render-text.ts';
import { Component, type Part, type PartOption } from './wire.ts';

const SHORT = 1;
const LINK = 5;
const COLUMNS = 3;

/** A message as plain text: who sees it, content, embeds, buttons and selects. */
export function renderMessage(message: Message, options: RenderOptions = {}): string {
  const width = (options.width ?? WIDTH) - 2;
  const notes = [message.ephemeral ? 'only you can see this' : null, message.editedCount > 0 ? 'edited' : null];
  const title = ['Frago', ...notes.filter((note) => note !== null)].join(' · ');
  const body = message.deleted ? ['(deleted)'] : bodyLines(message, width, options);
  return frame(title, body, width + 2);
}

function bodyLines(message: Message, width: number, options: RenderOptions): readonly string[] {
  return [
    ...(message.content === '' ? [] : wrap(plainText(message.content, options), width)),
    ...message.embeds.flatMap((embed) => embedLines(embed, width - 2, options).map((line) => `▌ ${line}`.trimEnd())),
    ...message.components.flatMap((part: Part) => partLines(part, width, options)),
    ...message.attachments.map((file) => `📎 ${file.filename}`),
  ];
}

function frame(title: string, lines: readonly string[], width: number): string {
  const top = `╭─ ${title} `.padEnd(width, '─');
  return [top, ...lines.map((line) => `│ ${line}`.trimEnd()), '╰'.padEnd(width, '─')].join('\n');
}

function embedLines(embed: APIEmbed, width: number, options: RenderOptions): readonly string[] {
  const text = (part: string | undefined) => (part ? wrap(plainText(part, options), width) : []);
  const footer = [embed.footer?.text, embed.timestamp && plainText(`<t:${Date.parse(embed.timestamp) / 1000}:s>`)];
  return [
    ...text(embed.author?.name),
    ...text(embed.title?.toUpperCase()),
    ...text(embed.description),
    ...fieldRows(embed.fields ?? []).flatMap((row) => fieldLines(row, width, options)),
    ...wrap(footer.filter(Boolean).join(' · '), width).filter((line) => line !== ''),
  ];
}

/** Fields as Discord lays them out: up to three inline ones share a row. */
function fieldRows(fields: readonly APIEmbedField[]): readonly (readonly APIEmbedField[])[] {
  const rows: APIEmbedField[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    const fits = field.inline && last?.every((other) => other.inline) && last.length < COLUMNS;
    if (fits) last?.push(field);
    else rows.push([field]);
  }
  return rows;
}

function fieldLines(row: readonly APIEmbedField[], width: number, options: RenderOptions): readonly string[] {
  const column = row.length > 1 ? Math.floor(width / COLUMNS) - 1 : width;
  const cells = row.map((field) => [
    ...wrap(`• ${plainText(field.name, options)}`, column),
    ...wrap(plainText(field.value, options), column - 2).map((line) => `  ${line}`),
  ]);
  return sideBySide(cells, column);
}

function partLines(part: Part, width: number, options: RenderOptions): readonly string[] {
  if (part.type === Component.textDisplay) return wrap(plainText(part.content ?? '', options), width);
  if (part.type === Component.separator) return ['─'.repeat(width)];
  if (isSelect(part)) return wrap(selectText(part), width);
  const children = [...(part.components ?? []), ...(part.accessory ? [part.accessory] : [])];
  if (part.type === Component.button) return [buttonText(part)];
  if (children.every((child) => child.type === Component.button))
    return wrap(children.map(buttonText).join('  '), width);
  return children.flatMap((child) => partLines(child, width, options));
}

function buttonText(button: Part & { readonly emoji?: { readonly name?: string | null } }): string {
  const name = [button.emoji?.name, button.label].filter(Boolean).join(' ');
  const label = button.style === LINK ? `${name} ↗` : name;
  return button.disabled ? `( ${label} )` : `[ ${label} ]`;
}

function selectText(part: Part): string {
  const options = (part.options ?? []).map((option) => (option.default ? `✓${option.label}` : option.label));
  const list = options.length > 0 ? `: ${options.join(' | ')}` : '';
  return `[ ${part.placeholder ?? 'Make a selection'} ▾ ]${list}`;
}

/** A modal as a filled-in form; `typed` holds what the user changed, by label or custom_id. */
export function renderModal(
  modal: Modal,
  typed: Readonly<Record<string, FieldValue>> = {},
  options: RenderOptions = {},
): string {
  const width = (options.width ?? WIDTH) - 2;
  const values = new Map(modal.fields.map((field) => [field.customId, field.prefilled]));
  for (const [key, value] of Object.entries(typed)) values.set(modal.field(key).customId, value);
  const lines = modal.components.flatMap((part: Part) => formLines(modal, part, values, width, options));
  return frame(`Form: ${modal.title}`, [...lines, '[ Cancel ]  [ Submit ]'], width + 2);
}

function formLines(
  modal: Modal,
  part: Part,
  values: ReadonlyMap<string, FieldValue>,
  width: number,
  options: RenderOptions,
): readonly string[] {
  if (part.type === Component.textDisplay) return wrap(plainText(part.content ?? '', options), width);
  const inputs = part.component ? [part.component] : (part.components ?? []);
  return inputs.flatMap((input) => {
    const field = modal.field(input.custom_id ?? '');
    return fieldForm(field, values.get(field.customId) ?? null, width, options);
  });
}

function fieldForm(field: ModalField, value: FieldValue, width: number, options: RenderOptions): readonly string[] {
  const isRequired = field.part.type !== Component.checkbox && (field.part.required ?? true);
  const description = field.description ? wrap(field.description, width - 4).map((line) => `    ${line}`) : [];
  return [`${field.label}${isRequired ? ' *' : ''}`, ...description, ...inputLines(field.part, value, width, options)];
}

function inputLines(part: Part, value: FieldValue, width: number, options: RenderOptions): readonly string[] {
  if (part.type === Component.checkbox) return [`  [${value === true ? 'x' : ' '}]`];
  if (part.type === Component.textInput) return textLines(part, value, width);
  const chosen = new Set(Array.isArray(value) ? value : [value]);
  if (!part.options) return [`  [ ${[...chosen].map((id) => options.nameOf?.(String(id)) ?? id).join(', ')} ▾ ]`];
  const mark = part.type === Component.radioGroup ? ['(•)', '( )'] : ['[x]', '[ ]'];
  return part.options.map((option) => `  ${isChosen(option, chosen) ? mark[0] : mark[1]} ${optionText(option)}`);
}

function isChosen(option: PartOption, chosen: ReadonlySet<unknown>): boolean {
  return chosen.has(option.value) || chosen.has(option.label);
}

function optionText(option: PartOption): string {
  return option.description ? `${option.label} (${option.description})` : option.label;
}

function textLines(part: Part, value: FieldValue, width: number): readonly string[] {
  const text = typeof value === 'string' ? value : '';
  const shown = text === '' ? `‹${part.placeholder ?? ''}›` : text;
  const lines = wrap(shown, width - 4).map((line) => `  ┃ ${line}`);
  return part.style === SHORT ? lines : [...lines, '  ┃'];
}
