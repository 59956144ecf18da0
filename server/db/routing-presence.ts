/** Which operators are there: those with an open stream, in whichever process. */
import type { Sql, Transaction } from './connect.ts';

/** How often a process says again who is there with it, in milliseconds. */
export const PRESENCE_BEAT_MS = 3_000;
/** After so long without a word of their process, its operators count as gone, in milliseconds. */
const SILENCE_MS = 10_000;

export interface Present {
  workspaceId: string;
  operatorId: string;
}

/** These operators are there with this process, now. */
export async function writePresent(sql: Sql, processId: string, present: readonly Present[]): Promise<void> {
  if (present.length === 0) return;
  await sql`
    insert into operator_presence (workspace_id, operator_id, process_id, beat_at)
    select workspace_id, operator_id, ${processId}, clock_timestamp() from unnest(${present.map((one) => one.workspaceId)}::uuid[], ${present.map((one) => one.operatorId)}::uuid[]) as p(workspace_id, operator_id)
    order by 1, 2 on conflict (workspace_id, operator_id, process_id) do update set beat_at = excluded.beat_at`;
}

/** The last stream of an operator with this process has ended. */
export async function removePresent(sql: Sql, processId: string, { workspaceId, operatorId }: Present): Promise<void> {
  await sql`delete from operator_presence where workspace_id = ${workspaceId} and operator_id = ${operatorId} and process_id = ${processId}`;
}

/** This process ends: nobody is there with it any more. What killed processes left goes too. */
export async function removeProcess(sql: Sql, processId: string): Promise<void> {
  await sql`delete from operator_presence where process_id = ${processId} or beat_at < clock_timestamp() - interval '1 minute'`;
}

/** The condition that operator `o` is there. */
export const isPresent = (sql: Sql | Transaction) => sql`exists (
  select from operator_presence p where p.workspace_id = o.workspace_id and p.operator_id = o.id and p.beat_at > clock_timestamp() - make_interval(secs => ${SILENCE_MS / 1_000}))`;
