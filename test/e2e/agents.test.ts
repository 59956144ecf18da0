/** What agents do by themselves: stay quiet, answer from the articles, hand off; with the built-in model, by every channel. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { GuidanceCard } from '../../server/contract/settings.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { until } from '../support/pipeline.ts';

let running: RunningDemo;
let demo: DemoClient;

beforeAll(async () => {
  running = await startDemo({ pages: false });
  demo = demoClient(running.url);
  for (const name of ['Nova', 'Sol', 'Vega']) await demo.tune(name, { burstWaitMs: 0 });
});
afterAll(() => running?.stop());

interface Chat {
  id: string;
  conversation: Conversation;
  items: Message[];
  /** What the agent or a person sent. */
  replies: string[];
  decision: Message['decision'];
}

/** A new visitor writes one message after the other, each once the one before is settled. */
async function chat(...texts: string[]): Promise<Chat> {
  const visitor = await demo.visitor();
  let id = '';
  for (const text of texts) {
    id = (await visitor.says(text)).conversationId;
    await demo.settled(id);
    await until(async () => (await demo.messages(id)).every((item) => item.delivery?.status !== 'queued'), 'its delivery');
  }
  const [conversation, items] = [await demo.conversation(id), await demo.messages(id)];
  expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
  const sent = items.filter((item) => item.direction === 'outbound' && item.author.kind !== 'system');
  expect((await visitor.sees()).items.filter((item) => item.direction === 'outbound' && item.author.kind !== 'system').map((item) => item.text)).toEqual(
    sent.map((item) => item.text),
  );
  return { id, conversation, items, replies: sent.map((item) => item.text), decision: items.findLast((item) => item.decision)?.decision };
}

describe('the classifier', () => {
  test.each([
    'thanks!',
    'ok 👍',
    'obrigado!',
    '¡Muchas gracias!',
    'Vielen Dank',
    'شكرا',
    'merci beaucoup',
    '谢谢',
  ])('keeps quiet on %s, and says so', async (text) => {
    const { conversation, items, replies, decision } = await chat(text);
    expect(replies).toEqual([]);
    expect(decision).toMatchObject({ replied: false, reason: expect.stringMatching(/\S/) });
    expect(items.at(-1)).toMatchObject({ kind: 'system', code: 'stayed_quiet' });
    expect(conversation).toMatchObject({ requiresAction: false, waitingSince: null, handoff: null });
  });

  test.each([
    ['@Nova thanks!', /welcome/i],
    ['obrigada @nova', /./],
  ])('is passed by a mention: %s', async (text, courtesy) => {
    const { replies, decision } = await chat(text);
    expect(decision).toMatchObject({ replied: true, by: 'mention' });
    expect(replies).toEqual([expect.stringMatching(courtesy)]);
  });

  test('names the card that decided', async () => {
    const cards = (await demo.get<{ items: GuidanceCard[] }>('/v1/guidance-cards')).items;
    const { decision, replies } = await chat('Thanks for the refund');
    expect(decision).toMatchObject({ replied: true, by: 'card', cardId: cards.find((card) => card.title === 'Refunds')!.id });
    expect(replies).toHaveLength(1);
  });

  test('that is off answers everything', async () => {
    await demo.tune('Nova', { classifierOn: false });
    expect((await chat('thanks!')).replies).toHaveLength(1);
    await demo.tune('Nova', { classifierOn: true });
    expect((await chat('thanks!')).replies).toEqual([]);
  });
});

