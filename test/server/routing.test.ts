/** Where rules send new conversations: through the front door, with workers of several processes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
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
let processes: TestProcess[];
let world: World;
let token: string;
let streams: Listening[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  processes = await Promise.all([startProcess(database), startProcess(database)]);
});
beforeEach(async () => {
  for (const stream of streams) stream.close();
  streams = [];
  world = await api.world({ burstWaitMs: 8_000 });
  token = await operatorToken(world);
});
afterAll(async () => {
  for (const stream of streams) stream.close();
  await Promise.all(processes.map((process) => process.stop()));
  await api.stop();
  await database.close();
});

const rule = (name: string, conditions: object, actions: object, position = 0) =>
  api.call('POST', '/v1/routing-rules', { token, body: { name, conditions, actions, position } });
const one = async (id: string): Promise<Conversation> => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
const routed = (id: string) =>
  until(
    async () => (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages`, { token })).body.items.find(({ code }) => code === 'routed'),
    'the line',
  );
const present = async (who: 'ana' | 'ben'): Promise<Listening> => {
  const stream = await listenTo(`${api.url}/v1/events`, await operatorToken(world, who));
  streams.push(stream);
  await until(async () => (await database.sql`select 1 from operator_presence where operator_id = ${world.operators[who]}`).length > 0, `${who} to be there`);
  return stream;
};
const withoutAgent = () => database.sql`update channel_account set agent_id = null where id = ${world.chatAccount}`;
const members = (ids: string[]) => api.call('PATCH', `/v1/departments/${world.departments.care}`, { token, body: { operatorIds: ids } });

test('words decide at once, long before the agent has waited for the rest; the agent stays in control', async () => {
  await api.call('POST', '/v1/tags', { token, body: { name: 'Refunds' } });
  await rule(
    'Refunds to Ben',
    { keywords: ['refund'], channels: ['chat'], languages: ['en'] },
    { departmentId: world.departments.care, assigneeId: world.operators.ben, tags: ['Refunds'], priority: 'high' },
  );
  const { conversationId } = await world.writes('I would like to have a refund for my order, please.');
  const line = await routed(conversationId);
  expect(line).toMatchObject({ reason: 'Refunds to Ben', data: { rules: ['Refunds to Ben'], department: 'Care', assignee: 'Ben Okafor', how: 'named' } });
  expect(await one(conversationId)).toMatchObject({
    assignee: { name: 'Ben Okafor' },
    department: { name: 'Care' },
    priority: 'high',
    tags: [{ name: 'Refunds' }],
    controller: { kind: 'agent' },
    may: { operatorSend: { allowed: false } },
  });
  const news = await api.call<{ items: object[] }>('GET', '/v1/notifications', { token: await operatorToken(world, 'ben') });
  expect(news.body.items).toEqual([expect.objectContaining({ kind: 'assignment', conversationId })]);
});

test('an emergency stands above a question, and the thread says for which word', async () => {
  await rule('Urgent', { priorities: ['urgent'] }, { departmentId: world.departments.care });
  const question = await world.writes('How do I log in?');
  const emergency = await world.writes('Emergency! There is smoke coming out of the machine.');
  await routed(emergency.conversationId);
  const items = (await api.call<{ items: Conversation[] }>('GET', '/v1/conversations?sort=priority', { token })).body.items;
  expect(items.map(({ id }) => id)).toEqual([emergency.conversationId, question.conversationId]);
  const thread = (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${emergency.conversationId}/messages`, { token })).body.items;
  expect(thread.find(({ code }) => code === 'priority_raised')).toMatchObject({ reason: '“emergency”', data: { priority: 'urgent' } });
});

test('without an agent the intent is known at once too', async () => {
  await withoutAgent();
  await api.call('POST', '/v1/intents', { token, body: { name: 'complaint', label: 'Complaint', description: 'The customer complains' } });
  await rule('Complaints', { intents: ['complaint'] }, { departmentId: world.departments.care, assigneeId: world.operators.ana });
  const { conversationId } = await world.writes('This is unacceptable! I want to complain, my machine is broken again and I am furious!!!');
  expect(await routed(conversationId)).toMatchObject({ reason: 'Complaints' });
  expect(await one(conversationId)).toMatchObject({ assignee: { name: 'Ana Duarte' }, controller: { kind: 'human' }, requiresAction: true });
});

test('a rule hands off at once where it says so, and chooses the agent where it names one', async () => {
  await rule('Leasing', { keywords: ['leasing'] }, { handOff: true, departmentId: world.departments.care });
  await rule('Sol drafts', { keywords: ['invoice'] }, { agentId: world.agents.sol }, 1);
  const leasing = await world.writes('We want leasing for our office');
  await until(async () => (await one(leasing.conversationId)).handoff, 'the handoff');
  expect(await one(leasing.conversationId)).toMatchObject({
    handoff: { trigger: 'automation', reason: 'Leasing' },
    controller: { kind: 'human' },
    department: { name: 'Care' },
  });
  const invoice = await world.writes('Where is my invoice?');
  await until(async () => (await one(invoice.conversationId)).draft, 'a draft of Sol');
  expect(await one(invoice.conversationId)).toMatchObject({ agent: { name: 'Sol' }, controller: { kind: 'agent' }, handoff: null });
  const thread = (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${invoice.conversationId}/messages`, { token })).body.items;
  expect(thread.filter(({ code }) => code === 'routed')).toHaveLength(1);
});

describe('to one of those who are there', () => {
  test('by turns, evenly, however many come at once to several processes', async () => {
    await withoutAgent();
    await members([world.operators.ana, world.operators.ben]);
    await rule('Everything', {}, { departmentId: world.departments.care, assign: 'round_robin' });
    await Promise.all([present('ana'), present('ben')]);
    const all = await Promise.all(Array.from({ length: 30 }, (_, n) => world.writes(`Message ${n}`)));
    await until(
      async () => (await database.sql`select 1 from conversation where workspace_id = ${world.workspaceId} and assignee_id is not null`).length === all.length,
      'all to be assigned',
    );
    const shares = await database.sql<
      { n: number }[]
    >`select count(*)::int as n from conversation where workspace_id = ${world.workspaceId} group by assignee_id`;
    expect(shares.map(({ n }) => n)).toEqual([15, 15]);
  });

  test('to the least busy, who is not always the same', async () => {
    await withoutAgent();
    await members([world.operators.ana, world.operators.ben]);
    await Promise.all([present('ana'), present('ben')]);
    for (let n = 0; n < 6; n += 1) {
      const { conversationId } = await world.writes(`Before ${n}`);
      await api.call('PATCH', `/v1/conversations/${conversationId}`, { token, body: { assigneeId: world.operators.ana } });
    }
    await rule('Everything', {}, { departmentId: world.departments.care, assign: 'least_busy' });
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => world.writes(`Message ${n}`)));
    await Promise.all(all.map(({ conversationId }) => routed(conversationId)));
    const shares = await database.sql<{ name: string; n: number }[]>`
      select o.name, count(*)::int as n from conversation c join operator o on o.workspace_id = c.workspace_id and o.id = c.assignee_id where c.workspace_id = ${world.workspaceId} group by 1 order by 1`;
    expect(shares).toEqual([
      { name: 'Ana Duarte', n: 8 },
      { name: 'Ben Okafor', n: 8 },
    ]);
  });

  test('never to somebody who is gone, of another department, or kept out; with nobody there it waits in the pool, and says so', async () => {
    await withoutAgent();
    await members([world.operators.ben]);
    await rule('Everything', {}, { departmentId: world.departments.care, assign: 'round_robin' });
    const [, ben] = [await present('ana'), await present('ben')];
    const first = await world.writes('One');
    expect(await routed(first.conversationId)).toMatchObject({ data: { assignee: 'Ben Okafor', how: 'round_robin' } });
    ben.close();
    await until(async () => (await database.sql`select 1 from operator_presence where operator_id = ${world.operators.ben}`).length === 0, 'ben to be gone');
    const second = await world.writes('Two');
    expect(await routed(second.conversationId)).toMatchObject({ data: { assignee: null, nobody: true, department: 'Care' } });
    expect(await one(second.conversationId)).toMatchObject({ assignee: null, department: { name: 'Care' } });
    await members([world.operators.ana, world.operators.ben]);
    await present('ben');
    await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token, body: { active: false } });
    for (const text of ['Three', 'Four']) expect(await routed((await world.writes(text)).conversationId)).toMatchObject({ data: { assignee: 'Ana Duarte' } });
  });

  test('who was there with a process that was killed counts as gone after some seconds', async () => {
    await withoutAgent();
    await database.sql`insert into operator_presence (workspace_id, operator_id, process_id, beat_at) values (${world.workspaceId}, ${world.operators.ana}, gen_random_uuid(), now() - interval '11 seconds')`;
    await rule('Everything', {}, { assign: 'round_robin' });
    expect(await routed((await world.writes('One')).conversationId)).toMatchObject({ data: { assignee: null, nobody: true } });
  });
});

test('what a person decided before the classifier spoke stays, and no rule says anything twice', async () => {
  world = await api.world({ burstWaitMs: 1_000 });
  token = await operatorToken(world);
  await api.call('POST', '/v1/intents', { token, body: { name: 'question', label: 'Question', description: 'Asks something' } });
  await rule('Tag it', {}, { departmentId: world.departments.care });
  await rule('Questions', { intents: ['question'] }, { assigneeId: world.operators.ben }, 1);
  const { conversationId } = await world.writes('When are you open on Saturday?');
  expect(await routed(conversationId)).toMatchObject({ reason: 'Tag it' });
  await api.call('PATCH', `/v1/conversations/${conversationId}`, { token, body: { assigneeId: world.operators.ana } });
  const lines = await until(async () => {
    const items = (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${conversationId}/messages`, { token })).body.items;
    return items.some(({ aiGenerated }) => aiGenerated) && items.filter(({ code }) => code === 'routed');
  }, 'the answer');
  expect(lines.map(({ reason }) => reason)).toEqual(['Tag it', 'Questions']);
  expect((await one(conversationId)).assignee?.name).toBe('Ana Duarte');
});

test('asked where a message would go, the rules answer, and nobody’s turn is taken', async () => {
  await members([world.operators.ben]);
  await rule('Refunds', { keywords: ['refund'] }, { departmentId: world.departments.care, assign: 'round_robin', tags: ['VIP'], handOff: true });
  const ask = async (body: object) => (await api.call<object>('POST', '/v1/routing-rules/try', { token, body })).body;
  expect(await ask({ text: 'Urgent: I want a refund!' })).toMatchObject({
    priority: 'urgent',
    language: 'en',
    rules: [{ name: 'Refunds' }],
    department: { name: 'Care' },
    assignee: null,
    assign: 'round_robin',
    handOff: true,
    tags: ['VIP'],
    agent: null,
  });
  await present('ben');
  expect(await ask({ text: 'I want a refund', channel: 'email' })).toMatchObject({ assignee: { name: 'Ben Okafor' } });
  expect(await ask({ text: 'Hello there' })).toMatchObject({ rules: [], department: null, assignee: null, handOff: false });
  expect(await database.sql`select 1 from routing_scope where workspace_id = ${world.workspaceId}`).toHaveLength(0);
  expect(await database.sql`select 1 from conversation where workspace_id = ${world.workspaceId}`).toHaveLength(0);
});

test('rules are put in another order at once, and the first one wins', async () => {
  for (const [place, name] of ['One', 'Two', 'Three'].entries()) await rule(name, {}, { priority: (['low', 'high', 'urgent'] as const)[place] }, place);
  const list = async () => (await api.call<{ items: { id: string; name: string; position: number }[] }>('GET', '/v1/routing-rules', { token })).body.items;
  const before = await list();
  const ben = await operatorToken(world, 'ben');
  expect((await api.refused('POST', '/v1/routing-rules/order', { token: ben, body: { ids: [] } })).code).toBe('forbidden');
  expect((await api.call('POST', '/v1/routing-rules/order', { token, body: { ids: [before[2]!.id, before[0]!.id] } })).status).toBe(204);
  expect((await list()).map(({ name, position }) => [name, position])).toEqual([
    ['Three', 0],
    ['One', 1],
    ['Two', 2],
  ]);
});

test('whom somebody has taken meanwhile is not handed off any more; the rest of the rule holds', async () => {
  await rule('Refunds', { keywords: ['refund'] }, { handOff: true, priority: 'high' });
  await Promise.all(processes.map((process) => process.stop()));
  const { conversationId } = await world.writes('I would like to have a refund, please.');
  await api.call('POST', `/v1/conversations/${conversationId}/assume`, { token, body: {} });
  processes = await Promise.all([startProcess(database), startProcess(database)]);
  await routed(conversationId);
  expect(await one(conversationId)).toMatchObject({ handoff: null, priority: 'high', controller: { kind: 'human', id: world.operators.ana } });
  const { items } = (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${conversationId}/messages`, { token })).body;
  expect(items.filter(({ direction }) => direction === 'outbound')).toEqual([]);
});
