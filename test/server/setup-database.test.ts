import { afterAll, beforeAll, expect, test } from 'vitest';
import { LONGEST_WAIT_MS, openPool, waitBefore } from '../../server/db/connect.ts';
import { openWorkerPool } from '../../server/db/worker-pool.ts';
import { errorCode } from '../../server/process.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';

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

test('a database that is away is asked for again and again, however many connections found it away', async () => {
  const url = `postgres://postgres@127.0.0.1:${await freePort()}/postgres`;
  const away = openPool(url, { max: 10 });
  const failures = () => Promise.all(Array.from({ length: 10 }, () => away`select 1`.then(() => 'there', errorCode)));
  // The driver's own waits would be 20 s by now.
  for (let round = 0; round < 4; round += 1) expect(new Set(await failures())).toEqual(new Set(['ECONNREFUSED']));
  await away.end({ timeout: 1 });
  const jobs = openWorkerPool(database.url, 1, AbortSignal.timeout(30_000));
  const ended = await jobs.connect();
  ended.release(true);
  await new Promise<void>((resolve, reject) => {
    jobs.connect((error, client, release) => {
      release();
      if (error || !client) reject(error ?? new Error('no client'));
      else resolve();
    });
  });
  await jobs.end();
  const given = new AbortController();
  const nowhere = openWorkerPool(url, 1, given.signal);
  const waiting = nowhere.connect();
  given.abort();
  await expect(waiting).rejects.toThrow('ECONNREFUSED');
  await nowhere.end();
  // A job that outlasts the stop: what it asks is not refused, which nobody would hear.
  const after = [nowhere.connect(), new Promise((resolve, reject) => nowhere.connect((error, client) => (error ? reject(error) : resolve(client))))];
  const moment = new Promise((resolve) => setImmediate(() => setImmediate(resolve, 'still waiting')));
  expect(await Promise.race([...after, moment])).toBe('still waiting');
  expect(Math.max(...Array.from({ length: 40 }, (_, failed) => waitBefore(failed)))).toBeLessThanOrEqual(LONGEST_WAIT_MS);
});
