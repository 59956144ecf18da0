/**
 * Reading the event log. Rows are appended by `change`; here they are read in the order (xid, id), and only below the
 * oldest transaction that still runs, so that an id drawn early and committed late is never skipped.
 */
import type { NewEvent } from './change.ts';
import type { Sql } from './connect.ts';

/** A place in the log: all that a reader has had lies at or before it. */
export interface Cursor {
  /** Transaction id, 64 bits as decimal digits. */
  xid: string;
  /** Number within the log; 0 stands before the first of the transaction. */
  id: number;
}

/** What changed, by name; whoever shows it reads it as it is now. */
export interface EventRow extends Cursor {
  kind: NewEvent['kind'];
  audience: NewEvent['audience'];
  /** Of `operator`: the operator; of `visitor`: the identity. */
  addresseeId: string | null;
  subjectId: string | null;
  conversationId: string | null;
  data: Record<string, unknown> | null;
}

/** Whose events are wanted: all of a workspace, those of its operators, or those of one visitor's identity. */
type EventScope = { of: 'all' } | { of: 'operators' } | { of: 'visitor'; identityId: string };

/** One look at the log, all of it from one snapshot. */
export interface EventPage {
  /** In the order (xid, id). */
  rows: EventRow[];
  /** Where the next look begins: after the last row, or at the horizon when there is none left below it. */
  next: Cursor;
  /** More may follow at once. */
  full: boolean;
  /** Rows have committed that an older transaction, still running, holds back; ask again soon. */
  held: boolean;
  /** What followed the cursor has been pruned. */
  lost: boolean;
  /** Nothing at or above it has been read: a cursor beyond is none of this log's. */
  horizon: Cursor;
  /** Of the log; changes after a restore. 32 hexadecimal digits. */
  epoch: string;
}

interface PageRow extends EventRow {
  epoch: string;
  horizon: string;
  held: boolean;
  lost: boolean;
  none: boolean;
}

/** At most `limit` events of a workspace that follow `cursor`. */
export async function readEvents(sql: Sql, workspaceId: string, cursor: Cursor, limit: number, scope: EventScope = { of: 'all' }): Promise<EventPage> {
  const wanted =
    scope.of === 'all'
      ? sql``
      : scope.of === 'operators'
        ? sql`and audience <> 'visitor'`
        : sql`and audience = 'visitor' and addressee_id = ${scope.identityId}`;
  const found = await sql<PageRow[]>`
    select log.epoch, log.horizon, log.held, log.lost, (e.id is null) as none,
           e.xid, e.id, e.kind, e.audience, e.addressee_id, e.subject_id, e.conversation_id, e.data
    from (
      select replace(l.epoch::text, '-', '') as epoch, h.horizon,
             (l.pruned_xid, l.pruned_id) > (${cursor.xid}::xid8, ${cursor.id}::bigint) as lost,
             exists (select from event where workspace_id = ${workspaceId} and xid >= h.horizon) as held
      from event_log l, (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) h
    ) log
    left join lateral (
      select * from event
      where workspace_id = ${workspaceId} and (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::bigint) and xid < log.horizon ${wanted}
      order by xid, id limit ${limit}
    ) e on true
    order by e.xid, e.id`;
  const [first] = found;
  if (!first) throw new Error('the event log has lost its one row');
  const rows = first.none ? [] : found.map(toEvent);
  const full = rows.length >= limit;
  const last = rows.at(-1);
  const horizon = { xid: first.horizon, id: 0 };
  return {
    rows,
    next: full && last ? { xid: last.xid, id: last.id } : horizon,
    full,
    held: first.held,
    lost: first.lost,
    horizon,
    epoch: first.epoch,
  };
}

const toEvent = ({ xid, id, kind, audience, addresseeId, subjectId, conversationId, data }: PageRow): EventRow => ({
  xid,
  id,
  kind,
  audience,
  addresseeId,
  subjectId,
  conversationId,
  data,
});

/** Where a reader begins that has seen nothing: whatever commits from now on lies after it. */
export async function headCursor(sql: Sql): Promise<{ epoch: string; cursor: Cursor }> {
  const [row] = await sql<{ epoch: string; horizon: string }[]>`
    select replace(epoch::text, '-', '') as epoch, pg_snapshot_xmin(pg_current_snapshot()) as horizon from event_log`;
  if (!row) throw new Error('the event log has lost its one row');
  return { epoch: row.epoch, cursor: { xid: row.horizon, id: 0 } };
}

/**
 * Which of these workspaces have events after their cursors, readable or held back. The others may move to `horizon`:
 * nothing lies between.
 */
