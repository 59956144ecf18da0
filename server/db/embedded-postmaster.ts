/** Reading `postmaster.pid`, and whether the process it names really is the Postgres of that folder. */
import { execFile } from 'node:child_process';
import { readlink, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive, until } from '../process.ts';

const run = promisify(execFile);

/** A running Postgres, as its lock file describes it. */
interface Postmaster {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping` or `standby`, from the last line of the file. */
  status: string;
}

/** The Postgres that runs in `cluster`, or `undefined`. A file left by a dead one, or naming a stranger, is no Postgres. */
export async function postmasterOf(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgresOf(pid, cluster))) return undefined;
  return { pid, port: Number(lines[3] ?? ''), status: (lines[7] ?? '').trim() || 'starting' };
}

async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    const real = await realpath(cluster);
    // A postmaster works in its data directory. In a container even root may not look there; then its command line tells.
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd !== undefined) return cwd === real;
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    return words.includes(cluster) || words.includes(real);
  }
  if (process.platform === 'win32') {
    const { stdout } = await run('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh']);
    return stdout.toLowerCase().includes('postgres.exe');
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(cluster);
}

/**
 * Removes a lock file that no Postgres of this folder stands behind. Postgres would do so by itself, except where
 * the number has gone to another process of the same user: then it would refuse to start.
 */
export async function removeStaleLock(cluster: string): Promise<void> {
  if (!(await postmasterOf(cluster))) await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Stops a Postgres and waits for its end: first "fast" (open transactions are rolled back, everything is written),
 * after 10 s "immediate" (the next start recovers from the log).
 */
export async function stopPostmaster(pid: number, cluster: string, pgCtl: string): Promise<void> {
  if (process.platform === 'win32') {
    await run(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w']);
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!(await isPostgresOf(pid, cluster))) return;
    process.kill(pid, signal);
    if (await until(async () => !(await isPostgresOf(pid, cluster)), 10_000)) return;
  }
}
