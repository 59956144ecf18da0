/** Config → database → migrations → workers → HTTP, in the order in which each needs the one before. */
import { getRequestListener } from '@hono/node-server';
import type { AppDeps } from './app.ts';
import { listen } from './http.ts';
import type { HttpServer } from './http.ts';
import { open, patience } from './open.ts';
import type { OpenOptions } from './open.ts';

/** A server that answers. */
export interface RunningServer extends AppDeps {
  /** Where it is on this machine. */
  url: string;
  /** Lets requests and jobs end, closes streams, then stops what it started, the embedded Postgres last. */
  stop(): Promise<void>;
}

export interface StartOptions extends Omit<OpenOptions, 'reach'> {
  /** How many ports to try upwards from `config.port`; default 1. */
  portTries?: number;
}

/**
 * Starts everything in this process.
 * @throws SetupError when the environment or the machine does not allow it; nothing is left running then
 */
export async function startServer({ portTries, ...options }: StartOptions): Promise<RunningServer> {
  const { host, port, role } = options.config;
  let http: HttpServer | undefined;
  let url = '';
  const opened = await open({
    ...options,
    async reach(tell) {
      const bound = await listen(host, port, portTries, (taken) => tell(`Port ${taken} is taken; trying ${taken + 1}`));
      http = bound;
      url = `http://${hostInUrl(host)}:${bound.port}`;
      return { url, end: () => bound.drain(patience) };
    },
  });
  http?.handle(getRequestListener(opened.app.fetch));
  opened.log.info({ url, role }, 'started');
  return { ...opened, url };
}

/** How a browser on this machine reaches what listens on `host`. */
function hostInUrl(host: string): string {
  if (['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
