import type { Refusal } from '../../domain/refusal.ts';
import { assertNever } from '../../domain/result.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { plain } from '../text.ts';
import { describeApiError } from '../words.ts';

/** What PERSCOM's validation says (recorded, section 2 of its cases), and what that means to who typed the value. */
const VALIDATION: readonly (readonly [RegExp, string])[] = [
  [/must not be greater than \d+ characters/, 'it is too long'],
  [/must be (?:a string|an integer)|is required/, 'it cannot be empty, or is not of that kind'],
  [/must be true or false/, 'it has to be yes or no'],
  [/must be (?:a|an) (?:valid )?(?:date|array)/, 'PERSCOM does not take it in this form'],
  [/selected .* is invalid/, 'PERSCOM does not know that value, or does not take it from a bot'],
];

function describeValidation(text: string): string {
  const known = VALIDATION.find(([pattern]) => pattern.test(text));
  const said = `PERSCOM says: ${plain(text, 200)}`;
  return known === undefined ? said : `${known[1]} (${said})`;
}

/** Why a change was not applied, in a clause for its line. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'field':
    case 'batch':
      return describeValidation(refusal.text);
    case 'other-fields':
      return 'not at fault: PERSCOM refuses a whole batch when one value in it is wrong';
    case 'suspect':
      return `PERSCOM failed (${refusal.status}), as it is known to on this field`;
    case 'beside-suspect':
      return `PERSCOM failed (${refusal.status}), most likely on another field of the batch`;
    case 'culprit':
      return `PERSCOM fails (${refusal.status}) on this change, also when it is sent alone`;
    case 'ignored':
      return 'PERSCOM accepted it and did not store it';
    case 'other-value':
      return 'PERSCOM accepted it, and something else was there when it was read again';
    case 'gone':
      return 'the event no longer exists in PERSCOM';
    case 'call':
      return describeApiError(refusal.error);
    case 'not-read':
      return 'PERSCOM accepted it, but the event could not be read again to prove it';
    default:
      return assertNever(refusal);
  }
}

/** A verdict as a symbol and a word, so that colour and symbol never stand alone. */
export function nameVerdict(kind: Verdict['kind']): string {
  switch (kind) {
    case 'applied':
      return '✅ applied';
    case 'normalised':
      return '✅ applied (PERSCOM wrote it its own way)';
    case 'ignored':
      return '⚠️ NOT applied (ignored)';
    case 'rejected':
      return '❌ NOT applied (rejected)';
    case 'missing':
      return '❌ NOT applied (event is gone)';
    case 'unknown':
      return '❓ UNKNOWN';
    default:
      return assertNever(kind);
  }
}
