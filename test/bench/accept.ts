/** Accepting a message: committed with its conversation, events and wake-up before the answer, 64 at once. */
import type { Db } from '../../server/db/change.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import { bareAccept, targets } from './bare.ts';
import { measure, median, rate } from './measure.ts';
import type { Measure } from './measure.ts';

const AT_ONCE = 64;
const CONVERSATIONS = 2_000;
const ROUNDS = 6;
const ROUND_MS = 2_000;

/** The product's function beside the bare statement, on the same pool, in turn. */
export async function acceptRate(database: TestDatabase): Promise<Measure[]> {
  const sql = database.openPool({ max: 20 });
  const db: Db = { sql, signals: await openSignals(sql) };
  const world = await createWorld(db);
  const into = await targets(sql, world, CONVERSATIONS);
  const one = (n: number) => into[(n * 7_919) % into.length]!;
  const ours = (n: number) =>
    receiveInbound(db, {
      workspaceId: world.workspaceId,
      accountId: world.chatAccount,
      channel: 'chat',
      from: { handle: one(n).handle, name: 'Marta' },
      text: 'When do you open?',
    });
  const bare = (n: number) => bareAccept(sql, world, one(n), 'When do you open?');
  const seen = { ours: [] as number[], bare: [] as number[] };
  await rate(AT_ONCE, ROUND_MS, ours);
  await rate(AT_ONCE, ROUND_MS, bare);
  // In turn, first the one and then the other, with no wake-ups left from before: what else the machine does falls on both alike.
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const which = [0, 3].includes(round % 4) ? 'ours' : 'bare';
    await sql`truncate graphile_worker._private_jobs`;
    seen[which].push(await rate(AT_ONCE, ROUND_MS, which === 'ours' ? ours : bare));
  }
  await db.signals.close();
  const ratios = seen.ours.map((value, round) => value / seen.bare[round]!);
  return [{ ...measure(`accepting a message, ${AT_ONCE} at once`, median(seen.ours), median(seen.bare), '/s'), ratio: median(ratios) }];
}
