import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Config } from './config.ts';
import type { Db } from './db/change.ts';
import { isMigrated } from './db/migrate.ts';
import type { Logger } from './log.ts';

/** What the app stands on. */
export interface AppDeps {
  config: Config;
  db: Db;
  log: Logger;
  /** Where the outside reaches this server, without a slash at the end. */
  publicUrl: string;
  /** Aborted when the server begins to drain: streams end then, and `/readyz` says no. */
  stopping: AbortSignal;
}

export type App = Hono<{ Bindings: HttpBindings }>;

/** The whole HTTP side, to be served by `main.ts` or mounted inside a host's own server. */
export function createApp(deps: AppDeps): App {
  const app: App = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    const ready = !deps.stopping.aborted && (await isMigrated(deps.db.sql).catch(() => false));
    return context.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503);
  });
  return app;
}
