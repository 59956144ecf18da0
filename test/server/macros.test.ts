/** Several things done to a conversation at once, quick replies filled in, and keys of one's own. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { FilledReply, MacroActions, MacroRun } from '../../server/contract/macro.ts';
import type { Message } from '../../server/contract/message.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let token: string;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
beforeEach(async () => {
  world = await api.world({ replyMode: 'auto_draft' });
  token = await operatorToken(world);
  ({ conversationId: id } = await world.writes('Where is my parcel?'));
  for (const name of ['VIP', 'Parcel']) await api.call('POST', '/v1/tags', { token, body: { name } });
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const create = async (actions: MacroActions): Promise<string> =>
  (await api.call<{ id: string }>('POST', '/v1/macros', { token, body: { name: 'Parcel', actions } })).body.id;
const path = (macro: string): string => `/v1/conversations/${id}/macros/${macro}/run`;
const run = (macro: string, body: object = {}, headers: Record<string, string> = {}) => api.call<MacroRun>('POST', path(macro), { token, body, headers });
const conversation = async () => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
const messages = async () => (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages`, { token })).body.items;
const eventCount = async () => (await database.sql`select from event where workspace_id = ${world.workspaceId}`).length;

test('a macro sends, notes, tags, assigns, sets the priority and puts off in one change, and its settings can be put back', async () => {
  const macro = await create({
    text: 'Hello {{contact.firstName}}, this is {{ operator.name }}.',
    note: 'Told {{contact.name}}.',
    addTags: ['parcel'],
    priority: 'high',
    departmentId: world.departments.care,
    assigneeId: 'me',
    snooze: 60,
  });
  const before = await conversation();
  const ran = await run(macro, { expectedLastInboundSeq: before.lastInboundSeq });
  expect(ran.status).toBe(200);
  expect(ran.body.conversation).toMatchObject({
    tags: [{ name: 'Parcel' }],
    priority: 'high',
    department: { id: world.departments.care },
    assignee: { id: world.operators.ana },
  });
  expect(ran.body.conversation.snoozedUntil).not.toBeNull();
  const items = await messages();
  expect(items.find((item) => item.id === ran.body.messageId)).toMatchObject({
    text: 'Hello Marta, this is Ana Duarte.',
    direction: 'outbound',
    author: { id: world.operators.ana },
  });
  expect(items.find((item) => item.id === ran.body.noteId)).toMatchObject({ text: 'Told Marta Oliveira.', kind: 'note' });
  const transactions =
    await database.sql`select distinct xid from event where workspace_id = ${world.workspaceId} and subject_id in (${ran.body.messageId}, ${ran.body.noteId})`;
  expect(transactions).toHaveLength(1);

  expect((await api.call('POST', `/v1/operations/${ran.body.operationId}/undo`, { token })).status).toBe(200);
  expect(await conversation()).toMatchObject({ tags: [], priority: before.priority, department: before.department, assignee: null, snoozedUntil: null });
});

test('one part that is not allowed refuses the whole, with its reason and nothing written', async () => {
  await database.sql`update agent set active = false where workspace_id = ${world.workspaceId} and id = ${world.agents.sol}`;
  const cases: [MacroActions, string, RegExp][] = [
    [{ addTags: ['VIP'], note: 'Given on', transferToAi: world.agents.sol }, 'agent_inactive', /./],
    [{ note: 'Tagged', addTags: ['No such tag'] }, 'invalid', /no tag/],
    [{ note: 'Said', text: 'About {{contact.company}} and {{order}}' }, 'invalid', /contact\.company.*order/],
  ];
  for (const [actions, code, detail] of cases) {
    const macro = await create(actions);
    const [version, written] = [(await conversation()).version, await eventCount()];
    const refused = await api.refused('POST', path(macro), { token, body: {} });
    expect(refused.code).toBe(code);
    expect(refused.body.detail).toMatch(detail);
    expect((await conversation()).version).toBe(version);
    expect(await eventCount()).toBe(written);
  }
  expect((await messages()).filter(({ kind }) => kind !== 'message')).toHaveLength(0);
});

test('a macro that sends stands behind the fence for people', async () => {
  const macro = await create({ text: 'On its way.', status: 'closed' });
  const { lastInboundSeq } = await conversation();
  await database.sql`update agent set reply_mode = 'auto_send' where workspace_id = ${world.workspaceId}`;
  expect(await api.refused('POST', path(macro), { token, body: {} })).toMatchObject({ status: 409, code: 'agent_in_control', body: { current: { id } } });
  await database.sql`update agent set reply_mode = 'auto_draft' where workspace_id = ${world.workspaceId}`;
  expect((await api.refused('POST', path(macro), { token, body: { expectedLastInboundSeq: lastInboundSeq - 1 } })).code).toBe('newer_message');
  expect((await conversation()).status).toBe('open');
  const headers = { 'idempotency-key': randomUUID() };
  const [first, again] = [await run(macro, {}, headers), await run(macro, {}, headers)];
  expect(again.body).toEqual(first.body);
  expect((await messages()).filter(({ direction }) => direction === 'outbound')).toHaveLength(1);
});

test('a macro gives the conversation to an agent, and takes a quick reply for the composer', async () => {
  const reply = await api.call<{ id: string }>('POST', '/v1/quick-replies', { token, body: { name: 'Hello', text: 'Hello {{contact.firstName}}, {{order}}' } });
  const insert = await run(await create({ quickReplyId: reply.body.id }));
  expect(insert.body).toMatchObject({ insert: 'Hello Marta, {{order}}', operationId: null, messageId: null });
  const given = await run(await create({ transferToAi: world.agents.sol, replyMode: 'auto_send', addTags: ['VIP'] }));
  expect(given.body.conversation).toMatchObject({ agent: { id: world.agents.sol }, controller: { kind: 'agent' }, tags: [{ name: 'VIP' }] });
});

test('quick replies come with what is known filled in, and name what is not', async () => {
  await api.call('PATCH', `/v1/conversations/${id}`, { token, body: { subject: 'Parcel 12' } });
  await api.call('POST', '/v1/quick-replies', { token, body: { name: 'b', text: '{{contact.company}} {{order.number}} {{order.number}}' } });
  await api.call('POST', '/v1/quick-replies', {
    token,
    body: { name: 'A', text: '{{conversation.subject}}, {{workspace.name}}, {{operator.firstName}}, {{agent.name}}' },
  });
  const { body } = await api.call<{ items: FilledReply[] }>('GET', `/v1/conversations/${id}/quick-replies`, { token });
  expect(body.items).toMatchObject([
    { name: 'A', text: 'Parcel 12, Morrow, Ana, Nova', unknown: [] },
    { name: 'b', text: '{{contact.company}} {{order.number}} {{order.number}}', unknown: ['contact.company', 'order.number'] },
  ]);
  const rival = await api.world();
  const rita = await operatorToken(rival);
  expect((await api.refused('GET', `/v1/conversations/${id}/quick-replies`, { token: rita })).code).toBe('not_found');
  expect((await api.refused('POST', path(await create({ note: 'x' })), { token: rita, body: {} })).code).toBe('not_found');
});

test('a macro names quick replies that are there, and says so where one was deleted since', async () => {
  const reply = (await api.call<{ id: string }>('POST', '/v1/quick-replies', { token, body: { name: 'Soon', text: 'It comes soon.' } })).body.id;
  const macro = await create({ quickReplyId: reply });
  expect((await run(macro)).body.insert).toBe('It comes soon.');
  await api.call('DELETE', `/v1/quick-replies/${reply}`, { token });
  expect((await api.refused('POST', path(macro), { token, body: {} })).body.detail).toMatch(/^quickReplyId: /);
  const body = { name: 'Soon', actions: { quickReplyId: reply } };
  for (const [method, where] of [
    ['POST', '/v1/macros'],
    ['PATCH', `/v1/macros/${macro}`],
  ] as const) {
    expect(await api.refused(method, where, { token, body })).toMatchObject({ status: 422, body: { errors: [{ path: 'actions.quickReplyId' }] } });
  }
});

test('a saved view narrows by what the pool knows, and by nothing else', async () => {
  const filter = { view: 'mine', sort: 'priority', tag: 'VIP', unread: true, channel: 'chat', q: 'parcel' };
  expect((await api.call<{ filter: object }>('POST', '/v1/views', { token, body: { name: 'Mine', filter } })).body.filter).toEqual(filter);
  for (const [wrong, where] of [
    [{ assignee: 'me' }, 'filter.assignee'],
    [{ status: 'gone' }, 'filter.status'],
    [{ q: 'x'.repeat(501) }, 'filter.q'],
    [{ agentId: 5 }, 'filter.agentId'],
  ] as const) {
    const { status, body } = await api.refused('POST', '/v1/views', { token, body: { name: 'Wrong', filter: wrong } });
    expect([status, body.errors?.[0]?.path]).toEqual([422, where]);
  }
});

test('a renamed tag is renamed in macros too', async () => {
  const macro = await create({ addTags: ['Parcel'], removeTags: ['VIP'] });
  const tags = (await api.call<{ items: { id: string; name: string }[] }>('GET', '/v1/tags', { token })).body.items;
  await api.call('PATCH', `/v1/tags/${tags.find(({ name }) => name === 'Parcel')?.id}`, { token, body: { name: 'Shipment' } });
  expect((await api.call<{ actions: MacroActions }>('GET', `/v1/macros/${macro}`, { token })).body.actions).toEqual({
    addTags: ['Shipment'],
    removeTags: ['VIP'],
  });
});

test('keys of one’s own, and the order of saved views, are kept with the profile', async () => {
  const viewOrder = [randomUUID(), randomUUID()];
  expect((await api.call<{ viewOrder: string[] }>('PATCH', '/v1/me', { token, body: { viewOrder } })).body.viewOrder).toEqual(viewOrder);
  const shortcuts = { close: 'mod+shift+x', search: '' };
  expect((await api.call<{ shortcuts: object }>('PATCH', '/v1/me', { token, body: { shortcuts } })).body.shortcuts).toEqual(shortcuts);
  expect((await api.call<{ shortcuts: object }>('GET', '/v1/me', { token: await operatorToken(world, 'ben') })).body.shortcuts).toEqual({});
  for (const wrong of [{ close: 'ctrl alt del' }, { 'no such thing': 'e' }, { close: 5 }])
    expect((await api.refused('PATCH', '/v1/me', { token, body: { shortcuts: wrong } })).status).toBe(422);
  expect((await api.call<{ shortcuts: object }>('PATCH', '/v1/me', { token, body: { shortcuts: {} } })).body.shortcuts).toEqual({});
});

test('a macro is run on many at once with its note, and what it set is put back; one that speaks to the customer is refused', async () => {
  const ids = [id, (await world.writes('And mine?')).conversationId];
  const bulk = { ids, set: { macroId: await create({ addTags: ['VIP'], priority: 'high', snooze: 60, note: 'Asked by {{operator.name}}' }) } };
  const before = await conversation();
  const { body } = await api.call<{ operationId: string; results: { ok: boolean }[] }>('POST', '/v1/conversations/bulk', { token, body: bulk });
  expect(body.results).toMatchObject([{ ok: true }, { ok: true }]);
  const after = await conversation();
  expect(after).toMatchObject({ tags: [{ name: 'VIP' }], priority: 'high' });
  expect(after.snoozedUntil).not.toBeNull();
  expect((await messages()).filter(({ kind }) => kind === 'note')).toMatchObject([{ text: 'Asked by Ana Duarte' }]);
  await api.call('POST', `/v1/operations/${body.operationId}/undo`, { token });
  expect(await conversation()).toMatchObject({ tags: [], priority: before.priority, snoozedUntil: null });

  for (const macroId of [await create({ text: 'Hello' }), await create({ status: 'closed', transferToAi: world.agents.sol }), randomUUID()]) {
    expect(await api.refused('POST', '/v1/conversations/bulk', { token, body: { ids, set: { macroId } } })).toMatchObject({
      status: 422,
      code: 'invalid',
      body: { errors: [{ path: 'set.macroId' }] },
    });
  }
  expect(await api.refused('POST', '/v1/conversations/bulk', { token, body: { ids, set: { ...bulk.set, status: 'closed' } } })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'set.macroId' }] },
  });
});
