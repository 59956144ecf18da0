/**
 * After an older state was put back: what was on its way when it was taken may have happened since, and nobody here knows.
 * Nothing of it is done again by itself.
 */
import type { Sql } from './connect.ts';

/** What had to be settled. */
interface SettledRestore {
  /** Messages that wait for a person to say whether they went out. */
  inDoubt: number;
  /** Conversations in which an agent was about to answer; a person looks. */
  unanswered: number;
}

/**
 * Settles a database that was restored, while nothing else works on it: readers of live updates read afresh, slots and wake-ups of processes
 * that are gone go, messages that waited or were on their way become `unknown` unless their provider drops what it had before, and no
 * agent answers what it was about to.
 * @param idempotent channels of which a message may go out again under its key
 */
export function settleRestored(sql: Sql, idempotent: readonly string[]): Promise<SettledRestore> {
  return sql.begin(async (tx) => {
    await tx`delete from event`;
    await tx`update event_log set epoch = gen_random_uuid(), pruned_xid = '0', pruned_id = 0`;
    await tx`delete from process`;
    await tx`delete from graphile_worker._private_jobs`;
    const unanswered = await tx`
      update conversation set run_due_at = null, burst_from = null, run_owner = null, run_agent_id = null, run_stage = null, run_skill = null, run_since = null, run_restarts = 0,
        requires_action = true, requires_reason = 'unanswered', version = version + 1
      where run_due_at is not null or run_owner is not null`;
    await tx`update conversation set deliver_owner = null where deliver_owner is not null`;
    // As if the process had ended while the provider was asked: a worker names the doubt, and asks for a person.
    const inDoubt = await tx<{ workspaceId: string; conversationId: string }[]>`
      update message set delivery_status = 'sending' where delivery_status in ('queued', 'sending') and not (channel = any(${idempotent as string[]}::text[])) returning workspace_id, conversation_id`;
    await tx`
      update conversation c set deliver_owner = gen_random_uuid()
      from unnest(${inDoubt.map(({ workspaceId }) => workspaceId)}::uuid[], ${inDoubt.map(({ conversationId }) => conversationId)}::uuid[]) m (workspace_id, id)
      where c.workspace_id = m.workspace_id and c.id = m.id`;
    return { inDoubt: inDoubt.length, unanswered: unanswered.count };
  });
}

/** Whether another process of ours is connected to the same database. */
export async function othersAtWork(sql: Sql): Promise<boolean> {
  return (
    (await sql`select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'convene%' limit 1`)
      .length > 0
  );
}
