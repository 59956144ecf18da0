import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Notification } from '../contract/events.ts';
import { wants, whoIsTold } from '../domain/notify.ts';
import { change } from './change.ts';
import type { Change, Db, Writer } from './change.ts';
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
  const people = await sql<
    Recipient[]
  >`select id, notifications from operator where workspace_id = ${workspaceId} and id = any(${operatorIds as string[]}::uuid[]) and active`;
  await write(
    unit,
    people.filter((one) => one.id !== by && wants(one.notifications, what.kind)),
    what,
  );
}

/**
 * Tells whoever should look at a conversation: those that are named, else whoever holds it, else its department, else the team;
 * {@link whoIsTold} has the rule.
 * @param by the operator whose act it is
 */
export async function notifyTeam(
  { row, unit }: HeldConversation,
  what: Omit<What, 'conversationId'>,
  { named = [], by = null }: { named?: readonly string[]; by?: string | null } = {},
): Promise<void> {
  const { sql, workspaceId } = unit;
  const people = await sql<(Recipient & { member: boolean })[]>`
    select o.id, o.notifications, m.operator_id is not null as member from operator o
    left join department_member m on m.workspace_id = o.workspace_id and m.operator_id = o.id and m.department_id = ${row.departmentId}
    where o.workspace_id = ${workspaceId} and o.active order by o.id`;
  const members = people.flatMap(({ id, member }) => (member ? [id] : []));
  const told = new Set(
    whoIsTold(
      { kind: what.kind, named, assigneeId: row.assigneeId, members, by },
      people.map(({ id }) => id),
    ),
  );
  await write(
    unit,
    people.filter((one) => told.has(one.id) && wants(one.notifications, what.kind)),
    { ...what, conversationId: row.id },
  );
}

interface Recipient {
  id: string;
  notifications: Record<string, boolean>;
}

async function write(unit: Change, people: readonly Recipient[], { kind, conversationId, text, data = {} }: What): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map(({ id: operatorId }) => ({
    workspaceId: unit.workspaceId,
    id: newId(),
    operatorId,
    kind,
    conversationId,
    text,
    data: unit.sql.json(data as never),
  }));
  await unit.sql`insert into notification ${unit.sql(rows)}`;
  for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: row.operatorId, subjectId: row.id, conversationId });
}

interface Assigned {
  operatorId: string;
  conversationId: string;
  by: string;
  /** Names the act that assigned many: its assignee gets one notification, which counts them. */
  act: string | null;
}

/** The same id for the same name. */
const uuidOf = (name: string): string =>
  createHash('md5')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Tells operators of what was assigned to them. */
export const ASSIGNED: Writer<Assigned> = {
  async write(unit, all) {
    const { sql, workspaceId } = unit;
    const people = await sql<
      Recipient[]
    >`select id, notifications from operator where workspace_id = ${workspaceId} and id = any(${all.map(({ operatorId }) => operatorId)}::uuid[]) and active`;
    const told = people.filter(({ notifications }) => wants(notifications, 'assignment'));
    const alone = all.filter((one) => all.every((other) => other === one || other.operatorId !== one.operatorId)).map(({ conversationId }) => conversationId);
    const names = await sql<{ id: string; name: string }[]>`
      select c.id, p.name from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id where c.workspace_id = ${workspaceId} and c.id = any(${alone}::uuid[])`;
    for (const { id: operatorId } of told) {
      const [{ conversationId, act, by }, ...more] = all.filter((one) => one.operatorId === operatorId) as [Assigned, ...Assigned[]];
      const id = act === null ? newId() : uuidOf(`${act} ${operatorId}`);
      const data = more.length > 0 ? { by, count: more.length + 1 } : { by };
      await sql`
        insert into notification as n (workspace_id, id, operator_id, kind, conversation_id, text, data)
        values (${workspaceId}, ${id}, ${operatorId}, 'assignment', ${more.length > 0 ? null : conversationId}, ${names.find((one) => more.length === 0 && one.id === conversationId)?.name ?? ''}, ${sql.json(data)})
        on conflict (workspace_id, id) do update set conversation_id = null, text = '', read_at = null,
          data = n.data || jsonb_build_object('count', coalesce((n.data ->> 'count')::int, 1) + coalesce((excluded.data ->> 'count')::int, 1))`;
      unit.emit({
        kind: 'notification',
        audience: 'operator',
        addresseeId: operatorId,
        subjectId: id,
        conversationId: more.length > 0 ? null : conversationId,
      });
    }
  },
};

