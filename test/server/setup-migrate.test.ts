import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isMigrated, migrate } from '../../server/db/migrate.ts';
import { createEmptyDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'convene-migrations-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

test('twenty processes migrate at once: each file is applied once, in order', async () => {
  const runs = await Promise.all(Array.from({ length: 20 }, () => migrate(database.url)));
  const applied = runs.filter((names) => names.length > 0);
  expect(applied).toHaveLength(1);
  expect(applied[0]).toEqual(applied[0]?.toSorted());
  expect(await isMigrated(database.sql)).toBe(true);
  const [jobs] =
    await database.sql`select to_regproc('graphile_worker.add_job') is not null or to_regclass('graphile_worker.jobs') is not null as ready`;
  expect(jobs).toEqual({ ready: true });
});

test('an empty database is not migrated', async () => {
  expect(await isMigrated(database.sql)).toBe(false);
});

test('a second call applies only what is new', async () => {
  await put('0001_one.sql', 'create table one (id int)');
  expect(await migrate(database.url, folder)).toEqual(['0001_one.sql']);
  await put('0002_two.sql', 'create table two (id int); insert into two values (1)');
  expect(await migrate(database.url, folder)).toEqual(['0002_two.sql']);
  expect(await migrate(database.url, folder)).toEqual([]);
});

test('a landed migration that was edited is refused by name', async () => {
  await put('0001_one.sql', 'create table one (id int)');
  await migrate(database.url, folder);
  await put('0001_one.sql', 'create table one (id bigint)');
  await expect(migrate(database.url, folder)).rejects.toThrow(/0001_one\.sql was edited/);
});

test('a failing migration leaves nothing of itself, and what came before stays', async () => {
  await put('0001_one.sql', 'create table one (id int)');
  await put('0002_two.sql', 'create table two (id int); select no_such_function()');
  await expect(migrate(database.url, folder)).rejects.toThrow(/0002_two\.sql failed.*no_such_function/);
  const [found] = await database.sql`select to_regclass('one') is not null as one, to_regclass('two') is not null as two`;
  expect(found).toEqual({ one: true, two: false });
});

test('numbers are given once, and only upwards', async () => {
  await put('0002_two.sql', 'select 1');
  await migrate(database.url, folder);
  await put('0001_late.sql', 'select 1');
  await expect(migrate(database.url, folder)).rejects.toThrow(/0001_late\.sql comes before 0002_two\.sql/);
  await put('0002_again.sql', 'select 1');
  await expect(migrate(database.url, folder)).rejects.toThrow(/carry the number 0002/);
});
