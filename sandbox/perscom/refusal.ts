import { type Answer, json } from './answer.ts';

/** Error texts by field, as a 422 carries them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** The ids of one request, the same in its headers and in an error body. */
export type RequestIds = { readonly requestId: string; readonly traceId: string };

/** How far a request had come when it was answered: it decides which headers the answer has. */
export type Stage = 'outside' | 'throttled' | 'inside';

type ApiError = { readonly status: number; readonly message: string; readonly type: string; errors?: FieldErrors };

/** Thrown anywhere while a request is handled to answer with an error, as the server throws its exceptions. */
export class Refusal extends Error {
  readonly error: ApiError | 'php-error';
  readonly stage: Stage | undefined;

  constructor(error: ApiError | 'php-error', stage?: Stage) {
    super(error === 'php-error' ? 'Server Error' : error.message);
    this.error = error;
    this.stage = stage;
  }

  /** The answer, in one of the two shapes a failure has. */
  answer({ requestId, traceId }: RequestIds): Answer {
    if (this.error === 'php-error') return json(500, { message: 'Server Error' });
    const { status, message, type, errors } = this.error;
    const known = { message, type, request_id: requestId, trace_id: traceId };
    return json(status, { error: errors === undefined ? known : { ...known, errors } });
  }
}

const SERVER_ERROR = 'There was a server error with your last request. Please try again.';
const NOT_AUTHENTICATED =
  'You are not authenticated. Please provide a valid API key that contains your PERSCOM ID to continue.';
const NO_SCOPE =
  'The API key provided does not have the correct permissions and/or scopes to perform the requested action.';

/** 500 as after an uncaught exception of the class `type`. */
export function exception(type: string): Refusal {
  return new Refusal({ status: 500, message: SERVER_ERROR, type });
}

/** 500 as after a PHP error (TypeError, ValueError): another body, without ids. */
export function phpError(): Refusal {
  return new Refusal('php-error');
}

/** 422 with the texts of every field; the message counts all but the first. */
export function invalid(errors: FieldErrors): Refusal {
  const [first = 'The given data was invalid.', ...more] = Object.values(errors).flat();
  const count = more.length === 0 ? '' : ` (and ${more.length} more error${more.length === 1 ? '' : 's'})`;
  return new Refusal({ status: 422, message: `${first}${count}`, type: 'ValidationException', errors });
}

/** 401: `HttpException` when no tenant was found, `AuthenticationException` when the key is not good for it. */
export function unauthenticated(type: 'HttpException' | 'AuthenticationException'): Refusal {
  return new Refusal(
    { status: 401, message: NOT_AUTHENTICATED, type },
    type === 'HttpException' ? 'outside' : 'inside',
  );
}

/** 402: the unit has neither subscription nor trial. */
export function paymentRequired(): Refusal {
  const message = 'A valid subscription is required to complete this request.';
  return new Refusal({ status: 402, message, type: 'HttpException' });
}

/** 403: the key lacks a scope. */
export function forbidden(): Refusal {
  return new Refusal({ status: 403, message: NO_SCOPE, type: 'HttpException' });
}

/** 404: no such event, or (from `throttled`) no such route. */
export function notFound(stage?: Stage): Refusal {
  const message = 'The requested resource or endpoint could not be found.';
  return new Refusal({ status: 404, message, type: 'NotFoundHttpException' }, stage);
}

/** 405: the path exists, but not for this method. */
export function methodNotAllowed(method: string, path: string, supported: string): Refusal {
  const route = path.replace(/^\//, '');
  const message = `The ${method} method is not supported for route ${route}. Supported methods: ${supported}.`;
  return new Refusal({ status: 405, message, type: 'MethodNotAllowedHttpException' }, 'outside');
}

/** 400: a version other than v1 and v2. */
export function unknownVersion(): Refusal {
  const message = 'The provided API version is not valid. The currently available versions are: v1, v2';
  return new Refusal({ status: 400, message, type: 'HttpException' });
}

/** 429: over the limit, and not a word about when to come back. */
export function tooManyRequests(): Refusal {
  const message = 'You have exceeded the API rate limit. Please wait a minute before trying again.';
  return new Refusal({ status: 429, message, type: 'ThrottleRequestsException' });
}
