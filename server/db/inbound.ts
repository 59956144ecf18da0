import { v7 as newId } from 'uuid';
import type { Channel, ReplyMode } from '../contract/common.ts';
import { runDueAt } from '../domain/burst.ts';
import { apply, begin } from '../domain/control.ts';
import { standingPolicy } from '../domain/policy.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ConversationRow } from './conversation.ts';
import { snippetOf } from './conversation.ts';
import { addJob } from './wake.ts';

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
  /** The provider's own id; the same one twice is one message. */
  externalId?: string | undefined;
  /** Conversation or external ids of earlier messages that it answers; the sender must be part of it. */
  thread?: { conversationId?: string | undefined; externalIds?: string[] | undefined } | undefined;
  kind?: 'message' | 'call';
  data?: Record<string, unknown> | undefined;
  /** Mail by machines, lists and the like: kept and shown, never answered. */
  neverAnswered?: string | undefined;
}

export interface Received {
  conversationId: string;
  messageId: string;
  duplicate: boolean;
}

interface Seen {
  identityId: string | null;
  contactId: string;
  contactName: string;
  contactPaused: boolean;
  account: { active: boolean; agentId: string | null; departmentId: string | null };
  agent: { active: boolean; replyMode: ReplyMode; burstWaitMs: number } | null;
  conversation: ConversationRow | null;
  now: Date;
}

/**
 * Takes a message in: message, conversation, event and wake-up in one statement, which writes only if the conversation is
 * still as it was read; else it reads again, and from the third time on under lock. Idempotent by (account, external id).
 * @param unit the change that it is part of, for a request with an Idempotency-Key; without one it commits by itself
 * @returns null where the account is not there
 */
export async function receiveInbound(db: Db, inbound: Inbound, unit?: Change): Promise<Received | null> {
  const received = await receive(db.sql, inbound, unit?.sql);
  if (!received) return null;
  const { conversationId, messageId, duplicate } = received;
  if (!duplicate) {
    const { workspaceId } = inbound;
    const tell = (signal: Parameters<Change['afterwards']>[0]) => (unit ? unit.afterwards(signal) : db.signals.publish(signal));
    // A run at work starts over with what came; the hub reads the log.
    if (received.aborts) tell({ kind: 'abort', workspaceId, conversationId });
    tell({ kind: 'events', workspaceId });
  }
  return { conversationId, messageId, duplicate };
}

async function receive(pool: Sql, inbound: Inbound, tx?: Transaction): Promise<(Received & { aborts?: boolean }) | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const sql = tx ?? pool;
      const seen = await look(sql, inbound, false);
      if (!seen) return null;
      if (seen.conversation && attempt < 3) {
        const received = await write(sql, inbound, seen, seen.conversation);
        if (received) return received;
        continue;
      }
      const received = tx ? await receiveLocked(tx, inbound) : await pool.begin((own) => receiveLocked(own as Transaction, inbound));
      if (received) return received;
    } catch (error) {
      const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
      if (code !== '23505' || tx) throw error;
      if (constraint === 'message_external') return duplicateOf(pool, inbound);
      // Two first messages of one sender: the other one made the contact; look again.
      if (attempt > 5) throw error;
    }
  }
}

async function duplicateOf(sql: Sql, inbound: Inbound): Promise<Received> {
  const [row] = await sql<{ id: string; conversationId: string }[]>`
    select id, conversation_id from message where workspace_id = ${inbound.workspaceId} and account_id = ${inbound.accountId} and external_id = ${inbound.externalId ?? null}`;
  return { conversationId: row!.conversationId, messageId: row!.id, duplicate: true };
}

