/** What requests may be made of: bodies, keys, versions, odd texts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../server/contract/common.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { CallOptions, TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { oddTexts, stored } from '../support/odd-texts.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let token: string;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world();
  token = await operatorToken(world);
  await world.writes('Hello');
  contactId = (await database.sql<{ id: string }[]>`select id from contact where workspace_id = ${world.workspaceId}`)[0]!.id;
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const json = { 'content-type': 'application/json' };
const utf8 = (...bytes: number[]): Uint8Array<ArrayBuffer> => new Uint8Array([...Buffer.from('{"name":"'), ...bytes, ...Buffer.from('"}')]);

test.each<[string, CallOptions, number, string]>([
  ['no JSON', { raw: '{"name":', headers: json }, 400, 'malformed'],
  ['bytes that are no UTF-8', { raw: utf8(0xff, 0xfe), headers: json }, 400, 'malformed'],
  ['JSON nested a thousand times', { raw: `{"name":${'['.repeat(1_000)}${']'.repeat(1_000)}}`, headers: json }, 400, 'malformed'],
  ['half a million brackets', { raw: '['.repeat(500_000), headers: json }, 400, 'malformed'],
  ['a form', { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'wrong_type'],
  ['text that says nothing of itself', { raw: '{"name":"x"}', headers: { 'content-type': 'text/plain' } }, 415, 'wrong_type'],
  ['two megabytes', { raw: JSON.stringify({ name: 'x'.repeat(2_000_000) }), headers: json }, 413, 'too_large'],
  ['nothing', {}, 422, 'invalid'],
  ['a list', { body: [] }, 422, 'invalid'],
  ['null', { body: null }, 422, 'invalid'],
  ['a string', { body: 'x' }, 422, 'invalid'],
  ['a number for a name', { body: { name: 7 } }, 422, 'invalid'],
  ['a blank name', { body: { name: ' \n ' } }, 422, 'invalid'],
  ['a long name', { body: { name: 'x'.repeat(201) } }, 422, 'invalid'],
  ['a field that is not known', { body: { name: 'x', colour: 1 } }, 422, 'invalid'],
  ['a prototype', { raw: '{"name":"x","__proto__":{"admin":true},"constructor":{}}', headers: json }, 422, 'invalid'],
  ['a key with a space in it', { body: { name: 'x' }, headers: { 'idempotency-key': 'a b' } }, 400, 'malformed'],
  ['a key that is too long', { body: { name: 'x' }, headers: { 'idempotency-key': 'k'.repeat(256) } }, 400, 'malformed'],
])('%s is no tag, and the answer says why', async (_, options, status, code) => {
  const answer = await api.refused('POST', '/v1/tags', { token, ...options });
  expect(answer).toMatchObject({ status, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(Problem.strict().parse(answer.body)).toEqual(answer.body);
  expect(await database.sql`select 1 from tag where workspace_id = ${world.workspaceId}`).toHaveLength(0);
});

test('a body in chunks, without a length, is cut off as well', async () => {
  const chunk = new Uint8Array(64 * 1024).fill(32);
  let sent = 0;
  const raw = new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: (stream) => ((sent += 1) > 64 ? stream.close() : stream.enqueue(chunk)) });
  const response = await fetch(`${api.url}/v1/tags`, {
    method: 'POST',
    body: raw,
    duplex: 'half',
    headers: { ...json, authorization: `Bearer ${token}` },
  } as RequestInit);
  expect(response.status).toBe(413);
});

test('what takes nothing takes an empty body, whatever it says of itself', async () => {
  expect((await api.call('POST', '/v1/notifications/read', { token })).status).toBe(204);
  expect((await api.call('POST', '/v1/notifications/read', { token, headers: { 'content-type': 'text/plain' } })).status).toBe(204);
});

test('fifty requests with one key are one', async () => {
  const headers = { 'idempotency-key': idempotencyKey() };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.call<{ id: string }>('POST', '/v1/quick-replies', { token, headers, body: { name: 'One', text: 'Only one' } })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ text }) => JSON.stringify(JSON.parse(text), Object.keys(JSON.parse(text) as object).toSorted()))).size).toBe(1);
  expect(answers.filter(({ headers: given }) => given.get('idempotency-replayed') === null)).toHaveLength(1);
  expect(await database.sql`select 1 from quick_reply where name = 'One'`).toHaveLength(1);
  expect(await api.refused('POST', '/v1/quick-replies', { token, headers, body: { name: 'One', text: 'Another' } })).toMatchObject({
    status: 422,
    code: 'key_reused',
  });
  expect((await api.refused('POST', '/v1/intents', { token, headers, body: { name: 'one', label: 'One' } })).code).toBe('key_reused');
});

test('keys of different callers have nothing to do with each other; a refusal uses up no key; after a day a key is new', async () => {
  const headers = { 'idempotency-key': idempotencyKey() };
  const rita = await operatorToken(await api.world());
  expect((await api.refused('POST', '/v1/agents', { token, headers, body: { name: 'Nova' } })).code).toBe('name_taken');
  const [one, other] = await Promise.all(
    [token, rita].map((caller) => api.call<{ id: string }>('POST', '/v1/agents', { token: caller, headers, body: { name: 'Vega' } })),
  );
  expect([one!.status, other!.status]).toEqual([201, 201]);
  expect(one!.body.id).not.toBe(other!.body.id);
  await database.sql`update idempotency set created_at = now() - interval '25 hours'`;
  expect((await api.call('POST', '/v1/agents', { token, headers, body: { name: 'Altair' } })).status).toBe(201);
});

test('keys that run at once in two processes are one request', async () => {
  const second = await startApi(database);
  const headers = { 'idempotency-key': idempotencyKey() };
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      (at % 2 ? api : second).call<{ id: string }>('POST', '/v1/quick-replies', { token, headers, body: { name: 'Two', text: 'Two' } }),
    ),
  );
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await database.sql`select 1 from quick_reply where name = 'Two'`).toHaveLength(1);
  await second.stop();
});

test('a version is taken where it is given, in the one form that it has', async () => {
  const path = `/v1/contacts/${contactId}`;
  const { body: before } = await api.call<{ version: number }>('GET', path, { token });
  for (const odd of ['7', 'W/"1"', '*', '"x"', '"1", "2"', '']) {
    const answer = await api.refused('PATCH', path, { token, body: { name: 'X' }, headers: { 'if-match': odd } });
    expect([odd, answer.code]).toEqual([odd, 'malformed']);
  }
  expect(await api.refused('PATCH', path, { token, body: { name: 'X' }, headers: { 'if-match': `"${before.version + 1}"` } })).toMatchObject({
    status: 409,
    code: 'stale_version',
    body: { current: before },
  });
  const changed = await api.call<{ version: number }>('PATCH', path, { token, body: { company: 'Casa' }, headers: { 'if-match': `"${before.version}"` } });
  expect(changed).toMatchObject({ status: 200, body: { company: 'Casa', version: before.version + 1 } });
  expect(await api.refused('POST', `/v1/drafts/${contactId}/approve`, { token, body: {} })).toMatchObject({ status: 428, code: 'version_required' });
});

test('attributes of a contact are merged by name, and one that is set to null goes', async () => {
  const path = `/v1/contacts/${contactId}`;
  await api.call('PATCH', path, { token, body: { attributes: { plan: 'pro', seats: 4, trial: true } } });
  expect((await api.call('PATCH', path, { token, body: { attributes: { seats: 5, trial: null } } })).body).toMatchObject({
    attributes: { plan: 'pro', seats: 5 },
  });
});

test('AI is paused for a contact and resumed, once however often it is asked', async () => {
  const headers = { 'idempotency-key': idempotencyKey() };
  const pause = { token, body: { reason: 'Legal' }, headers };
  const paused = await api.call<{ version: number }>('POST', `/v1/contacts/${contactId}/pause-ai`, pause);
  expect(paused.body).toMatchObject({ aiPaused: { by: { name: 'Ana Duarte' }, reason: 'Legal' } });
  expect((await api.call('POST', `/v1/contacts/${contactId}/pause-ai`, pause)).body).toEqual(paused.body);
  expect((await api.call('POST', `/v1/contacts/${contactId}/resume-ai`, { token })).body).toMatchObject({ aiPaused: null });
});

test('odd texts come back exactly, and are searched for without harm', { timeout: 120_000 }, async () => {
  for (const text of ['', ' ', ...oddTexts()]) {
    const expected = stored(text);
    const name = expected.slice(0, 200).toWellFormed();
    const isName = name.trim() !== '';
    const contact = await api.call('PATCH', `/v1/contacts/${contactId}`, {
      token,
      body: { company: text.slice(0, 2_000), attributes: { odd: text.slice(0, 2_000) } },
    });
    expect([text, contact.status, contact.body]).toMatchObject([
      text,
      200,
      { company: expected.slice(0, 2_000), attributes: { odd: expected.slice(0, 2_000) } },
    ]);
    const agent = await api.call('PATCH', `/v1/agents/${world.agents.sol}`, { token, body: { instructions: text, ...(isName ? { name } : {}) } });
    expect([text, agent.status, agent.body]).toMatchObject([text, 200, { instructions: expected, ...(isName ? { name } : {}) }]);
    const tag = await api.call<{ id: string; name: string }>('POST', '/v1/tags', { token, body: { name } });
    expect([text, tag.status]).toEqual([text, isName ? 201 : 422]);
    if (isName) {
      expect((await api.call<{ name: string }>('GET', `/v1/tags/${tag.body.id}`, { token })).body.name).toBe(name);
      await api.call('DELETE', `/v1/tags/${tag.body.id}`, { token });
    }
    const search = encodeURIComponent(stored(text).slice(0, 150).toWellFormed());
    expect([text, (await api.call('GET', `/v1/contacts?q=${search}`, { token })).status]).toEqual([text, 200]);
  }
});

test('times that no clock shows, places that no thread has and a host’s data without end are refused by their names', async () => {
  const { conversationId } = await world.writes('Hello');
  const one = `/v1/conversations/${conversationId}`;
  const named = async (...request: Parameters<TestApi['refused']>) => {
    const { status, body } = await api.refused(...request);
    return [status, ...((body as unknown as Problem).errors ?? []).map(({ path }) => path)];
  };
  for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00', '2026-02-30T00:00:00Z']) {
    expect(await named('POST', `${one}/timeline`, { token, body: { kind: 'custom', text: 'x', at } })).toEqual([422, 'at']);
    expect(await named('PATCH', one, { token, body: { snoozedUntil: at } })).toEqual([422, 'snoozedUntil']);
  }
  expect(await named('POST', `${one}/read`, { token, body: { seq: 2 ** 31 } })).toEqual([422, 'seq']);
  expect(await named('POST', `${one}/timeline`, { token, body: { kind: 'custom', text: 'x', data: { deal: 'x'.repeat(900_000) } } })).toEqual([422, 'data']);
});

test('values beyond what a column takes are refused, never a fault', async () => {
  for (const position of [1e9, -1e9, 1.5, 1e300])
    expect((await api.refused('POST', '/v1/routes', { token, body: { label: 'R', position } })).code).toBe('invalid');
  expect((await api.call('GET', '/v1/contacts?q=%00', { token })).status).toBe(200);
  expect((await api.call('GET', '/v1/contacts?q=%ff%fe', { token })).status).toBe(200);
});
