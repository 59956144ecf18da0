import type { SnoozeWish } from '../domain/snooze.ts';
import { applySnooze, isOver } from '../domain/snooze.ts';
import type { Snooze } from '../domain/snooze.ts';
import { Change, change } from './change.ts';
import type { Db } from './change.ts';
import type { Transaction } from './connect.ts';
import { holdConversation, SYSTEM } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { notify } from './notification.ts';
import { markRead } from './reads.ts';
import type { Refusal } from './sends.ts';

/** How many come back at once, at most; the rest at the next look. */
const BATCH = 200;

const snoozeOf = ({ row }: HeldConversation): Snooze | null => (row.snoozedBy ? { by: row.snoozedBy, until: row.snoozedUntil } : null);

/** A person puts a conversation off, or wants it back: it leaves the open ones, or returns to them. */
export async function putOff(held: HeldConversation, by: ActorRow & { id: string }, wish: SnoozeWish): Promise<Refusal | null> {
  const { row } = held;
  const applied = applySnooze(row.status, snoozeOf(held), wish, by.id, held.now);
  if (!applied.ok) return applied;
  if (!applied.changed) return null;
  const { snooze } = applied;
  Object.assign(row, { snoozedBy: snooze?.by ?? null, snoozedUntil: snooze?.until ?? null });
  if (snooze) {
    const until = snooze.until?.toISOString() ?? 'next_message';
    await held.addLine({ code: 'snoozed', text: `${by.name} put it off until ${snooze.until ? until : 'the next message'}`, by, data: { until } });
  } else {
    await held.addLine({ code: 'unsnoozed', text: `${by.name} took it back from later`, by });
  }
  return null;
}

/** The snooze is over: a line says so, and whoever put it off is told. */
async function wake(held: HeldConversation, cause: 'time' | 'message'): Promise<void> {
  const { row, unit } = held;
  const who = row.snoozedBy;
  if (!who) return;
  Object.assign(row, { snoozedBy: null, snoozedUntil: null });
  const [people] = await unit.sql<{ operator: string | null; contact: string }[]>`
    select (select name from operator where workspace_id = ${unit.workspaceId} and id = ${who}) as operator, name as contact from contact where workspace_id = ${unit.workspaceId} and id = ${row.contactId}`;
  await held.addLine({
    code: 'woke',
    text: cause === 'time' ? 'It is time: it is back among the open ones' : 'A new message brought it back',
    by: SYSTEM,
    data: { cause, by: people?.operator ?? null },
  });
  await notify(unit, [who], { kind: 'snooze', conversationId: row.id, text: people?.contact ?? '', data: { cause } });
}

/** A message of the customer has come into a conversation that was put off; part of the transaction that takes it in. */
export async function wakeByMessage(sql: Transaction, workspaceId: string, conversationId: string): Promise<void> {
  const unit = new Change(sql, workspaceId);
  const held = await holdConversation(unit, conversationId);
  if (!held) return;
  await wake(held, 'message');
  await held.save();
  await unit.flush();
}

/**
 * Brings back every conversation whose time has come, by the database's clock. What somebody wanted back needs somebody
 * now: it requires action, stands at the top, and its newest message is unread again for whoever put it off.
 * @returns how many came back
 */
export async function wakeDue(db: Db): Promise<number> {
  const due = await db.sql<{ workspaceId: string; id: string }[]>`
    select workspace_id, id from conversation where snoozed_until <= clock_timestamp() and merged_into is null order by snoozed_until limit ${BATCH}`;
  let woken = 0;
  for (const { workspaceId, id } of due) {
    const did = await change(db, workspaceId, async (unit) => {
      const held = await holdConversation(unit, id);
      // Another process may have been here, and somebody may have put it off again.
      if (!held || !isOver(snoozeOf(held), held.now)) return false;
      const { row } = held;
      const who = row.snoozedBy!;
      await wake(held, 'time');
      Object.assign(row, { requiresAction: true, requiresReason: row.requiresAction ? row.requiresReason : 'snooze_over', lastActivityAt: held.now });
      await held.save();
      if (row.lastInboundSeq > 0) await markRead(unit, who, id, row.lastInboundSeq, 'unread');
      return true;
    });
    if (did) woken += 1;
  }
  return woken;
}
