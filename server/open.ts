/** All of it but the port: the database, the app and this process's share of the work, for a server of ours or of a host. */
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
import { keepWatch } from './db/watch.ts';
import { ensureWorkspace } from './db/workspaces.ts';
import { createLog, withoutSecrets } from './log.ts';
import { createModels } from './model/provider.ts';
import { startTracing } from './tracing.ts';
import { keepBeating } from './pipeline/jobs.ts';
import { startWork } from './work.ts';
import type { Providers } from './work.ts';

/** Milliseconds that requests have to end once it was asked to stop. */
export const patience = 20_000;

export interface OpenOptions {
  config: Config;
  /** Makes the app reachable, once there is a database: where it is on this machine, and how to let its last requests end. */
  reach: (tell: (line: string) => void, deps: Pick<AppDeps, 'metrics'>) => Promise<{ url: string; end(): Promise<void> }>;
  /** Told each step as it begins; the log is, when not given. */
  onProgress?: (line: string) => void;
  /** Drops all data first. */
  reset?: boolean;
  /** Called once the schema is there and before anything is served: to add routes and data, and to say where providers are. */
  prepare?: (app: App, deps: AppDeps) => Promise<Providers | void>;
}

/** What answers, and how to end it. */
export interface Opened extends AppDeps {
  app: App;
  /** Lets requests and jobs end, closes streams, then stops what was started, the embedded Postgres last. */
  stop(): Promise<void>;
}

/**
 * Opens the database, brings its schema to this version, and starts the work of this process.
 * @throws SetupError when the environment or the machine does not allow it; nothing is left running then
 */
export async function open(options: OpenOptions): Promise<Opened> {
  const { config } = options;
  const log = createLog(config.logLevel);
  const tell = options.onProgress ?? ((line: string) => log.info(line));
  const ends: (() => Promise<void>)[] = [];
  const unwind = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    if (config.tracing) ends.push(await startTracing(config.tracing, (what) => log.warn({ what: withoutSecrets(what).slice(0, 500) }, 'traces')));
    tell(config.databaseUrl === undefined ? 'Starting Postgres' : 'Connecting to Postgres');
    const database = await connect({ ...config, max: config.databaseConnections, onProgress: tell });
    ends.push(() => database.close());
    if (options.reset) {
      tell('Clearing the database');
      await clearDatabase(database.url);
    }
    tell('Migrating');
    await migrate(database.url);
    ends.push(keepWatch(database.url, (ended) => log.warn({ ended }, 'the database did not answer any more: its connections were ended')));
    const signals = await openSignals(database.sql);
    ends.push(() => signals.close());
    const search = openSearch(database.url);
    ends.push(() => search.close());

    const metrics = createMetrics(database.sql);
    const reached = await options.reach(tell, { metrics });
    ends.push(() => reached.end());
    const stopping = new AbortController();
    const models = createModels(config.model);
    const deps: AppDeps = {
      config,
      db: { sql: database.sql, signals },
      search,
      log,
      publicUrl: config.publicUrl ?? reached.url,
      stopping: stopping.signal,
      models,
      metrics,
      outside: { apiBases: config.apiBases, ...makeOutside(config.privateHosts) },
    };
    const app = config.role === 'worker' ? createWorkerApp(deps) : createApp(deps);
    if (config.form === 'production') await ensureWorkspace(database.sql, config.workspace);
    const { resealed, lost } = await resealSecrets(database.sql, config.encryptionKeys);
    if (resealed > 0) log.info({ resealed }, 'sealed secrets under the newest encryption key');
    if (lost > 0) log.warn({ lost }, 'secrets that no encryption key opens; give their accounts theirs again');
    Object.assign(deps.outside, await options.prepare?.(app, deps));
    ends.push(config.role === 'web' ? await keepBeating(deps.db, 'web') : await startWork({ ...deps, models }, database.url));
    let ending: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopping.abort();
      return (ending ??= unwind().then(() => log.info('stopped')));
    };
    return { ...deps, app, stop };
  } catch (error) {
    await unwind();
    throw error;
  }
}
