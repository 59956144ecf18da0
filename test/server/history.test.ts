/** Who changed what of the settings: beside the change itself what it went on to, what nobody may read, and the log of all. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuditEntry } from '../../server/contract/history.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

interface View {
  id: string;
  version: number;
  [field: string]: unknown;
}
interface Entry extends View {
  kind: string;
  subjectId: string;
  name: string;
  action: string;
  changes: { field: string; before: unknown; after: unknown }[];
  secretsReplaced: boolean;
  operator: { id: string; name: string } | null;
}
interface Page {
  items: Entry[];
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

const make = async (path: string, body: unknown): Promise<View> => (await api.call<View>('POST', path, { token, body })).body;
const past = async (path: string, id: string, by = token): Promise<Entry[]> => (await api.call<Page>('GET', `${path}/${id}/versions`, { token: by })).body.items;
const log = async (query = ''): Promise<Page> => (await api.call<Page>('GET', `/v1/audit-log?${query}`, { token })).body;

test('a setting from before there were versions comes back as well: how it was stands at the beginning', async () => {
  const { nova } = world.agents;
  const before = (await api.call<View>('GET', `/v1/agents/${nova}`, { token })).body;
  expect(await past('/v1/agents', nova)).toEqual([]);
  await api.call('PATCH', `/v1/agents/${nova}`, { token, body: { instructions: 'Be brief.', replyMode: 'off' } });
  expect((await past('/v1/agents', nova)).map(({ action, version, operator }) => [action, version, operator?.name ?? null])).toEqual([['changed', before.version + 1, 'Ana Duarte'], ['begun', before.version, null]]);
  const fence = async () => (await database.sql<{ fence: number }[]>`select fence from agent where id = ${nova}`)[0]!.fence;
  const was = await fence();
  const back = await api.call<View>('POST', `/v1/agents/${nova}/versions/${before.version}/restore`, { token });
  expect(back.body).toMatchObject({ instructions: before['instructions'], replyMode: before['replyMode'], version: before.version + 2 });
  expect(await fence()).toBeGreaterThan(was);
});

test('what a change goes on to is kept too: rules of a tag that has another name, triggers of an agent that is gone, an order', async () => {
  const tag = await make('/v1/tags', { name: 'Upset' });
  const card = await make('/v1/guidance-cards', { surface: 'reply', title: 'Calm', text: 'Stay calm.', scope: { tags: ['Upset'] } });
  await api.call('PATCH', `/v1/tags/${tag.id}`, { token, body: { name: 'Angry' } });
  expect((await past('/v1/guidance-cards', card.id))[0]).toMatchObject({ action: 'changed', version: 2, changes: [{ field: 'scope', before: { tags: ['Upset'] }, after: { tags: ['Angry'] } }] });

  const agent = await make('/v1/agents', { name: `Agent ${randomUUID()}` });
  const department = await make('/v1/departments', { name: 'Nights' });
  const trigger = await make('/v1/triggers', { kind: 'keyword', agentId: agent.id });
  const route = await make('/v1/routes', { label: 'At night', departmentId: department.id });
  await api.call('DELETE', `/v1/agents/${agent.id}`, { token });
  await api.call('DELETE', `/v1/departments/${department.id}`, { token });
  expect((await past('/v1/triggers', trigger.id))[0]).toMatchObject({ action: 'deleted' });
  expect((await past('/v1/routes', route.id))[0]).toMatchObject({ action: 'changed', version: 2, changes: [{ field: 'departmentId', before: department.id, after: null }] });

  const refused = await api.refused('POST', `/v1/triggers/${trigger.id}/versions/1/restore`, { token });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'agentId', message: 'names no agent of this workspace' }] } });
  await api.call('POST', `/v1/agents/${agent.id}/versions/1/restore`, { token });
  expect((await api.call<View>('POST', `/v1/triggers/${trigger.id}/versions/1/restore`, { token })).body).toMatchObject({ id: trigger.id, agentId: agent.id, version: 3 });

  const rules = [await make('/v1/routing-rules', { name: 'A' }), await make('/v1/routing-rules', { name: 'B', position: 1 })];
  await api.call('POST', '/v1/routing-rules/order', { token, body: { ids: rules.map(({ id }) => id).toReversed() } });
  expect((await past('/v1/routing-rules', rules[0]!.id))[0]).toMatchObject({ action: 'changed', changes: [{ field: 'position' }] });
});

test('a name that is taken by now, and pages of many versions', async () => {
  const first = await make('/v1/tags', { name: 'Early' });
  await api.call('PATCH', `/v1/tags/${first.id}`, { token, body: { name: 'Late' } });
  const other = await make('/v1/tags', { name: 'early' });
  expect(await api.refused('POST', `/v1/tags/${first.id}/versions/1/restore`, { token })).toMatchObject({ status: 409, code: 'name_taken', body: { current: { id: other.id } } });
  for (const color of [1, 2, 3]) await api.call('PATCH', `/v1/tags/${first.id}`, { token, body: { color } });
  const page = (await api.call<Page>('GET', `/v1/tags/${first.id}/versions?limit=3`, { token })).body;
  const rest = (await api.call<Page>('GET', `/v1/tags/${first.id}/versions?limit=3&cursor=${page.nextCursor}`, { token })).body;
  expect([...page.items, ...rest.items].map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  expect(rest.nextCursor).toBeNull();
});

test('secrets are never kept, only that they were replaced', async () => {
  const secret = `auth-token-${randomUUID()}`;
  const account = await make('/v1/channel-accounts', { channel: 'sms', name: 'Line', credentials: { authToken: secret } });
  await api.call('PATCH', `/v1/channel-accounts/${account.id}`, { token, body: { credentials: { authToken: `${secret}-2` } } });
  await api.call('PATCH', `/v1/channel-accounts/${account.id}`, { token, body: { name: 'Other line' } });
  const [renamed, replaced, created] = await past('/v1/channel-accounts', account.id, ben);
  expect([renamed?.secretsReplaced, replaced?.secretsReplaced, created?.secretsReplaced]).toEqual([false, true, true]);
  expect(replaced?.changes).toEqual([]);
  const kept = await api.call<View>('POST', `/v1/channel-accounts/${account.id}/versions/1/restore`, { token });
  expect(kept.body).toMatchObject({ name: 'Line', hasCredentials: ['authToken'] });
  const rows = await database.sql`select 1 from audit_entry e where e::text like ${`%${secret}%`}`;
  expect(rows.length).toBe(0);
});

test('the log tells of settings, keys, people and secrets, to admins, by what they look for', async () => {
  const began = new Date().toISOString();
  const key = await make('/v1/api-keys', { name: 'Shop', scopes: ['contacts:read'] });
  await api.call('PATCH', `/v1/api-keys/${key.id}`, { token, body: { scopes: ['contacts:read', 'contacts:write'] } });
  await api.call('DELETE', `/v1/api-keys/${key.id}`, { token });
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token, body: { active: false } });
  await api.call('PATCH', `/v1/operators/${world.operators.ben}`, { token, body: { active: true } });
  await api.call('PATCH', '/v1/workspace', { token, body: { allowedHosts: ['cdn.example'] } });
  const reply = await make('/v1/quick-replies', { name: 'Thanks', text: 'Thank you!' });
  const all = await log(`from=${began}`);
  expect(all.items.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
    'quickReply created', 'workspace changed', 'operator switched_on', 'operator switched_off', 'apiKey revoked', 'apiKey changed', 'apiKey created',
  ]);
  for (const entry of all.items) AuditEntry.strict().parse(entry);
  expect(all.items[1]?.changes).toEqual([{ field: 'allowedHosts', before: ['morrow.example'], after: ['cdn.example'] }]);
  expect(JSON.stringify(all)).not.toContain(key['key']);
  expect((await log(`kind=quickReply&operatorId=${world.operators.ana}`)).items.map(({ subjectId }) => subjectId)).toEqual([reply.id]);
  expect((await log(`operatorId=${world.operators.ben}`)).items).toEqual([]);
  expect((await log(`to=${began}&kind=apiKey`)).items).toEqual([]);
  const page = await log(`from=${began}&limit=4`);
  expect([...page.items, ...(await log(`from=${began}&limit=4&cursor=${page.nextCursor}`)).items]).toEqual(all.items);
  expect((await api.refused('GET', '/v1/audit-log', { token: ben })).code).toBe('forbidden');
  expect((await api.call<Page>('GET', '/v1/audit-log', { token: await operatorToken(await api.world()) })).body.items).toEqual([]);
});

test('a view is its owner’s alone, and so is its past; shared ones are everybody’s', async () => {
  const mine = (await api.call<View>('POST', '/v1/views', { token: ben, body: { name: 'Mine', filter: {} } })).body;
  await api.call('PATCH', `/v1/views/${mine.id}`, { token: ben, body: { name: 'Still mine' } });
  expect((await past('/v1/views', mine.id, ben)).length).toBe(2);
  expect((await api.refused('GET', `/v1/views/${mine.id}/versions`, { token })).code).toBe('not_found');
  expect((await api.call<View>('POST', `/v1/views/${mine.id}/versions/1/restore`, { token: ben })).body).toMatchObject({ name: 'Mine' });
  await api.call('DELETE', `/v1/views/${mine.id}`, { token: ben });
  expect((await api.refused('POST', `/v1/views/${mine.id}/versions/1/restore`, { token })).code).toBe('not_found');
  expect((await api.call<View>('POST', `/v1/views/${mine.id}/versions/1/restore`, { token: ben })).body).toMatchObject({ name: 'Mine', ownerId: world.operators.ben });
  expect((await log('kind=savedView')).items).toEqual([]);
  const shared = await make('/v1/views', { name: 'Ours', filter: {}, shared: true });
  expect((await api.refused('POST', `/v1/views/${shared.id}/versions/1/restore`, { token: ben })).code).toBe('forbidden');
});

test('a key asked for again with the same Idempotency-Key is the same one, and stands nowhere in clear', async () => {
  const headers = { 'idempotency-key': idempotencyKey() };
  const body = { name: 'Twice', scopes: ['contacts:read'] };
  const [one, two] = [await api.call<View>('POST', '/v1/api-keys', { token, body, headers }), await api.call<View>('POST', '/v1/api-keys', { token, body, headers })];
  expect(two).toMatchObject({ status: 201, body: one.body });
  expect((await api.refused('POST', '/v1/api-keys', { token, body: { ...body, name: 'Other' }, headers })).code).toBe('key_reused');
  const rows = await database.sql`select 1 from idempotency i where i::text like ${`%${String(one.body['key'])}%`}`;
  expect(rows.length).toBe(0);
});
