import type { Channel } from '../contract/common.ts';
import type { Recipient, TemplateChoice } from '../contract/message.ts';
import { agentInControl } from '../domain/policy.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import { reopen, sayRecalled } from './control.ts';
import { SYSTEM } from './conversation.ts';
import type { HeldConversation } from './conversation.ts';
import { deliversElsewhere, leaveMerged } from './merge-delivery.ts';
import { answerSubject, answeredBy } from './mail-thread.ts';
import type { RunFence } from './message.ts';
import { beats } from './processes.ts';
import { lastWroteAt } from './reach.ts';
import { markDelivery, needsPerson } from './settle-delivery.ts';
import { countersOf, holdWithSpeakers, sameCounters, standingOf } from './speakers.ts';
import type { Speakers, Speaking } from './speakers.ts';

/** A message on its way out, with all that a channel needs to hand it over. */
export interface Claimed {
  id: string;
  conversationId: string;
  channel: Channel;
  accountId: string;
  /** The handle that it was frozen to when it was queued. */
  to: string;
  toName: string;
  text: string;
  html: string | null;
  subject: string | null;
  /** Of a mail: who gets a copy. */
  cc: Recipient[] | null;
  bcc: Recipient[] | null;
  /** No person wrote or approved it: mail says so in its headers. */
  automatic: boolean;
  authorName: string;
  attempts: number;
  routes: { id: string; label: string; note?: string }[] | null;
  /** Ids of its files, in their order. */
  fileIds: string[];
  /** External ids of the thread, oldest first, and of the customer's message that it answers, for channels that thread by them. */
  references: string[];
  inReplyTo: string | null;
  /** When this handle last wrote to this account: the provider's time for free answers counts from there. */
  lastInboundAt: Date | null;
  /** Of a text that the provider has approved. */
  template: TemplateChoice | null;
  /** What queued it, for what its delivery is traced under. */
  trace: string | null;
}

/** Takes the delivery slot of a conversation: nobody else hands its messages over meanwhile. One of this process's own was left by an error. */
export async function claimDelivery(db: Db, workspaceId: string, conversationId: string): Promise<boolean> {
  const rows = await db.sql`
    update conversation set deliver_owner = ${db.signals.processId} where workspace_id = ${workspaceId} and id = ${conversationId}
      and (deliver_owner is null or deliver_owner = ${db.signals.processId} or not ${beats(db.sql, 'deliver_owner')})
    returning id`;
  return rows.length > 0;
}

interface DueRow {
  id: string;
  seq: number;
  channel: Channel;
  accountId: string;
  identityId: string;
  handle: string;
  contactName: string;
  text: string;
  html: string | null;
  subject: string | null;
  authorName: string;
  attempts: number;
  routes: Claimed['routes'];
  attachments: { id: string }[];
  byPerson: boolean;
  deliveryStatus: 'queued' | 'sending';
  dueAt: Date | null;
  byAgent: boolean;
  runFence: RunFence | null;
  template: TemplateChoice | null;
  cc: Recipient[] | null;
  bcc: Recipient[] | null;
  trace: string | null;
  optedOut: boolean;
}

/** What the next step of a delivery is. */
export type Next =
  /** Hand it to the provider, then `settleDelivery`. */
  | { kind: 'send'; message: Claimed }
  /** Done within this process already: chat, a stale one, or one in doubt. */
  | { kind: 'again'; message: Pick<Claimed, 'id' | 'channel' | 'accountId' | 'trace'>; outcome: 'sent' | 'recalled' | 'unknown' }
  /** Nothing is due; the slot is given back. */
  | { kind: 'idle' }
  /** The slot is somebody else's. */
  | { kind: 'lost' };

/** What a delivery has to know of providers. */
export interface Providers {
  /** Whether a channel's provider takes a key: else what a killed process left `sending` is in doubt. */
  isIdempotent(channel: Channel): boolean;
  /** Takes leave to call an account's provider: null where it is given, else when to ask again. */
  enter(accountId: string): Date | null;
}

/**
 * Claims the oldest message that is due, or gives the slot back in the transaction that finds none. A message in backoff
 * holds back later ones to the same identity. An agent's own message passes the fence once more; chat has no provider, so
 * its claim, `sent` and the visitor's event are this one transaction. A message whose provider may not be called now waits.
 */
export async function nextDelivery(db: Db, workspaceId: string, conversationId: string, providers: Providers): Promise<Next> {
  return change(db, workspaceId, async (unit) => {
    const found = await holdWithSpeakers(unit, conversationId);
    if (!found) {
      await leaveMerged(unit, conversationId, db.signals.processId);
      return { kind: 'lost' };
    }
    const { held, speakers } = found;
    const { row } = held;
    if (row.deliverOwner !== db.signals.processId) return { kind: 'lost' };
    const waiting = await unit.sql<DueRow[]>`
      select m.id, m.seq, m.channel, m.account_id, m.identity_id, i.handle, ct.name as contact_name, m.text, m.html, m.subject, m.author_name, m.attempts, m.routes, m.attachments, m.sent_by ->> 'kind' = 'operator' as by_person,
        m.delivery_status, m.due_at, m.sent_by ->> 'kind' = 'agent' as by_agent, m.run_fence, m.data -> 'template' as template, m.cc, m.bcc, m.trace, i.opted_out_at is not null as opted_out
      from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id join contact ct on ct.workspace_id = i.workspace_id and ct.id = i.contact_id
      where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.delivery_status in ('queued', 'sending') order by m.seq limit 50`;
    const backingOff = new Set<string>();
    const elsewhere = waiting.some(({ deliveryStatus }) => deliveryStatus === 'sending') && (await deliversElsewhere(unit, row.id));
    const due = waiting.find((message) => {
      if (backingOff.has(message.identityId)) return false;
      if (elsewhere && message.deliveryStatus === 'sending') backingOff.add(message.identityId);
      if (message.dueAt && message.dueAt > held.now && message.deliveryStatus === 'queued') backingOff.add(message.identityId);
      return !backingOff.has(message.identityId);
    });
    if (!due) {
      const later = waiting.map((message) => message.dueAt?.getTime() ?? 0).filter((at) => at > held.now.getTime());
      if (elsewhere) later.push(held.now.getTime() + MERGED_BUSY_MS);
      return giveBack(held, later.length > 0 ? new Date(Math.min(...later)) : null);
    }
    return advance(held, speakers, due, providers);
  });
}

