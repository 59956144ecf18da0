/** A conversation of many messages: where it opens, for each operator, and what a merge does to that. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import type { Db } from '../../server/db/change.ts';
import { fill } from '../bench/merge.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase, holdTransaction } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

const LONG = 10_000;
let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
let ben: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world({ replyMode: 'off' });
  ana = await operatorToken(world);
  ben = await operatorToken(world, 'ben');
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const get = async <T>(path: string, token = ana): Promise<T> => (await api.call<T>('GET', path, { token })).body;
const post = async <T = Conversation>(path: string, body: unknown = {}, token = ana): Promise<T> => (await api.call<T>('POST', path, { token, body })).body;
const page = (id: string, query: string, token = ana) => get<MessagePage>(`/v1/conversations/${id}/messages?${query}`, token);
const unread = async (id: string, token = ana) => (await get<Conversation>(`/v1/conversations/${id}`, token)).unread;
/** The text of the message that is marked as the first unread one; null where there is none. */
async function first(id: string, token = ana): Promise<string | null> {
  const { items, firstUnreadSeq } = await page(id, 'around=unread&limit=20', token);
  return firstUnreadSeq === null ? null : (items.find(({ seq }) => seq === firstUnreadSeq)?.text ?? 'not in the page');
}

/** Two conversations whose messages alternate: a1 b1 a2 b2 a3 b3. */
async function two() {
  const from = await world.writes('a1');
  const into = await world.writes('b1');
  for (const n of [2, 3]) {
    await world.writes(`a${n}`, { handle: from.handle });
    await world.writes(`b${n}`, { handle: into.handle });
  }
  return { from: from.conversationId, into: into.conversationId, handle: from.handle };
}
const merge = (from: string, into: string) =>
  post<Conversation & { mergeId: string }>(`/v1/conversations/${from}/merge`, { intoId: into, mergeContacts: true });

describe('the first unread message', () => {
  it('of a merged thread is the first that the operator has not read, whatever was read after it', async () => {
    const { from, into, handle } = await two();
    await post(`/v1/conversations/${from}/read`, { seq: 3 });
    await post(`/v1/conversations/${into}/read`, { seq: 3 }, ben);
    await post(`/v1/conversations/${from}/read`, { seq: 1 }, ben);
    const { mergeId } = await merge(from, into);
    expect([await unread(into), await first(into)]).toEqual([3, 'b1']);
    expect([await unread(into, ben), await first(into, ben)]).toEqual([2, 'a2']);

    // Read up to b2: only what stands behind it and was not read before is left.
    await post(`/v1/conversations/${into}/read`, { seq: 4 });
    expect([await unread(into), await first(into)]).toEqual([1, 'b3']);
    await post(`/v1/conversations/${into}/read`, { seq: 2 });
    expect([await unread(into), await first(into)]).toEqual([1, 'b3']);
    await world.writes('a4', { handle });
    expect([await unread(into, ben), await first(into, ben)]).toEqual([3, 'a2']);

    await post(`/v1/merges/${mergeId}/undo`);
    expect([await unread(into), await first(into)]).toEqual([1, 'b3']);
    expect([(await unread(into, ben)) + (await unread(from, ben)), await first(from, ben)]).toEqual([3, 'a2']);
  });

  it('goes back to where an operator wants it unread from, also in a merged thread', async () => {
    const { from, into } = await two();
    await post(`/v1/conversations/${from}/read`, { seq: 3 });
    await merge(from, into);
    await post(`/v1/conversations/${into}/unread`, { seq: 3 });
    expect([await unread(into), await first(into)]).toEqual([5, 'b1']);
    const { items } = await page(into, 'limit=100');
    await post(`/v1/conversations/${into}/read`, { seq: items.at(-1)!.seq });
    expect([await unread(into), await first(into)]).toEqual([0, null]);
    await post(`/v1/conversations/${into}/unread`, { seq: 5 });
    expect([await unread(into), await first(into)]).toEqual([2, 'a3']);
  });

  it('stays what it was where merged threads are merged again, and parted', async () => {
    const { from, into } = await two();
    const third = await world.writes('c1');
    await post(`/v1/conversations/${into}/read`, { seq: 3 });
    await merge(from, into);
    const { mergeId } = await merge(into, third.conversationId);
    expect([await unread(third.conversationId), await first(third.conversationId)]).toEqual([4, 'a1']);
    await post(`/v1/merges/${mergeId}/undo`);
    expect([await unread(into), await first(into), await unread(third.conversationId)]).toEqual([3, 'a1', 1]);
  });
});

