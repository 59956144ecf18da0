/** Switching agents off with their conversations, and what they had queued. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentWork, Deactivated } from '../../server/contract/agent.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Agent } from '../../server/contract/settings.ts';
import type { Db } from '../../server/db/change.ts';
import { deliver } from '../../server/pipeline/deliver.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { depsOf, processOn } from '../support/fence.ts';
import { takeJob } from '../support/fence-verdict.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: Db;
let stopBeating: () => Promise<void>;
let world: World;
let rival: World;
let ana: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await processOn(database);
  stopBeating = await keepBeating(worker, 'worker');
  [world, rival] = [await api.world(), await api.world()];
  ana = await operatorToken(world);
});
afterAll(async () => {
  await stopBeating();
  await worker.signals.close();
  await api.stop();
  await database.close();
});

const makeAgent = async (more: Partial<Agent> = {}): Promise<Agent> =>
  (
    await api.call<Agent>('POST', '/v1/agents', {
      token: ana,
      body: { name: `Agent ${randomUUID().slice(0, 8)}`, replyMode: 'auto_send', burstWaitMs: 0, ...more },
    })
  ).body;
/** A conversation of an agent; somebody waits there for an answer where something is asked. */
async function conversationOf(agentId: string, asks: string | null = 'How long does delivery take?'): Promise<string> {
  const { conversationId } = await world.writes('Hello');
  await api.call('PATCH', `/v1/conversations/${conversationId}`, { token: ana, body: { status: 'closed', agentId } });
  await api.call('PATCH', `/v1/conversations/${conversationId}`, { token: ana, body: { status: 'open' } });
  if (asks === null) return conversationId;
  const [row] = await database.sql<
    { handle: string }[]
  >`select i.handle from identity i join conversation c on c.identity_id = i.id where c.id = ${conversationId}`;
  await world.writes(asks, { handle: row!.handle });
  return conversationId;
}
const see = async (id: string): Promise<Conversation> => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token: ana })).body;
const work = async (id: string): Promise<AgentWork> => (await api.call<AgentWork>('GET', `/v1/agents/${id}/work`, { token: ana })).body;
const deactivate = (id: string, body: object, headers: Record<string, string> = {}) =>
  api.call<Deactivated>('POST', `/v1/agents/${id}/deactivate`, { token: ana, body, headers });
const undo = (operationId: string | null) => api.call<{ results: Deactivated['results'] }>('POST', `/v1/operations/${operationId}/undo`, { token: ana });
const activate = (id: string) => api.call('PATCH', `/v1/agents/${id}`, { token: ana, body: { active: true } });

/** Lets a worker do what there is to do in a conversation. */
async function settle(id: string): Promise<void> {
  const deps = depsOf(worker, { random: Math.random });
  for (let rounds = 0; rounds < 12; rounds += 1) {
    if (await takeJob(worker.sql, 'run', id)) await runTurn(deps, world.workspaceId, id);
    else if (!(await takeJob(worker.sql, 'deliver', id))) return;
    await deliver(deps, world.workspaceId, id);
  }
}
const said = (id: string) => database.sql<{ author: string; name: string; status: string }[]>`
  select author_kind as author, author_name as name, delivery_status as status from message where conversation_id = ${id} and direction = 'outbound' and delivery_status <> 'recalled' order by seq`;

