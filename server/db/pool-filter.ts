/** What a filter of the pool means in SQL. */
import type postgres from 'postgres';
import type { ConversationFilter } from '../contract/conversation.ts';
import type { Sql, Transaction } from './connect.ts';
import { contactNow } from './contacts.ts';

/** Where a page of the pool begins: behind this conversation, in the order of the sort. */
export type PoolCursor = { sort: 'activity'; at: string; id: string } | { sort: 'priority'; rank: number; since: string; id: string };

export type Filter = Partial<ConversationFilter>;

/** How many inbound messages of `conversation c` the operator has read. */
export const readCount = (sql: Sql | Transaction, workspaceId: string, operatorId: string): postgres.Fragment => sql`
  coalesce((select read_inbound_count from read_mark r where r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0)`;

/** Whether an open conversation has to be one that somebody put off; undefined where it does not matter. */
const snoozedOf = ({ status = 'open', snoozed }: Filter): boolean | undefined => snoozed ?? (status === 'open' ? false : undefined);

const together = (sql: Sql | Transaction, parts: postgres.Fragment[]): postgres.Fragment => parts.reduce((all, part) => sql`${all} and ${part}`);

/** The conditions of a filter over `conversation c`, but for words; every field given must hold. */
export function conditions(sql: Sql | Transaction, workspaceId: string, operatorId: string, filter: Filter): postgres.Fragment {
  const parts: postgres.Fragment[] = [sql`c.workspace_id = ${workspaceId} and c.merged_into is null`];
  const add = (part: postgres.Fragment) => parts.push(part);
  const status = filter.status ?? 'open';
  if (status !== 'any') add(sql`c.status = ${status}`);
  const snoozed = snoozedOf(filter);
  if (snoozed !== undefined) add(snoozed ? sql`c.snoozed_by is not null` : sql`c.snoozed_by is null`);
  if (filter.channel) add(sql`c.channel = ${filter.channel}`);
  if (filter.agentId) add(filter.agentId === 'none' ? sql`c.agent_id is null` : sql`c.agent_id = ${filter.agentId}`);
  if (filter.assigneeId)
    add(filter.assigneeId === 'none' ? sql`c.assignee_id is null` : sql`c.assignee_id = ${filter.assigneeId === 'me' ? operatorId : filter.assigneeId}`);
  if (filter.departmentId) add(filter.departmentId === 'none' ? sql`c.department_id is null` : sql`c.department_id = ${filter.departmentId}`);
  if (filter.contactId) add(sql`c.contact_id = ${contactNow(sql, workspaceId, filter.contactId)}`);
  if (filter.priority) add(sql`c.priority = ${filter.priority}`);
  if (filter.tag) {
    add(sql`exists (select from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
      where x.workspace_id = c.workspace_id and x.conversation_id = c.id and lower(t.name) = lower(${filter.tag}))`);
  }
  if (filter.unread !== undefined)
    add(filter.unread ? sql`c.inbound_count > ${readCount(sql, workspaceId, operatorId)}` : sql`c.inbound_count <= ${readCount(sql, workspaceId, operatorId)}`);
  if (filter.requiresAction !== undefined) add(filter.requiresAction ? sql`c.requires_action` : sql`not c.requires_action`);
  if (filter.handedOff !== undefined) add(filter.handedOff ? sql`c.handoff_at is not null` : sql`c.handoff_at is null`);
  if (filter.draftPending !== undefined) add(filter.draftPending ? sql`c.draft_id is not null` : sql`c.draft_id is null`);
  return together(sql, parts);
}

/** The same over `pool_cell k`, as far as cells know: all but the contact, the tag and what is unread. */
export function cellConditions(sql: Sql | Transaction, operatorId: string, filter: Filter): postgres.Fragment {
  const parts: postgres.Fragment[] = [sql`true`];
  const flag = (column: string, value: boolean | undefined) => {
    if (value !== undefined) parts.push(value ? sql`k.${sql(column)}` : sql`not k.${sql(column)}`);
  };
  const named = (column: string, value: string | undefined) => {
    if (value !== undefined) parts.push(value === 'none' ? sql`k.${sql(column)} is null` : sql`k.${sql(column)} = ${value}`);
  };
  const status = filter.status ?? 'open';
  if (status !== 'any') parts.push(sql`k.status = ${status}`);
  named('channel', filter.channel);
  named('agent_id', filter.agentId);
  named('assignee_id', filter.assigneeId === 'me' ? operatorId : filter.assigneeId);
  named('department_id', filter.departmentId);
  named('priority', filter.priority);
  flag('snoozed', snoozedOf(filter));
  flag('requires_action', filter.requiresAction);
  flag('handed_off', filter.handedOff);
  flag('draft_pending', filter.draftPending);
  return together(sql, parts);
}
