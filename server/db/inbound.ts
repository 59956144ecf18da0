import { v7 as newId } from 'uuid';
import type { Channel, ReplyMode } from '../contract/common.ts';
import type { Recipient } from '../contract/message.ts';
import { runDueAt } from '../domain/burst.ts';
import { apply, begin } from '../domain/control.ts';
import { NEEDS_PERSON } from '../domain/mail-loop.ts';
import { standingPolicy } from '../domain/policy.ts';
import { errorCode } from '../process.ts';
import { currentTrace, inSpan } from '../tracing.ts';
import { change, DEADLOCK } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ConversationRow } from './conversation.ts';
import { snippetOf } from './conversation.ts';
import { threadOf } from './inbound-thread.ts';
import { resolveConversation } from './pool.ts';
import { wakeByMessage } from './snooze.ts';
import { wakeUp } from './wake.ts';

/** A message from outside, after its channel has verified and parsed it. */
export interface Inbound {
  workspaceId: string;
  accountId: string;
  channel: Channel;
  /** The sender on this channel; an unknown one becomes a contact. */
  from: { handle: string; name?: string | undefined; email?: string | undefined; phone?: string | undefined; language?: string | undefined };
  text: string;
  subject?: string | undefined;
  html?: string | undefined;
  /** Of a mail: who else got it. */
  cc?: Recipient[] | undefined;
  /** The provider's own id; the same one twice is one message. */
  externalId?: string | undefined;
  /** Conversation, external ids or our own ids of earlier messages that it answers; the sender must be part of it, or have had a copy of it. */
  thread?: { conversationId?: string | undefined; externalIds?: string[] | undefined; messageIds?: string[] | undefined } | undefined;
  kind?: 'message' | 'call';
  data?: Record<string, unknown> | undefined;
  /** Mail by machines, lists and the like: kept and shown, never answered. Of what is in {@link NEEDS_PERSON} people have to. */
  neverAnswered?: string | undefined;
}

export interface Received {
  conversationId: string;
  messageId: string;
  duplicate: boolean;
}

/** What else is to be told of a message that was written. */
interface Written extends Received {
  /** A run is at work that has not seen it. */
  aborts?: boolean;
  /** When its run is due, unless at once; then the words of a first message are routed before it. */
  at?: Date | null;
  routes?: boolean;
}

/** What of a conversation decides what becomes of a message in it. */
type Known = Pick<
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

interface Seen {
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

/**
 * Takes a message in: message, conversation and events in one statement, which writes only if the conversation is still as
 * it was read; else it reads again, and from the third time on under lock. The wake-up follows before this returns.
 * Idempotent by (account, external id).
 * @param unit the change that it is part of, for a request with an Idempotency-Key; without one it commits by itself
 * @param allowed nothing is written before it has come, and nothing at all if it fails
 * @returns null where the account is not there
 */
export function receiveInbound(db: Db, inbound: Inbound, unit?: Change, allowed?: Promise<void>): Promise<Received | null> {
  const { workspaceId, accountId, channel } = inbound;
  return inSpan('accept', { workspaceId, accountId, channel }, async (tell) => {
    const received = await accept(db, inbound, unit, allowed);
    tell({
      conversationId: received?.conversationId,
      messageId: received?.messageId,
      outcome: !received ? 'no_account' : received.duplicate ? 'duplicate' : 'accepted',
    });
    return received;
  });
}

async function accept(db: Db, inbound: Inbound, unit?: Change, allowed?: Promise<void>): Promise<Received | null> {
  const received = await receive(db.sql, inbound, unit?.sql, allowed);
  if (!received) return null;
  const { conversationId, messageId, duplicate } = received;
  if (!duplicate) {
    const { workspaceId } = inbound;
    const tell = (signal: Parameters<Change['afterwards']>[0]) => (unit ? unit.afterwards(signal) : db.signals.publish(signal));
    // A run at work starts over with what came; the hub reads the log.
    if (received.aborts) tell({ kind: 'abort', workspaceId, conversationId });
    tell({ kind: 'events', workspaceId });
    const wakes = [
      { task: 'run' as const, workspaceId, conversationId, at: received.at },
      ...(received.routes ? [{ task: 'route' as const, workspaceId, conversationId }] : []),
    ];
    if (unit) for (const { task, at = null } of wakes) unit.wake(task, conversationId, at);
    else await wakeUp(db.sql, wakes);
  }
  return { conversationId, messageId, duplicate };
}

async function receive(pool: Sql, inbound: Inbound, tx?: Transaction, allowed?: Promise<void>): Promise<Written | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const sql = tx ?? pool;
      const [seen] = await Promise.all([look(sql, inbound, false), allowed]);
      if (!seen) return null;
      if (seen.conversation && seen.identityId && !seen.conversation.snoozedBy && attempt < 3) {
        const received = await write(sql, inbound, seen, seen.conversation);
        if (received) return received;
        continue;
      }
      const received = tx ? await receiveLocked(tx, inbound) : await pool.begin((own) => receiveLocked(own as Transaction, inbound));
      if (received) return received;
    } catch (error) {
      const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
      if ((code !== '23505' && code !== DEADLOCK) || tx) throw error;
      if (constraint === 'message_external') return receivedBefore(pool, inbound);
      // Two first messages of one sender: the other one made the contact; look again. So too where a deadlock undid it.
      if (attempt > 5) throw error;
    }
  }
}

