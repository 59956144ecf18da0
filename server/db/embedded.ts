/** The embedded Postgres: real Postgres from an npm package, for machines where no DATABASE_URL is given. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import postgres from 'postgres';
import { SetupError, birthOf, errorCode, isAlive, until } from '../process.ts';
import { ids, prepareHome, program } from './embedded-home.ts';
import type { Home } from './embedded-home.ts';
import { createCluster, embeddedName, postgresEnv } from './embedded-init.ts';
import { postmasterOf, removeStaleLock, stopPostmaster } from './embedded-postmaster.ts';
import { watchOver } from './embedded-watchdog.ts';

/** A running embedded Postgres that belongs to this process. */
interface EmbeddedPostgres {
  /** Connection string of its database, password included: never to be printed. */
  url: string;
  pid: number;
  /** Stops it and waits for its end. */
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  /** The folder of everything that stays. */
  dataDir: string;
  /** Settings of `postgresql.conf` beyond ours. */
  settings?: Record<string, string>;
  /** Told what is worth knowing on the way, a sentence at a time. */
  onProgress?: (line: string) => void;
}

/** Times in milliseconds: for a previous owner to end, and for Postgres to begin or recover. */
const graceForOwner = 5_000;
const startTimeout = 60_000;

/**
 * Starts the Postgres of a data folder on a free port of the loopback interface. One process owns it at a time; what a
 * killed process left running is stopped first.
 * @throws SetupError when the folder is in use, cannot be written to, or Postgres does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const tell = options.onProgress ?? (() => {});
  const home = await prepareHome(resolve(options.dataDir));
  for (const note of home.notes) tell(note);
  const { password, created } = await createCluster(home);
  if (created) tell('Made a new database');
  const stop = (pid: number): Promise<void> => stopPostmaster(pid, home.cluster, program(home.native, 'pg_ctl'));

  await clearTheWay(home, password, stop, tell);
  const started = await launch(home, options.settings ?? {});
  const dismiss = watchOver(started.pid, home.cluster);
  let ending: Promise<void> | undefined;
  const server: EmbeddedPostgres = {
    url: connectionUrl(started.port, password, embeddedName),
    pid: started.pid,
    stop: () => (ending ??= stop(started.pid).then(dismiss)),
  };
  try {
    await ensureDatabase(connectionUrl(started.port, password, 'postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

const connectionUrl = (port: number, password: string, database: string): string => `postgres://${embeddedName}:${password}@127.0.0.1:${port}/${database}`;

/** Names this process in the settings of the server that it starts, so that another can tell an orphan from one in use. */
const ownerSetting = 'convene.owner';
const ownerMark = (): string => `${process.pid}.${birthOf(process.pid)}`;

/** Waits for, or stops, a Postgres that already runs in this folder. */
async function clearTheWay(home: Home, password: string, stop: (pid: number) => Promise<void>, tell: (line: string) => void): Promise<void> {
  const patience = performance.now() + graceForOwner;
  let told = false;
  const clear = await until(
    async () => {
      const running = await postmasterOf(home.cluster);
      if (!running) return true;
      if (running.status !== 'ready') return false;
      const owner = await ownerOf(running.port, password);
      if (owner === undefined) return false;
      if (!isOwnerAlive(owner)) {
        tell(`Stopping the Postgres that a killed process left behind (${running.pid})`);
        await stop(running.pid);
        return false;
      }
      if (performance.now() > patience) {
        throw new SetupError(`The data folder is in use by process ${owner.split('.')[0] ?? ''}. Stop that one first, or name another folder with DATA_DIR.`);
      }
      if (!told) tell('The data folder is still in use; waiting for that process to end');
      told = true;
      return false;
    },
    startTimeout,
    50,
  );
  if (!clear) throw new SetupError(`A Postgres in ${home.cluster} neither answers nor ends. See ${home.log}`);
  await removeStaleLock(home.cluster);
}

function isOwnerAlive(mark: string): boolean {
  const [pid, birth] = mark.split('.');
  return isAlive(Number(pid)) && birthOf(Number(pid)) === (birth ?? '');
}

/** The owner's mark of a running server; `undefined` while it starts or shuts down. */
async function ownerOf(port: number, password: string): Promise<string | undefined> {
  const sql = postgres(connectionUrl(port, password, 'postgres'), { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql<{ owner: string | null }[]>`select current_setting(${ownerSetting}, true) as owner`;
    return row?.owner ?? '';
  } catch (error) {
    if (errorCode(error)?.startsWith('28'))
      throw new SetupError('The Postgres in the data folder refuses its own password. Move the folder away, or name another with DATA_DIR.');
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function launch(home: Home, settings: Record<string, string>): Promise<{ pid: number; port: number }> {
  const logged = await stat(home.log).catch(() => undefined);
  if (logged && logged.size > 5_000_000) await truncate(home.log);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const from = (await stat(home.log).catch(() => undefined))?.size ?? 0;
    const child = await spawnPostgres(home, port, settings);
    const ready = await until(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return 'ended';
      const running = await postmasterOf(home.cluster);
      return running?.pid === child.pid && running?.status === 'ready' && 'ready';
    }, startTimeout);
    if (ready === 'ready' && child.pid !== undefined) return { pid: child.pid, port };
    const said = (await readFile(home.log, 'utf8').catch(() => '')).slice(from).trim().split('\n').slice(-8).join('\n');
    if (ready === undefined) child.kill('SIGINT');
    else if (said.includes('Address already in use') && attempt < 3) continue;
    if (await postmasterOf(home.cluster)) throw new SetupError('The data folder is in use: another process started on it at the same moment.');
    throw new SetupError(`Postgres did not start. It said (${home.log}):\n${said}`);
  }
}

async function spawnPostgres(home: Home, port: number, settings: Record<string, string>): Promise<ChildProcess> {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '128MB',
    // No replicas here: less to write for each change.
    wal_level: 'minimal',
    max_wal_senders: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    [ownerSetting]: ownerMark(),
    ...settings,
  };
  const log = await open(home.log, 'a');
  try {
    const child = spawn(program(home.native, 'postgres'), ['-D', home.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      cwd: home.cluster,
      env: postgresEnv(),
      // A session of its own: Ctrl-C in the terminal is for us, and we stop Postgres after our own work has ended.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...ids(home.user),
    });
    await new Promise((done, fail) => child.once('spawn', done).once('error', fail));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select from pg_database where datname = ${embeddedName}`;
    if (found.length === 0) await sql`create database ${sql(embeddedName)}`;
  } finally {
    await sql.end();
  }
}
