/** People take the word while an agent composes, a slow model fails, customers write in bursts: through a model at an address of its own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient, Visitor } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { heldReply, startHeldModel } from '../support/held-model.ts';
import type { HeldModel } from '../support/held-model.ts';
import type { Step } from '../support/openai-server.ts';
import { until } from '../support/pipeline.ts';

let model: HeldModel;
let running: RunningDemo;
let demo: DemoClient;

beforeAll(async () => {
  model = await startHeldModel();
  running = await startDemo({
    pages: false,
    environment: { OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: model.server.url, MODEL: 'held', MODEL_TIMEOUT_MS: '2500' },
  });
  demo = demoClient(running.url);
  await demo.tune('Nova', { burstWaitMs: 0 });
});
afterAll(async () => {
  await running?.stop();
  await model?.server.close();
});

interface Desk {
  agentId: string;
  accountId: string;
}
/** A chat account with an agent of its own, so that what is done to them concerns nobody else. */
async function desk(name: string, agent: Record<string, unknown> = {}): Promise<Desk> {
  const made = await demo.ask<{ id: string }>('POST', '/v1/agents', { as: 'ana', body: { name, replyMode: 'auto_send', burstWaitMs: 0, ...agent } });
  const account = await demo.ask<{ id: string }>('POST', '/v1/channel-accounts', { as: 'ana', body: { channel: 'chat', name, agentId: made.body.id } });
  expect([made.status, account.status]).toEqual([201, 201]);
  return { agentId: made.body.id, accountId: account.body.id };
}
async function visitorAt({ accountId }: Desk): Promise<Visitor> {
  const { body } = await demo.ask<Visitor['session']>('POST', '/v1/chat/sessions', { body: { workspace: 'demo', channelAccountId: accountId } });
  const as = { token: body.token };
  return {
    session: body,
    as,
    says: async (text) => (await demo.ask<Awaited<ReturnType<Visitor['says']>>>('POST', '/v1/chat/messages', { as, body: { text } })).body,
    sees: () => demo.get('/v1/chat/messages?limit=100', as),
  };
}
const byAgent = (items: Message[]) => items.filter((item) => item.direction === 'outbound' && item.author.kind === 'agent');
const patch = (id: string, body: unknown) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body });

describe('while the agent composes', () => {
  /** Where nobody took it, somebody is asked to. */
  const taken = ['assumed', 'answered by a person who assumes', 'closed', 'archived'];
  const acts: [string, (id: string, conversation: Conversation, at: Desk) => Promise<{ status: number }>][] = [
    ['assumed', (id) => demo.act(id, 'assume', { reason: 'Mine' }, 'ben')],
    ['answered by a person who assumes', (id) => demo.act(id, 'messages', { text: 'A person answers', assume: true }, 'ben')],
    ['handed off by hand', (id) => demo.act(id, 'handoff', { reason: 'By hand' })],
    ['paused for the contact', (_, { contact }) => demo.ask('POST', `/v1/contacts/${contact.id}/pause-ai`, { as: 'ana', body: { reason: 'Angry' } })],
    ['its mode switched off', (id) => patch(id, { replyMode: 'off' })],
    ['the agent’s mode switched off', (_id, _, { agentId }) => demo.ask('PATCH', `/v1/agents/${agentId}`, { as: 'ana', body: { replyMode: 'off' } })],
    ['its agent deactivated', (_id, _, { agentId }) => demo.ask('PATCH', `/v1/agents/${agentId}`, { as: 'ana', body: { active: false } })],
    ['its agent taken off', (id) => patch(id, { agentId: null })],
    ['its account switched off', (_id, _, { accountId }) => demo.ask('PATCH', `/v1/channel-accounts/${accountId}`, { as: 'ana', body: { active: false } })],
    ['closed', (id) => patch(id, { status: 'closed' })],
    ['archived', (id) => patch(id, { status: 'archived' })],
  ];

  test.concurrent.each(acts)(
    '%s: nothing is sent after',
    async (name, act) => {
      const at = await desk(`Agent that is ${name}`);
      const visitor = await visitorAt(at);
      const words = `What happens when it is ${name}?`;
      const id = (await visitor.says(words)).conversationId;
      const request = await model.composing(words);
      const before = await until(async () => {
        const seen = await demo.conversation(id);
        return seen.working?.stage === 'composing' && seen;
      }, 'the agent to be seen composing');
      expect(before.working?.agentId).toBe(at.agentId);
      expect((await act(id, before, at)).status).toBeLessThan(300);
      expect(await request.over).toBe(true);
      model.release(words);
      const after = await until(async () => {
        const seen = await demo.conversation(id);
        return !seen.working && (seen.requiresAction || taken.includes(name)) && seen;
      }, 'the end of the work');
      expect(after.may.agentReply.allowed).toBe(false);
      expect(byAgent(await demo.messages(id))).toEqual([]);
      const written = await demo.act(id, 'messages', { text: 'A person writes' }, 'ben');
      expect(written.status).toBe(201);
      await until(async () => (await visitor.sees()).items.some((item) => item.text === 'A person writes'), 'the person’s message');
      const items = await demo.messages(id);
      expect(byAgent(items)).toEqual([]);
      expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
    },
    30_000,
  );

  test('a person who assumes and writes does not wait for it', async () => {
    const visitor = await visitorAt(await desk('Slow'));
    const id = (await visitor.says('Slow one?')).conversationId;
    await model.composing('Slow one?');
    const began = performance.now();
    await demo.act(id, 'messages', { text: 'Ben here', assume: true }, 'ben');
    await until(async () => (await visitor.sees()).items.some((item) => item.text === 'Ben here'), 'the message', 2_400);
    expect(performance.now() - began).toBeLessThan(2_400);
  });

  test('what the customer adds starts it over: one answer, to both', async () => {
    const visitor = await visitorAt(await desk('Starting over'));
    const id = (await visitor.says('First, over?')).conversationId;
    const first = await model.composing('First, over?');
    await visitor.says('Second, over?');
    expect(await first.over).toBe(true);
    const second = await model.composing('Second, over?');
    expect(second.user).toContain('First, over?');
    model.release('Second, over?');
    await until(async () => byAgent(await demo.messages(id)).length > 0, 'the answer');
    await demo.settled(id);
    expect(byAgent(await demo.messages(id)).map((item) => item.text)).toEqual([heldReply]);
  });
});

