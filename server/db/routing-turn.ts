/** Whose turn it is to take a conversation: one of those who are there, fairly, whoever decides at the same moment. */
import type { RoutingRule } from '../contract/settings.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { isPresent } from './routing-presence.ts';

export type How = NonNullable<RoutingRule['actions']['assign']>;
export interface Chosen {
  id: string;
  name: string;
}

/** Active operators of a department, or of the team, who are there; whoever comes first is next. */
const candidates = (sql: Sql | Transaction, workspaceId: string, departmentId: string | null, how: How) => sql<Chosen[]>`
  select o.id, o.name from operator o
  left join routing_turn t on t.workspace_id = o.workspace_id and t.operator_id = o.id and t.scope_id = ${departmentId ?? workspaceId}
  where o.workspace_id = ${workspaceId} and o.active and ${isPresent(sql)}
    ${departmentId ? sql`and exists (select from department_member m where m.workspace_id = o.workspace_id and m.department_id = ${departmentId} and m.operator_id = o.id)` : sql``}
  order by ${
    how === 'least_busy'
      ? sql`(select count(*) from conversation c where c.workspace_id = o.workspace_id and c.assignee_id = o.id and c.status = 'open' and c.snoozed_by is null and c.merged_into is null),`
      : sql``
  } coalesce(t.turn, 0), o.id`;

/** Who would be next now; nobody's turn is taken by asking. */
export async function wouldTake(sql: Sql | Transaction, workspaceId: string, departmentId: string | null, how: How): Promise<Chosen | null> {
  return (await candidates(sql, workspaceId, departmentId, how))[0] ?? null;
}

/**
 * Takes the next turn of a department, or of the whole team. The row of the scope is held until this change commits, so that
 * whoever decides next sees what was decided here.
 * @returns the operator, active until the commit; null where nobody is there
 */
export async function takeTurn({ sql, workspaceId }: Change, departmentId: string | null, how: How): Promise<Chosen | null> {
  const scopeId = departmentId ?? workspaceId;
  const [scope] = await sql<{ turn: number }[]>`
    insert into routing_scope as s (workspace_id, scope_id, turn) values (${workspaceId}, ${scopeId}, 1)
    on conflict (workspace_id, scope_id) do update set turn = s.turn + 1 returning turn`;
  for (const candidate of await candidates(sql, workspaceId, departmentId, how)) {
    const [active] = await sql`select 1 from operator where workspace_id = ${workspaceId} and id = ${candidate.id} and active for share`;
    if (!active) continue;
    await sql`insert into routing_turn (workspace_id, scope_id, operator_id, turn) values (${workspaceId}, ${scopeId}, ${candidate.id}, ${scope!.turn})
      on conflict (workspace_id, scope_id, operator_id) do update set turn = excluded.turn`;
    return candidate;
  }
  return null;
}
