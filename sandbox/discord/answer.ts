/** One thing wrong with a body, at a place in it, as Discord's `errors` object reports it. */
export type Issue = { readonly path: readonly (string | number)[]; readonly code: string; readonly message: string };

/** The code of the issue that is answered with 50006 instead of 50035. */
export const EMPTY_MESSAGE = 'EMPTY_MESSAGE';

/** Why a request was refused: Discord's JSON error code and the reason in words. */
type Refused = { readonly code: number; readonly reason: string; readonly issues: readonly Issue[] };

/** What the stand-in answers to a request; `refused` is set exactly when the bot should not have sent it. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly refused?: Refused };

/** Something the bot sent that Discord would have refused. */
export type Violation = Refused & {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly at: number;
};

/** The same refusal as one that a test asked for: the bot could not know, so it is no violation. */
export function excused({ status, body }: Answer): Answer {
  return { status, body };
}

/** A successful answer with a JSON body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A successful answer without a body. */
export function noContent(): Answer {
  return { status: 204 };
}

/** A refusal with one of Discord's JSON error codes. */
function refuse(status: number, code: number, reason: string): Answer {
  return { status, body: { message: reason, code }, refused: { code, reason, issues: [] } };
}

/** A 400 with code 50035 that lists what is wrong where. */
export function invalidForm(issues: readonly Issue[]): Answer {
  const reason = issues.map((issue) => `${issue.path.join('.') || '(body)'}: ${issue.message}`).join('; ');
  const body = { message: 'Invalid Form Body', code: 50035, errors: errorTree(issues) };
  return { status: 400, body, refused: { code: 50035, reason, issues } };
}

type ErrorTree = { [key: string]: ErrorTree | { code: string; message: string }[] };

function errorTree(issues: readonly Issue[]): ErrorTree {
  const root: ErrorTree = {};
  for (const { path, code, message } of issues) {
    let node = root;
    for (const key of path) node = descend(node, String(key));
    const list = node._errors;
    if (Array.isArray(list)) list.push({ code, message });
    else node._errors = [{ code, message }];
  }
  return root;
}

function descend(node: ErrorTree, key: string): ErrorTree {
  const known = node[key];
  if (known !== undefined && !Array.isArray(known)) return known;
  const fresh: ErrorTree = {};
  node[key] = fresh;
  return fresh;
}

/** The refusals that several routes share, worded as Discord words them. */
export const refusals = {
  unauthorized: () => refuse(401, 0, '401: Unauthorized'),
  notFound: () => refuse(404, 0, '404: Not Found'),
  methodNotAllowed: () => refuse(405, 0, '405: Method Not Allowed'),
  unknownChannel: () => refuse(404, 10003, 'Unknown Channel'),
  unknownGuild: () => refuse(404, 10004, 'Unknown Guild'),
  unknownMessage: () => refuse(404, 10008, 'Unknown Message'),
  unknownWebhook: () => refuse(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => refuse(404, 10062, 'Unknown interaction'),
  notThisApplication: () => refuse(403, 20012, 'You are not authorized to perform this action on this application'),
  alreadyAcknowledged: () => refuse(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => refuse(403, 50001, 'Missing Access'),
  editOfAnothersMessage: () => refuse(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => refuse(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: () => refuse(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => refuse(403, 50013, 'Missing Permissions'),
  tokenExpired: () => refuse(401, 50027, 'Invalid Webhook Token'),
  invalidRecipient: () => refuse(400, 50033, 'Invalid Recipient(s)'),
  notJson: () => refuse(400, 50109, 'The request body contains invalid JSON.'),
  noMutualGuilds: () => refuse(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  unreadableReference: () => refuse(403, 160002, 'Cannot reply without permission to read message history'),
} as const;