/** Sender unknown, no conversation yet, or too much going on in it: under lock, creating what is missing. */
async function receiveLocked(sql: Transaction, inbound: Inbound): Promise<(Received & { aborts?: boolean }) | null> {
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
      workspaceId, id: newId(), contactId: seen.contactId, accountId: inbound.accountId, identityId: seen.identityId, channel: inbound.channel,
      subject: inbound.subject ?? null, agentId: state.agentId, departmentId: state.departmentId, controllerKind: state.controller.kind, controllerId: state.controller.id,
      lastActivityAt: seen.now, createdAt: seen.now,
    } as never)}`;
    // A message of this identity makes it findable; until that is written, only this transaction knows it.
    const [row] = await sql<ConversationRow[]>`
      select * from conversation where workspace_id = ${workspaceId} and identity_id = ${seen.identityId} and account_id = ${inbound.accountId} and status = 'open'
      order by created_at desc, id desc limit 1 for no key update`;
    seen = { ...(await look(sql, inbound, true))!, conversation: row! };
  }
  return write(sql, inbound, seen, seen.conversation!);
}

/** Everything that the message's fate depends on, in one read. Locked, it also holds others of this sender off. */
async function look(sql: Sql | Transaction, inbound: Inbound, locked: boolean): Promise<Seen | null> {
  const { workspaceId, accountId } = inbound;
  if (locked) {
    await sql`select id from identity where workspace_id = ${workspaceId} and channel = ${inbound.channel} and handle = ${inbound.from.handle} for no key update`;
  }
  const named = inbound.thread;
  const [row] = await sql<{
    now: Date; active: boolean; agentId: string | null; departmentId: string | null; identityId: string | null; contactId: string; contactName: string; contactPaused: boolean; conversationId: string | null;
  }[]>`
    select clock_timestamp()::timestamptz(3) as now, a.active, a.agent_id, a.department_id, i.id as identity_id, ct.id as contact_id, ct.name as contact_name,
      ct.ai_paused_at is not null as contact_paused,
      coalesce(
        ${named ? sql`(select m.conversation_id from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
          where m.workspace_id = ${workspaceId} and m.identity_id = i.id and m.account_id = a.id and c.merged_into is null
            and (m.conversation_id = ${named.conversationId ?? null}::uuid or m.external_id = any(${named.externalIds ?? []}::text[]))
          order by m.created_at desc limit 1)` : sql`null::uuid`},
        (select m.conversation_id from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
          where m.workspace_id = ${workspaceId} and m.identity_id = i.id and m.account_id = a.id and c.status <> 'archived' and c.merged_into is null
          order by m.created_at desc, m.id desc limit 1)) as conversation_id
    from channel_account a
    left join identity i on i.workspace_id = a.workspace_id and i.channel = ${inbound.channel} and i.handle = ${inbound.from.handle}
    left join contact ct on ct.workspace_id = i.workspace_id and ct.id = i.contact_id
    where a.workspace_id = ${workspaceId} and a.id = ${accountId}`;
  if (!row) return null;
  const [conversation] = row.conversationId
    ? await sql<(ConversationRow & { agentActive: boolean | null; agentReplyMode: ReplyMode; agentBurstWaitMs: number })[]>`
        select c.*, g.active as agent_active, g.reply_mode as agent_reply_mode, g.burst_wait_ms as agent_burst_wait_ms
        from conversation c left join agent g on g.workspace_id = c.workspace_id and g.id = c.agent_id
        where c.workspace_id = ${workspaceId} and c.id = ${row.conversationId} ${locked ? sql`for no key update of c` : sql``}`
    : [];
  const [intake] = !conversation && row.agentId
    ? await sql<NonNullable<Seen['agent']>[]>`select active, reply_mode, burst_wait_ms from agent where workspace_id = ${workspaceId} and id = ${row.agentId}`
    : [];
  const agent = conversation
    ? conversation.agentActive === null ? null : { active: conversation.agentActive, replyMode: conversation.agentReplyMode, burstWaitMs: conversation.agentBurstWaitMs }
    : (intake ?? null);
  return {
    identityId: row.identityId, contactId: row.contactId, contactName: row.contactName, contactPaused: row.contactPaused ?? false,
    account: { active: row.active, agentId: row.agentId, departmentId: row.departmentId }, agent, conversation: conversation ?? null, now: row.now,
  };
}

/** @returns null where the conversation changed since it was read, and nothing was written */
async function write(sql: Sql | Transaction, inbound: Inbound, seen: Seen, row: ConversationRow): Promise<(Received & { aborts?: boolean }) | null> {
  const { workspaceId } = inbound;
  const { now, agent } = seen;
  const standing = {
    replyMode: row.replyModeOverride ?? agent?.replyMode ?? 'off',
    controller: row.controllerKind, handedOff: row.handoffAt !== null, contactPaused: seen.contactPaused, agentActive: agent?.active ?? false,
    accountActive: seen.account.active, status: 'open',
  } as const;
  const answers = standingPolicy(standing).verdict !== 'blocked' && inbound.neverAnswered === undefined;
  const applied = apply({
    status: row.status, agentId: row.agentId, assigneeId: row.assigneeId, controller: { kind: row.controllerKind, id: row.controllerId },
    replyModeOverride: row.replyModeOverride, handoff: null, departmentId: row.departmentId, requiresAction: row.requiresAction,
    requiresReason: row.requiresReason, waitingSince: row.waitingSince, unsettled: false,
  }, { type: 'inbound', agentAnswers: answers || inbound.neverAnswered !== undefined }, now);
  if (!applied.ok) return null;
  const { state } = applied;

  const messageId = newId();
  const seq = row.lastSeq + 1;
  const author = { kind: 'contact', id: seen.contactId, name: seen.contactName };
  const burstFrom = row.burstFrom ?? now;
  const dueAt = runDueAt(burstFrom, now, answers ? (agent?.burstWaitMs ?? 0) : 0);
  const draftId = row.draftId;
  const changes = {
    status: state.status, requiresAction: state.requiresAction, requiresReason: state.requiresReason, waitingSince: state.waitingSince,
    lastSeq: seq, inboundCount: row.inboundCount + 1, lastInboundId: messageId, lastInboundSeq: seq, lastInboundAt: now,
    lastSnippet: snippetOf(inbound.text), lastAuthor: sql.json(author), lastMessageAt: now, lastActivityAt: now,
    channel: inbound.channel, accountId: inbound.accountId, identityId: seen.identityId!, draftId: null, runDueAt: dueAt, burstFrom,
    version: row.version + 1,
    ...(draftId && row.waitingSince ? { answeredId: lastAnswered(sql, workspaceId, row, row.waitingSince) } : {}),
    ...(row.subject === null && inbound.subject ? { subject: inbound.subject } : {}),
  };
  const message = {
    workspaceId, id: messageId, conversationId: row.id, seq, direction: 'inbound', kind: inbound.kind ?? 'message', authorKind: 'contact', authorId: seen.contactId,
    authorName: seen.contactName, channel: inbound.channel, accountId: inbound.accountId, identityId: seen.identityId!, subject: inbound.subject ?? null,
    text: inbound.text, html: inbound.html ?? null, externalId: inbound.externalId ?? null, createdAt: now,
    data: inbound.data || inbound.neverAnswered ? sql.json({ ...inbound.data, ...(inbound.neverAnswered ? { neverAnswered: inbound.neverAnswered } : {}) } as never) : null,
  };
  const columns = Object.keys(message);
  const events: { kind: string; audience: string; addressee: string | null; subject: string }[] = [
    { kind: 'message', audience: 'team', addressee: null, subject: messageId },
    ...(inbound.channel === 'chat' ? [{ kind: 'message', audience: 'visitor', addressee: seen.identityId, subject: messageId }] : []),
    ...(draftId ? [{ kind: 'draft', audience: 'team', addressee: null, subject: draftId }] : []),
    { kind: 'conversation', audience: 'team', addressee: null, subject: row.id },
  ];
  const written = await sql`
    with c as (update conversation set ${sql(changes as never)}
      where workspace_id = ${workspaceId} and id = ${row.id} and version = ${row.version} and merged_into is null returning id),
    m as (insert into message (${sql(columns)}) select ${columns.map((column, index) => sql`${index ? sql`,` : sql``} ${typed(sql, column, message[column as keyof typeof message])}`)} from c),
    d as (update draft set status = 'superseded', settled_at = ${now}, settled_by = ${sql.json(author)}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${draftId} and status = 'pending' and exists (select from c)),
    e as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id)
      select ${workspaceId}::uuid, kind, audience, addressee::uuid, subject::uuid, ${row.id}::uuid from c,
        unnest(${events.map((event) => event.kind)}::text[], ${events.map((event) => event.audience)}::text[], ${events.map((event) => event.addressee)}::text[],
          ${events.map((event) => event.subject)}::text[]) with ordinality as v(kind, audience, addressee, subject, place) order by place)
    select ${addJob(sql, { task: 'run', workspaceId, conversationId: row.id, at: dueAt > now ? dueAt : null })} from c`;
  if (written.length === 0) return null;
  return { conversationId: row.id, messageId, duplicate: false, aborts: row.runOwner !== null };
}

/**
 * A draft that is overtaken answered nobody: the next one is owed for what it was for as well. Before it stands the last
 * message that the customer does not wait for, or that came before the agent was given the word again.
 */
const lastAnswered = (sql: Sql | Transaction, workspaceId: string, row: ConversationRow, waitingSince: Date) => sql`(
  select id from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} and direction = 'inbound'
    and (created_at < ${waitingSince} or seq <= (select seq from message where workspace_id = ${workspaceId} and id = ${row.boundaryId}))
  order by seq desc limit 1)`;

const TYPES: Record<string, string> = { seq: 'int', createdAt: 'timestamptz', data: 'jsonb' };

/** A value of a `select` list, which unlike `values` takes no type from the column that it goes to. */
function typed(sql: Sql | Transaction, column: string, value: unknown) {
  const type = TYPES[column] ?? (column.endsWith('Id') && column !== 'externalId' || column === 'id' ? 'uuid' : 'text');
  return sql`${value as never}::${sql.unsafe(type)}`;
}
