import { keyOf } from '../store/filter.ts';
import { conversationOf, unreadOf, workingOf } from '../store/select.ts';
import type { Pool, State } from '../store/state.ts';
import { shallow } from '../ui/select.ts';
import type { Row } from './pool-row.ts';
import type { PoolRows } from './pool-rows.ts';

/** As much of the state as the pool draws: the list that is looked at, the rows in sight, and what else stands round them. */
export interface Slice {
  readonly pool?: Pool;
  readonly rows: readonly (Row | undefined)[];
  readonly about: readonly unknown[];
}

/** Equal when the list and every row that is drawn are. */
export const same = (one: Slice, other: Slice): boolean =>
  one.pool === other.pool &&
  one.rows.length === other.rows.length &&
  one.rows.every((row, at) => shallow(row, other.rows[at])) &&
  shallow(one.about, other.about);

/** What is drawn of a list. */
export function sliceOf(now: State, filter: Pool['filter'], rows: PoolRows): Slice {
  const pool = now.pools[keyOf(filter)];
  const asked = new Map(
    Object.values(now.transfers).flatMap((one) => (one.status === 'pending' && one.to.id === now.me?.id ? [[one.conversationId, one.from.name] as const] : [])),
  );
  const drawn = rows.indices().map((at): Row | undefined => {
    const id = rows.shown[at] ?? '';
    const conversation = conversationOf(now, id);
    if (!conversation) return undefined;
    return {
      conversation,
      unread: unreadOf(now, id),
      working: workingOf(now, id),
      unsent: now.unsent[id]?.reply || undefined,
      match: pool?.found[id],
      askedBy: asked.get(id),
    };
  });
  return { pool, rows: drawn, about: [now.counts, now.lists, now.notifications, now.transfers, now.me?.id, now.connection] };
}
