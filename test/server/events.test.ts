import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { change } from '../../server/db/change.ts';
import type { Db, NewEvent } from '../../server/db/change.ts';
import type { Sql } from '../../server/db/connect.ts';
import { logState, pruneEvents, readEvents, renewRestoredLog } from '../../server/db/events.ts';
import { StreamClient } from '../prove/events-client.ts';
import { startEventServer } from '../prove/events-server.ts';
import type { EventServer, EventServerOptions } from '../prove/events-server.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
const open: { close(): Promise<void> }[] = [];
const clients: StreamClient[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.drop();
  for (const server of open.splice(0)) await server.close();
});
afterAll(() => database.close());

async function serve(options: EventServerOptions = {}): Promise<EventServer> {
  const server = await startEventServer(database.sql, options);
  open.push(server);
  return server;
}

async function connect(url: string, lastId?: string): Promise<StreamClient> {
  const client = new StreamClient(url, lastId);
  clients.push(client);
  return client.connect();
}

const dbOf = (server: EventServer): Db => ({ sql: database.sql, signals: server.signals });

/** Commits one event of the team, or another one. */
async function emit(db: Db, workspaceId: string, n: number, more: Partial<NewEvent> = {}): Promise<void> {
  await change(db, workspaceId, async (unit) => unit.emit({ kind: 'message', audience: 'team', subjectId: randomUUID(), data: { n }, ...more }));
}

/** All that has committed may be read. Until then a transaction of another test's database may hold it back. */
async function settled(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql<{ held: boolean }[]>`select exists (select from event where xid >= pg_snapshot_xmin(pg_current_snapshot())) as held`;
    if (!row?.held) return;
  }
}

const numbers = (client: StreamClient): unknown[] => client.received.flatMap(({ data }) => (typeof data === 'object' && data && 'n' in data ? [data.n] : []));
const names = (client: StreamClient): unknown[] => client.received.map(({ event }) => event);

test('a new reader has what commits from now on, with an id, and one that comes back what it missed', async () => {
  const server = await serve();
  const workspace = randomUUID();
  const url = `${server.url}/${workspace}/operator/${randomUUID()}`;
  await emit(dbOf(server), workspace, 0);
  await settled(database.sql);
  const reader = await connect(url);
  await emit(dbOf(server), workspace, 1);
  await reader.until((it) => numbers(it).length === 1);
  expect(reader.received[0]).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}-\d+-\d+$/), event: 'message', data: { n: 1 } });
  reader.drop();
  await emit(dbOf(server), workspace, 2);
  await emit(dbOf(server), workspace, 3);
  await reader.connect();
  await emit(dbOf(server), workspace, 4);
  await reader.until((it) => numbers(it).length >= 4);
  expect(numbers(reader)).toEqual([1, 2, 3, 4]);
});

test('a reader that was thrown off before its first event resumes from the place it began at', async () => {
  const server = await serve();
  const workspace = randomUUID();
  const reader = await connect(`${server.url}/${workspace}/operator/${randomUUID()}`);
  await reader.until((it) => it.lastId !== undefined);
  reader.drop();
  await emit(dbOf(server), workspace, 1);
  await reader.connect();
  await reader.until((it) => numbers(it).length === 1);
});

test('the head of a stream says what it is, keeps proxies from holding it back and carries the headers of the route', async () => {
  const server = await serve();
  const reader = await connect(`${server.url}/${randomUUID()}/operator/${randomUUID()}`);
  expect(reader.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'access-control-allow-origin': 'https://portal.example',
    'x-request-id': 'request-1',
  });
  const head = await fetch(`${server.url}/${randomUUID()}/operator/${randomUUID()}`, { method: 'HEAD' });
  expect(head.headers.get('content-type')).toBe('text/event-stream');
});