const SETTLED: Writer<{ conversationId: string; kind: Notification['kind'] }> = {
  async write(unit, settled) {
    const rows = await unit.sql<{ id: string; operatorId: string; conversationId: string }[]>`
      update notification n set read_at = now() from unnest(${settled.map(({ conversationId }) => conversationId)}::uuid[], ${settled.map(({ kind }) => kind)}::text[]) s (conversation_id, kind)
      where n.workspace_id = ${unit.workspaceId} and n.conversation_id = s.conversation_id and n.read_at is null and n.kind = s.kind returning n.id, n.operator_id, n.conversation_id`;
    for (const row of rows)
      unit.emit({ kind: 'notification', audience: 'operator', addresseeId: row.operatorId, subjectId: row.id, conversationId: row.conversationId });
  },
};

/** Nobody has to do any more what these notifications of a conversation ask for: they are read, for everybody. */
export async function settleNotifications(unit: Change, conversationId: string, kinds: readonly Notification['kind'][]): Promise<void> {
  for (const kind of kinds) await unit.write(SETTLED, { conversationId, kind });
}

interface NotificationRow extends Omit<Notification, 'readAt' | 'createdAt'> {
  readAt: Date | null;
  createdAt: Date;
}
const fromRow = (row: NotificationRow): Notification => ({
  id: row.id,
  kind: row.kind,
  conversationId: row.conversationId,
  text: row.text,
  data: row.data,
  readAt: row.readAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
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
  const [row] = await sql<
    { n: number }[]
  >`select count(*) as n from notification where workspace_id = ${workspaceId} and operator_id = ${operatorId} and read_at is null`;
  return row?.n ?? 0;
}

/** An operator's notifications, newest first, before (createdAt, id). */
export async function listNotifications(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  query: { before: { at: string; id: string } | null; limit: number },
): Promise<Notification[]> {
  const rows = await sql<NotificationRow[]>`
    select id, kind, conversation_id, text, data, read_at, created_at from notification
    where workspace_id = ${workspaceId} and operator_id = ${operatorId}
      ${query.before ? sql`and (created_at, id) < (${query.before.at}::timestamptz, ${query.before.id}::uuid)` : sql``}
    order by created_at desc, id desc limit ${query.limit}`;
  return rows.map(fromRow);
}

/** Notifications that one transaction marks read: no reader of the event log waits for it. */
const READ_AT_ONCE = 200;

/** Marks an operator's notifications read: those named, or all; many of them in steps. */
export async function readNotifications(db: Db, workspaceId: string, operatorId: string, ids: readonly string[] | null): Promise<void> {
  for (let read = READ_AT_ONCE; read === READ_AT_ONCE; ) {
    read = await change(db, workspaceId, async (unit) => {
      const { sql } = unit;
      const rows = await sql<{ id: string }[]>`
        update notification set read_at = now() where workspace_id = ${workspaceId} and id = any(array(
          select id from notification where workspace_id = ${workspaceId} and operator_id = ${operatorId} and read_at is null ${ids ? sql`and id = any(${ids as string[]}::uuid[])` : sql``}
          limit ${READ_AT_ONCE} for no key update)) returning id`;
      for (const row of rows) unit.emit({ kind: 'notification', audience: 'operator', addresseeId: operatorId, subjectId: row.id });
      return rows.length;
    });
  }
}
