import { z } from 'zod';
import { err, ok, type Result } from './domain/result.ts';
import { isZone } from './domain/zones/zone.ts';

const SNOWFLAKE = /^\d{17,20}$/;

/** Whether paths can be put behind an address: no version, which is set apart, and nothing that hides what follows or logs in. */
function isBase(text: string): boolean {
  if (!URL.canParse(text) || /[\s?#\\]/.test(text)) return false;
  const { protocol, pathname, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !/\/v\d+\/*$/.test(pathname) && username + password === '';
}

const webAddress = (example: string) =>
  z
    .string()
    .trim()
    .refine(isBase, { error: `must be a web address without a version, a query or a login, such as ${example}` })
    .transform((url) => url.replace(/\/+$/, ''));

/** What a header can carry: a stray quote or a blank without width, as copied along, would let no request leave. */
const TOKEN = /^[!#-&(-~]+$/;

/** Whether a text names a file: SQLite would take `:memory:`, and keep nothing, and libsql the address of a server. */
function isFile(text: string): boolean {
  const path = text.slice('file:'.length);
  const isElsewhere = path.startsWith(':') || /^\w+:\/\//.test(path);
  const name = path.split(/[/\\]/).at(-1) ?? '';
  return text.startsWith('file:') && path === path.trim() && !isElsewhere && !['', '.', '..'].includes(name);
}

/** Unset and empty are the same: `.env` files leave variables empty. */
const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);

const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema);

/** Every variable of the environment that the bot reads. `.env.example` is checked against it. */
export const variables = {
  DISCORD_TOKEN: optional(
    z.string({ error: 'is needed: the bot token from the Discord developer portal' }).regex(TOKEN, {
      error: 'must be the bot token from the Discord developer portal, without blanks or other signs around it',
    }),
  ),
  DISCORD_API_URL: optional(webAddress('https://discord.com/api').default('https://discord.com/api')),
  DISCORD_GUILD_ID: optional(z.string().regex(SNOWFLAKE, { error: 'must be a server id: 17 to 20 digits' }).optional()),
  PERSCOM_API_URL: optional(webAddress('https://api.perscom.io').default('https://api.perscom.io')),
  PERSCOM_API_VERSION: optional(z.enum(['v1', 'v2'], { error: 'must be v1 or v2' }).default('v2')),
  PERSCOM_API_TOKEN: optional(
    z
      .string()
      .regex(TOKEN, { error: 'must be the API key from PERSCOM, without blanks or other signs around it' })
      .optional(),
  ),
  DATABASE_URL: optional(
    z
      .string()
      .refine(isFile, { error: 'must be a file, such as file:./data/frago.db' })
      .default('file:./data/frago.db'),
  ),
  ENCRYPTION_KEY: optional(
    z
      .string()
      .refine((key) => /^[A-Za-z0-9+/]{43}=$/.test(key), {
        error: 'must be 32 bytes in base64, such as `openssl rand -base64 32` prints',
      })
      .optional(),
  ),
  TIME_ZONE: optional(
    z
      .string()
      .refine(isZone, { error: 'must be an IANA time zone of the form Area/City, such as Europe/Berlin, or UTC' })
      .default('UTC'),
  ),
  LOG_LEVEL: optional(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
  ),
};

const TOKEN_NEEDS_GUILD =
  'is needed beside PERSCOM_API_TOKEN: the token must not serve every server that invites the bot';

const environment = z.object(variables).refine((env) => !env.PERSCOM_API_TOKEN || Boolean(env.DISCORD_GUILD_ID), {
  path: ['DISCORD_GUILD_ID'],
  error: TOKEN_NEEDS_GUILD,
  when: () => true,
});

/** How this process is set up. Secrets in it are for the adapters that need them and for nothing else. */
export type Config = {
  readonly discord: { readonly token: string; readonly apiUrl: string; readonly guildId: string | null };
  /** The PERSCOM of the one guild that has one, or null when no token was given. */
  readonly perscom: {
    readonly guildId: string;
    readonly apiUrl: string;
    readonly version: 'v1' | 'v2';
    readonly token: string;
  } | null;
  /** Path of the database file. */
  readonly databasePath: string;
  readonly zone: string;
  readonly logLevel: string;
};

const describeIssues = (issues: readonly z.core.$ZodIssue[]): string => {
  const lines = issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
  return `Frago cannot start, because its configuration is not right:\n${lines.join('\n')}\nSee .env.example for what each variable means.`;
};

/** The configuration in `env`; or one message that names every variable that is wrong and says what it should look like. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, string> {
  const parsed = environment.safeParse(env, { reportInput: false });
  if (!parsed.success) return err(describeIssues(parsed.error.issues));
  const { data } = parsed;
  const guildId = data.DISCORD_GUILD_ID ?? null;
  const token = data.PERSCOM_API_TOKEN;
  const perscom =
    token === undefined || guildId === null
      ? null
      : { guildId, apiUrl: data.PERSCOM_API_URL, version: data.PERSCOM_API_VERSION, token };
  return ok({
    discord: { token: data.DISCORD_TOKEN, apiUrl: data.DISCORD_API_URL, guildId },
    perscom,
    databasePath: data.DATABASE_URL.slice('file:'.length),
    zone: data.TIME_ZONE,
    logLevel: data.LOG_LEVEL,
  });
}
