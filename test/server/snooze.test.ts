/** Conversations that somebody puts off, through the front door, with the worker of one process beside it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
let ben: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
beforeEach(async () => {
  world = await api.world();
  [ana, ben] = await Promise.all([operatorToken(world), operatorToken(world, 'ben')]);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();
const one = async (id: string, token = ana): Promise<Conversation> => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
const patch = (id: string, body: unknown) => api.call<Conversation>('PATCH', `/v1/conversations/${id}`, { token: ana, body });
const listed = async (query = ''): Promise<string[]> =>
  (await api.call<{ items: Conversation[] }>('GET', `/v1/conversations${query}`, { token: ana })).body.items.map(({ id }) => id);
const lines = async (id: string): Promise<Message[]> =>
  (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages`, { token: ana })).body.items.filter(({ kind }) => kind === 'system');
const told = async (token: string) =>
  (await api.call<{ items: { kind: string; conversationId: string; data: unknown }[] }>('GET', '/v1/notifications', { token })).body.items;

test('a conversation that was put off leaves the open ones and their counts, and a filter shows it', async () => {
  const { conversationId } = await world.writes('I will call back on Monday.');
  const other = await world.writes('Hello');
  const until9 = soon(3_600_000);
  const snoozed = await patch(conversationId, { snoozedUntil: until9 });
  expect(snoozed.body).toMatchObject({ status: 'open', snoozedUntil: until9 });
  expect(await listed()).toEqual([other.conversationId]);
  expect(await listed('?status=open')).toEqual([other.conversationId]);
  expect(await listed('?snoozed=true')).toEqual([conversationId]);
  expect(await listed('?status=any')).toHaveLength(2);
  expect(await listed('?status=any&snoozed=false')).toEqual([other.conversationId]);
  expect((await api.call('GET', '/v1/conversations/counts', { token: ana })).body).toMatchObject({ all: { total: 1 } });
  expect((await api.call('GET', '/v1/conversations/counts?snoozed=true', { token: ana })).body).toMatchObject({ all: { total: 1 } });
  const back = await patch(conversationId, { snoozedUntil: null });
  expect(back.body.snoozedUntil).toBeNull();
  expect((await lines(conversationId)).map(({ code, author }) => [code, author.name])).toEqual([
    ['snoozed', 'Ana Duarte'],
    ['unsnoozed', 'Ana Duarte'],
  ]);
  expect(await listed()).toHaveLength(2);
});

test('only an open conversation is put off, and only until what is still to come', async () => {
  const { conversationId } = await world.writes('Hello');
  const path = `/v1/conversations/${conversationId}`;
  expect(await api.refused('PATCH', path, { token: ana, body: { snoozedUntil: soon(-1_000) } })).toMatchObject({
    code: 'invalid',
    body: { errors: [{ path: 'snoozedUntil' }] },
  });
  expect(await api.refused('PATCH', path, { token: ana, body: { snoozedUntil: 'tomorrow' } })).toMatchObject({ code: 'invalid' });
  await patch(conversationId, { status: 'closed' });
  expect(await api.refused('PATCH', path, { token: ana, body: { snoozedUntil: 'next_message' } })).toMatchObject({ code: 'invalid' });
  expect((await patch(conversationId, { status: 'open', snoozedUntil: 'next_message' })).body).toMatchObject({ status: 'open', snoozedUntil: 'next_message' });
  expect((await patch(conversationId, { status: 'closed' })).body).toMatchObject({ status: 'closed', snoozedUntil: null });
});

test('the next message of the customer brings it back at once, whatever time it had, and tells who put it off', async () => {
  for (const snoozedUntil of ['next_message', soon(3_600_000)]) {
    const { conversationId, handle } = await world.writes('Hello');
    await patch(conversationId, { snoozedUntil });
    const stream = await listenTo(`${api.url}/v1/events`, ben);
    await world.writes('I am back.', { handle });
    const event = await stream.until(
      ({ event: name, data }) => name === 'conversation' && data['id'] === conversationId && data['inboundCount'] === 2,
      'the conversation',
    );
    expect(event.data['snoozedUntil']).toBeNull();
    stream.close();
    expect(await listed()).toContain(conversationId);
    const items = (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${conversationId}/messages`, { token: ana })).body.items;
    expect(items.map(({ seq, code, text }) => [seq, code ?? text])).toEqual([
      [1, 'Hello'],
      [2, 'snoozed'],
      [3, 'woke'],
      [4, 'I am back.'],
    ]);
    expect(await told(ana)).toContainEqual(expect.objectContaining({ kind: 'snooze', conversationId, data: { cause: 'message' } }));
    expect(await told(ben)).toEqual([]);
  }
});

test('its time brings it back, also where no process was there to see it come: on top, unread and requiring action', async () => {
  const { conversationId } = await world.writes('Hello');
  await api.call('POST', `/v1/conversations/${conversationId}/read`, { token: ana, body: { seq: 99 } });
  await patch(conversationId, { snoozedUntil: soon(400) });
  const newer = await world.writes('Something newer');
  await database.sql`update conversation set requires_action = false where id = ${conversationId}`;
  await until(async () => Date.now() > Date.parse((await one(conversationId)).snoozedUntil!), 'its time');
  expect((await one(conversationId)).snoozedUntil).not.toBeNull();
  const stream = await listenTo(`${api.url}/v1/events`, ben);
  // Two at once: it comes back once.
  const processes = await Promise.all([startProcess(database), startProcess(database)]);
  await stream.until(({ event, data }) => event === 'conversation' && data['id'] === conversationId && data['snoozedUntil'] === null, 'the conversation');
  stream.close();
  expect(await one(conversationId)).toMatchObject({ snoozedUntil: null, requiresAction: true, requiresReason: 'snooze_over', unread: 1 });
  expect(await listed()).toEqual([conversationId, newer.conversationId]);
  await Promise.all(processes.map((process) => process.stop()));
  expect((await lines(conversationId)).filter(({ code }) => code === 'woke')).toHaveLength(1);
  expect((await told(ana)).filter(({ kind }) => kind === 'snooze')).toEqual([expect.objectContaining({ data: { cause: 'time' } })]);
});

test('a handoff and somebody who takes it up bring it back; a reply leaves it where it is', async () => {
  const { conversationId } = await world.writes('Hello');
  await patch(conversationId, { snoozedUntil: 'next_message' });
  await api.call('POST', `/v1/conversations/${conversationId}/handoff`, { token: ana, body: {} });
  expect((await one(conversationId)).snoozedUntil).toBeNull();
  await patch(conversationId, { snoozedUntil: 'next_message' });
  await api.call('POST', `/v1/conversations/${conversationId}/messages`, { token: ana, body: { text: 'I will look into it.' } });
  expect((await one(conversationId)).snoozedUntil).toBe('next_message');
  await api.call('POST', `/v1/conversations/${conversationId}/assume`, { token: ben, body: {} });
  expect((await one(conversationId)).snoozedUntil).toBeNull();
});

test('many are put off at once, and taken back by one undo', async () => {
  const [first, second] = [await world.writes('One'), await world.writes('Two')];
  await patch(first.conversationId, { snoozedUntil: 'next_message' });
  const ids = [first.conversationId, second.conversationId];
  const { body } = await api.call<{ operationId: string; results: { ok: boolean }[] }>('POST', '/v1/conversations/bulk', {
    token: ana,
    body: { ids, set: { snoozedUntil: soon(3_600_000) } },
  });
  expect(body.results.every(({ ok }) => ok)).toBe(true);
  expect(await listed()).toEqual([]);
  await api.call('POST', `/v1/operations/${body.operationId}/undo`, { token: ana });
  expect((await one(first.conversationId)).snoozedUntil).toBe('next_message');
  expect(await listed()).toEqual([second.conversationId]);
});

test('the list of those that were put off is read by an index of its own', async () => {
  const plan = await database.sql.begin(async (sql) => {
    await sql`set local enable_seqscan = off`;
    return sql`explain select id from conversation c where c.workspace_id = ${world.workspaceId} and c.merged_into is null and c.status = 'open' and c.snoozed_by is not null
      order by c.last_activity_at desc, c.id desc limit 50`;
  });
  expect(JSON.stringify(plan)).toContain('conversation_snoozed');
});
