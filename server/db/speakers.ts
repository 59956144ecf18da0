/** Those whose word decides whether an agent may speak, under lock with the conversation; and what they and it say together. */
import type { ReplyMode } from '../contract/common.ts';
import type { StandingState } from '../domain/policy.ts';
import type { Change } from './change.ts';
import { holdConversation } from './conversation.ts';
import type { ConversationRow, HeldConversation } from './conversation.ts';
import type { RunFence } from './message.ts';

/** Agent, channel account and contact of a conversation, as they are under lock. */
export interface Speakers {
  agent: { id: string; name: string; active: boolean; replyMode: ReplyMode; fence: number; autoReplyIntents: string[] } | null;
  account: { id: string; active: boolean; fence: number; agentId: string | null };
  contact: { id: string; paused: boolean; fence: number; name: string; language: string | null };
}

/**
 * Locks agent, channel account and contact for share, then the conversation, in that order. Where the conversation came
 * to another agent, account or contact between the look and the lock, it looks again.
 */
export async function holdWithSpeakers(unit: Change, id: string): Promise<{ held: HeldConversation; speakers: Speakers } | null> {
  const { sql, workspaceId } = unit;
  for (;;) {
    const [seen] = await sql<{ agentId: string | null; accountId: string; contactId: string }[]>`
      select agent_id, account_id, contact_id from conversation where workspace_id = ${workspaceId} and id = ${id} and merged_into is null`;
    if (!seen) return null;
    // Sent together, in this order: a query that nobody executes goes out when it is first awaited, whatever stands before it.
    const [[agent], [account], [contact], held] = await Promise.all([
      sql<NonNullable<Speakers['agent']>[]>`select id, name, active, reply_mode, fence, auto_reply_intents from agent
        where workspace_id = ${workspaceId} and id = ${seen.agentId} for share`.execute(),
      sql<
        Speakers['account'][]
      >`select id, active, fence, agent_id from channel_account where workspace_id = ${workspaceId} and id = ${seen.accountId} for share`.execute(),
      sql<Speakers['contact'][]>`select id, name, language, ai_paused_at is not null as paused, fence from contact
        where workspace_id = ${workspaceId} and id = ${seen.contactId} for share`.execute(),
      holdConversation(unit, id),
    ]);
    if (!held || !account || !contact) return null;
    const { row } = held;
    if (row.agentId === seen.agentId && row.accountId === seen.accountId && row.contactId === seen.contactId) {
      return { held, speakers: { agent: agent ?? null, account, contact } };
    }
  }
}

/** What of them the policy asks. */
interface Standing {
  agent: { replyMode: ReplyMode; active: boolean } | null;
  account: { active: boolean };
  contact: { paused: boolean };
}
/** What of them shows whether anything was decided since. */
interface Counted {
  agent: { fence: number } | null;
  account: { fence: number };
  contact: { fence: number };
}
/** Both. The account may be another than the conversation's. */
export type Speaking = Standing & Counted;

/** What decides whether the agent may speak, before any message is looked at. */
export function standingOf(
  row: Pick<ConversationRow, 'replyModeOverride' | 'controllerKind' | 'handoffAt' | 'status'>,
  { agent, account, contact }: Standing,
): StandingState {
  return {
    replyMode: row.replyModeOverride ?? agent?.replyMode ?? 'off',
    controller: row.controllerKind,
    handedOff: row.handoffAt !== null,
    contactPaused: contact.paused,
    agentActive: agent?.active ?? false,
    accountActive: account.active,
    status: row.status,
  };
}

/** The counters of this moment; one of them rises whenever who may speak changes. */
export const countersOf = (row: { fence: number }, { agent, account, contact }: Counted): RunFence => ({
  conversation: row.fence,
  contact: contact.fence,
  agent: agent?.fence ?? 0,
  account: account.fence,
});

/** Whether who may speak is as it was between two moments. */
export const sameCounters = (one: RunFence, other: RunFence): boolean =>
  one.conversation === other.conversation && one.contact === other.contact && one.agent === other.agent && one.account === other.account;
