/** A database with the demo's data in it. */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { SeedOptions } from '../../demo/seed/index.ts';
import { seed } from '../../demo/seed/index.ts';
import type { Db } from '../../server/db/change.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';

export interface Seeded {
  db: Db;
  database: TestDatabase;
  options: SeedOptions;
  workspaceId: string;
  close(): Promise<void>;
}

export async function createSeeded(): Promise<Seeded> {
  const database = await createTestDatabase();
  const db: Db = { sql: database.sql, signals: await openSignals(database.sql) };
  const standIns = { smtp: { host: '127.0.0.1', port: 2525 }, custom: 'http://127.0.0.1:2526/custom' };
  const options = { secret: 'a secret of this test', encryptionKeys: [createSecretKey(randomBytes(32))] as const, standIns, now: new Date() };
  await seed(db, options);
  const [workspace] = await db.sql<{ id: string }[]>`select id from workspace where slug = 'demo'`;
  return {
    db,
    database,
    options,
    workspaceId: workspace!.id,
    async close() {
      await db.signals.close();
      await database.close();
    },
  };
}
