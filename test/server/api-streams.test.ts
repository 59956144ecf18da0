/** Streams are routes too: who may open one, what browsers are told, and that it ends when its reader may no longer read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorClaims, operatorToken, startApi, unsigned, visitorIdentity } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
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

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const session = async (): Promise<string> =>
  (await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug, identityToken: await visitorIdentity() } })).body.token;

/** An open stream, and the text that came until it ended. */
async function open(path: string, token: string, signal: AbortSignal | null = null): Promise<{ headers: Headers; ended: Promise<string> }> {
  const response = await fetch(api.url + path, { headers: { authorization: `Bearer ${token}`, origin: 'https://host.example' }, signal });
  expect(response.status).toBe(200);
  return { headers: response.headers, ended: response.text() };
}

test('strangers, and those who are somebody else, open no stream', async () => {
  const [operator, visitor] = [await operatorToken(world), await session()];
  const {
    body: { key },
  } = await api.call<{ key: string }>('POST', '/v1/api-keys', { token: operator, body: { name: 'Host', scopes: ['conversations:read'] } });
  const strangers = [
    undefined,
    'garbage',
    unsigned(operatorClaims(world)),
    await operatorToken(world, 'ana', { exp: inSeconds(-60) }),
    await operatorToken(world, 'ana', { aud: 'visitor' }),
  ];
  for (const path of ['/v1/events', '/v1/chat/events']) {
    for (const token of strangers) expect(await api.refused('GET', path, { token })).toMatchObject({ status: 401 });
    expect((await api.refused('GET', path, { token: key })).code).toBe('forbidden');
  }
  expect((await api.refused('GET', '/v1/events', { token: visitor })).code).toBe('forbidden');
  expect((await api.refused('GET', '/v1/chat/events', { token: operator })).code).toBe('forbidden');
});

test('a stream may be read by pages of known origins, and carries what every answer carries', async () => {
  const token = await session();
  const { headers, ended } = await open('/v1/chat/events', token);
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('access-control-allow-origin')).toBe('https://host.example');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-request-id')).toBeTruthy();
  await api.call('DELETE', '/v1/chat/sessions', { token });
  await ended;
});

test('open streams end within ten seconds of a revocation, and nobody else’s', { timeout: 30_000 }, async () => {
  const [ana, ben, visitor] = [await operatorToken(world), await operatorToken(world, 'ben'), await session()];
  const leaving = new AbortController();
  const staying = await open('/v1/events', ana, leaving.signal);
  const revoked = [await open('/v1/events', ben), await open('/v1/chat/events', visitor)];
  const expired = await open('/v1/events', await operatorToken(world, 'ana', { exp: inSeconds(1) }));
  let stays = true;
  const gone = staying.ended.then(
    () => (stays = false),
    () => (stays = false),
  );
  const began = performance.now();
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token: ana, body: { active: false } });
  await api.call('DELETE', '/v1/chat/sessions', { token: visitor });
  await Promise.all(revoked.map(({ ended }) => ended));
  expect(performance.now() - began).toBeLessThan(10_000);
  // A token that has expired is one of the clock's tolerance longer.
  await expired.ended;
  expect(stays).toBe(true);
  leaving.abort();
  await gone;
});
