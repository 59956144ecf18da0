import type { Channel, Priority, Status } from '../../server/contract/common.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';

/** What narrows and orders a pool; every field given must hold. Without `status`: open ones; of those, without `snoozed`, the ones that nobody put off. */
export interface PoolFilter {
  readonly status?: Status | 'any';
  readonly channel?: Channel;
  readonly agentId?: string;
  readonly assigneeId?: string;
  readonly departmentId?: string;
  readonly contactId?: string;
  readonly tag?: string;
  readonly unread?: boolean;
  readonly requiresAction?: boolean;
  readonly handedOff?: boolean;
  readonly draftPending?: boolean;
  readonly snoozed?: boolean;
  readonly priority?: Priority;
  readonly q?: string;
  readonly sort?: 'activity' | 'priority';
}

/** The query of a filter, its empty fields left out. */
export function queryOf(filter: PoolFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(filter).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (value !== undefined && value !== '' && value !== false) query[name] = String(value);
  }
  return query;
}

/** The name of a filter: equal for equal ones, in whatever order their fields stand. */
export function keyOf(filter: PoolFilter): string {
  return new URLSearchParams(queryOf(filter)).toString();
}

/** What a filter is told about a conversation that the view does not carry. */
export interface Beholder {
  readonly operatorId: string | undefined;
  readonly unread: number;
}

/**
 * Whether a conversation belongs into a pool, by the same rules as the server's list. Words that are searched for cannot
 * be judged here: with `q` the answer is about the rest.
 */
export function matches(filter: PoolFilter, conversation: SharedConversation, { operatorId, unread }: Beholder): boolean {
  if (conversation.mergedInto) return false;
  const status = filter.status ?? 'open';
  if (status !== 'any' && conversation.status !== status) return false;
  if ((filter.snoozed || status === 'open') && (conversation.snoozedUntil !== null) !== (filter.snoozed ?? false)) return false;
  if (filter.channel && conversation.channel !== filter.channel) return false;
  if (filter.agentId && (conversation.agent?.id ?? 'none') !== filter.agentId) return false;
  if (filter.assigneeId) {
    const wanted = filter.assigneeId === 'me' ? operatorId : filter.assigneeId;
    if ((conversation.assignee?.id ?? 'none') !== wanted) return false;
  }
  if (filter.departmentId && (conversation.department?.id ?? 'none') !== filter.departmentId) return false;
  if (filter.contactId && conversation.contact.id !== filter.contactId) return false;
  const tag = filter.tag?.toLowerCase();
  if (tag && !conversation.tags.some(({ name }) => name.toLowerCase() === tag)) return false;
  if (filter.unread && unread === 0) return false;
  if (filter.requiresAction && !conversation.requiresAction) return false;
  if (filter.handedOff && !conversation.handoff) return false;
  if (filter.draftPending && conversation.draft?.status !== 'pending') return false;
  return !filter.priority || conversation.priority === filter.priority;
}

const rank: Record<Priority, number> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** The order of a pool, as the server's: newest activity first; or urgent first, then who waits longest. */
export function compare(sort: PoolFilter['sort'], one: SharedConversation, other: SharedConversation): number {
  if (sort === 'priority') {
    const byPriority = rank[one.priority] - rank[other.priority];
    if (byPriority !== 0) return byPriority;
    return descending(other.waitingSince ?? '9999', one.waitingSince ?? '9999') || descending(other.id, one.id);
  }
  return descending(one.lastActivityAt, other.lastActivityAt) || descending(one.id, other.id);
}

/** Negative when the first is the greater. */
function descending(one: string, other: string): number {
  if (one === other) return 0;
  return one > other ? -1 : 1;
}
