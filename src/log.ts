import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

/** The parts of an error that are safe to print: libraries hang requests, with their tokens, on theirs. */
const SAFE_ERROR_KEYS = ['type', 'message', 'stack', 'code', 'status'] as const;

/** Tokens of interactions and webhooks stand in the addresses that Discord's errors mention. */
const TOKEN_IN_ADDRESS = /(\/(?:webhooks|interactions)\/\d+\/)[^/\s"']+/g;

const scrub = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll(TOKEN_IN_ADDRESS, '$1[redacted]') : value;

function safeError(error: Error): object {
  const serialised: Record<string, unknown> = { ...stdSerializers.err(error) };
  return Object.fromEntries(SAFE_ERROR_KEYS.map((key) => [key, scrub(serialised[key])]));
}

/** A log that prints no secret: of errors it prints only what is known to hold none, and `secrets` it blots out. */
export function createLog(level: string, secrets: readonly string[], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: safeError },
    redact: ['token', '*.token', 'headers.authorization', '*.headers.authorization'],
    hooks: {
      streamWrite: (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line),
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
