import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transaction } from '../../server/db/connect.ts';
import { openSearch, SearchBusy } from '../../server/db/search-budget.ts';
import { writeDown, writeDownAll } from '../../server/db/search-index.ts';
import { SLICE_ENTRIES } from '../../server/db/search-slices.ts';
import { searchIds, searchPool } from '../../server/db/search.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const waiting = async (): Promise<number> => (await database.sql`select 1 from search_queue`).length;

test('searches have connections of their own: while they are all slow, the pool answers, more are told to come back, and those that nobody waits for end', async () => {
  const world = await api.world();
  const token = await operatorToken(world);
  await world.writes('A kettle');
  await writeDown(database.sql, world.workspaceId);
  // Whatever searches has to wait for this lock.
  const lock = await database.sql.reserve();
  await lock`begin`;
  await lock`lock table search_slice in access exclusive mode`;
  const gone = new AbortController();
  const search = (signal?: AbortSignal) =>
    fetch(`${api.url}/v1/conversations?q=kettle`, { headers: { authorization: `Bearer ${token}` }, ...(signal ? { signal } : {}) }).catch(() => null);
  const left = Array.from({ length: 4 }, () => search(gone.signal));
  const running = async (): Promise<number> =>
    (await database.sql`select 1 from pg_stat_activity where datname = current_database() and application_name = 'convene-search' and wait_event_type = 'Lock'`)
      .length;
  await until(async () => (await running()) === 2, 'both of its connections are busy');
  // Two run and sixteen wait: whichever comes last is told to come back.
  const held = Array.from({ length: 20 }, () => search());
  const refused = await Promise.any(
    held.map(async (one) => {
      const answer = await one;
      if (answer?.status !== 503) throw new Error(`answered ${answer?.status}`);
      return answer;
    }),
  );
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  expect((await api.call('GET', '/v1/conversations', { token })).status).toBe(200);
  gone.abort();
  await lock`rollback`;
  lock.release();
  expect(await Promise.all(left)).toEqual([null, null, null, null]);
  const statuses = (await Promise.all(held)).map((answer) => answer?.status);
  expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
  expect((await search())?.status).toBe(200);
});

test('a search that is given up while it waits leaves its place, and a full line is refused at once', async () => {
  const search = openSearch(database.url);
  const world = await api.world();
  let end = (_said: string): void => {};
  const forever = new Promise<string>((resolve) => (end = resolve));
  const never = new AbortController();
  const first = [1, 2].map(() => search.run(world.workspaceId, never.signal, () => forever));
  const leaving = new AbortController();
  const line = Array.from({ length: 16 }, () => search.run(world.workspaceId, leaving.signal, async () => 'ran'));
  await expect(search.run(world.workspaceId, never.signal, async () => 'ran')).rejects.toBeInstanceOf(SearchBusy);
  leaving.abort();
  expect((await Promise.allSettled(line)).every(({ status }) => status === 'rejected')).toBe(true);
  const next = search.run(world.workspaceId, never.signal, async () => 'ran');
  end('ended');
  expect(await Promise.all([...first, next])).toEqual(['ended', 'ended', 'ran']);
  await search.close();
});

test('what is said in every workspace is written down once, by whoever comes first, a slice at a time', async () => {
  const worlds = await Promise.all([api.world(), api.world()]);
  await Promise.all(worlds.flatMap((world) => Array.from({ length: 30 }, (_, n) => world.writes(`teapot ${n}`))));
  expect(await waiting()).toBeGreaterThanOrEqual(60);
  await Promise.all([writeDownAll(database.sql), writeDownAll(database.sql), writeDown(database.sql, worlds[0]!.workspaceId)]);
  expect(await waiting()).toBe(0);
  for (const { workspaceId, operators } of worlds) {
    expect((await searchIds(database.sql, workspaceId, operators.ana, { q: 'teapot', status: 'any' }, 100)).ids.length).toBe(30);
    const slices = await database.sql<{ entries: number; written: number }[]>`
      select s.entries, (select count(*) from search_entry e where e.workspace_id = s.workspace_id and e.slice = s.id)::int as written from search_slice s where s.workspace_id = ${workspaceId}`;
    expect(slices.length).toBe(2);
    for (const { entries, written } of slices) expect([written, entries]).toEqual([30, 30]);
  }
  // A slice that is full is followed by the next.
  const { workspaceId, operators } = worlds[0]!;
  await database.sql`update search_slice set entries = ${SLICE_ENTRIES} where workspace_id = ${workspaceId}`;
  const { conversationId } = await worlds[0]!.writes('teapot again');
  await writeDown(database.sql, workspaceId);
  expect((await database.sql`select 1 from search_slice where workspace_id = ${workspaceId}`).length).toBe(4);
  expect((await searchIds(database.sql, workspaceId, operators.ana, { q: 'teapot' }, 1)).ids).toEqual([conversationId]);
});

