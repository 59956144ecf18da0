import type { Sql } from './connect.ts';

/** What waits to be done, over all workspaces. */
export interface WorkStats {
  /** Conversations whose run is due and not begun. */
  runsDue: number;
  /** Messages that wait for their delivery. */
  messagesQueued: number;
  /** Messages of which it is not known whether they went out. */
  messagesInDoubt: number;
  /** Drafts that wait for a person. */
  draftsPending: number;
  /** Jobs that stand ready for a worker. */
  jobsReady: number;
  /** Jobs that have failed for good. */
  jobsFailed: number;
}

export async function workStats(sql: Sql): Promise<WorkStats> {
  const [row] = await sql<WorkStats[]>`
    select (select count(*) from conversation where run_due_at <= now() and run_owner is null)::int as runs_due,
      (select count(*) from message where delivery_status in ('queued', 'sending') and delivery_status = 'queued')::int as messages_queued,
      (select count(*) from message where delivery_status in ('queued', 'sending') and delivery_status = 'sending')::int as messages_in_doubt,
      (select count(*) from draft where status = 'pending')::int as drafts_pending,
      (select count(*) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts and locked_at is null)::int as jobs_ready,
      (select count(*) from graphile_worker.jobs where attempts >= max_attempts and locked_at is null)::int as jobs_failed`;
  if (!row) throw new Error('no counts');
  return row;
}
