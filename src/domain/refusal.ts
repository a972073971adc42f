import type { ApiError } from './api-error.ts';
import type { Field } from './field.ts';

/** Why a change was not applied, kept with the edit that stays queued. */
export type Refusal =
  /** The server said so of this very field. */
  | { readonly kind: 'field'; readonly text: string }
  /** The batch was refused because of other changes in it. */
  | { readonly kind: 'other-fields' }
  /** The server failed, and this is a field that it is known to fail on. */
  | { readonly kind: 'suspect'; readonly status: number }
  /** The server failed, most likely on such a field elsewhere in the batch. */
  | { readonly kind: 'beside-suspect'; readonly status: number }
  /** The server failed on this change alone. */
  | { readonly kind: 'culprit'; readonly status: number }
  /** The server took the request and kept the old value. */
  | { readonly kind: 'ignored' }
  /** The server took the request, and holds a third value: somebody else's, or its own idea. */
  | { readonly kind: 'other-value' }
  /** The event is gone. */
  | { readonly kind: 'gone' }
  /** The call failed as a whole. */
  | { readonly kind: 'call'; readonly error: Exclude<ApiError, { readonly kind: 'invalid' }> }
  /** The server refused the batch without naming a field that we know. */
  | { readonly kind: 'batch'; readonly text: string }
  /** The answer was good, but the event could not be read again. */
  | { readonly kind: 'not-read' };

/** Whether PERSCOM refused or ignored this very field, and not something beside it. */
export const isOfField = ({ kind }: Refusal): boolean =>
  kind === 'field' || kind === 'suspect' || kind === 'culprit' || kind === 'ignored';

/** A field that PERSCOM did not take in an earlier flush, and has not been seen to take since. */
export type KnownRefusal = {
  readonly field: Field;
  readonly refusal: Refusal;
  /** When that was; milliseconds since the epoch. */
  readonly seenAt: number;
};
