import type { SharedConversation } from '../../server/contract/conversation.ts';
import { withThread } from './reduce-thread.ts';
import type { State } from './state.ts';

/**
 * Where a conversation leads by now, and whether its items have other places: each merge into it and each parting gives them
 * new ones, so that what is loaded has to be read again.
 *
 * @param before how it was known until now
 */
export function followMerge(state: State, { id, mergedInto, mergeId }: SharedConversation, before: SharedConversation | undefined): State {
  let next = state;
  if (next.merged[id] !== (mergedInto ?? undefined)) {
    const { [id]: _gone, ...others } = next.merged;
    next = { ...next, merged: mergedInto ? { ...others, [id]: mergedInto } : others };
  }
  const same = !before || ((before.mergeId ?? null) === (mergeId ?? null) && (before.mergedInto ?? null) === (mergedInto ?? null));
  return same || !next.threads[id] ? next : withThread(next, id, (thread) => ({ ...thread, stale: true, replaced: true }));
}
