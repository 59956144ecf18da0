import { v7 as newId } from 'uuid';
import type { Channel } from '../contract/common.ts';
import type { DeliveryStatus } from '../contract/message.ts';
import { begin } from '../domain/control.ts';
import { besideWhy } from '../domain/fault.ts';
import { isTelephone } from '../domain/handle.ts';
import { errorCode, until } from '../process.ts';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import { execute } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { holdConversation, SYSTEM } from './conversation.ts';
import { notifyTeam } from './notification.ts';

/** A status never goes back: reports come in any order. */
const RANK: Record<DeliveryStatus, number> = { queued: 0, recalled: 0, sending: 1, unknown: 1, sent: 2, delivered: 3, read: 4, failed: 5, bounced: 5 };
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export interface Report {
  externalId: string;
  /** Our own id of the message, where the provider repeats it. */
  messageId?: string | undefined;
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'bounced';
  /** Of a mail: to whom it did not, or did, come. */
  recipient?: string | undefined;
  error: string | null;
  at: Date;
}

/** Milliseconds that a report waits for the provider's answer to what it may be about, and between two looks for that. */
const [ANSWER_MS, LOOK_MS] = [5_000, 50];

/**
 * What a provider reports of a message that it was given. A report that names the message by our own id counts before the
 * provider's answer is written down, and where that was lost: then nothing is in doubt any more. One that names it by the
 * provider's own id, and overtakes that answer, waits until whatever is on its way has one.
 * @returns false where no message of the account has this id
 */
export async function reportDelivery(db: Db, workspaceId: string, accountId: string, report: Report): Promise<boolean> {
  if (await takeReport(db, workspaceId, accountId, report)) return true;
  const onTheirWay = async (ids: string[] | null): Promise<string[]> => {
    const rows = await db.sql<{ id: string }[]>`
      select id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and delivery_status = 'sending' and external_id is null
        and (${ids}::uuid[] is null or id = any(${ids}::uuid[]))`;
    return rows.map(({ id }) => id);
  };
  const first = await onTheirWay(null);
  if (first.length > 0) await until(async () => (await onTheirWay(first)).length === 0, ANSWER_MS, LOOK_MS);
  // Also where none was left: the answer may have been written down between the two looks.
  return takeReport(db, workspaceId, accountId, report);
}

async function takeReport(db: Db, workspaceId: string, accountId: string, report: Report): Promise<boolean> {
  const own = report.messageId && UUID.test(report.messageId) ? report.messageId : null;
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const [seen] = await sql<{ id: string; conversationId: string }[]>`
      select id, conversation_id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and direction = 'outbound'
        and (external_id = ${report.externalId} or (id = ${own}::uuid and external_id is null)) order by external_id limit 1`;
    if (!seen) return false;
    const held = await holdConversation(unit, seen.conversationId);
    const [message] = await sql<{ deliveryStatus: DeliveryStatus; sentBy: { kind: string; id: string | null } | null; copy: boolean }[]>`
      select delivery_status, sent_by, (coalesce(cc, '[]') || coalesce(bcc, '[]')) @> ${sql.json([{ handle: report.recipient ?? '' }])}::jsonb as copy
      from message where workspace_id = ${workspaceId} and id = ${seen.id} for no key update`;
    if (!held || !message) return true;
    const wrong = report.status === 'failed' || report.status === 'bounced';
    const late = report.status === 'sent' && message.deliveryStatus === 'sent' && report.error !== null;
    // What became of a copy says nothing of the mail itself; nor does a delay change what it is: both are only told.
    if (late || (message.copy && wrong)) {
      const told = message.copy ? `The copy to ${report.recipient}: ${report.error}` : report.error;
      await sql`update message set delivery_error = ${told} where workspace_id = ${workspaceId} and id = ${seen.id}`;
      held.itemChanged(seen.id);
      if (wrong) await needsPerson(held, seen.id, message.sentBy, told);
      await held.save();
      return true;
    }
    if (message.copy || RANK[report.status] <= RANK[message.deliveryStatus]) return true;
    // What a person sends again is not stopped by what became of it before.
    if (wrong && message.deliveryStatus === 'queued') return true;
    await sql`update message set delivery_status = ${report.status}, delivery_error = ${report.error}, delivery_at = ${report.at}, external_id = coalesce(external_id, ${report.externalId})
      where workspace_id = ${workspaceId} and id = ${seen.id}`;
    held.itemChanged(seen.id);
    if (wrong) await needsPerson(held, seen.id, message.sentBy, report.error);
    await held.save();
    return true;
  });
}

/** Somebody has to look: whoever sent it, else whoever has the conversation. */
async function needsPerson(
  held: HeldConversation,
  messageId: string,
  sentBy: { kind: string; id: string | null } | null,
  reason: string | null,
): Promise<void> {
  await execute(held, { type: 'delivery_failed' }, SYSTEM);
  await notifyTeam(
    held,
    { kind: 'delivery', text: '', data: { reason, ...besideWhy(reason), messageId } },
    { named: sentBy?.kind === 'operator' && sentBy.id ? [sentBy.id] : [] },
  );
}

