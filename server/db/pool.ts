import type postgres from 'postgres';
import type { z } from 'zod';
import type { Conversation, ConversationFilter, Counts, SharedConversation } from '../contract/conversation.ts';
import type { Sql, Transaction } from './connect.ts';
import { conversationViews } from './conversation-view.ts';
import { findMatches, matching } from './search-matching.ts';

/** Where a page of the pool begins: behind this conversation, in the order of the sort. */
export type PoolCursor = { sort: 'activity'; at: string; id: string } | { sort: 'priority'; rank: number; since: string; id: string };

export type Filter = Partial<ConversationFilter>;

const readCount = (sql: Sql | Transaction, workspaceId: string, operatorId: string) => sql`
  coalesce((select read_inbound_count from read_mark r where r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0)`;

/** The conditions of a filter over `conversation c`; every field given must hold. */
export function conditions(sql: Sql | Transaction, workspaceId: string, operatorId: string, filter: Filter): postgres.Fragment {
  const parts: postgres.Fragment[] = [sql`c.workspace_id = ${workspaceId} and c.merged_into is null`];
  const add = (part: postgres.Fragment) => parts.push(part);
  const status = filter.status ?? 'open';
  if (status !== 'any') add(sql`c.status = ${status}`);
  const snoozed = filter.snoozed ?? (status === 'open' ? false : undefined);
  if (snoozed !== undefined) add(snoozed ? sql`c.snoozed_by is not null` : sql`c.snoozed_by is null`);
  if (filter.channel) add(sql`c.channel = ${filter.channel}`);
  if (filter.agentId) add(filter.agentId === 'none' ? sql`c.agent_id is null` : sql`c.agent_id = ${filter.agentId}`);
  if (filter.assigneeId) add(filter.assigneeId === 'none' ? sql`c.assignee_id is null` : sql`c.assignee_id = ${filter.assigneeId === 'me' ? operatorId : filter.assigneeId}`);
  if (filter.departmentId) add(filter.departmentId === 'none' ? sql`c.department_id is null` : sql`c.department_id = ${filter.departmentId}`);
  if (filter.contactId) add(sql`c.contact_id = ${filter.contactId}`);
  if (filter.priority) add(sql`c.priority = ${filter.priority}`);
  if (filter.tag) {
    add(sql`exists (select from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
      where x.workspace_id = c.workspace_id and x.conversation_id = c.id and lower(t.name) = lower(${filter.tag}))`);
  }
  if (filter.unread !== undefined) add(filter.unread ? sql`c.inbound_count > ${readCount(sql, workspaceId, operatorId)}` : sql`c.inbound_count <= ${readCount(sql, workspaceId, operatorId)}`);
  if (filter.requiresAction !== undefined) add(filter.requiresAction ? sql`c.requires_action` : sql`not c.requires_action`);
  if (filter.handedOff !== undefined) add(filter.handedOff ? sql`c.handoff_at is not null` : sql`c.handoff_at is null`);
  if (filter.draftPending !== undefined) add(filter.draftPending ? sql`c.draft_id is not null` : sql`c.draft_id is null`);
  // Found once: a planner that knows little of a young database would look through all messages for each conversation.
  if (filter.q) add(sql`c.id in (with found as materialized (${matching(sql, workspaceId, filter.q)}) select * from found)`);
  return parts.reduce((all, part) => sql`${all} and ${part}`);
}

/**
 * A page of the pool, as one operator sees it.
 * @returns conversations in the order of the sort, and where the next page begins
 */