export async function workspacesBehind(sql: Sql, positions: { workspaceId: string; cursor: Cursor }[]): Promise<{ behind: Set<string>; horizon: Cursor }> {
  const [row] = await sql<{ horizon: string; behind: string[] }[]>`
    select pg_snapshot_xmin(pg_current_snapshot()) as horizon, array(
      select w.workspace_id
      from unnest(${positions.map(({ workspaceId }) => workspaceId)}::text[], ${positions.map(({ cursor }) => cursor.xid)}::text[],
                  ${positions.map(({ cursor }) => String(cursor.id))}::text[]) as w (workspace_id, xid, id)
      where exists (select from event e where e.workspace_id = w.workspace_id::uuid and (e.xid, e.id) > (w.xid::xid8, w.id::bigint))
    ) as behind`;
  return { behind: new Set(row?.behind), horizon: { xid: row?.horizon ?? '0', id: 0 } };
}

/** The log as a whole. */
interface LogState {
  epoch: string;
  /** Everything up to here may be gone. */
  pruned: Cursor;
  /** Age in milliseconds, at most a minute's, of the oldest event that has committed and is held back; 0 when none is. A metric. */
  heldFor: number;
}

export async function logState(sql: Sql): Promise<LogState> {
  const [row] = await sql<{ epoch: string; prunedXid: string; prunedId: number; heldFor: number }[]>`
    select replace(epoch::text, '-', '') as epoch, pruned_xid, pruned_id, coalesce((
      select extract(epoch from clock_timestamp() - min(created_at)) * 1000 from event
      where created_at > now() - interval '1 minute' and xid >= pg_snapshot_xmin(pg_current_snapshot())
    ), 0)::float8 as held_for
    from event_log`;
  if (!row) throw new Error('the event log has lost its one row');
  return { epoch: row.epoch, pruned: { xid: row.prunedXid, id: row.prunedId }, heldFor: row.heldFor };
}

/** Rows and milliseconds of one pruning transaction: an older writer holds back every reader in the cluster. */
const pruneRows = 200;
const pruneTime = 50;

/**
 * Removes events older than `before`, of all workspaces, of one, or of all but some, and says so in the log, in the same transaction: a reader whose
 * place is older is told to read afresh. Small transactions, one after another.
 * @returns how many went
 */
export async function pruneEvents(sql: Sql, before: Date, of: { only: string } | { except: string[] } = { except: [] }): Promise<number> {
  const wanted = 'only' in of ? sql`and workspace_id = ${of.only}` : of.except.length > 0 ? sql`and workspace_id <> all(${of.except}::uuid[])` : sql``;
  let total = 0;
  for (let batch = pruneRows; ; ) {
    const began = performance.now();
    const [row] = await sql<{ gone: number }[]>`
      with old as (
        select workspace_id, xid, id from event where created_at < ${before} ${wanted} order by created_at limit ${batch} for update skip locked
      ), gone as (
        delete from event e using old
        where e.workspace_id = old.workspace_id and e.xid = old.xid and e.id = old.id returning e.xid, e.id
      ), latest as (
        select xid, id from gone order by xid desc, id desc limit 1
      ), told as (
        update event_log set pruned_xid = latest.xid, pruned_id = latest.id
        from latest where (latest.xid, latest.id) > (pruned_xid, pruned_id)
      )
      select count(*)::int as gone from gone`;
    const gone = row?.gone ?? 0;
    total += gone;
    if (gone < batch) return total;
    batch = performance.now() - began > pruneTime ? Math.max(10, batch >> 1) : Math.min(pruneRows, batch * 2);
  }
}

/**
 * A log that was restored into another cluster holds transaction ids that this one has yet to reach; its events would
 * wait for them. Then the log is emptied and gets a new epoch, so that every reader reads afresh.
 * @returns whether that was so
 */
export function renewRestoredLog(sql: Sql): Promise<boolean> {
  return sql.begin(async (transaction) => {
    const [log] = await transaction<{ foreign: boolean }[]>`
      select pruned_xid >= pg_snapshot_xmax(pg_current_snapshot()) or exists (
        select from (select xid from event order by created_at desc limit 100) e where e.xid >= pg_snapshot_xmax(pg_current_snapshot())
      ) as foreign
      from event_log for update`;
    if (!log?.foreign) return false;
    await transaction`delete from event`;
    await transaction`update event_log set epoch = gen_random_uuid(), pruned_xid = '0', pruned_id = 0`;
    return true;
  });
}
