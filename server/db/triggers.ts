import type { Intent } from '../contract/settings.ts';
import type { Answering, TriggerRule } from '../domain/triggers.ts';
import type { Sql, Transaction } from './connect.ts';

/** Triggers that are in force, in their order. */
export const triggersOf = (sql: Sql | Transaction, workspaceId: string) =>
  sql<
    TriggerRule[]
  >`select id, kind, config, agent_id, department_id, route_id, priority from trigger where workspace_id = ${workspaceId} and active order by position, created_at`;

/** What a message is told with: who answers, what is known of who writes, and the intents of the workspace. */
export async function tryingFacts(
  sql: Sql | Transaction,
  workspaceId: string,
  { agentId, contactId }: { agentId?: string | undefined; contactId?: string | undefined },
) {
  const [agents, contacts, intents] = await Promise.all([
    agentId
      ? sql<
          (Answering & { name: string; languages: string[] })[]
        >`select id, name, languages, reserved_intents, fallback_limit from agent where workspace_id = ${workspaceId} and id = ${agentId}`
      : [],
    contactId
      ? sql<{ name: string; language: string | null; attributes: Record<string, unknown>; tags: string[] | null }[]>`
          select name, language, attributes, (select json_agg(t.name) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
            where x.workspace_id = c.workspace_id and x.conversation_id = (select id from conversation n where n.workspace_id = c.workspace_id and n.contact_id = c.id and n.merged_into is null order by last_activity_at desc limit 1)) as tags
          from contact c where workspace_id = ${workspaceId} and id = ${contactId}`
      : [],
    sql<Intent[]>`select name, label, description, examples from intent where workspace_id = ${workspaceId} order by position, name`,
  ]);
  return { agent: agents[0] ?? null, contact: contacts[0] ?? null, intents };
}

/** How triggers' departments and routes are called, by id. */
export async function targetNames(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from department where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])
    union all select id, label from route where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
