/** A small load balancer over HTTP: it asks who is ready, and gives each request to the next of them, streams included. */
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode, until } from '../../server/process.ts';

/** How often each process is asked whether it may serve, in milliseconds. */
const LOOK_MS = 100;

interface Balancer {
  url: string;
  /** Waits until a process is served through it. */
  serves(port: number): Promise<void>;
  /** Answers of 502: a connection that was cut after its request had begun. */
  cut(): number;
  close(): Promise<void>;
}

/** @param ports of the processes on this machine, whether they run or not */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const ready = new Set<number>();
  let [turn, cut] = [0, 0];
  const look = setInterval(() => {
    for (const port of ports) {
      void fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(LOOK_MS * 50) }).then(
        ({ ok }) => (ok ? ready.add(port) : ready.delete(port)),
        () => ready.delete(port),
      );
    }
  }, LOOK_MS);
  const server = createServer((incoming, outgoing) => {
    const tried = new Set<number>();
    const chunks: Buffer[] = [];
    const next = (): void => {
      const left = [...ready].filter((port) => !tried.has(port));
      const port = left[(turn += 1) % Math.max(1, left.length)];
      if (port === undefined) return void outgoing.writeHead(503, { 'retry-after': '1' }).end();
      tried.add(port);
      const onward = ask({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.once('close', () => outgoing.end());
      });
      onward.once('error', (error) => {
        // Nobody took it: another one may. Of what was begun the caller has to ask again, with its key.
        if (errorCode(error) === 'ECONNREFUSED') return next();
        cut += 1;
        if (outgoing.headersSent) outgoing.destroy();
        else outgoing.writeHead(502).end();
      });
      outgoing.once('close', () => onward.destroy());
      onward.end(Buffer.concat(chunks));
    };
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', next);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async serves(port) {
      if (!(await until(() => ready.has(port), 60_000))) throw new Error(`the process on port ${port} does not serve`);
    },
    cut: () => cut,
    close: () =>
      new Promise((resolve) => {
        clearInterval(look);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
