import type { Context } from 'hono';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { Channel } from '../../server/contract/common.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { patched, poolRoutes } from './wtr-api-pool.ts';
import { settingsRoutes } from './wtr-api-settings.ts';
import { threadRoutes } from './wtr-api-thread.ts';
import { Refusal, type LoggedEvent, type World } from './wtr-api-world.ts';

type Env = { Variables: { world: World } };

/** The contract's paths over a {@link World}, as far as the elements ask them. */
export function apiRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const one = '/v1/conversations/:id';

  app.get('/v1/events', (c) => events(c, c.get('world')));
  app.get('/v1/me', (c) => c.json(c.get('world').me));
  app.patch('/v1/me', async (c) => c.json(Object.assign(c.get('world').me, await c.req.json())));
  app.get('/v1/notifications', (c) => {
    const { notifications: items } = c.get('world');
    return c.json({ items, nextCursor: null, unread: items.filter(({ readAt }) => readAt === null).length });
  });
  app.post('/v1/notifications/read', async (c) => {
    const { ids } = await c.req.json<{ ids?: string[] }>();
    const world = c.get('world');
    const readAt = new Date().toISOString();
    for (const one of world.notifications) if (one.readAt === null && (!ids || ids.includes(one.id))) world.emit('notification', { ...one, readAt });
    return c.body(null, 204);
  });
  app.post('/v1/presence', (c) =>
    c.json({ items: [...c.get('world').presence.values()].flatMap(({ operatorId, name, viewing }) => viewing.map((one) => ({ operatorId, name, ...one }))) }),
  );
  app.get(`${one}/composing`, (c) => c.json(c.get('world').composing.get(c.req.param('id')) ?? { id: null, composed: null, age: 0 }));
  app.patch(`${one}/composing`, async (c) => {
    const { composed, age } = await c.req.json();
    const kept = { id: composed ? crypto.randomUUID() : null, composed, age };
    c.get('world').composing.set(c.req.param('id'), kept);
    return c.json(kept);
  });

  app.get('/v1/conversations', (c) => {
    const world = c.get('world');
    const { limit = '50', cursor = '0', ...query } = c.req.query();
    const all = world.list(query);
    const from = Number(cursor);
    const next = from + Number(limit);
    const items = all.slice(from, next).map((conversation) => ({ ...world.view(conversation), ...found(conversation, query['q']) }));
    return c.json({ items, nextCursor: next < all.length ? String(next) : null });
  });
  app.get('/v1/conversations/counts', (c) => c.json(counts(c.get('world'), c.req.query())));
  app.get(one, (c) => {
    const world = c.get('world');
    const asked = c.req.param('id');
    const conversation = world.view(world.one(asked));
    return c.json(conversation.id === asked ? conversation : { ...conversation, mergedFrom: asked });
  });
  app.patch(one, async (c) => {
    const world = c.get('world');
    return c.json(world.change(c.req.param('id'), patched(world, world.one(c.req.param('id')), await c.req.json())));
  });
  app.get(`${one}/messages`, (c) => c.json(messagePage(c.get('world'), c.req.param('id'), c.req.query())));
  app.post(`${one}/messages`, async (c) => {
    const world = c.get('world');
    const conversation = world.one(c.req.param('id'));
    const body = await c.req.json();
    if (!conversation.may.operatorSend.allowed && !body.assume) throw new Refusal(409, 'agent_in_control', world.view(conversation));
    if (body.expectedLastInboundSeq < conversation.lastInboundSeq) throw new Refusal(409, 'newer_message', world.view(conversation));
    return c.json(
      world.add(conversation.id, {
        text: body.text,
        attachments: (body.attachmentIds ?? []).flatMap((id: string) => world.files.get(id) ?? []),
        delivery: { status: 'queued', at: new Date().toISOString() },
      }),
      201,
    );
  });
  app.post('/v1/files', async (c) => {
    const { file } = await c.req.parseBody();
    if (!(file instanceof File)) throw new Refusal(422, 'invalid');
    const kept = { id: crypto.randomUUID(), name: file.name, type: file.type, size: file.size, url: new URL('/files/kept', c.req.url).href };
    c.get('world').files.set(kept.id, kept);
    return c.json(kept, 201);
  });
  app.post(`${one}/notes`, async (c) => {
    const { text, mentions } = await c.req.json();
    return c.json(c.get('world').add(c.req.param('id'), { kind: 'note', direction: 'internal', channel: null, text, mentions }), 201);
  });
  app.post(`${one}/read`, (c) => c.json(c.get('world').read(c.req.param('id'), c.get('world').one(c.req.param('id')).inboundCount)));
  app.post(`${one}/unread`, async (c) => {
    const world = c.get('world');
    const { seq } = await c.req.json();
    const later = world.items(c.req.param('id')).filter((item) => item.direction === 'inbound' && item.seq >= seq).length;
    return c.json(world.read(c.req.param('id'), world.one(c.req.param('id')).inboundCount - Math.max(1, later)));
  });
  app.post(`${one}/assume`, (c) =>
    c.json(
      c.get('world').change(c.req.param('id'), {
        assignee: c.get('world').me,
        controller: { kind: 'human', id: c.get('world').me.id },
        may: { agentReply: { allowed: false, reason: 'human_in_control' }, operatorSend: { allowed: true, reason: '' } },
      }),
    ),
  );
  app.post(`${one}/resume`, (c) => c.json(c.get('world').change(c.req.param('id'), { handoff: null })));
  app.post(`${one}/typing`, (c) => c.body(null, 204));
  app.get(`${one}/timeline`, (c) => c.json({ items: c.get('world').timeline[c.req.param('id')] ?? [], nextCursor: null }));
  app.post(`${one}/timeline`, async (c) => {
    const world = c.get('world');
    const id = c.req.param('id');
    const { kind, text, data = {} } = await c.req.json();
    const entry = { id: crypto.randomUUID(), kind, text, actor: { kind: 'operator' as const, ...world.me }, data, at: new Date().toISOString() };
    world.timeline[id] = [entry, ...(world.timeline[id] ?? [])];
    return c.json(entry, 201);
  });
  app.get('/v1/contacts/:id', (c) => c.json(contact(c.get('world'), c.req.param('id'))));
  for (const [path, pauses] of [
    ['pause-ai', true],
    ['resume-ai', false],
  ] as const) {
    app.post(`/v1/contacts/:id/${path}`, async (c) => {
      const world = c.get('world');
      const { reason } = await c.req.json();
      const aiPaused = pauses ? { by: world.me, at: new Date().toISOString(), reason: reason ?? null } : null;
      const after = { ...contact(world, c.req.param('id')), aiPaused, version: contact(world, c.req.param('id')).version + 1 };
      world.contacts.set(after.id, after);
      world.emit('contact', after);
      return c.json(after);
    });
  }
  app.post('/v1/contacts/:id/erase', (c) => {
    const world = c.get('world');
    const id = c.req.param('id');
    for (const conversation of [...world.conversations.values()].filter((one) => one.contact.id === id)) {
      world.conversations.delete(conversation.id);
      world.emit('gone', { kind: 'conversation', id: conversation.id });
    }
    return c.body(null, 204);
  });
  app.route('/', poolRoutes());
  app.route('/', threadRoutes());
  app.route('/', settingsRoutes());
  app.get('/v1/:list', (c) => c.json({ items: c.get('world').lists[c.req.param('list')] ?? [], nextCursor: null }));
  return app;
}

