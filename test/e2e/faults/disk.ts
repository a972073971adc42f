import { execFileSync } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';

/** Of util-linux: reads and sets the limits of a running process; the soft ones take no privileges. */
const LIMITER = 'prlimit';

const limitOwn = (...options: readonly string[]): string =>
  execFileSync(LIMITER, ['--pid', String(process.pid), ...options], { encoding: 'utf8' }).trim();

/** Fails every write of this process to a file as a full disk would; sockets and pipes go on. Answers how to end that. */
export function fillDisk(): () => void {
  const most = limitOwn('--fsize', '--noheadings', '--output=HARD');
  limitOwn('--fsize=0:');
  return () => void limitOwn(`--fsize=${most}:`);
}

/** Whether `fillDisk` works here: not without its program, and not in a thread, where it would hit the others. */
export function canFillDisk(): boolean {
  try {
    limitOwn('--fsize');
    return isMainThread;
  } catch {
    return false;
  }
}
