import type { Transaction } from './connect.ts';
import type { HeldConversation } from './conversation.ts';

/** Ids and places of all items of threads. */
const items = (sql: Transaction, workspaceId: string, conversationIds: readonly string[]) => {
  const where = sql`where workspace_id = ${workspaceId} and conversation_id = any(${conversationIds as string[]}::uuid[])`;
  return sql`(select id, seq, created_at, true as message from message ${where} union all select id, seq, created_at, false from note ${where} union all select id, seq, created_at, false from line ${where})`;
};

/**
 * Gives items the conversations and places that `places (id, conversation_id, seq)` says, all of them in one statement. In whichever
 * order it names them they are put: where none comes to a place that another has yet to leave, none is looked at twice.
 */
const putInto = (sql: Transaction, workspaceId: string) => {
  const put = (table: string) => sql`update ${sql(table)} t set conversation_id = p.conversation_id, seq = p.seq from places p
    where t.workspace_id = ${workspaceId} and t.id = p.id and (t.conversation_id, t.seq) is distinct from (p.conversation_id, p.seq)`;
  return sql`, m as (${put('message')}), n as (${put('note')}) ${put('line')}`;
};

/** Ids of a thread's items in their order, and how many of them are messages. */
export async function itemsOf({ row, unit: { sql, workspaceId } }: HeldConversation): Promise<{ ids: string[]; messages: number }> {
  const [found] = await sql<{ ids: string[] | null; messages: number }[]>`
    select array_agg(id order by seq) as ids, (count(*) filter (where message))::int as messages from ${items(sql, workspaceId, [row.id])} i`;
  return { ids: found?.ids ?? [], messages: found?.messages ?? 0 };
}

/** The items of two threads become one, by (createdAt, id). */
export async function joinThreads({ row, unit: { sql, workspaceId } }: HeldConversation, fromId: string): Promise<void> {
  await sql`
    with places as materialized (select id, ${row.id}::uuid as conversation_id, (row_number() over (order by created_at, id))::int as seq from ${items(sql, workspaceId, [fromId, row.id])} i order by seq desc)
    ${putInto(sql, workspaceId)}`;
}

/**
 * The items of a merged thread go back to where they were, in the order that they had there, and what came since behind them.
 * @param since ids of what came since, in order
 */
export async function partThreads(
  { row, unit: { sql, workspaceId } }: HeldConversation,
  fromId: string,
  mergeId: string,
  since: { from: string[]; into: string[] },
): Promise<void> {
  await sql`
    with there as materialized (select id from ${items(sql, workspaceId, [row.id])} i),
    places as materialized (
      select id, conversation_id, (row_number() over (partition by conversation_id order by came, place))::int as seq from (
        select i.id, ${fromId}::uuid as conversation_id, 0 as came, i.place from conversation_merge g, unnest(g.from_items) with ordinality i (id, place) where g.workspace_id = ${workspaceId} and g.id = ${mergeId}
        union all select i.id, ${row.id}, 0, i.place from conversation_merge g, unnest(g.into_items) with ordinality i (id, place) where g.workspace_id = ${workspaceId} and g.id = ${mergeId}
        union all select id, ${fromId}, 1, place from unnest(${since.from}::uuid[]) with ordinality i (id, place)
        union all select id, ${row.id}, 1, place from unnest(${since.into}::uuid[]) with ordinality i (id, place)) x
      where id in (select id from there) order by seq)
    ${putInto(sql, workspaceId)}`;
}

/** An item that has come since a merge. */
export interface Since {
  id: string;
  kind: 'message' | 'note' | 'line';
  direction: 'inbound' | 'outbound' | null;
  authorKind: 'contact' | 'agent' | 'operator' | 'system';
  authorId: string | null;
  authorName: string;
  text: string;
  identityId: string | null;
  /** Of a line: the message that it tells of. */
  messageId: string | null;
  recalled: boolean;
  createdAt: Date;
}

/** What has come since a merge, in order. */
export async function itemsSince({ row, unit: { sql, workspaceId } }: HeldConversation, mergeId: string): Promise<Since[]> {
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${row.id} and id not in (select id from known)`;
  return sql<Since[]>`
    with known as materialized (select unnest(from_items || into_items || line_id) as id from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId})
    select id, kind, direction, author_kind, author_id, author_name, text, identity_id, message_id, recalled, created_at from (
      select id, seq, 'message' as kind, direction, author_kind, author_id, author_name, text, identity_id, null::text as message_id, coalesce(delivery_status = 'recalled', false) as recalled, created_at from message where ${here}
      union all select id, seq, 'note', null, 'operator', author_id, author_name, text, null, null, false, created_at from note where ${here}
      union all select id, seq, 'line', null, author_kind, author_id, author_name, text, null, data ->> 'messageId', false, created_at from line where ${here}) i
    order by seq`;
}

/**
 * Whose messages with a handle are, of two threads that were merged: those of the one in which it last exchanged a message
 * before, one that was not archived first.
 */
export async function sidesOf(
  { row, unit: { sql, workspaceId } }: HeldConversation,
  mergeId: string,
  archived: { from: boolean; into: boolean },
): Promise<Map<string, 'from' | 'into'>> {
  const rows = await sql<{ identityId: string; side: 'from' | 'into' }[]>`
    select distinct on (m.identity_id) m.identity_id, i.side from (
      select unnest(from_items) as id, 'from' as side, ${archived.from} as archived from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId}
      union all select unnest(into_items), 'into', ${archived.into} from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId}) i
    join (select id, identity_id, created_at from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} offset 0) m on m.id = i.id order by m.identity_id, i.archived, m.created_at desc, m.id desc`;
  return new Map(rows.map(({ identityId, side }) => [identityId, side]));
}

/** Ids of the inbound messages of a merged thread in its order; `from` where one stood in the other before. */
export async function inboundOf({ row, unit: { sql, workspaceId } }: HeldConversation, mergeId: string): Promise<{ id: string; from: boolean }[]> {
  return sql<{ id: string; from: boolean }[]>`
    select m.id, f.id is not null as "from" from message m
    left join (select unnest(from_items) as id from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId}) f on f.id = m.id
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${row.id} and m.direction = 'inbound' order by m.seq`;
}
