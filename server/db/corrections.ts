import { v7 as newId } from 'uuid';
import type { Code } from '../contract/common.ts';
import type { CorrectionKind } from '../contract/classifier.ts';
import type { Decision } from '../contract/message.ts';
import type { Channel } from '../contract/common.ts';
import { mayAgentReply } from '../domain/policy.ts';
import type { BlockedReason } from '../domain/policy.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { execute, settleDraft } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { restoreDraft } from './drafts.ts';
import { holdWithSpeakers, standingOf } from './speakers.ts';
import type { Speakers } from './speakers.ts';

type Person = ActorRow & { id: string };
export type Refusal = { ok: false; code: Code; detail: string };

/** A customer's message and what was decided about it. */
interface Decided {
  conversationId: string;
  messageId: string;
  seq: number;
  createdAt: Date;
  intent: string | null;
  lineId: string | null;
  decision: Decision | null;
  agentId: string | null;
}

/**
 * What a decision was about, by the customer's message, the line that tells of the decision, or the agent's answer.
 * @returns null where there is no such thing in the workspace
 */
async function decidedBy(sql: Sql | Transaction, workspaceId: string, id: string): Promise<Decided | null> {
  const [found] = await sql<Decided[]>`
    with named as (
      select conversation_id, seq, direction = 'inbound' as theirs from message where workspace_id = ${workspaceId} and id = ${id}
      union all select conversation_id, seq, false from line where workspace_id = ${workspaceId} and id = ${id} and decision is not null),
    asked as (
      select m.* from named n cross join lateral (
        select * from message where workspace_id = ${workspaceId} and conversation_id = n.conversation_id and direction = 'inbound' and seq <= n.seq order by seq desc limit 1) m)
    select a.conversation_id, a.id as message_id, a.seq, a.created_at, a.intent, l.id as line_id, l.decision, l.author_id as agent_id
    from asked a left join lateral (
      select id, decision, author_id from line where workspace_id = ${workspaceId} and conversation_id = a.conversation_id and seq > a.seq and decision is not null
        and seq < coalesce((select min(seq) from message where workspace_id = ${workspaceId} and conversation_id = a.conversation_id and direction = 'inbound' and seq > a.seq), 2147483647)
      order by seq desc limit 1) l on true`;
  return found ?? null;
}

/** The decision of a burst stands behind its last message: that is the one that a correction is about. */
async function hold(unit: Change, id: string): Promise<{ held: HeldConversation; speakers: Speakers; about: Decided } | null> {
  for (;;) {
    const seen = await decidedBy(unit.sql, unit.workspaceId, id);
    const found = seen && (await holdWithSpeakers(unit, seen.conversationId));
    if (!found) return null;
    const about = await decidedBy(unit.sql, unit.workspaceId, id);
    if (about?.conversationId === found.held.row.id) return { ...found, about };
  }
}

const REFUSED: Record<BlockedReason, Refusal> = {
  contact_paused: { ok: false, code: 'contact_paused', detail: 'AI is paused for this contact. Resume it first.' },
  handed_off: { ok: false, code: 'agent_may_not_reply', detail: 'The conversation is handed off to people. Resume it first.' },
  human_in_control: { ok: false, code: 'agent_may_not_reply', detail: 'A person is in control. Give the conversation to the agent first.' },
  reply_mode_off: { ok: false, code: 'reply_mode_off', detail: 'The reply mode is off.' },
  account_inactive: { ok: false, code: 'agent_may_not_reply', detail: 'The channel account is not active.' },
  agent_inactive: { ok: false, code: 'agent_inactive', detail: 'The agent is not active.' },
  conversation_closed: { ok: false, code: 'agent_may_not_reply', detail: 'The conversation is not open. Reopen it first.' },
  intent_not_enabled: { ok: false, code: 'agent_may_not_reply', detail: 'The agent may not answer this intent by itself.' },
};

/** Why the agent may not answer, the classifier set aside. */
function whyNot({ row }: HeldConversation, speakers: Speakers, intent: string | null): Refusal | null {
  const { agent } = speakers;
  if (!agent) return { ok: false, code: 'no_agent', detail: 'The conversation has no agent.' };
  const policy = mayAgentReply({
    ...standingOf(row, speakers),
    mentioned: false,
    classifier: 'reply',
    intentAllowed: agent.autoReplyIntents.length === 0 || (intent !== null && agent.autoReplyIntents.includes(intent)),
    risk: 'low',
  });
  return policy.verdict === 'blocked' ? REFUSED[policy.reason as BlockedReason] : null;
}

/** Whether the newest thing to answer is this message, and nobody has answered it. */
async function stillOpen({ unit, row }: HeldConversation, about: Decided): Promise<boolean> {
  if (row.lastInboundId !== about.messageId) return false;
  const answered =
    await unit.sql`select from message where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and seq > ${about.seq} and direction = 'outbound' and author_kind <> 'system'
    and delivery_status <> 'recalled' limit 1`;
  return answered.length === 0;
}

const newer = (detail: string): Refusal => ({ ok: false, code: 'newer_message', detail });

/** What a correction wrote, for the caller to show. */
export interface CorrectionRow {
  id: string;
  kind: CorrectionKind;
  messageId: string;
  conversationId: string;
  agentId: string | null;
  operatorId: string;
  at: Date;
}

async function record(
  held: HeldConversation,
  kind: CorrectionKind,
  about: Decided,
  by: Person,
  more: { draftId: string | null; stopped: boolean },
): Promise<void> {
  const {
    unit: { sql, workspaceId },
    row,
    now,
  } = held;
  const id = newId();
  await sql`insert into classifier_correction ${sql({
    workspaceId,
    id,
    kind,
    messageId: about.messageId,
    lineId: about.lineId,
    agentId: about.agentId ?? row.agentId,
    cardId: about.decision?.cardId ?? null,
    operatorId: by.id,
    ...more,
    at: now,
  })}`;
  await mark(held, about.lineId, { id, kind, by: by.name });
}

