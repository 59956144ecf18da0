/** What routes stand on, and what travels with a request. */
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Config } from '../config.ts';
import type { Db } from '../db/change.ts';
import type { SearchBudget } from '../db/search-budget.ts';
import type { Files } from '../files/files.ts';
import type { Logger } from '../log.ts';
import type { Models } from '../model/provider.ts';
import type { Providers } from '../work.ts';
import type { Access } from './auth.ts';
import type { Caller } from './caller.ts';
import type { Metrics } from './metrics.ts';

/** What the app stands on. */
export interface AppDeps {
  config: Config;
  db: Db;
  /** What searching runs on. */
  search: SearchBudget;
  log: Logger;
  /** Where the outside reaches this server, without a slash at the end. */
  publicUrl: string;
  /** Aborted when the server begins to drain: streams end then, and `/readyz` says no. */
  stopping: AbortSignal;
  /** The model that answers; screens say when it is the built-in one. */
  models: Models;
  metrics: Metrics;
  /** Where the providers of channels are. */
  outside: Required<Providers>;
}

/** The same with what the app makes for its routes. */
export interface ApiDeps extends AppDeps {
  access: Access;
  files: Files;
}

export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** The pattern of the path, for metrics and the log. */
    route?: string;
    /** Who asked, once that is known. */
    caller?: Caller;
  };
}

export type App = Hono<AppEnv>;
