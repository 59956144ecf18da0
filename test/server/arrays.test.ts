import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const nasty = ['', ' ', 'NULL', 'null', '"', '\\', '\\"', '{a,b}', 'a,b', "it's", 'line\nbreak', '😀', '{}', '\t'];

test('arrays go to Postgres and come back as they were', async () => {
  const id = '0198c0de-0000-7000-8000-000000000001';
  const [row] = await database.sql`select ${nasty}::text[] as texts, ${[]}::text[] as empty, ${[id, id]}::uuid[] as ids, ${[1, -2]}::int[] as ints,
    ${[9_007_199_254_740_991, 0]}::bigint[] as bigs, array['a', null]::text[] as holes, array[true, false] as flags, array[1.5]::float8[] as floats,
    array['2026-01-02T03:04:05.678Z'::timestamptz] as times, array['{"a_b": [1, "x"]}'::jsonb] as json, array['5'::xid8] as xids`;
  expect(row).toEqual({
    texts: nasty,
    empty: [],
    ids: [id, id],
    ints: [1, -2],
    bigs: [9_007_199_254_740_991, 0],
    holes: ['a', null],
    flags: [true, false],
    floats: [1.5],
    times: [new Date('2026-01-02T03:04:05.678Z')],
    json: [{ a_b: [1, 'x'] }],
    xids: ['5'],
  });
  for (const text of nasty) {
    const [found] = await database.sql`select ${text} = any(${[text, 'other']}::text[]) as found, cardinality(${[text, text]}::text[]) as count`;
    expect(found).toEqual({ found: true, count: 2 });
  }
});

test('a new connection asks nothing before its first query, so that none can fail unheard', async () => {
  const pool = database.openPool({ max: 1, name: 'asks nothing' });
  const [row] = await pool<{ before: number }[]>`select pg_backend_pid() as before`;
  const [last] = await database.sql<{ query: string }[]>`select query from pg_stat_activity where pid = ${row?.before ?? 0}`;
  expect(last?.query).toContain('pg_backend_pid');
  expect(pool.options.fetch_types).toBe(false);
});
