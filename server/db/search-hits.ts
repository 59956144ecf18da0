/** The index of the search: what stands in it for a template, the newest slices first. */
import type postgres from 'postgres';
import { SLICE } from '../domain/search.ts';
import type { Sql, Transaction } from './connect.ts';
import { PARTS } from './search-slices.ts';
import type { Family } from './search-slices.ts';

type Fragment = postgres.Fragment;

/** An entry, and its place in the order of the search. */
export interface Spot {
  slice: number;
  at: Date;
  id: string;
}
export interface Hit extends Spot {
  kind: 'message' | 'note' | 'subject' | 'contact';
}

export interface Wanted {
  family: Family;
  template: string;
  /** The same for the words of whole slices: without those that are refused, which others in it may have. */
  within: string;
  /** ISO 8601 */
  before: string | null;
  after: string | null;
}

/** Slices that are looked into whatever their words: the open one, and the last ones that are full. */
const NEWEST = 4;
/** Where a page ends its work, full or not: so many spans were looked into. The next one goes on from there. */
const MOST_SPANS = 4;

/** Nothing that is searched is from outside these. */
const EVER = { before: '9999-12-31T00:00:00.000Z', after: '0001-01-01T00:00:00.000Z' };
const TOP: Spot = { slice: 2 ** 31 - 1, at: new Date(EVER.before), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Entries of one step, at most. */
const MOST_AT_ONCE = 512;

/** Aborting ends a query that runs. */
async function untilAborted<T>(query: Promise<T> & { cancel(): void }, signal: AbortSignal | undefined): Promise<T> {
  const stop = (): void => query.cancel();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await query;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Walks the entries that a template finds, the newest first.
 * @param from behind this one; null from the top
 * @param first entries of the first step; where more are wanted, the further steps are larger
 * @yields entries in order, and where the walk has come to: null at its end. Nobody has to take all of them.
 */
export async function* walk(
  sql: Sql | Transaction,
  workspaceId: string,
  wanted: Wanted,
  from: Spot | null,
  first: number,
  signal?: AbortSignal,
): AsyncGenerator<{ hits: Hit[]; next: Spot | null }> {
  const { family, template, within } = wanted;
  const before = wanted.before ?? EVER.before;
  const after = wanted.after ?? EVER.after;
  let spot = from ?? TOP;
  let many = first;
  const mine = sql`x.workspace_id = ${workspaceId} and x.family = ${family} and x.from_at < ${before} and x.to_at >= ${after}`;
  const hitsIn = (slices: Fragment): Fragment => sql`
    select s.id as slice, e.id, e.kind, e.at from (${slices} order by id desc) s cross join lateral (
      select e.id, e.kind, e.at from search_entry e
      where e.words @@ replace(${template}::text, ${SLICE}, s.id || '/')::tsquery and e.slice = s.id and e.at < ${before} and e.at >= ${after}
        and (s.id < ${spot.slice} or (e.at, e.id) < (${spot.at}::timestamptz, ${spot.id}::uuid))
      order by e.at desc, e.id desc limit ${many}) e
    order by s.id desc, e.at desc, e.id desc limit ${many}`;
  // Where they ended and whether there are more before, and a row without an entry where there was none.
  const ends = (last: Fragment): Fragment =>
    sql`(select l.last, exists (select from search_slice x where ${mine} and x.id < l.last) as more from (${last}) l where l.last is not null offset 0) n`;
  const newest = (): Fragment => sql`
    select n.last, n.more, h.* from ${ends(sql`select min(id) as last from (select x.id from search_slice x where ${mine} and x.id <= ${spot.slice} order by x.id desc limit ${NEWEST}) x`)}
    left join lateral (${hitsIn(sql`select x.id from search_slice x where ${mine} and x.id <= ${spot.slice} and x.id >= n.last`)}) h on true`;
  const ofSpan = (): Fragment => sql`
    select n.last, n.more, h.* from ${ends(sql`select x.span as last from search_slice x where ${mine} and x.id <= ${spot.slice} order by x.id desc limit 1`)}
    left join lateral (${hitsIn(sql`select x.id from search_slice x where ${mine} and x.span = n.last and x.id <= ${spot.slice} and (x.digested < ${PARTS}
      or x.id = any((select search_slices_with(replace(${within}::text, ${SLICE}, n.last || '/')))::int[]))`)}) h on true`;
  for (let spans = 0, near = true; ; ) {
    signal?.throwIfAborted();
    const rows = await untilAborted(sql<({ last: number; more: boolean } & (Hit | { id: null }))[]>`${near ? newest() : ofSpan()}`, signal);
    const hits = rows.filter((row) => row.id !== null);
    const end = hits.at(-1);
    let next: Spot | null;
    if (end && hits.length === many) {
      next = { slice: end.slice, at: end.at, id: end.id };
      many = Math.min(many * 4, MOST_AT_ONCE);
    } else {
      next = rows[0]?.more ? { ...TOP, slice: rows[0].last - 1 } : null;
      if (!near) spans += 1;
      near = false;
    }
    yield { hits, next };
    if (next === null || spans === MOST_SPANS) return;
    spot = next;
  }
}
