import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../server/contract/message.ts';
import { change } from '../../server/db/change.ts';
import { conversationViews } from '../../server/db/conversation-view.ts';
import { execute } from '../../server/db/control.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { listMessages, listVisitorMessages } from '../../server/db/message-view.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { links } from '../support/links.ts';

let database: TestDatabase;
let process: TestProcess;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  process = await startProcess(database);
  world = await createWorld(process.db);
});
afterAll(async () => {
  await process.stop();
  await database.close();
});

const items = (id: string): Promise<Message[]> => listMessages(process.db.sql, world.workspaceId, id, { side: 'after', seq: 0, limit: 100 }, links);
const view = async (id: string) => (await conversationViews(process.db.sql, world.workspaceId, [id])).get(id)!;
const outbound = async (id: string) => (await items(id)).filter((item) => item.direction === 'outbound');
const sent = (id: string, count = 1) =>
  until(async () => {
    const messages = (await outbound(id)).filter((item) => item.delivery?.status === 'sent');
    return messages.length >= count && messages;
  }, `${count} sent`);

describe('a turn with the built-in model', () => {
  it('answers from the articles, showing the decision, the skill and what it rests on', async () => {
    const { conversationId } = await world.writes('When are you open on Saturday?');
    const [reply] = await sent(conversationId);
    expect(reply?.text).toMatch(/10:00/);
    expect(reply).toMatchObject({ aiGenerated: true, author: { kind: 'agent', name: 'Nova' }, sentBy: { kind: 'agent' } });
    expect(reply?.because?.articles.map((article) => article.title)).toContain('Opening hours');
    const all = await items(conversationId);
    expect(all.map((item) => item.seq)).toEqual(all.map((_, index) => index + 1));
    expect(all.find((item) => item.code === 'answers')?.decision).toMatchObject({ replied: true });
    expect(all.find((item) => item.kind === 'skill')).toMatchObject({ code: 'search_knowledge', data: { ok: true } });
    await until(async () => (await view(conversationId)).working === null, 'no agent at work');
    expect(await view(conversationId)).toMatchObject({ waitingSince: null, requiresAction: false });
  });

  it('stays quiet on a bare thank-you, and says why', async () => {
    const { conversationId } = await world.writes('thanks!');
    const line = await until(async () => (await items(conversationId)).find((item) => item.code === 'stayed_quiet'), 'the line');
    expect(line.decision).toMatchObject({ replied: false, by: 'classifier' });
    expect(await outbound(conversationId)).toEqual([]);
  });

  it('answers a thank-you that addresses it by name', async () => {
    const { conversationId } = await world.writes('thanks @Nova!');
    await sent(conversationId);
    expect((await items(conversationId)).find((item) => item.code === 'answers')?.decision).toMatchObject({ by: 'mention' });
  });

  it('hands off when asked for a person: marked, one message with the routes, people told, and no word after', async () => {
    const { conversationId, handle } = await world.writes('I want to talk to a human please');
    const [notice] = await sent(conversationId);
    expect(notice).toMatchObject({ author: { kind: 'system', name: 'Morrow' }, aiGenerated: false });
    expect(notice?.routes?.map((route) => route.label)).toEqual(['A call', 'The sales team']);
    const conversation = await view(conversationId);
    expect(conversation.handoff).toMatchObject({ trigger: 'asks_for_person' });
    expect(conversation).toMatchObject({ requiresAction: true, controller: { kind: 'human', id: null }, department: { name: 'Care' } });
    const told = await process.db.sql`select operator_id from notification where conversation_id = ${conversationId} and kind = 'handoff'`;
    expect(told.length).toBeGreaterThan(0);
    await world.writes('When are you open on Saturday?', { handle });
    await until(
      async () =>
        (await items(conversationId)).filter((item) => item.direction === 'inbound').every((item) => item.intent !== undefined) &&
        (await view(conversationId)).lastInboundSeq,
      'seen',
    );
    await until(
      async () => (await process.db.sql`select 1 from conversation where id = ${conversationId} and run_due_at is null and run_owner is null`).length,
      'the run to end',
    );
    expect(await outbound(conversationId)).toHaveLength(1);
  });

  it('gathers a burst into one reply', async () => {
    const slow = await createWorld(process.db, { burstWaitMs: 400 });
    const first = await slow.writes('Hi there', { handle: 'b' });
    for (const text of ['I have a question', 'about opening hours', 'on weekends', 'When are you open on Saturday?']) await slow.writes(text, { handle: 'b' });
    const list = () => listMessages(process.db.sql, slow.workspaceId, first.conversationId, { side: 'after', seq: 0, limit: 100 }, links);
    await until(async () => (await list()).some((item) => item.direction === 'outbound' && item.delivery?.status === 'sent'), 'a reply');
    await until(
      async () => (await process.db.sql`select 1 from conversation where id = ${first.conversationId} and run_due_at is null and run_owner is null`).length,
      'the run to end',
    );
    expect((await list()).filter((item) => item.direction === 'outbound')).toHaveLength(1);
    expect((await list()).filter((item) => item.code === 'answers')).toHaveLength(1);
  });

  it('stages a draft in auto_draft, which a newer message supersedes', async () => {
    const drafting = await createWorld(process.db, { replyMode: 'auto_draft' });
    const { conversationId } = await drafting.writes('When are you open on Saturday?', { handle: 'd' });
    const look = async () => (await conversationViews(process.db.sql, drafting.workspaceId, [conversationId])).get(conversationId)!;
    const first = await until(async () => (await look()).draft, 'a draft');
    expect(first).toMatchObject({ status: 'pending', agentName: 'Nova' });
    await drafting.writes('And how long does delivery take?', { handle: 'd' });
    const second = await until(async () => {
      const { draft } = await look();
      return draft && draft.id !== first.id && draft;
    }, 'the next draft');
    expect(second.text).toMatch(/working days/);
    const [old] = await process.db.sql<{ status: string }[]>`select status from draft where id = ${first.id}`;
    expect(old?.status).toBe('superseded');
  });

  it('hands off after as many fallbacks in a row as the agent may have', async () => {
    const { conversationId, handle } = await world.writes('What is the airspeed velocity of an unladen swallow?');
    await sent(conversationId);
    await world.writes('Which football club won the cup in 1974?', { handle });
    await sent(conversationId, 2);
    await world.writes('Who painted the ceiling of the chapel?', { handle });
    await until(async () => (await view(conversationId)).handoff, 'a handoff');
    expect((await view(conversationId)).handoff?.trigger).toBe('fallback_loop');
  });

  it('shows the visitor only what was said to it', async () => {
    const { conversationId, handle } = await world.writes('How long does delivery take?');
    await sent(conversationId);
    await change(process.db, world.workspaceId, async (unit) => {
      const held = (await holdConversation(unit, conversationId))!;
      await held.addNote({ author: { kind: 'operator', id: world.operators.ana, name: 'Ana' }, text: 'canary-note', mentions: [] });
      await execute(
        held,
        { type: 'assume', operatorId: world.operators.ana },
        { kind: 'operator', id: world.operators.ana, name: 'Ana' },
        { code: 'assumed', text: 'Ana assumed', reason: 'canary-reason' },
      );
      await held.save();
    });
    const [identity] = await process.db.sql<{ id: string }[]>`select id from identity where handle = ${handle}`;
    const seen = await listVisitorMessages(process.db.sql, world.workspaceId, identity!.id, { before: null, limit: 50 }, links);
    expect(seen.map((item) => item.author.kind)).toEqual(['contact', 'agent']);
    expect(JSON.stringify(seen)).not.toMatch(/canary|seq/);
  });
});
