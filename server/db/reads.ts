import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { HeldConversation } from './conversation.ts';

/** How far an operator has read: to a message, but for those that were skipped, in order. */
export interface ReadMark {
  operatorId: string;
  messageId: string | null;
  skipped: string[] | null;
  /** How many inbound messages it has read. */
  count: number;
}

/** Marks with the place of their message in the thread. */
const marks = (sql: Sql | Transaction, where: ReturnType<Transaction>) => sql`
  select r.operator_id, r.conversation_id, r.skipped, coalesce(m.seq, 0) as seq from read_mark r left join message m on m.workspace_id = r.workspace_id and m.id = r.message_id where ${where}`;

/**
 * An operator has read a conversation up to a seq (`read`), or has not read it from a seq on (`unread`). Reading never
 * goes back by itself: two tabs that report late do not make read messages unread again.
 * @returns false where there is no such conversation
 */
export async function markRead(unit: Change, operatorId: string, conversationId: string, seq: number, how: 'read' | 'unread'): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const [conversation] = await sql<{ lastInboundSeq: number; lastInboundId: string | null; inboundCount: number }[]>`
    select last_inbound_seq, last_inbound_id, inbound_count from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and merged_into is null for no key update`;
  if (!conversation) return false;
  const { lastInboundSeq, lastInboundId, inboundCount } = conversation;
  const read = how === 'read';
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${conversationId} and direction = 'inbound' and seq <= (select seq from upto)`;
  // Of a thread that is read to its end nothing has to be counted.
  const rows = await sql<{ readInboundCount: number }[]>`
    with mark as (${marks(sql, sql`r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = ${conversationId}`)}),
    upto as (select ${read ? sql`greatest(${seq}::int, (select seq from mark))` : sql`least(${seq}::int - 1, (select seq from mark))`} as seq),
    skipped as (select array_agg(m.id order by m.seq) as ids from mark, unnest(mark.skipped) s join message m on m.workspace_id = ${workspaceId} and m.id = s where m.seq ${read ? sql`>` : sql`<`} ${seq})
    insert into read_mark as r (workspace_id, operator_id, conversation_id, message_id, read_inbound_count, skipped)
      select ${workspaceId}, ${operatorId}, ${conversationId},
        case when upto.seq >= ${lastInboundSeq}::int then ${lastInboundId}::uuid else (select id from message where ${here} order by message.seq desc limit 1) end,
        case when upto.seq >= ${lastInboundSeq}::int then ${inboundCount}::int else (select count(*)::int from message where ${here}) end - coalesce(cardinality(skipped.ids), 0), skipped.ids
      from upto, skipped
    on conflict (workspace_id, operator_id, conversation_id) do update set message_id = excluded.message_id, read_inbound_count = excluded.read_inbound_count, skipped = excluded.skipped
      where ${read ? sql`excluded.read_inbound_count > r.read_inbound_count` : sql`excluded.read_inbound_count < r.read_inbound_count`}
    returning read_inbound_count`;
  if (rows[0]) tell(unit, conversationId, operatorId, rows[0].readInboundCount);
  return true;
}

/**
 * Seq of the first inbound message that an operator has not read, or null where all are. However long the thread, it takes
 * two look-ups.
 */
export async function firstUnreadSeq(sql: Sql | Transaction, workspaceId: string, conversationId: string, operatorId: string): Promise<number | null> {
  const [row] = await sql<{ seq: number | null }[]>`
    with mark as (${marks(sql, sql`r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = ${conversationId}`)})
    select case
      when (select skipped is not null from mark) then (select m.seq from message m where m.workspace_id = ${workspaceId} and m.id = (select skipped[1] from mark))
      when c.last_inbound_seq > coalesce((select seq from mark), 0) then (
        select m.seq from message m where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.direction = 'inbound' and m.seq > coalesce((select seq from mark), 0)
        order by m.seq limit 1) end as seq
    from conversation c where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`;
  return row?.seq ?? null;
}

/** How far each operator has read in two threads together, in the order that they are about to have as one. What was unread stays so. */
export async function readsOfBoth({ row, unit: { sql, workspaceId } }: HeldConversation, fromId: string): Promise<ReadMark[]> {
  const both = [fromId, row.id];
  return sql<ReadMark[]>`
    with mark as (${marks(sql, sql`r.workspace_id = ${workspaceId} and r.conversation_id = any(${both}::uuid[])`)}),
    inbound as (select id, conversation_id, seq, (row_number() over (order by created_at, id))::int as place from message where workspace_id = ${workspaceId} and conversation_id = any(${both}::uuid[]) and direction = 'inbound'),
    seen as (
      select o.operator_id, i.id, i.place, i.seq <= coalesce(k.seq, 0) and (k.skipped is null or i.id <> all(k.skipped)) as read
      from (select distinct operator_id from mark) o cross join inbound i left join mark k on k.operator_id = o.operator_id and k.conversation_id = i.conversation_id),
    last as (select operator_id, max(place) filter (where read) as place, (count(*) filter (where read))::int as count from seen group by operator_id)
    select l.operator_id, l.count, (array_agg(s.id) filter (where s.place = l.place))[1] as message_id, array_agg(s.id order by s.place) filter (where not s.read and s.place < l.place) as skipped
    from last l join seen s on s.operator_id = l.operator_id group by l.operator_id, l.count`;
}

/** How far each operator has read in a conversation. */
export async function readsOf({ row, unit: { sql, workspaceId } }: HeldConversation): Promise<ReadMark[]> {
  return sql<ReadMark[]>`select operator_id, message_id, skipped, read_inbound_count as count from read_mark where workspace_id = ${workspaceId} and conversation_id = ${row.id}`;
}

/**
 * How far somebody has read in a part of a thread.
 * @param inbound ids of the inbound messages of the whole thread, in its order
 * @param within whether one of them is in the part
 */
export function readWithin({ operatorId, messageId, skipped }: ReadMark, inbound: readonly string[], within: (id: string) => boolean): ReadMark {
  const unread = new Set(skipped);
  const upto = inbound.slice(0, messageId === null ? 0 : inbound.indexOf(messageId) + 1).filter(within);
  const last = upto.findLastIndex((id) => !unread.has(id));
  const left = upto.slice(0, last + 1).filter((id) => unread.has(id));
  return { operatorId, messageId: upto[last] ?? null, skipped: left.length > 0 ? left : null, count: last + 1 - left.length };
}

/** Writes how far operators have read in a conversation; each is told of its own. */
export async function putReads({ row, unit }: HeldConversation, reads: readonly ReadMark[]): Promise<void> {
  const { sql, workspaceId } = unit;
  const values = reads.map(({ operatorId, messageId, skipped, count }) => ({ workspaceId, operatorId, conversationId: row.id, messageId, readInboundCount: count, skipped }));
  if (values.length === 0) return;
  await sql`
    insert into read_mark ${sql(values)}
    on conflict (workspace_id, operator_id, conversation_id) do update set message_id = excluded.message_id, read_inbound_count = excluded.read_inbound_count, skipped = excluded.skipped`;
  for (const { operatorId, count } of reads) tell(unit, row.id, operatorId, count);
}

function tell(unit: Change, conversationId: string, operatorId: string, readInboundCount: number): void {
  unit.emit({ kind: 'read', audience: 'operator', addresseeId: operatorId, conversationId, data: { conversationId, readInboundCount } });
}
