/** Servers of a host that have Convene under a path of theirs, each in another way. */
import { createServer, request } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { listen } from '../../server/http.ts';
import type { HttpServer } from '../../server/http.ts';
import { openConvene } from '../../server/index.ts';
import type { Environment } from '../../server/index.ts';

export interface Mounted {
  /** Where the outside reaches Convene, with its path. */
  base: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/** Opens Convene for a port that is bound already, under a path; what answers there is made of it. */
async function mounted(
  path: string,
  environment: Environment,
  serve: (convene: Awaited<ReturnType<typeof openConvene>>) => RequestListener | Promise<RequestListener>,
  more: () => Promise<void> = async () => {},
): Promise<Mounted> {
  const http: HttpServer = await listen(host, 0);
  const base = `http://${host}:${http.port}${path}`;
  const convene = await openConvene({ LOG_LEVEL: 'silent', ...environment, PUBLIC_URL: base });
  http.handle(await serve(convene));
  return {
    base,
    async stop() {
      const drained = http.drain(5_000);
      await convene.stop();
      await drained;
      await more();
    },
  };
}

/** `app.route('/convene', …)` in a Hono app that has a middleware, a page and answers of its own. */
export const inHono = (environment: Environment): Promise<Mounted> =>
  mounted('/convene', environment, ({ app }) => {
    const own = new Hono();
    own.use(async (c, next) => {
      await next();
      c.header('x-host', 'yes');
    });
    own.get('/convene/about', (c) => c.text('a page of the host'));
    own.notFound((c) => c.text('nothing of the host', 404));
    own.route('/convene', app as never);
    return getRequestListener(own.fetch);
  });

/** A plain Node server that hands over what lies under its path, as it came. */
export const inNode = (environment: Environment): Promise<Mounted> =>
  mounted('/support/inbox', environment, ({ handle }) => (incoming, outgoing) => {
    if (incoming.url?.startsWith('/support/inbox/')) void handle(incoming, outgoing);
    else outgoing.writeHead(404).end('nothing of the host');
  });

/** A proxy of its own in front, which takes the path off. */
export async function behindProxy(environment: Environment): Promise<Mounted> {
  let inner: Server | undefined;
  return mounted(
    '/support/inbox',
    environment,
    async ({ handle }) => {
      const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
      inner = server;
      await new Promise<void>((resolve) => server.listen(0, host, resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      return (incoming, outgoing) => {
        const path = incoming.url?.replace(/^\/support\/inbox(?=\/)/, '');
        const asked = request({ host, port, path, method: incoming.method, headers: { ...incoming.headers, host: 'inner.example' } }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        asked.on('error', () => outgoing.destroy());
        outgoing.on('close', () => asked.destroy());
        incoming.pipe(asked);
      };
    },
    async () => {
      inner?.closeAllConnections();
      await new Promise((resolve) => inner?.close(resolve));
    },
  );
}
