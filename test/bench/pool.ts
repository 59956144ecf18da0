/** A page of the pool at 100,000 conversations and a million messages, beside the same at 1,000. */
import type { Db } from '../../server/db/change.ts';
import { countPool, listPool } from '../../server/db/pool.ts';
import type { Filter } from '../../server/db/pool-filter.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { measure, quantile } from './measure.ts';
import type { Measure } from './measure.ts';

const ROUNDS = 60;

/** Conversations of every kind: one in ten closed, one in twelve handed off, one in nine with a draft, a third tagged. */
async function fill(db: Db, world: World, conversations: number, messagesEach: number): Promise<void> {
  const { sql } = db;
  const { workspaceId, chatAccount, agents, departments, operators } = world;
  await sql`insert into tag (workspace_id, id, name) values (${workspaceId}, gen_random_uuid(), 'VIP')`;
  await sql`
    create temporary table made as select gen_random_uuid() as contact_id, gen_random_uuid() as identity_id, gen_random_uuid() as id, n from generate_series(1, ${conversations}) as n`.catch(async () => {
    await sql`truncate made`;
    await sql`insert into made select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n from generate_series(1, ${conversations}) as n`;
  });
  await sql`insert into contact (workspace_id, id, name, email) select ${workspaceId}, contact_id, 'Customer ' || n, 'c' || n || '@example.com' from made`;
  await sql`insert into identity (workspace_id, id, contact_id, channel, handle) select ${workspaceId}, identity_id, contact_id, 'chat', 'bench-' || n from made`;
  await sql`
    insert into conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, agent_id, assignee_id, department_id, controller_kind, controller_id,
      handoff_at, handoff_trigger, requires_action, priority, last_seq, inbound_count, last_inbound_seq, last_activity_at, waiting_since, last_snippet, last_message_at, last_author)
    select ${workspaceId}, id, contact_id, ${chatAccount}, identity_id, (array['chat', 'email', 'sms', 'whatsapp'])[1 + n % 4], case when n % 10 = 0 then 'closed' else 'open' end,
      case when n % 7 < 4 then ${agents.nova}::uuid else ${agents.sol}::uuid end, case when n % 5 = 0 then ${operators.ana}::uuid end, case when n % 3 = 0 then ${departments.care}::uuid end,
      'agent', ${agents.nova}, case when n % 12 = 0 then now() end, case when n % 12 = 0 then 'manual' end, n % 7 = 0, (array['normal', 'urgent', 'high', 'low'])[1 + n % 4],
      ${messagesEach}, ${messagesEach}, ${messagesEach}, now() - make_interval(secs => n), case when n % 7 = 0 then now() - make_interval(secs => n) end, 'Hello', now(),
      json_build_object('kind', 'contact', 'id', contact_id, 'name', 'Customer')
    from made`;
  await sql`
    insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)
    select ${workspaceId}, gen_random_uuid(), made.id, s, 'inbound', 'message', 'contact', contact_id, 'Customer', 'chat', ${chatAccount}, identity_id,
      'Message ' || s || ' of customer ' || n || ' about delivery', now() - make_interval(secs => n)
    from made, generate_series(1, ${messagesEach}) as s`;
  await sql`insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, made.id, t.id from made, tag t where t.workspace_id = ${workspaceId} and n % 3 = 0`;
  await sql`insert into read_mark (workspace_id, operator_id, conversation_id, read_inbound_count) select ${workspaceId}, ${operators.ana}, id, ${messagesEach} from made where n % 2 = 0`;
}

const FILTERS: Record<string, Filter> = {
  'all open': {},
  'one channel and agent': { channel: 'email' },
  unread: { unread: true },
  mine: { assigneeId: 'me' },
  'handed off': { handedOff: true },
  'requires action and a tag': { requiresAction: true, tag: 'VIP' },
};

/** @param db of a database that nothing else uses; a single connection, for its temporary table */
export async function benchPool(db: Db): Promise<Measure[]> {
  const small = await createWorld(db);
  const large = await createWorld(db);
  await fill(db, small, 1_000, 10);
  await fill(db, large, 100_000, 10);
  await db.sql`vacuum analyze`;
  const time = async (world: World, filter: Filter): Promise<number> => {
    const began = performance.now();
    await listPool(db.sql, world.workspaceId, world.operators.ana, { filter, sort: 'activity', after: null, limit: 50 });
    return performance.now() - began;
  };
  const measures: Measure[] = [];
  for (const [name, filter] of Object.entries(FILTERS)) {
    const own = (world: World): Filter => (name === 'one channel and agent' ? { ...filter, agentId: world.agents.nova } : filter);
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.small.push(await time(small, own(small)));
      times.large.push(await time(large, own(large)));
    }
    measures.push(measure(`a page of 50 at 100,000 conversations: ${name}`, quantile(times.large, 0.5), quantile(times.small, 0.5), 'ms (at most 1.3×)'));
  }
  const counted = async (world: World): Promise<number> => {
    const began = performance.now();
    await countPool(db.sql, world.workspaceId, world.operators.ana, {});
    return performance.now() - began;
  };
  measures.push(measure('counts at 100,000 conversations', await counted(large), await counted(small), 'ms'));
  return measures;
}
