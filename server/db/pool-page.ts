/**
 * A page of the pool, found by index whatever its size. First the list that is likely the shortest among those of the
 * filter is walked in the order of the sort, for a bounded number of rows; where those do not fill the page, the cells that
 * the filter covers are known, and each is read from its own beginning.
 */
import type postgres from 'postgres';
import type { Sql, Transaction } from './connect.ts';
import { contactNow } from './contacts.ts';
import { cellConditions, conditions, readCount } from './pool-filter.ts';
import type { Filter, PoolCursor } from './pool-filter.ts';

/** One conversation's place in a page. */
export interface Placed {
  id: string;
  /** How many inbound messages the operator has read. */
  read: number;
  lastActivityAt: Date;
  priorityRank: number;
  /** `waiting_since` with all its digits, or `infinity`. */
  since: string;
}

export interface PageQuery {
  filter: Filter;
  sort: 'activity' | 'priority';
  after: PoolCursor | null;
  /** Rows, at most. */
  limit: number;
  /** Rows of a list that are looked at before the cells are asked. */
  walked?: number;
}

const WALKED = 500;
/** Whoever looks for what it has not read passes over what it has: as much as a person reads. */
const WALKED_UNREAD = 10_000;
/** Rows of one cell that are read before more are. */
const FEW_OF_CELL = 12;
const STATUSES = ['open', 'closed', 'archived'] as const;
const RANKS = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

type Fragment = postgres.Fragment;

/** What a page's queries are made of. */
class Page {
  readonly me: string;
  readonly byPriority: boolean;

  constructor(
    readonly sql: Sql | Transaction,
    readonly workspaceId: string,
    operatorId: string,
    readonly query: PageQuery,
    readonly tagId: string | null,
  ) {
    this.me = operatorId;
    this.byPriority = query.sort === 'priority';
  }

  /** Written out: a planner that is told only later how few rows are wanted would rather sort them all. */
  rows = (many: number): Fragment => this.sql.unsafe(String(many)) as unknown as Fragment;

  get statuses(): readonly string[] {
    const { status = 'open' } = this.query.filter;
    return status === 'any' ? STATUSES : [status];
  }

  /** What the filter asks for beside the tag, over `conversation c`. */
  get wanted(): Fragment {
    const { tag: _tag, ...filter } = this.query.filter;
    return conditions(this.sql, this.workspaceId, this.me, filter);
  }

  /** The same with the tag, where it is not the tag's own list that is read; a value, for of an `exists` a planner would make a table of all that carry it. */
  get wantedAll(): Fragment {
    const { sql, wanted, tagId } = this;
    return tagId
      ? sql`${wanted} and (select true from conversation_tag x where x.workspace_id = c.workspace_id and x.conversation_id = c.id and x.tag_id = ${tagId})`
      : wanted;
  }

  get columns(): Fragment {
    const { sql } = this;
    return sql`c.id, c.last_activity_at, c.priority_rank, coalesce(c.waiting_since, 'infinity'::timestamptz)::text as since, ${readCount(sql, this.workspaceId, this.me)} as read`;
  }

  /** Order and beginning, over columns of these names. */
  order(activity: Fragment, since: Fragment, id: Fragment): Fragment {
    const { sql } = this;
    return this.byPriority ? sql`order by priority_rank, ${since}, ${id}` : sql`order by ${activity} desc, ${id} desc`;
  }

