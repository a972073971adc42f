import * as spec from 'discord-api-spec/zod';
import { z } from 'zod';
import type { Issue } from '../answer.ts';
import { type Patches, schemaChecks } from './schema-check.ts';
import type { BodyKind } from './validator.ts';

/** Members discord.js sends with every message although the file does not list them everywhere. */
const EVERY_MESSAGE = {
  tts: z.boolean().nullish(),
  nonce: z.union([z.string().max(25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
};

/** A bot's limit, where the file has that of a user who pays. */
const CONTENT = { content: z.string().max(2000).nullish() };

/** Corrections of the file by Discord's documentation; see the project's notes on its use as a validator. */
const PATCHES: Patches = new Map<z.core.$ZodType, Record<string, z.core.$ZodType>>([
  [spec.IncomingWebhookInteractionRequestSchema, EVERY_MESSAGE],
  [spec.IncomingWebhookRequestPartialSchema, EVERY_MESSAGE],
  [spec.IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema, EVERY_MESSAGE],
  [spec.IncomingWebhookUpdateRequestPartialSchema, EVERY_MESSAGE],
  [spec.MessageEditRequestPartialSchema, { ...EVERY_MESSAGE, ...CONTENT }],
  [spec.MessageCreateRequestSchema, CONTENT],
  [spec.RichEmbedSchema, { timestamp: z.iso.datetime({ offset: true }).nullish() }],
  [
    spec.ApplicationCommandUpdateRequestSchema,
    {
      default_member_permissions: z
        .string()
        .regex(/^\d{1,20}$/)
        .nullish(),
      nsfw: z.boolean().nullish(),
    },
  ],
]);

const DEFERRED_MESSAGE = z.object({
  type: z.literal(5),
  data: z
    .object({
      flags: z.union([z.literal(0), z.literal(64)], 'Only EPHEMERAL can be set on a deferred answer').nullish(),
    })
    .nullish(),
});
const DEFERRED_UPDATE = z.object({ type: z.literal(6), data: z.object({}).nullish() });

const SCHEMAS: Readonly<Record<BodyKind, z.core.$ZodType>> = {
  'callback-message': spec.CreateMessageInteractionCallbackRequestSchema,
  'callback-deferred-message': DEFERRED_MESSAGE,
  'callback-deferred-update': DEFERRED_UPDATE,
  'callback-update': spec.UpdateMessageInteractionCallbackRequestSchema,
  'callback-autocomplete': spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  'callback-modal': spec.ModalInteractionCallbackRequestSchema,
  'webhook-edit': spec.IncomingWebhookUpdateRequestPartialSchema,
  followup: spec.IncomingWebhookRequestPartialSchema,
  'channel-message': spec.MessageCreateRequestSchema,
  'channel-edit': spec.MessageEditRequestPartialSchema,
  'direct-channel': spec.CreatePrivateChannelRequestSchema,
  commands: new z.core.$ZodArray({ type: 'array', element: spec.ApplicationCommandUpdateRequestSchema }),
};

const checkOf = schemaChecks(PATCHES);

/** What Discord's own description of its API says is wrong with a body. */
export function schemaIssues(kind: BodyKind, body: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  checkOf(SCHEMAS[kind])(body, [], issues);
  return issues;
}
