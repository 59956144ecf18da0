/** Who has a conversation open, over two processes, and what operators write and have not sent. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Composing } from '../../server/contract/composing.ts';
import type { Viewer } from '../../server/contract/presence.ts';
import { pruneComposing } from '../../server/db/composing.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let one: TestApi;
let other: TestApi;
let world: World;
let ana: string;
let ben: string;

beforeAll(async () => {
  database = await createTestDatabase();
  [one, other] = [await startApi(database), await startApi(database)];
  world = await one.world();
  [ana, ben] = [await operatorToken(world), await operatorToken(world, 'ben')];
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.close();
});

const shows = async (api: TestApi, token: string, viewerId: string, ...conversationIds: string[]): Promise<Viewer[]> =>
  (await api.call<{ items: Viewer[] }>('POST', '/v1/presence', { token, body: { viewerId, conversationIds } })).body.items;
const composing = (api: TestApi, token: string, id: string) => api.call<Composing>('GET', `/v1/conversations/${id}/composing`, { token });
const compose = (api: TestApi, token: string, id: string, composed: object | null, age = 0) =>
  api.call<Composing>('PATCH', `/v1/conversations/${id}/composing`, { token, body: { composed, age } });
const written = (reply: string, note = '') => ({ mode: 'reply', reply, note, mentions: [] });
const taken = async (text: string): Promise<string> => {
  const { conversationId } = await world.writes(text);
  await one.call('POST', `/v1/conversations/${conversationId}/assume`, { token: ben, body: {} });
  return conversationId;
};

test('whoever opens a conversation is seen by those at another process, the first to come first, until the page says otherwise', async () => {
  const { conversationId } = await world.writes('Is anybody there?');
  const heard = await listenTo(`${other.url}/v1/events`, ana);
  const [page, second] = [randomUUID(), randomUUID()];
  expect(await shows(one, ben, page, conversationId)).toMatchObject([{ operatorId: world.operators.ben, name: 'Ben Okafor', conversationId }]);
  const came = await heard.until(({ event, data }) => event === 'presence' && data['conversationId'] === conversationId, 'that Ben came');
  expect(came).toMatchObject({ id: undefined, data: { operatorId: world.operators.ben, name: 'Ben Okafor', viewing: [{ conversationId }] } });
  expect((await shows(other, ana, randomUUID(), conversationId)).map(({ name }) => name)).toEqual(['Ben Okafor', 'Ana Duarte']);

  // A second page of Ben's: he goes when both are closed, and not before.
  await shows(one, ben, second, conversationId);
  await shows(one, ben, page);
  expect((await shows(other, ana, randomUUID(), conversationId)).map(({ name }) => name)).toContain('Ben Okafor');
  const before = heard.heard.length;
  await shows(other, ben, second);
  await until(
    async () =>
      heard.heard
        .slice(before)
        .some(({ event, data }) => event === 'presence' && data['operatorId'] === world.operators.ben && data['conversationId'] === null),
    'that Ben went',
  );
  heard.close();
});

test('a page that says nothing more is forgotten, and the team is told', async () => {
  const { conversationId } = await world.writes('Hello?');
  const heard = await listenTo(`${other.url}/v1/events`, ana);
  await shows(one, ben, randomUUID(), conversationId);
  await heard.until(({ event, data }) => event === 'presence' && data['conversationId'] === conversationId, 'that Ben came');
  await database.sql`update viewing set until = clock_timestamp() where conversation_id = ${conversationId} and operator_id = ${world.operators.ben}`;
  const before = heard.heard.length;
  await until(
    async () =>
      heard.heard
        .slice(before)
        .some(({ event, data }) => event === 'presence' && data['operatorId'] === world.operators.ben && data['conversationId'] !== conversationId),
    'that Ben is gone',
  );
  expect((await shows(one, ana, randomUUID(), conversationId)).map(({ name }) => name)).toEqual(['Ana Duarte']);
  heard.close();
});

test('nobody is seen in a conversation of another workspace', async () => {
  const rival = await one.world();
  const { conversationId } = await rival.writes('A secret');
  expect(await shows(one, ben, randomUUID(), conversationId)).toEqual([]);
  expect(await database.sql`select from viewing where conversation_id = ${conversationId}`).toHaveLength(0);
});

test('what is written on one device is there on another, and nobody else sees it', async () => {
  const id = await taken('Where is my parcel?');
  expect((await composing(one, ben, id)).body).toEqual({ id: null, composed: null, age: 0 });
  const kept = await compose(one, ben, id, { ...written('It is on its w'), plain: true });
  expect(kept).toMatchObject({ status: 200, body: { composed: { reply: 'It is on its w', plain: true } } });
  expect((await composing(other, ben, id)).body).toMatchObject({ id: kept.body.id, composed: { reply: 'It is on its w' } });
  expect((await composing(other, ana, id)).body.composed).toBeNull();
  await compose(one, ben, id, null);
  expect((await composing(other, ben, id)).body.composed).toBeNull();
});

test('of two devices the one that was typed on later wins, whichever comes first', async () => {
  const id = await taken('And now?');
  await compose(one, ben, id, written('typed now'));
  expect((await compose(other, ben, id, written('typed a minute ago, sent now'), 60_000)).body).toMatchObject({ composed: { reply: 'typed now' } });
  expect((await compose(other, ben, id, null, 60_000)).body).toMatchObject({ composed: { reply: 'typed now' } });
  expect((await compose(other, ben, id, written('typed later'))).body).toMatchObject({ composed: { reply: 'typed later' } });
});

test('what was sent is not being written any more, in the same transaction; another text stays', async () => {
  const id = await taken('Can you help?');
  await compose(one, ben, id, written('Yes, gladly.', 'Ask Rui'));
  expect((await one.call('POST', `/v1/conversations/${id}/messages`, { token: ben, body: { text: 'Yes, gladly.' } })).status).toBe(201);
  expect((await composing(one, ben, id)).body.composed).toMatchObject({ reply: '', note: 'Ask Rui' });
  expect((await one.call('POST', `/v1/conversations/${id}/notes`, { token: ben, body: { text: 'Ask Rui', mentions: [] } })).status).toBe(201);
  expect((await composing(one, ben, id)).body.composed).toBeNull();
  await compose(one, ben, id, written('The next one'));
  await one.call('POST', `/v1/conversations/${id}/messages`, { token: ben, body: { text: 'Something else' } });
  expect((await composing(one, ben, id)).body.composed).toMatchObject({ reply: 'The next one' });
});

test('of two who send at once one is asked first: what the other said is newer than what it saw', async () => {
  const id = await taken('Who is first?');
  const [{ lastSeq = 0 } = {}] = await database.sql<{ lastSeq: number }[]>`select last_seq from conversation where id = ${id}`;
  const send = (api: TestApi, token: string, text: string, expectedLastSeq: number) =>
    api.call<{ code?: string; seq: number }>('POST', `/v1/conversations/${id}/messages`, { token, body: { text, expectedLastSeq } });
  const answers = await Promise.all([send(one, ana, 'Ana is', lastSeq), send(other, ben, 'Ben is', lastSeq)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  const refused = answers.findIndex(({ status }) => status === 409);
  expect(answers[refused]?.body.code).toBe('newer_message');
  const [api, token] = refused === 0 ? ([one, ana] as const) : ([other, ben] as const);
  expect((await send(api, token, 'All the same', answers[1 - refused]!.body.seq)).status).toBe(201);
  // Nobody is stopped by what they said themselves.
  expect((await send(api, token, 'And more', answers[1 - refused]!.body.seq)).status).toBe(201);
});

test('what is too much is refused, what is too old forgotten, and what is not there 404', async () => {
  const id = await taken('A long story');
  for (const composed of [written('x'.repeat(70_000)), { ...written('x'), rich: 'x'.repeat(400_001) }, { reply: 'without a note' }, 'text']) {
    expect((await one.refused('PATCH', `/v1/conversations/${id}/composing`, { token: ben, body: { composed, age: 0 } })).code).toBe('invalid');
  }
  expect((await one.refused('GET', `/v1/conversations/${randomUUID()}/composing`, { token: ben })).code).toBe('not_found');
  await compose(one, ben, id, written('from long ago'));
  await database.sql`update composing set written_at = now() - interval '31 days' where conversation_id = ${id}`;
  await pruneComposing(database.sql, 200);
  expect((await composing(one, ben, id)).body.composed).toBeNull();
});
