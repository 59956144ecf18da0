import type { HeldConversation } from './conversation.ts';

/** Makes an operator a participant: writing, being mentioned and taking over do so too. */
export async function join(held: HeldConversation, operatorId: string): Promise<void> {
  const { sql, workspaceId } = held.unit;
  await sql`insert into participant (workspace_id, conversation_id, operator_id, joined_at) values (${workspaceId}, ${held.row.id}, ${operatorId}, ${held.now}) on conflict do nothing`;
}

/** @returns false for the assignee, who has to transfer the conversation first */
export async function leaveConversation(held: HeldConversation, operatorId: string): Promise<boolean> {
  if (held.row.assigneeId === operatorId) return false;
  const { sql, workspaceId } = held.unit;
  await sql`delete from participant where workspace_id = ${workspaceId} and conversation_id = ${held.row.id} and operator_id = ${operatorId}`;
  return true;
}
