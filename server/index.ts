/** For hosts that serve Convene from a Node server of their own. */
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { readConfig } from './config.ts';
import { open, patience } from './open.ts';
import { SetupError, until } from './process.ts';

/** The variables of the environment by their names, `process.env` itself or others; what is not one of them is left alone. */
export interface Environment {
  /** Postgres 15 or later. */
  readonly DATABASE_URL?: string;
  /** At least 32 characters. */
  readonly CONVENE_SECRET?: string;
  /** Where the outside reaches it, with the path under which it is mounted. */
  readonly PUBLIC_URL?: string;
  readonly [name: string]: string | undefined;
}

/** Convene inside a host's own process. */
export interface Convene {
  /** For a host with a Hono app on `@hono/node-server`: `app.route('/convene', convene.app)`. */
  readonly app: Hono<{ Bindings: HttpBindings }>;
  /** For any other Node server, such as `node:http` or Express: answers a request whose path begins with that of PUBLIC_URL, or comes without it. */
  readonly handle: RequestListener;
  /** Ends streams and takes no more work, lets requests and jobs that run end, then lets go of the database. */
  stop(): Promise<void>;
}

/**
 * Opens the database, brings its schema to this version and starts agents, deliveries and what else runs by itself, unless
 * `ROLE` is `web`. Listens on no port and on no signal: both are the host's.
 * @throws an error of the name `SetupError`, whose message names every variable that is missing or wrong
 */
export async function openConvene(environment: Environment): Promise<Convene> {
  const config = readConfig(environment, 'production');
  const { publicUrl } = config;
  if (publicUrl === undefined) throw new SetupError('PUBLIC_URL is not set: where the outside reaches Convene, with the path under which it is mounted.');
  const { app, stop } = await open({
    config,
    reach: async (_tell, { metrics: { running } }) => ({
      url: publicUrl,
      async end() {
        await until(async () => (await running.get()).values.every(({ value }) => value === 0), patience);
      },
    }),
  });
  // Which variables travel with its requests is no business of the host's.
  return { app: app as unknown as Convene['app'], handle: getRequestListener(app.fetch), stop };
}