/** The message that came under this id before; null where none did. */
export async function receivedBefore(
  sql: Sql | Transaction,
  { workspaceId, accountId, externalId }: Pick<Inbound, 'workspaceId' | 'accountId' | 'externalId'>,
): Promise<Received | null> {
  const [row] = await sql<{ id: string; conversationId: string }[]>`
    select id, conversation_id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${externalId ?? null}`;
  return row ? { conversationId: row.conversationId, messageId: row.id, duplicate: true } : null;
}

/** Times that copies of one message, or two first messages of one sender, may get in each other's way. */
const ATTEMPTS = 5;

/** One change that receives a message and writes more with it, all or nothing. Idempotent by (account, external id). */
export async function receiveWith(db: Db, inbound: Inbound, work: (unit: Change) => Promise<Received | null>): Promise<Received | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change(db, inbound.workspaceId, work);
    } catch (error) {
      if (errorCode(error) !== '23505' || attempt === ATTEMPTS) throw error;
      const before = await receivedBefore(db.sql, inbound);
      if (before) return before;
    }
  }
}

/** Sender unknown, no conversation yet, one that was put off, or too much going on in it: under lock, creating what is missing. */
async function receiveLocked(sql: Transaction, inbound: Inbound): Promise<Written | null> {
  const { workspaceId } = inbound;
  let seen = await look(sql, inbound, true);
  if (!seen) return null;
  if (!seen.identityId) {
    const contactId = newId();
    const { handle, name, email, phone, language } = inbound.from;
    await sql`insert into contact ${sql({ workspaceId, id: contactId, name: name ?? '', email: email ?? null, phone: phone ?? null, language: language ?? null })}`;
    await sql`insert into identity ${sql({ workspaceId, id: newId(), contactId, channel: inbound.channel, handle })}`;
    seen = (await look(sql, inbound, true))!;
  }
  if (!seen.conversation) {
    const state = begin(seen.account.agentId, seen.account.departmentId);
    await sql`insert into conversation ${sql({
      workspaceId,
      id: newId(),
      contactId: seen.contactId,
      accountId: inbound.accountId,
      identityId: seen.identityId,
      channel: inbound.channel,
      subject: inbound.subject ?? null,
      agentId: state.agentId,
      departmentId: state.departmentId,
      controllerKind: state.controller.kind,
      controllerId: state.controller.id,
      lastActivityAt: seen.now,
      createdAt: seen.now,
    } as never)}`;
    // A message of this identity makes it findable; until that is written, only this transaction knows it.
    const [row] = await sql<ConversationRow[]>`
      select * from conversation where workspace_id = ${workspaceId} and identity_id = ${seen.identityId} and account_id = ${inbound.accountId} and status = 'open'
      order by created_at desc, id desc limit 1 for no key update`;
    seen = { ...(await look(sql, inbound, true))!, conversation: row! };
  }
  if (seen.conversation!.snoozedBy) {
    await wakeByMessage(sql, workspaceId, seen.conversation!.id);
    seen = (await look(sql, inbound, true))!;
  }
  return write(sql, inbound, seen, seen.conversation!);
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
async function look(sql: Sql | Transaction, inbound: Inbound, locked: boolean): Promise<Seen | null> {
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

/** @returns null where the conversation changed since it was read, and nothing was written */
async function write(sql: Sql | Transaction, inbound: Inbound, seen: Seen, row: Known): Promise<Written | null> {
  const { workspaceId } = inbound;
  const { now, agent } = seen;
  const standing = {
    replyMode: row.replyModeOverride ?? agent?.replyMode ?? 'off',
    controller: row.controllerKind,
    handedOff: row.handoffAt !== null,
    contactPaused: seen.contactPaused,
    agentActive: agent?.active ?? false,
    accountActive: seen.account.active,
    status: 'open',
  } as const;
  const able = standingPolicy(standing).verdict !== 'blocked';
  const neverAnswered = inbound.neverAnswered ?? (seen.stranger ? 'another_sender' : undefined);
  const answers = able && neverAnswered === undefined;
  const applied = apply(
    {
      status: row.status,
      agentId: row.agentId,
      assigneeId: row.assigneeId,
      controller: { kind: row.controllerKind, id: row.controllerId },
      replyModeOverride: row.replyModeOverride,
      handoff: null,
      departmentId: row.departmentId,
      requiresAction: row.requiresAction,
      requiresReason: row.requiresReason,
      waitingSince: row.waitingSince,
      unsettled: false,
    },
    {
      type: 'inbound',
      agentAnswers: answers || (neverAnswered !== undefined && NEEDS_PERSON[neverAnswered] === undefined && (able || inbound.kind !== 'call')),
    },
    now,
  );
  if (!applied.ok) return null;
  const { state } = applied;

  const messageId = newId();
  const author = sql.json({ kind: 'contact', id: seen.contactId, name: seen.contactName });
  const burstFrom = row.burstFrom ?? now;
  const dueAt = runDueAt(burstFrom, now, answers ? (agent?.burstWaitMs ?? 0) : 0);
  const { draftId } = row;
  const data = inbound.data || neverAnswered ? { ...inbound.data, ...(neverAnswered ? { neverAnswered } : {}) } : null;
  // The line that says who joins stands before the message.
  const lineId = seen.joins ? newId() : null;
  const places = lineId ? 2 : 1;
  // One fixed text: what is built anew for each message costs more time than the database takes.
  const written = await sql`
    with c as (update conversation set status = ${state.status}, requires_action = ${state.requiresAction}, requires_reason = ${state.requiresReason}, waiting_since = ${state.waitingSince},
        last_seq = last_seq + ${places}, inbound_count = inbound_count + 1, last_inbound_id = ${messageId}, last_inbound_seq = last_seq + ${places}, last_inbound_at = ${now},
        last_snippet = ${snippetOf(inbound.text)}, last_author = ${author}, last_message_at = ${now}, last_activity_at = ${now}, subject = coalesce(subject, ${inbound.subject ?? null}),
        channel = ${inbound.channel}, account_id = ${inbound.accountId}, identity_id = ${seen.identityId}, run_due_at = ${dueAt}, burst_from = ${burstFrom}, trace = ${currentTrace()}, version = version + 1
        ${draftId ? sql`, draft_id = null ${row.waitingSince ? sql`, answered_id = ${lastAnswered(sql, workspaceId, row, row.waitingSince)}` : sql``}` : sql``}
      where workspace_id = ${workspaceId} and id = ${row.id} and version = ${row.version} and merged_into is null
      returning workspace_id, id, last_seq, last_inbound_id, last_inbound_at, channel, account_id, identity_id),
    m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, subject, text, html, cc, external_id, created_at, data)
      select workspace_id, last_inbound_id, id, last_seq, 'inbound', ${inbound.kind ?? 'message'}::text, 'contact', ${seen.contactId}::uuid, ${seen.contactName}::text, channel, account_id, identity_id,
        ${inbound.subject ?? null}::text, ${inbound.text}::text, ${inbound.html ?? null}::text, ${inbound.cc?.length ? sql.json(inbound.cc) : null}::jsonb, ${inbound.externalId ?? null}::text, last_inbound_at, ${data ? sql.json(data as never) : null}::jsonb from c),
    ${
      draftId
        ? sql`d as (update draft set status = 'superseded', settled_at = ${now}, settled_by = ${author}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${draftId} and status = 'pending' and exists (select from c)),
    s as (update notification set read_at = ${now} where workspace_id = ${workspaceId} and conversation_id = ${row.id} and read_at is null and kind = 'draft' and exists (select from c) returning id, operator_id),
    se as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id) select ${workspaceId}, 'notification', 'operator', operator_id, id, ${row.id} from s),`
        : sql``
    }
    ${
      lineId
        ? sql`l as (insert into line (workspace_id, id, conversation_id, seq, kind, code, author_kind, author_id, author_name, text, created_at)
      select workspace_id, ${lineId}, id, last_seq - 1, 'system', 'copy_wrote', 'contact', ${seen.contactId}::uuid, ${seen.contactName}::text, ${`${seen.contactName}, who had a copy, wrote`}, ${now} from c),
    le as (insert into event (workspace_id, kind, audience, subject_id, conversation_id) select workspace_id, 'message', 'team', ${lineId}, id from c),`
        : sql``
    }
    ${row.status !== 'open' || row.inboundCount === 0 ? sql`o as (insert into report_opening (workspace_id, conversation_id, at, agent_id, channel) select workspace_id, id, last_inbound_at, ${row.agentId}::uuid, channel from c),` : sql``}
    e as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id)
      select c.workspace_id, v.kind, v.audience, case v.audience when 'visitor' then c.identity_id end, case v.kind when 'message' then c.last_inbound_id when 'draft' then ${draftId}::uuid else c.id end, c.id
      from c, (values (1, 'message', 'team'), (2, 'message', 'visitor'), (3, 'draft', 'team'), (4, 'conversation', 'team')) as v(place, kind, audience)
      where (v.audience = 'team' or c.channel = 'chat') and (v.kind <> 'draft' or ${draftId}::uuid is not null) order by v.place)
    select id from c`;
  if (written.length === 0) return null;
  return {
    conversationId: row.id,
    messageId,
    duplicate: false,
    aborts: row.runOwner !== null,
    at: dueAt > now ? dueAt : null,
    routes: seen.rules && row.inboundCount === 0 && dueAt > now,
  };
}

/**
 * A draft that is overtaken answered nobody: the next one is owed for what it was for as well. Before it stands the last
 * message that the customer does not wait for, or that came before the agent was given the word again.
 */
const lastAnswered = (sql: Sql | Transaction, workspaceId: string, row: Known, waitingSince: Date) => sql`(
  select id from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} and direction = 'inbound'
    and (created_at < ${waitingSince} or seq <= (select seq from message where workspace_id = ${workspaceId} and id = ${row.boundaryId}))
  order by seq desc limit 1)`;