test('each audience has its own events and no others, live and when it comes back', async () => {
  const server = await serve();
  const [workspace, elsewhere, ana, ben, visitor, stranger] = Array.from({ length: 6 }, () => randomUUID()) as [string, string, string, string, string, string];
  const paths: Record<string, string> = {
    ana: `${workspace}/operator/${ana}`,
    ben: `${workspace}/operator/${ben}`,
    visitor: `${workspace}/visitor/${visitor}`,
    stranger: `${workspace}/visitor/${stranger}`,
    elsewhere: `${elsewhere}/operator/${ana}`,
    // An id of one kind is nobody of the other.
    mistaken: `${workspace}/visitor/${ana}`,
  };
  const live = await Promise.all(Object.values(paths).map((path) => connect(`${server.url}/${path}`)));
  await Promise.all(live.map((client) => client.until((it) => it.lastId !== undefined)));
  const begin = live[0]?.lastId;
  const db = dbOf(server);
  await emit(db, workspace, 1);
  await emit(db, workspace, 2, { audience: 'operator', addresseeId: ana, kind: 'read' });
  await emit(db, workspace, 3, { audience: 'visitor', addresseeId: visitor });
  await emit(db, workspace, 4, { audience: 'operator', addresseeId: ben, kind: 'notification' });
  await emit(db, workspace, 5, { audience: 'visitor', addresseeId: stranger });
  await emit(db, workspace, 6);
  await emit(db, workspace, 7, { audience: 'visitor', addresseeId: ana });
  await emit(db, elsewhere, 8);
  const expected = { ana: [1, 2, 6], ben: [1, 4, 6], visitor: [3], stranger: [5], elsewhere: [8], mistaken: [7] };
  const again = await Promise.all(Object.values(paths).map((path) => connect(`${server.url}/${path}`, begin)));
  for (const [at, wanted] of Object.values(expected).entries()) {
    for (const client of [live[at], again[at]]) {
      await client?.until((it) => numbers(it).length >= wanted.length);
      expect(client && numbers(client)).toEqual(wanted);
    }
  }
});

test('an event that commits late delays those after it and is never skipped, while id > last skips it', async () => {
  const server = await serve();
  const workspace = randomUUID();
  const reader = await connect(`${server.url}/${workspace}/operator/${randomUUID()}`);
  await reader.until((it) => it.lastId !== undefined);
  const other = database.openPool({ max: 1 });
  let commit = (): void => {};
  let inserted = (): void => {};
  const isInserted = new Promise<void>((resolve) => (inserted = resolve));
  const late = other.begin(async (sql) => {
    await sql`insert into event (workspace_id, kind, audience, data) values (${workspace}, 'message', 'team', '{"n": 1}')`;
    inserted();
    await new Promise<void>((resolve) => (commit = resolve));
  });
  await isInserted;
  await emit(dbOf(server), workspace, 2);
  const naive = await naiveRead(workspace, 0);
  const page = await readEvents(database.sql, workspace, { xid: '0', id: 0 }, 100);
  expect(page).toMatchObject({ rows: [], held: true });
  expect((await logState(database.sql)).heldFor).toBeGreaterThan(0);
  expect(numbers(reader)).toEqual([]);
  commit();
  await late;
  await reader.until((it) => numbers(it).length === 2);
  expect(numbers(reader)).toEqual([1, 2]);
  // The naive reader has moved past the late event and never sees it.
  expect([...naive, ...(await naiveRead(workspace, naive.at(-1)?.id ?? 0))].map(({ data }) => data.n)).toEqual([2]);
});

const naiveRead = (workspace: string, last: number) =>
  database.sql<{ id: number; data: { n: number } }[]>`select id, data from event where workspace_id = ${workspace} and id > ${last} order by id`;

