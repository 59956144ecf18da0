/** Totals of the pool. They are kept by the database with every change; here they are added up, and what changed is folded in. */
import type postgres from 'postgres';
import type { Channel } from '../contract/common.ts';
import type { Counts } from '../contract/conversation.ts';
import type { Sql, Transaction } from './connect.ts';
import type { Filter } from './pool-filter.ts';

/** Unread conversations are counted up to here; of more, the count says only that. */
const MOST_UNREAD = 999;
/** Changes that one transaction folds: no reader of the event log waits for it. */
const FOLDED = 2_000;
/** Number of the advisory lock under which one process at a time folds. */
const FOLD_LOCK = 4_400_021;

/** Of one channel, or one standing view. */
interface Sum {
  total: number;
  unread: number;
}
type View = keyof Counts['views'];
export type CountRow = { channel: Channel } & Record<`${View}${'Total' | 'Unread'}`, number>;

/**
 * Adds up what is kept.
 * @param cells which cells count, over `pool_cell k`
 * @param tagId of the filter; null where it names none
 */
export async function keptCounts(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  filter: Filter,
  tagId: string | null,
  cells: postgres.Fragment,
): Promise<Counts> {
  const all = tagId ?? workspaceId;
  const rows = await sql<CountRow[]>`
    with lists as materialized (select ${all}::uuid as everything, ${tagId ? sql`pool_list(${operatorId}::uuid, ${tagId}::uuid)` : sql`${operatorId}::uuid`} as caught_up),
    n as (
      select cell, sum(n) filter (where list_id = everything) as total, coalesce(sum(n) filter (where list_id = caught_up), 0) as read from lists, lateral (
        select list_id, cell, n from pool_count where workspace_id = ${workspaceId} and list_id in (everything, caught_up)
        union all select list_id, cell, n from pool_delta where workspace_id = ${workspaceId} and list_id in (everything, caught_up)) l
      group by cell),
    of as (
      select k.*, ${wanted(sql, filter)} as total, ${filter.unread === false ? sql`0` : sql`case when k.written then n.total - n.read else 0 end`} as unread
      from n join pool_cell k on k.workspace_id = ${workspaceId} and k.cell = n.cell where n.total > 0 and ${cells})
    select channel, ${sums(sql, operatorId)} from of group by channel`;
  return asCounts(rows.filter((row) => row.openTotal > 0));
}

const wanted = (sql: Sql | Transaction, { unread }: Filter) =>
  unread === undefined
    ? sql`n.total`
    : unread
      ? sql`case when k.written then n.total - n.read else 0 end`
      : sql`case when k.written then n.read else n.total end`;

const VIEWS: Record<View, (sql: Sql | Transaction, operatorId: string) => postgres.Fragment> = {
  open: (sql) => sql`true`,
  mine: (sql, operatorId) => sql`assignee_id = ${operatorId}`,
  handedOff: (sql) => sql`handed_off`,
  requiresAction: (sql) => sql`requires_action`,
  draftPending: (sql) => sql`draft_pending`,
  unassigned: (sql) => sql`assignee_id is null`,
};
const names = Object.keys(VIEWS) as View[];

/** Columns of {@link CountRow}, over rows with `total` and `unread`, and the columns that the standing views ask for. */
export const sums = (sql: Sql | Transaction, operatorId: string): postgres.Fragment =>
  names
    .map((view) => {
      const of = VIEWS[view](sql, operatorId);
      const name = view.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return sql`coalesce(sum(total) filter (where ${of}), 0)::int as ${sql(`${name}_total`)}, coalesce(sum(unread) filter (where ${of}), 0)::int as ${sql(`${name}_unread`)}`;
    })
    .reduce((all, one) => sql`${all}, ${one}`);

/** Rows of {@link sums}, one for each channel, as the contract has them. */
export function asCounts(rows: readonly CountRow[]): Counts {
  const views = Object.fromEntries(
    names.map((view) => [
      view,
      bounded({
        total: rows.reduce((sum, row) => sum + row[`${view}Total`], 0),
        unread: rows.reduce((sum, row) => sum + row[`${view}Unread`], 0),
      }),
    ]),
  ) as Counts['views'];
  const channels = Object.fromEntries(rows.map((row) => [row.channel, bounded({ total: row.openTotal, unread: row.openUnread })]));
  return { all: views.open, channels, views };
}

const bounded = ({ total, unread }: Sum) => (unread > MOST_UNREAD ? { total, unread: MOST_UNREAD, more: true as const } : { total, unread });

/**
 * Folds what changed into the counts, in small transactions; whoever counts meanwhile sees each change once. Does nothing
 * where another process is at it.
 */
export async function foldCounts(sql: Sql): Promise<void> {
  for (let folded = FOLDED; folded === FOLDED; ) {
    const [row] = await sql.begin(async (tx) => {
      const [lock] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${FOLD_LOCK}) as mine`;
      if (!lock?.mine) return [];
      return tx<{ taken: number }[]>`
        with taken as (
          delete from pool_delta where ctid = any(array(select ctid from pool_delta limit ${FOLDED} for update skip locked)) returning workspace_id, list_id, cell, n),
        folded as (
          insert into pool_count as p (workspace_id, list_id, cell, n)
            select workspace_id, list_id, cell, sum(n) from taken group by workspace_id, list_id, cell having sum(n) <> 0
          on conflict (workspace_id, list_id, cell) do update set n = p.n + excluded.n)
        select count(*)::int as taken from taken`;
    });
    folded = row?.taken ?? 0;
  }
}

/** Forgets which cells a list has no conversation in any more. */
export async function forgetEmptyCounts(sql: Sql): Promise<void> {
  await sql`delete from pool_count where n = 0 and pg_try_advisory_xact_lock(${FOLD_LOCK})`;
}
