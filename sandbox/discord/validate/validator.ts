import type { Issue } from '../answer.ts';

/** Which body is being judged: a callback by its type, or the target of another request. */
export type BodyKind =
  | 'callback-message'
  | 'callback-deferred-message'
  | 'callback-deferred-update'
  | 'callback-update'
  | 'callback-autocomplete'
  | 'callback-modal'
  | 'webhook-edit'
  | 'followup'
  | 'channel-message'
  | 'channel-edit'
  | 'direct-channel'
  | 'commands';

/** Says everything Discord would refuse about a body. */
export type Validator = (kind: BodyKind, body: unknown) => readonly Issue[];
