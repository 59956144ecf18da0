/** What becomes of a message that was handed over: the provider's answer, and whom it brings where the message did not arrive. */
import { besideWhy } from '../domain/fault.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import { execute } from './control.ts';
import { SYSTEM } from './conversation.ts';
import type { HeldConversation } from './conversation.ts';
import { holdClaimed } from './merge-delivery.ts';
import { notifyTeam } from './notification.ts';

/** What the provider said, or did not. */
export type Answer =
  /** `warning`: not everybody got it that was to have a copy. */
  | { status: 'sent'; externalId: string | null; warning?: string | null }
  /** `wholeAccount`: no message of this account would have fared better. */
  | { status: 'retry'; error: string; at: Date; wholeAccount?: boolean }
  | { status: 'failed' | 'unknown'; error: string; wholeAccount?: boolean };

/** Writes the provider's answer to a message that this process had claimed. */
export async function settleDelivery(db: Db, workspaceId: string, conversationId: string, messageId: string, answer: Answer): Promise<void> {
  await change(db, workspaceId, async (unit) => {
    const found = await holdClaimed(unit, conversationId, messageId, db.signals.processId);
    if (!found) return;
    const { held } = found;
    // Somebody else has the slot by now and settles the message; that it went out is worth writing in any case.
    if (!found.own && answer.status !== 'sent') return;
    if (held.row.id !== conversationId) unit.wake('deliver', held.row.id);
    if (answer.status === 'sent') {
      await unit.sql`update message set external_id = coalesce(external_id, ${answer.externalId}) where workspace_id = ${workspaceId} and id = ${messageId}`;
      await markDelivery(held, messageId, 'sent', answer.warning ?? null);
      if (answer.warning) await needsPerson(held, messageId, answer.warning);
    } else if (answer.status === 'retry') {
      await unit.sql`update message set delivery_status = 'queued', delivery_error = ${answer.error}, delivery_at = ${held.now}, due_at = ${answer.at} where workspace_id = ${workspaceId} and id = ${messageId} and delivery_status = 'sending'`;
      held.itemChanged(messageId);
    } else {
      await markDelivery(held, messageId, answer.status, answer.error);
      await needsPerson(held, messageId, answer.error);
    }
    await held.save();
  });
}

/** How far a message has come, where it was still on its way. */
export async function markDelivery(held: HeldConversation, messageId: string, status: string, error: string | null): Promise<void> {
  const { unit } = held;
  await unit.sql`update message set delivery_status = ${status}, delivery_error = ${error}, delivery_at = ${held.now}
    where workspace_id = ${unit.workspaceId} and id = ${messageId} and delivery_status in ('queued', 'sending')`;
  held.itemChanged(messageId);
}

/** It did not arrive, or nobody knows: a person has to look. */
export async function needsPerson(held: HeldConversation, messageId: string, reason: string): Promise<void> {
  const { unit } = held;
  await execute(held, { type: 'delivery_failed' }, SYSTEM);
  const [message] = await unit.sql<{ sentBy: { kind: string; id: string | null } | null; contactName: string }[]>`
    select m.sent_by, ct.name as contact_name from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id where m.workspace_id = ${unit.workspaceId} and m.id = ${messageId}`;
  const sender = message?.sentBy?.kind === 'operator' && message.sentBy.id ? [message.sentBy.id] : [];
  await notifyTeam(held, { kind: 'delivery', text: message?.contactName ?? '', data: { reason, ...besideWhy(reason), messageId } }, { named: sender });
}
