/** Clusters of a whole Postgres, with what a plain server lacks: copies, standbys, dumps. Debian's, installed where it can be. */
import { execFileSync, spawn } from 'node:child_process';
import { createServer as createTcp, connect as connectTcp } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError, errorMessage, until } from '../../server/process.ts';
import { openPool } from '../../server/db/connect.ts';
import { freePort } from './free-port.ts';
import { ordinaryUser } from './process.ts';

const home = '/usr/lib/postgresql';
/** Milliseconds that a server may take to answer. */
const PATIENCE = 60_000;

/** The folder of its programs, of the newest version that is there. @throws SetupError where none is, nor can be installed */
function programs(): string {
  const found = (): string | undefined =>
    existsSync(home)
      ? readdirSync(home)
          .toSorted((a, b) => Number(b) - Number(a))
          .map((version) => join(home, version, 'bin'))
          .find((bin) => existsSync(join(bin, 'pg_basebackup')))
      : undefined;
  const there = found();
  if (there) return there;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
    try {
      execFileSync('apt-get', ['update', '-qq'], options);
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], options);
    } catch (error) {
      throw new SetupError(`Installing postgresql failed (${errorMessage(error)}). Install it by hand.`);
    }
  }
  const installed = found();
  if (!installed) throw new SetupError('This proof needs a whole Postgres (Debian and Ubuntu: sudo apt-get install postgresql).');
  return installed;
}

interface Cluster {
  port: number;
  url: string;
  /** Runs one of its programs. */
  run(program: string, ...args: string[]): void;
  /** The server and all of its processes end at once, with nothing written. */
  kill(): void;
  /** A standby becomes the server. */
  promote(): void;
  stop(): Promise<void>;
}

interface Clusters {
  /** A new one. @param settings of its server */
  create(settings: Record<string, string>): Promise<Cluster>;
  /** A standby of another one, which waits for it at each commit. */
  standby(of: Cluster, settings: Record<string, string>): Promise<Cluster>;
  /** A folder in which its programs may write. */
  folder: string;
  remove(): Promise<void>;
}

export async function openClusters(): Promise<Clusters> {
  const bin = programs();
  const person = ordinaryUser();
  const folder = await mkdtemp(join(tmpdir(), 'convene-clusters-'));
  if (person) execFileSync('chown', [`${person.uid}:${person.gid}`, folder]);
  await chmod(folder, 0o700);
  const options = { cwd: folder, ...person, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
  const run = (program: string, ...args: string[]): void => void execFileSync(join(bin, program), args, options);
  const started: Cluster[] = [];

  const start = async (data: string, settings: Record<string, string>): Promise<Cluster> => {
    const port = await freePort();
    const args = Object.entries({ port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: folder, ...settings }).flatMap(
      ([name, value]) => ['-c', `${name}=${value}`],
    );
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...args], { ...options, stdio: 'ignore', detached: true });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    const sql = openPool(url, { max: 1 });
    const answers = await until(
      () =>
        sql`select 1`.then(
          () => true,
          () => false,
        ),
      PATIENCE,
      100,
    );
    await sql.end({ timeout: 1 });
    if (!answers) throw new Error('the server of the cluster does not answer');
    const cluster: Cluster = {
      port,
      url,
      run,
      kill: () => void process.kill(-server.pid!, 'SIGKILL'),
      promote: () => run('pg_ctl', 'promote', '-w', '-D', data),
      async stop() {
        if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
        await ended;
      },
    };
    started.push(cluster);
    return cluster;
  };

  return {
    folder,
    async create(settings) {
      const data = join(folder, `data-${started.length}`);
      run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync');
      return start(data, settings);
    },
    async standby(of, settings) {
      const data = join(folder, `data-${started.length}`);
      run('pg_basebackup', '-D', data, '-R', '-X', 'stream', '-c', 'fast', '-d', of.url);
      const cluster = await start(data, settings);
      const sql = openPool(of.url, { max: 1 });
      await sql.unsafe(`alter system set synchronous_standby_names = '*'`);
      await sql`select pg_reload_conf()`;
      const follows = await until(async () => (await sql`select from pg_stat_replication where sync_state in ('sync', 'quorum')`).length > 0, PATIENCE, 100);
      await sql.end({ timeout: 1 });
      if (!follows) throw new Error('the standby does not follow');
      return cluster;
    },
    async remove() {
      for (const cluster of started) await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Doorway {
  port: number;
  /** From now on connections lead there; those that lead elsewhere are cut. */
  leadTo(port: number): void;
  /** What is open stays so, and nothing passes through it any more, as when a machine is gone; new connections lead on. @param but so many, the last that were made */
  hush(but?: number): void;
  close(): Promise<void>;
}

/** One address that leads to whichever server is the primary, as a proxy or a name that moves does. */
export async function openDoorway(first: number): Promise<Doorway> {
  let target = first;
  const open = new Set<Socket>();
  const hushed = new Set<Socket>();
  const server = createTcp((inward) => {
    const onward = connectTcp(target, '127.0.0.1');
    for (const [one, other] of [
      [inward, onward],
      [onward, inward],
    ] as const) {
      open.add(one);
      one
        .on('error', () => {})
        .once('close', () => {
          open.delete(one);
          if (!hushed.has(one)) other.destroy();
        });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
      for (const socket of open) if (!hushed.has(socket)) socket.destroy();
    },
    hush(but = 0) {
      // Two sockets a connection, in the order in which they were made.
      for (const socket of [...open].slice(0, but ? -2 * but : undefined)) hushed.add(socket.unpipe());
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
