/** Databases for tests that run under vitest, on the one Postgres of the run. */
import { inject } from 'vitest';
import { createDatabase } from './postgres.ts';
import type { TestDatabase } from './postgres.ts';

export type { TestDatabase } from './postgres.ts';

/** A migrated database of the caller's own. Call it in `beforeAll`, and its `close` in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'));
}

/** A database without any schema, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'), 'empty');
}

/**
 * A transaction that runs until it is ended: events that are written meanwhile are read after it.
 * @returns what ends it
 */
export async function holdTransaction(sql: TestDatabase['sql']): Promise<() => Promise<void>> {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let running!: Promise<void>;
  await new Promise<void>((begun, failed) => {
    running = sql.begin(async (transaction) => {
      await transaction`select pg_current_xact_id()`;
      begun();
      await ended;
    });
    running.catch(failed);
  });
  return () => {
    end();
    return running;
  };
}

/** Every row of every table, as text. */
export async function everyRow(sql: TestDatabase['sql']): Promise<string[]> {
  const tables = await sql<
    { name: string }[]
  >`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const rows = await Promise.all(tables.map(({ name }) => sql<{ text: string }[]>`select t::text as text from ${sql(name)} t`));
  return rows.flat().map(({ text }) => text);
}
