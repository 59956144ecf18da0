/** Everything that teams shape, through the front door. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingKinds } from '../../server/contract/endpoints-settings.ts';
import type { SettingKind } from '../../server/contract/endpoints-settings.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { settingSamples } from '../support/setting-samples.ts';
import type { World } from '../support/world.ts';

interface View extends Record<string, unknown> {
  id: string;
  version: number;
}
interface Page {
  items: View[];
  nextCursor: string | null;
}

let database: TestDatabase;
let api: TestApi;
let world: World;
let rival: World;
let token: string;
let ben: string;
let rita: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  [world, rival] = [await api.world(), await api.world()];
  [token, ben, rita] = await Promise.all([operatorToken(world), operatorToken(world, 'ben'), operatorToken(rival)]);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const samples = settingSamples(() => world);

describe.each(Object.keys(settingKinds) as SettingKind[])('%s', (kind) => {
  const calls = settingKinds[kind];
  const path = calls.list.path;
  const { create, change } = samples[kind];

  test('is made, read, listed, changed and deleted, each with an event, and says what the contract says', async () => {
    const before = (await database.sql`select 1 from event where workspace_id = ${world.workspaceId} and kind = 'settings'`).length;
    const made = await api.call<View>('POST', path, { token, body: create() });
    expect(made.status).toBe(201);
    expect(calls.get.response.strict().parse(made.body)).toMatchObject(made.body);
    const read = await api.call<View>('GET', `${path}/${made.body.id}`, { token });
    expect(read.body).toEqual(made.body);
    const listed = await api.call<Page>('GET', `${path}?limit=100`, { token: ben });
    if (kind !== 'savedView') expect(listed.body.items).toContainEqual(made.body);
    const changed = await api.call<View>('PATCH', `${path}/${made.body.id}`, { token, body: change, headers: { 'if-match': `"${made.body.version}"` } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...change, version: made.body.version + 1 });
    const stale = await api.refused('PATCH', `${path}/${made.body.id}`, { token, body: change, headers: { 'if-match': `"${made.body.version}"` } });
    expect(stale).toMatchObject({ status: 409, code: 'stale_version', body: { current: changed.body } });
    expect((await api.call('DELETE', `${path}/${made.body.id}`, { token })).status).toBe(204);
    expect((await api.refused('GET', `${path}/${made.body.id}`, { token })).code).toBe('not_found');
    expect((await api.refused('DELETE', `${path}/${made.body.id}`, { token })).code).toBe('not_found');
    const events = await database.sql<
      { data: unknown }[]
    >`select data from event where workspace_id = ${world.workspaceId} and kind = 'settings' order by xid, id`;
    expect(events.slice(before).map(({ data }) => data)).toEqual([1, 2, 3].map(() => ({ kind, id: made.body.id })));
  });

  test('keeps who changed it and what, and comes back as it was, also when it was deleted', async () => {
    const made = (await api.call<View>('POST', path, { token, body: create() })).body;
    const versions = `${path}/${made.id}/versions`;
    const changed = (await api.call<View>('PATCH', `${path}/${made.id}`, { token, body: change })).body;
    const back = await api.call<View>('POST', `${versions}/${made.version}/restore`, { token, headers: { 'if-match': `"${changed.version}"` } });
    expect(back.status).toBe(200);
    const plain = ({ version: _, updatedAt: __, createdAt: ___, ...rest }: View): Record<string, unknown> => rest;
    expect(plain(back.body)).toEqual(plain(made));
    expect(await api.refused('POST', `${versions}/${made.version}/restore`, { token, headers: { 'if-match': `"${changed.version}"` } })).toMatchObject({
      status: 409,
      code: 'stale_version',
    });
    await api.call('DELETE', `${path}/${made.id}`, { token });
    const again = await api.call<View>('POST', `${versions}/${back.body.version}/restore`, { token });
    expect(plain(again.body)).toEqual(plain(made));
    const past = await api.call<Page>('GET', versions, { token });
    expect(past.body.items.map(({ action, version, operator }) => [action, version, (operator as { name: string }).name])).toEqual([
      ['restored', 5, 'Ana Duarte'],
      ['deleted', 4, 'Ana Duarte'],
      ['restored', 3, 'Ana Duarte'],
      ['changed', 2, 'Ana Duarte'],
      ['created', 1, 'Ana Duarte'],
    ]);
    expect((past.body.items[3]!['changes'] as { field: string }[]).map(({ field }) => field).toSorted()).toEqual(Object.keys(change).toSorted());
    expect(calls.get.response.strict().parse(again.body)).toMatchObject({ version: 5 });
    expect((await api.refused('GET', versions, { token: rita })).code).toBe('not_found');
    expect((await api.refused('POST', `${versions}/1/restore`, { token: rita })).code).toBe('not_found');
    expect((await api.refused('POST', `${versions}/4/restore`, { token })).code).toBe('invalid');
    expect((await api.refused('POST', `${versions}/99/restore`, { token })).code).toBe('not_found');
    await api.call('DELETE', `${path}/${made.id}`, { token });
  });

  test('takes no field that it does not know, and no key that another request had', async () => {
    const foreign = await api.refused('POST', path, { token, body: { ...create(), id: randomUUID(), workspaceId: rival.workspaceId, fence: 7 } });
    expect(foreign).toMatchObject({
      status: 422,
      code: 'invalid',
      body: { errors: expect.arrayContaining([{ path: 'workspaceId', message: 'is not known here' }]) },
    });
    const [headers, body] = [{ 'idempotency-key': idempotencyKey() }, create()];
    const first = await api.call<View>('POST', path, { token, body, headers });
    const again = await api.call<View>('POST', path, { token, body, headers });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await api.refused('POST', path, { token, body: { ...create(), ...change }, headers })).code).toBe('key_reused');
    await api.call('DELETE', `${path}/${first.body.id}`, { token });
  });

  test('names the field of what is wrong: of another type, empty, far too long, or of nothing that is known', async () => {
    const found: string[] = [];
    const whole = create();
    for (const [field, value] of Object.entries({ ...whole, ...change })) {
      const odd = [{ nonsense: 'x'.repeat(10) }, [[]], 'x'.repeat(100_000), ...(typeof value === 'string' ? ['', 7] : ['yes'])];
      for (const wrong of odd) {
        const { status, body } = await api.call<{ code?: string; errors?: { path: string }[]; id?: string }>('POST', path, {
          token,
          body: { ...whole, [field]: wrong },
        });
        // What is taken all the same is a text that may be as long, or empty.
        if (status === 201) {
          if (typeof wrong !== 'string') found.push(`${field} takes ${JSON.stringify(wrong)}`);
          await api.call('DELETE', `${path}/${body.id}`, { token });
        } else if (body.code !== 'invalid' || !body.errors?.some((error) => error.path.split('.')[0] === field))
          found.push(`${field}: ${status} ${JSON.stringify(body)}`.slice(0, 300));
      }
    }
    expect((await api.refused('POST', path, { token, raw: '[', headers: { 'content-type': 'application/json' } })).code).toBe('malformed');
    expect((await api.refused('POST', path, { token, body: { ...whole, text: 'x'.repeat(3_000_000) } })).status).toBeOneOf([413, 422]);
    expect(found).toEqual([]);
  });

  test('is not there for another workspace', async () => {
    const made = await api.call<View>('POST', path, { token, body: create() });
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', change],
      ['DELETE', undefined],
    ] as const) {
      expect(await api.refused(method, `${path}/${made.body.id}`, { token: rita, body })).toMatchObject({ status: 404, code: 'not_found' });
    }
    expect((await api.call<Page>('GET', path, { token: rita })).text).not.toContain(made.body.id);
    expect((await api.call<View>('GET', `${path}/${made.body.id}`, { token })).body).toEqual(made.body);
    await api.call('DELETE', `${path}/${made.body.id}`, { token });
  });
});

test('admins write, operators look', async () => {
  for (const [kind, calls] of Object.entries(settingKinds)) {
    if (kind === 'savedView') continue;
    expect((await api.refused('POST', calls.list.path, { token: ben, body: samples[kind as SettingKind].create() })).code).toBe('forbidden');
    expect((await api.refused('PATCH', `${calls.list.path}/${randomUUID()}`, { token: ben, body: {} })).code).toBe('forbidden');
    expect((await api.refused('DELETE', `${calls.list.path}/${randomUUID()}`, { token: ben })).code).toBe('forbidden');
  }
});

test.each<[string, () => [string, Record<string, unknown>, string]]>([
  ['the agent of a trigger', () => ['/v1/triggers', { kind: 'keyword', agentId: rival.agents.nova }, 'agentId']],
  ['the route of a trigger', () => ['/v1/triggers', { kind: 'keyword', routeId: rival.routes.call }, 'routeId']],
  [
    'an agent in a card’s scope',
    () => ['/v1/guidance-cards', { surface: 'reply', title: 'T', text: 'T', scope: { agentIds: [world.agents.nova, rival.agents.nova] } }, 'scope.agentIds.1'],
  ],
  ['a member of a department', () => ['/v1/departments', { name: 'New', operatorIds: [rival.operators.ana] }, 'operatorIds.0']],
  ['the assignee of a rule', () => ['/v1/routing-rules', { name: 'R', actions: { assigneeId: rival.operators.ana } }, 'actions.assigneeId']],
  ['a route of a playbook', () => ['/v1/playbooks', { name: 'P', goal: 'G', routeIds: [randomUUID()] }, 'routeIds.0']],
  ['the department of an account', () => ['/v1/channel-accounts', { channel: 'chat', name: 'C', departmentId: rival.departments.care }, 'departmentId']],
])('%s must be of the workspace', async (_, make) => {
  const [path, body, field] = make();
  expect(await api.refused('POST', path, { token, body })).toMatchObject({ status: 422, code: 'invalid', body: { errors: [{ path: field }] } });
});

test('a name is taken once, in any letter case for tags, and the answer shows by whom', async () => {
  const { body: vip } = await api.call<View>('POST', '/v1/tags', { token, body: { name: 'VIP' } });
  const other = await api.call<View>('POST', '/v1/tags', { token, body: { name: 'Other' } });
  expect(await api.refused('POST', '/v1/tags', { token, body: { name: 'vip' } })).toMatchObject({ status: 409, code: 'name_taken', body: { current: vip } });
  expect(await api.refused('PATCH', `/v1/tags/${other.body.id}`, { token, body: { name: 'vIP' } })).toMatchObject({
    status: 409,
    code: 'name_taken',
    body: { current: vip },
  });
  expect((await api.call('POST', '/v1/tags', { token: rita, body: { name: 'VIP' } })).status).toBe(201);
  expect((await api.refused('POST', '/v1/agents', { token, body: { name: 'Nova' }, headers: { 'idempotency-key': idempotencyKey() } })).code).toBe(
    'name_taken',
  );
});

test('what is in use stays', async () => {
  await world.writes('Hello');
  expect((await api.refused('DELETE', `/v1/agents/${world.agents.nova}`, { token })).code).toBe('in_use');
  expect((await api.refused('DELETE', `/v1/channel-accounts/${world.chatAccount}`, { token })).code).toBe('in_use');
  const rule = await api.call<View>('POST', '/v1/routing-rules', { token, body: { name: 'R', actions: { departmentId: world.departments.care } } });
  expect((await api.refused('DELETE', `/v1/departments/${world.departments.care}`, { token })).code).toBe('in_use');
  await api.call('DELETE', `/v1/routing-rules/${rule.body.id}`, { token });
});

test('a list is read page by page, in the order of its places', async () => {
  for (const place of [3, 1, 2, 2, 1]) await api.call('POST', '/v1/routes', { token: rita, body: { label: `Route ${place}`, position: 10 + place } });
  const all: View[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = (await api.call<Page>('GET', `/v1/routes?limit=2${cursor && `&cursor=${cursor}`}`, { token: rita })).body;
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(all.map(({ position }) => position)).toEqual([0, 1, 11, 11, 12, 12, 13]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(7);
  for (const query of ['limit=0', 'limit=101', 'limit=x']) expect((await api.refused('GET', `/v1/routes?${query}`, { token })).code).toBe('invalid');
  expect((await api.refused('GET', '/v1/routes?cursor=nonsense', { token })).code).toBe('malformed');
});

test('each operator has views of its own; admins share some with the team', async () => {
  const own = await api.call<View>('POST', '/v1/views', { token: ben, body: { name: 'Ben’s', filter: {} } });
  expect(own.body).toMatchObject({ shared: false, ownerId: world.operators.ben });
  expect((await api.refused('GET', `/v1/views/${own.body.id}`, { token })).code).toBe('not_found');
  expect((await api.refused('POST', '/v1/views', { token: ben, body: { name: 'All', filter: {}, shared: true } })).code).toBe('forbidden');
  expect((await api.refused('PATCH', `/v1/views/${own.body.id}`, { token: ben, body: { shared: true } })).code).toBe('forbidden');
  const shared = await api.call<View>('POST', '/v1/views', { token, body: { name: 'Team', filter: {}, shared: true } });
  expect(shared.body).toMatchObject({ shared: true, ownerId: null });
  expect((await api.call<Page>('GET', '/v1/views', { token: ben })).body.items.map(({ name }) => name)).toEqual(['Ben’s', 'Team']);
  expect((await api.refused('PATCH', `/v1/views/${shared.body.id}`, { token: ben, body: { name: 'Mine now' } })).code).toBe('forbidden');
  expect((await api.refused('DELETE', `/v1/views/${shared.body.id}`, { token: ben })).code).toBe('forbidden');
  expect((await api.call<View>('PATCH', `/v1/views/${shared.body.id}`, { token, body: { shared: false } })).body).toMatchObject({
    shared: false,
    ownerId: world.operators.ana,
  });
  expect((await api.call('DELETE', `/v1/views/${own.body.id}`, { token: ben })).status).toBe(204);
});
