/** What an agent would do by its skills where its replies wait for a person: planned with the draft, done once with the approval. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { makeOutside } from '../../server/channels/outside.ts';
import type { Problem } from '../../server/contract/common.ts';
import type { ApprovedDraft as Approved, Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';
import { skillOutside } from '../../server/pipeline/skill-outside.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { json, startEndpoint } from '../support/endpoints.ts';
import type { Endpoint } from '../support/endpoints.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer, RecordedRequest, Step } from '../support/openai-server.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

type ApprovedDraft = z.infer<typeof Approved>;

const CANARY = 'canary-2f81c7aa90';
const KEY = randomBytes(32);
const verdict = { needsReply: true, reason: 'asks something', reasonCode: 'question', cardId: null, intent: null, asksForHuman: false, route: null, urgency: 'normal', frustration: 0, language: 'en', certainty: 1 };

let database: TestDatabase;
let model: OpenAiServer;
let endpoint: Endpoint;
let api: TestApi;
let worker: TestProcess;
let world: World;
let token: string;
/** What the model does with words that it has not answered yet, by a part of them. */
const plays = new Map<string, { name: string; args: unknown }[]>();
const answer = ({ body, user }: RecordedRequest): Step => {
  if (body.stream !== true) return { kind: 'json', value: verdict };
  const [, calls = []] = [...plays].find(([words]) => user.includes(words)) ?? [];
  const next = calls[body.messages.filter(({ role }) => role === 'tool').length];
  return next ? { kind: 'tools', calls: [next] } : { kind: 'text', text: 'That is settled.' };
};