test('a rare word is looked for in the slices in which it stands, wherever they are, and full slices are written down but once', async () => {
  const world = await api.world();
  const { workspaceId, operators } = world;
  const said: string[] = [];
  for (const text of ['samovar one', 'kettle one', 'kettle two', 'samovar two, and no kettle', 'kettle three', 'kettle four', 'kettle five', 'kettle six']) {
    said.push((await world.writes(text)).conversationId);
    await writeDown(database.sql, workspaceId);
    await database.sql`update search_slice set entries = ${SLICE_ENTRIES} where workspace_id = ${workspaceId} and family = 'text'`;
  }
  const find = async (q: string, most = 100): Promise<string[]> => (await searchIds(database.sql, workspaceId, operators.ana, { q, status: 'any' }, most)).ids;
  const all = async () => [
    await find('samovar'),
    await find('"samovar" -kettle'),
    await find('kettle'),
    await find('kettle samovar'),
    await find('kettle', 1),
    await find('from:nobody'),
  ];
  const expected = [[said[3], said[0]], [said[0]], said.slice(1).toReversed(), [said[3]], [said[7]], []];
  expect(await all()).toEqual(expected);
  await Promise.all([writeDownAll(database.sql), writeDownAll(database.sql)]);
  const digests = await database.sql`select slice from search_digest where workspace_id = ${workspaceId}`;
  expect([digests.length, new Set(digests.map(({ slice }) => slice)).size]).toEqual([8, 8]);
  expect(await database.sql`select 1 from search_slice where workspace_id = ${workspaceId} and family = 'text' and digested < 16`).toEqual([]);
  expect(await all()).toEqual(expected);
});

test('words are found by their index, those of a slice as those of whole slices', async () => {
  const own = database.openPool({ max: 1 });
  const planOf = async (query: string): Promise<string> =>
    (await own.unsafe<Record<string, string>[]>(`explain ${query}`)).map((row) => Object.values(row)[0]).join('\n');
  const whole = await own<{ slices: number[] }[]>`select search_slices_with(${`'0/teapot':*`}) as slices`;
  expect(whole[0]!.slices).toEqual([]);
  const [settings] = await own<{ config: string[] }[]>`select proconfig as config from pg_proc where proname = 'search_slices_with'`;
  expect(settings!.config).toEqual(['enable_seqscan=off']);
  await own`set enable_seqscan = off`;
  expect(await planOf(`select slice from search_digest where words @@ '1/teapot'::tsquery`)).toContain('search_digest_words');
  expect(
    await planOf(`select e.id from unnest('{1,2}'::int[]) as s(id) cross join lateral (
    select id from search_entry e where e.words @@ replace('''§teapot'':*', '§', s.id || '/')::tsquery and e.slice = s.id order by e.at desc limit 64) e`),
  ).toContain('search_entry_words');
});

/** Of 8 KB, of tables and their indexes, in this transaction. */
const pagesRead = async (sql: Transaction): Promise<number> =>
  (
    await sql<
      { pages: number }[]
    >`select sum(pg_stat_get_xact_blocks_fetched(oid))::int as pages from pg_class where relnamespace <> 'pg_catalog'::regnamespace and relkind in ('r', 'i', 't')`
  )[0]!.pages;

test('a page of a search reads few pages of the database, of a phrase as well, however much the customers wrote', async () => {
  const { workspaceId, operators, agents, chatAccount } = await api.world();
  // 150 conversations of ten messages: in each stand both words, in every third one behind the other.
  await database.sql`
    with n as (select n, gen_random_uuid() as contact, gen_random_uuid() as identity, gen_random_uuid() as conversation from generate_series(1, 150) n),
    k as (insert into contact (workspace_id, id, name) select ${workspaceId}, contact, 'Customer ' || n from n),
    i as (insert into identity (workspace_id, id, contact_id, channel, handle) select ${workspaceId}, identity, contact, 'chat', 'pages-' || n from n),
    c as (
      insert into conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, agent_id, controller_kind, last_seq, inbound_count, last_inbound_seq, last_activity_at, last_snippet, last_message_at, last_author)
      select ${workspaceId}, conversation, contact, ${chatAccount}, identity, 'chat', 'open', ${agents.nova}, 'agent', 10, 10, 10, now(), 'Hello', now(), '{"kind":"contact","id":null,"name":"Customer"}' from n)
    insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)
      select ${workspaceId}, gen_random_uuid(), conversation, seq, 'inbound', 'message', 'contact', contact, 'Customer ' || n, 'chat', ${chatAccount}, identity,
        case (n + seq) % 3 when 0 then 'the copper kettle' else 'a kettle of copper' end, now() - make_interval(secs => n + seq * 150) from n, generate_series(1, 10) seq`;
  await writeDown(database.sql, workspaceId);
  const own = database.openPool({ max: 1 });
  await own`analyze`;
  const read = async (q: string): Promise<[number, number]> =>
    own.begin(async (tx) => {
      const sql = tx as Transaction;
      const before = await pagesRead(sql);
      const { items } = await searchPool(sql, workspaceId, operators.ana, { filter: { q }, after: null, limit: 50 });
      return [items.length, (await pagesRead(sql)) - before];
    });
  for (const q of ['kettle', 'kett', '"copper kettle"']) {
    const [found, pages] = await read(q);
    expect([q, found]).toEqual([q, 50]);
    // Half of what it takes to look up each message twice and all that its customer wrote.
    expect(pages, q).toBeLessThan(1_000);
  }
});