/** Somebody of the team, nobody knows who, in the provider's own app. */
export const SOMEBODY: ActorRow = { kind: 'operator', id: null, name: 'The team' };

interface Echo {
  externalId: string;
  channel: Channel;
  /** The customer's. */
  handle: string;
  text: string;
}

/** Times that copies of one echo, or it and a customer's first message, may get in each other's way. */
const ATTEMPTS = 5;

/**
 * A message that a person sent from the provider's own app: it stands in the thread, and the person has taken over. Whom
 * nobody had written to before becomes a contact.
 * @param withMessage what else is to be written with it
 * @returns false where it is one of ours, or came before
 */
export async function receiveEcho(
  db: Db,
  workspaceId: string,
  accountId: string,
  echo: Echo,
  withMessage?: (unit: Change, messageId: string) => Promise<void>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change(db, workspaceId, (unit) => takeEcho(unit, accountId, echo, withMessage));
    } catch (error) {
      if (errorCode(error) !== '23505' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function takeEcho(unit: Change, accountId: string, echo: Echo, withMessage?: (unit: Change, messageId: string) => Promise<void>): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const isOurs = async () =>
    (await sql`select 1 from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${echo.externalId}`).length > 0;
  if (await isOurs()) return false;
  const identity = await identityOf(unit, echo);
  const held = await conversationOf(unit, accountId, echo.channel, identity);
  if (!held || (await isOurs())) return false;
  // Our own message may be repeated to us before the provider's answer to it is written down, and without one it was in doubt.
  const [underway] = await sql<{ id: string }[]>`
    update message set external_id = ${echo.externalId}, delivery_status = 'sent', delivery_at = ${held.now}, delivery_error = null
    where workspace_id = ${workspaceId} and id = (select id from message where workspace_id = ${workspaceId} and conversation_id = ${held.row.id} and identity_id = ${identity.id}
      and delivery_status in ('sending', 'unknown') and external_id is null and text <> '' and starts_with(${echo.text}, text) order by seq limit 1) returning id`;
  if (underway) {
    held.itemChanged(underway.id);
    await held.save();
    return false;
  }
  if (held.row.controllerKind === 'agent') {
    await execute(held, { type: 'assume', operatorId: held.row.assigneeId }, SOMEBODY, {
      code: 'assumed',
      text: 'Somebody answered from the channel’s own app',
    });
  }
  await execute(held, { type: 'human_reply' }, SOMEBODY);
  const id = newId();
  await sql`insert into message ${sql({
    workspaceId,
    id,
    conversationId: held.row.id,
    agentId: held.row.agentId,
    seq: held.nextSeq(),
    direction: 'outbound',
    kind: 'message',
    authorKind: 'operator',
    authorId: null,
    authorName: SOMEBODY.name,
    channel: echo.channel,
    accountId,
    identityId: identity.id,
    text: echo.text,
    aiGenerated: false,
    sentBy: sql.json({ kind: 'operator', id: null }),
    externalId: echo.externalId,
    data: sql.json({ fromApp: true }),
    deliveryStatus: 'sent',
    deliveryAt: held.now,
    createdAt: held.now,
  })}`;
  await withMessage?.(unit, id);
  held.showInPool(echo.text, SOMEBODY);
  held.itemChanged(id);
  await held.save();
  return true;
}

interface Known {
  id: string;
  contactId: string;
}

/** Whom the echo went to, under lock; made where nobody was known by this handle. */
async function identityOf(unit: Change, { channel, handle }: Echo): Promise<Known> {
  const { sql, workspaceId } = unit;
  const [known] = await sql<
    Known[]
  >`select id, contact_id from identity where workspace_id = ${workspaceId} and channel = ${channel} and handle = ${handle} for no key update`;
  if (known) return known;
  const made = { id: newId(), contactId: newId() };
  await sql`insert into contact ${sql({ workspaceId, id: made.contactId, name: handle, phone: isTelephone(channel) ? handle : null })}`;
  await sql`insert into identity ${sql({ workspaceId, id: made.id, contactId: made.contactId, channel, handle })}`;
  unit.emit({ kind: 'contact', audience: 'team', subjectId: made.contactId });
  return made;
}

/** The conversation that is open with somebody by this account, under lock; else a new one, which the team has begun. */
async function conversationOf(unit: Change, accountId: string, channel: Channel, identity: Known): Promise<HeldConversation | null> {
  const { sql, workspaceId } = unit;
  const [there] = await sql<{ id: string }[]>`
    select c.id from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${workspaceId} and m.account_id = ${accountId} and m.identity_id = ${identity.id} and c.status <> 'archived' and c.merged_into is null order by m.created_at desc limit 1`;
  if (there) return holdConversation(unit, there.id);
  const [account] = await sql<
    { agentId: string | null; departmentId: string | null }[]
  >`select agent_id, department_id from channel_account where workspace_id = ${workspaceId} and id = ${accountId}`;
  const { agentId, departmentId } = begin(account?.agentId ?? null, account?.departmentId ?? null);
  const id = newId();
  await sql`insert into conversation ${sql({ workspaceId, id, contactId: identity.contactId, accountId, identityId: identity.id, channel, agentId, departmentId, controllerKind: 'human' })}`;
  return holdConversation(unit, id);
}
