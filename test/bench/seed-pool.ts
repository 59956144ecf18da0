/** Conversations by the million, written by COPY: of every kind, in every mixture that filters ask for. */
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { Db } from '../../server/db/change.ts';
import type { Sql } from '../../server/db/connect.ts';
import type { World } from '../support/world.ts';

/** Of what a team has on its hands now there is as much in a large pool as in a small one: spread evenly over all of it. */
const LIVE = 400;

export interface Seeded {
  world: World;
  agents: { nova: string; sol: string; vega: string };
  /** Has many conversations; every other contact has three. */
  contact: string;
  conversations: number;
}

/** A number below `below` that looks like chance and is the same every time. */
function chance(n: number, what: number, below: number): number {
  let x = Math.imul(n ^ Math.imul(what, 0x9e3779b1), 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
  return ((x ^ (x >>> 16)) >>> 0) % below;
}

/** Ids that sort by time, as ours do: random ones would scatter every index. */
const idOf = (n: number, kind: number, world: string): string =>
  `0190${(n >>> 16).toString(16).padStart(4, '0')}-${(n & 0xffff).toString(16).padStart(4, '0')}-7${kind.toString(16).padStart(3, '0')}-8${world.slice(0, 3)}-${world.slice(-12)}`;

type Value = string | number | boolean | Date | null;
const text = (value: Value): string => {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
};

/** Rows into a table, as many at once as the connection takes. */
export async function copy(sql: Sql, into: string, rows: Iterable<Value[]>): Promise<void> {
  const stream = await sql.unsafe(`copy ${into} from stdin`).writable();
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(text).join('\t')}\n`;
    if (chunk.length < 65_536) continue;
    const full = chunk;
    chunk = '';
    if (!stream.write(full)) await once(stream, 'drain');
  }
  stream.end(chunk);
  await once(stream, 'finish');
}

/**
 * Fills a workspace that has nothing in it yet.
 * @param db a single connection: what it skips, checks and triggers, only it may skip
 */
export async function seedPool(db: Db, world: World, conversations: number, messagesEach: number): Promise<Seeded> {
  const { sql } = db;
  const { workspaceId, chatAccount, operators, departments } = world;
  const agents = { ...world.agents, vega: randomUUID() };
  await sql`insert into agent ${sql({ workspaceId, id: agents.vega, name: 'Vega', replyMode: 'controlled' })}`;
  const tags = ['VIP', 'Hot Lead', 'Legal'].map((name) => ({ workspaceId, id: randomUUID(), name }));
  await sql`insert into tag ${sql(tags)}`;
  const now = Date.now();
  const part = workspaceId.slice(-12);
  const id = (n: number, kind: number) => idOf(n, kind, part);
  const contactOf = (n: number) => (n % Math.ceil(conversations / 60) === 3 ? 0 : 1 + Math.floor(n / 3));
  const each = function* <T>(many: number, make: (n: number) => T): Generator<T> {
    for (let n = 0; n < many; n += 1) yield make(n);
  };

  // What is copied is what the triggers would have made; they are checked where everything goes by them.
  await sql`set session_replication_role = replica`;
  await copy(
    sql,
    'contact (workspace_id, id, name, email)',
    each(2 + Math.ceil(conversations / 3), (n) => [workspaceId, id(n, 1), `Customer ${n}`, `c${n}@example.com`]),
  );
  await copy(
    sql,
    'identity (workspace_id, id, contact_id, channel, handle)',
    each(2 + Math.ceil(conversations / 3), (n) => [workspaceId, id(n, 2), id(n, 1), 'chat', `bench-${n}`]),
  );
  const step = conversations / LIVE;
  await copy(
    sql,
    `conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, agent_id, assignee_id, department_id, controller_kind, controller_id,
    handoff_at, handoff_trigger, requires_action, draft_id, snoozed_by, priority, last_seq, inbound_count, last_inbound_seq, last_activity_at, waiting_since, last_snippet, last_message_at, last_author)`,
    each(conversations, (n) => {
      const slot = Math.floor(n / step);
      const live = n === Math.ceil(slot * step) ? slot : -1;
      const channel = live >= 0 && live % 5 === 0 ? 'voice' : ['chat', 'chat', 'email', 'email', 'whatsapp', 'sms'][chance(n, 1, 6)]!;
      // Two that are both common and have nothing in common.
      const agent = live >= 0 && live % 5 === 1 ? agents.vega : channel === 'whatsapp' ? agents.nova : [agents.nova, agents.sol, null][chance(n, 2, 3)]!;
      const status = live >= 0 || n === Math.ceil(slot * step) + 1 ? 'open' : ['open', 'open', 'open', 'closed', 'archived'][chance(n, 3, 5)]!;
      const at = new Date(now - n * 100);
      const action = status === 'open' && chance(n, 4, 5) === 0;
      const contact = contactOf(n);
      return [
        workspaceId,
        id(n, 0),
        id(contact, 1),
        chatAccount,
        id(contact, 2),
        channel,
        status,
        agent,
        live >= 0 && live % 2 === 0 ? operators.ana : chance(n, 5, 5) === 0 ? operators.ben : null,
        [departments.care, null][chance(n, 6, 2)]!,
        'agent',
        agents.nova,
        live >= 0 && live % 4 === 0 ? at : null,
        live >= 0 && live % 4 === 0 ? 'manual' : null,
        action,
        live >= 0 && live % 3 === 0 ? id(n, 3) : null,
        n === Math.ceil(slot * step) + 1 && slot % 4 === 0 ? operators.ben : null,
        ['normal', 'normal', 'high', 'urgent', 'low'][chance(n, 8, 5)]!,
        messagesEach,
        messagesEach,
        messagesEach,
        at,
        action || (status === 'open' && chance(n, 9, 3) === 0) ? at : null,
        'Hello',
        at,
        '{"kind":"contact","id":null,"name":"Customer"}',
      ];
    }),
  );
  await copy(
    sql,
    'message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)',
    (function* () {
      for (let n = 0; n < conversations; n += 1) {
        const contact = contactOf(n);
        for (let seq = 1; seq <= messagesEach; seq += 1) {
          yield [
            workspaceId,
            id(n, 16 + seq),
            id(n, 0),
            seq,
            'inbound',
            'message',
            'contact',
            id(contact, 1),
            'Customer',
            'chat',
            chatAccount,
            id(contact, 2),
            `Message ${seq} of ${n}`,
            new Date(now - n * 100),
          ];
        }
      }
    })(),
  );
  await sql`
    insert into conversation_tag (workspace_id, conversation_id, tag_id, cell, status, last_activity_at, priority_rank, waiting)
    select workspace_id, id, tag_id, cell, status, last_activity_at, priority_rank, coalesce(waiting_since, 'infinity') from (
      select c.*, t.id as tag_id from (select *, row_number() over (order by id) - 1 as n from conversation where workspace_id = ${workspaceId}) c join tag t on t.workspace_id = c.workspace_id and case t.name
        when 'VIP' then n % 5 = 1 when 'Hot Lead' then n % 6 = 1 and c.channel <> 'sms' else n % ${Math.floor(step)} = 0 and (n / ${Math.floor(step)}) % 4 = 1 end) x`;
  // Ana has read the newest 2,000, and a thousand of the others: as much as a person reads.
  await sql`
    insert into read_mark (workspace_id, operator_id, conversation_id, read_inbound_count, caught_up, cell, status, last_activity_at, priority_rank, waiting)
    select workspace_id, ${operators.ana}, id, inbound_count, true, cell, status, last_activity_at, priority_rank, coalesce(waiting_since, 'infinity')
    from (select *, row_number() over (order by id) - 1 as n from conversation where workspace_id = ${workspaceId}) c where n < 2000 or n % ${Math.floor(conversations / 1_000)} = 7`;
  await sql`
    insert into pool_cell select distinct on (cell) workspace_id, cell, status, channel, agent_id, assignee_id, department_id, priority, requires_action, handoff_at is not null, draft_id is not null,
      snoozed_by is not null, inbound_count > 0 from conversation where workspace_id = ${workspaceId}`;
  await sql`
    insert into pool_count select workspace_id, list_id, cell, count(*) from (
      select workspace_id, workspace_id as list_id, cell from conversation where workspace_id = ${workspaceId}
      union all select workspace_id, tag_id, cell from conversation_tag where workspace_id = ${workspaceId}
      union all select workspace_id, operator_id, cell from read_mark where workspace_id = ${workspaceId}
      union all select t.workspace_id, pool_list(r.operator_id, t.tag_id), t.cell from conversation_tag t
        join read_mark r on r.workspace_id = t.workspace_id and r.conversation_id = t.conversation_id where t.workspace_id = ${workspaceId}) l
    group by workspace_id, list_id, cell`;
  await sql`set session_replication_role = origin`;
  return { world, agents, contact: id(0, 1), conversations };
}
