/** Deliveries under way while their conversation is merged, or parted again: the message goes elsewhere, the slot does not. */
import type { Change } from './change.ts';
import { aliveSince } from './processes.ts';
import { holdWithSpeakers } from './speakers.ts';

/**
 * Whether somebody is at work under the slot of a conversation that this one was merged with: a message that is `sending` may
 * be theirs, and is then not in doubt.
 */
export async function deliversElsewhere({ sql, workspaceId }: Change, conversationId: string): Promise<boolean> {
  const rows = await sql`
    with recursive kin (id) as (
      select ${conversationId}::uuid
      union select case when g.from_id = kin.id then g.into_id else g.from_id end from kin join conversation_merge g on g.workspace_id = ${workspaceId} and (g.from_id = kin.id or g.into_id = kin.id))
    select 1 from kin join conversation c on c.workspace_id = ${workspaceId} and c.id = kin.id
    join process p on p.id = c.deliver_owner and p.beat_at > ${aliveSince(sql)} where kin.id <> ${conversationId} limit 1`;
  return rows.length > 0;
}

/** Nothing is left to hand over in a conversation that was merged: its slot is free, and the target's deliveries go on. */
export async function leaveMerged(unit: Change, conversationId: string, processId: string): Promise<void> {
  const { sql, workspaceId } = unit;
  const [left] = await sql<{ mergedInto: string }[]>`
    update conversation set deliver_owner = null where workspace_id = ${workspaceId} and id = ${conversationId} and deliver_owner = ${processId} and merged_into is not null returning merged_into`;
  if (left) unit.wake('deliver', left.mergedInto);
}

/**
 * The conversation in which a message stands by now, under lock, for whoever claimed it in another.
 * @returns with it whether the claim's slot is still this process's; null where the message is gone
 */
export async function holdClaimed(unit: Change, conversationId: string, messageId: string, processId: string) {
  const { sql, workspaceId } = unit;
  const whereIs = async (): Promise<string | undefined> =>
    (await sql<{ conversationId: string }[]>`select conversation_id from message where workspace_id = ${workspaceId} and id = ${messageId}`)[0]?.conversationId;
  for (let at = await whereIs(); at; ) {
    const found = await holdWithSpeakers(unit, at);
    const now = await whereIs();
    if (now !== at) {
      at = now;
      continue;
    }
    if (!found) return null;
    const [slot] = await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and deliver_owner = ${processId}`;
    return { held: found.held, own: slot !== undefined };
  }
  return null;
}
