/** What the queries of a page of the pool are made of: what the filter asks for, the order of the sort, and where the page begins. */
import type postgres from 'postgres';
import type { Sql, Transaction } from './connect.ts';
import { conditions, readCount } from './pool-filter.ts';
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

const STATUSES = ['open', 'closed', 'archived'] as const;
/** How urgent, as rows and their indexes have it. */
export const RANKS = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

export type Fragment = postgres.Fragment;

/** What a page's queries are made of. */
export class Page {
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

/** The conversation of each row, one by one, in the rows' order: a planner that joined them otherwise would sort them all. */
export const one = (sql: Sql | Transaction, row: Fragment): Fragment =>
  sql`cross join lateral (select * from conversation where workspace_id = ${row}.workspace_id and id = ${row}.conversation_id offset 0) c`;

/** The order of the sort; of times, text and all, as Postgres writes them. */
export const before =
  (byPriority: boolean) =>
  (one: Placed, other: Placed): number => {
    const id = one.id < other.id ? -1 : 1;
    if (!byPriority) return other.lastActivityAt.getTime() - one.lastActivityAt.getTime() || -id;
    const waits = (placed: Placed) => (placed.since === 'infinity' ? Infinity : Date.parse(placed.since));
    return one.priorityRank - other.priorityRank || (waits(one) === waits(other) ? 0 : waits(one) - waits(other)) || id;
  };
