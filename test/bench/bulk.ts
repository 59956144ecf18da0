/** Ten thousand conversations changed at once, and what others wait for meanwhile. */
import { v7 as newId } from 'uuid';
import { changeMany, undoOperation } from '../../server/db/bulk.ts';
import type { Db } from '../../server/db/change.ts';
import { listPool } from '../../server/db/pool.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import { measure, quantile, stated } from './measure.ts';
import type { Measure } from './measure.ts';
import { seedPool } from './seed-pool.ts';

const COVERED = Number(process.env['BULK_SIZE'] ?? 10_000);
/** How often somebody else opens the pool meanwhile. */
const LOOKS_MS = 100;
/** What the operator who waits for it, and those who do not, may have to bear. */
const MOST = { seconds: 5, pageMs: 100 };

export async function benchBulk(database: TestDatabase): Promise<Measure[]> {
  const signals = await openSignals(database.sql);
  const alone: Db = { sql: database.openPool({ max: 1, statementTimeout: 0 }), signals };
  const world = await createWorld(alone);
  await seedPool(alone, world, COVERED * 2, 10);
  await alone.sql`vacuum analyze`;
  const db: Db = { sql: database.openPool({ max: 10 }), signals };
  const rows = await db.sql<{ id: string }[]>`select id from conversation where workspace_id = ${world.workspaceId} and status = 'open' limit ${COVERED}`;
  const by = { kind: 'operator', id: world.operators.ana, name: 'Ana Duarte' } as const;
  const page = async () => {
    const began = performance.now();
    await listPool(db.sql, world.workspaceId, world.operators.ben, { filter: {}, sort: 'activity', after: null, limit: 50 });
    return performance.now() - began;
  };
  const quiet: number[] = [];
  for (let n = 0; n < 50; n += 1) quiet.push(await page());

  const busy: number[] = [];
  const meanwhile = async <T>(work: Promise<T>): Promise<number> => {
    const began = performance.now();
    let last = Promise.resolve();
    const looking = setInterval(() => (last = page().then((took) => void busy.push(took))), LOOKS_MS);
    await work.finally(() => clearInterval(looking));
    const took = (performance.now() - began) / 1_000;
    await last;
    return took;
  };
  const operationId = newId();
  const changed = await meanwhile(
    changeMany(db, world.workspaceId, by, operationId, { ids: rows.map(({ id }) => id), set: { status: 'closed', addTags: ['VIP'] } }),
  );
  const undone = await meanwhile(undoOperation(db, world.workspaceId, by, operationId));
  await signals.close();
  return [
    measure(`closing and tagging ${rows.length} conversations`, changed, MOST.seconds, 's (at most 1×)'),
    measure(`undoing it`, undone, MOST.seconds, 's (at most 1×)'),
    measure('a page of the pool meanwhile, p99', quantile(busy, 0.99), MOST.pageMs, 'ms (at most 1×)'),
    stated('a page of the pool in quiet, p99', quantile(quiet, 0.99), 'ms'),
  ];
}
