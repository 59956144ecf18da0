import { z } from 'zod';
import type { ConversationFilter, ConversationsQuery, Counts } from '../contract/conversation.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Sql } from '../db/connect.ts';
import { countPool, resolveConversation } from '../db/pool.ts';
import { SearchBusy } from '../db/search-budget.ts';
import { searchPool } from '../db/search.ts';
import type { SearchPlace } from '../db/search-page.ts';
import { findInConversation } from '../db/search-thread.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

const Way = z.union([
  z.enum(['top', 'end']),
  z.object({
    slice: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1),
    at: z.iso.datetime({ precision: 3 }),
    id: z.guid(),
    conversationId: z.uuid().optional(),
  }),
]);
const Place: z.ZodType<SearchPlace> = z.object({ people: Way, texts: Way, mistyped: Way });

/** Runs within what searching may take. Who comes when too many search already is told to come back. */
async function within<T>(deps: ApiDeps, workspaceId: string, signal: AbortSignal, work: (sql: Sql) => Promise<T>): Promise<T> {
  try {
    return await deps.search.run(workspaceId, signal, work);
  } catch (error) {
    if (error instanceof SearchBusy)
      throw new ProblemError('unavailable', 'Too many search at the moment. Try again shortly.', { headers: { 'Retry-After': '1' }, cause: error });
    if (signal.aborted) throw new ProblemError('unavailable', 'The search was given up.', { cause: error });
    throw error;
  }
}

/** How many conversations a search finds, among those of a filter. */
export const countSearched = (
  deps: ApiDeps,
  { workspaceId, operatorId, filter, signal }: { workspaceId: string; operatorId: string; filter: ConversationFilter; signal: AbortSignal },
): Promise<Counts> => within(deps, workspaceId, signal, (sql) => countPool(sql, workspaceId, operatorId, filter, signal));

/** A page of the pool in which words stand. It is in the order in which they were found, whatever the sort of the pool. */
export async function searchedPage(
  deps: ApiDeps,
  asked: { workspaceId: string; operatorId: string; query: ConversationsQuery; signal: AbortSignal },
): Promise<{ items: Awaited<ReturnType<typeof searchPool>>['items']; nextCursor: string | null }> {
  const {
    workspaceId,
    operatorId,
    signal,
    query: { limit, cursor, sort: _sort, ...filter },
  } = asked;
  const after = decodeCursor(Place, cursor);
  const { items, next } = await within(deps, workspaceId, signal, (sql) => searchPool(sql, workspaceId, operatorId, { filter, after, limit, signal }));
  return { items, nextCursor: next && encodeCursor(next) };
}

export function searchRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.findInConversation, async ({ sql, workspaceId, params, query, signal }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    return { items: await within(deps, workspaceId, signal, (own) => findInConversation(own, workspaceId, id, query.q)) };
  });
}
