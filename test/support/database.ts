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
