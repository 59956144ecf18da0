import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transaction } from '../../server/db/connect.ts';
import { countPool, listPool } from '../../server/db/pool.ts';
import { openSignals } from '../../server/db/signals.ts';
import { mixtures } from '../bench/pool.ts';
import { seedPool } from '../bench/seed-pool.ts';
import type { Seeded } from '../bench/seed-pool.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const SIZE = 20_000;
/** Rows that one page may fetch of each table, whatever the pool holds: what is walked of a list, and the heads of the cells. */
const FETCHED = 12_000;

let database: TestDatabase;
let seeded: Seeded;
beforeAll(async () => {
  database = await createTestDatabase();
  const sql = database.openPool({ max: 1, statementTimeout: 0 });
  const signals = await openSignals(database.sql);
  const db = { sql, signals };
  seeded = await seedPool(db, await createWorld(db), SIZE, 1);
  await sql`vacuum analyze`;
  await signals.close();
});
afterAll(() => database.close());

interface Done {
  table: string;
  scans: number;
  fetched: number;
}

/** What Postgres does for some work, by table: as it ran, not as it was planned. */
const doing = (work: (sql: Transaction) => Promise<unknown>): Promise<Done[]> =>
  database.sql.begin(async (tx) => {
    const sql = tx as Transaction;
    const look = () => sql<Done[]>`
    select relname as table, seq_scan::int as scans, coalesce(idx_tup_fetch, 0)::int as fetched from pg_stat_xact_user_tables where relname in ('conversation', 'conversation_tag', 'read_mark', 'message')`;
    const before = new Map((await look()).map((row) => [row.table, row]));
    await work(sql);
    return (await look()).map(({ table, scans, fetched }) => ({
      table,
      scans: scans - (before.get(table)?.scans ?? 0),
      fetched: fetched - (before.get(table)?.fetched ?? 0),
    }));
  });

test.each([
  'activity',
  'priority',
] as const)('every filter and each pair of filters is answered by index, by %s, and never by a look through all', async (sort) => {
  const wrong: string[] = [];
  for (const { name, filter } of mixtures(seeded)) {
    const what = await doing((sql) => listPool(sql, seeded.world.workspaceId, seeded.world.operators.ana, { filter, sort, after: null, limit: 50 }));
    for (const { table, scans, fetched } of what)
      if (scans > 0 || fetched > FETCHED) wrong.push(`${name}: ${table} was looked through ${scans} times, ${fetched} rows were fetched`);
  }
  expect(wrong).toEqual([]);
});

test('counts are kept: none of them looks at a conversation', async () => {
  for (const { name, filter } of mixtures(seeded).filter((one) => !one.filter.contactId)) {
    const what = await doing((sql) => countPool(sql, seeded.world.workspaceId, seeded.world.operators.ana, filter));
    expect(
      what.filter(({ scans, fetched }) => scans + fetched > 0),
      name,
    ).toEqual([]);
  }
});
