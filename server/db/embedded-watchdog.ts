/** Stops an embedded Postgres when the process that started it is killed outright. */
import { spawn } from 'node:child_process';

/**
 * Waits for a line on its input. When the input ends without one, we are gone: then Postgres is told to shut down,
 * if its lock file still names it.
 */
const script = 'read -r line || { [ "$(head -n 1 "$2/postmaster.pid")" = "$1" ] && kill -INT "$1"; }';

/**
 * Starts the watchdog, a shell in a session of its own, so that no Ctrl-C reaches it.
 * @returns dismisses it; to be called once Postgres has ended
 */
export function watchOver(pid: number, cluster: string): () => Promise<void> {
  if (process.platform === 'win32') return async () => {};
  const child = spawn('/bin/sh', ['-c', script, 'convene-watchdog', String(pid), cluster], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.unref();
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.ref();
    child.stdin.end('done\n');
    await ended;
  };
}
