import type { HeldConversation } from './conversation.ts';

/** Puts a tag on a conversation; false where the workspace has no such tag. */
export async function tagConversation(held: HeldConversation, name: string): Promise<boolean> {
  const { sql, workspaceId } = held.unit;
  const rows = await sql<{ added: boolean }[]>`
    with t as (select id from tag where workspace_id = ${workspaceId} and lower(name) = lower(${name})),
    i as (insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, ${held.row.id}, id from t on conflict do nothing returning tag_id)
    select exists (select from i) as added from t`;
  return rows.length > 0;
}
