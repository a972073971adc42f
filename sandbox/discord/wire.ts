import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

/** Interaction types as Discord numbers them on the wire. */
export const InteractionKind = { command: 2, component: 3, autocomplete: 4, modalSubmit: 5 } as const;

/** Callback types a bot may answer an interaction with. */
export const CallbackKind = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;

/** Component types as Discord numbers them on the wire. */
export const Component = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** Command option types as Discord numbers them on the wire. */
export const Option = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** Message flag bits the stand-in knows. */
export const Flag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** Permission bits the stand-in checks or hands out. */
export const Permission = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useApplicationCommands: 1n << 31n,
  manageEvents: 1n << 33n,
} as const;

/** One choice of a select, radio group or checkbox group. */
export type PartOption = {
  readonly label: string;
  readonly value: string;
  readonly description?: string | undefined;
  readonly default?: boolean | undefined;
};

/** Any component, read loosely: every discord-api-types component is assignable to it. */
export type Part = {
  readonly type: number;
  readonly custom_id?: string | undefined;
  readonly label?: string | undefined;
  readonly description?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly value?: string | undefined;
  readonly content?: string | undefined;
  readonly url?: string | undefined;
  readonly style?: number | undefined;
  readonly disabled?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly default?: boolean | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
  readonly options?: readonly PartOption[] | undefined;
  readonly default_values?: readonly { readonly id: string; readonly type: string }[] | undefined;
  readonly channel_types?: readonly number[] | undefined;
  readonly component?: Part | undefined;
  readonly components?: readonly Part[] | undefined;
  readonly accessory?: Part | undefined;
};

/** What a bot may say about whom a message pings. */
export type AllowedMentions = {
  readonly parse?: readonly string[] | null | undefined;
  readonly users?: readonly string[] | null | undefined;
  readonly roles?: readonly string[] | null | undefined;
  readonly replied_user?: boolean | null | undefined;
};

/** The message that a new one replies to, as the bot names it. */
export type MessageReference = {
  readonly message_id: string;
  readonly channel_id?: string | null | undefined;
  readonly fail_if_not_exists?: boolean | null | undefined;
  readonly type?: number | null | undefined;
};

/** The body of a message as the bot sends it; an absent or null member of an edit leaves or empties that part. */
export type MessageBody = {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly APIEmbed[] | null | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | null | undefined;
  readonly allowed_mentions?: AllowedMentions | null | undefined;
  readonly attachments?:
    | readonly { readonly id: string | number; readonly filename?: string | undefined }[]
    | undefined;
  readonly flags?: number | null | undefined;
  readonly message_reference?: MessageReference | null | undefined;
};

/** One option of a registered command, read loosely. */
export type CommandOption = {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | undefined;
  readonly autocomplete?: boolean | undefined;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  readonly options?: readonly CommandOption[] | undefined;
  readonly channel_types?: readonly number[] | undefined;
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly name_localizations?: unknown;
  readonly description_localizations?: unknown;
};

/** A JSON object of unknown content. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether `value` is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
