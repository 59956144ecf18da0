/**
 * A real HTTP server beside the browser's tests that speaks the visitor's contract: any number of chats in memory, each
 * under an address of its own, and a way to steer them. The browser's side is `wtr-chat-client.ts`.
 */
import { serve, type ServerType } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { stream } from 'hono/streaming';
import type { AddressInfo } from 'node:net';
import type { VisitorConversation } from '../../server/contract/chat.ts';
import type { VisitorMessage } from '../../server/contract/message.ts';
import type { Fault } from './wtr-api.ts';
import { Refusal } from './wtr-api-world.ts';
import { ChatWorld, type ChatSeed } from './wtr-chat-world.ts';

export type ChatOrder =
  /** Says something to the visitor who came last. */
  | { readonly do: 'say'; readonly message: Partial<VisitorMessage> }
  | { readonly do: 'typing'; readonly name: string; readonly kind?: 'agent' | 'operator'; readonly typing: boolean }
  | { readonly do: 'change'; readonly change: Partial<VisitorConversation> }
  /** Every message of the visitor has been read at the other end. */
  | { readonly do: 'seen' }
  | { readonly do: 'fault'; readonly fault: Fault }
  /** Every request is cut off, open streams too, until `online`. */
  | { readonly do: 'offline' | 'online' | 'drop' | 'release' }
  /** The server knows no session any more. */
  | { readonly do: 'forget' }
  | { readonly do: 'reset' };

export interface ChatReport {
  readonly requests: readonly string[];
  readonly keys: readonly string[];
  readonly streams: number;
  readonly mostStreams: number;
  /** What the visitor who came last wrote, as the server has it. */
  readonly written: readonly string[];
  readonly readAt: string | null;
  readonly filled: Readonly<Record<string, string>> | null;
}

interface Kept {
  readonly world: ChatWorld;
  readonly requests: string[];
  readonly faults: (Fault & { left: number })[];
  readonly held: Set<() => void>;
}

type Env = { Variables: { world: ChatWorld } };

/** Starts the server on a free port. */
export async function startChatApi(): Promise<{ url: string; stop(): void }> {
  const chats = new Map<string, Kept>();
  const kept = (c: Context): Kept => {
    const found = chats.get(c.req.param('name') ?? '');
    if (!found) throw new Refusal(404, 'not_found');
    return found;
  };
  const app = new Hono<Env>();
  app.use(cors());
  app.post('/chats', async (c) => {
    const name = crypto.randomUUID();
    chats.set(name, { world: new ChatWorld((await c.req.json()) as ChatSeed), requests: [], faults: [], held: new Set() });
    return c.json({ name });
  });
  app.get('/chats/:name/report', (c) => {
    const { world, requests } = kept(c);
    const last = world.sessions.size > 0 ? world.last : undefined;
    const written = (last?.messages ?? []).filter(({ direction }) => direction === 'inbound').map(({ text }) => text);
    return c.json({
      requests,
      keys: world.keys,
      streams: world.streams,
      mostStreams: world.mostStreams,
      written,
      readAt: last?.readAt ?? null,
      filled: last?.filled ?? null,
    } satisfies ChatReport);
  });
  app.post('/chats/:name/order', async (c) => c.json(obey(kept(c), (await c.req.json()) as ChatOrder) ?? null));
  app.use('/chats/:name/v1/*', async (c, next) => {
    const chat = kept(c);
    const called = `${c.req.method} ${new URL(c.req.url).pathname.replace(/^\/chats\/[^/]+/, '')}${new URL(c.req.url).search}`;
    chat.requests.push(called);
    c.set('world', chat.world);
    const fault = chat.faults.find(({ on, left }) => left > 0 && called.includes(on));
    if (fault) fault.left -= 1;
    if (fault?.hold) await new Promise<void>((resolve) => chat.held.add(resolve));
    if (fault?.status === 0) return cut(c);
    if (fault?.status) throw new Refusal(fault.status, fault.code ?? 'internal');
    await next();
    // The message was taken; its answer is lost on the way.
    if (fault?.code === 'answer_lost') return cut(c);
  });
  app.route('/chats/:name', routes());
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    const { status, code } = error;
    return c.json({ type: 'about:blank', title: code, status, detail: code, code }, status as 400);
  });
  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
      resolve({
        url: `http://127.0.0.1:${port}`,
        stop() {
          for (const { world } of chats.values()) for (const drop of [...world.drops]) drop();
          server.close();
          if ('closeAllConnections' in server) server.closeAllConnections();
        },
      });
    });
  });
}

function cut(c: Context): Response {
  (c.env as { incoming: { socket: { destroy(): void } } }).incoming.socket.destroy();
  return c.body(null);
}

function obey({ world, faults, held }: Kept, order: ChatOrder): unknown {
  switch (order.do) {
    case 'say':
      return world.last.put(world.message(world.last, { author: { kind: 'agent', id: 'nova', name: 'Nova' }, ...order.message }));
    case 'typing':
      return world.last.emit('typing', { who: { kind: order.kind ?? 'agent', name: order.name }, typing: order.typing }, true);
    case 'change':
      return world.last.change(order.change);
    case 'seen':
      for (const one of world.last.messages)
        if (one.direction === 'inbound') world.last.put({ ...one, delivery: { status: 'read', at: new Date().toISOString() } });
      return undefined;
    case 'fault':
      return faults.push({ ...order.fault, left: order.fault.times ?? 1 });
    case 'online':
      return faults.splice(0).length;
    case 'offline':
    case 'drop':
      if (order.do === 'offline') faults.push({ on: '/v1/', status: 0, left: Infinity });
      for (const drop of [...world.drops]) drop();
      return undefined;
    case 'release':
      for (const go of held) go();
      return held.clear();
    case 'forget':
      world.sessions.clear();
      for (const drop of [...world.drops]) drop();
      return undefined;
    case 'reset':
      world.last.emit('reset', {});
      return undefined;
  }
}

