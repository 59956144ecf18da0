/** What the outside tracker is told of tickets, and how it took it. */
import { v7 as newId } from 'uuid';
import type { PatchTracker, Snapshot, Tracker } from '../contract/ticket.ts';
import { audit } from './audit.ts';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { beats } from './processes.ts';
import { seal, unseal } from './secrets.ts';
import type { Keyring } from './secrets.ts';

/** Says that the tracker of the workspace, if it has one, is to be told of a ticket as it is now. */
export async function postToTracker({ sql, workspaceId }: Change, ticketId: string, type: 'ticket.created' | 'ticket.updated'): Promise<void> {
  await sql`
    insert into ticket_post (workspace_id, id, ticket_id, type, body, due_at)
    select t.workspace_id, ${newId()}, t.id, ${type}, jsonb_build_object('id', t.id, 'number', t.number, 'conversationId', t.conversation_id, 'title', t.title, 'description', t.description,
      'status', t.status, 'priority', t.priority, 'contact', t.snapshot #> '{conversation,contact}',
      'assignee', (select jsonb_build_object('id', o.id, 'name', o.name, 'email', o.email) from operator o where o.workspace_id = t.workspace_id and o.id = t.assignee_id),
      'createdBy', t.created_by, 'version', t.version, 'trackerId', t.outside_id), clock_timestamp()
    from ticket t join workspace w on w.id = t.workspace_id where t.workspace_id = ${workspaceId} and t.id = ${ticketId} and w.tracker_url is not null`;
}

/** Tells the tracker once more what it did not take. */
export async function resendPosts(unit: Change, ticketId: string): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const rows = await sql`
    update ticket_post set status = 'pending', error = null, attempts = 0, due_at = clock_timestamp(), settled_at = null
    where workspace_id = ${workspaceId} and ticket_id = ${ticketId} and status = 'failed' returning 1`;
  if (rows.length > 0) unit.emit({ kind: 'ticket', audience: 'team', subjectId: ticketId });
  return rows.length > 0 || (await sql`select from ticket where workspace_id = ${workspaceId} and id = ${ticketId}`).length > 0;
}

/** A post that this process is to send. */
export interface ClaimedPost {
  workspaceId: string;
  id: string;
  ticketId: string;
  type: 'ticket.created' | 'ticket.updated';
  body: Record<string, unknown>;
  attempts: number;
  createdAt: Date;
}

/**
 * Takes the post that is due first, of a workspace to which nothing is on its way: the tracker learns of each ticket's
 * changes in their order. What a silent process was at is free.
 * @param busy workspaces for which this process is sending
 */
export async function claimPost({ sql, signals }: Db, busy: readonly string[]): Promise<ClaimedPost | null> {
  const alive = beats(sql, 'p.owner');
  const [claimed] = await sql<ClaimedPost[]>`
    update ticket_post p set owner = ${signals.processId} from (
      select p.workspace_id, p.id from ticket_post p where p.status = 'pending' and p.due_at <= clock_timestamp() and p.workspace_id <> all(${busy as string[]}::uuid[])
        and (p.owner is null or p.owner = ${signals.processId} or not ${alive})
        and not exists (select from ticket_post e where e.workspace_id = p.workspace_id and e.ticket_id = p.ticket_id and e.status = 'pending' and e.id < p.id)
      order by p.due_at limit 1 for update skip locked) due
    where p.workspace_id = due.workspace_id and p.id = due.id
    returning p.workspace_id, p.id, p.ticket_id, p.type, p.body, p.attempts, p.created_at`;
  return claimed ?? null;
}

/** What a post came to: taken, with the tracker's own id and address of the ticket; another attempt at a time; or the end of it. */
export type Posted = { ok: true; id: string | null; url: string | null } | { ok: false; error: string; again: Date | null };

/** Writes down what a post came to, and shows it on the ticket; nothing where somebody else has taken it over. */
export async function settlePost(db: Db, post: ClaimedPost, posted: Posted): Promise<void> {
  await change(db, post.workspaceId, async (unit) => {
    const { sql, workspaceId } = unit;
    const own = sql`workspace_id = ${workspaceId} and id = ${post.id} and owner = ${db.signals.processId}`;
    const rows = posted.ok
      ? await sql`update ticket_post set status = 'sent', error = null, attempts = attempts + 1, owner = null, due_at = null, settled_at = now() where ${own} returning 1`
      : await sql`update ticket_post set status = ${posted.again ? 'pending' : 'failed'}, error = ${posted.error.slice(0, 500)}, attempts = attempts + 1, owner = null, due_at = ${posted.again},
          settled_at = ${posted.again ? null : sql`now()`} where ${own} returning 1`;
    if (rows.length === 0) return;
    if (posted.ok && (posted.id ?? posted.url)) {
      await sql`update ticket set outside_id = coalesce(${posted.id}, outside_id), outside_url = coalesce(${posted.url}, outside_url) where workspace_id = ${workspaceId} and id = ${post.ticketId}`;
    }
    unit.emit({ kind: 'ticket', audience: 'team', subjectId: post.ticketId });
  });
}

/** Leaves what this process was sending to others. */
export async function leavePosts({ sql, signals }: Db): Promise<void> {
  await sql`update ticket_post set owner = null where owner = ${signals.processId}`;
}

/** The snapshot that goes with a new ticket, as it is kept. */
export async function snapshotOf(sql: Sql, workspaceId: string, ticketId: string): Promise<Snapshot | null> {
  const [row] = await sql<{ snapshot: Snapshot }[]>`select snapshot from ticket where workspace_id = ${workspaceId} and id = ${ticketId}`;
  return row?.snapshot ?? null;
}

export async function trackerView(sql: Sql | Transaction, workspaceId: string): Promise<Tracker> {
  const [row] = await sql<Tracker[]>`select tracker_url as url, tracker_secret is not null as has_secret from workspace where id = ${workspaceId}`;
  return row!;
}

/** The tracker with its secret opened; null where the workspace has none. */
export async function openTracker(sql: Sql, keys: Keyring, workspaceId: string): Promise<{ url: string; secret: string } | null> {
  const [row] = await sql<
    { url: string | null; secret: Uint8Array | null }[]
  >`select tracker_url as url, tracker_secret as secret from workspace where id = ${workspaceId}`;
  return row?.url && row.secret ? { url: row.url, secret: unseal(keys, `workspace:${workspaceId}`, row.secret) } : null;
}

/** Sets where tickets go; without an address they go nowhere, and its secret is forgotten. @returns false where an address would have no secret */
export async function setTracker(unit: Change, keys: Keyring, patch: PatchTracker, by: string): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const [before] = await sql<{ url: string | null; secret: Uint8Array | null }[]>`
    select tracker_url as url, tracker_secret as secret from workspace where id = ${workspaceId} for no key update`;
  const url = patch.url === undefined ? (before?.url ?? null) : patch.url;
  const secret = url === null ? null : patch.secret === undefined ? (before?.secret ?? null) : seal(keys, `workspace:${workspaceId}`, patch.secret);
  if (url !== null && secret === null) return false;
  await sql`update workspace set tracker_url = ${url}, tracker_secret = ${secret} where id = ${workspaceId}`;
  const secretsReplaced = patch.secret !== undefined || (url === null && before?.secret != null);
  await audit(unit, {
    kind: 'tracker',
    subjectId: workspaceId,
    name: url ?? before?.url ?? '',
    action: 'changed',
    before: { url: before?.url ?? null },
    after: { url },
    secretsReplaced,
    operatorId: by,
  });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'workspace', id: workspaceId } });
  return true;
}
