/**
 * A real HTTP server beside the browser's tests: any number of inboxes in memory, each speaking the contract under an
 * address of its own, and a way to steer them. The browser's side is `wtr-api-client.ts`.
 */
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { AddressInfo } from 'node:net';
import { apiRoutes } from './wtr-api-routes.ts';
import { changeDraft } from './wtr-api-thread.ts';
import { Refusal, World, type Seed } from './wtr-api-world.ts';

/** How an inbox shall behave for the next requests whose `METHOD /path` contains a text. */
export interface Fault {
  readonly on: string;
  /** Answer this status and code; 0 cuts the connection. */
  readonly status?: number;
  readonly code?: string;
  /** Wait for the release of faults before answering. */
  readonly hold?: boolean;
  /** How often; once unless told. */
  readonly times?: number;
}

export type Order =
  | { readonly do: 'inbound'; readonly id: string; readonly text: string; readonly begin?: Parameters<World['inbound']>[2] }
  | { readonly do: 'add'; readonly id: string; readonly item: Parameters<World['add']>[1] }
  | { readonly do: 'change'; readonly id: string; readonly change: Parameters<World['change']>[1] }
  /** A change that no event of the conversation tells of. */
  | { readonly do: 'set'; readonly id: string; readonly change: Parameters<World['set']>[1] }
  | { readonly do: 'draft'; readonly id: string; readonly change: Parameters<typeof changeDraft>[2] }
  | { readonly do: 'read'; readonly id: string; readonly count: number }
  | { readonly do: 'merge'; readonly id: string; readonly into: string }
  /** `more` comes with it, at once. */
  | { readonly do: 'emit'; readonly name: string; readonly data: unknown; readonly more?: readonly unknown[]; readonly passing?: boolean }
  | { readonly do: 'fault'; readonly fault: Fault }
  /** `streams` answers how many are open. */
  | { readonly do: 'release' | 'drop' | 'streams' };

interface Kept {
  readonly world: World;
  readonly faults: (Fault & { left: number })[];
  readonly held: Set<() => void>;
  readonly requests: string[];
}

/** Starts the server on a free port. */
export async function startApi(): Promise<{ url: string; stop(): void }> {
  const worlds = new Map<string, Kept>();
  const app = new Hono<{ Variables: { world: World } }>();
  app.use(cors());
  app.post('/worlds', async (c) => {
    const name = crypto.randomUUID();
    worlds.set(name, { world: new World((await c.req.json()) as Seed), faults: [], held: new Set(), requests: [] });
    return c.json({ name });
  });
  app.get('/worlds/:name/requests', (c) => c.json(worlds.get(c.req.param('name'))?.requests ?? []));
  app.post('/worlds/:name/order', async (c) => {
    const kept = worlds.get(c.req.param('name'));
    if (!kept) return c.notFound();
    return c.json(obey(kept, (await c.req.json()) as Order) ?? null);
  });
  app.delete('/worlds/:name', (c) => {
    const kept = worlds.get(c.req.param('name'));
    kept?.world.drop();
    worlds.delete(c.req.param('name'));
    return c.body(null, 204);
  });
  app.use('/worlds/:name/v1/*', async (c, next) => {
    const kept = worlds.get(c.req.param('name'));
    if (!kept) return c.json({ code: 'not_found', detail: '' }, 404);
    const called = `${c.req.method} ${new URL(c.req.url).pathname.replace(/^\/worlds\/[^/]+/, '')}${new URL(c.req.url).search}`;
    kept.requests.push(called);
    c.set('world', kept.world);
    const fault = kept.faults.find(({ on, left }) => left > 0 && called.includes(on));
    if (fault) {
      fault.left -= 1;
      if (fault.hold) await new Promise<void>((resolve) => kept.held.add(resolve));
      if (fault.status === 0) {
        (c.env as { incoming: { socket: { destroy(): void } } }).incoming.socket.destroy();
        return c.body(null);
      }
      if (fault.status) throw new Refusal(fault.status, fault.code ?? 'internal');
    }
    const key = c.req.header('idempotency-key');
    const before = key ? kept.world.answered.get(key) : undefined;
    if (before) return c.json(before as object);
    await next();
    if (key && c.res.ok) kept.world.answered.set(key, await c.res.clone().json());
  });
  app.route('/worlds/:name', apiRoutes());
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, current } = error;
    return c.json({ type: 'about:blank', title: code, status, detail: `Refused: ${code}`, code, current }, status as 400);
  });
  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
      resolve({
        url: `http://127.0.0.1:${port}`,
        stop() {
          for (const { world } of worlds.values()) world.drop();
          server.close();
          if ('closeAllConnections' in server) server.closeAllConnections();
        },
      });
    });
  });
}

function obey({ world, faults, held }: Kept, order: Order): unknown {
  switch (order.do) {
    case 'inbound':
      return world.inbound(order.id, order.text, order.begin);
    case 'add':
      return world.add(order.id, order.item);
    case 'set':
      return world.set(order.id, order.change);
    case 'change':
      return world.change(order.id, order.change);
    case 'draft':
      return changeDraft(world, order.id, order.change);
    case 'read':
      return world.read(order.id, order.count);
    case 'merge':
      return world.merge(order.id, order.into);
    case 'emit':
      return [order.data, ...(order.more ?? [])].forEach((data) => world.emit(order.name, data, order.passing));
    case 'fault':
      return faults.push({ ...order.fault, left: order.fault.times ?? 1 });
    case 'drop':
      return world.drop();
    case 'streams':
      return world.listeners.size;
    case 'release':
      for (const go of held) go();
      return held.clear();
  }
}

/** Runs the server for as long as the test runner, and tells the pages where it is at `/test-api.json`. */
export function apiPlugin() {
  let running: Awaited<ReturnType<typeof startApi>> | undefined;
  return {
    name: 'test-api',
    async serverStart(): Promise<void> {
      running = await startApi();
    },
    serverStop(): void {
      running?.stop();
    },
    serve({ path }: { path: string }) {
      return path === '/test-api.json' && running ? { body: JSON.stringify({ url: running.url }), type: 'json' } : undefined;
    },
  };
}
