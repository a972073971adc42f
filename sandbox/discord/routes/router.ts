import { type Answer, refusals } from '../answer.ts';
import { getApplication, getCommands, getCurrentUser, putCommands } from './application.ts';
import type { Call, Route } from './call.ts';
import { postCallback } from './callbacks.ts';
import { deleteChannelMessage, getChannel, getChannelMessage, patchChannelMessage, postMessage } from './channels.ts';
import { postDirectChannel } from './direct.ts';
import { deleteMessage, getMessage, patchMessage, postFollowUp } from './webhooks.ts';

type Entry = {
  readonly method: string;
  readonly pattern: readonly string[];
  readonly isPublic: boolean;
  readonly route: Route;
};

/** A request matched to its route. */
export type Match = { readonly entry: Entry; readonly params: Readonly<Record<string, string>> };

const ROUTES: readonly Entry[] = [
  open('POST /interactions/:id/:token/callback', postCallback),
  open('POST /webhooks/:app/:token', postFollowUp),
  open('GET /webhooks/:app/:token/messages/:message', getMessage),
  open('PATCH /webhooks/:app/:token/messages/:message', patchMessage),
  open('DELETE /webhooks/:app/:token/messages/:message', deleteMessage),
  bot('GET /applications/@me', getApplication),
  bot('GET /oauth2/applications/@me', getApplication),
  bot('GET /users/@me', getCurrentUser),
  bot('POST /users/@me/channels', postDirectChannel),
  bot('GET /applications/:app/commands', getCommands),
  bot('PUT /applications/:app/commands', putCommands),
  bot('GET /applications/:app/guilds/:guild/commands', getCommands),
  bot('PUT /applications/:app/guilds/:guild/commands', putCommands),
  bot('GET /channels/:channel', getChannel),
  bot('POST /channels/:channel/messages', postMessage),
  bot('GET /channels/:channel/messages/:message', getChannelMessage),
  bot('PATCH /channels/:channel/messages/:message', patchChannelMessage),
  bot('DELETE /channels/:channel/messages/:message', deleteChannelMessage),
];

function open(signature: string, route: Route): Entry {
  return entry(signature, route, true);
}

function bot(signature: string, route: Route): Entry {
  return entry(signature, route, false);
}

function entry(signature: string, route: Route, isPublic: boolean): Entry {
  const [method = '', path = ''] = signature.split(' ');
  return { method, pattern: path.split('/').slice(1), isPublic, route };
}

/** The route for a path below `/api/vN`, an answer when there is none. */
export function findRoute(method: string, path: string): Match | Answer {
  const segments = path.split('/').slice(1).map(decodeURIComponent);
  let pathIsKnown = false;
  for (const candidate of ROUTES) {
    const params = matchSegments(candidate.pattern, segments);
    if (!params) continue;
    if (candidate.method === method) return { entry: candidate, params };
    pathIsKnown = true;
  }
  return pathIsKnown ? refusals.methodNotAllowed() : refusals.notFound();
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}

/** Answers a matched call, as long as it is authorised. */
export function answerCall(match: Match, call: Omit<Call, 'params'>, authorization: string | undefined): Answer {
  if (!match.entry.isPublic && !isAuthorized(call.world.token, authorization)) return refusals.unauthorized();
  return match.entry.route({ ...call, params: match.params });
}

/** Whether an Authorization header carries the bot's token; any token will do when none is expected. */
export function isAuthorized(expected: string | null, authorization: string | undefined): boolean {
  const token = /^Bot (?<token>\S+)$/.exec(authorization ?? '')?.groups?.token;
  return token !== undefined && (expected === null || token === expected);
}
