import { v7 as newId } from 'uuid';
import type { Tokens } from '../model/counted.ts';
import type { Why } from '../contract/why.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { notify } from './notification.ts';

/** Today, in UTC, as Postgres has it. */
const today = (sql: Sql | Transaction) => sql`(now() at time zone 'utc')::date`;

/** Counts what one run of an agent used. Its own statement: also a run that lost its word has used it. */
export async function noteUse(sql: Sql, workspaceId: string, agentId: string, model: string, { input, output }: Tokens, failed: boolean): Promise<void> {
  await sql`
    insert into model_use as u (workspace_id, agent_id, day, model, runs, failures, input_tokens, output_tokens)
    select ${workspaceId}, id, ${today(sql)}, ${model}, 1, ${failed ? 1 : 0}, ${input}, ${output} from agent where workspace_id = ${workspaceId} and id = ${agentId}
    on conflict (workspace_id, agent_id, day, model) do update set runs = u.runs + 1, failures = u.failures + excluded.failures,
      input_tokens = u.input_tokens + excluded.input_tokens, output_tokens = u.output_tokens + excluded.output_tokens`;
}

/** Tokens that an agent has used today. */
export async function usedToday(sql: Sql, workspaceId: string, agentId: string): Promise<number> {
  const [row] = await sql<{ used: number }[]>`
    select coalesce(sum(input_tokens + output_tokens), 0)::bigint as used from model_use where workspace_id = ${workspaceId} and agent_id = ${agentId} and day = ${today(sql)}`;
  return row?.used ?? 0;
}

/** Tells the team, once a day, that an agent has used its tokens of the day. */
export async function tellOfLimit(db: Db, workspaceId: string, agent: { id: string; name: string }): Promise<void> {
  await change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const told = await sql`
      update model_use set limit_told = true where workspace_id = ${workspaceId} and agent_id = ${agent.id} and day = ${today(sql)}
        and not exists (select from model_use t where t.workspace_id = ${workspaceId} and t.agent_id = ${agent.id} and t.day = ${today(sql)} and t.limit_told)
      returning 1`;
    if (told.length > 0) await notify(unit, await team(sql, workspaceId), { kind: 'model', conversationId: null, text: agent.name, data: { state: 'limit' } });
  });
}

/** Everyone of a team who is active. */
async function team(sql: Transaction, workspaceId: string): Promise<string[]> {
  return (await sql<{ id: string }[]>`select id from operator where workspace_id = ${workspaceId} and active order by id`).map(({ id }) => id);
}

/**
 * Notes that a model does not answer, or is back, and tells the team of every workspace whose agents it answers for: once,
 * however many processes find out.
 */
export async function noteOutage(db: Db, model: string, what: { state: 'down'; reason: string; why: Why } | { state: 'up' }): Promise<void> {
  const workspaces = await db.sql<
    { id: string }[]
  >`select w.id from workspace w where exists (select from agent a where a.workspace_id = w.id and a.active) order by w.id`;
  for (const { id: workspaceId } of workspaces) {
    await change(db, workspaceId, async (unit) => {
      const { sql } = unit;
      const turned =
        what.state === 'down'
          ? await sql`insert into model_outage ${sql({ workspaceId, id: newId(), model, reason: what.reason })} on conflict (workspace_id, model) where ended_at is null do nothing returning 1`
          : await sql`update model_outage set ended_at = now() where workspace_id = ${workspaceId} and model = ${model} and ended_at is null returning 1`;
      if (turned.length === 0) return;
      await notify(unit, await team(sql, workspaceId), { kind: 'model', conversationId: null, text: model, data: what });
      unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'workspace', id: workspaceId } });
    });
  }
}

interface UseRow {
  agentId: string;
  agentName: string;
  day: string;
  model: string;
  runs: number;
  failures: number;
  inputTokens: number;
  outputTokens: number;
}

/** What agents used, by day, the newest first. @param from and `to` days, both included */
export async function modelUse(sql: Sql | Transaction, workspaceId: string, from: string, to: string): Promise<UseRow[]> {
  return sql<UseRow[]>`
    select u.agent_id, a.name as agent_name, to_char(u.day, 'YYYY-MM-DD') as day, u.model, u.runs, u.failures, u.input_tokens, u.output_tokens
    from model_use u join agent a on a.workspace_id = u.workspace_id and a.id = u.agent_id
    where u.workspace_id = ${workspaceId} and u.day between ${from}::date and ${to}::date order by u.day desc, a.name, u.model`;
}

/** Since when a model does not answer, and why; null where it does. */
export async function openOutage(sql: Sql | Transaction, workspaceId: string, model: string): Promise<{ since: Date; reason: string } | null> {
  const [row] = await sql<
    { since: Date; reason: string }[]
  >`select began_at as since, reason from model_outage where workspace_id = ${workspaceId} and model = ${model} and ended_at is null`;
  return row ?? null;
}