describe('an agent that is switched off', () => {
  test('says how much it has to do, counting what people hold apart', async () => {
    const agent = await makeAgent();
    const [, held] = [await conversationOf(agent.id), await conversationOf(agent.id, null), await conversationOf(agent.id, null)];
    await api.call('POST', `/v1/conversations/${held}/assume`, { token: ana, body: {} });
    await api.call('PATCH', `/v1/channel-accounts/${world.chatAccount}`, { token: ana, body: { agentId: agent.id } });
    expect(await work(agent.id)).toEqual({ open: 2, waiting: 1, held: 1, accounts: [{ id: world.chatAccount, name: 'Website' }] });
    await api.call('PATCH', `/v1/channel-accounts/${world.chatAccount}`, { token: ana, body: { agentId: world.agents.nova } });
    expect((await api.refused('GET', `/v1/agents/${rival.agents.nova}/work`, { token: ana })).code).toBe('not_found');
  });

  test('keeps its conversations: nothing answers there, and people see who waits', async () => {
    const agent = await makeAgent();
    const waiting = await conversationOf(agent.id);
    const { body, status } = await deactivate(agent.id, {}, { 'if-match': `"${agent.version}"` });
    expect([status, body]).toMatchObject([200, { agent: { active: false, version: agent.version + 1 }, operationId: null, results: [] }]);
    await settle(waiting);
    expect(await said(waiting)).toEqual([]);
    expect(await see(waiting)).toMatchObject({
      agent: { id: agent.id },
      requiresAction: true,
      requiresReason: 'agent_inactive',
      may: { agentReply: { allowed: false, reason: 'agent_inactive' } },
    });
  });

  test('gives its conversations to another agent, which answers who waits, and takes them back', async () => {
    const [from, to] = [await makeAgent(), await makeAgent()];
    const waiting = await conversationOf(from.id);
    const idle = await conversationOf(from.id, null);
    const held = await conversationOf(from.id, null);
    await api.call('POST', `/v1/conversations/${held}/assume`, { token: ana, body: {} });
    const left = await conversationOf(from.id);
    // One that was left alone since: the agent was off before, and people were told that somebody waits.
    await deactivate(from.id, {});
    await settle(left);
    const { body } = await deactivate(from.id, { conversations: 'agent', agentId: to.id });
    expect(body.results).toHaveLength(4);
    expect(body.results.every(({ ok }) => ok)).toBe(true);
    expect((await Promise.all([waiting, idle, held, left].map(see))).map(({ agent, controller }) => [agent?.id, controller.kind])).toEqual([
      [to.id, 'agent'],
      [to.id, 'agent'],
      [to.id, 'human'],
      [to.id, 'agent'],
    ]);
    for (const id of [waiting, idle, held, left]) await settle(id);
    for (const id of [waiting, left]) expect(await said(id)).toEqual([{ author: 'agent', name: to.name, status: 'sent' }]);
    for (const id of [idle, held]) expect(await said(id)).toEqual([]);
    expect((await undo(body.operationId)).body.results.every(({ code }) => code === 'agent_inactive')).toBe(true);
    const once = await deactivate(to.id, { conversations: 'agent', agentId: (await makeAgent()).id });
    await activate(to.id);
    expect((await undo(once.body.operationId)).body.results.every(({ ok }) => ok)).toBe(true);
    expect((await see(idle)).agent?.id).toBe(to.id);
  });

  test('hands its conversations to people, tells only customers who wait, and takes back what nobody has touched', async () => {
    const agent = await makeAgent();
    const [waiting, idle, taken] = [await conversationOf(agent.id), await conversationOf(agent.id, null), await conversationOf(agent.id)];
    const key = { 'idempotency-key': randomUUID() };
    const { body } = await deactivate(agent.id, { conversations: 'people' }, key);
    expect((await deactivate(agent.id, { conversations: 'people' }, key)).body).toEqual(body);
    expect(body.results).toHaveLength(3);
    for (const id of [waiting, idle, taken]) await settle(id);
    expect(await see(waiting)).toMatchObject({
      handoff: { trigger: 'manual', reason: `${agent.name} was deactivated` },
      requiresAction: true,
      controller: { kind: 'human' },
    });
    expect((await see(idle)).handoff).not.toBeNull();
    expect(await said(waiting)).toEqual([{ author: 'system', name: 'Morrow', status: 'sent' }]);
    expect(await said(idle)).toEqual([]);
    await api.call('POST', `/v1/conversations/${taken}/assume`, { token: ana, body: {} });
    await activate(agent.id);
    const { body: undone } = await undo(body.operationId);
    expect(undone.results.filter(({ ok }) => !ok)).toEqual([{ id: taken, ok: false, code: 'changed_since' }]);
    for (const id of [waiting, idle, taken]) await settle(id);
    expect(await see(idle)).toMatchObject({ handoff: null, controller: { kind: 'agent', id: agent.id }, requiresAction: false, waitingSince: null });
    expect((await said(waiting)).map(({ author }) => author)).toEqual(['system', 'agent']);
    expect((await said(taken)).map(({ author }) => author)).toEqual(['system']);
  });

  test('says nothing more once it is off, however busy it was', async () => {
    const agent = await makeAgent();
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await conversationOf(agent.id));
    const racing = ids.map((id, n) => new Promise((begin) => setTimeout(begin, n * 20)).then(() => settle(id)));
    await Promise.race(racing);
    const { body } = await deactivate(agent.id, { conversations: 'people' });
    const speaking = () =>
      database.sql<{ id: string }[]>`select id from message where author_id = ${agent.id} and delivery_status in ('sending', 'sent') order by id`;
    const before = await speaking();
    expect(body.agent.active).toBe(false);
    await Promise.all(racing);
    for (const id of ids) await settle(id);
    expect(await speaking()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    for (const id of ids) expect(await see(id)).toMatchObject({ handoff: { trigger: 'manual' }, working: null });
  }, 60_000);

  test('is refused what makes no sense, and nothing happens', async () => {
    const agent = await makeAgent();
    const path = `/v1/agents/${agent.id}/deactivate`;
    const wrong = async (body: object, token = ana) => (await api.refused('POST', path, { token, body })).code;
    expect(await wrong({ conversations: 'agent' })).toBe('invalid');
    expect(await wrong({ conversations: 'people', agentId: world.agents.sol })).toBe('invalid');
    expect(await wrong({ conversations: 'agent', agentId: agent.id })).toBe('invalid');
    expect(await wrong({ conversations: 'agent', agentId: rival.agents.nova })).toBe('invalid');
    expect(await wrong({ conversations: 'agent', agentId: (await makeAgent({ active: false })).id })).toBe('agent_inactive');
    expect(await wrong({}, await operatorToken(world, 'ben'))).toBe('forbidden');
    expect((await api.refused('POST', path, { token: ana, body: {}, headers: { 'if-match': `"${agent.version + 7}"` } })).body).toMatchObject({
      code: 'stale_version',
      current: { id: agent.id },
    });
    expect((await api.call<Agent>('GET', `/v1/agents/${agent.id}`, { token: ana })).body).toEqual(agent);
  });
});

