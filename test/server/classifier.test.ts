import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Corrected, WhatIfResult } from '../../server/contract/classifier.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import type { GuidanceCard } from '../../server/contract/settings.ts';
import { createModels } from '../../server/model/provider.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { verdict } from '../support/model-verdict.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer } from '../support/openai-server.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let openai: OpenAiServer;
let process: TestProcess;
let api: TestApi;
let world: World;
let ana: string;
let ben: string;

beforeAll(async () => {
  database = await createTestDatabase();
  openai = await startOpenAiServer();
  const model = { apiKey: 'test', baseUrl: openai.url, model: 'test' };
  process = await startProcess(database, { model });
  api = await startApi(database, { models: createModels(model) });
});
beforeEach(async () => {
  openai.reset();
  openai.otherwise = (request) =>
    request.tools.length > 0 ? { kind: 'text', text: 'Here is your answer.' } : { kind: 'json', value: answer(true, 'asks something') };
  world = await api.world();
  ana = await operatorToken(world);
  ben = await operatorToken(world, 'ben');
});
afterAll(async () => {
  await process.stop();
  await api.stop();
  await openai.close();
  await database.close();
});

const answer = (needsReply: boolean, reason: string) => verdict({ needsReply, reason, reasonCode: needsReply ? 'question' : 'thanks', certainty: 0.9 });
const classifications = () => openai.requests.filter((request) => request.tools.length === 0);
const items = async (id: string) => (await api.call<MessagePage>('GET', `/v1/conversations/${id}/messages?limit=100`, { token: ana })).body.items;
const conversation = async (id: string) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token: ana })).body;
const line = (id: string, code: string): Promise<Message> =>
  until(async () => (await items(id)).find((item) => item.code === code), `a line that says ${code}`);
const sent = (id: string, count = 1) =>
  until(async () => {
    const out = (await items(id)).filter((item) => item.direction === 'outbound' && item.delivery?.status === 'sent');
    return out.length >= count && out;
  }, 'an answer');
const post = <T>(path: string, body: unknown = {}, token = ana) => api.call<T>('POST', path, { token, body });
const card = async (text: string, more: object = {}) =>
  (await post<GuidanceCard>('/v1/guidance-cards', { surface: 'classifier', title: text.slice(0, 40), text, ...more })).body;
const quiet = () => {
  openai.otherwise = (request) =>
    request.tools.length > 0 ? { kind: 'text', text: 'Here is your answer.' } : { kind: 'json', value: answer(false, 'a bare remark') };
};

describe('cards in plain words', () => {
  it('decide before any model is asked, the first that fits, and the thread names the card', async () => {
    const first = await card('Stay quiet when a customer only says that they will call.', { position: 0 });
    await card('Always reply when someone mentions tomorrow.', { position: 1 });
    const { conversationId } = await world.writes("ok I'll ring you tomorrow then");
    expect((await line(conversationId, 'stayed_quiet')).decision).toEqual({
      replied: false,
      reason: 'Stay quiet when a customer only says that they will call',
      by: 'card',
      cardId: first.id,
    });
    expect(openai.requests).toHaveLength(0);
  });

  it('hold in their scope only; elsewhere the model decides, with instruction and cards', async () => {
    await card('Stay quiet when someone mentions stock.', { scope: { channels: ['email'] } });
    await card('Be wary of riddles.', { scope: { channels: ['chat'] } });
    const { conversationId } = await world.writes('what is in stock');
    expect((await line(conversationId, 'answers')).decision).toMatchObject({ replied: true, by: 'classifier', reason: 'asks something' });
    expect(JSON.parse(classifications()[0]!.user)).toMatchObject({ cards: [{ text: 'Be wary of riddles.' }] });
  });

  it('still hand off whoever asks for a person', async () => {
    await card('Stay quiet when someone mentions stock.');
    const { conversationId } = await world.writes('I want to talk to a human about your stock');
    expect((await line(conversationId, 'handed_off')).reason).toBeTruthy();
  });
});

