/** A page of the pool from its cells: those that the filter covers are known, and each is read from its own beginning. */
import { cellConditions } from './pool-filter.ts';
import { before, one, RANKS } from './pool-query.ts';
import type { Page, Placed } from './pool-query.ts';

/** Rows of one cell that are read before more are. */
const FEW_OF_CELL = 12;

/** The beginning of each cell that the filter covers. By priority, the more urgent ones first, as long as the page is not full. */
export async function fromCells(page: Page): Promise<Placed[]> {
  const {
    query: { limit, after, filter },
  } = page;
  if (!page.byPriority) return cellsOf(page, limit, null);
  const found: Placed[] = [];
  const ranks = Object.entries(RANKS).filter(
    ([name, rank]) => (!filter.priority || filter.priority === name) && (after?.sort !== 'priority' || rank >= after.rank),
  );
  for (const [priority] of ranks) {
    if (found.length < limit) found.push(...(await cellsOf(page, limit - found.length, priority)));
  }
  return found;
}

/** A row of a cell; `place` counts those that were read of it from 1. */
type OfCell = Placed & { cell: number; place: number };

/**
 * A page takes few of each of many cells: so few are read first. Of a cell of which all that was read stands in the page, what is
 * behind may stand there too: that one is read anew.
 */
export async function cellsOf(page: Page, limit: number, priority: string | null): Promise<Placed[]> {
  const strip = (rows: OfCell[]): Placed[] => rows.map(({ cell: _cell, place: _place, ...placed }) => placed);
  const some = page.byPriority && limit > FEW_OF_CELL;
  const rows = await ofCells(page, limit, some ? FEW_OF_CELL : limit, { priority });
  const more = new Set(some ? rows.filter(({ place }) => place === FEW_OF_CELL).map(({ cell }) => cell) : []);
  if (more.size === 0) return strip(rows);
  const anew = await ofCells(page, limit, limit, { cells: [...more] });
  return strip([...rows.filter(({ cell }) => !more.has(cell)), ...anew])
    .toSorted(before(page.byPriority))
    .slice(0, limit);
}

/** @param each rows of one cell, at most */
function ofCells(page: Page, limit: number, each: number, of: { priority: string | null } | { cells: number[] }): Promise<OfCell[]> {
  const {
    sql,
    workspaceId,
    tagId,
    here,
    query: { filter },
  } = page;
  const all = tagId ?? workspaceId;
  const caughtUp = tagId ? sql`pool_list(${page.me}::uuid, ${tagId}::uuid)` : sql`${page.me}::uuid`;
  // What the operator has read to the end comes from its own list; cells of which it has read all have nothing unread.
  const unread =
    filter.unread === false
      ? sql`and not k.written`
      : filter.unread
        ? sql`and k.written and exists (select from (
      select n from pool_count where workspace_id = ${workspaceId} and list_id = ${all} and cell = k.cell union all select n from pool_delta where workspace_id = ${workspaceId} and list_id = ${all} and cell = k.cell
      union all select -n from pool_count where workspace_id = ${workspaceId} and list_id = ${caughtUp} and cell = k.cell
      union all select -n from pool_delta where workspace_id = ${workspaceId} and list_id = ${caughtUp} and cell = k.cell) u having sum(n) > 0)`
        : sql``;
  const source = tagId
    ? sql`from conversation_tag x ${one(sql, sql`x`)}
        where x.workspace_id = ${workspaceId} and x.tag_id = ${tagId} and x.cell = k.cell and ${page.wanted} ${page.of(sql`x`).beyond} ${page.of(sql`x`).order}`
    : sql`from conversation c where c.cell = k.cell and ${page.wanted} ${here.beyond} ${page.byPriority ? sql`order by coalesce(c.waiting_since, 'infinity'::timestamptz), c.id` : here.order}`;
  const cells =
    'cells' in of
      ? sql`select unnest(${of.cells}::bigint[]) as cell`
      : sql`
      select k.cell from pool_cell k where k.workspace_id = ${workspaceId} and ${cellConditions(sql, page.me, filter)} ${of.priority ? sql`and k.priority = ${of.priority}` : sql``}
        and (exists (select from pool_count p where p.workspace_id = ${workspaceId} and p.list_id = ${all} and p.cell = k.cell and p.n <> 0)
          or exists (select from pool_delta d where d.workspace_id = ${workspaceId} and d.list_id = ${all} and d.cell = k.cell)) ${unread}`;
  return sql<OfCell[]>`
    with cells as materialized (${cells})
    select ${page.columns}, k.cell, c.place from cells k cross join lateral (select c.*, row_number() over () as place from (select c.* ${source} limit ${page.rows(each)}) c) c
    ${here.order} limit ${page.rows(limit)}`;
}
