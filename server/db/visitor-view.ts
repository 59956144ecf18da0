import type { VisitorConversation } from '../contract/chat.ts';
import { agentInControl } from '../domain/policy.ts';
import type { ReplyMode, Status } from '../contract/common.ts';
import type { Sql, Transaction } from './connect.ts';

interface Row {
  id: string;
  status: Status;
  controllerKind: 'agent' | 'human';
  handedOff: boolean;
  paused: boolean;
  accountActive: boolean;
  replyMode: ReplyMode | null;
  agent: { name: string; avatarUrl: string | null; active: boolean } | null;
  operator: { name: string; picture: string | null } | null;
}

/** Who answers, as the customer sees it: the agent while it is in control, else the person who holds it, else the team. */
function fromRow(row: Row): VisitorConversation {
  const inControl =
    row.agent !== null &&
    agentInControl({
      replyMode: row.replyMode ?? 'off',
      controller: row.controllerKind,
      handedOff: row.handedOff,
      contactPaused: row.paused,
      agentActive: row.agent.active,
      accountActive: row.accountActive,
      status: row.status,
    });
  return {
    id: row.id,
    open: row.status === 'open',
    handedOff: row.handedOff,
    answering: inControl
      ? { kind: 'agent', name: row.agent!.name, avatarUrl: row.agent!.avatarUrl }
      : row.operator && row.controllerKind === 'human'
        ? { kind: 'operator', name: row.operator.name, avatarUrl: row.operator.picture }
        : { kind: 'team', name: null, avatarUrl: null },
  };
}

const select = (sql: Sql | Transaction) => sql`
  select c.id, c.status, c.controller_kind, c.handoff_at is not null as handed_off, ct.ai_paused_at is not null as paused, a.active as account_active,
    coalesce(c.reply_mode_override, g.reply_mode) as reply_mode,
    case when g.id is null then null else json_build_object('name', g.name, 'avatarUrl', g.avatar_url, 'active', g.active) end as agent,
    (select json_build_object('name', o.name, 'picture', o.picture) from operator o where o.workspace_id = c.workspace_id and o.id = coalesce(c.controller_id, c.assignee_id)) as operator
  from conversation c join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    join channel_account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    left join agent g on g.workspace_id = c.workspace_id and g.id = c.agent_id`;

/** Conversations by id, as their visitors see them. */
export async function visitorConversations(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, VisitorConversation>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<Row[]>`${select(sql)} where c.workspace_id = ${workspaceId} and c.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** The conversation that a visitor's next message joins, or null before its first. */
export async function currentVisitorConversation(sql: Sql | Transaction, workspaceId: string, identityId: string): Promise<VisitorConversation | null> {
  const rows = await sql<Row[]>`${select(sql)} where c.workspace_id = ${workspaceId} and c.status <> 'archived' and c.merged_into is null and c.id = (
    select m.conversation_id from message m where m.workspace_id = ${workspaceId} and m.identity_id = ${identityId} order by m.created_at desc, m.id desc limit 1)`;
  return rows[0] ? fromRow(rows[0]) : null;
}
