import type { Change } from './change.ts';

/**
 * An operator has read a conversation up to a seq (`read`), or has not read it from a seq on (`unread`). Reading never
 * goes back by itself: two tabs that report late do not make read messages unread again.
 * @returns false where there is no such conversation
 */
export async function markRead(unit: Change, operatorId: string, conversationId: string, seq: number, how: 'read' | 'unread'): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const [conversation] = await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and merged_into is null for no key update`;
  if (!conversation) return false;
  const rows = await sql<{ readInboundCount: number }[]>`
    with upto as (
      select count(*)::int as count, (array_agg(id order by seq desc))[1] as id from message
      where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and direction = 'inbound' and seq ${how === 'read' ? sql`<=` : sql`<`} ${seq})
    insert into read_mark as r (workspace_id, operator_id, conversation_id, message_id, read_inbound_count)
      select ${workspaceId}, ${operatorId}, ${conversationId}, id, count from upto
    on conflict (workspace_id, operator_id, conversation_id) do update set message_id = excluded.message_id, read_inbound_count = excluded.read_inbound_count
      where ${how === 'read' ? sql`excluded.read_inbound_count > r.read_inbound_count` : sql`excluded.read_inbound_count < r.read_inbound_count`}
    returning read_inbound_count`;
  if (rows[0]) {
    unit.emit({ kind: 'read', audience: 'operator', addresseeId: operatorId, conversationId, data: { conversationId, readInboundCount: rows[0].readInboundCount } });
  }
  return true;
}
