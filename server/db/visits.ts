import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ChosenRoute } from './routes.ts';

/**
 * The visitor has seen what was sent to it, up to a message or all of it: `read` shows on each.
 * @param messageId null: everything so far
 */
export async function markSeenByVisitor(unit: Change, identityId: string, messageId: string | null): Promise<void> {
  const { sql, workspaceId } = unit;
  const rows = await sql<{ id: string; conversationId: string }[]>`
    update message set delivery_status = 'read', delivery_at = clock_timestamp()
    where workspace_id = ${workspaceId} and identity_id = ${identityId} and direction = 'outbound' and channel = 'chat' and delivery_status in ('sent', 'delivered')
      ${messageId ? sql`and (created_at, id) <= (select created_at, id from message where workspace_id = ${workspaceId} and identity_id = ${identityId} and id = ${messageId})` : sql``}
    returning id, conversation_id`;
  for (const row of rows) unit.emit({ kind: 'message', audience: 'team', subjectId: row.id, conversationId: row.conversationId });
}

/** When the newest message was sent of those that the visitor has seen, on whichever device; null where it has seen none. */
export async function seenByVisitorUntil(sql: Sql | Transaction, workspaceId: string, identityId: string): Promise<Date | null> {
  const [row] = await sql<{ createdAt: Date }[]>`
    select created_at from message where workspace_id = ${workspaceId} and identity_id = ${identityId} and direction = 'outbound' and delivery_status = 'read'
    order by created_at desc limit 1`;
  return row?.createdAt ?? null;
}

/** A route that the visitor was offered in a conversation and that still exists. */
export async function visitorRoute(unit: Change, conversationId: string, routeId: string): Promise<ChosenRoute | null> {
  const { sql, workspaceId } = unit;
  const [route] = await sql<ChosenRoute[]>`
    select id, label, department_id, fields from route where workspace_id = ${workspaceId} and id = ${routeId} and exists (
      select from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and routes @> ${sql.json([{ id: routeId }])})`;
  return route ?? null;
}
