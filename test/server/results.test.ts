import { createRequire } from 'node:module';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** The driver as it comes: its other build, which nothing of ours has touched. */
const plain = (): postgres.Sql => (createRequire(import.meta.url)('postgres') as typeof postgres)(database.url, { max: 1 });

const failures: [how: string, fail: (sql: postgres.Sql) => Promise<unknown>][] = [
  ['a query that fails between two rows', (sql) => sql`select 1 / (4 - i) as quotient from generate_series(1, 10) i`],
  ['a connection that ends between two rows', (sql) => sql`select case i when 3 then pg_terminate_backend(pg_backend_pid()) end from generate_series(1, 10) i`],
];

/** What the first query after a failure brings, asked until the connection is there again. */
async function askAfter(sql: postgres.Sql, fail: (sql: postgres.Sql) => Promise<unknown>): Promise<unknown[]> {
  await expect(fail(sql)).rejects.toThrow();
  for (;;) {
    const rows = await sql<{ n: number }[]>`select n from generate_series(1, 3) n`.catch(() => null);
    if (rows) return [...rows];
  }
}

const whole = [{ n: 1 }, { n: 2 }, { n: 3 }];

describe.each(failures)('after %s', (_, fail) => {
  test('the next result on that connection has its rows from the first on', async () => {
    const sql = database.openPool({ max: 1 });
    expect(await askAfter(sql, fail)).toEqual(whole);
    expect(await sql`select 1 as n where false`).toHaveLength(0);
  });

  test('the driver alone puts holes before them', async () => {
    const sql = plain();
    const rows = await askAfter(sql, fail);
    await sql.end();
    expect(rows[0]).toBeUndefined();
    expect(rows.slice(-3)).toEqual(whole);
  });
});

test('a query that is sent before the failing one is done has its rows too', async () => {
  const sql = database.openPool({ max: 1 });
  const [failed, rows] = await Promise.allSettled([failures[0]![1](sql), sql`select n from generate_series(1, 3) n`]);
  expect(failed.status).toBe('rejected');
  expect(rows).toMatchObject({ status: 'fulfilled', value: whole });
});