test('behaviour that silences an agent does so in the same change', async () => {
  const agent = await makeAgent();
  const waiting = await conversationOf(agent.id);
  await runTurn(depsOf(worker, { random: Math.random }), world.workspaceId, waiting);
  const [before] = await database.sql<{ fence: number }[]>`select fence from agent where id = ${agent.id}`;
  await api.call('POST', '/v1/behaviour', { token: ana, body: { agent: { id: agent.id, version: agent.version, set: { replyMode: 'off' } } } });
  const [after] = await database.sql<{ fence: number }[]>`select fence from agent where id = ${agent.id}`;
  expect(after!.fence).toBeGreaterThan(before!.fence);
  await settle(waiting);
  expect((await said(waiting)).filter(({ author }) => author === 'agent')).toEqual([]);
});

test('switching an agent or an account off raises its counter and recalls what the agent had queued', async () => {
  const own = await api.world();
  const admin = await operatorToken(own);
  const { conversationId } = await own.writes('When do you open?');
  const queue = async (): Promise<string> => {
    const id = randomUUID();
    const [place] = await database.sql<{ seq: number; identityId: string }[]>`
      update conversation set last_seq = last_seq + 1 where id = ${conversationId} returning last_seq as seq, identity_id`;
    await database.sql`insert into message ${database.sql({
      workspaceId: own.workspaceId,
      id,
      conversationId,
      seq: place!.seq,
      direction: 'outbound',
      kind: 'message',
      authorKind: 'agent',
      authorId: own.agents.nova,
      authorName: 'Nova',
      channel: 'chat',
      accountId: own.chatAccount,
      identityId: place!.identityId,
      text: 'At nine.',
      deliveryStatus: 'queued',
      sentBy: database.sql.json({ kind: 'agent', id: own.agents.nova }),
    })}`;
    return id;
  };
  const fences = async () =>
    (
      await database.sql<{ agent: number; account: number }[]>`
    select (select fence from agent where id = ${own.agents.nova}) as agent, (select fence from channel_account where id = ${own.chatAccount}) as account`
    )[0];
  const statusOf = async (id: string) =>
    (await database.sql<{ deliveryStatus: string }[]>`select delivery_status from message where id = ${id}`)[0]?.deliveryStatus;

  expect(await fences()).toEqual({ agent: 1, account: 1 });
  await api.call('PATCH', `/v1/agents/${own.agents.nova}`, { token: admin, body: { instructions: 'Be kind.', active: true, replyMode: 'auto_send' } });
  expect(await fences()).toEqual({ agent: 1, account: 1 });
  for (const body of [{ replyMode: 'auto_draft' }, { autoReplyIntents: ['question'] }, { active: false }]) {
    const queued = await queue();
    expect((await api.call('PATCH', `/v1/agents/${own.agents.nova}`, { token: admin, body })).status).toBe(200);
    expect(await statusOf(queued)).toBe('recalled');
  }
  expect(await fences()).toEqual({ agent: 4, account: 1 });
  const queued = await queue();
  await api.call('PATCH', `/v1/channel-accounts/${own.chatAccount}`, { token: admin, body: { active: false } });
  expect(await statusOf(queued)).toBe('recalled');
  expect(await fences()).toEqual({ agent: 4, account: 2 });
});
