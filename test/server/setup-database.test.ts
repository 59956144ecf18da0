import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('bigint comes as a number, xid8 as a string, columns in camel case, JSON keys untouched', async () => {
  const [row] = await database.sql`select 5::bigint as some_count, '7'::xid8 as xid, '{"a_b": 1}'::jsonb as data_here`;
  expect(row).toEqual({ someCount: 5, xid: '7', dataHere: { a_b: 1 } });
});

test('a bigint too large for a number is an error, never rounded', async () => {
  await expect(database.sql`select 9007199254740993::bigint as n`).rejects.toThrow('does not fit');
});

test('trigrams and lower case know letters beyond ASCII', async () => {
  await database.sql`create extension if not exists pg_trgm`;
  const [row] = await database.sql`select lower('ÄРУ') as low, similarity('доставка', 'доставки') > 0.4 as close`;
  expect(row).toEqual({ low: 'äру', close: true });
});
