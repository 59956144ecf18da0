/** The HTTP server under the app: binding a port, and ending without cutting anyone off. */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { SetupError, errorCode, errorMessage } from './process.ts';

/** A bound port. Until `handle` is given an app, every request is asked to come back in a second. */
export interface HttpServer {
  port: number;
  handle(listener: RequestListener): void;
  /** Accepts nothing new, lets what runs end for up to `patience` milliseconds, then cuts. */
  drain(patience: number): Promise<void>;
}

/** How old a connection that never asked anything must be to be closed at the end, in milliseconds: its request may be on its way. */
const SILENT_MS = 1_000;

/**
 * Binds `port` on `host`.
 * @param tries how many ports to try, upwards, when the first is taken; each taken one is told to `onTaken`
 * @throws SetupError that names PORT or HOST
 */
export async function listen(host: string, port: number, tries = 1, onTaken?: (port: number) => void): Promise<HttpServer> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Starting\n');
  };
  const server = createServer((request, response) => listener(request, response));
  // Longer than the idle time of usual load balancers, so that we are not the one who closes.
  server.keepAliveTimeout = 75_000;
  const opened = new Map<Socket, number>();
  server.on('connection', (socket) => {
    opened.set(socket, performance.now());
    socket.once('close', () => opened.delete(socket));
  });
  for (let next = port, left = tries; ; next += 1, left -= 1) {
    try {
      const bound = await bind(server, host, next);
      return { port: bound, handle: (handler) => void (listener = handler), drain: (patience) => drain(server, opened, patience) };
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE' || left <= 1 || next >= 65_535) throw new SetupError(explain(error, host, next));
      onTaken?.(next);
    }
  }
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function explain(error: unknown, host: string, port: number): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop that one, or choose another with PORT.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023 with PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST names ${host}, which is no address of this machine.`;
    default:
      return `Port ${port} on ${host} cannot be used: ${errorMessage(error)}`;
  }
}

async function drain(server: Server, opened: ReadonlyMap<Socket, number>, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => {
    // A connection that is kept alive counts as open until its last answer is out; then it is idle and may go.
    server.closeIdleConnections();
    // One that browsers open in advance never counts as idle.
    for (const [socket, since] of opened) if (socket.bytesRead === 0 && performance.now() - since > SILENT_MS) socket.destroy();
  }, 20);
  const cut = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
