import type { EventId } from './event.ts';
import type { Field } from './field.ts';

/** One validation error of a 422, put to its event and field where the server's key names them. */
export type FieldRefusal = { readonly eventId: EventId | null; readonly field: Field | null; readonly text: string };

/** Why a call to PERSCOM did not do what was asked. */
export type ApiError =
  /** Nothing was sent: no connection could be made. */
  | { readonly kind: 'unreachable' }
  /** The connection broke after the request may have left. */
  | { readonly kind: 'disconnected' }
  /** The bot stopped after the request may have left, and before it knew of an answer. */
  | { readonly kind: 'interrupted' }
  /** No answer within the time allowed. */
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  /** 401: the token is missing, wrong, expired or revoked. */
  | { readonly kind: 'unauthorized' }
  /** 402: the organisation has no subscription. */
  | { readonly kind: 'payment-required' }
  /** 403: the token lacks a scope. */
  | { readonly kind: 'forbidden' }
  /** 404. */
  | { readonly kind: 'not-found' }
  /** 422: validation failed; nothing of the batch was applied. */
  | { readonly kind: 'invalid'; readonly refusals: readonly FieldRefusal[] }
  /** 429, or the bot's own share of PERSCOM's requests is used up. How long to wait; null if PERSCOM did not say. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | null }
  /** 503 in PERSCOM's own words: down for maintenance, the request was not looked at. */
  | { readonly kind: 'maintenance' }
  /** 5xx in PERSCOM's own words: it has finished with the request, but may have committed it. */
  | { readonly kind: 'server-error'; readonly status: number }
  /** 5xx from something in front of PERSCOM, which may still be working on the request. */
  | { readonly kind: 'gateway-error'; readonly status: number }
  /** A status that the API does not document, such as a redirect. */
  | { readonly kind: 'unexpected-status'; readonly status: number }
  /** A success whose body is not what the API promises. */
  | { readonly kind: 'unreadable' };

/** What a failure says of the request, and of trying again. */
type Trait =
  /** PERSCOM provably did not look at it, and that may pass by itself. */
  | 'turned-away'
  /** PERSCOM provably did not do it, and somebody has to change something first. */
  | 'refused'
  /** PERSCOM has finished with it, and may have done it. */
  | 'may-have-landed'
  /** PERSCOM may still be working on it; that there was no answer may pass by itself. */
  | 'may-yet-land'
  /** The same, but nothing is known of PERSCOM. */
  | 'unseen';

const TRAITS: Readonly<Record<ApiError['kind'], Trait>> = {
  unreachable: 'turned-away',
  'rate-limited': 'turned-away',
  maintenance: 'turned-away',
  unauthorized: 'refused',
  'payment-required': 'refused',
  forbidden: 'refused',
  'not-found': 'refused',
  invalid: 'refused',
  'unexpected-status': 'refused',
  'server-error': 'may-have-landed',
  unreadable: 'may-have-landed',
  disconnected: 'may-yet-land',
  timeout: 'may-yet-land',
  'gateway-error': 'may-yet-land',
  interrupted: 'unseen',
};

/** Whether PERSCOM provably did not look at the request, and trying again later may help. */
export const wasTurnedAway = ({ kind }: ApiError): boolean => TRAITS[kind] === 'turned-away';

/** Whether trying again later may help, without anybody changing anything. */
export const isOutage = (error: ApiError): boolean => wasTurnedAway(error) || TRAITS[error.kind] === 'may-yet-land';

/** Whether PERSCOM may still be working on the request, so that reading now proves nothing about later. */
export const mayYetLand = ({ kind }: ApiError): boolean => TRAITS[kind] === 'may-yet-land' || TRAITS[kind] === 'unseen';

/** Whether the request may have changed, or may yet change, what PERSCOM holds. */
export const mayHaveLanded = (error: ApiError): boolean =>
  TRAITS[error.kind] === 'may-have-landed' || mayYetLand(error);
