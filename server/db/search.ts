/** Searching the pool: pages of conversations as one operator sees them, and the ids of all that are found. */
import type { Conversation } from '../contract/conversation.ts';
import type { Sql, Transaction } from './connect.ts';
import { conversationViews } from './conversation-view.ts';
import type { Filter } from './pool-filter.ts';
import { matchesOf } from './search-match.ts';
import { Search } from './search-page.ts';
import type { SearchPlace } from './search-page.ts';

/** Conversations at a time, where only their ids are wanted. */
const STEP = 200;

interface SearchWanted {
  filter: Filter;
  after: SearchPlace | null;
  limit: number;
  /** Aborting ends it, also while the database is at it. */
  signal?: AbortSignal;
}

/**
 * A page of what a search finds, as one operator sees it. Each conversation comes once. Its work is bounded: a page may be
 * shorter than was asked for, even empty, while `next` says that it goes on further back.
 */
export async function searchPool(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  { filter, after, limit, signal }: SearchWanted,
): Promise<{ items: Conversation[]; next: SearchPlace | null }> {
  const search = new Search(sql, workspaceId, operatorId, filter, filter.q ?? '', limit, signal);
  const next = await search.page(after && { ...after });
  signal?.throwIfAborted();
  const [views, matches] = await Promise.all([
    conversationViews(
      sql,
      workspaceId,
      search.found.map(({ conversationId }) => conversationId),
    ),
    matchesOf(sql, workspaceId, search.query, search.found),
  ]);
  const items = search.found.flatMap(({ conversationId, read }) => {
    const view = views.get(conversationId);
    const match = matches.get(conversationId);
    return view ? [{ ...view, unread: Math.max(0, view.inboundCount - read), ...(match ? { match } : {}) }] : [];
  });
  return { items, next };
}

/**
 * Ids of the conversations that a search finds; `all`: there are no others.
 * @param most how many at most
 * @param bounds.ms no further page is begun after so many milliseconds
 * @param bounds.signal aborting ends it
 */
export async function searchIds(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  filter: Filter,
  most: number,
  { ms = Number.POSITIVE_INFINITY, signal }: { ms?: number; signal?: AbortSignal | undefined } = {},
): Promise<{ ids: string[]; all: boolean }> {
  const began = performance.now();
  const ids = new Set<string>();
  let place: SearchPlace | null = null;
  do {
    const search: Search = new Search(sql, workspaceId, operatorId, filter, filter.q ?? '', Math.min(STEP, most - ids.size), signal);
    place = await search.page(place);
    for (const { conversationId } of search.found) ids.add(conversationId);
  } while (place !== null && ids.size < most && performance.now() - began < ms);
  return { ids: [...ids], all: place === null };
}
