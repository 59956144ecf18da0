import type { Change } from './change.ts';
import { noteContactChange } from './contact-history.ts';
import { holdContact } from './contacts.ts';
import { recall, stopWorking } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, NewLine } from './conversation.ts';

/**
 * Changes of who may speak that cover many conversations. Each raises its own counter first, then takes the conversations
 * in which something is under way, in the order of their ids: an agent's queued messages are recalled and its runs lose
 * their slot, in the same transaction.
 */
async function silenceAll(unit: Change, which: 'agent_id' | 'account_id' | 'contact_id', id: string, by: ActorRow, line: NewLine | null): Promise<void> {
  const { sql, workspaceId } = unit;
  // Another account than its conversation's own may still have a message of it: the customer wrote elsewhere since.
  const conversations = await sql<{ id: string }[]>`
    select c.id from conversation c where c.workspace_id = ${workspaceId} and c.${sql(which)} = ${id} and c.merged_into is null and (
      c.run_owner is not null
      ${line ? sql`or c.status = 'open'` : sql``}
      or exists (select from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.delivery_status = 'queued' and m.sent_by ->> 'kind' = 'agent'))
    ${
      which === 'account_id'
        ? sql`union select conversation_id from message
      where workspace_id = ${workspaceId} and account_id = ${id} and delivery_status = 'queued' and sent_by ->> 'kind' = 'agent'`
        : sql``
    }
    order by id`;
  for (const conversation of conversations) {
    const held = await holdConversation(unit, conversation.id);
    if (!held) continue;
    if (line) await held.addLine({ by, ...line });
    const atWork = held.row.runOwner !== null;
    if (atWork) {
      held.row.runOwner = null;
      unit.abort(conversation.id);
      stopWorking(held);
    }
    // The next run says who answers now, and asks for a person where nobody does.
    if ((await recall(held, by)) || atWork) {
      held.row.runDueAt ??= held.now;
      unit.wake('run', conversation.id);
    }
    await held.save();
  }
}

/** An agent was switched off, or its way of replying changed: call it in the transaction that writes so. */
export async function silenceAgent(unit: Change, agentId: string, by: ActorRow): Promise<void> {
  await unit.sql`update agent set fence = fence + 1 where workspace_id = ${unit.workspaceId} and id = ${agentId}`;
  await silenceAll(unit, 'agent_id', agentId, by, null);
}

/** A channel account was switched off. */
export async function silenceAccount(unit: Change, accountId: string, by: ActorRow): Promise<void> {
  await unit.sql`update channel_account set fence = fence + 1 where workspace_id = ${unit.workspaceId} and id = ${accountId}`;
  await silenceAll(unit, 'account_id', accountId, by, null);
}

/** Who may speak to a contact changed in another way: what agents are about to say in its conversations is not said. */
export async function silenceContact(unit: Change, contactId: string, by: ActorRow): Promise<void> {
  await silenceAll(unit, 'contact_id', contactId, by, null);
}

/**
 * No agent answers this contact any more, in any conversation, until somebody resumes.
 * @param id of the contact, or of one that became it
 * @returns id of the contact; null where there is none
 */
export async function pauseContact(unit: Change, id: string, by: ActorRow & { id: string }, reason: string | null): Promise<string | null> {
  const { sql, workspaceId } = unit;
  const contactId = await holdContact(unit, id, 'no key update');
  if (!contactId) return null;
  const rows = await sql<{ name: string; already: boolean }[]>`
    update contact c set ai_paused_at = coalesce(c.ai_paused_at, clock_timestamp()), ai_paused_by = ${by.id}, ai_paused_reason = ${reason}, fence = c.fence + 1, version = c.version + 1
    from (select id, ai_paused_at is not null as already from contact where workspace_id = ${workspaceId} and id = ${contactId}) before
    where c.workspace_id = ${workspaceId} and c.id = before.id returning c.name, before.already`;
  const contact = rows[0]!;
  unit.emit({ kind: 'contact', audience: 'team', subjectId: contactId });
  await noteContactChange(unit, contactId, by, [{ field: 'aiPaused', before: contact.already, after: true }], reason);
  await silenceAll(
    unit,
    'contact_id',
    contactId,
    by,
    contact.already ? null : { code: 'ai_paused', text: `${by.name} paused AI for ${contact.name || 'the customer'}`, reason },
  );
  return contactId;
}

/**
 * Agents may answer this contact again; nothing starts for what came before.
 * @param id of the contact, or of one that became it
 * @returns id of the contact; null where there is none
 */
export async function resumeContact(unit: Change, id: string, by: ActorRow & { id: string }, reason: string | null): Promise<string | null> {
  const { sql, workspaceId } = unit;
  const contactId = await holdContact(unit, id, 'no key update');
  if (!contactId) return null;
  const [contact] = await sql<
    { name: string; paused: boolean }[]
  >`select name, ai_paused_at is not null as paused from contact where workspace_id = ${workspaceId} and id = ${contactId}`;
  if (!contact?.paused) return contactId;
  await sql`update contact set ai_paused_at = null, ai_paused_by = null, ai_paused_reason = null, fence = fence + 1, version = version + 1 where workspace_id = ${workspaceId} and id = ${contactId}`;
  unit.emit({ kind: 'contact', audience: 'team', subjectId: contactId });
  await noteContactChange(unit, contactId, by, [{ field: 'aiPaused', before: true, after: false }], reason);
  await silenceAll(unit, 'contact_id', contactId, by, { code: 'ai_resumed', text: `${by.name} resumed AI for ${contact.name || 'the customer'}`, reason });
  return contactId;
}
