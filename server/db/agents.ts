/** Agents and the open conversations that they have. */
import type { AgentWork } from '../contract/agent.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** How much an agent has to do with; null where there is none. */
export async function agentWork(sql: Sql | Transaction, workspaceId: string, agentId: string): Promise<AgentWork | null> {
  const [[counts], accounts] = await Promise.all([
    sql<Omit<AgentWork, 'accounts'>[]>`
      select count(c.id) filter (where c.controller_kind = 'agent')::int as open, count(c.id) filter (where c.controller_kind = 'agent' and c.waiting_since is not null)::int as waiting,
        count(c.id) filter (where c.controller_kind = 'human')::int as held
      from agent g left join conversation c on c.workspace_id = g.workspace_id and c.agent_id = g.id and c.status = 'open' and c.merged_into is null
      where g.workspace_id = ${workspaceId} and g.id = ${agentId} group by g.id`,
    sql<AgentWork['accounts']>`select id, name from channel_account where workspace_id = ${workspaceId} and agent_id = ${agentId} order by name, id`,
  ]);
  return counts ? { ...counts, accounts: [...accounts] } : null;
}

/** Locks agents in the order in which everybody locks several, and says which of them are active. */
export async function holdAgents({ sql, workspaceId }: Change, ids: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await sql<
    { id: string; active: boolean }[]
  >`select id, active from agent where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) order by id for no key update`;
  return new Map(rows.map(({ id, active }) => [id, active]));
}

/** Open conversations of an agent; of those that people hold only where they are asked for. */
export async function openConversations(sql: Sql | Transaction, workspaceId: string, agentId: string, { held }: { held: boolean }): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from conversation where workspace_id = ${workspaceId} and agent_id = ${agentId} and status = 'open' and merged_into is null ${held ? sql`` : sql`and controller_kind = 'agent'`} order by id`;
  return rows.map(({ id }) => id);
}
