/** What stays when the process does not: killed with work under way, asked to end, started again on the same data. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Contact } from '../../server/contract/contact.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemoProgram } from '../support/demo-program.ts';
import { heldReply, startHeldModel } from '../support/held-model.ts';
import type { HeldModel } from '../support/held-model.ts';
import { hostileHtml, oddTexts, stored } from '../support/odd-texts.ts';
import { until } from '../support/pipeline.ts';
import type { Program } from '../support/process.ts';
import { listenTo } from '../support/stream.ts';

let database: TestDatabase;
let model: HeldModel;
const programs: Program[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  model = await startHeldModel();
});
afterAll(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  await model?.server.close();
  await database?.close();
});

async function start(): Promise<{ program: Program; demo: DemoClient }> {
  const started = await startDemoProgram(database, { OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: model.server.url, MODEL: 'held' });
  programs.push(started.program);
  return started;
}
const byAgent = (items: Message[]) => items.filter((item) => item.direction === 'outbound' && item.author.kind === 'agent');

test('a killed process’s work goes on in the next, and everything else is as it was', { timeout: 90_000 }, async () => {
  const { program, demo } = await start();
  await demo.tune('Nova', { burstWaitMs: 0 });
  const texts = [...oddTexts(), ...hostileHtml()].filter((text) => text.trim() !== '');

  const held = (await (await demo.visitor()).says('For people')).conversationId;
  await demo.act(held, 'assume', {});
  const { contact } = await demo.conversation(held);
  for (const [index, text] of texts.entries()) {
    const answer = await demo.act(held, index % 2 ? 'notes' : 'messages', { text });
    expect([text, answer.status]).toEqual([text, 201]);
  }
  const attributes = Object.fromEntries(texts.map((text, index) => [`a${index}`, text]));
  expect((await demo.ask('PATCH', `/v1/contacts/${contact.id}`, { as: 'ana', body: { name: '<img src=x onerror=alert(1)>\u202e', attributes } })).status).toBe(
    200,
  );
  await until(async () => (await demo.messages(held)).every((item) => item.delivery?.status !== 'queued'), 'deliveries');

  const ana = await demo.token('ana');
  const stream = await listenTo(`${demo.url}/v1/events`, ana);
  const visitor = await demo.visitor();
  const id = (await visitor.says('Will you remember me?')).conversationId;
  await model.composing('Will you remember me?');
  const last = await stream.until(
    (heard) => heard.event === 'message' && heard.data['text'] === 'Will you remember me?' && heard.id !== undefined,
    'the message',
  );
  const snapshot = async (client: DemoClient) => ({
    messages: await allOf<Message>(client, `/v1/conversations/${held}/messages`),
    contact: await client.get<Contact>(`/v1/contacts/${contact.id}`),
    drafts: (await client.get<{ items: Draft[] }>('/v1/drafts')).items,
    pool: (await client.get<{ items: { id: string }[] }>('/v1/conversations?status=any&limit=100')).items.filter((one) => one.id !== id),
  });
  const before = await snapshot(demo);
  expect(
    before.messages.filter((item) => item.kind === 'note' || (item.author.kind === 'operator' && item.kind === 'message')).map((item) => item.text),
  ).toEqual(texts.map(stored));
  expect(before.contact.attributes).toEqual(Object.fromEntries(texts.map((text, index) => [`a${index}`, stored(text)])));

  program.kill('SIGKILL');
  expect(await program.ended).toBe('SIGKILL');
  stream.close();
  const next = await start();
  expect(await snapshot(next.demo)).toEqual(before);
  await model.composing('Will you remember me?', 2);
  model.release('Will you remember me?');
  const items = await until(
    async () => {
      const seen = await next.demo.messages(id);
      return byAgent(seen).some((item) => item.delivery?.status === 'sent') && seen;
    },
    'the answer',
    20_000,
  );
  expect(byAgent(items).map((item) => item.text)).toEqual([heldReply]);
  expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
  expect(await next.demo.conversation(id)).toMatchObject({ working: null, waitingSince: null });

  // A reader goes on where it was, and a visitor has its history.
  const again = await listenTo(`${next.demo.url}/v1/events`, ana, last.id);
  await again.until((heard) => heard.event === 'message' && heard.data['text'] === heldReply, 'the answer');
  expect(again.heard.some((heard) => heard.event === 'reset')).toBe(false);
  const seen = await next.demo.get<{ items: { text: string }[] }>('/v1/chat/messages', visitor.as);
  expect(seen.items.map((item) => item.text)).toEqual(['Will you remember me?', heldReply]);

  // Asked to end: streams say when to come back, nobody is cut, and nothing hangs on a model that does not answer.
  const other = await next.demo.visitor();
  await other.says('Do not wait for me');
  await model.composing('Do not wait for me');
  const open = await fetch(`${next.demo.url}/v1/events`, { headers: { authorization: `Bearer ${ana}` } });
  const requests = Promise.all(Array.from({ length: 20 }, () => next.demo.ask('GET', '/v1/conversations?limit=100', { as: 'ana' })));
  const began = performance.now();
  next.program.kill('SIGTERM');
  expect(await open.text()).toMatch(/retry: ?\d+/);
  expect((await requests.catch(() => [])).every((answer) => answer.status === 200)).toBe(true);
  expect(await next.program.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(next.program.output()).not.toMatch(/"level":"(error|fatal)"/);
  await start();
  await model.composing('Do not wait for me', 2);
});

test('two processes are one: what is written through one is heard, stopped and answered through the other', { timeout: 60_000 }, async () => {
  const [one, two] = await Promise.all([start(), start()]);
  const token = await one.demo.token('ana');
  const streams = await Promise.all([one, two].map(({ demo }) => listenTo(`${demo.url}/v1/events`, token)));
  for (const [by, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const words = `Which of you two, ${by.program.pid}?`;
    const visitor = await by.demo.visitor();
    const own = await listenTo(`${other.demo.url}/v1/chat/events`, visitor.as.token);
    const { conversationId: id } = await visitor.says(words);
    for (const stream of streams) await stream.until((heard) => heard.event === 'message' && heard.data['text'] === words, 'the message');
    const request = await model.composing(words);
    expect((await other.demo.act(id, 'assume', {})).status).toBe(200);
    expect(await request.over).toBe(true);
    model.release(words);
    await other.demo.act(id, 'messages', { text: `A person, of ${other.program.pid}` });
    await own.until((heard) => heard.data['text'] === `A person, of ${other.program.pid}`, 'the person’s message');
    expect(byAgent(await by.demo.messages(id))).toEqual([]);
    own.close();
  }
  const durable = streams.map((stream) => stream.heard.filter((heard) => heard.id !== undefined).map((heard) => heard.id));
  const shared = durable[0]!.filter((id) => durable[1]!.includes(id));
  expect(shared).toEqual(durable[1]!.filter((id) => durable[0]!.includes(id)));
  expect(shared.length).toBeGreaterThan(10);
  for (const stream of streams) stream.close();
});

async function allOf<T>(client: DemoClient, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = Buffer.from('{"seq":0}').toString('base64url'); after !== null; ) {
    const page: { items: T[]; after: string | null } = await client.get(`${path}?limit=100&after=${after}`);
    items.push(...page.items);
    after = page.after;
  }
  return items;
}