describe('the articles', () => {
  test.each([
    ['How long does delivery take?', /two working days/],
    ['Are you open on Saturday?', /10:00 to 16:00/],
    ['What are your opening hours at the weekend?', /Sunday/],
    ['How do I return a grinder?', /30 days/],
    ['¿Cuánto tarda el envío?', /dos días laborables/],
    ['Wie lange dauert die Lieferung?', /zwei Werktage/],
    ['Qual é o horário ao sábado?', /10:00/],
    ['Posso devolver a máquina?', /30 dias/],
    ['Kann ich das zurückschicken?', /30 Tagen/],
    ['Combien de temps prend la livraison ?', /two working days/],
    ['送货需要多长时间？', /two working days/],
    ['Сколько длится доставка?', /two working days/],
  ])('answer %s', async (question, answer) => {
    const { replies, items } = await chat(question);
    expect(replies).toEqual([expect.stringMatching(answer)]);
    expect(items.find((item) => item.kind === 'skill')).toMatchObject({ author: { kind: 'agent', name: 'Nova' }, data: expect.objectContaining({ ok: true }) });
    expect(items.at(-1)).toMatchObject({
      aiGenerated: true,
      sentBy: { kind: 'agent' },
      delivery: { status: 'sent' },
      because: { articles: [expect.anything()] },
    });
  });
});

/** A conversation that people have, with the agent stopped and the way open. */
async function expectHandedOff(id: string, trigger: string, ways = ['A call', 'A meeting', 'The sales team']): Promise<void> {
  const conversation = await until(async () => {
    const seen = await demo.conversation(id);
    return seen.handoff ? seen : null;
  }, `a handoff by ${trigger}`);
  expect(conversation).toMatchObject({
    handoff: { trigger },
    requiresAction: true,
    controller: { kind: 'human' },
    draft: null,
    may: { agentReply: { allowed: false, reason: 'handed_off' }, operatorSend: { allowed: true } },
  });
  const asked = (await demo.messages(id)).filter((item) => item.routes);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ author: { kind: 'system' }, direction: 'outbound', routes: ways.map((label) => ({ label })) });
}