function routes(): Hono<Env> {
  const app = new Hono<Env>();
  const visitor = (c: Context<Env>) => c.get('world').of(c.req.header('authorization'));
  app.post('/v1/chat/sessions', async (c) => {
    const world = c.get('world');
    const { workspace, identityToken } = await c.req.json<{ workspace: string; identityToken?: string }>();
    const claims = identityToken ? (JSON.parse(atob(identityToken.split('.')[1] ?? '')) as { sub: string; exp: number }) : undefined;
    if (claims && claims.exp * 1000 < Date.now()) throw new Refusal(401, 'token_expired');
    const { token, visitor: one } = world.begin(workspace, claims?.sub);
    return c.json(
      {
        token,
        contact: { id: one.id, name: claims?.sub ?? 'Visitor', email: null },
        conversation: one.conversation,
        workspace: { name: world.workspace },
        agent: world.agent ? { name: world.agent, avatarUrl: null } : null,
        files: { maxBytes: 10_000_000 },
      },
      201,
    );
  });
  app.delete('/v1/chat/sessions', (c) => {
    c.get('world').sessions.delete(c.req.header('authorization')?.replace('Bearer ', '') ?? '');
    return c.body(null, 204);
  });
  app.get('/v1/chat/messages', (c) => {
    const one = visitor(c);
    const end = c.req.query('before') ? Number(c.req.query('before')) : one.messages.length;
    const from = Math.max(0, end - 50);
    return c.json({ items: one.messages.slice(from, end), before: from > 0 ? String(from) : null, conversation: one.conversation, readAt: one.readAt });
  });
  app.post('/v1/chat/messages', async (c) => {
    const { text, attachmentIds } = await c.req.json<{ text: string; attachmentIds?: string[] }>();
    const key = c.req.header('idempotency-key') ?? crypto.randomUUID();
    c.get('world').keys.push(key);
    return c.json(visitor(c).write(key, text, attachmentIds), 201);
  });
  app.post('/v1/chat/typing', (c) => (visitor(c), c.body(null, 204)));
  app.post('/v1/chat/read', async (c) => {
    const one = visitor(c);
    const { messageId } = await c.req.json<{ messageId?: string }>();
    one.readAt = (one.messages.find(({ id }) => id === messageId) ?? one.messages.at(-1))?.createdAt ?? null;
    return c.body(null, 204);
  });
  app.post('/v1/chat/route', async (c) => {
    const one = visitor(c);
    const { routeId, messageId, fields, asIs } = await c.req.json<{ routeId: string; messageId: string; fields?: Record<string, string>; asIs?: boolean }>();
    if (fields && !asIs && !/\d{5}/.test(fields['phone'] ?? ''))
      return c.json(
        {
          type: 'about:blank',
          title: 'invalid',
          status: 422,
          detail: '',
          code: 'invalid',
          errors: [{ path: 'fields.phone', message: 'must be a phone number' }],
        },
        422,
      );
    one.filled = fields;
    const message = one.messages.find(({ id }) => id === messageId);
    if (message) one.put({ ...message, chosenRouteId: routeId, asks: false });
    return c.json(one.change({}));
  });
  app.post('/v1/chat/files', async (c) => {
    visitor(c);
    const file = (await c.req.formData()).get('file') as File;
    if (file.size > 1_000) throw new Refusal(413, 'too_large');
    const id = crypto.randomUUID();
    c.get('world').files.set(id, { id, name: file.name, type: file.type, size: file.size, url: `/v1/files/${id}` });
    return c.json(c.get('world').files.get(id), 201);
  });
  app.get('/v1/chat/events', (c) => events(c));
  return app;
}

function events(c: Context<Env>): Response {
  const world = c.get('world');
  const visitor = world.of(c.req.header('authorization'));
  const resumed = c.req.header('last-event-id') ?? c.req.query('lastEventId');
  c.header('content-type', 'text/event-stream');
  return stream(c, async (out) => {
    type Event = (typeof visitor.log)[number];
    const write = ({ id, type, data }: Event): void => void out.write(`${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    world.mostStreams = Math.max(world.mostStreams, (world.streams += 1));
    await out.write(': open\n\n');
    if (resumed) visitor.log.slice(Number(resumed.split('-').at(-1))).forEach(write);
    visitor.listeners.add(write);
    let drop = (): void => undefined;
    await new Promise<void>((resolve) => {
      drop = resolve;
      out.onAbort(resolve);
      world.drops.add(resolve);
    });
    world.drops.delete(drop);
    visitor.listeners.delete(write);
    world.streams -= 1;
  });
}

/** Runs the server for as long as the test runner, and tells the pages where it is at `/test-chat.json`. */
export function chatApiPlugin() {
  let running: Awaited<ReturnType<typeof startChatApi>> | undefined;
  return {
    name: 'test-chat',
    async serverStart(): Promise<void> {
      running = await startChatApi();
    },
    serverStop(): void {
      running?.stop();
    },
    serve({ path }: { path: string }) {
      return path === '/test-chat.json' && running ? { body: JSON.stringify({ url: running.url }), type: 'json' } : undefined;
    },
  };
}
