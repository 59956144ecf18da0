/** What an operator has for itself, and the workspace that it shares. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { change } from '../../server/db/change.ts';
import { notify } from '../../server/db/notification.ts';
import { Me, Operator, Workspace } from '../../server/contract/settings.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

let database: TestDatabase;
let api: TestApi;
let world: World;
let token: string;
let ben: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world();
  [token, ben] = await Promise.all([operatorToken(world), operatorToken(world, 'ben')]);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

test('an operator sets its language and what it is told of, and nobody else’s', async () => {
  const set = await api.call('PATCH', '/v1/me', { token: ben, body: { language: 'de', autoTranslate: true, notifications: { mention: false } } });
  expect(Me.parse(set.body)).toMatchObject({ id: world.operators.ben, language: 'de', autoTranslate: true, notifications: { mention: false } });
  expect((await api.call('PATCH', '/v1/me', { token: ben, body: { language: null } })).body).toMatchObject({ language: null, autoTranslate: true });
  expect((await api.call('GET', '/v1/me', { token })).body).toMatchObject({ id: world.operators.ana, autoTranslate: false, notifications: {} });
  for (const body of [{ role: 'admin' }, { active: true }, { name: 'Boss' }]) expect((await api.refused('PATCH', '/v1/me', { token: ben, body })).code).toBe('invalid');
});

test('the workspace is changed by admins, one version after another; where its keys are is not for them to say', async () => {
  const { body: before } = await api.call<Workspace>('GET', '/v1/workspace', { token: ben });
  expect(Workspace.parse(before)).toEqual(before);
  expect((await api.refused('PATCH', '/v1/workspace', { token: ben, body: { name: 'Mine' } })).code).toBe('forbidden');
  const headers = { 'if-match': `"${before.version}"` };
  const renamed = await api.call<Workspace>('PATCH', '/v1/workspace', { token, headers, body: { name: 'Morrow & Sons', allowedHosts: ['*.morrow.example'] } });
  expect(renamed.body).toMatchObject({ name: 'Morrow & Sons', allowedHosts: ['*.morrow.example'], version: before.version + 1 });
  expect(await api.refused('PATCH', '/v1/workspace', { token, headers, body: { name: 'Late' } })).toMatchObject({ code: 'stale_version', body: { current: renamed.body } });
  for (const body of [{ jwksUrl: 'http://169.254.169.254/' }, { slug: 'x' }, { secret: 'x' }, { allowedHosts: ['https://x/'] }]) {
    expect((await api.refused('PATCH', '/v1/workspace', { token, body })).code).toBe('invalid');
  }
});

test('notifications are read page by page and marked read, each operator its own', async () => {
  for (const text of ['One', 'Two', 'Three']) await change(api.db, world.workspaceId, (unit) => notify(unit, [world.operators.ben], { kind: 'assignment', conversationId: null, text }));
  const first = await api.call<Page<{ id: string; text: string }>>('GET', '/v1/notifications?limit=2', { token: ben });
  expect(first.body.items.map(({ text }) => text)).toEqual(['Three', 'Two']);
  const rest = await api.call<Page<{ id: string; text: string }>>('GET', `/v1/notifications?limit=2&cursor=${first.body.nextCursor}`, { token: ben });
  expect(rest.body).toMatchObject({ items: [{ text: 'One', readAt: null }], nextCursor: null });
  expect((await api.call<Page<unknown>>('GET', '/v1/notifications', { token })).body.items).toEqual([]);

  const one = rest.body.items[0]!.id;
  expect((await api.call('POST', '/v1/notifications/read', { token, body: { ids: [one] } })).status).toBe(204);
  const unread = async () => (await database.sql`select 1 from notification where operator_id = ${world.operators.ben} and read_at is null`).length;
  expect(await unread()).toBe(3);
  await api.call('POST', '/v1/notifications/read', { token: ben, body: { ids: [one] } });
  expect(await unread()).toBe(2);
  await api.call('POST', '/v1/notifications/read', { token: ben });
  expect(await unread()).toBe(0);
});

test('operators are listed in the order in which they came', async () => {
  const all = await api.call<Page<Operator>>('GET', '/v1/operators?limit=1', { token: ben });
  expect(Operator.strict().parse(all.body.items[0])).toMatchObject({ id: world.operators.ana, role: 'admin', active: true });
  const next = await api.call<Page<Operator>>('GET', `/v1/operators?limit=1&cursor=${all.body.nextCursor}`, { token: ben });
  expect(next.body).toMatchObject({ items: [{ id: world.operators.ben }], nextCursor: null });
});

test('contacts are found by parts of what is known of them, and by mistyped names, page by page', async () => {
  for (const name of ['Zoe Albrecht', 'Marta Oliveira', 'Adam Kowalski']) {
    await database.sql`insert into contact ${database.sql({ workspaceId: world.workspaceId, id: crypto.randomUUID(), name, email: `${name.split(' ')[0]!.toLowerCase()}@casa.example` })}`;
  }
  const found = async (q: string) => (await api.call<Page<{ name: string }>>('GET', `/v1/contacts?q=${encodeURIComponent(q)}`, { token })).body.items.map(({ name }) => name);
  expect(await found('OLIV')).toEqual(['Marta Oliveira']);
  expect(await found('Olivera')).toEqual(['Marta Oliveira']);
  expect(await found('casa.example')).toEqual(['Adam Kowalski', 'Marta Oliveira', 'Zoe Albrecht']);
  expect(await found('%')).toEqual([]);
  const first = await api.call<Page<{ name: string }>>('GET', '/v1/contacts?limit=2', { token });
  const second = await api.call<Page<{ name: string }>>('GET', `/v1/contacts?limit=2&cursor=${first.body.nextCursor}`, { token });
  expect([...first.body.items, ...second.body.items].map(({ name }) => name)).toEqual(['Adam Kowalski', 'Marta Oliveira', 'Zoe Albrecht']);
});