describe('a handoff', () => {
  test.each<[string, string[]?]>([
    ['I want to talk to a human'],
    ['quero falar com uma pessoa', ['Uma chamada', 'Uma reunião', 'A equipa de vendas']],
    ['Quiero hablar con una persona', ['Una llamada', 'Una reunión', 'El equipo de ventas']],
    ['Ich möchte mit einem Menschen sprechen', ['Ein Anruf', 'Ein Termin', 'Der Vertrieb']],
    ['أريد التحدث مع شخص', ['مكالمة', 'اجتماع', 'فريق المبيعات']],
    ['Je veux parler à un conseiller humain'],
  ])('follows “%s”', async (text, ways) => {
    const { id, replies } = await chat(text);
    await expectHandedOff(id, 'asks_for_person', ways);
    expect(replies).toEqual([]);
  });

  test.each([
    ['email', 'person@handoff.example', 'hello'],
    ['sms', '+447700901001', ''],
    ['whatsapp', '+447700901002', ''],
    ['instagram', '44770090100', ''],
    ['custom', 'handoff-1', ''],
  ])('is made by %s too, and the customer is asked there', async (channel, from, subject) => {
    const name = `Person by ${channel}`;
    await demo.play({ channel, from, name, text: 'I would like to speak to a human, please', ...(subject ? { subject } : {}) });
    const found = await until(
      async () =>
        (await demo.find(from)) ??
        (await demo.find(name)) ??
        (await demo.get<{ items: Conversation[] }>(`/v1/conversations?channel=${channel}&limit=1`)).items.find((one) => one.inboundCount === 1),
      'the conversation',
    );
    await expectHandedOff(found.id, 'asks_for_person');
    const mail = await until(
      async () =>
        (await demo.ask<{ items: { to: string; text: string }[] }>('GET', `/demo/outbox?channel=${channel}`)).body.items.find((item) => item.to === from),
      'the question on that channel',
    );
    expect(mail.text).toMatch(/1\. A call\n2\. A meeting\n3\. The sales team/);
    await demo.play({ channel, from, name, text: '2', ...(subject ? { subject: `Re: ${subject}` } : {}) });
    await until(async () => (await demo.conversation(found.id)).handoff?.route?.label === 'A meeting', 'the route that was chosen');
  });

  test('follows a keyword, and what an agent could not answer twice', async () => {
    const [keyword, loop] = await Promise.all([
      chat('I will call my lawyer'),
      chat('What is the airspeed of a swallow?', 'And who painted the ceiling?', 'Who won the cup in 1974?'),
    ]);
    await expectHandedOff(keyword.id, 'keyword');
    await expectHandedOff(loop.id, 'fallback_loop');
    expect(loop.replies).toHaveLength(2);
  });

  test('is chosen a route for in the chat, holds against everything but resume, and starts nothing then', async () => {
    const visitor = await demo.visitor();
    const id = (await visitor.says('Can I talk to a real person?')).conversationId;
    await expectHandedOff(id, 'asks_for_person');
    const ask = await until(async () => (await visitor.sees()).items.find((item) => item.routes), 'the routes');
    expect((await demo.ask('POST', '/v1/chat/route', { as: visitor.as, body: { routeId: ask.routes![0]!.id } })).status).toBe(200);
    expect((await demo.conversation(id)).handoff?.route?.label).toBe('A call');
    expect((await visitor.sees()).items.find((item) => item.routes)?.chosenRouteId).toBe(ask.routes![0]!.id);
    await visitor.says('How long does delivery take?');
    await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { replyMode: 'auto_send' } });
    expect((await demo.act(id, 'messages', { text: 'This is Ana.' })).status).toBe(201);
    expect((await demo.conversation(id)).handoff).not.toBeNull();
    const resumed = await demo.act(id, 'resume', { reason: 'Settled by telephone' }, 'ben');
    expect(resumed.body).toMatchObject({ handoff: null, controller: { kind: 'agent' }, may: { agentReply: { allowed: true } } });
    expect((await demo.messages(id)).some((item) => item.author.kind === 'agent' && item.direction === 'outbound')).toBe(false);
    await visitor.says('And how do I return it?');
    await until(async () => (await demo.messages(id)).findLast((item) => item.direction === 'outbound' && item.author.kind === 'agent'), 'the agent’s answer');
    expect((await demo.conversation(id)).handoff).toBeNull();
    const timeline = await demo.get<{ items: { kind: string; text: string; reason: string | null; actor: { name: string } }[] }>(
      `/v1/conversations/${id}/timeline?limit=100`,
    );
    expect(timeline.items.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['handed_off', 'route_chosen', 'resumed']));
    expect(timeline.items.find((entry) => entry.kind === 'route_chosen')?.text).toBe('The customer chose A call');
    expect(timeline.items.find((entry) => entry.kind === 'resumed')).toMatchObject({ reason: 'Settled by telephone', actor: { name: 'Ben Okafor' } });
  });
});

