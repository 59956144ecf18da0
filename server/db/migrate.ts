/** Brings a database to the newest schema. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import { SetupError, errorMessage } from '../process.ts';
import { openPool } from './connect.ts';
import type { Sql } from './connect.ts';
import { openWorkerPool } from './worker-pool.ts';

/** One numbered file of SQL. Once landed it is never edited: databases out there have run it as it was. */
interface Migration {
  name: string;
  text: string;
  sha256: string;
}

/** Number of the advisory lock under which one process at a time migrates; any number that nothing else uses. */
const migrationLock = 4_400_001;
/** How long a database that went away meanwhile is waited for, in milliseconds. */
const GONE_MS = 30_000;
/** Between two tries to get it. */
const LOCK_MS = 50;

/**
 * First line of a file whose statements each stand alone, outside a transaction: indexes of large tables are made `concurrently`,
 * while the version before goes on writing. Such a file must be able to begin anew: it drops what a broken off attempt left.
 */
const ALONE = '-- concurrently\n';

/** The folder of ours, beside this file in the sources and beside the bundle in `dist/server`. */
const ownFolder = fileURLToPath(new URL('./migrations/', import.meta.url));

/**
 * Applies what is missing, each file in a transaction of its own, then what graphile-worker needs. Any number of
 * processes may do so at once. Wants a direct connection, not a pooler that changes sessions between transactions.
 * @returns the names of the files that this call applied
 * @throws SetupError when a file that was applied has been edited since, or a file fails
 */
export async function migrate(url: string, folder = ownFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const sql = openPool(url, { max: 1, name: 'convene migrate', statementTimeout: 0 });
  try {
    await holdLock(sql);
    await sql`create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
    const missing = pending(migrations, await applied(sql));
    for (const migration of missing) await apply(sql, migration);
    await migrateWorker(url);
    return missing.map(({ name }) => name);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Who asks again instead of waiting in a statement is no transaction that an index, made while others write, would have to wait for. */
async function holdLock(sql: Sql): Promise<void> {
  const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock(${migrationLock}) as held`;
  if (row?.held) return;
  await delay(LOCK_MS);
  return holdLock(sql);
}

/** What graphile-worker needs, over connections of ours: one that ends late does not end the process. */
async function migrateWorker(url: string): Promise<void> {
  const pool = openWorkerPool(url, 2, AbortSignal.timeout(GONE_MS));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}

/** As they were when this process first looked: files that a later build puts there are not its own. */
let ofThisBuild: Promise<Migration[]> | undefined;

/** Whether every migration of this build has been applied, without changing anything. */
export async function isMigrated(sql: Sql): Promise<boolean> {
  const [table] = await sql<{ found: boolean }[]>`select to_regclass('migration') is not null as found`;
  if (!table?.found) return false;
  ofThisBuild ??= readMigrations(ownFolder);
  return pending(await ofThisBuild, await applied(sql)).length === 0;
}

/** Drops everything that this product made, data included, and leaves an empty database. */
export async function clearDatabase(url: string): Promise<void> {
  const sql = openPool(url, { max: 1, name: 'convene clear', statementTimeout: 0 });
  try {
    await sql`drop schema if exists graphile_worker cascade`;
    await sql`drop schema public cascade`;
    await sql`create schema public`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).toSorted();
  const numbers = names.map((name) => name.slice(0, 4));
  const twice = numbers.find((number, at) => numbers.indexOf(number) !== at);
  if (twice !== undefined) throw new SetupError(`Two migrations carry the number ${twice}.`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applied(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; sha256: string }[]>`select name, sha256 from migration`;
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

/** What is still to be applied. A database made by a newer build, whose files we lack, is left to that build. */
function pending(migrations: Migration[], done: Map<string, string>): Migration[] {
  for (const { name, sha256 } of migrations) {
    const before = done.get(name);
    if (before === undefined || before === sha256) continue;
    throw new SetupError(
      `The migration ${name} was edited after this database had applied it. Put the file back as it was and write the change as a new one` +
        ' (in the demo, npm run demo -- --reset begins anew).',
    );
  }
  const missing = migrations.filter(({ name }) => !done.has(name));
  const newest = [...done.keys()].toSorted().at(-1);
  const late = missing.find(({ name }) => newest !== undefined && name < newest);
  if (late) throw new SetupError(`The migration ${late.name} comes before ${newest ?? ''}, which this database has already applied. Give it the next number.`);
  return missing;
}

async function apply(sql: Sql, migration: Migration): Promise<void> {
  try {
    if (migration.text.startsWith(ALONE)) {
      for (const statement of migration.text.slice(ALONE.length).split(/;\s*\n/)) if (statement.trim()) await sql.unsafe(statement);
      await sql`insert into migration (name, sha256) values (${migration.name}, ${migration.sha256})`;
      return;
    }
    await sql.begin(async (transaction) => {
      await transaction.unsafe(migration.text);
      await transaction`insert into migration (name, sha256) values (${migration.name}, ${migration.sha256})`;
    });
  } catch (error) {
    throw new SetupError(`The migration ${migration.name} failed, and nothing of it stays: ${errorMessage(error)}`);
  }
}
