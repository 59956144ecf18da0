import { v7 as newId } from 'uuid';
import type { Notification } from '../contract/events.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** Tells operators that somebody wants something of them; each sees only its own. */
export async function notify(
  unit: Change, operatorIds: readonly string[],
  what: { kind: Notification['kind']; conversationId: string | null; text: string; data?: Record<string, unknown> },
): Promise<void> {
  if (operatorIds.length === 0) return;
  const rows = operatorIds.map((operatorId) => ({
    workspaceId: unit.workspaceId, id: newId(), operatorId, kind: what.kind, conversationId: what.conversationId, text: what.text, data: unit.sql.json((what.data ?? {}) as never),
  }));
  await unit.sql`insert into notification ${unit.sql(rows)}`;
  for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: row.operatorId, subjectId: row.id, conversationId: what.conversationId });
}

interface NotificationRow extends Omit<Notification, 'readAt' | 'createdAt'> {
  readAt: Date | null;
  createdAt: Date;
}
const fromRow = (row: NotificationRow): Notification => ({
  id: row.id, kind: row.kind, conversationId: row.conversationId, text: row.text, data: row.data, readAt: row.readAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
});

/** Notifications by id. */
export async function notificationViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, Notification>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<NotificationRow[]>`
    select id, kind, conversation_id, text, data, read_at, created_at from notification where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** An operator's notifications, newest first, before (createdAt, id). */
export async function listNotifications(
  sql: Sql | Transaction, workspaceId: string, operatorId: string, query: { before: { at: string; id: string } | null; limit: number },
): Promise<Notification[]> {
  const rows = await sql<NotificationRow[]>`
    select id, kind, conversation_id, text, data, read_at, created_at from notification
    where workspace_id = ${workspaceId} and operator_id = ${operatorId}
      ${query.before ? sql`and (created_at, id) < (${query.before.at}::timestamptz, ${query.before.id}::uuid)` : sql``}
    order by created_at desc, id desc limit ${query.limit}`;
  return rows.map(fromRow);
}

/** Marks an operator's notifications read: those named, or all. */
export async function readNotifications(unit: Change, operatorId: string, ids: readonly string[] | null): Promise<void> {
  const rows = await unit.sql<{ id: string }[]>`
    update notification set read_at = now() where workspace_id = ${unit.workspaceId} and operator_id = ${operatorId} and read_at is null
      ${ids ? unit.sql`and id = any(${ids as string[]}::uuid[])` : unit.sql``} returning id`;
  for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: operatorId, subjectId: row.id });
}
