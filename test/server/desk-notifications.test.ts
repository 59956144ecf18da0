/** Who is told of what, made in the transaction of the change, and settled when nobody has to do anything any more. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Notification } from '../../server/contract/events.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';
import type { Listening } from '../support/stream.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: TestProcess;
let world: World;
let ana: string;
let ben: string;
const streams: Listening[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startProcess(database);
});
beforeEach(async () => {
  world = await api.world({ replyMode: 'auto_draft' });
  [ana, ben] = [await operatorToken(world), await operatorToken(world, 'ben')];
});
afterAll(async () => {
  for (const stream of streams) stream.close();
  await worker.stop();
  await api.stop();
  await database.close();
});

const news = async (token: string): Promise<{ items: Notification[]; unread: number }> =>
  (await api.call<{ items: Notification[]; unread: number }>('GET', '/v1/notifications', { token })).body;
const kinds = async (token: string): Promise<string[]> => (await news(token)).items.map(({ kind, readAt }) => (readAt ? `(${kind})` : kind));
const act = (token: string, id: string, what: string, body: object = {}) =>
  api.call<{ code?: string }>('POST', `/v1/conversations/${id}/${what}`, { token, body });
const patch = (token: string, id: string, body: object) => api.call('PATCH', `/v1/conversations/${id}`, { token, body });
const drafted = async (): Promise<{ id: string; draftId: string; version: number }> => {
  const { conversationId } = await world.writes('When are you open on Saturday?');
  const draft = await until(
    async () =>
      (
        await database.sql<{ id: string; version: number }[]>`select id, version from draft where conversation_id = ${conversationId} and status = 'pending'`
      )[0],
    'the draft',
  );
  return { id: conversationId, draftId: draft.id, version: draft.version };
};

test('a draft that waits is told to the department, else the team, and settled for all by whoever deals with it', async () => {
  const { id, draftId, version } = await drafted();
  expect(await kinds(ana)).toEqual(['draft']);
  expect((await news(ben)).items).toMatchObject([{ kind: 'draft', conversationId: id, text: 'Marta Oliveira', data: { draftId } }]);
  expect((await news(ben)).unread).toBe(1);
  await api.call('POST', `/v1/drafts/${draftId}/approve`, { token: ana, headers: { 'if-match': `"${version}"` }, body: {} });
  expect([await kinds(ana), await kinds(ben), (await news(ben)).unread]).toEqual([['(draft)'], ['(draft)'], 0]);

  await database.sql`insert into department_member ${database.sql({ workspaceId: world.workspaceId, departmentId: world.departments.care, operatorId: world.operators.ben })}`;
  await drafted();
  expect([(await news(ana)).unread, (await news(ben)).unread]).toEqual([0, 1]);
});

test('a draft that the customer’s next message overtakes waits for nobody any more', async () => {
  const { id } = await drafted();
  const [first] = await database.sql<{ handle: string }[]>`select handle from identity i join conversation c on c.identity_id = i.id where c.id = ${id}`;
  const stream = await listenTo(`${api.url}/v1/events`, ben);
  streams.push(stream);
  await world.writes('And on Sunday?', first!);
  expect((await kinds(ben)).filter((kind) => kind === '(draft)')).toHaveLength(1);
  await stream.until(({ event, data }) => event === 'notification' && data['readAt'] !== null, 'the word of it');
  await until(async () => (await kinds(ben)).length === 2, 'the next draft');
  expect(await kinds(ben)).toEqual(['draft', '(draft)']);
});

test('however many somebody has, all are read at once, in steps that hold up no reader of events', async () => {
  await database.sql`insert into notification (workspace_id, id, operator_id, kind, text, data) select ${world.workspaceId}, gen_random_uuid(), ${world.operators.ben}, 'mention', 'Ana', '{}' from generate_series(1, 450)`;
  const [before] = await database.sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
  expect((await api.call('POST', '/v1/notifications/read', { token: ben })).status).toBe(204);
  expect((await news(ben)).unread).toBe(0);
  const steps = await database.sql<{ events: number }[]>`
    select count(*)::int as events from event where workspace_id = ${world.workspaceId} and kind = 'notification' and addressee_id = ${world.operators.ben} and xid > ${before!.xid}::text::xid8 group by xid order by 1`;
  expect(steps.map(({ events }) => events)).toEqual([50, 200, 200]);
});

test('a handoff is told to whoever can take it, never to who made it, and settled when somebody has', async () => {
  const { id } = await drafted();
  await act(ana, id, 'handoff', { reason: 'Needs a person' });
  expect(await kinds(ana)).not.toContain('handoff');
  expect(await kinds(ben)).toContain('handoff');
  await act(ana, id, 'assume');
  expect(await kinds(ben)).toContain('(handoff)');
});

test('an assignment, a mention and a transfer are told to those that they name, and to nobody for their own act', async () => {
  const { id } = await drafted();
  await patch(ana, id, { assigneeId: world.operators.ana });
  expect(await kinds(ana)).not.toContain('assignment');
  await patch(ana, id, { assigneeId: world.operators.ben });
  await act(ana, id, 'notes', { text: '@Ben @Ana look', mentions: [world.operators.ben, world.operators.ana] });
  await patch(ben, id, { assigneeId: world.operators.ana });
  await act(ana, id, 'transfer', { operatorId: world.operators.ben, note: 'You know them' });
  expect((await kinds(ben)).filter((kind) => !kind.includes('draft')).toSorted()).toEqual(['assignment', 'mention', 'transfer']);
  expect((await kinds(ana)).filter((kind) => !kind.includes('draft'))).toEqual(['assignment']);
});

test('whom somebody asked to take a conversation has nothing more to do once it answered, or was not asked any more', async () => {
  for (const how of ['accept', 'decline', 'cancel'] as const) {
    const { conversationId } = await world.writes('Hello');
    const asked = await api.call<{ transfer: { id: string } }>('POST', `/v1/conversations/${conversationId}/transfer`, {
      token: ana,
      body: { operatorId: world.operators.ben },
    });
    const asks = async () =>
      (await news(ben)).items.find(({ kind, conversationId: of, data }) => kind === 'transfer' && of === conversationId && data['status'] === undefined);
    expect(await asks()).toMatchObject({ readAt: null });
    await api.call('POST', `/v1/transfers/${asked.body.transfer.id}/${how}`, { token: how === 'cancel' ? ana : ben, body: {} });
    expect((await asks())!.readAt).not.toBeNull();
  }
});

test('a message that does not arrive is told to whoever sent it, else to whoever holds the conversation', async () => {
  const account = await database.sql<
    { id: string }[]
  >`insert into channel_account ${database.sql({ workspaceId: world.workspaceId, id: crypto.randomUUID(), channel: 'sms', name: 'Texts', address: '+15550001' })} returning id`;
  const { conversationId } = await world.writes('Hello', { accountId: account[0]!.id, channel: 'sms', handle: '+15551234' });
  await act(ben, conversationId, 'messages', { text: 'Hello Marta', assume: true });
  const told = await until(async () => (await news(ben)).items.find(({ kind }) => kind === 'delivery'), 'the word of it');
  expect(told).toMatchObject({ conversationId, text: 'Marta Oliveira', data: { reason: 'no provider in this test' } });
  expect(await kinds(ana)).not.toContain('delivery');
});

test('whoever does not want to be told of a kind is not', async () => {
  await api.call('PATCH', '/v1/me', { token: ben, body: { notifications: { draft: false, 'mention.element': false } } });
  const { id } = await drafted();
  expect(await kinds(ben)).toEqual([]);
  await act(ana, id, 'notes', { text: '@Ben', mentions: [world.operators.ben] });
  expect(await kinds(ben)).toEqual(['mention']);
  await api.call('PATCH', '/v1/me', { token: ben, body: { notifications: { 'mention.element': false, 'mention.browser': false } } });
  await act(ana, id, 'notes', { text: '@Ben again', mentions: [world.operators.ben] });
  expect(await kinds(ben)).toEqual(['mention']);
});