test('an id of another epoch, one that was pruned, one from the future and nonsense are answered with reset, then live events', async () => {
  const server = await serve();
  const workspace = randomUUID();
  const url = `${server.url}/${workspace}/operator/${randomUUID()}`;
  const first = await connect(url);
  await first.until((it) => it.lastId !== undefined);
  const [epoch = '', xid = '', id = ''] = (first.lastId ?? '').split('-');
  await emit(dbOf(server), workspace, 1);
  await first.until((it) => numbers(it).length === 1);
  await database.sql`update event set created_at = now() - interval '8 days' where workspace_id = ${workspace}`;
  expect(await pruneEvents(database.sql, new Date(Date.now() - 7 * 86_400_000))).toBe(1);
  const bad = [
    `${'0'.repeat(32)}-${xid}-${id}`,
    `${epoch}-${xid}-${id}`,
    `${epoch}-18446744073709551615-1`,
    `${epoch}-99999999999999999999-1`,
    `${epoch}-${xid}-01`,
    `${epoch}-${xid}`,
    `${epoch.toUpperCase()}X`,
    "1' or '1'='1",
    '-1',
  ];
  // A process that has none of the old events in memory.
  const second = await serve();
  const readers = await Promise.all(bad.map((lastId) => connect(url.replace(server.url, second.url), lastId)));
  for (const reader of readers) await reader.until((it) => it.received.length === 1);
  await emit(dbOf(server), workspace, 2);
  for (const reader of readers) {
    await reader.until((it) => it.received.length === 2);
    expect(names(reader)).toEqual(['reset', 'message']);
    expect(reader.received[0]?.id).toMatch(new RegExp(`^${epoch}-`));
    expect(reader.connects).toBe(1);
  }
  // Who was reading all along has missed nothing, and is not disturbed.
  await first.until((it) => numbers(it).length === 2);
  expect(names(first)).toEqual(['message', 'message']);
  // The id of a reset is a good one.
  const [again] = readers;
  again?.drop();
  await again?.connect();
  await emit(dbOf(server), workspace, 3);
  await again?.until((it) => numbers(it).length === 2);
  expect(names(again ?? first)).toEqual(['reset', 'message', 'message']);
});

test('pruning goes in small transactions, takes only what is old, and says how far it went', async () => {
  const own = await createTestDatabase();
  open.push(own);
  const workspace = randomUUID();
  await own.sql`insert into event (workspace_id, kind, audience, created_at)
    select ${workspace}, 'message', 'team', now() - interval '9 days' from generate_series(1, 450)`;
  await own.sql`insert into event (workspace_id, kind, audience) values (${workspace}, 'message', 'team')`;
  const [before] = await own.sql<{ deleted: number }[]>`select pg_current_xact_id()::text::bigint as deleted`;
  expect(await pruneEvents(own.sql, new Date(Date.now() - 86_400_000))).toBe(450);
  const [after] = await own.sql<{ deleted: number }[]>`select pg_current_xact_id()::text::bigint as deleted`;
  expect((after?.deleted ?? 0) - (before?.deleted ?? 0)).toBeGreaterThanOrEqual(4);
  const { pruned } = await logState(own.sql);
  await settled(own.sql);
  const page = await readEvents(own.sql, workspace, pruned, 10);
  expect(page).toMatchObject({ lost: false, full: false });
  expect(page.rows).toHaveLength(1);
  expect((await readEvents(own.sql, workspace, { ...pruned, id: pruned.id - 1 }, 10)).lost).toBe(true);
});

test('a log restored from another cluster is emptied, gets a new epoch and lets events flow', async () => {
  const own = await createTestDatabase();
  open.push(own);
  const workspace = randomUUID();
  expect(await renewRestoredLog(own.sql)).toBe(false);
  const before = await logState(own.sql);
  await own.sql`insert into event (workspace_id, xid, kind, audience) values (${workspace}, '99999999999', 'message', 'team')`;
  const server = await startEventServer(own.sql);
  open.push(server);
  const reader = await connect(`${server.url}/${workspace}/operator/${randomUUID()}`, `${before.epoch}-99999999998-1`);
  await reader.until((it) => it.received.length === 1);
  expect(names(reader)).toEqual(['reset']);
  expect((await logState(own.sql)).epoch).not.toBe(before.epoch);
  await emit({ sql: own.sql, signals: server.signals }, workspace, 1);
  await reader.until((it) => numbers(it).length === 1);
});
