export type { Choice } from './exchange.ts';
export type { Interaction } from './interaction.ts';
export type { Message } from './message.ts';
export type { FieldValue, Modal } from './modal.ts';
export { renderMessage, renderModal } from './render.ts';
export type { RenderOptions } from './render-text.ts';
export { type DiscordSandbox, startDiscord } from './sandbox.ts';
export type { DiscordUser } from './user.ts';
export { Permission } from './wire.ts';
