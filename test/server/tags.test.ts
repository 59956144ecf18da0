/** Tags of a workspace: renamed, deleted and brought back, with all that carries and names them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Tag } from '../../server/contract/settings.ts';
import { forgetRemovedTags } from '../../server/db/tags.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let token: string;
let vip: Tag;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
beforeEach(async () => {
  world = await api.world();
  token = await operatorToken(world);
  vip = (await api.call<Tag>('POST', '/v1/tags', { token, body: { name: 'VIP', color: 2 } })).body;
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const tagged = async (): Promise<string> => {
  const { conversationId } = await world.writes('Hello');
  await api.call('PATCH', `/v1/conversations/${conversationId}`, { token, body: { tags: ['vip'] } });
  return conversationId;
};
const tagsOf = async (id: string) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body.tags;
const total = async (tag: string) =>
  (await api.call<{ all: { total: number } }>('GET', `/v1/conversations/counts?status=any&tag=${tag}`, { token })).body.all.total;

test('a deleted tag leaves its conversations, and comes back to all of them', async () => {
  const ids = [await tagged(), await tagged(), await tagged()];
  await api.call('PATCH', `/v1/conversations/${ids[2]}`, { token, body: { status: 'closed' } });
  expect(await total('VIP')).toBe(3);
  expect((await api.call('DELETE', `/v1/tags/${vip.id}`, { token })).status).toBe(204);
  expect(await tagsOf(ids[0]!)).toEqual([]);
  const ben = await operatorToken(world, 'ben');
  expect((await api.refused('POST', `/v1/tags/${vip.id}/restore`, { token: ben })).code).toBe('forbidden');
  const headers = { 'idempotency-key': 'once' };
  for (const _again of [1, 2]) {
    const back = await api.call<Tag>('POST', `/v1/tags/${vip.id}/restore`, { token, headers });
    expect(back).toMatchObject({ status: 200, body: { id: vip.id, name: 'VIP', color: 2 } });
  }
  expect(await total('VIP')).toBe(3);
  for (const id of ids) expect(await tagsOf(id)).toEqual([{ name: 'VIP', color: 2 }]);
  expect((await api.refused('POST', `/v1/tags/${vip.id}/restore`, { token })).code).toBe('not_found');
});

test('it is deleted and comes back while others hold the conversations that carry it, and its traces go a day later, a few at a time', async () => {
  const ids = [await tagged(), await tagged(), await tagged()];
  const left = async () => (await database.sql`select 1 from conversation_tag where tag_id = ${vip.id}`).length;
  const other = database.openPool({ max: 1 });
  for (const hold of [
    'update conversation_tag set priority_rank = priority_rank where conversation_id = $1',
    'select 1 from conversation where id = $1 for update',
  ]) {
    await other.begin(async (tx) => {
      await tx.unsafe(hold, [ids[0]!]);
      // Whoever waited for these would not be answered.
      expect((await api.call('DELETE', `/v1/tags/${vip.id}`, { token })).status).toBe(204);
      expect(await total('VIP')).toBe(0);
      await forgetRemovedTags(database.sql, 1);
      expect(await left()).toBe(3);
      expect((await api.call('POST', `/v1/tags/${vip.id}/restore`, { token })).status).toBe(200);
    });
    expect(await total('VIP')).toBe(3);
  }
  await api.call('DELETE', `/v1/tags/${vip.id}`, { token });
  await database.sql`update removed_tag set removed_at = now() - interval '25 hours' where id = ${vip.id}`;
  await other.begin(async (tx) => {
    await tx`select 1 from conversation_tag where conversation_id = ${ids[0]!} for update`;
    await forgetRemovedTags(database.sql, 1);
    expect(await left()).toBe(1);
  });
  await forgetRemovedTags(database.sql, 1);
  expect(await left()).toBe(0);
  expect(await database.sql`select 1 from removed_tag where id = ${vip.id}`).toEqual([]);
  expect((await api.refused('POST', `/v1/tags/${vip.id}/restore`, { token })).code).toBe('not_found');
});

test('it does not come back over another of its name', async () => {
  await api.call('DELETE', `/v1/tags/${vip.id}`, { token });
  await api.call('POST', '/v1/tags', { token, body: { name: 'vip' } });
  expect((await api.refused('POST', `/v1/tags/${vip.id}/restore`, { token })).code).toBe('name_taken');
});

test('a renamed tag is renamed wherever it is named: on conversations, in rules, triggers, cards and saved views', async () => {
  const id = await tagged();
  const make = async (path: string, body: object) => (await api.call<{ id: string }>('POST', path, { token, body })).body.id;
  const rule = await make('/v1/routing-rules', { name: 'R', actions: { tags: ['Hot', 'VIP'] } });
  const trigger = await make('/v1/triggers', { kind: 'tag', config: { tags: ['VIP'] } });
  const card = await make('/v1/guidance-cards', { surface: 'reply', title: 'T', text: 'T', scope: { tags: ['VIP'] } });
  const view = await make('/v1/views', { name: 'V', filter: { tag: 'VIP' } });
  await api.call('PATCH', `/v1/tags/${vip.id}`, { token, body: { name: 'Very important', color: 5 } });
  const read = async (path: string) => (await api.call<object>('GET', path, { token })).body;
  expect(await tagsOf(id)).toEqual([{ name: 'Very important', color: 5 }]);
  expect(await read(`/v1/routing-rules/${rule}`)).toMatchObject({ actions: { tags: ['Hot', 'Very important'] }, version: 2 });
  expect(await read(`/v1/triggers/${trigger}`)).toMatchObject({ config: { tags: ['Very important'] } });
  expect(await read(`/v1/guidance-cards/${card}`)).toMatchObject({ scope: { tags: ['Very important'] } });
  expect(await read(`/v1/views/${view}`)).toMatchObject({ filter: { tag: 'Very important' } });
});

test('a closed conversation is opened by the customer’s next message; an archived one is left, and a new one begins', async () => {
  const { conversationId, handle } = await world.writes('Hello');
  const status = async (to: string) => api.call('PATCH', `/v1/conversations/${conversationId}`, { token, body: { status: to } });
  await status('closed');
  expect((await world.writes('Again', { handle })).conversationId).toBe(conversationId);
  expect((await api.call<Conversation>('GET', `/v1/conversations/${conversationId}`, { token })).body.status).toBe('open');
  await status('archived');
  const next = await world.writes('And again', { handle });
  expect(next.conversationId).not.toBe(conversationId);
  expect((await api.call<Conversation>('GET', `/v1/conversations/${conversationId}`, { token })).body.status).toBe('archived');
});
