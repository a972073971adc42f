import {
  type DiscordUser,
  type FieldValue,
  type Interaction,
  type Message,
  type Modal,
  type RenderOptions,
  renderMessage,
  renderModal,
} from '../discord/index.ts';
import type { Narrator } from './narrator.ts';
import type { Stage } from './stage.ts';

/** Where a story happens, who is in it, and who tells it. */
export type Scene = {
  readonly stage: Stage;
  readonly tell: Narrator;
  /** Two moderators. */
  readonly mara: DiscordUser;
  readonly owen: DiscordUser;
};

/** An event as a story speaks of it. */
export type Op = { readonly id: number; readonly name: string };

type Typed = Readonly<Record<string, FieldValue>>;

const drawing = ({ stage, tell }: Scene): RenderOptions => ({
  nameOf: stage.discord.nameOf,
  now: Date.now(),
  width: tell.blockWidth,
});

/** All that a message says: its content and its embeds. */
export const textOf = ({ content, embeds }: Message): string =>
  [content, ...embeds.map(({ title, description, footer }) => [title, description, footer?.text].join('\n'))].join(
    '\n',
  );

/** The addresses behind the masked links of a message, with the words that stand for them. */
export const linksIn = (message: Message): readonly { readonly words: string; readonly address: string }[] =>
  [...textOf(message).matchAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g)].map(([, words = '', address = '']) => ({
    words,
    address,
  }));

/** Shows a message as its reader sees it. */
export function showMessage(scene: Scene, message: Message): void {
  scene.tell.show(renderMessage(message, drawing(scene)));
}

const showValue = (value: FieldValue): string => {
  if (typeof value === 'boolean') return value ? '[x]' : '[ ]';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

/** Shows a form as it was opened. */
export function showForm(scene: Scene, modal: Modal): void {
  scene.tell.show(renderModal(modal, {}, drawing(scene)));
}

/** Opens a form with `/event edit`. */
export async function openForm(scene: Scene, user: DiscordUser, event: Op, form: string): Promise<Modal> {
  scene.tell.act(user.name, `/event edit  event: ${event.name}  form: ${form}`);
  return (await user.command('event edit', { event: String(event.id), form })).modalOrThrow();
}

/** Fills in a form, submits it, and shows the answer. */
export async function submitForm(scene: Scene, user: DiscordUser, modal: Modal, typed: Typed): Promise<Message> {
  const inputs = Object.entries(typed).map(([label, value]) => `${label}: ${showValue(value)}`);
  scene.tell.act(user.name, `enters  ${inputs.join('  ·  ')}  and submits`);
  const answer = (await user.submit(modal, typed)).messageOrThrow();
  showMessage(scene, answer);
  return answer;
}

/** Presses a button. */
export function press(scene: Scene, user: DiscordUser, message: Message, button: string): Promise<Interaction> {
  scene.tell.act(user.name, `presses  [ ${button} ]`);
  return user.click(message, button);
}

/** Presses a button that answers with a message, and shows it. */
export async function pressForMessage(
  scene: Scene,
  user: DiscordUser,
  message: Message,
  button: string,
): Promise<Message> {
  const answer = (await press(scene, user, message, button)).messageOrThrow();
  showMessage(scene, answer);
  return answer;
}

/** Presses a button that opens a form, and shows it. */
export async function pressForForm(scene: Scene, user: DiscordUser, message: Message, button: string): Promise<Modal> {
  const modal = (await press(scene, user, message, button)).modalOrThrow();
  showForm(scene, modal);
  return modal;
}

/** Looks at the queue with `/queue view`. */
export async function viewQueue(scene: Scene, user: DiscordUser): Promise<Message> {
  scene.tell.act(user.name, '/queue view');
  const board = (await user.command('queue view')).messageOrThrow();
  showMessage(scene, board);
  return board;
}
