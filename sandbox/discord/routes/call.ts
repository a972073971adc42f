import { type Answer, EMPTY_MESSAGE, type Issue, invalidForm, refusals } from '../answer.ts';
import type { Attachment } from '../message.ts';
import type { BodyKind } from '../validate/validator.ts';
import { isObject, type MessageBody } from '../wire.ts';
import type { World } from '../world.ts';

/** One request on its way to a route. */
export type Call = {
  readonly world: World;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Attachment[];
  /** By the monotonic clock: when the last byte of the body had arrived. */
  readonly receivedAt: number;
};

/** Answers one kind of request. */
export type Route = (call: Call) => Answer;

/** A path parameter; routes only ask for those their pattern names. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route has no parameter :${name}`);
  return value;
}

/** What is wrong with a body; with validation off only that it is no object or list at all. */
function issuesOf(world: World, kind: BodyKind, body: unknown): readonly Issue[] {
  if (typeof body !== 'object' || body === null) {
    return [{ path: [], code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' }];
  }
  return world.validator ? world.validator(kind, body) : [];
}

/** The 400 for a bad body, or null when it is good. */
export function formError(world: World, kind: BodyKind, body: unknown): Answer | null {
  const issues = issuesOf(world, kind, body);
  if (issues.length === 0) return null;
  return issues.every(({ code }) => code === EMPTY_MESSAGE) ? refusals.emptyMessage() : invalidForm(issues);
}

/** Reads a body as a message; the validator has vouched for its members where validation is on. */
export function isMessageBody(body: unknown): body is MessageBody {
  return isObject(body);
}
