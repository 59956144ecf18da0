import type { Snapshot, Ticket, TicketStatus, TicketWithSnapshot } from '../contract/ticket.ts';
import { besideWhy } from '../domain/fault.ts';
import type { FileLinks } from '../files/links.ts';
import type { Sql, Transaction } from './connect.ts';
import { showSnapshot } from './tickets.ts';

interface Row extends Omit<Ticket, 'createdAt' | 'updatedAt' | 'tracker'> {
  createdAt: Date;
  updatedAt: Date;
  outsideId: string | null;
  outsideUrl: string | null;
  post: { status: 'pending' | 'sent' | 'failed'; error: string | null; attempts: number; dueAt: string | null } | null;
}

const columns = (sql: Sql | Transaction) => sql`
  t.id, t.number, t.conversation_id, t.title, t.description, t.status, t.priority, t.created_by, t.outside_id, t.outside_url, t.version, t.created_at, t.updated_at,
  (select json_build_object('id', c.id, 'name', c.name) from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where v.workspace_id = t.workspace_id and v.id = t.conversation_id) as contact,
  (select json_build_object('id', o.id, 'name', o.name, 'email', o.email, 'picture', o.picture) from operator o where o.workspace_id = t.workspace_id and o.id = t.assignee_id) as assignee,
  (select json_build_object('status', p.status, 'error', p.error, 'attempts', p.attempts, 'dueAt', p.due_at) from ticket_post p
    where p.workspace_id = t.workspace_id and p.ticket_id = t.id order by p.id desc limit 1) as post`;

function fromRow({ outsideId, outsideUrl, post, createdAt, updatedAt, ...row }: Row): Ticket {
  return {
    ...row,
    tracker: post && {
      status: post.status,
      error: post.error,
      ...besideWhy(post.error),
      attempts: post.attempts,
      nextAttemptAt: post.status === 'pending' && post.attempts > 0 && post.dueAt ? new Date(post.dueAt).toISOString() : null,
      id: outsideId,
      url: outsideUrl,
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Tickets by id, without their snapshots. */
export async function ticketViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, Ticket>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<Row[]>`select ${columns(sql)} from ticket t where t.workspace_id = ${workspaceId} and t.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** One ticket with its snapshot; null where there is none. */
export async function ticketWithSnapshot(sql: Sql | Transaction, workspaceId: string, id: string, links: FileLinks): Promise<TicketWithSnapshot | null> {
  const [row] = await sql<
    (Row & { snapshot: Snapshot })[]
  >`select ${columns(sql)}, t.snapshot from ticket t where t.workspace_id = ${workspaceId} and t.id = ${id}`;
  if (!row) return null;
  const { snapshot, ...rest } = row;
  return { ...fromRow(rest), snapshot: showSnapshot(snapshot, workspaceId, links) };
}

interface TicketFilter {
  status?: TicketStatus | undefined;
  /** An operator, or `none` for tickets of nobody. */
  assigneeId?: string | undefined;
  conversationId?: string | undefined;
}

/** Tickets, newest first, before (createdAt, id). */
export async function listTickets(
  sql: Sql | Transaction,
  workspaceId: string,
  filter: TicketFilter,
  query: { before: { at: string; id: string } | null; limit: number },
): Promise<Ticket[]> {
  const { status, assigneeId, conversationId } = filter;
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ticket t where t.workspace_id = ${workspaceId}
      ${status ? sql`and t.status = ${status}` : sql``}
      ${assigneeId === undefined ? sql`` : assigneeId === 'none' ? sql`and t.assignee_id is null` : sql`and t.assignee_id = ${assigneeId}`}
      ${conversationId ? sql`and t.conversation_id = ${conversationId}` : sql``}
      ${query.before ? sql`and (t.created_at, t.id) < (${query.before.at}::timestamptz, ${query.before.id}::uuid)` : sql``}
    order by t.created_at desc, t.id desc limit ${query.limit}`;
  return rows.map(fromRow);
}
