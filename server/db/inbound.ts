import { v7 as newId } from 'uuid';
import { begin } from '../domain/control.ts';
import { errorCode } from '../process.ts';
import { inSpan } from '../tracing.ts';
import { change, DEADLOCK } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ConversationRow } from './conversation.ts';
import { look } from './inbound-look.ts';
import type { Inbound, Received } from './inbound-message.ts';
import { write } from './inbound-write.ts';
import type { Written } from './inbound-write.ts';
import { wakeByMessage } from './snooze.ts';
import { wakeUp } from './wake.ts';

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