describe('a conversation of 10,000 messages', () => {
  let id: string;
  let db: Db;
  beforeAll(async () => {
    db = { sql: database.sql, signals: { publish: () => {} } as never };
    id = (await world.writes('the last')).conversationId;
    await fill(db, world, id, 0, LONG);
    await database.sql`analyze message`;
    await database.sql`analyze read_mark`;
  });

  it('opens round the first unread one, by two look-ups and a page on either side', async () => {
    await post(`/v1/conversations/${id}/read`, { seq: 9_000 });
    const asked: string[] = [];
    const { items, firstUnreadSeq } = await page(id, 'around=unread&limit=60');
    expect(firstUnreadSeq).toBe(items.find(({ direction, seq }) => direction === 'inbound' && seq > 9_000)!.seq);
    expect(items).toHaveLength(60);
    for (const [sql, values] of [
      [
        `select m.seq from message m where m.workspace_id = $1 and m.conversation_id = $2 and m.direction = 'inbound' and m.seq > 9000 order by m.seq limit 1`,
        [world.workspaceId, id],
      ],
      [`select * from message where workspace_id = $1 and conversation_id = $2 and seq < 9001 order by seq desc limit 30`, [world.workspaceId, id]],
      [`select * from message where workspace_id = $1 and conversation_id = $2 and seq > 9000 order by seq limit 30`, [world.workspaceId, id]],
    ] as [string, string[]][]) {
      const rows = await database.sql.unsafe<{ 'QUERY PLAN': string }[]>(`explain (analyze, costs off, timing off, summary off) ${sql}`, values);
      asked.push(rows.map((row) => Object.values(row)[0]).join('\n'));
    }
    for (const plan of asked) {
      expect(plan).toMatch(/Index Scan.* using \w+ on message[^]*Index Cond: .*seq [<>]/);
      expect(plan).not.toMatch(/Seq Scan|Sort/);
    }
  });

  it('is read from either end to the other, page by page, each message once and in order', async () => {
    const seqs: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, before }: MessagePage = await page(id, `limit=100${cursor ? `&before=${cursor}` : ''}`);
      seqs.unshift(...items.map(({ seq }) => seq));
      cursor = before;
    }
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, at) => at + 1));
    const start = await page(id, `limit=100&around=${(await database.sql`select id from message where conversation_id = ${id} and seq = 1`)[0]!.id as string}`);
    expect(start.before).toBeNull();
    let last = start.items.at(-1)!.seq;
    for (let cursor = start.after; cursor !== null; ) {
      const { items, after }: MessagePage = await page(id, `limit=100&after=${cursor}`);
      expect(items[0]!.seq).toBe(last + 1);
      last = items.at(-1)!.seq;
      cursor = after;
    }
    expect(last).toBe(seqs.length);
  }, 60_000);

  it('lands at one message by its id, also by the link of the conversation that was merged away, and nowhere for another’s', async () => {
    const [wanted] = await database.sql<{ id: string }[]>`select id from message where conversation_id = ${id} and seq = 4321`;
    const { items, before, after } = await page(id, `around=${wanted!.id}&limit=21`);
    expect(items.findIndex((item: Message) => item.id === wanted!.id)).toBeGreaterThan(5);
    expect([before, after].every(Boolean)).toBe(true);
    const { from, into } = await two();
    const [old] = (await page(from, 'limit=1')).items;
    await merge(from, into);
    expect((await page(from, `around=${old!.id}`)).items.map((item) => item.id)).toContain(old!.id);
    expect((await api.refused('GET', `/v1/conversations/${id}/messages?around=${old!.id}`, { token: ana })).status).toBe(404);
  });
});

it('tells every visitor of a merged thread who answers there, and nothing that was said to another', async () => {
  const [one, other] = await Promise.all(
    [0, 1].map(async () => (await api.call<{ token: string }>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token),
  );
  const says = async (token: string | undefined, text: string) =>
    (await api.call<{ conversationId: string }>('POST', '/v1/chat/messages', { token: token!, body: { text } })).body.conversationId;
  // While an older transaction runs, anywhere in the cluster, a stream may begin before it is opened: then a visitor hears its own words again.
  const endOlder = await holdTransaction(database.sql);
  const from = await says(one, 'from one');
  const into = await says(other, 'from the other');
  await merge(from, into);
  const streams = await Promise.all([one, other].map((token) => listenTo(`${api.url}/v1/chat/events`, token!)));
  await endOlder();
  const answers = (name: string | null) =>
    Promise.all(
      streams.map((stream) =>
        stream.until(({ event, data }) => event === 'conversation' && (data['answering'] as { name: string | null }).name === name, `that ${name} answers`),
      ),
    );
  await post(`/v1/conversations/${into}/assume`, {}, ben);
  await answers('Ben Okafor');
  await says(other, 'more from the other');
  await streams[1]!.until(({ event, data }) => event === 'message' && data['text'] === 'more from the other', 'what it wrote itself');
  await api.call('PATCH', `/v1/conversations/${into}`, { token: ana, body: { status: 'closed' } });
  await Promise.all(streams.map((stream) => stream.until(({ event, data }) => event === 'conversation' && data['open'] === false, 'that it is closed')));
  expect(new Set(streams[0]!.heard.filter(({ event }) => event === 'message').map(({ data }) => data['text']))).toEqual(new Set(['from one']));
  expect(JSON.stringify(streams[0]!.heard)).not.toContain('the other');
  for (const stream of streams) stream.close();
});