describe('reply anyway', () => {
  it('has the agent answer what it stayed quiet on, and offers the card that would have decided so', async () => {
    quiet();
    const { conversationId, messageId, handle } = await world.writes('my espresso machine arrived');
    const decision = await line(conversationId, 'stayed_quiet');
    const { status, body } = await post<Corrected>(`/v1/messages/${decision.id}/reply-anyway`, {}, ben);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      correction: { kind: 'reply_anyway', messageId, conversationId, agentId: world.agents.nova, operatorId: world.operators.ben },
      suggestion: {
        surface: 'classifier',
        text: 'Always reply when someone mentions "espresso".',
        scope: { agentIds: [world.agents.nova], channels: ['chat'] },
        position: -1,
      },
    });
    const [reply] = await sent(conversationId);
    expect(reply).toMatchObject({ text: 'Here is your answer.', aiGenerated: true, author: { name: 'Nova' } });
    expect((await line(conversationId, 'answers')).decision).toMatchObject({ replied: true, by: 'rule', reason: 'Ben Okafor wants an answer' });
    expect((await items(conversationId)).find((item) => item.id === decision.id)?.data).toMatchObject({
      correction: { kind: 'reply_anyway', by: 'Ben Okafor' },
    });
    expect((await post<Corrected>(`/v1/messages/${messageId}/reply-anyway`)).body.correction.id).toBe(body.correction.id);
    expect(await api.refused('POST', `/v1/corrections/${body.correction.id}/undo`, { token: ana })).toMatchObject({ status: 409, code: 'newer_message' });
    // The next message is decided as ever.
    await world.writes('and it shines', { handle });
    await until(async () => (await items(conversationId)).filter((item) => item.code === 'stayed_quiet').length === 2, 'quiet again');
  });

  it('is refused where the policy blocks, with the reason, and where something newer came', async () => {
    quiet();
    const { conversationId, messageId, handle } = await world.writes('well well');
    await line(conversationId, 'stayed_quiet');
    const path = `/v1/messages/${messageId}/reply-anyway`;
    await post(`/v1/conversations/${conversationId}/assume`);
    expect(await api.refused('POST', path, { token: ben })).toMatchObject({ status: 409, code: 'agent_may_not_reply' });
    await post(`/v1/conversations/${conversationId}/resume`);
    const { contact } = await conversation(conversationId);
    await post(`/v1/contacts/${contact.id}/pause-ai`, { reason: 'asked' });
    expect((await api.refused('POST', path, { token: ben })).code).toBe('contact_paused');
    await post(`/v1/contacts/${contact.id}/resume-ai`);
    await world.writes('so it is', { handle });
    await until(async () => (await items(conversationId)).filter((item) => item.code === 'stayed_quiet').length === 2, 'quiet again');
    expect((await api.refused('POST', path, { token: ben })).code).toBe('newer_message');
    const other = await api.world();
    expect((await api.refused('POST', path, { token: await operatorToken(other) })).code).toBe('not_found');
    expect(await database.sql`select 1 from classifier_correction where workspace_id = ${world.workspaceId}`).toHaveLength(0);
  });
});

describe('should have stayed quiet', () => {
  it('rejects the draft, is kept for reports, and is taken back with it', async () => {
    await api.call('PATCH', `/v1/agents/${world.agents.nova}`, { token: ana, body: { replyMode: 'auto_draft' } });
    const { conversationId, messageId } = await world.writes('I will call at 3');
    const draft = await until(async () => (await conversation(conversationId)).draft, 'a draft');
    const decision = await line(conversationId, 'answers');
    const { body } = await post<Corrected>(`/v1/messages/${decision.id}/should-have-stayed-quiet`, {}, ben);
    expect(body).toMatchObject({
      correction: { kind: 'should_have_stayed_quiet', messageId },
      suggestion: { text: 'Stay quiet when a customer only says that they will call.' },
    });
    expect(await conversation(conversationId)).toMatchObject({ draft: null, requiresAction: false, waitingSince: null });
    expect((await api.call<{ status: string }>('GET', `/v1/drafts/${draft.id}`, { token: ana })).body.status).toBe('rejected');
    expect(await database.sql`select kind, operator_id, agent_id from classifier_correction where message_id = ${messageId}`).toEqual([
      { kind: 'should_have_stayed_quiet', operatorId: world.operators.ben, agentId: world.agents.nova },
    ]);
    expect((await post(`/v1/corrections/${body.correction.id}/undo`, {}, ben)).status).toBe(204);
    expect((await conversation(conversationId)).draft).toMatchObject({ id: draft.id, status: 'pending' });
    expect(await database.sql`select 1 from classifier_correction where message_id = ${messageId}`).toHaveLength(0);
  });

  it('leaves what went out, and is refused where nothing was answered', async () => {
    const { conversationId, messageId } = await world.writes('hm');
    await sent(conversationId);
    expect((await post<Corrected>(`/v1/messages/${messageId}/should-have-stayed-quiet`)).status).toBe(200);
    expect(await sent(conversationId)).toHaveLength(1);
    quiet();
    const silent = await world.writes('hm hm');
    await line(silent.conversationId, 'stayed_quiet');
    expect((await api.refused('POST', `/v1/messages/${silent.messageId}/should-have-stayed-quiet`, { token: ana })).code).toBe('invalid');
  });
});

