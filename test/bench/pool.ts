/**
 * The pool of a million conversations and ten million messages, beside one of 10,000: a page by every filter and by each
 * pair of filters, by either sort, and the counts, in what they cost a processor. `POOL_SIZE=100000` takes a smaller one.
 */
import type { Db } from '../../server/db/change.ts';
import { countPool, listPool } from '../../server/db/pool.ts';
import type { Filter } from '../../server/db/pool-filter.ts';
import { createWorld } from '../support/world.ts';
import { costs, measure, quantile } from './measure.ts';
import type { Measure } from './measure.ts';
import { seedPool } from './seed-pool.ts';
import type { Seeded } from './seed-pool.ts';

const SMALL = 10_000;
const MESSAGES_EACH = 10;
const ROUNDS = 5;
/** Of those that seem slow: chance is ruled out. */
const MORE_ROUNDS = 13;
const LIMIT = 1.5;
/** Where pairs are named that come near the limit. */
const NAMED = 6;

/** One value of each field that a pool can be narrowed by, common ones and rare ones. */
const FILTERS: Record<string, (of: Seeded) => Filter> = {
  'status any': () => ({ status: 'any' }),
  'status closed': () => ({ status: 'closed' }),
  'channel email': () => ({ channel: 'email' }),
  'channel whatsapp': () => ({ channel: 'whatsapp' }),
  'channel voice (rare)': () => ({ channel: 'voice' }),
  'agent Nova': ({ agents }) => ({ agentId: agents.nova }),
  'agent Sol': ({ agents }) => ({ agentId: agents.sol }),
  'agent Vega (rare)': ({ agents }) => ({ agentId: agents.vega }),
  'agent none': () => ({ agentId: 'none' }),
  'assignee me (rare)': () => ({ assigneeId: 'me' }),
  'assignee Ben': ({ world }) => ({ assigneeId: world.operators.ben }),
  'assignee none': () => ({ assigneeId: 'none' }),
  'department Care': ({ world }) => ({ departmentId: world.departments.care }),
  'department none': () => ({ departmentId: 'none' }),
  contact: ({ contact }) => ({ contactId: contact }),
  'tag VIP': () => ({ tag: 'VIP' }),
  'tag Hot Lead': () => ({ tag: 'Hot Lead' }),
  'tag Legal (rare)': () => ({ tag: 'Legal' }),
  unread: () => ({ unread: true }),
  read: () => ({ unread: false }),
  'requires action': () => ({ requiresAction: true }),
  'handed off (rare)': () => ({ handedOff: true }),
  'draft pending (rare)': () => ({ draftPending: true }),
  snoozed: () => ({ snoozed: true }),
  urgent: () => ({ priority: 'urgent' }),
};

/** Every filter alone, and each two that ask for different fields. */
export function mixtures(of: Seeded): { name: string; filter: Filter }[] {
  const single = Object.entries(FILTERS).map(([name, make]) => ({ name, filter: make(of) }));
  const field = (filter: Filter) => Object.keys(filter).join();
  const pairs = single.flatMap((one, at) =>
    single
      .slice(at + 1)
      .filter((other) => field(one.filter) !== field(other.filter))
      .map((other) => ({ name: `${one.name} + ${other.name}`, filter: { ...one.filter, ...other.filter } })),
  );
  return [{ name: 'all open', filter: {} }, ...single, ...pairs];
}

/** @param db of a database that nothing else uses; a single connection */
export async function benchPool(db: Db): Promise<Measure[]> {
  const size = Number(process.env['POOL_SIZE'] ?? 1_000_000);
  const seed = async (many: number) => {
    const began = performance.now();
    const seeded = await seedPool(db, await createWorld(db), many, MESSAGES_EACH);
    process.stderr.write(`${many} conversations in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
    return seeded;
  };
  await db.sql`drop index if exists message_search`;
  const small = await seed(SMALL);
  const large = await seed(size);
  await db.sql`vacuum analyze`;

  const timed = await costs(db.sql);
  const page = ({ world }: Seeded, filter: Filter, sort: 'activity' | 'priority') =>
    timed(() => listPool(db.sql, world.workspaceId, world.operators.ana, { filter, sort, after: null, limit: 50 }));
  const beside = async (floor: () => Promise<number>, value: () => Promise<number>) => {
    const times = { floor: [] as number[], value: [] as number[] };
    const ratio = () => quantile(times.value, 0.5) / quantile(times.floor, 0.5);
    for (let round = 0; round < ROUNDS || (round < MORE_ROUNDS && ratio() > LIMIT * 0.8); round += 1) {
      const here = await floor();
      const there = await value();
      if (round === 0) continue;
      times.floor.push(here);
      times.value.push(there);
    }
    return { value: quantile(times.value, 0.5), floor: quantile(times.floor, 0.5), ratio: ratio() };
  };

  const measures: Measure[] = [];
  for (const sort of ['activity', 'priority'] as const) {
    const seen: { name: string; value: number; floor: number; ratio: number }[] = [];
    const inLarge = mixtures(large);
    for (const [at, { name, filter }] of mixtures(small).entries()) {
      seen.push({
        name,
        ...(await beside(
          () => page(small, filter, sort),
          () => page(large, inLarge[at]!.filter, sort),
        )),
      });
    }
    const alone = seen.filter(({ name }) => !name.includes(' + '));
    const pairs = seen.filter(({ name }) => name.includes(' + ')).toSorted((one, other) => other.ratio - one.ratio);
    const over = (of: typeof seen) => `${of.filter(({ ratio }) => ratio > LIMIT).length} of ${of.length} over ${LIMIT}×`;
    const line = (what: string, one: (typeof seen)[number]) =>
      measure(`a page of 50 of ${size} by ${sort}: ${what}`, one.value, one.floor, `ms (at most ${LIMIT}×)`);
    for (const one of alone) measures.push(line(one.name, one));
    for (const one of pairs.slice(0, NAMED)) measures.push(line(one.name, one));
    const middle = pairs[Math.floor(pairs.length / 2)]!;
    measures.push(line(`pairs, the worst; ${over(pairs)}`, pairs[0]!), line('pairs, the middle one', middle));
  }
  for (const [name, filter] of Object.entries({ all: {}, 'a tag': { tag: 'VIP' }, 'a saved view': { channel: 'email', requiresAction: true } } as Record<
    string,
    Filter
  >)) {
    const counted = ({ world }: Seeded) => timed(() => countPool(db.sql, world.workspaceId, world.operators.ana, filter));
    const one = await beside(
      () => counted(small),
      () => counted(large),
    );
    measures.push(measure(`counts of ${size}: ${name}`, one.value, one.floor, 'ms'));
  }
  return measures;
}