describe('a burst', () => {
  /** The customer takes its time between two acts. */
  const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

  test('of five messages in three seconds is answered once', async () => {
    const visitor = await visitorAt(await desk('Patient', { burstWaitMs: 2_500 }));
    model.release('burst 5');
    for (let n = 1; n < 5; n += 1) {
      await visitor.says(`burst ${n}`);
      await later(600);
    }
    const id = (await visitor.says('burst 5')).conversationId;
    await demo.settled(id);
    await until(async () => byAgent(await demo.messages(id)).length > 0, 'the answer');
    expect(byAgent(await demo.messages(id))).toHaveLength(1);
    expect(model.asked('burst').map((request) => (JSON.parse(request.user) as { messages: string[] }).messages)).toEqual([
      [1, 2, 3, 4, 5].map((n) => `burst ${n}`),
    ]);
  });

  test('lasts while the customer types', async () => {
    const visitor = await visitorAt(await desk('Listening', { burstWaitMs: 1_500 }));
    await visitor.says('typing one');
    for (let n = 0; n < 3; n += 1) {
      await later(800);
      await demo.ask('POST', '/v1/chat/typing', { as: visitor.as, body: { typing: true } });
    }
    expect(model.asked('typing one')).toEqual([]);
    await visitor.says('typing two');
    expect((await model.composing('typing two')).user).toContain('typing one');
  });
});

describe('a model that', () => {
  test.concurrent.each<[string, Step]>([
    ['answers 500', { kind: 'status', status: 500, retryAfterMs: 5 }],
    ['answers 429', { kind: 'status', status: 429, retryAfterMs: 5 }],
    ['refuses the key', { kind: 'status', status: 401 }],
    ['answers garbage', { kind: 'garbage', body: '<html>Bad gateway</html>', type: 'text/html' }],
    ['answers nothing', { kind: 'text', text: '' }],
    ['stalls', { kind: 'stall' }],
  ])(
    '%s: people have the conversation, with a line that says why',
    async (name, step) => {
      const words = `Model that ${name}?`;
      model.plays(words, step);
      const visitor = await demo.visitor();
      const id = (await visitor.says(words)).conversationId;
      const seen = await until(
        async () => {
          const conversation = await demo.conversation(id);
          return conversation.handoff ? conversation : null;
        },
        'the handoff',
        20_000,
      );
      expect(seen).toMatchObject({ handoff: { trigger: 'failure' }, requiresAction: true, controller: { kind: 'human' }, working: null });
      const items = await demo.messages(id);
      expect(items.find((item) => item.code === 'could_not_answer')).toMatchObject({ kind: 'system', reason: expect.stringMatching(/model/) });
      expect(items.filter((item) => item.routes)).toHaveLength(1);
      expect(byAgent(items)).toEqual([]);
      expect(JSON.stringify(items)).not.toMatch(/Bad gateway|127\.0\.0\.1|a key/);
    },
    30_000,
  );

  test.concurrent('breaks off half-way sends no half answer', async () => {
    model.plays('Half of it?', { kind: 'cut', text: heldReply });
    const visitor = await demo.visitor();
    const id = (await visitor.says('Half of it?')).conversationId;
    await until(async () => (await demo.conversation(id)).handoff, 'the handoff', 20_000);
    expect((await visitor.sees()).items.filter((item) => item.author.kind === 'agent')).toEqual([]);
  }, 30_000);
});
