/** A child of the live bench: our server, or the least program that could do the same. Says its port to its parent. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { readConfig } from '../../server/config.ts';
import { openPool } from '../../server/db/connect.ts';
import { startServer } from '../../server/start.ts';
import { bareAccept } from './bare.ts';
import type { Target } from './bare.ts';
import type { World } from '../support/world.ts';

/** What the parent sets in the environment. */
interface Job {
  kind: 'ours' | 'bare';
  databaseUrl: string;
  secret: string;
  role: 'web' | 'both';
  world: World;
  customers: Target[];
  /** Of the bare program's event. */
  bytes?: number;
}

const job = await new Promise<Job>((resolve) => process.once('message', (message) => resolve(message as Job)));

if (job.kind === 'ours') {
  const server = await startServer({
    config: readConfig({ DATABASE_URL: job.databaseUrl, CONVENE_SECRET: job.secret, PORT: '0', ROLE: job.role, LOG_LEVEL: 'silent' }, 'demo'),
    onProgress: () => {},
  });
  process.send?.({ url: server.url });
  process.once('message', () => void server.stop().then(() => process.exit(0)));
} else {
  const sql = openPool(job.databaseUrl);
  const readers = new Set<ServerResponse>();
  // As much as the product tells of a message: the message and its conversation.
  const padding = ' '.repeat(Math.max(0, (job.bytes ?? 0) - 120));
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      response.socket?.setNoDelay(true);
      readers.add(response);
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { text, customer } = JSON.parse(body) as { text: string; customer: number };
      void bareAccept(sql, job.world, job.customers[customer]!, text).then((id) => {
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id }));
        const frame = Buffer.from(`event: message\ndata: ${JSON.stringify({ id, text, direction: 'inbound' })}${padding}\n\n`);
        for (const reader of readers) reader.write(frame);
      });
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as { port: number }).port}` }));
  process.once('message', () => process.exit(0));
}
