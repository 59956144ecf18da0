import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveOutages } from '../support/crash-postgres.ts';
import { migrate } from '../../server/db/migrate.ts';
import { createDatabase, startTestPostgres } from '../support/postgres.ts';
import type { TestPostgres } from '../support/postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  // What was committed has to be there after a crash of the server; this machine itself does not crash.
  server = await startTestPostgres({ fsync: 'off', max_connections: '200' });
});
afterAll(() => server.stop());

const whole = { unanswered: 0, twice: 0, stuck: 0, failed: 0 };

describe('a database that fails under the workers', () => {
  it('by ending connections at random: every message is answered once, nothing is stuck', async () => {
    // A clone loses its unlogged tables for good in a crash under wal_level minimal, so this one is migrated by itself.
    const database = await createDatabase(server.adminUrl, 'empty');
    await migrate(database.url);
    expect(await proveOutages(database, { messages: 40, outages: 25, kind: 'connections' })).toMatchObject({ ...whole, outages: 25 });
    await database.close();
  }, 120_000);

  it('by crashing and recovering: every message is answered once, nothing is stuck', async () => {
    // A clone loses its unlogged tables for good in a crash under wal_level minimal, so this one is migrated by itself.
    const database = await createDatabase(server.adminUrl, 'empty');
    await migrate(database.url);
    expect(await proveOutages(database, { messages: 40, outages: 2, kind: 'server' })).toMatchObject({ ...whole, outages: 2 });
    await database.close();
  }, 120_000);
});
