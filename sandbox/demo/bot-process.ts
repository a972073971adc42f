import { spawn } from 'node:child_process';

/** How a process ended: with a code, by a signal, or not even started. */
export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: Error };

/** The bot as a process of its own. */
export type BotProcess = {
  readonly pid: number | undefined;
  /** Everything it has written so far. */
  output(): string;
  /** Resolves when it has ended and all its output is here. */
  readonly ended: Promise<Ending>;
  /** Sends `signal` and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Ending>;
};

/** What to run, and all that it gets to know. */
export type BotLaunch = {
  /** Path of the built `main.js`. */
  readonly main: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A directory without an `.env` file that could have a say. */
  readonly directory: string;
};

/** Starts the bot as `npm start` does. */
export function launchBot({ main, env, directory }: BotLaunch): BotProcess {
  const child = spawn(process.execPath, [main], { env, cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
  });
  return {
    pid: child.pid,
    output: () => output,
    ended,
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** An ending in words. */
export function describeEnding({ code, signal, error }: Ending): string {
  if (error !== undefined) return `it could not be started: ${error.message}`;
  return signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
}
