/** Config → database → migrations → workers → HTTP, in the order in which each needs the one before. */
import { getRequestListener } from '@hono/node-server';
import { createMetrics } from './api/metrics.ts';
import { createApp, createWorkerApp } from './app.ts';
import type { App, AppDeps } from './app.ts';
import { makeOutside } from './channels/outside.ts';
import type { Config } from './config.ts';
import { connect } from './db/connect.ts';
import { clearDatabase, migrate } from './db/migrate.ts';
import { resealSecrets } from './db/reseal.ts';
import { openSearch } from './db/search-budget.ts';
import { openSignals } from './db/signals.ts';
import { ensureWorkspace } from './db/workspaces.ts';
import { listen } from './http.ts';
import { createLog } from './log.ts';
import { createModels } from './model/provider.ts';
import { startWork } from './work.ts';
import type { Providers } from './work.ts';

/** A server that answers. */
export interface RunningServer extends AppDeps {
  /** Where it is on this machine. */
  url: string;
  /** Lets requests and jobs end, closes streams, then stops what it started, the embedded Postgres last. */
  stop(): Promise<void>;
}

export interface StartOptions {
  config: Config;
  /** Told each step as it begins; the log is, when not given. */
  onProgress?: (line: string) => void;
  /** How many ports to try upwards from `config.port`; default 1. */
  portTries?: number;
  /** Drops all data first. */
  reset?: boolean;
  /** Called once the schema is there and before anything is served: to add routes and data, and to say where providers are. */
  prepare?: (app: App, deps: AppDeps) => Promise<Providers | void>;
}

/** Milliseconds that requests and jobs have to end once the server was asked to stop. */
const patience = 20_000;

/**
 * Starts everything in this process.
 * @throws SetupError when the environment or the machine does not allow it; nothing is left running then
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config } = options;
  const log = createLog(config.logLevel);
  const tell = options.onProgress ?? ((line: string) => log.info(line));
  const ends: (() => Promise<void>)[] = [];
  const unwind = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    tell(config.databaseUrl === undefined ? 'Starting Postgres' : 'Connecting to Postgres');
    const database = await connect({ ...config, max: config.databaseConnections, onProgress: tell });
    ends.push(() => database.close());
    if (options.reset) {
      tell('Clearing the database');
      await clearDatabase(database.url);
    }
    tell('Migrating');
    await migrate(database.url);
    const signals = await openSignals(database.sql);
    ends.push(() => signals.close());
    const search = openSearch(database.url);
    ends.push(() => search.close());

    const http = await listen(config.host, config.port, options.portTries, (port) =>
      tell(`Port ${port} is taken; trying ${port + 1}`),
    );
    const url = `http://${hostInUrl(config.host)}:${http.port}`;
    const stopping = new AbortController();
    ends.push(() => http.drain(patience));
    const models = createModels(config.model);
    const deps: AppDeps = {
      config,
      db: { sql: database.sql, signals },
      search,
      log,
      publicUrl: config.publicUrl ?? url,
      stopping: stopping.signal,
      models,
      metrics: createMetrics(database.sql),
      outside: { apiBases: config.apiBases, ...makeOutside(config.privateHosts) },
    };
    const app = config.role === 'worker' ? createWorkerApp(deps) : createApp(deps);
    if (config.form === 'production') await ensureWorkspace(database.sql, config.workspace);
    const { resealed, lost } = await resealSecrets(database.sql, config.encryptionKeys);
    if (resealed > 0) log.info({ resealed }, 'sealed secrets under the newest encryption key');
    if (lost > 0) log.warn({ lost }, 'secrets that no encryption key opens; give their accounts theirs again');
    Object.assign(deps.outside, await options.prepare?.(app, deps));
    if (config.role !== 'web') ends.push(await startWork({ ...deps, models }, database.url));
    http.handle(getRequestListener(app.fetch));
    log.info({ url, role: config.role }, 'started');
    let ending: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopping.abort();
      return (ending ??= unwind().then(() => log.info('stopped')));
    };
    return { ...deps, url, stop };
  } catch (error) {
    await unwind();
    throw error;
  }
}

/** How a browser on this machine reaches what listens on `host`. */
function hostInUrl(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
