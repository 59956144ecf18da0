import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Counts } from '../../server/contract/conversation.ts';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import { countPool } from '../../server/db/pool.ts';
import { foldCounts, forgetEmptyCounts } from '../../server/db/pool-counts.ts';
import { conditions } from '../../server/db/pool-filter.ts';
import type { Filter, PoolCursor } from '../../server/db/pool-filter.ts';
import { poolPage } from '../../server/db/pool-page.ts';
import type { Placed } from '../../server/db/pool-query.ts';
import { markRead } from '../../server/db/reads.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let db: Db;
let world: World;
let ids: string[];
const tags = ['VIP', 'Hot Lead'];
const contacts: string[] = [];

/** The same numbers every time. */
let seed = 7;
const random = (below: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const pick = <T>(...from: readonly T[]): T => from[random(from.length)]!;

beforeAll(async () => {
  database = await createTestDatabase();
  const sql = database.openPool();
  db = { sql, signals: await openSignals(sql) };
  world = await createWorld(db, { replyMode: 'off' });
  await sql`insert into tag ${sql(tags.map((name) => ({ workspaceId: world.workspaceId, id: newId(), name })))}`;
  const written = await Promise.all(Array.from({ length: 120 }, () => world.writes('Hello')));
  ids = written.map(({ conversationId }) => conversationId);
  const rows = await sql<{ contactId: string }[]>`select contact_id from conversation where workspace_id = ${world.workspaceId} limit 2`;
  contacts.push(...rows.map(({ contactId }) => contactId));
});
afterAll(async () => {
  await db.signals.close();
  await database.close();
});

/** Something that happens to a conversation, by whatever way. */
async function happen(): Promise<void> {
  const { sql } = db;
  const { workspaceId, agents, operators, departments } = world;
  const id = pick(...ids);
  const at = sql`workspace_id = ${workspaceId} and id = ${id}`;
  const one = (column: string, value: unknown) => sql`update conversation set ${sql({ [column]: value } as never)}, version = version + 1 where ${at}`;
  const acts: (() => Promise<unknown>)[] = [
    () => one('status', pick('open', 'open', 'closed', 'archived')),
    () => one('channel', pick('chat', 'email', 'sms')),
    () => one('agentId', pick(agents.nova, agents.sol, null)),
    () => one('assigneeId', pick(operators.ana, operators.ben, null)),
    () => one('departmentId', pick(departments.care, null)),
    () => one('priority', pick('urgent', 'high', 'normal', 'low')),
    () => one('requiresAction', pick(true, false)),
    () => one('handoffAt', pick(new Date(), null)),
    () => one('draftId', pick(newId(), null)),
    () => one('snoozedBy', pick(operators.ana, null, null)),
    () => one('contactId', pick(...contacts)),
    () => one('waitingSince', pick(null, new Date(Date.now() - random(5) * 1_000))),
    () => one('mergedInto', pick(newId(), null, null)),
    () => sql`update conversation set last_activity_at = ${new Date(Date.now() - random(60) * 1_000)} where ${at}`,
    () => sql`update conversation set inbound_count = greatest(0, inbound_count + ${pick(1, 1, 1, -1)}) where ${at}`,
    () =>
      sql`insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, ${id}, id from tag where workspace_id = ${workspaceId} and name = ${pick(...tags)} on conflict do nothing`,
    () => sql`delete from conversation_tag where workspace_id = ${workspaceId} and conversation_id = ${id}`,
    () => sql`update conversation_tag t set conversation_id = ${pick(...ids)} where workspace_id = ${workspaceId} and conversation_id = ${id}
      and not exists (select from conversation_tag o where o.workspace_id = t.workspace_id and o.tag_id = t.tag_id and o.conversation_id <> t.conversation_id)`,
    () => change(db, workspaceId, (unit) => markRead(unit, pick(operators.ana, operators.ben), id, pick(0, 1, 5), pick('read', 'read', 'unread'))),
  ];
  await pick(...acts)();
}

const FIELDS: { [K in keyof Filter]?: () => Filter[K] } = {
  status: () => pick('open', 'closed', 'archived', 'any'),
  channel: () => pick('chat', 'email', 'sms', 'voice'),
  agentId: () => pick(world.agents.nova, world.agents.sol, 'none'),
  assigneeId: () => pick(world.operators.ben, 'me', 'none'),
  departmentId: () => pick(world.departments.care, 'none'),
  contactId: () => pick(...contacts),
  tag: () => pick('vip', 'Hot Lead', 'unknown'),
  unread: () => pick(true, false),
  requiresAction: () => pick(true, false),
  handedOff: () => pick(true, false),
  draftPending: () => pick(true, false),
  snoozed: () => pick(true, false),
  priority: () => pick('urgent', 'high', 'normal', 'low'),
};
const someFilter = (fields: number): Filter => {
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  return Object.fromEntries(Array.from({ length: fields }, () => pick(...names)).map((name) => [name, FIELDS[name]!()])) as Filter;
};

/** What a plain look through everything finds. */
const plainly = (operatorId: string, filter: Filter, sort: 'activity' | 'priority') => db.sql<{ id: string; unread: boolean; channel: string }[]>`
  select c.id, c.channel, c.inbound_count > coalesce((select read_inbound_count from read_mark r where r.workspace_id = c.workspace_id and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0) as unread
  from conversation c where ${conditions(db.sql, world.workspaceId, operatorId, filter)}
  order by ${sort === 'priority' ? db.sql`c.priority_rank, coalesce(c.waiting_since, 'infinity'), c.id` : db.sql`c.last_activity_at desc, c.id desc`}`;

const cursorAt = (sort: 'activity' | 'priority', last: Placed): PoolCursor =>
  sort === 'priority' ? { sort, rank: last.priorityRank, since: last.since, id: last.id } : { sort, at: last.lastActivityAt.toISOString(), id: last.id };

async function paged(operatorId: string, filter: Filter, sort: 'activity' | 'priority', walked: number): Promise<string[]> {
  const all: string[] = [];
  for (let after: PoolCursor | null = null; ; ) {
    const page: Placed[] = await poolPage(db.sql, world.workspaceId, operatorId, { filter, sort, after, limit: 7, walked });
    all.push(...page.map(({ id }) => id));
    if (page.length < 7) return all;
    after = cursorAt(sort, page.at(-1)!);
  }
}

describe('the pool', () => {
  it('pages through exactly what a filter holds, in order, by either sort, and its kept totals are those', async () => {
    for (let round = 0; round < 24; round += 1) {
      for (let act = 0; act < 25; act += 1) await happen();
      if (round % 3 === 0) await foldCounts(db.sql);
      if (round % 7 === 0) await forgetEmptyCounts(db.sql);
      for (const fields of [0, 1, 1, 2, 2, 3]) {
        const filter = someFilter(fields);
        const operatorId = pick(world.operators.ana, world.operators.ben);
        const sort = pick('activity', 'priority');
        const wanted = await plainly(operatorId, filter, sort);
        const said = JSON.stringify({ filter, sort, round });
        expect(await paged(operatorId, filter, sort, pick(7, 12, 1_000)), said).toEqual(wanted.map(({ id }) => id));
        const counts: Counts = await countPool(db.sql, world.workspaceId, operatorId, filter);
        expect(counts.all, said).toEqual({ total: wanted.length, unread: wanted.filter(({ unread }) => unread).length });
        for (const channel of ['chat', 'email', 'sms'] as const) {
          const of = wanted.filter((row) => row.channel === channel);
          expect(counts.channels[channel] ?? { total: 0, unread: 0 }, said).toEqual({ total: of.length, unread: of.filter(({ unread }) => unread).length });
        }
      }
    }
  });

  it('keeps its totals exact while many write, read, tag and fold at once', async () => {
    const lanes = Array.from({ length: 8 }, async () => {
      for (let act = 0; act < 60; act += 1) await happen();
    });
    const folding = (async () => {
      for (let n = 0; n < 20; n += 1) await foldCounts(db.sql);
    })();
    await Promise.all([...lanes, folding]);
    for (const operatorId of Object.values(world.operators)) {
      for (const filter of [{}, { status: 'any' }, { tag: 'VIP', status: 'any' }, { requiresAction: true }, { unread: true }] as Filter[]) {
        const wanted = await plainly(operatorId, filter, 'activity');
        expect((await countPool(db.sql, world.workspaceId, operatorId, filter)).all, JSON.stringify(filter)).toEqual({
          total: wanted.length,
          unread: wanted.filter(({ unread }) => unread).length,
        });
      }
    }
  });

  it('forgets all of a workspace with it', async () => {
    const gone = await createWorld(db);
    await gone.writes('Hello');
    await foldCounts(db.sql);
    await db.sql`delete from workspace where id = ${gone.workspaceId}`;
    await foldCounts(db.sql);
    await forgetEmptyCounts(db.sql);
    expect(await db.sql`select from pool_count where workspace_id = ${gone.workspaceId}`).toHaveLength(0);
  });
});
