import type { BulkConversations } from '../../server/contract/conversation.ts';
import type { z } from 'zod';
import { queryOf, type PoolFilter } from '../store/filter.ts';
import { number } from '../ui/time.ts';

type Bulk = z.input<typeof BulkConversations>;
/** What a bulk change sets. */
export type BulkSet = Bulk['set'];

/** Which conversations are chosen to be changed together: some by hand, or all that meet the filter. */
export interface Picks {
  readonly ids: ReadonlySet<string>;
  /** All that meet the filter, also those that are not loaded. */
  readonly everything: boolean;
  /** Where a range begins. */
  readonly anchor?: string;
}

/** How many conversations meet a filter; of what is searched for, at least so many where there are `more`. */
export interface Found {
  readonly n: number;
  readonly more: boolean;
}

/** The most that one change covers: the newest of them. */
const MOST = 10_000;

export const noPicks: Picks = { ids: new Set(), everything: false };

/** Chooses or lets go of one; with `range`, of all between it and the last one that was touched. */
export function toggled(picks: Picks, shown: readonly string[], id: string, range: boolean): Picks {
  const ids = new Set(picks.everything ? shown : picks.ids);
  const on = !ids.has(id);
  const from = range && picks.anchor !== undefined ? shown.indexOf(picks.anchor) : -1;
  const to = shown.indexOf(id);
  const touched = from < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const one of touched) {
    if (on) ids.add(one);
    else ids.delete(one);
  }
  return { ids, everything: false, anchor: id };
}

/** Chooses all between where the choice began and a row, and lets go of what an earlier such step chose beyond it. */
export function ranged(picks: Picks, shown: readonly string[], from: string, to: string): Picks {
  const anchor = picks.anchor ?? from;
  const between = (end: string): readonly string[] => {
    const places = [shown.indexOf(anchor), shown.indexOf(end)];
    return shown.slice(Math.min(...places), Math.max(...places) + 1);
  };
  const ids = new Set(picks.everything ? shown : picks.ids);
  if (picks.anchor !== undefined) for (const id of between(from)) ids.delete(id);
  for (const id of between(to)) ids.add(id);
  return { ids, everything: false, anchor };
}

/** True when a row shows its mark. */
export const isPicked = (picks: Picks, id: string): boolean => picks.everything || picks.ids.has(id);

/** How many a change of what is chosen covers, also as it is shown. */
export function covered({ ids, everything }: Picks, found: Found | undefined, tag: string): { n: number; shown: string } {
  const n = everything && found ? Math.min(found.n, MOST) : ids.size;
  return { n, shown: `${number(tag, n)}${everything && found?.more ? '+' : ''}` };
}

/** The request for a bulk change of what is chosen. */
export function bulkOf(picks: Picks, filter: PoolFilter, set: BulkSet): Bulk {
  if (!picks.everything) return { ids: [...picks.ids], set };
  const { sort: _sort, ...asked } = queryOf(filter);
  return { filter: asked as NonNullable<Bulk['filter']>, set };
}
