/** Every call of the API, listed from the contract and the router, against everyone who may not make it. */
import { randomUUID } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../server/contract/endpoint.ts';
import { endpoints } from '../../server/contract/endpoints.ts';
import type { EndpointName } from '../../server/contract/endpoints.ts';
import { operatorClaims, operatorToken, startApi, unsigned } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let rival: World;
let rita: string;
let visitor: string;
let strangers: Record<string, string | undefined>;
let ids: Record<string, string>;
/** A conversation of the other workspace. */
let rivals: string;
const scopes = ['contacts:read', 'contacts:write', 'contacts:export', 'conversations:read', 'timeline:write', 'tickets:write', 'handoffs:write'];
/** API keys that may do everything but what one scope allows. */
const keysWithout = new Map<string | undefined, string>();

const table = Object.entries(endpoints) as [EndpointName, Endpoint][];
const addressed = table.filter(([, { path }]) => path.includes(':id'));

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  [world, rival] = [await api.world(), await api.world()];
  rita = await operatorToken(rival);
  const token = await operatorToken(world);
  const inHours = (hours: number): number => Math.floor(Date.now() / 1_000) + hours * 3_600;
  const keyFor = async (wanted: string[]) =>
    (await api.call<{ key: string; id: string }>('POST', '/v1/api-keys', { token, body: { name: 'Key', scopes: wanted } })).body;
  for (const scope of [undefined, ...scopes]) keysWithout.set(scope, (await keyFor(scopes.filter((other) => other !== scope))).key);
  const revoked = await keyFor(scopes);
  await api.call('DELETE', `/v1/api-keys/${revoked.id}`, { token });
  const session = async () => (await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token;
  const ended = await session();
  await api.call('DELETE', '/v1/chat/sessions', { token: ended });
  const gone = await operatorToken(world, 'ben', { sub: 'gone', name: 'Gone' });
  const { body: leaver } = await api.call<{ id: string }>('GET', '/v1/me', { token: gone });
  await api.call('PATCH', `/v1/operators/${leaver.id}`, { token, body: { active: false } });
  visitor = await session();
  strangers = {
    'no token': undefined,
    garbage: 'garbage',
    'an expired one': await operatorToken(world, 'ana', { exp: inHours(-1) }),
    'one without signature': unsigned(operatorClaims(world)),
    'one for another audience': await operatorToken(world, 'ana', { aud: 'visitor' }),
    'one that lives too long': await operatorToken(world, 'ana', { exp: inHours(25) }),
    'an operator who was deactivated': gone,
    'a revoked key': revoked.key,
    'a session that was ended': ended,
  };

  const { conversationId, messageId } = await world.writes('Hello there');
  rivals = (await rival.writes('Hello here')).conversationId;
  const made = async (path: string, body: unknown) => (await api.call<{ id: string }>('POST', path, { token, body })).body.id;
  const [contact] = await database.sql<{ id: string }[]>`select contact_id as id from conversation where id = ${conversationId}`;
  const draft = newId();
  await database.sql`insert into draft ${database.sql({ workspaceId: world.workspaceId, id: draft, conversationId, agentId: world.agents.sol, text: 'Draft' })}`;
  const transfer = newId();
  await database.sql`insert into transfer ${database.sql({ workspaceId: world.workspaceId, id: transfer, conversationId, fromId: world.operators.ana, toId: world.operators.ben, expiresAt: new Date(Date.now() + 60_000) })}`;
  const operation = newId();
  await database.sql`insert into operation ${database.sql({ workspaceId: world.workspaceId, id: operation, operatorId: world.operators.ana })}`;
  const file = newId();
  await database.sql`insert into media ${database.sql({
    workspaceId: world.workspaceId,
    id: file,
    accountId: world.chatAccount,
    messageId,
    place: 0,
    type: 'image/png',
    source: database.sql.json({ from: 'provider', mediaId: '1' }),
    error: 'gone',
  })}`;
  const correction = newId();
  await database.sql`insert into classifier_correction ${database.sql({ workspaceId: world.workspaceId, id: correction, kind: 'reply_anyway', messageId, operatorId: world.operators.ana })}`;
  const other = await world.writes('Another thread');
  const { body: merged } = await api.call<{ mergeId: string }>('POST', `/v1/conversations/${other.conversationId}/merge`, {
    token,
    body: { intoId: conversationId, mergeContacts: true },
  });
  const gap = newId();
  await database.sql`insert into knowledge_gap ${database.sql({ workspaceId: world.workspaceId, id: gap, question: 'Why?', firstAt: new Date(), lastAt: new Date() })}`;
  ids = {
    knowledge: gap,
    files: file,
    merges: merged.mergeId,
    corrections: correction,
    macros: await made('/v1/macros', { name: 'M', actions: { status: 'closed' } }),
    conversations: conversationId,
    messages: messageId,
    drafts: draft,
    transfers: transfer,
    operations: operation,
    contacts: contact!.id,
    operators: world.operators.ben,
    'api-keys': (await keyFor(['contacts:read'])).id,
    agents: world.agents.nova,
    departments: world.departments.care,
    routes: world.routes.call,
    'channel-accounts': world.chatAccount,
    'guidance-cards': await made('/v1/guidance-cards', { surface: 'reply', title: 'T', text: 'T' }),
    playbooks: await made('/v1/playbooks', { name: 'P', goal: 'G' }),
    skills: await made('/v1/skills', { name: 's', description: 'D' }),
    articles: await made('/v1/articles', { title: 'A', text: 'T' }),
    triggers: await made('/v1/triggers', { kind: 'keyword', config: { keywords: ['lawyer'] } }),
    'routing-rules': await made('/v1/routing-rules', { name: 'R' }),
    intents: await made('/v1/intents', { name: 'i', label: 'I' }),
    tags: await made('/v1/tags', { name: 'T' }),
    tickets: await made(`/v1/conversations/${conversationId}/tickets`, { title: 'T' }),
    'quick-replies': await made('/v1/quick-replies', { name: 'Q', text: 'T' }),
    views: await made('/v1/views', { name: 'V', filter: {}, shared: true }),
  };
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

/** A body that the call takes, so that nothing but the id decides. */
const bodies: Partial<Record<EndpointName, () => Record<string, unknown>>> = {
  patchConversation: () => ({ priority: 'high' }),
  sendMessage: () => ({ text: 'Hi', assume: true }),
  writeNote: () => ({ text: 'Note' }),
  translateMessage: () => ({ to: 'en' }),
  translateText: () => ({ text: 'Hello', to: 'pt' }),
  markRead: () => ({ seq: 1 }),
  markUnread: () => ({ seq: 1 }),
  transferToAi: () => ({ agentId: rival.agents.nova }),
  transfer: () => ({ operatorId: rival.operators.ana }),
  typing: () => ({ typing: true }),
  merge: () => ({ intoId: rivals }),
  showPictures: () => ({ always: true }),
  putComposing: () => ({ composed: { reply: 'Mine', note: '' }, age: 0 }),
  createTicket: () => ({ title: 'T' }),
  patchTicket: () => ({ status: 'solved' }),
  logActivity: () => ({ kind: 'custom', text: 'Called' }),
  patchContact: () => ({ name: 'Taken over' }),
  eraseContact: () => ({ reason: 'None' }),
  updateOperator: () => ({ active: false }),
  settleGap: () => ({ articleId: randomUUID() }),
  whatIf: () => ({ sample: { last: 1 } }),
};
const resourceOf = (path: string): string => path.split('/')[2] ?? '';
const queries: Partial<Record<EndpointName, () => string>> = { previewMerge: () => `?intoId=${rivals}` };
const ask = (name: EndpointName, endpoint: Endpoint, id: string, token: string | undefined) =>
  api.refused(endpoint.method.toUpperCase(), endpoint.path.replace(':id', id) + (queries[name]?.() ?? ''), {
    token,
    body: endpoint.body ? (bodies[name]?.() ?? {}) : undefined,
    headers: endpoint.ifMatch === 'required' ? { 'if-match': '"1"' } : {},
  });

test('the router knows every call of the contract', () => {
  const routes = new Set(api.app.routes.map(({ method, path }) => `${method} ${path}`));
  expect(table.map(([, { method, path }]) => `${method.toUpperCase()} ${path}`).filter((route) => !routes.has(route))).toEqual([]);
});

test('the description names every call, and every reference in it leads somewhere', async () => {
  const { status, body } = await api.call<Record<string, Record<string, Record<string, unknown>>>>('GET', '/v1/openapi.json');
  expect(status).toBe(200);
  expect(body['openapi']).toBe('3.1.0');
  for (const [name, { method, path }] of Object.entries(endpoints)) {
    expect(body['paths']?.[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method]).toMatchObject({ operationId: name });
  }
  const described = new Set(
    Object.entries(body['paths'] ?? {}).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)),
  );
  const routed = api.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(routed.filter((route) => !described.has(route))).toEqual([]);

  const references: string[] = [];
  JSON.stringify(body, (key, value: unknown) => {
    if (key === '$ref') references.push(String(value));
    return value;
  });
  expect(references.length).toBeGreaterThan(200);
  const lost = references.filter(
    (reference) =>
      reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], body) === undefined,
  );
  expect([...new Set(lost)]).toEqual([]);
  const names = Object.values(body['paths'] ?? {}).flatMap((methods) =>
    Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

describe.each(table.filter(([, { audience }]) => audience !== 'none'))('%s', (name, endpoint) => {
  test('is refused to strangers, whoever they claim to be', async () => {
    for (const [who, token] of Object.entries(strangers)) {
      const answer = await ask(name, endpoint, randomUUID(), token);
      expect([who, answer.status, answer.headers.get('content-type')]).toEqual([who, 401, 'application/problem+json']);
      expect(answer.text).not.toMatch(/Morrow|Nova|select|at \w+ \(/);
    }
  });

  test('is refused to those who are somebody, but not who may', async () => {
    const [ana, ben] = [await operatorToken(world), await operatorToken(world, 'ben')];
    const key = keysWithout.get(endpoint.scope);
    const wrong = endpoint.audience === 'visitor' ? [ana, ben, key] : [visitor, key, ...(endpoint.audience === 'admin' ? [ben] : [])];
    for (const token of wrong) expect(await ask(name, endpoint, randomUUID(), token)).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

test.each(addressed)('%s knows nothing of another workspace: what is there is answered as what is not', async (name, endpoint) => {
  const id = ids[resourceOf(endpoint.path)];
  expect(id, `no sample for ${endpoint.path}`).toBeDefined();
  const [there, absent] = [await ask(name, endpoint, id!, rita), await ask(name, endpoint, randomUUID(), rita)];
  expect(there).toMatchObject({ status: 404, code: 'not_found' });
  expect(there.body).toEqual(absent.body);
  for (const odd of ['1', 'null', "'%20or%201=1", '%00', '..%2f..', id!.slice(1)]) expect((await ask(name, endpoint, odd, rita)).status).toBe(404);
});

test('nothing of one workspace stands in what another may list', async () => {
  for (const [, endpoint] of table) {
    if (endpoint.method !== 'get' || endpoint.path.includes(':') || endpoint.audience === 'visitor') continue;
    const { text, status } = await api.call('GET', endpoint.path, { token: rita });
    expect([endpoint.path, status]).toEqual([endpoint.path, 200]);
    for (const id of [world.workspaceId, ...Object.values(ids), ...Object.values(world.operators)]) expect(text).not.toContain(id);
  }
});

test('a visitor reaches its own conversation and no other', async () => {
  const session = async () => (await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token;
  const [one, two] = [await session(), await session()];
  const wrote = await api.call<{ conversationId: string }>('POST', '/v1/chat/messages', { token: one, body: { text: 'My secret is 4711' } });
  expect(wrote.status).toBe(201);
  expect((await api.call('GET', '/v1/chat/messages', { token: one })).text).toContain('4711');
  expect((await api.call('GET', '/v1/chat/messages', { token: two })).text).not.toContain('4711');
});