  beyond(alias: Fragment, activity: Fragment, since: Fragment, id: Fragment): Fragment {
    const {
      sql,
      query: { after },
    } = this;
    if (!after) return sql``;
    return after.sort === 'priority'
      ? sql`and (${alias}.priority_rank, ${since}, ${id}) > (${after.rank}::smallint, ${after.since}::text::timestamptz, ${after.id}::uuid)`
      : sql`and (${activity}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  }

  get here() {
    const { sql } = this;
    const at = [sql`c.last_activity_at`, sql`coalesce(c.waiting_since, 'infinity'::timestamptz)`, sql`c.id`] as const;
    return { order: this.order(...at), beyond: this.beyond(sql`c`, ...at) };
  }

  /** The same of a list's own copies of conversations. */
  of(copy: Fragment) {
    const { sql } = this;
    const at = [sql`${copy}.last_activity_at`, sql`${copy}.waiting`, sql`${copy}.conversation_id`] as const;
    return { order: this.byPriority ? sql`order by ${copy}.priority_rank, ${at[1]}, ${at[2]}` : this.order(...at), beyond: this.beyond(copy, ...at) };
  }
}

/**
 * @returns at most `limit` conversations in the order of the sort, behind the cursor
 */
export async function poolPage(sql: Sql | Transaction, workspaceId: string, operatorId: string, query: PageQuery): Promise<Placed[]> {
  const tagId = query.filter.tag ? await tagOf(sql, workspaceId, query.filter.tag) : null;
  if (query.filter.tag && !tagId) return [];
  const page = new Page(sql, workspaceId, operatorId, query, tagId);
  if (query.filter.contactId) return ofContact(page);
  const few = page.byPriority && isFew(page) ? await all(page) : null;
  if (few) return few;
  const ofRead = query.filter.unread === false;
  // What has been read is nowhere near the most urgent: its own list has it at once.
  const walked = ofRead && page.byPriority ? null : await walk(page);
  if (walked) return walked;
  if (!ofRead) return fromCells(page);
  return [...(await cellsOf(page, query.limit, null)), ...(await fromRead(page))].toSorted(before(page.byPriority)).slice(0, query.limit);
}

/** The tag of a name; null where there is none. */
export async function tagOf(sql: Sql | Transaction, workspaceId: string, name: string): Promise<string | null> {
  const [tag] = await sql<{ id: string }[]>`select id from tag where workspace_id = ${workspaceId} and lower(name) = lower(${name})`;
  return tag?.id ?? null;
}

/** All that a contact has is little. */
const ofContact = (page: Page): Promise<Placed[]> => {
  const { sql, here } = page;
  return sql<Placed[]>`
    select ${page.columns} from (select * from conversation where workspace_id = ${page.workspaceId} and contact_id = ${contactNow(sql, page.workspaceId, page.query.filter.contactId!)} offset 0) c
    where ${page.wantedAll} ${here.beyond} ${here.order} limit ${page.rows(page.query.limit)}`;
};

/** All of a list that is in another order, where it is short. @returns null where it is not */
async function all(page: Page): Promise<Placed[] | null> {
  const {
    sql,
    workspaceId,
    here,
    query: { limit, walked = WALKED },
  } = page;
  const rows = await sql<(Placed & { place: number; hit: boolean })[]>`
    select ${page.columns}, c.place, c.hit from (
      select c.*, row_number() over () as place, (${page.wantedAll}) as hit from (
        select c.* from conversation c where c.workspace_id = ${workspaceId} and c.status = any(${page.statuses as string[]}::text[]) and c.merged_into is null ${shortest(page)} ${here.beyond} limit ${page.rows(walked)}) c) c
    where c.hit or c.place = ${page.rows(walked)}`;
  if (rows.some(({ place }) => place === walked)) return null;
  return rows
    .map(({ place: _place, hit: _hit, ...placed }) => placed)
    .toSorted(before(page.byPriority))
    .slice(0, limit);
}

/** Walks one list. @returns null where its bound came before the page was full */
async function walk(page: Page): Promise<Placed[] | null> {
  const {
    sql,
    tagId,
    query: { limit, filter, walked = filter.unread && !page.byPriority ? WALKED_UNREAD : WALKED },
  } = page;
  const slices = page.statuses.map((status) => sql`(${slice(page, status)} limit ${page.rows(walked)})`);
  const order = page.byPriority ? sql`order by at_rank, at_waiting, at_id` : sql`order by at desc, at_id desc`;
  const list =
    slices.length === 1
      ? slices[0]!
      : sql`(select * from (${slices.reduce((all, one) => sql`${all} union all ${one}`)}) c ${order} limit ${page.rows(walked)})`;
  const rows = await sql<(Placed & { place: number; hit: boolean })[]>`
    select ${page.columns}, c.place, c.hit from (select c.*, row_number() over () as place, (${tagId && !walksFew(page) ? page.wanted : page.wantedAll}) as hit from ${list} c) c
    where c.hit or c.place = ${page.rows(walked)} limit ${page.rows(limit + 1)}`;
  const hits = rows
    .filter((row) => row.hit)
    .slice(0, limit)
    .map(({ place: _place, hit: _hit, ...placed }) => placed);
  return hits.length < limit && rows.at(-1)?.place === walked ? null : hits;
}

/**
 * The list that is walked, of one status: by priority there is one, by activity the one that tends to be the shortest. Each
 * row names its place in the order, as its index does: several are merged as they are read.
 */
function slice(page: Page, status: string): Fragment {
  const {
    sql,
    workspaceId,
    tagId,
    here,
    query: { filter },
  } = page;
  const urgency = (row: Fragment) => (page.byPriority && filter.priority ? sql`and ${row}.priority_rank = ${RANKS[filter.priority]}` : sql``);
  if (tagId && !walksFew(page)) {
    const of = page.of(sql`x`);
    return sql`select c.*, x.last_activity_at as at, x.priority_rank as at_rank, x.waiting as at_waiting, x.conversation_id as at_id from conversation_tag x ${one(sql, sql`x`)}
      where x.workspace_id = ${workspaceId} and x.tag_id = ${tagId} and x.status = ${status} and x.cell is not null ${urgency(sql`x`)} ${of.beyond} ${of.order}`;
  }
  return sql`select c.*, c.last_activity_at as at, c.priority_rank as at_rank, coalesce(c.waiting_since, 'infinity'::timestamptz) as at_waiting, c.id as at_id from conversation c
    where c.workspace_id = ${workspaceId} and c.status = ${status} and c.merged_into is null ${page.byPriority ? urgency(sql`c`) : shortest(page)} ${here.beyond} ${here.order}`;
}

/** Whether the filter names what there is never much of: fewer than carry a tag. */
const walksFew = (page: Page): boolean => isFew(page) && !page.byPriority;
const isFew = ({
  query: {
    filter: { draftPending, handedOff, snoozed, assigneeId },
  },
}: Page): boolean => Boolean(draftPending || handedOff || snoozed || assigneeId === 'me');

/** The conversation of each row, one by one, in the rows' order: a planner that joined them otherwise would sort them all. */
const one = (sql: Sql | Transaction, row: Fragment): Fragment =>
  sql`cross join lateral (select * from conversation where workspace_id = ${row}.workspace_id and id = ${row}.conversation_id offset 0) c`;

function shortest({ sql, me, query: { filter } }: Page): Fragment {
  const { draftPending, handedOff, snoozed, assigneeId, requiresAction, agentId, departmentId, channel } = filter;
  if (draftPending) return sql`and c.draft_id is not null`;
  if (handedOff) return sql`and c.handoff_at is not null`;
  if (snoozed) return sql`and c.snoozed_by is not null`;
  if (assigneeId && assigneeId !== 'none') return sql`and c.assignee_id = ${assigneeId === 'me' ? me : assigneeId}`;
  if (requiresAction) return sql`and c.requires_action`;
  if (agentId && agentId !== 'none') return sql`and c.agent_id = ${agentId}`;
  if (departmentId && departmentId !== 'none') return sql`and c.department_id = ${departmentId}`;
  if (channel) return sql`and c.channel = ${channel}`;
  if (agentId) return sql`and c.agent_id is null`;
  if (departmentId) return sql`and c.department_id is null`;
  if (assigneeId) return sql`and c.assignee_id is null`;
  return sql``;
}

/** The beginning of each cell that the filter covers. By priority, the more urgent ones first, as long as the page is not full. */
async function fromCells(page: Page): Promise<Placed[]> {
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
async function cellsOf(page: Page, limit: number, priority: string | null): Promise<Placed[]> {
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

/** What the operator has read to the end: as long as it has read, never as long as the pool. */
async function fromRead(page: Page): Promise<Placed[]> {
  const {
    sql,
    workspaceId,
    here,
    query: { limit, filter },
  } = page;
  const of = page.of(sql`r`);
  const urgency = filter.priority && page.byPriority ? sql`and r.priority_rank = ${RANKS[filter.priority]}` : sql``;
  const slices = page.statuses.map(
    (status) => sql`(select c.* from read_mark r ${one(sql, sql`r`)}
    where r.workspace_id = ${workspaceId} and r.operator_id = ${page.me} and r.status = ${status} and r.caught_up ${urgency} and ${page.wantedAll} ${of.beyond} ${of.order} limit ${page.rows(limit)})`,
  );
  return sql<Placed[]>`select ${page.columns} from (${slices.reduce((all, one) => sql`${all} union all ${one}`)}) c ${here.order} limit ${page.rows(limit)}`;
}

/** The order of the sort; of times, text and all, as Postgres writes them. */
const before =
  (byPriority: boolean) =>
  (one: Placed, other: Placed): number => {
    const id = one.id < other.id ? -1 : 1;
    if (!byPriority) return other.lastActivityAt.getTime() - one.lastActivityAt.getTime() || -id;
    const waits = (placed: Placed) => (placed.since === 'infinity' ? Infinity : Date.parse(placed.since));
    return one.priorityRank - other.priorityRank || (waits(one) === waits(other) ? 0 : waits(one) - waits(other)) || id;
  };
