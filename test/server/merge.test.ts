import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Merged, MergePreview, Parted } from '../../server/contract/merge.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
let ben: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world({ replyMode: 'auto_draft' });
  ana = await operatorToken(world);
  ben = await operatorToken(world, 'ben');
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const get = async <T>(path: string, token = ana): Promise<T> => (await api.call<T>('GET', path, { token })).body;
const post = <T>(path: string, body: unknown = {}, token = ana) => api.call<T>('POST', path, { token, body });
const view = (id: string, token = ana) => get<Conversation>(`/v1/conversations/${id}`, token);
const thread = async (id: string) => (await get<MessagePage>(`/v1/conversations/${id}/messages?limit=100`)).items;
const merge = (fromId: string, intoId: string, more: object = { mergeContacts: true }, headers = {}) =>
  api.call<Merged>('POST', `/v1/conversations/${fromId}/merge`, { token: ana, body: { intoId, ...more }, headers });
const texts = (items: Message[]) => items.filter(({ kind }) => kind === 'message' || kind === 'note').map(({ text }) => text);

/** Two conversations of two contacts, whose messages alternate in time. */
async function two() {
  const from = await world.writes('a1');
  const into = await world.writes('b1');
  await world.writes('a2', { handle: from.handle });
  await world.writes('b2', { handle: into.handle });
  return { from, into };
}

const KNOWN_TABLES = [
  'activity',
  'composing',
  'conversation_tag',
  'draft',
  'event',
  'line',
  'message',
  'note',
  'notification',
  'operation_row',
  'participant',
  'playbook_stand',
  'read_mark',
  'removed_tag_on',
  'report_handoff',
  'report_opening',
  'routing_decision',
  'ticket',
  'transfer',
  'translation',
  'viewing',
];

