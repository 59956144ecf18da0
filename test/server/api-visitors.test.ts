/** A customer opens the chat. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkOf } from '../../server/api/address.ts';
import type { VisitorSession } from '../../server/contract/chat.ts';
import { idempotencyKey, operatorToken, startApi, visitorIdentity } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { environment: { VISITOR_SESSIONS_PER_MINUTE: '1000', VISITOR_MESSAGES_PER_MINUTE: '5', TRUSTED_PROXIES: '1' } });
  world = await api.world();
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const begin = (body: Record<string, unknown> = {}) => api.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug, ...body } });

test('an anonymous visitor is a new contact each time, and its token is kept as a hash', async () => {
  const [one, two] = [await begin({ language: 'pt' }), await begin()];
  expect(one).toMatchObject({
    status: 201,
    body: {
      token: expect.stringMatching(/^cv_[\w-]{43}$/),
      contact: { name: '', email: null },
      conversation: null,
      workspace: { name: 'Morrow' },
      agent: { name: 'Nova', avatarUrl: null },
    },
  });
  expect(one.body.contact.id).not.toBe(two.body.contact.id);
  expect(await database.sql`select 1 from visitor_session where position(convert_to(${one.body.token}, 'utf8') in token_hash) > 0`).toHaveLength(0);
  const [contact] = await database.sql`select language from contact where id = ${one.body.contact.id}`;
  expect(contact).toEqual({ language: 'pt' });
  expect(api.logged()).not.toContain(one.body.token);
});

test('a customer whom the host knows has one history over its devices, and its name is refreshed', async () => {
  const sub = randomUUID();
  const sessions = await Promise.all(
    Array.from({ length: 8 }, async () => begin({ identityToken: await visitorIdentity({ sub, name: 'Marta', email: 'marta@casa.example' }) })),
  );
  expect(sessions.map(({ status }) => status)).toEqual(Array(8).fill(201));
  expect(new Set(sessions.map(({ body }) => body.contact.id)).size).toBe(1);
  expect(new Set(sessions.map(({ body }) => body.token)).size).toBe(8);
  const [identity] =
    await database.sql`select i.handle, c.external_id from identity i join contact c on c.id = i.contact_id where c.id = ${sessions[0]!.body.contact.id}`;
  expect(identity).toEqual({ handle: `user:${sub}`, externalId: sub });
  expect((await begin({ identityToken: await visitorIdentity({ sub, name: 'Marta Oliveira' }) })).body.contact).toEqual({
    id: sessions[0]!.body.contact.id,
    name: 'Marta Oliveira',
    email: 'marta@casa.example',
  });
  const wrote = await api.call<{ conversationId: string }>('POST', '/v1/chat/messages', { token: sessions[0]!.body.token, body: { text: 'Hello' } });
  expect(wrote.status).toBe(201);
  expect((await begin({ identityToken: await visitorIdentity({ sub }) })).body.conversation).toMatchObject({
    id: wrote.body.conversationId,
    open: true,
    handedOff: false,
    answering: { kind: 'agent', name: 'Nova' },
  });
});

test.each<[string, () => Promise<Record<string, unknown>> | Record<string, unknown>, number, string]>([
  ['another workspace than there is', () => ({ workspace: 'nowhere' }), 404, 'not_found'],
  ['an account that is no chat account', () => ({ channelAccountId: randomUUID() }), 422, 'invalid'],
  ['an operator’s token', async () => ({ identityToken: await operatorToken(world) }), 401, 'unauthorized'],
  ['a token that has expired', async () => ({ identityToken: await visitorIdentity({ exp: 1_000 }) }), 401, 'token_expired'],
  ['a token without sub', async () => ({ identityToken: await visitorIdentity({ sub: undefined }) }), 401, 'unauthorized'],
  ['a token of another workspace', async () => ({ identityToken: await visitorIdentity({ workspace: 'rival' }) }), 401, 'unauthorized'],
  ['garbage for a token', () => ({ identityToken: 'garbage' }), 401, 'unauthorized'],
])('%s opens no session', async (_, body, status, code) => {
  const before = await database.sql`select 1 from visitor_session`;
  expect(await api.refused('POST', '/v1/chat/sessions', { body: { workspace: world.slug, ...(await body()) } })).toMatchObject({ status, code });
  expect(await database.sql`select 1 from visitor_session`).toHaveLength(before.length);
});

test('an account of another workspace, or one that is switched off, opens no session', async () => {
  const other = await api.world();
  expect((await api.refused('POST', '/v1/chat/sessions', { body: { workspace: world.slug, channelAccountId: other.chatAccount } })).code).toBe('invalid');
  await api.call('PATCH', `/v1/channel-accounts/${other.chatAccount}`, { token: await operatorToken(other), body: { active: false } });
  expect((await api.refused('POST', '/v1/chat/sessions', { body: { workspace: other.slug } })).code).toBe('not_found');
});

test('a session that was ended is refused at once', async () => {
  const { token } = (await begin()).body;
  expect((await api.call('GET', '/v1/chat/messages', { token })).status).toBe(200);
  expect((await api.call('DELETE', '/v1/chat/sessions', { token })).status).toBe(204);
  expect((await api.refused('GET', '/v1/chat/messages', { token })).code).toBe('unauthorized');
});

test('a visitor writes so many messages a minute; replays of a key do not count, and what was refused may come again', async () => {
  const { token } = (await begin()).body;
  const key = idempotencyKey();
  const first = await api.call('POST', '/v1/chat/messages', { token, body: { text: 'One' }, headers: { 'idempotency-key': key } });
  for (let again = 0; again < 8; again += 1) {
    expect((await api.call('POST', '/v1/chat/messages', { token, body: { text: 'One' }, headers: { 'idempotency-key': key } })).body).toEqual(first.body);
  }
  for (const text of ['Two', 'Three', 'Four', 'Five']) expect((await api.call('POST', '/v1/chat/messages', { token, body: { text } })).status).toBe(201);
  const late = { token, body: { text: 'Six' }, headers: { 'idempotency-key': idempotencyKey() } };
  const refused = await api.refused('POST', '/v1/chat/messages', late);
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await database.sql`delete from rate_window`;
  expect((await api.call('POST', '/v1/chat/messages', late)).status).toBe(201);
});

test('an address opens so many sessions a minute, behind a proxy too; what it claims about itself does not count', async () => {
  const strict = await startApi(database, { environment: { VISITOR_SESSIONS_PER_MINUTE: '10', TRUSTED_PROXIES: '1' } });
  const from = (forwarded: string) => strict.call('POST', '/v1/chat/sessions', { body: { workspace: world.slug }, headers: { 'x-forwarded-for': forwarded } });
  const answers = await Promise.all(Array.from({ length: 25 }, (_, at) => from(`10.0.0.${at}, 203.0.113.7`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  expect((await from('203.0.113.8')).status).toBe(201);
  await strict.stop();
});

test('an IPv6 subscriber counts as one, however many addresses it has', () => {
  expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:DB8:1:2:ffff:1:2:3'));
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
});
