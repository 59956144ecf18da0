import type { Conversation, SharedConversation } from '../../server/contract/conversation.ts';
import { compare, matches, type PoolFilter } from './filter.ts';
import { followMerge } from './merges.ts';
import { putWorking } from './reduce-passing.ts';
import { unreadOf } from './select.ts';
import { ApiProblem } from './problem.ts';
import { emptyThread, type Expected, type Match, type Pool, type State } from './state.ts';

interface Page {
  readonly items: readonly Conversation[];
  readonly nextCursor: string | null;
}
type Known = SharedConversation & { readonly unread?: number };

/**
 * Takes conversations in, the newer version of each kept, and puts them where they belong in every loaded pool.
 *
 * @param now milliseconds since 1970
 * @param asked the tick at which the answer was asked for: a read mark that came since is newer than the answer's.
 */
export function putConversations(state: State, conversations: readonly Known[], now: number, asked = state.tick): State {
  return place(
    taken(state, conversations, now, asked),
    conversations.map(({ id }) => id),
    state,
  );
}

function taken(state: State, conversations: readonly Known[], now: number, asked: number): State {
  const newer = conversations.filter(({ id, version }) => version >= (state.conversations.get(id)?.version ?? 0));
  const marks = conversations.flatMap(({ id, unread, inboundCount }) => {
    if (unread === undefined) return [];
    const known = state.reads.get(id);
    return known && known.tick > asked ? [] : [[id, { count: inboundCount - unread, tick: asked }] as const];
  });
  const expected = { ...state.expected };
  for (const one of newer) if (expected[one.id]) expected[one.id] = { ...expected[one.id]!, truth: shared(one) };
  const next = {
    ...state,
    expected,
    conversations: state.conversations.withAll(newer.map((one) => [one.id, asExpected(expected[one.id]) ?? shared(one)] as const)),
    drafts: state.drafts.withAll(
      newer.flatMap(({ draft }) => (draft && draft.version >= (state.drafts.get(draft.id)?.version ?? 0) ? [[draft.id, draft] as const] : [])),
    ),
    reads: state.reads.withAll(marks),
  };
  return newer.reduce((before, one) => followMerge(putWorking(before, one.id, one.working, now), one, state.conversations.get(one.id)), next);
}

const asExpected = (expected: Expected | undefined): SharedConversation | undefined =>
  expected?.changes.reduce((conversation, change) => change(conversation), expected.truth);

/** A conversation without what is only expected of it. */
export const truthOf = (state: State, id: string): SharedConversation | undefined => state.expected[id]?.truth ?? state.conversations.get(id);

/** Shows a conversation as these changes will make it, and goes on doing so until they are settled; none: as it is. */
export function expect(state: State, id: string, changes: Expected['changes'], now: number): State {
  const truth = truthOf(state, id);
  if (!truth) return state;
  const { [id]: _settled, ...others } = state.expected;
  return putConversations({ ...state, expected: changes.length > 0 ? { ...others, [id]: { truth, changes } } : others }, [truth], now);
}

/** Only what all operators share is kept; what one has read of it stands apart. */
function shared({
  unread: _unread,
  match: _match,
  mergedFrom: _mergedFrom,
  ...rest
}: Known & { readonly match?: Match; readonly mergedFrom?: string }): SharedConversation {
  return rest;
}

/** What was erased is in no list any more; where it is open, it is not to be found. */
export function drop(state: State, id: string): State {
  const without = Object.entries(state.pools).map(
    ([key, pool]) => [key, pool.ids.includes(id) ? { ...pool, ids: pool.ids.filter((one) => one !== id) } : pool] as const,
  );
  let { drafts } = state;
  for (const [draftId, { conversationId }] of drafts.entries()) if (conversationId === id) drafts = drafts.without(draftId);
  const threads = state.threads[id] ? { ...state.threads, [id]: { ...emptyThread, problem: new ApiProblem('not_found', 404, '') } } : state.threads;
  return { ...state, drafts, threads, pools: Object.fromEntries(without), conversations: state.conversations.without(id) };
}

/** Takes in how far the operator has read a conversation. */
export function putReadMark(state: State, id: string, count: number): State {
  const tick = state.tick + 1;
  return place({ ...state, tick, reads: state.reads.with(id, { count, tick }) }, [id], state);
}

/**
 * Puts conversations where they belong in every loaded pool. One whose unread number is not known yet is not placed.
 *
 * @param before the state in which the pools were in order: where a row stood is found by what it was then
 * @param except a pool that has them in their places already
 */
