import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { CONNECT_MS, waitBefore } from './connect.ts';
import { leadingTo } from './socket.ts';

/**
 * Connections for graphile-worker. Where one is lost while a job's end is written down, the library rejects a promise that
 * nobody holds, which would end the process; but it tries again what Postgres itself says to try again. So a lost
 * connection is told as such. What it cannot write at all is made good by our own rows. Its own waits grow to a minute: a
 * connection is waited for here instead, with the waits of the driver.
 * A job may outlast the stop of its process: asked for a connection after `end`, the pool never answers, since the library would ask it a
 * hundred times over minutes and then reject what nobody holds.
 * @param max connections at most
 * @param ending once it is aborted nobody waits for a database that is away
 */
export function openWorkerPool(url: string, max: number, ending: AbortSignal): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: 'convene jobs',
    connectionTimeoutMillis: CONNECT_MS,
    stream: () => leadingTo(url, new Socket()),
  });
  // A connection that is lost while idle is replaced when one is needed.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    client.query = tryAgain(client.query.bind(client)) as typeof client.query;
  });
  const connect = tryAgain(pool.connect.bind(pool), () => true) as () => Promise<PoolClient>;
  const patiently = async (): Promise<PoolClient> => {
    for (let failed = 1; ; failed += 1) {
      if (pool.ending) return new Promise<never>(() => {});
      try {
        return await connect();
      } catch (error) {
        if (ending.aborted) throw error;
        await delay(waitBefore(failed), undefined, { signal: ending }).catch(() => {});
      }
    }
  };
  type Done = (error: Error | undefined, client: PoolClient | undefined, release: (error?: Error | boolean) => void) => void;
  const told = callbackify(patiently);
  pool.connect = ((done?: Done) =>
    done ? told((error, client) => done(error ?? undefined, client, client?.release ?? (() => {}))) : patiently()) as typeof pool.connect;
  return pool;
}

/** SQLSTATE of what is worth trying again: serialization_failure. */
const AGAIN = '40001';

/** Of what returns a promise, the failures that a lost connection causes look as though worth another try. */
function tryAgain(work: (...args: never[]) => unknown, worth = isLost): (...args: never[]) => unknown {
  return (...args) => {
    const result = work(...args);
    return result instanceof Promise
      ? result.catch((error: unknown) => {
          throw worth(error) ? Object.assign(new Error((error as Error).message, { cause: error }), { code: AGAIN }) : error;
        })
      : result;
  };
}

/** Without a code, or with one of a socket, of a connection (class 08) or of an operator's intervention (class 57). */
function isLost(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return error instanceof Error && (code === undefined || /^(08|57P|E[A-Z])/.test(String(code)));
}