/** The thread shows what was said of a decision beside it. */
async function mark(held: HeldConversation, lineId: string | null, correction: { id: string; kind: CorrectionKind; by: string } | null): Promise<void> {
  if (!lineId) return;
  const {
    unit: { sql, workspaceId },
  } = held;
  await sql`update line set data = ${correction ? sql`data || ${sql.json({ correction })}` : sql`data - 'correction'`} where workspace_id = ${workspaceId} and id = ${lineId}`;
  held.itemChanged(lineId);
}

/** The correction of a kind that a message has. */
export async function correctionOf(sql: Sql | Transaction, workspaceId: string, id: string, kind: CorrectionKind): Promise<CorrectionRow | null> {
  const about = await decidedBy(sql, workspaceId, id);
  if (!about) return null;
  const [row] = await sql<CorrectionRow[]>`
    select k.id, k.kind, k.message_id, m.conversation_id, k.agent_id, k.operator_id, k.at from classifier_correction k join message m on m.workspace_id = k.workspace_id and m.id = k.message_id
    where k.workspace_id = ${workspaceId} and k.message_id = ${about.messageId} and k.kind = ${kind}`;
  return row ?? null;
}

/**
 * Has the agent answer a message after all on which it stayed quiet: a run begins that passes the classifier for this
 * message, and nothing else. Done twice, it is done once.
 * @param id of the message, of the line that tells of the decision
 */
export async function replyAnyway(unit: Change, id: string, by: Person): Promise<{ ok: true } | Refusal | null> {
  const found = await hold(unit, id);
  if (!found) return null;
  const { held, speakers, about } = found;
  if (await correctionOf(unit.sql, unit.workspaceId, id, 'reply_anyway')) return { ok: true };
  const refused = whyNot(held, speakers, about.intent);
  if (refused) return refused;
  if (held.row.draftId) return newer('A draft waits for approval already.');
  if (!(await stillOpen(held, about))) return newer('Something newer has come since.');
  await record(held, 'reply_anyway', about, by, { draftId: null, stopped: false });
  await execute(held, { type: 'reply_anyway', since: about.createdAt }, by);
  await held.save();
  return { ok: true };
}

/**
 * Records that a message wanted no answer. What is under way for it ends: a run, a message that is still queued; a draft
 * for it is rejected. What went out stays. Done twice, it is done once.
 */
export async function shouldHaveStayedQuiet(unit: Change, id: string, by: Person): Promise<{ ok: true } | Refusal | null> {
  const found = await hold(unit, id);
  if (!found) return null;
  const { held, about } = found;
  const { row } = held;
  if (await correctionOf(unit.sql, unit.workspaceId, id, 'should_have_stayed_quiet')) return { ok: true };
  if (about.decision && !about.decision.replied) return { ok: false, code: 'invalid', detail: 'The agent stayed quiet on this message.' };
  const newest = row.lastInboundId === about.messageId;
  const draftId = newest ? row.draftId : null;
  const stopped = newest && (row.runOwner !== null || row.runDueAt !== null);
  await record(held, 'should_have_stayed_quiet', about, by, { draftId, stopped });
  if (draftId) await settleDraft(held, 'rejected', by);
  if (newest) await execute(held, { type: 'stay_quiet_after_all' }, by);
  await held.save();
  return { ok: true };
}

/** Takes a correction back, and what it had set off: the run that it began ends, the draft that it rejected waits again. */
export async function undoCorrection(unit: Change, correctionId: string, by: Person): Promise<{ ok: true } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<{ messageId: string; kind: CorrectionKind; draftId: string | null; stopped: boolean; lineId: string | null }[]>`
    select message_id, kind, draft_id, stopped, line_id from classifier_correction where workspace_id = ${workspaceId} and id = ${correctionId}`;
  const found = seen && (await hold(unit, seen.messageId));
  if (!seen || !found) return null;
  const { held, about } = found;
  const gone = await sql`delete from classifier_correction where workspace_id = ${workspaceId} and id = ${correctionId} returning id`;
  if (gone.length === 0) return null;
  const open = await stillOpen(held, about);
  if (seen.kind === 'reply_anyway') {
    if (!open) return newer('The answer has gone out, or something newer has come since.');
    await execute(held, { type: 'stay_quiet_after_all' }, by);
  } else if (open && seen.stopped && !seen.draftId) {
    await execute(held, { type: 'reply_anyway', since: about.createdAt }, by);
  }
  await mark(held, seen.lineId, null);
  await held.save();
  if (seen.draftId) await restoreDraft(unit, seen.draftId, by);
  return { ok: true };
}

/** What a card is suggested from: the message, and where it stands. */
export async function suggestionGround(
  sql: Sql | Transaction,
  workspaceId: string,
  messageId: string,
): Promise<{ text: string; channel: Channel; lastFromTeam: string | null; firstPosition: number } | null> {
  const [row] = await sql<{ text: string; channel: Channel; lastFromTeam: string | null; firstPosition: number }[]>`
    select m.text, m.channel,
      (select h.text from message h where h.workspace_id = m.workspace_id and h.conversation_id = m.conversation_id and h.seq < m.seq and h.author_kind <> 'system' order by h.seq desc limit 1) as last_from_team,
      (select coalesce(min(position), 0) from guidance_card g where g.workspace_id = m.workspace_id and g.surface = 'classifier')::int as first_position
    from message m where m.workspace_id = ${workspaceId} and m.id = ${messageId}`;
  return row ?? null;
}
