import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const [jobs] = await database.sql`select to_regproc('graphile_worker.add_job') is not null or to_regclass('graphile_worker.jobs') is not null as ready`;
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

test('a file that says so is applied outside a transaction, while others write, and begins anew where it broke off', async () => {
  await put('0001_one.sql', 'create table one (id int)');
  const [first] = ['-- concurrently\ndrop index concurrently if exists one_id;\ncreate index concurrently one_id on one (id);\n'];
  await put('0002_index.sql', `${first}select no_such_function();\n`);
  await expect(migrate(database.url, folder)).rejects.toThrow(/0002_index\.sql failed/);
  await put('0002_index.sql', first);
  const [one, other] = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
  expect([...one, ...other]).toEqual(['0002_index.sql']);
  expect(await database.sql`select from pg_index where indexrelid = 'one_id'::regclass and indisvalid`).toHaveLength(1);
});

test('a process goes on serving when a later version has changed the schema, and none serves on an earlier one', async () => {
  await migrate(database.url);
  await database.sql`insert into migration (name, sha256) values ('9999_of_a_later_version.sql', 'x')`;
  expect(await isMigrated(database.sql)).toBe(true);
  expect(await migrate(database.url)).toEqual([]);
  await database.sql`delete from migration where name >= (select max(name) from migration where name < '9999')`;
  expect(await isMigrated(database.sql)).toBe(false);
});

test('migrations leave what the version before works with: nothing goes, changes its name or type, or is demanded; large tables get indexes while others write', async () => {
  // Those before were applied by versions that had no other beside them.
  const since = '0053';
  const own = fileURLToPath(new URL('../../server/db/migrations/', import.meta.url));
  const breaking = [
    /\bdrop\s+(table|column)\b/i,
    /\brename\s+(to|column)\b/i,
    /\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/i,
    /\bset\s+not\s+null\b/i,
    /\btruncate\b/i,
    /\badd\s+column\s+(?:if\s+not\s+exists\s+)?\w+\s+[^,;]*\bnot\s+null\b(?![^,;]*\bdefault\b)/i,
    /\badd\s+constraint\b(?![^;]*\bnot\s+valid\b)/i,
  ];
  const wrong: string[] = [];
  for (const name of (await readdir(own)).filter((one) => one.slice(0, 4) >= since)) {
    const text = (await readFile(join(own, name), 'utf8')).replaceAll(/--.*$/gm, '');
    const made = [...text.matchAll(/create\s+(?:unlogged\s+)?table\s+(\w+)/gi)].map(([, table]) => table);
    for (const statement of text.split(';')) {
      if (breaking.some((one) => one.test(statement))) wrong.push(`${name}: ${statement.trim()}`);
      const table = /create\s+(?:unique\s+)?index\s+(?!concurrently)\w+\s+on\s+(\w+)/i.exec(statement)?.[1];
      if (table && !made.includes(table)) wrong.push(`${name}: ${statement.trim()}`);
    }
  }
  expect(wrong).toEqual([]);
});
