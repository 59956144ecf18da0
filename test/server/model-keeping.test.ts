/** A model that does not answer, what agents use of it, and what a team calls risky. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notification } from '../../server/contract/events.ts';
import type { ModelUse } from '../../server/contract/model-use.ts';
import type { Workspace } from '../../server/contract/settings.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { heldReply, startHeldModel } from '../support/held-model.ts';
import type { HeldModel } from '../support/held-model.ts';
import { until } from '../support/pipeline.ts';

let model: HeldModel;
let running: RunningDemo;
let demo: DemoClient;

beforeAll(async () => {
  model = await startHeldModel();
  running = await startDemo({
    pages: false,
    environment: { OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: model.server.url, MODEL: 'held', MODEL_PRICES: '0.40/1.60' },
  });
  demo = demoClient(running.url);
  await demo.tune('Nova', { burstWaitMs: 0, classifierOn: true });
});
afterAll(async () => {
  await running?.stop();
  await model?.server.close();
});

const told = async (): Promise<string[]> =>
  (await demo.get<{ items: Notification[] }>('/v1/notifications?limit=100')).items
    .filter(({ kind }) => kind === 'model')
    .map(({ text, data }) => `${text} ${String(data['state'])}`)
    .toReversed();
/** A customer asks, and the turn is over. */
const asks = async (text: string) => {
  const { conversationId: id } = await (await demo.visitor()).says(text);
  await demo.settled(id);
  return { id, items: await demo.messages(id), conversation: await demo.conversation(id) };
};

test('a model that fails is left alone, people are told once, everything waits for them, and it is asked again by itself', { timeout: 120_000 }, async () => {
  const answering = model.server.otherwise!;
  model.server.otherwise = { kind: 'status', status: 500, retryAfterMs: 1 };
  expect((await demo.ask('POST', '/v1/triggers', { as: 'ana', body: { kind: 'failure', priority: 'urgent' } })).status).toBe(201);
  const failed: Awaited<ReturnType<typeof asks>>[] = [];
  for (const text of ['Do you open on Sunday?', 'And on Monday?']) failed.push(await asks(text));
  await until(async () => (await told()).length > 0, 'somebody to be told');
  const before = model.server.requests.length;
  for (const text of ['Is the north gate open?', 'Is the south gate open?']) failed.push(await asks(text));
  expect(model.server.requests.length).toBe(before);
  for (const { conversation, items } of failed) {
    expect(conversation).toMatchObject({ requiresAction: true, priority: 'urgent', handoff: { trigger: 'failure' } });
    expect(items.some(({ code }) => code === 'could_not_answer')).toBe(true);
  }
  expect(await told()).toEqual(['held down']);
  expect((await demo.get<Workspace>('/v1/workspace')).model).toMatchObject({
    name: 'held',
    builtin: false,
    outage: { reason: expect.stringContaining('status 500') },
  });

  model.server.otherwise = answering;
  model.release('Are you back');
  await until(
    async () => {
      await asks('Are you back?');
      return (await told()).length === 2;
    },
    'the model to be asked again',
    40_000,
  );
  expect(await told()).toEqual(['held down', 'held up']);
  expect((await demo.get<Workspace>('/v1/workspace')).model.outage).toBeNull();
  // Who waited for a person still does: nobody is answered twice.
  for (const { id } of failed) expect((await demo.messages(id)).filter(({ author, kind }) => author.kind === 'agent' && kind === 'message')).toEqual([]);
  expect((await asks('Are you back now?')).items.map(({ text }) => text)).toContain(heldReply);
});

test('what an agent uses is counted by day with its cost, and past its limit people answer, who are told once', { timeout: 120_000 }, async () => {
  model.release('How long');
  const { items: asked } = await asks('How long does delivery take?');
  const use = async (): Promise<ModelUse[]> => (await demo.get<{ items: ModelUse[] }>('/v1/reports/model-use')).items;
  const nova = (await use()).find(({ agentName }) => agentName === 'Nova')!;
  expect(nova).toMatchObject({ model: 'held' });
  expect(nova.failures).toBeGreaterThanOrEqual(4);
  expect(nova.cost).toBeCloseTo((nova.inputTokens * 0.4 + nova.outputTokens * 1.6) / 1_000_000, 6);
  expect(nova.inputTokens).toBeGreaterThan(0);
  const csv = await fetch(`${running.url}/v1/reports/model-use?format=csv`, { headers: { authorization: `Bearer ${await demo.token('ana')}` } });
  expect(await csv.text()).toContain('inputTokens');
  expect((await demo.ask('GET', '/v1/reports/model-use?from=2026-02-02&to=2026-02-01', { as: 'ana' })).code).toBe('invalid');

  // What is only tried out counts as well.
  const replay = () =>
    demo.ask('POST', `/v1/agents/${nova.agentId}/what-if`, {
      as: 'ana',
      body: { classifierInstruction: 'Be brief.', sample: { messageIds: [asked.find(({ direction }) => direction === 'inbound')!.id] } },
    });
  expect((await replay()).status).toBe(200);
  expect((await use()).find(({ agentName }) => agentName === 'Nova')!.inputTokens).toBeGreaterThan(nova.inputTokens);

  await demo.tune('Nova', { dailyTokenLimit: 1_000 });
  await until(
    async () => {
      const [today] = (await use()).filter(({ agentName }) => agentName === 'Nova');
      if (today!.inputTokens + today!.outputTokens >= 1_000) return true;
      await asks('How long does it take?');
      return false;
    },
    'the limit to be reached',
    40_000,
  );
  const before = model.server.requests.length;
  for (const text of ['How long is the guarantee?', 'How long do you keep it?']) {
    const { items, conversation } = await asks(text);
    expect(items.find(({ code }) => code === 'did_not_answer')).toMatchObject({ reason: 'daily_limit' });
    expect(conversation.requiresAction).toBe(true);
  }
  expect(await replay()).toMatchObject({ code: 'daily_limit' });
  expect(model.server.requests.length).toBe(before);
  expect((await told()).filter((line) => line === 'Nova limit')).toHaveLength(1);
  await demo.tune('Nova', { dailyTokenLimit: null });
  expect((await asks('How long until then?')).items.map(({ text }) => text)).toContain(heldReply);
});

test('a team says what is risky: its words stage a reply that would be sent, and a promise may pass', async () => {
  model.release('When do you');
  await demo.tune('Nova', { replyMode: 'controlled', riskRules: [{ kind: 'words', level: 'high', words: ['nine to five'] }] });
  const staged = await asks('When do you open?');
  expect(staged.conversation.draft).toMatchObject({ text: heldReply, risk: { level: 'high', reasons: ['words'] } });
  await demo.tune('Nova', { riskRules: [{ kind: 'words', level: 'low', words: ['nine to five'] }] });
  expect((await asks('When do you close?')).items.map(({ text }) => text)).toContain(heldReply);
  const wrong = await demo.ask<{ errors: { path: string }[] }>('PATCH', `/v1/agents/${(await demo.agent('Nova')).id}`, {
    as: 'ana',
    body: { riskRules: [{ kind: 'words', level: 'high' }] },
  });
  expect([wrong.status, wrong.body.errors[0]?.path]).toEqual([422, 'riskRules.0.words']);
});
