import { v7 as newId } from 'uuid';
import type { Notification } from '../contract/events.ts';
import { wants, whoIsTold } from '../domain/notify.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { HeldConversation } from './conversation.ts';

type What = { kind: Notification['kind']; conversationId: string | null; text: string; data?: Record<string, unknown> };

/**
 * Tells operators that somebody wants something of them; each sees only its own. Those who do not want to be told of this
 * kind, are not of the team any more or did it themselves are left out.
 * @param by the operator whose act it is
 */
export async function notify(unit: Change, operatorIds: readonly string[], what: What, by: string | null = null): Promise<void> {
  if (operatorIds.length === 0) return;
  const { sql, workspaceId } = unit;
  const people = await sql<Recipient[]>`select id, notifications from operator where workspace_id = ${workspaceId} and id = any(${operatorIds as string[]}::uuid[]) and active`;
  await write(unit, people.filter((one) => one.id !== by && wants(one.notifications, what.kind)), what);
}

/**
 * Tells whoever should look at a conversation: those that are named, else whoever holds it, else its department, else the team;
 * {@link whoIsTold} has the rule.
 * @param by the operator whose act it is
 */
export async function notifyTeam({ row, unit }: HeldConversation, what: Omit<What, 'conversationId'>, { named = [], by = null }: { named?: readonly string[]; by?: string | null } = {}): Promise<void> {
  const { sql, workspaceId } = unit;
  const people = await sql<(Recipient & { member: boolean })[]>`
    select o.id, o.notifications, m.operator_id is not null as member from operator o
    left join department_member m on m.workspace_id = o.workspace_id and m.operator_id = o.id and m.department_id = ${row.departmentId}
    where o.workspace_id = ${workspaceId} and o.active order by o.id`;
  const members = people.flatMap(({ id, member }) => (member ? [id] : []));
  const told = new Set(whoIsTold({ kind: what.kind, named, assigneeId: row.assigneeId, members, by }, people.map(({ id }) => id)));
  await write(unit, people.filter((one) => told.has(one.id) && wants(one.notifications, what.kind)), { ...what, conversationId: row.id });
}

interface Recipient {
  id: string;
  notifications: Record<string, boolean>;
}

async function write(unit: Change, people: readonly Recipient[], { kind, conversationId, text, data = {} }: What): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map(({ id: operatorId }) => ({ workspaceId: unit.workspaceId, id: newId(), operatorId, kind, conversationId, text, data: unit.sql.json(data as never) }));
  await unit.sql`insert into notification ${unit.sql(rows)}`;
  for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: row.operatorId, subjectId: row.id, conversationId });
}

/** Nobody has to do any more what these notifications of a conversation ask for: they are read, for everybody. */
export async function settleNotifications(unit: Change, conversationId: string, kinds: readonly Notification['kind'][]): Promise<void> {
  const rows = await unit.sql<{ id: string; operatorId: string }[]>`
    update notification set read_at = now() where workspace_id = ${unit.workspaceId} and conversation_id = ${conversationId} and read_at is null and kind = any(${kinds as string[]}) returning id, operator_id`;
  for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: row.operatorId, subjectId: row.id, conversationId });
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

/** How many notifications an operator has not read. */
export async function unreadNotifications(sql: Sql | Transaction, workspaceId: string, operatorId: string): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*) as n from notification where workspace_id = ${workspaceId} and operator_id = ${operatorId} and read_at is null`;
  return row?.n ?? 0;
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