/** The slot is free; whoever is woken at `again` takes it. */
async function giveBack({ row, unit }: HeldConversation, again: Date | null): Promise<Next> {
  await unit.sql`update conversation set deliver_owner = null where workspace_id = ${unit.workspaceId} and id = ${row.id}`;
  if (again) unit.wake('deliver', row.id, again);
  return { kind: 'idle' };
}

/** How long a delivery waits for one that began before its conversation was merged, in milliseconds. */
const MERGED_BUSY_MS = 500;
/** How long a delivery waits for somebody who is changing its account, in milliseconds. */
const ACCOUNT_BUSY_MS = 100;

/**
 * The account that a message goes out by, under lock. It may be another than its conversation's: the customer wrote
 * elsewhere since. That one is not waited for, since accounts come before conversations in the order of locks.
 */
async function accountOf(held: HeldConversation, speakers: Speakers, accountId: string): Promise<{ active: boolean; fence: number } | null> {
  if (accountId === speakers.account.id) return speakers.account;
  const { sql, workspaceId } = held.unit;
  const [account] = await sql<
    { active: boolean; fence: number }[]
  >`select active, fence from channel_account where workspace_id = ${workspaceId} and id = ${accountId} for share skip locked`;
  return account ?? null;
}

async function advance(held: HeldConversation, speakers: Speakers, due: DueRow, providers: Providers): Promise<Next> {
  const { row, unit } = held;
  if (due.deliveryStatus === 'sending' && !providers.isIdempotent(due.channel)) {
    await markDelivery(held, due.id, 'unknown', 'the process ended while the provider was asked; it may have gone out');
    await needsPerson(held, due.id, 'in doubt');
    await held.save();
    return { kind: 'again', message: due, outcome: 'unknown' };
  }
  if (due.deliveryStatus === 'queued' && due.optedOut) {
    await markDelivery(held, due.id, 'recalled', 'the customer wrote STOP');
    await sayRecalled(held, SYSTEM, due, { code: 'opted_out', reason: 'the customer wrote STOP' });
    await held.save();
    return { kind: 'again', message: due, outcome: 'recalled' };
  }
  if (due.deliveryStatus === 'queued' && due.byAgent) {
    const account = await accountOf(held, speakers, due.accountId);
    if (!account) return giveBack(held, new Date(held.now.getTime() + ACCOUNT_BUSY_MS));
    if (!mayStillGo(held, { ...speakers, account }, due)) {
      await markDelivery(held, due.id, 'recalled', null);
      await sayRecalled(held, SYSTEM, due, { code: 'speakers_changed', reason: 'who may speak had changed' });
      if (await reopen(held, due.seq)) {
        row.runDueAt ??= held.now;
        unit.wake('run', row.id);
      }
      await held.save();
      return { kind: 'again', message: due, outcome: 'recalled' };
    }
  }
  if (due.channel === 'chat') {
    await markDelivery(held, due.id, 'sent', null);
    held.visitorItemChanged(due.id, due.identityId, due.channel);
    await held.save();
    return { kind: 'again', message: due, outcome: 'sent' };
  }
  const later = providers.enter(due.accountId);
  if (later) {
    await unit.sql`update message set due_at = ${later} where workspace_id = ${unit.workspaceId} and id = ${due.id}`;
    return giveBack(held, later);
  }
  if (due.deliveryStatus === 'queued') {
    await unit.sql`update message set delivery_status = 'sending', delivery_at = ${held.now}, attempts = attempts + 1
      where workspace_id = ${unit.workspaceId} and id = ${due.id} and delivery_status = 'queued'`;
    held.itemChanged(due.id);
  }
  const answered = await answeredBy(unit, row.id, due);
  return {
    kind: 'send',
    message: {
      id: due.id,
      conversationId: row.id,
      channel: due.channel,
      accountId: due.accountId,
      to: due.handle,
      toName: due.contactName,
      text: due.text,
      html: due.html,
      subject: due.subject ?? (row.subject && answered.inReplyTo ? answerSubject(row.subject) : row.subject),
      cc: due.cc,
      bcc: due.bcc,
      automatic: !due.byPerson,
      authorName: due.authorName,
      attempts: due.attempts + 1,
      routes: due.routes,
      fileIds: due.attachments.map(({ id }) => id),
      ...answered,
      lastInboundAt: await lastWroteAt(unit.sql, unit.workspaceId, due),
      template: due.template,
      trace: due.trace,
    },
  };
}

/** The agent's fence, asked again at the last moment: the counters under which it wrote, and the standing policy. */
function mayStillGo({ row }: HeldConversation, speakers: Speaking, { runFence }: DueRow): boolean {
  return runFence !== null && sameCounters(runFence, countersOf(row, speakers)) && agentInControl(standingOf(row, speakers));
}
