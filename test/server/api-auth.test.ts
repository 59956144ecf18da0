/** Who is let in, and what those are told who are not. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostKey, operatorClaims, operatorToken, sign, startApi, unsigned, visitorIdentity } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { seal } from '../../server/db/secrets.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world();
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const inHours = (hours: number): number => Math.floor(Date.now() / 1_000) + hours * 3_600;

test('the operator of a token is made and refreshed from its claims', async () => {
  const token = await operatorToken(world, 'ben', {
    sub: 'chloe',
    name: 'Chloe Martin',
    email: 'chloe@morrow.example',
    picture: 'https://morrow.example/c.png',
  });
  const first = await api.call('GET', '/v1/me', { token });
  expect(first).toMatchObject({
    status: 200,
    body: {
      name: 'Chloe Martin',
      email: 'chloe@morrow.example',
      picture: 'https://morrow.example/c.png',
      role: 'operator',
      version: 1,
      workspace: { slug: world.slug, model: { builtin: true } },
    },
  });
  const again = await api.call('GET', '/v1/me', { token: await operatorToken(world, 'ben', { sub: 'chloe', name: 'Chloe Meyer', role: 'admin' }) });
  expect(again.body).toMatchObject({ id: (first.body as { id: string }).id, name: 'Chloe Meyer', email: null, role: 'admin', version: 2 });
});

test.each<[string, () => Promise<string> | string, string]>([
  ['garbage', () => 'garbage', 'unauthorized'],
  ['three empty parts', () => '..', 'unauthorized'],
  ['one that has expired', () => operatorToken(world, 'ana', { exp: inHours(-1) }), 'token_expired'],
  ['one without exp', () => operatorToken(world, 'ana', { exp: undefined }), 'unauthorized'],
  ['one that lives for more than a day', () => operatorToken(world, 'ana', { exp: inHours(25) }), 'unauthorized'],
  ['one for visitors', () => operatorToken(world, 'ana', { aud: 'visitor' }), 'unauthorized'],
  ['one without audience', () => operatorToken(world, 'ana', { aud: undefined }), 'unauthorized'],
  ['one without sub', () => operatorToken(world, 'ana', { sub: undefined }), 'unauthorized'],
  ['one without name', () => operatorToken(world, 'ana', { name: undefined }), 'unauthorized'],
  ['one with a role of its own', () => operatorToken(world, 'ana', { role: 'root' }), 'unauthorized'],
  ['one for no workspace', () => operatorToken(world, 'ana', { workspace: undefined }), 'unauthorized'],
  ['one for a workspace that is not there', () => operatorToken({ slug: 'nowhere' }), 'unauthorized'],
  ['one that says that it needs no signature', () => unsigned(operatorClaims(world)), 'unauthorized'],
  ['one signed with another secret', () => sign(operatorClaims(world), 'another secret that is long enough to sign'), 'unauthorized'],
  ['one that is not valid yet', () => operatorToken(world, 'ana', { nbf: inHours(1) }), 'unauthorized'],
  ['a key that was never made', () => `ck_${'a'.repeat(43)}`, 'unauthorized'],
  ['a session that was never opened', () => `cv_${'a'.repeat(43)}`, 'unauthorized'],
])('%s is refused', async (_, token, code) => {
  const answer = await api.refused('GET', '/v1/me', { token: await token() });
  expect(answer).toMatchObject({ status: 401, code });
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
});

test('no token, and another scheme, are refused', async () => {
  expect((await api.refused('GET', '/v1/me')).code).toBe('unauthorized');
  expect((await api.refused('GET', '/v1/me', { headers: { authorization: 'Basic YTpi' } })).code).toBe('unauthorized');
});

test('an operator that was deactivated is refused at once, also where its token was seen a moment ago', async () => {
  const [admin, token] = [await operatorToken(world), await operatorToken(world, 'ben')];
  expect((await api.call('GET', '/v1/me', { token })).status).toBe(200);
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token: admin, body: { active: false } });
  expect((await api.refused('GET', '/v1/me', { token })).code).toBe('unauthorized');
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token: admin, body: { active: true } });
  expect((await api.call('GET', '/v1/me', { token })).status).toBe(200);
  expect((await api.refused('PATCH', `/v1/operators/${world.operators.ana}`, { token: admin, body: { active: false } })).code).toBe('invalid');
});

test('a workspace with a secret of its own takes no token of another', async () => {
  const own = await api.world();
  const secret = 'the own secret of that workspace, quite long';
  await database.sql`update workspace set secret = ${seal(api.deps.config.encryptionKeys, `workspace:${own.workspaceId}`, secret)} where id = ${own.workspaceId}`;
  expect((await api.refused('GET', '/v1/me', { token: await operatorToken(own) })).code).toBe('unauthorized');
  expect((await api.call('GET', '/v1/me', { token: await sign(operatorClaims(own), secret) })).status).toBe(200);
  expect((await api.refused('GET', '/v1/me', { token: await sign(operatorClaims(world), secret) })).code).toBe('unauthorized');
});

test('keys at the host’s address sign tokens; a key that the host removes is refused soon, on open streams too; a secret made of a public key signs nothing', async () => {
  const [first, second] = [hostKey('one'), hostKey('two')];
  let keys = [first.jwk, second.jwk];
  const host: Server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const address = host.address() as { port: number };
  const remote = await api.world();
  await database.sql`update workspace set jwks_url = ${`http://127.0.0.1:${address.port}/jwks`} where id = ${remote.workspaceId}`;
  const tokenBy = async ({ kid, privateKey }: typeof first): Promise<string> => {
    const key = await importPKCS8(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 'ES256');
    return new SignJWT(operatorClaims(remote)).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  };
  const [one, two] = [await tokenBy(first), await tokenBy(second)];
  expect((await api.call('GET', '/v1/me', { token: one })).status).toBe(200);
  expect((await api.call('GET', '/v1/me', { token: two })).status).toBe(200);
  expect((await api.refused('GET', '/v1/me', { token: await operatorToken(remote) })).code).toBe('unauthorized');
  expect((await api.refused('GET', '/v1/me', { token: await sign(operatorClaims(remote), JSON.stringify(first.jwk)) })).code).toBe('unauthorized');

  const stream = await fetch(`${api.url}/v1/events`, { headers: { authorization: `Bearer ${one}` } });
  expect(stream.status).toBe(200);
  keys = [second.jwk];
  const removed = performance.now();
  await expect.poll(async () => (await api.call('GET', '/v1/me', { token: one })).status, { timeout: 10_000, interval: 200 }).toBe(401);
  expect(performance.now() - removed).toBeLessThan(8_000);
  await stream.text();
  expect(performance.now() - removed).toBeLessThan(10_000);
  expect((await api.call('GET', '/v1/me', { token: two })).status).toBe(200);
  await new Promise((resolve) => host.close(resolve));
});

test('an API key does what its scopes say until it is revoked', async () => {
  const token = await operatorToken(world);
  const made = await api.call<{ id: string; key: string }>('POST', '/v1/api-keys', { token, body: { name: 'Shop', scopes: ['contacts:read'] } });
  expect(made.status).toBe(201);
  const { key, id } = made.body;
  expect((await api.call('GET', '/v1/contacts', { token: key })).status).toBe(200);
  for (const [method, path] of [
    ['GET', '/v1/me'],
    ['GET', '/v1/api-keys'],
    ['POST', '/v1/api-keys'],
    ['PATCH', `/v1/contacts/${id}`],
  ] as const) {
    expect((await api.refused(method, path, { token: key, body: method === 'GET' ? undefined : {} })).code).toBe('forbidden');
  }
  const listed = await api.call<{ items: { id: string; lastUsedAt: string | null }[] }>('GET', '/v1/api-keys', { token });
  expect(listed.body.items).toMatchObject([{ id, lastUsedAt: expect.any(String) }]);
  expect(listed.text).not.toContain(key);
  expect((await database.sql`select 1 from api_key where position(${key}::bytea in key_hash) > 0`).length).toBe(0);
  const widened = await api.call('PATCH', `/v1/api-keys/${id}`, { token, body: { name: 'Shop and bookings', scopes: ['conversations:read'] } });
  expect(widened).toMatchObject({ status: 200, body: { id, name: 'Shop and bookings', scopes: ['conversations:read'] } });
  expect((await api.call('GET', `/v1/api-keys/${id}`, { token })).body).toEqual(widened.body);
  expect(widened.text).not.toContain(key);
  expect((await api.refused('GET', '/v1/contacts', { token: key })).code).toBe('forbidden');
  expect((await api.call('GET', '/v1/conversations', { token: key })).status).toBe(200);
  expect((await api.call('DELETE', `/v1/api-keys/${id}`, { token })).status).toBe(204);
  for (const method of ['GET', 'PATCH'] as const)
    expect((await api.refused(method, `/v1/api-keys/${id}`, { token, body: method === 'GET' ? undefined : {} })).code).toBe('not_found');
  expect((await api.refused('GET', '/v1/contacts', { token: key })).code).toBe('unauthorized');
  expect((await api.refused('DELETE', `/v1/api-keys/${id}`, { token })).code).toBe('not_found');
});

test('an open stream’s question is answered no within seconds of a revocation', async () => {
  const ben = `Bearer ${await operatorToken(world, 'ben')}`;
  const access = (await import('../../server/api/auth.ts')).createAccess(api.db, api.deps.config);
  const mayRead = access.authoriser(ben, await access.identify(ben));
  expect(await mayRead()).toBe(true);
  const token = await operatorToken(world);
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token, body: { active: false } });
  expect(await mayRead()).toBe(false);
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token, body: { active: true } });
  expect(await mayRead()).toBe(true);

  const begun = await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug, identityToken: await visitorIdentity() } });
  const visitor = `Bearer ${begun.body.token}`;
  const mayFollow = access.authoriser(visitor, await access.identify(visitor));
  expect(await mayFollow()).toBe(true);
  expect((await api.call('DELETE', '/v1/chat/sessions', { token: begun.body.token })).status).toBe(204);
  expect(await mayFollow()).toBe(false);
});
