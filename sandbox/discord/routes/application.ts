import { type Answer, ok, refusals } from '../answer.ts';
import { type CommandBody, listed, overwriteCommands } from '../command-store.ts';
import { accountJson } from '../message-json.ts';
import { appAccount } from '../world.ts';
import { type Call, formError, param } from './call.ts';

/** `GET /applications/@me` and `GET /oauth2/applications/@me`. */
export function getApplication({ world }: Call): Answer {
  const bot = accountJson(appAccount(world));
  return ok({
    id: world.applicationId,
    name: bot.username,
    icon: null,
    description: '',
    summary: '',
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    flags: 0,
    verify_key: '0'.repeat(64),
    approximate_guild_count: world.guilds.size,
    integration_types_config: { '0': {} },
  });
}

/** `GET /users/@me`. */
export function getCurrentUser({ world }: Call): Answer {
  return ok({ ...accountJson(appAccount(world)), verified: true, mfa_enabled: false, flags: 0, locale: 'en-US' });
}

/** `GET /applications/:app/commands` and `…/guilds/:guild/commands`. */
export function getCommands(call: Call): Answer {
  return withScope(call, (guildId) => {
    const commands = call.world.commands.scopes.get(guildId) ?? [];
    const withLocalizations = call.query.get('with_localizations') === 'true';
    return ok(commands.map((command) => listed(command, withLocalizations)));
  });
}

/** `PUT /applications/:app/commands` and `…/guilds/:guild/commands`: overwrites every command of the scope. */
export function putCommands(call: Call): Answer {
  return withScope(call, (guildId) => {
    const { world, body } = call;
    const bad = formError(world, 'commands', body);
    if (bad) return bad;
    if (!isCommandList(body)) return refusals.notJson();
    return ok(overwriteCommands(world.commands, { applicationId: world.applicationId, guildId }, body, world.nextId));
  });
}

function isCommandList(body: unknown): body is readonly CommandBody[] {
  return Array.isArray(body);
}

function withScope(call: Call, respond: (guildId: string | null) => Answer): Answer {
  if (param(call, 'app') !== call.world.applicationId) return refusals.notThisApplication();
  const guildId = call.params.guild ?? null;
  if (guildId !== null && !call.world.guilds.has(guildId)) return refusals.missingAccess();
  return respond(guildId);
}