describe('what if', () => {
  const path = () => `/v1/agents/${world.agents.nova}/what-if`;
  const settle = () =>
    until(
      async () =>
        (
          await database.sql`select from conversation where workspace_id = ${world.workspaceId} and (run_due_at is not null or run_owner is not null or deliver_owner is not null)`
        ).length === 0 &&
        (await database.sql`select from message where workspace_id = ${world.workspaceId} and delivery_status in ('queued', 'sending')`).length === 0,
      'all turns and deliveries to end',
    );
  const stored = async () =>
    JSON.stringify(
      await database.sql`
    select (select count(*) from message where workspace_id = ${world.workspaceId}) as messages, (select count(*) from line where workspace_id = ${world.workspaceId}) as lines,
      (select count(*) from event where workspace_id = ${world.workspaceId}) as events, (select sum(version) from conversation where workspace_id = ${world.workspaceId}) as versions,
      (select count(*) from guidance_card where workspace_id = ${world.workspaceId}) as cards`,
    );

  it('shows which decisions flip, which look wrong and what it costs; nothing is sent, run or stored', async () => {
    const written = ['I will call my bank, they took €240 twice', 'thanks, I will call', 'is it in stock?', 'hello there'];
    const ids: string[] = [];
    for (const text of written) ids.push((await world.writes(text)).messageId);
    await settle();
    const before = await stored();
    openai.requests.length = 0;
    const cards = [{ surface: 'classifier', title: 'Calls', text: 'Stay quiet when a customer says they will call.' }];
    const { status, body } = await post<WhatIfResult>(path(), { cards, sample: { last: 200 } });
    expect(status).toBe(200);
    expect(body.decisions.map(({ messageId }) => messageId)).toEqual(ids.toReversed());
    expect([body.now, body.then]).toEqual([
      { replied: 4, quiet: 0 },
      { replied: 2, quiet: 2 },
    ]);
    expect(body.flips.map(({ text, then, looksWrong }) => [text, then.replied, then.by, looksWrong])).toEqual([
      ['thanks, I will call', false, 'card', null],
      [written[0], false, 'card', 'money'],
    ]);
    // Twice for those that the card leaves to the model, since it reads the card as well.
    expect(body.cost.calls).toBe(6);
    expect(body.cost.inputTokens).toBeGreaterThan(0);
    expect(body.cost).toMatchObject({ amount: null, day: { limit: null } });
    expect(classifications()).toHaveLength(6);
    expect(await stored()).toBe(before);
  });

  it('replays named messages against an instruction, another model, intents, or a classifier that is off', async () => {
    quiet();
    const { messageId } = await world.writes('thanks! how much is 20 kg?');
    await settle();
    const sample = { messageIds: [messageId] };
    const then = async (change: object) => (await post<WhatIfResult>(path(), { ...change, sample })).body.decisions[0]?.then;
    expect(await then({ classifierInstruction: 'Answer whenever there is a question, also inside a thank-you.' })).toMatchObject({
      replied: true,
      by: 'classifier',
    });
    expect(await then({ model: 'builtin' })).toMatchObject({ replied: true });
    expect(await then({ classifierOn: false })).toMatchObject({ replied: true, by: 'rule' });
    expect(await then({ autoReplyIntents: ['legal'] })).toMatchObject({ replied: false, by: 'rule' });
    const foreign = await (await api.world()).writes('secret');
    expect(await api.refused('POST', path(), { token: ana, body: { sample: { messageIds: [messageId, foreign.messageId] } } })).toMatchObject({
      code: 'invalid',
      body: { errors: [{ path: 'sample.messageIds.1' }] },
    });
    expect((await api.refused('POST', path(), { token: ben, body: { sample } })).code).toBe('forbidden');
    expect((await api.refused('POST', `/v1/agents/${foreign.messageId}/what-if`, { token: ana, body: { sample } })).code).toBe('not_found');
  });

  it('tells its progress where that is asked for, and ends when nobody listens', async () => {
    for (let n = 0; n < 3; n += 1) await world.writes(`question ${n}?`);
    await settle();
    const ask = (signal?: AbortSignal) =>
      fetch(api.url + path(), {
        method: 'POST',
        headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ sample: { last: 200 } }),
        ...(signal ? { signal } : {}),
      });
    const told = await (await ask()).text();
    const events = told
      .trim()
      .split('\n\n')
      .map((block) => block.split('\n').map((one) => one.replace(/^\w+: /, '')));
    expect(events.map(([event]) => event)).toEqual(['progress', 'progress', 'progress', 'progress', 'result']);
    expect(JSON.parse(events.at(-1)![1]!)).toMatchObject({ now: { replied: 3 }, flips: [] });
    // What it uses counts for the day, and ends it half-way once the limit is reached.
    const used = (await post<WhatIfResult>(path(), { sample: { last: 200 } })).body.cost.day?.used ?? 0;
    expect(used).toBeGreaterThan(0);
    await api.call('PATCH', `/v1/agents/${world.agents.nova}`, { token: ana, body: { dailyTokenLimit: 1_000 } });
    await database.sql`update model_use set input_tokens = 999, output_tokens = 0 where workspace_id = ${world.workspaceId} and agent_id = ${world.agents.nova}`;
    expect(await api.refused('POST', path(), { token: ana, body: { sample: { last: 200 } } })).toMatchObject({ status: 503, code: 'daily_limit' });
    await api.call('PATCH', `/v1/agents/${world.agents.nova}`, { token: ana, body: { dailyTokenLimit: null } });
    openai.requests.length = 0;
    openai.otherwise = { kind: 'stall' };
    const stop = new AbortController();
    const response = await ask(stop.signal);
    const reading = response.text().catch(() => 'ended');
    const waiting = await openai.received(0);
    stop.abort();
    expect(await reading).toBe('ended');
    expect(await waiting.over).toBe(true);
  });
});
