import type { Thread } from './state.ts';

/** So many items on either side of what is looked at stay loaded. */
const KEPT = 150;
/** Beyond so many, those further away are let go. */
const MOST = 600;

/** Lets go of items far from one that is looked at; they are read again where somebody goes there. */
export function trimThread(thread: Thread, seq: number): Thread {
  const { items } = thread;
  if (items.length <= MOST || thread.loading || thread.stale) return thread;
  const at = items.findIndex((item) => item.seq >= seq);
  if (at < 0) return thread;
  const from = Math.max(0, at - KEPT);
  const to = Math.min(items.length, at + KEPT);
  const first = items[from];
  const last = items[to - 1];
  return {
    ...thread,
    items: items.slice(from, to),
    before: from > 0 && first ? { around: first.id } : thread.before,
    after: to < items.length && last ? { around: last.id } : thread.after,
  };
}