export function place(state: State, ids: readonly string[], before: State, except?: string): State {
  let pools = state.pools;
  for (const [key, pool] of Object.entries(state.pools)) {
    if (!pool.loaded || key === except) continue;
    const gone = movedOf(state, before, pool, ids);
    // A long list is copied once, however many move in it.
    let order = gone.size > 0 && pool.ids.some((id) => gone.has(id)) ? pool.ids.filter((id) => !gone.has(id)) : pool.ids;
    for (const id of ids) order = placeOne(state, before, pool, order, id, gone.has(id));
    if (order !== pool.ids) pools = { ...pools, [key]: { ...pool, ids: order } };
  }
  return pools === state.pools ? state : { ...state, pools };
}

/** Where several change, those that move leave first: among rows that are out of order no place can be found, for one that is new no more than for another that moved. */
function movedOf(state: State, before: State, { filter }: Pool, ids: readonly string[]): ReadonlySet<string> {
  if (ids.length < 2 || filter.q) return none;
  return new Set(
    ids.filter((id) => {
      const [was, is] = [before.conversations.get(id), state.conversations.get(id)];
      return was && is && compare(filter.sort, was, is) !== 0;
    }),
  );
}

const none: ReadonlySet<string> = new Set();

/** The filter of a pool, as its rows meet it. */
export const filterNow = ({ filter, contactId }: Pool): PoolFilter => (contactId ? { ...filter, contactId } : filter);

/** The list with one in its place. `left`: it is not among `ids`, though it may have been. What is answered may be `ids` itself, changed, where that is no longer the pool's own. */
function placeOne(state: State, before: State, pool: Pool, ids: readonly string[], id: string, left: boolean): readonly string[] {
  const conversation = state.conversations.get(id);
  if (!conversation || !state.reads.get(id)) return ids;
  const at = left ? -1 : placeOf(before, pool, ids, id);
  const belongs = matches(filterNow(pool), conversation, { operatorId: state.me?.id, unread: unreadOf(state, id) });
  const { filter, edge, nextCursor } = pool;
  // Only the server finds words, and ranks what it found: what stands there stays in its place.
  const to = filter.q ? at : placeFor(state, pool, ids, conversation, at);
  // What comes after the last page is not known; whatever comes before its end is all there.
  const below = !filter.q && to === ids.length - (at < 0 ? 0 : 1) && nextCursor !== null && (edge ? compare(filter.sort, conversation, edge) > 0 : at < 0);
  const stays = belongs && !below;
  if (stays ? to === at : at < 0) return ids;
  const moved = ids === pool.ids ? ids.slice() : (ids as string[]);
  if (at >= 0) moved.splice(at, 1);
  if (stays) moved.splice(to, 0, id);
  return moved;
}

/** Where a conversation stands; -1 where it does not. */
function placeOf(before: State, pool: Pool, ids: readonly string[], id: string): number {
  const was = before.conversations.get(id);
  const at = was && !pool.filter.q ? placeFor(before, pool, ids, was) : -1;
  return ids[at] === id ? at : ids.indexOf(id);
}

/** Where a conversation belongs among others in order (binary search), where the one at `without` is left out. */
function placeFor(state: State, pool: Pool, ids: readonly string[], conversation: SharedConversation, without = -1): number {
  let low = 0;
  let high = ids.length - (without < 0 ? 0 : 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = state.conversations.get(ids[without < 0 || middle < without ? middle : middle + 1] ?? '');
    if (other && compare(pool.filter.sort, other, conversation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes in a page of a pool: the first one replaces what stood there, a further one is added. */
export function putPage(state: State, key: string, page: Page, first: boolean, now: number, asked: number): State {
  const pool = state.pools[key];
  if (!pool) return state;
  const before = first ? [] : pool.ids;
  const known = new Set(before);
  const ids = [...new Set([...before, ...page.items.map(({ id }) => id)])];
  const found = { ...(first ? {} : pool.found) };
  for (const { id, match } of page.items) if (match) found[id] = match;
  const last = page.items.at(-1);
  const edge = page.nextCursor !== null && last ? shared(last) : undefined;
  const contactId = pool.filter.contactId && (last?.contact.id ?? pool.contactId);
  const pools = {
    ...state.pools,
    [key]: { ...pool, contactId, ids, found, nextCursor: page.nextCursor, edge, loaded: true, loading: false, problem: undefined },
  };
  const next = taken({ ...state, pools }, page.items, now, asked);
  const elsewhere = place(
    next,
    page.items.map(({ id }) => id),
    state,
    key,
  );
  // What the stream brought since the answer was made may stand elsewhere by now, and so may what stood here before the answer.
  const stood = page.items.flatMap((one): (readonly [string, SharedConversation])[] => {
    const was = known.has(one.id) ? state.conversations.get(one.id) : undefined;
    return was || (next.conversations.get(one.id)?.version ?? 0) > one.version ? [[one.id, was ?? shared(one)]] : [];
  });
  return place(
    elsewhere,
    stood.map(([id]) => id),
    { ...next, conversations: next.conversations.withAll(stood) },
  );
}
