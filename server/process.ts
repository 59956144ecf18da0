/** Small helpers round processes: who is alive, what to do when asked to stop, and errors meant for the person at the terminal. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** An error that the person who started the program can mend. Its message is shown alone, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Whether a process with this id runs (also one of another user). One that has ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return linuxProcess(pid)?.state !== 'Z';
}

/** The `code` of a system or driver error, such as `ENOENT` or a Postgres SQLSTATE. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) return errorMessage(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/**
 * Asks again until the answer is neither `undefined` nor `false`, or the time is over.
 * @param timeout milliseconds; `undefined` comes back when they have passed
 */
export async function until<T>(ask: () => T | undefined | false | Promise<T | undefined | false>, timeout: number, every = 20): Promise<T | undefined> {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() >= end) return undefined;
    await delay(every);
  }
}

/** What Linux tells of a process; `undefined` elsewhere, or when it is gone. */
function linuxProcess(pid: number): { name: string; state: string; parent: number; birth: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    const [state = '', parent, ...more] = stat.slice(close + 2).split(' ');
    return { name: stat.slice(stat.indexOf('(') + 1, close), state, parent: Number(parent), birth: more[17] ?? '' };
  } catch {
    return undefined;
  }
}

/** The processes between this one and the `npm run` that started it, npm included; empty when npm did not start it. */
function launchers(): number[] {
  if (process.env['npm_lifecycle_event'] === undefined) return [];
  const parent = linuxProcess(process.ppid);
  const throughShell = parent !== undefined && /^(sh|bash|dash|zsh)$/.test(parent.name);
  return throughShell ? [process.ppid, parent.parent] : [process.ppid];
}

/**
 * Runs a program that goes on until it is asked to end: Ctrl-C, SIGTERM, a closed terminal, or the death of the npm
 * that started it (npm killed with -9 takes nobody along). Then it is stopped, once, and the process exits with 0.
 * A second Ctrl-C does not wait. A start that fails is told on standard error and exits with 1.
 */
export async function runUntilStopped(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  const running = Promise.resolve().then(start);
  let stopping: number | undefined;
  const stop = async (): Promise<void> => {
    stopping = performance.now();
    try {
      await (await running.catch(() => undefined))?.stop();
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping === undefined) void stop();
      // npm passes on what the terminal has sent to us as well: only a later one is a person's second Ctrl-C.
      else if (performance.now() - stopping > 500) process.exit(130);
    });
  }
  const parent = process.ppid;
  const chain = launchers();
  const watch = setInterval(() => {
    if (stopping !== undefined || chain.length === 0 || (process.ppid === parent && chain.every(isAlive))) return;
    clearInterval(watch);
    void stop();
  }, 250);
  watch.unref();
  try {
    await running;
  } catch (error) {
    fail(error);
  }
}

/** Says what went wrong, with the stack unless the person who started us can mend it, and exits. */
function fail(error: unknown): never {
  const known = error instanceof SetupError || !(error instanceof Error);
  process.stderr.write(`${known ? errorMessage(error) : (error.stack ?? error.message)}\n`);
  process.exit(1);
}

/** When a process began, in the system's own terms: tells it from a later one of the same id. Empty where unknown. */
export function birthOf(pid: number): string {
  if (process.platform === 'linux') return linuxProcess(pid)?.birth ?? '';
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .replaceAll(/\s+/g, '_');
  } catch {
    return '';
  }
}