describe('the way to a person', () => {
  test.each<[string, (id: string, conversation: Conversation) => Promise<unknown>]>([
    ['while the agent is in control', async () => {}],
    ['handed off', (id) => demo.act(id, 'handoff', {})],
    ['held by another', (id) => demo.act(id, 'assume', {}, 'chloe')],
    ['paused', (_, { contact }) => demo.ask('POST', `/v1/contacts/${contact.id}/pause-ai`, { as: 'ana', body: {} })],
    ['switched off', (id) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { replyMode: 'off' } })],
    ['drafted only', (id) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { replyMode: 'auto_draft' } })],
    ['without an agent', (id) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null } })],
    ['closed', (id) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { status: 'closed' } })],
    ['archived', (id) => demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { status: 'archived' } })],
  ])('is open %s', async (_, prepare) => {
    const { id, conversation } = await chat('Are you open on Saturday?');
    await prepare(id, conversation);
    const inControl = !(await demo.conversation(id)).may.operatorSend.allowed;
    const plain = await demo.act(id, 'messages', { text: 'A person writes' }, 'ben');
    expect([plain.status, plain.code]).toEqual(inControl ? [409, 'agent_in_control'] : [201, '']);
    const taken = await demo.act(id, 'assume', { reason: 'Mine' }, 'ben');
    expect(taken).toMatchObject({
      status: 200,
      body: { controller: { kind: 'human' }, assignee: { name: 'Ben Okafor' }, may: { agentReply: { allowed: false } } },
    });
    expect((await demo.act(id, 'assume', {}, 'ben')).body.version).toBe(taken.body.version);
    expect((await demo.act(id, 'messages', { text: 'A person writes' }, 'ben')).status).toBe(201);
    expect((await demo.act(id, 'notes', { text: 'Noted', mentions: [] }, 'chloe')).status).toBe(201);
    await until(
      async () => (await demo.messages(id)).some((item) => item.author.name === 'Ben Okafor' && item.delivery?.status === 'sent'),
      'the person’s message',
    );
  });

  test('and back: to an active agent only, which answers what nobody answered', async () => {
    const visitor = await demo.visitor();
    const id = (await visitor.says('Hello')).conversationId;
    await demo.settled(id);
    await demo.act(id, 'assume', {});
    await visitor.says('How long does delivery take?');
    const [nova, iris] = [await demo.agent('Nova'), await demo.agent('Old Iris')];
    expect((await demo.act(id, 'transfer-to-ai', { agentId: iris.id })).code).toBe('agent_inactive');
    await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { replyMode: 'off' } });
    expect((await demo.act(id, 'transfer-to-ai', { agentId: nova.id, reason: 'Yours' })).body).toMatchObject({
      replyModeOverride: null,
      controller: { kind: 'agent', id: nova.id },
    });
    await until(async () => (await visitor.sees()).items.some((item) => item.text.includes('two working days')), 'the answer');
    await demo.tune('Vega', { replyMode: 'off' });
    expect((await demo.act(id, 'transfer-to-ai', { agentId: (await demo.agent('Vega')).id })).code).toBe('reply_mode_off');
    await demo.tune('Vega', { replyMode: 'controlled' });
  });
});

describe('a transfer between people', () => {
  type Answered = { transfer?: { id: string }; status?: string };
  test('moves the conversation only when the asked one accepts, answers a key once, and is nobody else’s to settle', async () => {
    const id = (await (await demo.visitor()).says('Could you help me choose a grinder?')).conversationId;
    await demo.settled(id);
    await demo.act(id, 'assume', {}, 'ben');
    const chloe = await demo.get<{ id: string }>('/v1/me', 'chloe');
    const ask = async () =>
      (await demo.ask<Answered>('POST', `/v1/conversations/${id}/transfer`, { as: 'ben', body: { operatorId: chloe.id, note: 'You know grinders' } })).body
        .transfer!.id;
    const settle = (transfer: string, how: string, as: 'ana' | 'ben' | 'chloe' | 'rita', key?: string) =>
      demo.ask<Answered>('POST', `/v1/transfers/${transfer}/${how}`, { as, body: {}, ...(key ? { headers: { 'idempotency-key': key } } : {}) });
    const assignee = async () => (await demo.conversation(id)).assignee?.name;
    const declined = await ask();
    expect([(await settle(declined, 'accept', 'ana')).code, (await settle(declined, 'accept', 'rita')).code, await assignee()]).toEqual([
      'forbidden',
      'not_found',
      'Ben Okafor',
    ]);
    expect([(await settle(declined, 'decline', 'chloe')).body.status, await assignee()]).toEqual(['declined', 'Ben Okafor']);
    expect((await settle(declined, 'accept', 'chloe')).code).toBe('transfer_settled');
    const accepted = await ask();
    const answers = [await settle(accepted, 'accept', 'chloe', 'accept-once'), await settle(accepted, 'accept', 'chloe', 'accept-once')];
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(
      answers.map(() => [200, expect.objectContaining({ id: accepted, status: 'accepted' })]),
    );
    expect(await demo.conversation(id)).toMatchObject({ assignee: { id: chloe.id }, controller: { kind: 'human', id: chloe.id } });
    expect((await demo.act(id, 'leave', {}, 'chloe')).code).toBe('assignee_must_transfer');
  });
});