export async function listPool(
  sql: Sql | Transaction, workspaceId: string, operatorId: string,
  query: { filter: Filter; sort: 'activity' | 'priority'; after: PoolCursor | null; limit: number },
): Promise<{ items: Conversation[]; next: PoolCursor | null }> {
  const { filter, sort, after, limit } = query;
  const byPriority = sort === 'priority';
  const beyond = !after
    ? sql``
    : after.sort === 'priority'
      ? sql`and (c.priority_rank, coalesce(c.waiting_since, 'infinity'::timestamptz), c.id) > (${after.rank}, ${after.since}::text::timestamptz, ${after.id}::uuid)`
      : sql`and (c.last_activity_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const rows = await sql<{ id: string; unread: number; lastActivityAt: Date; priorityRank: number; since: string }[]>`
    select c.id, c.last_activity_at, c.priority_rank, coalesce(c.waiting_since, 'infinity'::timestamptz)::text as since,
      greatest(0, c.inbound_count - ${readCount(sql, workspaceId, operatorId)}) as unread
    from conversation c where ${conditions(sql, workspaceId, operatorId, filter)} ${beyond}
    order by ${byPriority ? sql`c.priority_rank, coalesce(c.waiting_since, 'infinity'::timestamptz), c.id` : sql`c.last_activity_at desc, c.id desc`}
    limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const ids = page.map((row) => row.id);
  const [views, matches] = await Promise.all([conversationViews(sql, workspaceId, ids), filter.q ? findMatches(sql, workspaceId, ids, filter.q) : null]);
  const items = page.flatMap((row) => {
    const view = views.get(row.id);
    const match = matches?.get(row.id);
    return view ? [{ ...view, unread: row.unread, ...(match ? { match } : {}) }] : [];
  });
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next: PoolCursor | null = !last ? null
    : byPriority ? { sort: 'priority', rank: last.priorityRank, since: last.since, id: last.id } : { sort: 'activity', at: last.lastActivityAt.toISOString(), id: last.id };
  return { items, next };
}

/** One conversation as one operator sees it. */
export async function poolItem(sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string): Promise<Conversation | null> {
  const [views, marks] = await Promise.all([
    conversationViews(sql, workspaceId, [id]),
    sql<{ readInboundCount: number }[]>`select read_inbound_count from read_mark where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = ${id}`,
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

/** How many conversations a filter holds, in all and unread, by channel and by standing view. */
export async function countPool(sql: Sql | Transaction, workspaceId: string, operatorId: string, filter: Filter): Promise<z.infer<typeof Counts>> {
  const rows = await sql<Record<string, never>[]>`
    select c.channel, count(*)::int as total, count(*) filter (where u)::int as unread,
      count(*) filter (where c.assignee_id = ${operatorId})::int as mine, count(*) filter (where u and c.assignee_id = ${operatorId})::int as mine_unread,
      count(*) filter (where c.handoff_at is not null)::int as handed_off, count(*) filter (where u and c.handoff_at is not null)::int as handed_off_unread,
      count(*) filter (where c.requires_action)::int as requires_action, count(*) filter (where u and c.requires_action)::int as requires_action_unread,
      count(*) filter (where c.draft_id is not null)::int as draft_pending, count(*) filter (where u and c.draft_id is not null)::int as draft_pending_unread,
      count(*) filter (where c.assignee_id is null)::int as unassigned, count(*) filter (where u and c.assignee_id is null)::int as unassigned_unread
    from (select c.channel, c.assignee_id, c.handoff_at, c.requires_action, c.draft_id, c.inbound_count > coalesce(r.read_inbound_count, 0) as u
      from conversation c left join read_mark r on r.workspace_id = c.workspace_id and r.operator_id = ${operatorId} and r.conversation_id = c.id
      where ${conditions(sql, workspaceId, operatorId, filter)}) c group by c.channel`;
  const sum = (name: string) => rows.reduce((total, row) => total + Number((row as Record<string, unknown>)[name]), 0);
  const count = (name: string) => ({ total: sum(name), unread: sum(`${name}Unread`) });
  const all = { total: sum('total'), unread: sum('unread') };
  return {
    all,
    channels: Object.fromEntries(rows.map((row) => { const { channel, total, unread } = row as unknown as { channel: string; total: number; unread: number }; return [channel, { total, unread }]; })),
    views: { open: all, mine: count('mine'), handedOff: count('handedOff'), requiresAction: count('requiresAction'), draftPending: count('draftPending'), unassigned: count('unassigned') },
  };
}