function contact(world: World, id: string) {
  const found = world.contacts.get(id);
  if (!found) throw new Refusal(404, 'not_found');
  return found;
}

function found({ lastMessage }: SharedConversation, q: string | undefined): object {
  if (!q || !lastMessage) return {};
  const { snippet, author } = lastMessage;
  const at = snippet.toLowerCase().indexOf(q.toLowerCase());
  return { match: { snippet, kind: 'message', author: author.name, marks: at < 0 ? [] : [snippet.slice(at, at + q.length)] } };
}

function counts(world: World, query: Record<string, string>): object {
  const count = (all: SharedConversation[]) => ({ total: all.length, unread: all.filter((one) => world.view(one).unread > 0).length });
  const { channel: _channel, ...rest } = query;
  const here = world.list(rest);
  const channels: Partial<Record<Channel, object>> = {};
  for (const channel of new Set(here.map((one) => one.channel))) channels[channel] = count(here.filter((one) => one.channel === channel));
  const view = (filter: Record<string, string>) => count(world.list({ ...rest, ...filter }));
  return {
    all: count(here),
    channels,
    views: {
      open: view({}),
      mine: view({ assigneeId: 'me' }),
      handedOff: view({ handedOff: 'true' }),
      requiresAction: view({ requiresAction: 'true' }),
      draftPending: view({ draftPending: 'true' }),
      unassigned: view({ assigneeId: 'none' }),
    },
  };
}

function messagePage(world: World, asked: string, query: Record<string, string>): object {
  const conversation = world.one(asked);
  const items = world.items(conversation.id);
  const size = Number(query['limit'] ?? '50');
  const { unread } = world.view(conversation);
  const firstUnread = unread > 0 ? items.filter(({ direction }) => direction === 'inbound').at(-unread) : undefined;
  const place = firstUnread && query['around'] ? items.indexOf(firstUnread) - 5 : items.length - size;
  const from = query['after'] ? Number(query['after']) : query['before'] ? Number(query['before']) - size : place;
  const start = Math.max(0, Math.min(from, items.length));
  const end = query['before'] ? Number(query['before']) : Math.min(items.length, start + size);
  const page: Message[] = items.slice(start, end);
  return { items: page, before: start > 0 ? String(start) : null, after: end < items.length ? String(end) : null, firstUnreadSeq: firstUnread?.seq ?? null };
}

function events(c: Context<Env>, world: World): Response {
  const resumed = c.req.header('last-event-id') ?? c.req.query('lastEventId');
  c.header('content-type', 'text/event-stream');
  return stream(c, async (out) => {
    const write = (event: LoggedEvent): void => void out.write(`${event.id ? `id: ${event.id}\n` : ''}event: ${event.name}\ndata: ${event.data}\n\n`);
    await out.write(': open\n\n');
    if (resumed) world.log.slice(Number(resumed.split('-').at(-1))).forEach(write);
    world.listeners.add(write);
    const over = new Promise<void>((resolve) => {
      out.onAbort(resolve);
      world.drops.add(resolve);
    });
    await over;
    world.listeners.delete(write);
  });
}
