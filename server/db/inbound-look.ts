/** What decides what becomes of a message from outside, as it is before it is written. */
import type { ReplyMode } from '../contract/common.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ConversationRow } from './conversation.ts';
import type { Inbound } from './inbound-message.ts';
import { threadOf } from './inbound-thread.ts';
import { resolveConversation } from './pool.ts';

/** What of a conversation decides what becomes of a message in it. */
export type Known = Pick<
  ConversationRow,
  | 'id'
  | 'subject'
  | 'status'
  | 'agentId'
  | 'assigneeId'
  | 'departmentId'
  | 'replyModeOverride'
  | 'controllerKind'
  | 'controllerId'
  | 'handoffAt'
  | 'requiresAction'
  | 'requiresReason'
  | 'waitingSince'
  | 'draftId'
  | 'boundaryId'
  | 'lastSeq'
  | 'inboundCount'
  | 'burstFrom'
  | 'runOwner'
  | 'snoozedBy'
  | 'version'
>;

export interface Seen {
  identityId: string | null;
  contactId: string;
  contactName: string;
  contactPaused: boolean;
  account: { active: boolean; agentId: string | null; departmentId: string | null };
  agent: { active: boolean; replyMode: ReplyMode; burstWaitMs: number } | null;
  conversation: Known | null;
  /** The conversation is about another contact; `joins`: the sender had a copy and writes in it for the first time. */
  stranger: boolean;
  joins: boolean;
  rules: boolean;
  now: Date;
}

interface LookRow extends Omit<Known, 'id' | 'version'> {
  id: string | null;
  version: number;
  now: Date;
  senderId: string | null;
  contactId: string;
  contactName: string;
  contactPaused: boolean | null;
  accountActive: boolean;
  intakeId: string | null;
  intakeDepartmentId: string | null;
  agentActive: boolean | null;
  agentReplyMode: ReplyMode;
  agentBurstWaitMs: number;
  stranger: boolean;
  joins: boolean | null;
  rules: boolean;
}

/** Everything that the message's fate depends on, in one read. Locked, it also holds off others of this sender, and whoever changes the conversation. */
export async function look(sql: Sql | Transaction, inbound: Inbound, locked: boolean): Promise<Seen | null> {
  const { workspaceId } = inbound;
  if (locked) {
    await sql`select id from identity where workspace_id = ${workspaceId} and channel = ${inbound.channel} and handle = ${inbound.from.handle} for no key update`;
  }
  for (;;) {
    const row = await read(sql, inbound);
    if (!row) return null;
    const {
      now,
      senderId,
      contactId,
      contactName,
      accountActive,
      intakeId,
      intakeDepartmentId,
      agentActive,
      agentReplyMode,
      agentBurstWaitMs,
      id,
      stranger,
      joins,
      rules,
      ...known
    } = row;
    if (locked && id) {
      // What was read is only good if it is still so under lock.
      const [held] = await sql<{ version: number }[]>`select version from conversation where workspace_id = ${workspaceId} and id = ${id} for no key update`;
      if (held?.version !== known.version) continue;
    }
    return {
      now,
      identityId: senderId,
      contactId,
      contactName,
      contactPaused: row.contactPaused ?? false,
      account: { active: accountActive, agentId: intakeId, departmentId: intakeDepartmentId },
      agent: agentActive === null ? null : { active: agentActive, replyMode: agentReplyMode, burstWaitMs: agentBurstWaitMs },
      conversation: id ? { ...known, id } : null,
      stranger,
      joins: joins ?? false,
      rules,
    };
  }
}

/** Account, sender, contact, the conversation that the message joins, and its agent: of a conversation that is yet to begin, the intake agent. */
async function read(sql: Sql | Transaction, inbound: Inbound): Promise<LookRow | undefined> {
  const { workspaceId, accountId, channel, from } = inbound;
  // A late answer to a conversation that was merged goes on where that one is now.
  const named = inbound.thread?.conversationId && (await resolveConversation(sql, workspaceId, inbound.thread.conversationId));
  const thread = inbound.thread && { ...inbound.thread, conversationId: named ?? undefined };
  const [row] = await sql<LookRow[]>`
    select clock_timestamp()::timestamptz(3) as now, a.active as account_active, a.agent_id as intake_id, a.department_id as intake_department_id, i.id as sender_id, exists (select from routing_rule u where u.workspace_id = a.workspace_id and u.active) as rules,
      ct.id as contact_id, ct.name as contact_name, ct.ai_paused_at is not null as contact_paused, g.active as agent_active, g.reply_mode as agent_reply_mode, g.burst_wait_ms as agent_burst_wait_ms,
      c.id, c.subject, c.status, c.agent_id, c.assignee_id, c.department_id, c.reply_mode_override, c.controller_kind, c.controller_id, c.handoff_at, c.requires_action, c.requires_reason,
      c.waiting_since, c.draft_id, c.boundary_id, c.last_seq, c.inbound_count, c.burst_from, c.run_owner, c.snoozed_by, c.version,
      coalesce(c.contact_id <> ct.id, false) as stranger, c.joins
    from channel_account a
    left join identity i on i.workspace_id = a.workspace_id and i.channel = ${channel} and i.handle = ${from.handle}
    left join contact ct on ct.workspace_id = i.workspace_id and ct.id = i.contact_id
    left join lateral (${
      thread
        ? threadOf(sql, thread, from.handle)
        : sql`select c.*, false as joins from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.workspace_id = a.workspace_id and m.identity_id = i.id and m.account_id = a.id and c.merged_into is null and c.status <> 'archived' order by m.created_at desc limit 1`
    }) c on true
    left join agent g on g.workspace_id = a.workspace_id and g.id = case when c.id is null then a.agent_id else c.agent_id end
    where a.workspace_id = ${workspaceId} and a.id = ${accountId}`;
  return row;
}
