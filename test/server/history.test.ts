/** Who changed what of the settings: beside the change itself what it went on to, what nobody may read, and the log of all. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { AuditEntry, SettingVersion } from '../../server/contract/history.ts';
import { idempotencyKey, operatorToken } from '../support/api.ts';
import { useOwnApi } from '../support/own-api.ts';

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

const own = useOwnApi();

const make = async (path: string, body: unknown): Promise<View> => (await own.api.call<View>('POST', path, { token: own.token, body })).body;
const past = async (path: string, id: string, by = own.token): Promise<Entry[]> =>
  (await own.api.call<Page>('GET', `${path}/${id}/versions`, { token: by })).body.items;
const log = async (query = ''): Promise<Page> => (await own.api.call<Page>('GET', `/v1/audit-log?${query}`, { token: own.token })).body;

test('a setting from before there were versions comes back as well: how it was stands at the beginning', async () => {
  const { nova } = own.world.agents;
  const before = (await own.api.call<View>('GET', `/v1/agents/${nova}`, { token: own.token })).body;
  expect(await past('/v1/agents', nova)).toEqual([]);
  await own.api.call('PATCH', `/v1/agents/${nova}`, { token: own.token, body: { instructions: 'Be brief.', replyMode: 'off' } });
  expect((await past('/v1/agents', nova)).map(({ action, version, operator }) => [action, version, operator?.name ?? null])).toEqual([
    ['changed', before.version + 1, 'Ana Duarte'],
    ['begun', before.version, null],
  ]);
  const fence = async () => (await own.database.sql<{ fence: number }[]>`select fence from agent where id = ${nova}`)[0]!.fence;
  const was = await fence();
  const back = await own.api.call<View>('POST', `/v1/agents/${nova}/versions/${before.version}/restore`, { token: own.token });
  expect(back.body).toMatchObject({ instructions: before['instructions'], replyMode: before['replyMode'], version: before.version + 2 });
  expect(await fence()).toBeGreaterThan(was);
});

test('what a change goes on to is kept too: rules of a tag that has another name, triggers of an agent that is gone, an order', async () => {
  const tag = await make('/v1/tags', { name: 'Upset' });
  const card = await make('/v1/guidance-cards', { surface: 'reply', title: 'Calm', text: 'Stay calm.', scope: { tags: ['Upset'] } });
  await own.api.call('PATCH', `/v1/tags/${tag.id}`, { token: own.token, body: { name: 'Angry' } });
  expect((await past('/v1/guidance-cards', card.id))[0]).toMatchObject({
    action: 'changed',
    version: 2,
    changes: [{ field: 'scope', before: { tags: ['Upset'] }, after: { tags: ['Angry'] } }],
  });

  const agent = await make('/v1/agents', { name: `Agent ${randomUUID()}` });
  const department = await make('/v1/departments', { name: 'Nights' });
  const trigger = await make('/v1/triggers', { kind: 'keyword', config: { keywords: ['lawyer'] }, agentId: agent.id });
  const route = await make('/v1/routes', { label: 'At night', departmentId: department.id });
  await own.api.call('DELETE', `/v1/agents/${agent.id}`, { token: own.token });
  await own.api.call('DELETE', `/v1/departments/${department.id}`, { token: own.token });
  expect((await past('/v1/triggers', trigger.id))[0]).toMatchObject({ action: 'deleted' });
  expect((await past('/v1/routes', route.id))[0]).toMatchObject({
    action: 'changed',
    version: 2,
    changes: [{ field: 'departmentId', before: department.id, after: null }],
  });

  const refused = await own.api.refused('POST', `/v1/triggers/${trigger.id}/versions/1/restore`, { token: own.token });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'agentId', message: 'names no agent of this workspace' }] } });
  await own.api.call('POST', `/v1/agents/${agent.id}/versions/1/restore`, { token: own.token });
  expect((await own.api.call<View>('POST', `/v1/triggers/${trigger.id}/versions/1/restore`, { token: own.token })).body).toMatchObject({
    id: trigger.id,
    agentId: agent.id,
    version: 3,
  });

  const rules = [await make('/v1/routing-rules', { name: 'A' }), await make('/v1/routing-rules', { name: 'B', position: 1 })];
  await own.api.call('POST', '/v1/routing-rules/order', { token: own.token, body: { ids: rules.map(({ id }) => id).toReversed() } });
  expect((await past('/v1/routing-rules', rules[0]!.id))[0]).toMatchObject({ action: 'changed', changes: [{ field: 'position' }] });
});

test('a name that is taken by now, and pages of many versions', async () => {
  const first = await make('/v1/tags', { name: 'Early' });
  await own.api.call('PATCH', `/v1/tags/${first.id}`, { token: own.token, body: { name: 'Late' } });
  const other = await make('/v1/tags', { name: 'early' });
  expect(await own.api.refused('POST', `/v1/tags/${first.id}/versions/1/restore`, { token: own.token })).toMatchObject({
    status: 409,
    code: 'name_taken',
    body: { current: { id: other.id } },
  });
  for (const color of [1, 2, 3]) await own.api.call('PATCH', `/v1/tags/${first.id}`, { token: own.token, body: { color } });
  const page = (await own.api.call<Page>('GET', `/v1/tags/${first.id}/versions?limit=3`, { token: own.token })).body;
  const rest = (await own.api.call<Page>('GET', `/v1/tags/${first.id}/versions?limit=3&cursor=${page.nextCursor}`, { token: own.token })).body;
  expect([...page.items, ...rest.items].map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  expect(rest.nextCursor).toBeNull();
});

test('secrets are never kept, only that they were replaced', async () => {
  const secret = `auth-token-${randomUUID()}`;
  const account = await make('/v1/channel-accounts', { channel: 'sms', name: 'Line', credentials: { authToken: secret } });
  await own.api.call('PATCH', `/v1/channel-accounts/${account.id}`, { token: own.token, body: { credentials: { authToken: `${secret}-2` } } });
  await own.api.call('PATCH', `/v1/channel-accounts/${account.id}`, { token: own.token, body: { name: 'Other line' } });
  const [renamed, replaced, created] = await past('/v1/channel-accounts', account.id, own.ben);
  expect([renamed?.secretsReplaced, replaced?.secretsReplaced, created?.secretsReplaced]).toEqual([false, true, true]);
  expect(replaced?.changes).toEqual([]);
  const kept = await own.api.call<View>('POST', `/v1/channel-accounts/${account.id}/versions/1/restore`, { token: own.token });
  expect(kept.body).toMatchObject({ name: 'Line', hasCredentials: ['authToken'] });
  const rows = await own.database.sql`select 1 from audit_entry e where e::text like ${`%${secret}%`}`;
  expect(rows.length).toBe(0);
});

test('the log tells of settings, keys, people and secrets, to admins, by what they look for', async () => {
  const began = new Date().toISOString();
  const key = await make('/v1/api-keys', { name: 'Shop', scopes: ['contacts:read'] });
  await own.api.call('PATCH', `/v1/api-keys/${key.id}`, { token: own.token, body: { scopes: ['contacts:read', 'contacts:write'] } });
  await own.api.call('DELETE', `/v1/api-keys/${key.id}`, { token: own.token });
  await own.api.call('PATCH', `/v1/operators/${own.world.operators.ben}`, { token: own.token, body: { active: false } });
  await own.api.call('PATCH', `/v1/operators/${own.world.operators.ben}`, { token: own.token, body: { active: true } });
  await own.api.call('PATCH', '/v1/workspace', { token: own.token, body: { allowedHosts: ['cdn.example'] } });
  const reply = await make('/v1/quick-replies', { name: 'Thanks', text: 'Thank you!' });
  const all = await log(`from=${began}`);
  expect(all.items.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
    'quickReply created',
    'workspace changed',
    'operator switched_on',
    'operator switched_off',
    'apiKey revoked',
    'apiKey changed',
    'apiKey created',
  ]);
  for (const entry of all.items) AuditEntry.strict().parse(entry);
  expect(all.items[1]?.changes).toEqual([{ field: 'allowedHosts', before: ['morrow.example'], after: ['cdn.example'] }]);
  expect(JSON.stringify(all)).not.toContain(key['key']);
  expect((await log(`kind=quickReply&operatorId=${own.world.operators.ana}`)).items.map(({ subjectId }) => subjectId)).toEqual([reply.id]);
  expect((await log(`operatorId=${own.world.operators.ben}`)).items).toEqual([]);
  expect((await log(`to=${began}&kind=apiKey`)).items).toEqual([]);
  const page = await log(`from=${began}&limit=4`);
  expect([...page.items, ...(await log(`from=${began}&limit=4&cursor=${page.nextCursor}`)).items]).toEqual(all.items);
  expect((await own.api.refused('GET', '/v1/audit-log', { token: own.ben })).code).toBe('forbidden');
  expect((await own.api.call<Page>('GET', '/v1/audit-log', { token: await operatorToken(await own.api.world()) })).body.items).toEqual([]);
});

test('what is set of the workspace has versions: of each field those that changed it, and one field is put back without the others', async () => {
  const set = async (body: unknown) => (await own.api.call<View>('PATCH', '/v1/workspace', { token: own.token, body })).body;
  const { version: last, ...before } = (await own.api.call<View>('GET', '/v1/workspace', { token: own.ben })).body;
  await set({ allowedHosts: ['one.example'] });
  await set({ retention: { conversationsDays: 400, filesDays: null, eventsDays: 2, auditDays: null } });
  const now = await set({ allowedHosts: [] });
  const versions = async (query = '', by = own.ben) => (await own.api.call<Page>('GET', `/v1/workspace/versions?${query}`, { token: by })).body;
  const { items } = await versions('field=allowedHosts&limit=2');
  for (const entry of items) SettingVersion.strict().parse(entry);
  expect(items.map(({ version, changes, operator }) => [version, changes.map(({ after }) => after), operator?.name])).toEqual([
    [last + 3, [[]], 'Ana Duarte'],
    [last + 1, [['one.example']], 'Ana Duarte'],
  ]);
  expect((await versions('field=retention&limit=1')).items[0]).toMatchObject({ version: last + 2, changes: [{ field: 'retention' }] });
  const [newest] = (await versions('limit=1')).items;
  expect(newest?.version).toBe(last + 3);

  const restore = (version: number, more: object = {}) => ({
    path: `/v1/workspace/versions/${version}/restore`,
    ask: { token: own.token, body: { fields: ['allowedHosts'] }, ...more },
  });
  const stale = restore(last, { headers: { 'if-match': `"${last + 1}"` } });
  expect(await own.api.refused('POST', stale.path, stale.ask)).toMatchObject({ code: 'stale_version', body: { current: { version: now.version } } });
  const back = restore(last, { headers: { 'if-match': `"${now.version}"` } });
  expect((await own.api.call<View>('POST', back.path, back.ask)).body).toMatchObject({
    allowedHosts: before['allowedHosts'],
    retention: { conversationsDays: 400 },
    version: last + 4,
  });
  expect((await versions('field=allowedHosts&limit=1')).items[0]).toMatchObject({ action: 'restored', restoredVersion: last, version: last + 4 });
  const whole = restore(last, { body: {} });
  expect((await own.api.call<View>('POST', whole.path, whole.ask)).body).toMatchObject({ ...before, version: last + 5 });

  expect((await own.api.refused('POST', restore(last + 100).path, restore(0).ask)).code).toBe('not_found');
  expect((await own.api.refused('POST', restore(last).path, { token: own.token, body: { fields: ['slug'] } })).code).toBe('invalid');
  expect((await own.api.refused('POST', restore(last).path, { token: own.ben, body: {} })).code).toBe('forbidden');
  expect((await versions('', await operatorToken(await own.api.world()))).items).toEqual([]);
});

test('a view is its owner’s alone, and so is its past; shared ones are everybody’s', async () => {
  const mine = (await own.api.call<View>('POST', '/v1/views', { token: own.ben, body: { name: 'Mine', filter: {} } })).body;
  await own.api.call('PATCH', `/v1/views/${mine.id}`, { token: own.ben, body: { name: 'Still mine' } });
  expect((await past('/v1/views', mine.id, own.ben)).length).toBe(2);
  expect((await own.api.refused('GET', `/v1/views/${mine.id}/versions`, { token: own.token })).code).toBe('not_found');
  expect((await own.api.call<View>('POST', `/v1/views/${mine.id}/versions/1/restore`, { token: own.ben })).body).toMatchObject({ name: 'Mine' });
  await own.api.call('DELETE', `/v1/views/${mine.id}`, { token: own.ben });
  expect((await own.api.refused('POST', `/v1/views/${mine.id}/versions/1/restore`, { token: own.token })).code).toBe('not_found');
  expect((await own.api.call<View>('POST', `/v1/views/${mine.id}/versions/1/restore`, { token: own.ben })).body).toMatchObject({
    name: 'Mine',
    ownerId: own.world.operators.ben,
  });
  expect((await log('kind=savedView')).items).toEqual([]);
  const shared = await make('/v1/views', { name: 'Ours', filter: {}, shared: true });
  expect((await own.api.refused('POST', `/v1/views/${shared.id}/versions/1/restore`, { token: own.ben })).code).toBe('forbidden');
});

test('a key asked for again with the same Idempotency-Key is the same one, and stands nowhere in clear', async () => {
  const headers = { 'idempotency-key': idempotencyKey() };
  const body = { name: 'Twice', scopes: ['contacts:read'] };
  const [one, two] = [
    await own.api.call<View>('POST', '/v1/api-keys', { token: own.token, body, headers }),
    await own.api.call<View>('POST', '/v1/api-keys', { token: own.token, body, headers }),
  ];
  expect(two).toMatchObject({ status: 201, body: one.body });
  expect((await own.api.refused('POST', '/v1/api-keys', { token: own.token, body: { ...body, name: 'Other' }, headers })).code).toBe('key_reused');
  const rows = await own.database.sql`select 1 from idempotency i where i::text like ${`%${String(one.body['key'])}%`}`;
  expect(rows.length).toBe(0);
});
