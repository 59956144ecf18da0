import type { Change, Writer } from './change.ts';
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
  const [conversation] =
    await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and merged_into is null for no key update`;
  if (!conversation) return false;
  await unit.write(MARKS[how], { operatorId, conversationId, seq });
  return true;
}

interface Marked {
  operatorId: string;
  conversationId: string;
  seq: number;
}

/** Marks in conversations that are held, each once; all are of one operator. */
export const MARKS: Record<'read' | 'unread', Writer<Marked>> = {
  read: { last: true, write: (unit, marked) => writeMarks(unit, marked, true) },
  unread: { last: true, write: (unit, marked) => writeMarks(unit, marked, false) },
};

async function writeMarks(unit: Change, marked: readonly Marked[], read: boolean): Promise<void> {
  const { sql, workspaceId } = unit;
  const { operatorId } = marked[0]!;
  const here = sql`m.workspace_id = ${workspaceId} and m.conversation_id = upto.id and m.direction = 'inbound' and m.seq <= upto.seq`;
  // Of a thread that is read to its end nothing has to be counted.
  const rows = await sql<{ conversationId: string; readInboundCount: number }[]>`
    with upto as (
      select c.id, c.last_inbound_seq, c.last_inbound_id, c.inbound_count,
        ${read ? sql`greatest(w.seq, k.seq)` : sql`least(w.seq - 1, k.seq)`} as seq,
        (select array_agg(m.id order by m.seq) from unnest(k.skipped) s join message m on m.workspace_id = ${workspaceId} and m.id = s where m.seq ${read ? sql`>` : sql`<`} w.seq) as skipped
      from unnest(${marked.map(({ conversationId }) => conversationId)}::uuid[], ${marked.map(({ seq }) => seq)}::int[]) w (id, seq)
      join conversation c on c.workspace_id = ${workspaceId} and c.id = w.id
      left join lateral (${marks(sql, sql`r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = w.id`)}) k on true)
    insert into read_mark as r (workspace_id, operator_id, conversation_id, message_id, read_inbound_count, skipped)
      select ${workspaceId}, ${operatorId}, id,
        case when seq >= last_inbound_seq then last_inbound_id else (select m.id from message m where ${here} order by m.seq desc limit 1) end,
        case when seq >= last_inbound_seq then inbound_count else (select count(*)::int from message m where ${here}) end - coalesce(cardinality(skipped), 0), skipped
      from upto
    on conflict (workspace_id, operator_id, conversation_id) do update set message_id = excluded.message_id, read_inbound_count = excluded.read_inbound_count, skipped = excluded.skipped
      where ${read ? sql`excluded.read_inbound_count > r.read_inbound_count` : sql`excluded.read_inbound_count < r.read_inbound_count`}
    returning conversation_id, read_inbound_count`;
  for (const { conversationId, readInboundCount } of rows) tell(unit, conversationId, operatorId, readInboundCount);
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
  return sql<
    ReadMark[]
  >`select operator_id, message_id, skipped, read_inbound_count as count from read_mark where workspace_id = ${workspaceId} and conversation_id = ${row.id}`;
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
  const values = reads.map(({ operatorId, messageId, skipped, count }) => ({
    workspaceId,
    operatorId,
    conversationId: row.id,
    messageId,
    readInboundCount: count,
    skipped,
  }));
  if (values.length === 0) return;
  await sql`
    insert into read_mark ${sql(values)}
    on conflict (workspace_id, operator_id, conversation_id) do update set message_id = excluded.message_id, read_inbound_count = excluded.read_inbound_count, skipped = excluded.skipped`;
  for (const { operatorId, count } of reads) tell(unit, row.id, operatorId, count);
}

function tell(unit: Change, conversationId: string, operatorId: string, readInboundCount: number): void {
  unit.emit({ kind: 'read', audience: 'operator', addresseeId: operatorId, conversationId, data: { conversationId, readInboundCount } });
}
