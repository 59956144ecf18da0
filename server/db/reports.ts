import { v7 as newId } from 'uuid';
import type { DeliveryStatus } from '../contract/message.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import { execute } from './control.ts';
import { holdConversation, SYSTEM } from './conversation.ts';
import { notify } from './notification.ts';

/** A status never goes back: reports come in any order. */
const RANK: Record<DeliveryStatus, number> = { queued: 0, recalled: 0, sending: 1, unknown: 1, sent: 2, delivered: 3, read: 4, failed: 5, bounced: 5 };

/**
 * What a provider reports of a message that it was given.
 * @returns false where no message of the account has this id
 */
export async function reportDelivery(
  db: Db, workspaceId: string, accountId: string, report: { externalId: string; status: 'sent' | 'delivered' | 'read' | 'failed' | 'bounced'; error: string | null; at: Date },
): Promise<boolean> {
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const [seen] = await sql<{ id: string; conversationId: string }[]>`
      select id, conversation_id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${report.externalId} and direction = 'outbound'`;
    if (!seen) return false;
    const held = await holdConversation(unit, seen.conversationId);
    const [message] = await sql<{ deliveryStatus: DeliveryStatus; sentBy: { kind: string; id: string | null } | null }[]>`
      select delivery_status, sent_by from message where workspace_id = ${workspaceId} and id = ${seen.id} for no key update`;
    if (!held || !message || RANK[report.status] <= RANK[message.deliveryStatus]) return true;
    await sql`update message set delivery_status = ${report.status}, delivery_error = ${report.error}, delivery_at = ${report.at} where workspace_id = ${workspaceId} and id = ${seen.id}`;
    held.itemChanged(seen.id);
    if (report.status === 'failed' || report.status === 'bounced') {
      await execute(held, { type: 'delivery_failed' }, SYSTEM);
      const person = message.sentBy?.kind === 'operator' ? message.sentBy.id : held.row.assigneeId;
      if (person) await notify(unit, [person], { kind: 'delivery', conversationId: held.row.id, text: '', data: { reason: report.error, messageId: seen.id } });
    }
    await held.save();
    return true;
  });
}

/**
 * A message that a person sent from the provider's own app: it stands in the thread, and the person has taken over.
 * @returns false where it is one of ours, or nobody that we know was written to
 */
export async function receiveEcho(db: Db, workspaceId: string, accountId: string, echo: { externalId: string; channel: string; handle: string; text: string }): Promise<boolean> {
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const [ours] = await sql`select 1 from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${echo.externalId}`;
    if (ours) return false;
    const [there] = await sql<{ conversationId: string; identityId: string }[]>`
      select m.conversation_id, m.identity_id from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id
        join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.workspace_id = ${workspaceId} and m.account_id = ${accountId} and i.handle = ${echo.handle} and c.status <> 'archived' and c.merged_into is null
      order by m.created_at desc limit 1`;
    const held = there ? await holdConversation(unit, there.conversationId) : null;
    if (!held || !there) return false;
    // Our own message may be repeated to us before the provider's answer to it is written down.
    const [underway] = await sql`select 1 from message where workspace_id = ${workspaceId} and conversation_id = ${there.conversationId} and delivery_status = 'sending' and text = ${echo.text}`;
    if (underway) return false;
    const person = { kind: 'operator' as const, id: null, name: 'The team' };
    const id = newId();
    if (held.row.controllerKind === 'agent') {
      await execute(held, { type: 'assume', operatorId: held.row.assigneeId ?? null }, person, { code: 'assumed', text: 'Somebody answered from the channel’s own app' });
    }
    await execute(held, { type: 'human_reply' }, person);
    await sql`insert into message ${sql({
      workspaceId, id, conversationId: held.row.id, seq: held.nextSeq(), direction: 'outbound', kind: 'message', authorKind: 'operator', authorId: null, authorName: person.name,
      channel: echo.channel, accountId, identityId: there.identityId, text: echo.text, aiGenerated: false, sentBy: sql.json({ kind: 'operator', id: null }), externalId: echo.externalId,
      deliveryStatus: 'sent', deliveryAt: held.now, createdAt: held.now,
    })}`;
    held.showInPool(echo.text, person);
    held.itemChanged(id);
    await held.save();
    return true;
  });
}
