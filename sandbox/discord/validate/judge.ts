import type { Issue } from '../answer.ts';
import type { CommandBody } from '../command-store.ts';
import { Flag, isObject, type MessageBody, type Part } from '../wire.ts';
import { commandIssues } from './command-rules.ts';
import { issue, under } from './issue.ts';
import { type MessageRules, messageIssues } from './message-rules.ts';
import { modalIssues } from './modal-rules.ts';
import { schemaIssues } from './schemas.ts';
import type { BodyKind } from './validator.ts';

const { suppressEmbeds, suppressNotifications, ephemeral, componentsV2 } = Flag;
const NEW: MessageRules = { flags: suppressEmbeds | suppressNotifications | ephemeral | componentsV2, isEdit: false };
const EDIT: MessageRules = { flags: suppressEmbeds | componentsV2, isEdit: true };
const CHANNEL: MessageRules = { flags: suppressEmbeds | suppressNotifications | componentsV2, isEdit: false };

/** Members Discord trims before it checks their length. */
const SHOWN: ReadonlySet<string> = new Set(['label', 'title', 'description', 'name', 'text']);

const NO_RECIPIENT = issue([], 'CHANNEL_RECIPIENT_REQUIRED', 'At least one channel recipient is required.');

/** Judges a body by Discord's schemas and, when those find nothing, by the rules they miss. */
export function judge(kind: BodyKind, body: unknown): readonly Issue[] {
  const measured = kind === 'commands' ? body : trimmed(body);
  const issues = schemaIssues(kind, measured);
  return issues.length > 0 ? issues : ruleIssues(kind, measured);
}

/** The body as Discord measures it: the texts it shows lose the white space around them. */
function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    SHOWN.has(name) && typeof member === 'string' ? member.trim() : trimmed(member),
  ]);
  return Object.fromEntries(members);
}

function ruleIssues(kind: BodyKind, body: unknown): readonly Issue[] {
  const data = isObject(body) ? body.data : undefined;
  switch (kind) {
    case 'callback-message':
      return under(['data'], messageRules(data ?? {}, NEW));
    case 'callback-update':
      return under(['data'], messageRules(data ?? {}, EDIT));
    case 'callback-modal':
      return under(['data'], isModal(data) ? modalIssues(data.components) : []);
    case 'followup':
      return messageRules(body, NEW);
    case 'channel-message':
      return messageRules(body, CHANNEL);
    case 'webhook-edit':
    case 'channel-edit':
      return messageRules(body, EDIT);
    case 'direct-channel':
      return isObject(body) && body.recipient_id ? [] : [NO_RECIPIENT];
    case 'commands':
      return isCommandList(body) ? commandIssues(body) : [];
    default:
      return [];
  }
}

function messageRules(body: unknown, rules: MessageRules): readonly Issue[] {
  return isMessage(body) ? messageIssues(body, rules) : [];
}

/* The schemas have judged what these three read. */
function isMessage(body: unknown): body is MessageBody {
  return isObject(body);
}

function isModal(data: unknown): data is { readonly components: readonly Part[] } {
  return isObject(data) && Array.isArray(data.components);
}

function isCommandList(body: unknown): body is readonly CommandBody[] {
  return Array.isArray(body);
}
