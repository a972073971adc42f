import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { guildJson } from './guild-json.ts';
import { accountJson } from './message-json.ts';
import { isObject, type JsonObject } from './wire.ts';
import { appAccount, type World } from './world.ts';

/** The gateway side of the stand-in. */
export type Gateway = {
  /** Resolves once a bot has processed READY; after a disconnect, once the next one has. */
  ready(): Promise<void>;
  isReady(): boolean;
  /** Sends an event to every connected bot that has identified (with `intent`, if given); says to how many. */
  dispatch(event: string, data: unknown, intent?: number): number;
  /** Cuts every connection; sessions can be resumed. */
  disconnect(): void;
  close(): void;
};

type Session = {
  readonly id: string;
  readonly intents: number;
  socket: WebSocket | null;
  sequence: number;
  /** The last events, for RESUME. */
  readonly sent: { readonly sequence: number; readonly text: string }[];
  /** Whether the GUILD_CREATEs were sent; they follow once READY has been processed. */
  knowsGuilds: boolean;
  isReady: boolean;
};

type State = {
  readonly world: World;
  readonly url: () => string;
  readonly sessions: Map<string, Session>;
  readonly waiting: Set<() => void>;
};

const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, invalidSession: 9, hello: 10, ack: 11 } as const;
const KNOWN_OPS: readonly unknown[] = [OP.heartbeat, OP.identify, 3, 4, OP.resume, 8, 31];
const HEARTBEAT_INTERVAL_MS = 41_250;
const REPLAY_LIMIT = 100;
const GUILDS_INTENT = 1;

