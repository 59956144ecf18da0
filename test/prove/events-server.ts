/** An HTTP server of nothing but streams, on the real hub, log and signals; in this process or, started as a program, in its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { openPool } from '../../server/db/connect.ts';
import type { Sql } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { Signals } from '../../server/db/signals.ts';
import { eventKey } from '../../server/events/frame.ts';
import type { Render } from '../../server/events/frame.ts';
import { createHub } from '../../server/events/hub.ts';
import type { Hub, HubLimits } from '../../server/events/hub.ts';
import { openStream } from '../../server/events/sse.ts';

/** Shows each row as its kind and data, as a reader of names would: what views are made of does not matter to the log. */
export const renderPlainly: Render = (_workspaceId, rows) => Promise.resolve(new Map(rows.map((row) => [eventKey(row), { event: row.kind, data: row.data }])));

export interface EventServer {
  url: string;
  port: number;
  hub: Hub;
  signals: Signals;
  /** Answers of `authorise`, by addressee; those without one may read. */
  refused: Set<string>;
  errors: unknown[];
  close(): Promise<void>;
}

export interface EventServerOptions {
  port?: number;
  render?: Render;
  limits?: Partial<HubLimits>;
  /** Instead of real ones. */
  signals?: Signals;
}

/** Streams at `/:workspaceId/:audience/:addresseeId`. */
export async function startEventServer(sql: Sql, options: EventServerOptions = {}): Promise<EventServer> {
  const signals = options.signals ?? (await openSignals(sql));
  const errors: unknown[] = [];
  const refused = new Set<string>();
  const hub = createHub({
    db: { sql, signals },
    render: options.render ?? renderPlainly,
    limits: options.limits ?? {},
    onError: (error) => errors.push(error),
  });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/:workspaceId/:audience{operator|visitor}/:addresseeId', (context) => {
    const { workspaceId, audience, addresseeId } = context.req.param();
    return openStream(context, hub, {
      workspaceId,
      audience: audience === 'visitor' ? 'visitor' : 'operator',
      addresseeId,
      headers: { 'access-control-allow-origin': 'https://portal.example', 'x-request-id': 'request-1' },
      authorise: () => Promise.resolve(!refused.has(addresseeId)),
    });
  });
  app.onError((error, context) => context.text(error.name, 503));
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    hub,
    signals,
    refused,
    errors,
    close: async () => {
      hub.close();
      const done = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await done;
      if (!options.signals) await signals.close();
    },
  };
}

/** As a program: serves until it is killed, and says on which port. */
if (process.send && process.env['EVENTS_DATABASE_URL']) {
  const sql = openPool(process.env['EVENTS_DATABASE_URL'], { max: 8, name: process.env['EVENTS_POOL'] ?? 'event server' });
  const server = await startEventServer(sql, { port: Number(process.env['EVENTS_PORT'] ?? 0) });
  process.send({ port: server.port });
  process.once('disconnect', () => process.exit());
}
