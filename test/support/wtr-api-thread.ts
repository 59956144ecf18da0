/** What an open conversation asks of the tests' API: drafts, and the changes of control that the pool does not know. */
import { Hono } from 'hono';
import type { Draft } from '../../server/contract/draft.ts';
import { Refusal, type World } from './wtr-api-world.ts';

type Env = { Variables: { world: World } };

const kept = new WeakMap<World, Map<string, Draft>>();

/** The drafts of a world: the pending ones stand in its conversations. */
function draftsOf(world: World): Map<string, Draft> {
  const drafts = kept.get(world) ?? new Map<string, Draft>();
  kept.set(world, drafts);
  for (const { draft } of world.conversations.values()) if (draft && !drafts.has(draft.id)) drafts.set(draft.id, draft);
  return drafts;
}

/** Changes a draft and tells everybody. */
export function changeDraft(world: World, id: string, change: Partial<Draft>): Draft {
  const before = draftsOf(world).get(id);
  if (!before) throw new Refusal(404, 'not_found');
  const after = { ...before, ...change, version: before.version + 1 };
  draftsOf(world).set(id, after);
  world.emit('draft', after);
  world.change(after.conversationId, { draft: after.status === 'pending' ? after : null });
  return after;
}

function pending(world: World, id: string, ifMatch: string | undefined): Draft {
  const draft = draftsOf(world).get(id);
  if (!draft) throw new Refusal(404, 'not_found');
  if (!ifMatch) throw new Refusal(428, 'version_required');
  if (draft.status === 'superseded') throw new Refusal(409, 'draft_superseded', draft);
  if (draft.status !== 'pending') throw new Refusal(409, 'draft_settled', draft);
  if (ifMatch !== `"${draft.version}"`) throw new Refusal(409, 'stale_version', draft);
  return draft;
}

export function threadRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const one = '/v1/conversations/:id';
  const settledBy = ({ me }: World): NonNullable<Draft['settledBy']> => ({ kind: 'operator', id: me.id, name: me.name });

  app.get('/v1/drafts', (c) => {
    const { conversationId, status = 'pending' } = c.req.query();
    const { limit = '50', cursor = '0' } = c.req.query();
    const { conversations } = c.get('world');
    const all = [...draftsOf(c.get('world')).values()]
      .filter((draft) => draft.status === status && (!conversationId || draft.conversationId === conversationId))
      .toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    const to = Number(cursor) + Number(limit);
    const items = all.slice(Number(cursor), to).map((draft) => ({ ...draft, conversation: conversations.get(draft.conversationId) }));
    return c.json({ items, nextCursor: to < all.length ? String(to) : null });
  });
  app.get('/v1/drafts/:id', (c) => {
    const draft = draftsOf(c.get('world')).get(c.req.param('id'));
    if (!draft) throw new Refusal(404, 'not_found');
    return c.json(draft);
  });
  app.post('/v1/drafts/:id/approve', async (c) => {
    const world = c.get('world');
    const before = pending(world, c.req.param('id'), c.req.header('if-match'));
    const { text, skip = [], together = false } = (await c.req.json()) as { text?: string; skip?: string[]; together?: boolean };
    if (together && before.actions?.length) throw new Refusal(409, 'draft_has_actions', before);
    if (before.actions?.some(({ key, state }) => state === 'failed' && !skip.includes(key))) throw new Refusal(409, 'skill_failed', before);
    const message = world.add(before.conversationId, {
      text: text ?? before.text,
      author: { kind: 'agent', id: before.agentId, name: before.agentName },
      aiGenerated: true,
      approvedBy: world.me.id,
      draftId: before.id,
      delivery: { status: 'queued', at: new Date().toISOString() },
      ...(text === undefined ? {} : { editedBy: world.me.id }),
    });
    const change: Partial<Draft> = {
      status: text === undefined ? 'approved' : 'edited',
      finalText: text ?? null,
      settledBy: settledBy(world),
      settledAt: message.createdAt,
    };
    return c.json({ message, draft: changeDraft(world, before.id, change) });
  });
  app.post('/v1/drafts/:id/reject', async (c) => {
    const world = c.get('world');
    const { reason } = (await c.req.json()) as { reason?: string };
    const before = pending(world, c.req.param('id'), c.req.header('if-match'));
    return c.json(
      changeDraft(world, before.id, { status: 'rejected', reason: reason ?? null, settledBy: settledBy(world), settledAt: new Date().toISOString() }),
    );
  });
  app.post('/v1/drafts/:id/restore', (c) =>
    c.json(changeDraft(c.get('world'), c.req.param('id'), { status: 'pending', reason: null, settledBy: null, settledAt: null })),
  );

  app.post(`${one}/handoff`, async (c) => {
    const { reason } = (await c.req.json()) as { reason?: string };
    const by = { kind: 'operator', id: c.get('world').me.id, name: c.get('world').me.name } as const;
    return c.json(
      c.get('world').change(c.req.param('id'), {
        handoff: { route: null, trigger: 'manual', reason: reason ?? null, by, at: new Date().toISOString() },
        controller: { kind: 'human', id: null },
        may: { agentReply: { allowed: false, reason: 'handed_off' }, operatorSend: { allowed: true, reason: '' } },
      }),
    );
  });
  app.post(`${one}/transfer-to-ai`, async (c) => {
    const world = c.get('world');
    const { agentId } = (await c.req.json()) as { agentId: string };
    const agent = world.lists['agents']?.find(({ id }) => id === agentId) as { id: string; name: string } | undefined;
    if (!agent) throw new Refusal(422, 'agent_inactive');
    return c.json(
      world.change(c.req.param('id'), {
        agent: { id: agent.id, name: agent.name, avatarUrl: null },
        handoff: null,
        controller: { kind: 'agent', id: agent.id },
        may: { agentReply: { allowed: true, reason: 'sends_by_itself' }, operatorSend: { allowed: false, reason: 'agent_in_control' } },
      }),
    );
  });
  app.post(`${one}/join`, (c) => c.json(c.get('world').change(c.req.param('id'), { participants: [c.get('world').me] })));
  app.post(`${one}/leave`, (c) => c.json(c.get('world').change(c.req.param('id'), { participants: [] })));
  app.post('/v1/messages/:id/retry', (c) => {
    const world = c.get('world');
    for (const items of world.messages.values()) {
      const at = items.findIndex(({ id }) => id === c.req.param('id'));
      const before = items[at];
      if (!before) continue;
      const after = { ...before, delivery: { status: 'queued' as const, at: new Date().toISOString() } };
      items[at] = after;
      world.emit('message', after);
      return c.json(after);
    }
    throw new Refusal(404, 'not_found');
  });
  return app;
}
