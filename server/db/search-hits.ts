/** The index of the search: what stands in it for a template, the newest slices first. */
import { SLICE } from '../domain/search.ts';
import type { Sql, Transaction } from './connect.ts';
import type { Family } from './search-index.ts';

/** An entry, and its place in the order of the search. */
export interface Spot { slice: number; at: Date; id: string }
export interface Hit extends Spot { kind: 'message' | 'note' | 'subject' | 'contact' }

export interface Wanted {
  family: Family;
  template: string;
  /** ISO 8601 */
  before: string | null;
  after: string | null;
}

/** How many slices each further round looks into: a common word is found in the first, a rare one in few rounds. */
const ROUNDS = [1, 4, 32, 256];
/** Where a page ends its work, full or not: so many slices were looked into. The next one goes on from there. */
export const MOST_SLICES = 1_024;

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
  sql: Sql | Transaction, workspaceId: string, wanted: Wanted, from: Spot | null, first: number, signal?: AbortSignal,
): AsyncGenerator<{ hits: Hit[]; next: Spot | null }> {
  const { family, template } = wanted;
  const before = wanted.before ?? EVER.before;
  const after = wanted.after ?? EVER.after;
  let spot = from ?? TOP;
  let many = first;
  const slices = await sql<{ id: number }[]>`
    select id from search_slice where workspace_id = ${workspaceId} and family = ${family} and id <= ${spot.slice} and from_at < ${before} and to_at >= ${after}
    order by id desc limit ${MOST_SLICES + 1}`;
  let left = slices.slice(0, MOST_SLICES).map(({ id }) => id);
  const beyond = slices[MOST_SLICES]?.id ?? null;
  for (let round = 0; left.length > 0; ) {
    signal?.throwIfAborted();
    const looked = left.slice(0, ROUNDS[Math.min(round, ROUNDS.length - 1)]);
    const hits = await untilAborted(sql<Hit[]>`
      select s.id as slice, e.id, e.kind, e.at from unnest(${looked}::int[]) as s(id) cross join lateral (
        select e.id, e.kind, e.at from search_entry e
        where e.words @@ replace(${template}::text, ${SLICE}, s.id || '/')::tsquery and e.slice = s.id and e.at < ${before} and e.at >= ${after}
          and (s.id < ${spot.slice} or (e.at, e.id) < (${spot.at}::timestamptz, ${spot.id}::uuid))
        order by e.at desc, e.id desc limit ${many}) e
      order by s.id desc, e.at desc, e.id desc limit ${many}`, signal);
    const last = hits.at(-1);
    if (last && hits.length === many) {
      spot = { slice: last.slice, at: last.at, id: last.id };
      left = left.slice(left.indexOf(last.slice));
      many = Math.min(many * 4, MOST_AT_ONCE);
    } else {
      left = left.slice(looked.length);
      spot = { ...TOP, slice: left[0] ?? beyond ?? 0 };
      round += 1;
    }
    yield { hits, next: left.length > 0 || beyond !== null ? spot : null };
  }
}
