import type { HeldConversation } from './conversation.ts';
import type { Since } from './merge-items.ts';
import type { Moved } from './merge.ts';
import { partPlaybooks } from './playbooks.ts';

/**
 * What came along with a merged conversation goes back to it. A draft made since goes with the message that it answers or
 * became; one that waited before waits again where nothing newer was said.
 */
export async function partMoved(
  from: HeldConversation,
  into: HeldConversation,
  moved: Moved,
  since: readonly { item: Since; side: 'from' | 'into' }[],
): Promise<void> {
  const { sql, workspaceId } = into.unit;
  const tell = (kind: 'draft' | 'ticket' | 'transfer', ids: readonly { id: string }[], conversationId: string): void => {
    for (const { id } of ids) into.unit.emit({ kind, audience: 'team', subjectId: id, conversationId });
  };
  for (const table of ['draft', 'ticket', 'transfer', 'activity', 'notification', 'report_opening', 'report_handoff'] as const) {
    const back = await sql<{ id: string }[]>`
      update ${sql(table)} set conversation_id = ${from.row.id} where workspace_id = ${workspaceId} and conversation_id = ${into.row.id} and id = any(${moved[table] ?? []}::uuid[]) returning id`;
    if (table === 'draft' || table === 'ticket' || table === 'transfer') tell(table, back, from.row.id);
  }
  const made = await sql<{ id: string }[]>`
    update draft d set conversation_id = m.conversation_id from message m
    where d.workspace_id = ${workspaceId} and d.conversation_id = ${into.row.id} and m.workspace_id = d.workspace_id and m.id = coalesce(d.message_id, d.in_reply_to)
      and m.conversation_id = ${from.row.id} returning d.id`;
  tell('draft', made, from.row.id);

  if (moved.playbooks)
    await partPlaybooks(into, from.row.id, moved.playbooks, (side) => since.some((one) => one.side === side && one.item.direction === 'inbound'));
  const { pending, cancelled } = moved;
  for (const [side, { row }] of [
    ['from', from],
    ['into', into],
  ] as const) {
    const said = since.some((one) => one.side === side && one.item.kind === 'message' && one.item.authorKind !== 'system');
    if (said || !pending[side]) continue;
    const restored = await sql<{ id: string }[]>`
      update draft set status = 'pending', settled_at = null, settled_by = null, reason = null, version = version + 1 where workspace_id = ${workspaceId} and id = ${pending[side]} and status = 'superseded'
        and not exists (select from draft where workspace_id = ${workspaceId} and conversation_id = ${row.id} and status = 'pending') returning id`;
    tell('draft', restored, row.id);
  }
  if (cancelled) {
    const restored = await sql<{ id: string }[]>`
      update transfer set status = 'pending', settled_at = null where workspace_id = ${workspaceId} and id = ${cancelled} and status = 'cancelled' and expires_at > clock_timestamp() returning id`;
    tell('transfer', restored, from.row.id);
  }
}