/** Puts a gateway on the same port as `server`. */
export function createGateway(server: Server, world: World, url: () => string): Gateway {
  const sockets = new WebSocketServer({ server });
  const state: State = { world, url, sessions: new Map(), waiting: new Set() };
  sockets.on('connection', (socket) => accept(state, socket));
  const connected = () => [...state.sessions.values()].filter((session) => session.socket && session.isReady);
  return {
    ready: () => (connected().length > 0 ? Promise.resolve() : new Promise((resolve) => state.waiting.add(resolve))),
    isReady: () => connected().length > 0,
    dispatch: (event, data, intent = 0) => broadcast(connected(), event, data, intent),
    disconnect: () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const session of state.sessions.values()) detach(session);
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function broadcast(sessions: readonly Session[], event: string, data: unknown, intent: number): number {
  const receivers = sessions.filter((session) => (session.intents & intent) === intent);
  const json = JSON.stringify(data);
  for (const session of receivers) sendEvent(session, event, json);
  return receivers.length;
}

function sendEvent(session: Session, event: string, json: string): void {
  session.sequence += 1;
  const text = `{"t":"${event}","s":${session.sequence},"op":0,"d":${json}}`;
  session.sent.push({ sequence: session.sequence, text });
  if (session.sent.length > REPLAY_LIMIT) session.sent.shift();
  session.socket?.send(text);
}

function sendOp(socket: WebSocket, op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function detach(session: Session): void {
  session.socket = null;
  session.isReady = false;
}

function accept(state: State, socket: WebSocket): void {
  let session: Session | null = null;
  sendOp(socket, OP.hello, { heartbeat_interval: HEARTBEAT_INTERVAL_MS });
  socket.on('message', (raw) => {
    session = receive(state, socket, session, raw);
  });
  socket.on('close', () => {
    if (session?.socket === socket) detach(session);
  });
}

function receive(state: State, socket: WebSocket, session: Session | null, raw: RawData): Session | null {
  const frame = parseFrame(raw);
  if (!frame) return refuse(state, socket, 4002, 'Error while decoding payload.');
  if (!KNOWN_OPS.includes(frame.op)) return refuse(state, socket, 4001, 'Unknown opcode.');
  if (frame.op === OP.heartbeat) return heartbeat(state, socket, session, frame.d);
  if (frame.op === OP.identify || frame.op === OP.resume) {
    if (session) return refuse(state, socket, 4005, 'Already authenticated.');
    return frame.op === OP.identify ? identify(state, socket, frame.d) : resume(state, socket, frame.d);
  }
  return session ?? refuse(state, socket, 4003, 'Not authenticated.');
}

function parseFrame(raw: RawData): JsonObject | null {
  try {
    const frame: unknown = JSON.parse(raw.toString());
    return isObject(frame) ? frame : null;
  } catch {
    return null;
  }
}

function refuse(state: State, socket: WebSocket, code: number, reason: string): null {
  const request = { method: 'GATEWAY', path: '/', body: null };
  state.world.violations.push({ code, reason, issues: [], request, at: state.world.now() });
  socket.close(code, reason);
  return null;
}

/** A heartbeat carries the last sequence the bot has processed: that is how the stand-in learns that it is ready. */
function heartbeat(state: State, socket: WebSocket, session: Session | null, last: unknown): Session | null {
  sendOp(socket, OP.ack, null);
  if (!session || session.isReady) return session;
  if (typeof last !== 'number' || last < session.sequence) sendOp(socket, OP.heartbeat, null);
  else if (session.knowsGuilds) becomeReady(state, session);
  else sendGuilds(state, session);
  return session;
}

function sendGuilds({ world }: State, session: Session): void {
  session.knowsGuilds = true;
  if ((session.intents & GUILDS_INTENT) !== 0) {
    for (const guild of world.guilds.values())
      sendEvent(session, 'GUILD_CREATE', JSON.stringify(guildJson(world, guild)));
  }
  if (session.socket) sendOp(session.socket, OP.heartbeat, null);
}

function becomeReady(state: State, session: Session): void {
  session.isReady = true;
  for (const resolve of state.waiting) resolve();
  state.waiting.clear();
}

function identify(state: State, socket: WebSocket, data: unknown): Session | null {
  const { world } = state;
  if (!isObject(data) || !hasToken(world, data.token)) return refuse(state, socket, 4004, 'Authentication failed.');
  if (typeof data.intents !== 'number') return refuse(state, socket, 4013, 'Invalid intent(s).');
  const id = randomBytes(16).toString('hex');
  const session: Session = {
    id,
    intents: data.intents,
    socket,
    sequence: 0,
    sent: [],
    knowsGuilds: false,
    isReady: false,
  };
  state.sessions.set(id, session);
  sendEvent(session, 'READY', JSON.stringify(readyJson(state, id, data.shard)));
  sendOp(socket, OP.heartbeat, null);
  return session;
}

function hasToken(world: World, token: unknown): boolean {
  return typeof token === 'string' && token !== '' && (world.token === null || token === world.token);
}

function readyJson({ world, url }: State, sessionId: string, shard: unknown) {
  return {
    v: 10,
    user: { ...accountJson(appAccount(world)), verified: true, mfa_enabled: false, flags: 0, email: null },
    guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    session_type: 'normal',
    resume_gateway_url: url(),
    application: { id: world.applicationId, flags: 0 },
    shard: shard ?? [0, 1],
    user_settings: {},
    private_channels: [],
    presences: [],
    relationships: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    auth: {},
    _trace: ['["stand-in",{"micros":0}]'],
  };
}

function resume(state: State, socket: WebSocket, data: unknown): Session | null {
  const session = isObject(data) ? state.sessions.get(String(data.session_id)) : undefined;
  if (!isObject(data) || !session || !hasToken(state.world, data.token) || typeof data.seq !== 'number') {
    sendOp(socket, OP.invalidSession, false);
    return null;
  }
  session.socket = socket;
  for (const { sequence, text } of session.sent) {
    if (sequence > data.seq) socket.send(text);
  }
  sendEvent(session, 'RESUMED', '{"_trace":[]}');
  sendOp(socket, OP.heartbeat, null);
  return session;
}
