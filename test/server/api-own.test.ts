/** What an operator has for itself, and the workspace that it shares. */
import { expect, test } from 'vitest';
import { change } from '../../server/db/change.ts';
import { notify } from '../../server/db/notification.ts';
import { Workspace } from '../../server/contract/settings.ts';
import { Me, Operator } from '../../server/contract/operator.ts';
import { useOwnApi } from '../support/own-api.ts';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const own = useOwnApi();

test('an operator sets its language and what it is told of, and nobody else’s', async () => {
  const set = await own.api.call('PATCH', '/v1/me', { token: own.ben, body: { language: 'de', autoTranslate: true, notifications: { mention: false } } });
  expect(Me.parse(set.body)).toMatchObject({ id: own.world.operators.ben, language: 'de', autoTranslate: true, notifications: { mention: false } });
  expect((await own.api.call('PATCH', '/v1/me', { token: own.ben, body: { language: null } })).body).toMatchObject({ language: null, autoTranslate: true });
  expect((await own.api.call('GET', '/v1/me', { token: own.token })).body).toMatchObject({
    id: own.world.operators.ana,
    autoTranslate: false,
    notifications: {},
  });
  for (const body of [{ role: 'admin' }, { active: true }, { name: 'Boss' }])
    expect((await own.api.refused('PATCH', '/v1/me', { token: own.ben, body })).code).toBe('invalid');
});

test('the workspace is changed by admins, one version after another; where its keys are is not for them to say', async () => {
  const { body: before } = await own.api.call<Workspace>('GET', '/v1/workspace', { token: own.ben });
  expect(Workspace.parse(before)).toEqual(before);
  expect((await own.api.refused('PATCH', '/v1/workspace', { token: own.ben, body: { name: 'Mine' } })).code).toBe('forbidden');
  const headers = { 'if-match': `"${before.version}"` };
  const renamed = await own.api.call<Workspace>('PATCH', '/v1/workspace', {
    token: own.token,
    headers,
    body: { name: 'Morrow & Sons', allowedHosts: ['*.morrow.example'] },
  });
  expect(renamed.body).toMatchObject({ name: 'Morrow & Sons', allowedHosts: ['*.morrow.example'], version: before.version + 1 });
  expect(await own.api.refused('PATCH', '/v1/workspace', { token: own.token, headers, body: { name: 'Late' } })).toMatchObject({
    code: 'stale_version',
    body: { current: renamed.body },
  });
  for (const body of [{ jwksUrl: 'http://169.254.169.254/' }, { slug: 'x' }, { secret: 'x' }, { allowedHosts: ['https://x/'] }]) {
    expect((await own.api.refused('PATCH', '/v1/workspace', { token: own.token, body })).code).toBe('invalid');
  }
});

test('notifications are read page by page and marked read, each operator its own', async () => {
  for (const text of ['One', 'Two', 'Three'])
    await change(own.api.db, own.world.workspaceId, (unit) => notify(unit, [own.world.operators.ben], { kind: 'assignment', conversationId: null, text }));
  const first = await own.api.call<Page<{ id: string; text: string }>>('GET', '/v1/notifications?limit=2', { token: own.ben });
  expect(first.body.items.map(({ text }) => text)).toEqual(['Three', 'Two']);
  const rest = await own.api.call<Page<{ id: string; text: string }>>('GET', `/v1/notifications?limit=2&cursor=${first.body.nextCursor}`, { token: own.ben });
  expect(rest.body).toMatchObject({ items: [{ text: 'One', readAt: null }], nextCursor: null });
  expect((await own.api.call<Page<unknown>>('GET', '/v1/notifications', { token: own.token })).body.items).toEqual([]);

  const one = rest.body.items[0]!.id;
  expect((await own.api.call('POST', '/v1/notifications/read', { token: own.token, body: { ids: [one] } })).status).toBe(204);
  const unread = async () => (await own.database.sql`select 1 from notification where operator_id = ${own.world.operators.ben} and read_at is null`).length;
  expect(await unread()).toBe(3);
  await own.api.call('POST', '/v1/notifications/read', { token: own.ben, body: { ids: [one] } });
  expect(await unread()).toBe(2);
  await own.api.call('POST', '/v1/notifications/read', { token: own.ben });
  expect(await unread()).toBe(0);
});

test('operators are listed in the order in which they came', async () => {
  const all = await own.api.call<Page<Operator>>('GET', '/v1/operators?limit=1', { token: own.ben });
  expect(Operator.strict().parse(all.body.items[0])).toMatchObject({ id: own.world.operators.ana, role: 'admin', active: true });
  const next = await own.api.call<Page<Operator>>('GET', `/v1/operators?limit=1&cursor=${all.body.nextCursor}`, { token: own.ben });
  expect(next.body).toMatchObject({ items: [{ id: own.world.operators.ben }], nextCursor: null });
});

test('contacts are found by parts of what is known of them, and by mistyped names, page by page', async () => {
  for (const name of ['Zoe Albrecht', 'Marta Oliveira', 'Adam Kowalski']) {
    await own.database
      .sql`insert into contact ${own.database.sql({ workspaceId: own.world.workspaceId, id: crypto.randomUUID(), name, email: `${name.split(' ')[0]!.toLowerCase()}@casa.example` })}`;
  }
  const found = async (q: string) =>
    (await own.api.call<Page<{ name: string }>>('GET', `/v1/contacts?q=${encodeURIComponent(q)}`, { token: own.token })).body.items.map(({ name }) => name);
  expect(await found('OLIV')).toEqual(['Marta Oliveira']);
  expect(await found('Olivera')).toEqual(['Marta Oliveira']);
  expect(await found('casa.example')).toEqual(['Adam Kowalski', 'Marta Oliveira', 'Zoe Albrecht']);
  expect(await found('%')).toEqual([]);
  const first = await own.api.call<Page<{ name: string }>>('GET', '/v1/contacts?limit=2', { token: own.token });
  const second = await own.api.call<Page<{ name: string }>>('GET', `/v1/contacts?limit=2&cursor=${first.body.nextCursor}`, { token: own.token });
  expect([...first.body.items, ...second.body.items].map(({ name }) => name)).toEqual(['Adam Kowalski', 'Marta Oliveira', 'Zoe Albrecht']);
});