describe('a merge', () => {
  it('puts the items of both in order of time, without holes, and the old link leads to the target', async () => {
    const { from, into } = await two();
    await post(`/v1/conversations/${from.conversationId}/notes`, { text: 'a note' });
    const { status, body } = await merge(from.conversationId, into.conversationId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: into.conversationId, inboundCount: 4, unread: 4 });
    const items = await thread(into.conversationId);
    expect(texts(items)).toEqual(['a1', 'b1', 'a2', 'b2', 'a note']);
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, at) => at + 1));
    expect(items.at(-1)).toMatchObject({ code: 'merged', data: { mergeId: body.mergeId, fromId: from.conversationId } });
    expect(await view(from.conversationId)).toMatchObject({ id: into.conversationId, mergedFrom: from.conversationId, mergeId: body.mergeId });
    expect(texts(await thread(from.conversationId))).toEqual(['a1', 'b1', 'a2', 'b2', 'a note']);
  });

  it('is refused into itself, into nothing, of another workspace, of two contacts without a word, and twice', async () => {
    const { from, into } = await two();
    const elsewhere = await (await api.world()).writes('there');
    expect(await merge(from.conversationId, from.conversationId)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ path: 'intoId' }] } });
    expect(await merge(from.conversationId, newId())).toMatchObject({ status: 404 });
    expect(await merge(from.conversationId, elsewhere.conversationId)).toMatchObject({ status: 404 });
    expect(await merge(elsewhere.conversationId, into.conversationId)).toMatchObject({ status: 404 });
    expect(await merge(from.conversationId, into.conversationId, {})).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ path: 'mergeContacts' }] },
    });
    const headers = { 'idempotency-key': idempotencyKey() };
    const once = await merge(from.conversationId, into.conversationId, undefined, headers);
    const again = await merge(from.conversationId, into.conversationId, undefined, headers);
    expect(again.body.mergeId).toBe(once.body.mergeId);
    expect(await merge(from.conversationId, into.conversationId)).toMatchObject({
      status: 409,
      body: { code: 'already_merged', current: { id: into.conversationId } },
    });
    expect(await merge(into.conversationId, from.conversationId)).toMatchObject({ status: 409, body: { code: 'already_merged' } });
  });

  it('is taken back with everything as it was, and each new message in the conversation of its handle', async () => {
    const { from, into } = await two();
    await post(`/v1/conversations/${from.conversationId}/read`, { seq: 1 }, ben);
    await post(`/v1/conversations/${into.conversationId}/assume`, {}, ben);
    const before = {
      from: await view(from.conversationId, ben),
      into: await view(into.conversationId, ben),
      fromItems: await thread(from.conversationId),
      intoItems: await thread(into.conversationId),
    };
    const { body } = await merge(from.conversationId, into.conversationId);
    expect(body).toMatchObject({ controller: { kind: 'human', id: world.operators.ben } });
    expect(await view(into.conversationId, ben)).toMatchObject({ unread: 3 });
    await world.writes('a3', { handle: from.handle });
    await world.writes('b3', { handle: into.handle });
    expect(texts(await thread(into.conversationId))).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    const undone = await post<Parted>(`/v1/merges/${body.mergeId}/undo`);
    expect(undone).toMatchObject({ status: 200, body: { conversation: { id: from.conversationId }, into: { id: into.conversationId } } });
    expect(texts(await thread(from.conversationId))).toEqual(['a1', 'a2', 'a3']);
    expect(texts(await thread(into.conversationId))).toEqual(['b1', 'b2', 'b3']);
    const seqs = (items: Message[]) => items.map(({ id, seq }) => [id, seq]);
    expect(seqs(await thread(from.conversationId)).slice(0, before.fromItems.length)).toEqual(seqs(before.fromItems));
    expect(seqs(await thread(into.conversationId)).slice(0, before.intoItems.length)).toEqual(seqs(before.intoItems));
    const after = { from: await view(from.conversationId, ben), into: await view(into.conversationId, ben) };
    for (const side of ['from', 'into'] as const) {
      expect(after[side]).toMatchObject({
        unread: before[side].unread + 1,
        inboundCount: 3,
        waitingSince: before[side].waitingSince,
        controller: before[side].controller,
        contact: before[side].contact,
        tags: before[side].tags,
        mergedInto: null,
        mergeId: null,
      });
    }
    expect(await post(`/v1/merges/${body.mergeId}/undo`)).toMatchObject({ status: 409, body: { code: 'already_undone' } });
  });

  it('refuses what is done to the one that went into the other, with the one that stands in its place', async () => {
    const { from, into } = await two();
    const { conversationId: fromId } = from;
    await merge(fromId, into.conversationId);
    const { paths } = await get<{ paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>> }>('/v1/openapi.json');
    for (const [method, what, body] of [
      ['POST', '/assume', {}],
      ['POST', '/notes', { text: 'late' }],
      ['POST', '/read', { seq: 1 }],
      ['PATCH', '', { priority: 'high' }],
    ] as const) {
      expect(await api.call(method, `/v1/conversations/${fromId}${what}`, { token: ana, body })).toMatchObject({
        status: 409,
        body: { code: 'already_merged', current: { id: into.conversationId } },
      });
      expect(paths[`/v1/conversations/{id}${what}`]?.[method.toLowerCase()]?.responses['409']?.description).toContain('already_merged');
    }
  });

  it('keeps a pause for both, and leads the old contact to the new one', async () => {
    const { from, into } = await two();
    const contacts = [(await view(from.conversationId)).contact.id, (await view(into.conversationId)).contact.id];
    await post(`/v1/contacts/${contacts[0]}/pause-ai`, { reason: 'asked so' });
    const { body } = await merge(from.conversationId, into.conversationId);
    expect(body.contact).toMatchObject({ id: contacts[1], aiPaused: { reason: 'asked so' } });
    expect(await get<{ id: string; identities: unknown[] }>(`/v1/contacts/${contacts[0]}`)).toMatchObject({ id: contacts[1], identities: [{}, {}] });
    await post(`/v1/merges/${body.mergeId}/undo`);
    expect((await view(into.conversationId)).contact).toMatchObject({ id: contacts[1], aiPaused: null });
    expect((await view(from.conversationId)).contact).toMatchObject({ id: contacts[0], aiPaused: { reason: 'asked so' } });
  });

  it('is undone last in, first out, also where a conversation went on twice', async () => {
    const { from, into } = await two();
    const third = await world.writes('c1');
    const first = (await merge(from.conversationId, into.conversationId)).body.mergeId;
    const second = (await merge(into.conversationId, third.conversationId)).body.mergeId;
    expect(await view(from.conversationId)).toMatchObject({ id: third.conversationId });
    expect(await post(`/v1/merges/${first}/undo`)).toMatchObject({ status: 409, body: { code: 'already_merged' } });
    expect(await post(`/v1/merges/${second}/undo`)).toMatchObject({ status: 200 });
    expect(await post(`/v1/merges/${first}/undo`)).toMatchObject({ status: 200 });
    expect([texts(await thread(from.conversationId)), texts(await thread(into.conversationId)), texts(await thread(third.conversationId))]).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
      ['c1'],
    ]);
  });

  it('takes in late answers to the old thread, and lets visitors see only their own', async () => {
    const [one, other] = await Promise.all(
      [0, 1].map(async () => (await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token),
    );
    const says = async (token: string | undefined, text: string) =>
      (await api.call<{ conversationId: string }>('POST', '/v1/chat/messages', { token, body: { text } })).body.conversationId;
    const [fromId, intoId] = [await says(one, 'from one'), await says(other, 'from the other')];
    const {
      body: { mergeId },
    } = await merge(fromId, intoId);
    expect(await says(one, 'late')).toBe(intoId);
    const late = await world.writes('by its signed address', {
      thread: { conversationId: fromId },
      handle: (await database.sql`select handle from identity i join message m on m.identity_id = i.id where m.text = 'from one'`)[0]!.handle as string,
    });
    expect(late.conversationId).toBe(intoId);
    await post(`/v1/conversations/${intoId}/messages`, { text: 'to the last who wrote', assume: true });
    const sees = async (token: string | undefined) =>
      (await api.call<{ items: { text: string }[] }>('GET', '/v1/chat/messages', { token })).body.items.map(({ text }) => text);
    expect([await sees(one), await sees(other)]).toEqual([['from one', 'late', 'by its signed address'], ['from the other']]);
    await post(`/v1/merges/${mergeId}/undo`);
    expect([await sees(one), await sees(other)]).toEqual([['from one', 'late', 'by its signed address'], ['from the other']]);
    expect(texts(await thread(fromId))).toEqual(['from one', 'late', 'by its signed address', 'to the last who wrote']);
    expect(await says(one, 'after')).toBe(fromId);
  });

  it('knows every table and column that belongs to a conversation', async () => {
    // Whoever adds one says here what a merge does with it: it is moved, settled, or stays with its own.
    const tables = await database.sql<
      { name: string }[]
    >`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'conversation_id' order by 1`;
    expect(tables.map(({ name }) => name)).toEqual(KNOWN_TABLES);
  });

  it('says before what it will come to', async () => {
    const { from, into } = await two();
    const preview = await get<MergePreview>(`/v1/conversations/${from.conversationId}/merge?intoId=${into.conversationId}`);
    expect(preview).toMatchObject({
      messages: 2,
      notes: 0,
      draft: false,
      controller: { kind: 'agent', name: 'Nova' },
      contacts: { handles: [{ channel: 'chat' }], paused: false },
    });
  });
});
