import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSignals } from '../../server/db/signals.ts';
import type { Db } from '../../server/db/change.ts';
import { conversationViews } from '../../server/db/conversation-view.ts';
import { listMessages } from '../../server/db/message-view.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { links } from '../support/links.ts';

let database: TestDatabase;
let db: Db;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  db = { sql: database.sql, signals: await openSignals(database.sql) };
  world = await createWorld(db);
});
afterAll(async () => {
  await db.signals.close();
  await database.close();
});

const view = async (id: string) => (await conversationViews(db.sql, world.workspaceId, [id])).get(id)!;

describe('an inbound message', () => {
  it('makes an unknown sender a contact with a conversation under the intake agent', async () => {
    const { conversationId } = await world.writes('When do you open on Saturday?');
    const conversation = await view(conversationId);
    expect(conversation.agent?.name).toBe('Nova');
    expect(conversation.controller).toEqual({ kind: 'agent', id: world.agents.nova });
    expect(conversation.contact.name).toBe('Marta Oliveira');
    expect(conversation).toMatchObject({ inboundCount: 1, lastInboundSeq: 1, status: 'open', requiresAction: false });
    expect(conversation.may.operatorSend).toEqual({ allowed: false, reason: 'agent_in_control' });
  });

  it('commits with its events, parts before the whole, and its wake-up', async () => {
    const { conversationId, messageId } = await world.writes('Hello');
    const events = await db.sql<{ kind: string; audience: string; subjectId: string }[]>`
      select kind, audience, subject_id from event where conversation_id = ${conversationId} order by xid, id`;
    expect(events.map((event) => `${event.kind} ${event.audience}`)).toEqual(['message team', 'message visitor', 'conversation team']);
    expect(events[0]?.subjectId).toBe(messageId);
    const [job] = await db.sql<{ count: number }[]>`select count(*)::int as count from graphile_worker.jobs where key = ${`run:${conversationId}`}`;
    expect(job?.count).toBe(1);
  });

  it('comes once however often and however parallel a provider repeats it', async () => {
    const inbound = {
      workspaceId: world.workspaceId,
      accountId: world.chatAccount,
      channel: 'chat' as const,
      from: { handle: 'repeater' },
      text: 'Once',
      externalId: 'SM-1',
    };
    const received = await Promise.all(Array.from({ length: 20 }, () => receiveInbound(db, inbound)));
    expect(new Set(received.map((one) => one?.messageId)).size).toBe(1);
    expect(received.filter((one) => one?.duplicate === false)).toHaveLength(1);
    expect((await view(received[0]!.conversationId)).inboundCount).toBe(1);
  });

  it('leaves no hole in seq when many come at once into one conversation', async () => {
    const first = await world.writes('0', { handle: 'burst' });
    await Promise.all(Array.from({ length: 20 }, (_, index) => world.writes(String(index + 1), { handle: 'burst' })));
    const items = await listMessages(db.sql, world.workspaceId, first.conversationId, { side: 'after', seq: 0, limit: 100 }, links);
    expect(items.map((item) => item.seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect((await view(first.conversationId)).inboundCount).toBe(21);
  });

  it('makes one conversation of the first messages that a new sender sends at once', async () => {
    const received = await Promise.all(Array.from({ length: 10 }, (_, index) => world.writes(`photo ${index}`, { handle: 'album' })));
    expect(new Set(received.map((one) => one.conversationId)).size).toBe(1);
  });

  it('reopens a closed conversation and begins a new one after an archived one', async () => {
    const first = await world.writes('First', { handle: 'again' });
    await db.sql`update conversation set status = 'closed' where id = ${first.conversationId}`;
    const second = await world.writes('Second', { handle: 'again' });
    expect(second.conversationId).toBe(first.conversationId);
    expect((await view(first.conversationId)).status).toBe('open');
    await db.sql`update conversation set status = 'archived' where id = ${first.conversationId}`;
    const third = await world.writes('Third', { handle: 'again' });
    expect(third.conversationId).not.toBe(first.conversationId);
  });

  it('requires action where no agent may answer', async () => {
    const first = await world.writes('First', { handle: 'paused' });
    await db.sql`update contact set ai_paused_at = now() where id = (select contact_id from conversation where id = ${first.conversationId})`;
    await world.writes('Second', { handle: 'paused' });
    expect(await view(first.conversationId)).toMatchObject({ requiresAction: true, requiresReason: 'unanswered' });
  });
});