beforeAll(async () => {
  [database, model, endpoint] = await Promise.all([createTestDatabase(), startOpenAiServer(), startEndpoint({
    '/ok': json({ order: 'M-1', state: 'sent' }),
    '/page': (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
  })]);
  model.otherwise = answer;
  api = await startApi(database, { environment: { PRIVATE_HOSTS: '127.0.0.1,localhost', ENCRYPTION_KEY: KEY.toString('hex') } });
  const skills = { skillOutside: skillOutside(makeOutside(['127.0.0.1', 'localhost']).fetchOutside), encryptionKeys: [createSecretKey(KEY)] as const };
  [world, worker] = await Promise.all([api.world(), startProcess(database, { model: { apiKey: 'test', baseUrl: model.url, model: 'test' }, modelTimeoutMs: 20_000, skills })]);
  token = await operatorToken(world);
  for (const name of ['book_meeting', 'create_ticket']) await make({ name, kind: 'builtin' });
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await Promise.all([endpoint.close(), model.close()]);
  await database.close();
});

const make = async (skill: Record<string, unknown>): Promise<void> => {
  const made = await api.call('POST', '/v1/skills', { token, body: { description: 'Does something', ...skill } });
  expect(made.status, made.text).toBe(201);
};
const at = (path: string, more: Record<string, unknown> = {}) => ({ url: `${endpoint.url}${path}`, timeoutMs: 2_000, ...more });
const items = async (id: string) => (await api.call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages?limit=100`, { token })).body.items;
const runs = async (id: string) => (await items(id)).filter(({ kind }) => kind === 'skill');
/** The customer writes words to which the model answers by these calls. */
const writes = async (words: string, ...calls: { name: string; args: unknown }[]): Promise<string> => {
  plays.set(words, calls);
  return (await world.writes(words)).conversationId;
};
const startsAt = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const mode = async (replyMode: string) => {
  const agent = (await api.call<{ version: number }>('GET', `/v1/agents/${world.agents.nova}`, { token })).body;
  expect((await api.call('PATCH', `/v1/agents/${world.agents.nova}`, { token, body: { replyMode }, headers: { 'if-match': `"${agent.version}"` } })).status).toBe(200);
};
const drafted = (id: string) => until(async () => (await api.call<{ items: Draft[] }>('GET', `/v1/drafts?conversationId=${id}`, { token })).body.items[0], 'a draft', 20_000);
const approve = (draft: Draft, body: Record<string, unknown> = {}) => api.call<ApprovedDraft & Problem>('POST', `/v1/drafts/${draft.id}/approve`, { token, body, headers: { 'if-match': `"${draft.version}"` } });
const booked = async (id: string) => (await api.call<{ items: { kind: string }[] }>('GET', `/v1/conversations/${id}/timeline?limit=100`, { token })).body.items.filter(({ kind }) => kind === 'meeting_booked').length;
const called = (path: string) => endpoint.seen.filter(({ url }) => url.startsWith(path));
const outbound = async (id: string) => (await items(id)).filter(({ direction }) => direction === 'outbound').length;

test('looks things up at once, and does what changes something once with the approval, however many approve', async () => {
  await mode('auto_draft');
  await make({ name: 'lookup', config: at('/ok?lookup', { method: 'GET' }) });
  await make({ name: 'charge', risk: 'high', config: at('/ok?charge', { headers: { 'x-key': '{{apiKey}}' } }), secrets: { apiKey: CANARY } });
  const meeting = { name: 'book_meeting', args: { startsAt: startsAt(20), minutes: 30, about: 'A fitting' } };
  const id = await writes('Book me a fitting', { name: 'lookup', args: {} }, meeting, meeting, { name: 'charge', args: { sum: 5, note: `with ${CANARY}` } });
  const draft = await drafted(id);
  expect(draft.actions).toEqual([
    { key: expect.any(String), skill: 'book_meeting', args: meeting.args, risk: 'low', state: 'proposed', summary: null },
    { key: expect.any(String), skill: 'charge', args: { sum: 5, note: 'with •••' }, risk: 'high', state: 'proposed', summary: null },
  ]);
  expect(draft.because.skills).toEqual(['lookup']);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['lookup']);
  expect(called('/ok?lookup')).toHaveLength(1);
  expect([called('/ok?charge').length, await booked(id)]).toEqual([0, 0]);
  const both = await Promise.all([approve(draft), approve(draft)]);
  const won = both.find(({ status }) => status === 200)!;
  expect(won.body.draft.actions?.map(({ state }) => state)).toEqual(['done', 'done']);
  expect([called('/ok?charge').length, await booked(id), await outbound(id)]).toEqual([1, 1, 1]);
  expect(JSON.parse(called('/ok?charge')[0]!.body)).toMatchObject({ data: { conversationId: id, arguments: { sum: 5 } } });
  expect((await runs(id)).map(({ code, author }) => [code, author.kind])).toEqual([['lookup', 'agent'], ['charge', 'operator'], ['book_meeting', 'operator']]);
});

test('sends nothing where what it would do came to nothing, until a person says to leave that out', async () => {
  await make({ name: 'refuse', config: at('/page?refuse') });
  const id = await writes('Take it back', { name: 'refuse', args: {} }, { name: 'book_meeting', args: { startsAt: startsAt(-1), minutes: 30, about: 'Too late' } });
  const draft = await drafted(id);
  const failed = await approve(draft);
  expect(failed).toMatchObject({ status: 409, body: { code: 'skill_failed', detail: expect.stringMatching(/^refuse: /), current: { status: 'pending', actions: [{ state: 'failed' }, { state: 'proposed' }] } } });
  const [refuse, late] = draft.actions!.map(({ key }) => key);
  // It is not called again by itself, and what comes after it is not done without being sent.
  expect((await approve(draft, { skip: [refuse] })).body).toMatchObject({ code: 'skill_failed', detail: expect.stringMatching(/^book_meeting: that time is over/) });
  expect([called('/page?refuse').length, await booked(id), await outbound(id)]).toEqual([1, 0, 0]);
  expect((await approve(draft, { skip: [refuse, late], text: 'I cannot do that.' })).status).toBe(200);
  expect([called('/page?refuse').length, await outbound(id)]).toEqual([1, 1]);
});

test('does nothing with a draft that was rejected or overtaken, nor what a handoff came before', async () => {
  const meeting = { name: 'book_meeting', args: { startsAt: startsAt(21), minutes: 30, about: 'Nothing' } };
  const id = await writes('Book something', meeting);
  const draft = await drafted(id);
  expect((await api.call('POST', `/v1/drafts/${draft.id}/reject`, { token, body: {} })).status).toBe(200);
  expect((await approve({ ...draft, version: draft.version + 1 })).body.code).toBe('draft_settled');
  const handed = await writes('Book, or a person', meeting, { name: 'hand_off', args: { reason: 'unsure' } });
  await until(async () => (await items(handed)).find(({ code }) => code === 'handed_off'), 'a handoff', 20_000);
  expect((await runs(handed))[0]).toMatchObject({ code: 'book_meeting', data: { ok: false, args: meeting.args } });
  expect([await booked(id), await booked(handed)]).toEqual([0, 0]);
});

test('that sends what is low in risk does what is low in risk at once, and leaves the rest to a person', async () => {
  await mode('controlled');
  const id = await writes('Ticket and meeting', { name: 'create_ticket', args: { title: 'Measure' } }, { name: 'charge', args: { sum: 6 } });
  const draft = await drafted(id);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['create_ticket']);
  expect(draft).toMatchObject({ risk: { reasons: ['skill'] }, actions: [{ skill: 'charge', state: 'proposed' }] });
  expect((await approve(draft)).status).toBe(200);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['create_ticket', 'charge']);
});
