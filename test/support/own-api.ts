/** A database, an API over it and one workspace with an admin and an operator, for the tests of one file. */
import { afterAll, beforeAll } from 'vitest';
import { operatorToken, startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import type { World } from './world.ts';

interface OwnApi {
  readonly database: TestDatabase;
  readonly api: TestApi;
  readonly world: World;
  /** Of Ana, an admin. */
  readonly token: string;
  /** Of an operator. */
  readonly ben: string;
}

/**
 * Starts them before the first test and ends them after the last; what it returns is there while tests run.
 * @param environment variables of the API beside its secret
 */
export function useOwnApi(environment: Record<string, string> = {}): OwnApi {
  const own = {} as { -readonly [Part in keyof OwnApi]: OwnApi[Part] };
  beforeAll(async () => {
    own.database = await createTestDatabase();
    own.api = await startApi(own.database, { environment });
    own.world = await own.api.world();
    [own.token, own.ben] = await Promise.all([operatorToken(own.world), operatorToken(own.world, 'ben')]);
  });
  afterAll(async () => {
    await own.api.stop();
    await own.database.close();
  });
  return own;
}
