/** What is done in the pool: changing many at once, beginning a conversation, the views. */
import { Hono } from 'hono';
import type { PatchConversation, SharedConversation } from '../../server/contract/conversation.ts';
import { Refusal, type World } from './wtr-api-world.ts';

export function poolRoutes(): Hono<{ Variables: { world: World } }> {
  const app = new Hono<{ Variables: { world: World } }>();

  app.post('/v1/conversations/bulk', async (c) => {
    const world = c.get('world');
    const { ids, filter, set, operationId = crypto.randomUUID() } = await c.req.json();
    const chosen: string[] = ids ?? world.list(filter).map(({ id }: SharedConversation) => id);
    const refused = (id: string): boolean => (set.agentId === undefined || set.agentId === null ? false : world.one(id).contact.aiPaused !== null);
    world.operations.set(
      operationId,
      chosen.filter((id) => !refused(id)).map((id) => world.one(id)),
    );
    for (const id of chosen.filter((one) => !refused(one))) {
      if (set.read !== undefined) world.read(id, set.read ? world.one(id).inboundCount : 0);
      const { read: _read, addTags = [], removeTags = [], macroId: _macro, ...patch } = set;
      const tags = [
        ...world
          .one(id)
          .tags.map(({ name }) => name)
          .filter((name) => ![...addTags, ...removeTags].includes(name)),
        ...addTags,
      ];
      if (Object.keys(set).length > 0) world.change(id, patched(world, world.one(id), addTags.length + removeTags.length > 0 ? { ...patch, tags } : patch));
    }
    return c.json({ operationId, results: chosen.map((id) => (refused(id) ? { id, ok: false, code: 'contact_paused' } : { id, ok: true })) });
  });
  app.post('/v1/operations/:id/undo', (c) => {
    const before = c.get('world').operations.get(c.req.param('id')) ?? [];
    for (const one of before) c.get('world').change(one.id, { ...one });
    return c.json({ operationId: c.req.param('id'), results: before.map(({ id }) => ({ id, ok: true })) });
  });
  app.get('/v1/operations/:id', (c) =>
    c.json({ id: c.req.param('id'), status: 'running', total: 5000, done: 1200, refused: 0, createdAt: new Date().toISOString() }),
  );
  app.post('/v1/operations/:id/cancel', (c) =>
    c.json({ id: c.req.param('id'), status: 'cancelled', total: 5000, done: 1200, refused: 0, createdAt: new Date().toISOString() }),
  );

  app.get('/v1/contacts', (c) => {
    const q = (c.req.query('q') ?? '').toLowerCase();
    const items = [...c.get('world').contacts.values()].filter((one) =>
      `${one.name} ${one.email} ${one.identities.map(({ handle }) => handle).join(' ')}`.toLowerCase().includes(q),
    );
    return c.json({ items, nextCursor: null });
  });
  app.post('/v1/conversations', async (c) => {
    const world = c.get('world');
    const body = await c.req.json();
    const [like] = world.conversations.values();
    const account = world.lists['channel-accounts']?.find(({ id }) => id === body.channelAccountId);
    if (!like || !account) throw new Refusal(422, 'invalid');
    const contact = body.contactId ? world.contacts.get(body.contactId) : { id: crypto.randomUUID(), name: body.contact.name ?? body.contact.handle };
    const id = crypto.randomUUID();
    const now = new Date().toISOString();
    const made = {
      ...like,
      id,
      channel: account['channel'] as SharedConversation['channel'],
      accountId: account.id,
      subject: body.subject ?? null,
      contact: { ...like.contact, ...contact },
      assignee: world.me,
      agent: null,
      status: 'open' as const,
      tags: [],
      handoff: null,
      draft: null,
      requiresAction: false,
      inboundCount: 0,
      lastInboundSeq: 0,
      lastMessage: null,
      lastActivityAt: now,
      createdAt: now,
      version: 1,
      may: { ...like.may, operatorSend: { allowed: true, reason: '' } },
    };
    world.conversations.set(id, made);
    world.reads.set(id, 0);
    world.add(id, { text: body.text });
    return c.json(world.view(world.one(id)), 201);
  });

  const views = (world: World) => (world.lists['views'] ??= []);
  const told = (world: World): void => world.emit('settings', { kind: 'savedView', id: crypto.randomUUID(), version: 1 });
  app.post('/v1/views', async (c) => {
    const world = c.get('world');
    const made = { id: crypto.randomUUID(), version: 1, createdAt: new Date().toISOString(), ownerId: world.me.id, ...(await c.req.json<object>()) };
    views(world).push(made);
    told(world);
    return c.json(made, 201);
  });
  app.patch('/v1/views/:id', async (c) => {
    const world = c.get('world');
    const at = views(world).findIndex(({ id }) => id === c.req.param('id'));
    const before = views(world)[at];
    if (!before) throw new Refusal(404, 'not_found');
    const after = { ...before, ...(await c.req.json<object>()), version: Number(before['version']) + 1 };
    views(world)[at] = after;
    told(world);
    return c.json(after);
  });
  app.delete('/v1/views/:id', (c) => {
    const world = c.get('world');
    world.lists['views'] = views(world).filter(({ id }) => id !== c.req.param('id'));
    told(world);
    return c.body(null, 204);
  });
  return app;
}

/** What a change makes of a conversation. */
export function patched(
  world: World,
  one: SharedConversation,
  { replyMode, agentId, assigneeId, departmentId, tags, ...plain }: PatchConversation,
): Partial<SharedConversation> {
  const change: Partial<SharedConversation> = { ...plain };
  const find = (list: string, id: string | null) => (id === null ? null : (world.lists[list]?.find((item) => item.id === id) ?? null));
  if (replyMode !== undefined) Object.assign(change, { replyModeOverride: replyMode, replyMode: replyMode ?? 'auto_send' });
  if (agentId !== undefined) change.agent = find('agents', agentId) as SharedConversation['agent'];
  if (assigneeId !== undefined) change.assignee = find('operators', assigneeId) as SharedConversation['assignee'];
  if (departmentId !== undefined) change.department = find('departments', departmentId) as SharedConversation['department'];
  if (tags) change.tags = tags.map((name) => one.tags.find((tag) => tag.name === name) ?? { name, color: 2 });
  return change;
}
