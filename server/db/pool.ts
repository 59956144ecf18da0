import type { Conversation, Counts, SharedConversation } from '../contract/conversation.ts';
import type { Sql, Transaction } from './connect.ts';
import { conversationViews } from './conversation-view.ts';
import { asCounts, keptCounts, sums } from './pool-counts.ts';
import type { CountRow } from './pool-counts.ts';
import { cellConditions, conditions, readCount } from './pool-filter.ts';
import type { Filter, PoolCursor } from './pool-filter.ts';
import { poolPage, tagOf } from './pool-page.ts';
import { searchIds } from './search.ts';

/**
 * A page of the pool, as one operator sees it; without regard to words, which the search finds.
 * @returns conversations in the order of the sort, and where the next page begins
 */
export async function listPool(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  query: { filter: Filter; sort: 'activity' | 'priority'; after: PoolCursor | null; limit: number },
): Promise<{ items: Conversation[]; next: PoolCursor | null }> {
  const { filter, sort, after, limit } = query;
  const byPriority = sort === 'priority';
  const rows = await poolPage(sql, workspaceId, operatorId, { filter, sort, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const views = await conversationViews(
    sql,
    workspaceId,
    page.map((row) => row.id),
  );
  const items = page.flatMap((row) => {
    const view = views.get(row.id);
    // Of what has come since the page was found: a number that is made of two moments would be true of neither.
    return view ? [{ ...view, unread: Math.max(0, view.inboundCount - row.read) }] : [];
  });
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next: PoolCursor | null = !last
    ? null
    : byPriority
      ? { sort: 'priority', rank: last.priorityRank, since: last.since, id: last.id }
      : { sort: 'activity', at: last.lastActivityAt.toISOString(), id: last.id };
  return { items, next };
}

/** One conversation as one operator sees it. */
export async function poolItem(sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string): Promise<Conversation | null> {
  const [views, marks] = await Promise.all([
    conversationViews(sql, workspaceId, [id]),
    sql<
      { readInboundCount: number }[]
    >`select read_inbound_count from read_mark where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = ${id}`,
  ]);
  const view: SharedConversation | undefined = views.get(id);
  return view ? { ...view, unread: Math.max(0, view.inboundCount - (marks[0]?.readInboundCount ?? 0)) } : null;
}

/** Where a conversation is now: itself, or the one that it was merged into, however often. Null where there is none. */
export async function resolveConversation(sql: Sql | Transaction, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    with recursive way as (
      select id, merged_into, 0 as depth from conversation where workspace_id = ${workspaceId} and id = ${id}
      union all select c.id, c.merged_into, way.depth + 1 from way join conversation c on c.workspace_id = ${workspaceId} and c.id = way.merged_into where way.depth < 100)
    select id from way where merged_into is null`;
  return row?.id ?? null;
}

/** Of what words find, no more are counted. */
const MOST_FOUND = 1_000;
/** Milliseconds within which they are looked for: a common word that a filter leaves little of is counted as far as that goes. */
const COUNTED_MS = 1_000;

/**
 * How many conversations a filter holds, in all and unread, by channel and by standing view. Totals are kept; only those of
 * one contact, and those in which words stand, are counted; of the latter up to a thousand.
 * @param signal aborting ends the search for words
 */
export async function countPool(sql: Sql | Transaction, workspaceId: string, operatorId: string, filter: Filter, signal?: AbortSignal): Promise<Counts> {
  if (!filter.q && !filter.contactId) {
    const tagId = filter.tag ? await tagOf(sql, workspaceId, filter.tag) : null;
    return filter.tag && !tagId ? asCounts([]) : keptCounts(sql, workspaceId, operatorId, filter, tagId, cellConditions(sql, operatorId, filter));
  }
  const found = filter.q ? await searchIds(sql, workspaceId, operatorId, filter, MOST_FOUND, { ms: COUNTED_MS, signal }) : null;
  const counts = asCounts(
    await sql<CountRow[]>`
    select channel, ${sums(sql, operatorId)} from (
      select c.channel, c.assignee_id, c.handoff_at is not null as handed_off, c.requires_action, c.draft_id is not null as draft_pending, 1 as total,
        (c.inbound_count > ${readCount(sql, workspaceId, operatorId)})::int as unread
      from conversation c where ${conditions(sql, workspaceId, operatorId, filter)} ${found ? sql`and c.id = any(${found.ids}::uuid[])` : sql``}) c
    group by channel`,
  );
  return found && !found.all ? { ...counts, atLeast: true } : counts;
}
