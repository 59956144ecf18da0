import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveOutages } from '../support/crash-postgres.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPool } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import { keepWatch } from '../../server/db/watch.ts';
import { openWorkerPool } from '../../server/db/worker-pool.ts';
import { openDoorway } from '../support/debian-postgres.ts';
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
  it('by vanishing without a word: what waits fails soon, what comes next finds it again, and a long statement is no silence', {
    timeout: 60_000,
  }, async () => {
    const { port } = new URL(server.adminUrl);
    const doorway = await openDoorway(Number(port));
    const url = server.adminUrl.replace(`:${port}/`, `:${doorway.port}/`);
    const [sql, last, elsewhere] = [openPool(url, { max: 3 }), openPool(url, { max: 1 }), openPool(server.adminUrl, { max: 2 })];
    const pool = openWorkerPool(url, 1, AbortSignal.timeout(60_000));
    const [signals, others] = [await openSignals(sql), await openSignals(elsewhere)];
    const heard: string[] = [];
    signals.subscribe((signal) => void heard.push(signal.kind === 'events' ? signal.workspaceId : signal.kind));
    let ended = 0;
    const stop = keepWatch(url, (connections) => (ended += connections), { every: 50, silence: 1_500, grace: 100 });
    await Promise.all([sql`select pg_sleep(2)`, sql`select 1`, pool.query('select 1')]);
    await last`select 1`;
    expect(ended).toBe(0);

    // One still hears something when the others have been asked in vain.
    doorway.hush(1);
    const asked = [sql`select 1`, sql`select 1`, pool.query('select 1')];
    await last`select pg_sleep(0.5)`;
    doorway.hush();
    const waiting = await Promise.allSettled([...asked, last`select 1`]);
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    // Those, the listener, and the one that asked.
    expect(ended).toBeGreaterThanOrEqual(6);
    expect([(await sql`select 2 as n`)[0], (await pool.query('select 2 as n')).rows[0]]).toEqual([{ n: 2 }, { n: 2 }]);
    await expect.poll(() => heard).toContain('reconnected');
    others.publish({ kind: 'events', workspaceId: 'of another process' });
    await expect.poll(() => heard).toContain('of another process');

    await stop();
    await Promise.all([signals.close(), others.close(), pool.end()]);
    await Promise.all([sql.end({ timeout: 1 }), last.end({ timeout: 1 }), elsewhere.end({ timeout: 1 })]);
    await doorway.close();
  });

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
