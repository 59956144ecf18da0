import type { Sql } from './connect.ts';
import { aliveSince } from './processes.ts';

/** What waits to be done, over all workspaces. */
interface WorkStats {
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

/** How old the oldest of what waits is, in seconds; 0 where nothing waits. */
interface WorkAges {
  /** A run that is due, since it is. */
  run: number;
  /** A message that may be sent now, since it was written. */
  delivery: number;
  /** A job that stands ready, since it is due. */
  job: number;
}

export async function workAges(sql: Sql): Promise<WorkAges> {
  const [row] = await sql<WorkAges[]>`
    select coalesce(extract(epoch from clock_timestamp() - (select min(run_due_at) from conversation where run_due_at <= now() and run_owner is null)), 0)::float8 as run,
      coalesce(extract(epoch from clock_timestamp() - (select min(created_at) from message where delivery_status in ('queued', 'sending') and delivery_status = 'queued' and coalesce(due_at, now()) <= now())), 0)::float8 as delivery,
      coalesce(extract(epoch from clock_timestamp() - (select min(run_at) from graphile_worker.jobs where run_at <= now() and attempts < max_attempts and locked_at is null)), 0)::float8 as job`;
  if (!row) throw new Error('no ages');
  return row;
}

/** Who works, and what is wrong. */
export interface Standing {
  /** Processes that beat. */
  processes: number;
  /** Conversations of which a process has the turn, or the delivery. */
  runSlots: number;
  deliverySlots: number;
  /** Such slots of processes that do not beat any more. */
  slotsLeft: number;
  /** Accounts that cannot send or receive, by what happened last. */
  accountsFailing: number;
  /** Models that are left alone since they do not answer, one for each workspace. */
  modelsDown: number;
}

export async function standing(sql: Sql): Promise<Standing> {
  const [row] = await sql<Standing[]>`
    with alive as (select id from process where beat_at > ${aliveSince(sql)})
    select (select count(*) from alive)::int as processes,
      (select count(*) from conversation where run_owner is not null)::int as run_slots,
      (select count(*) from conversation where deliver_owner is not null)::int as delivery_slots,
      ((select count(*) from conversation where run_owner is not null and run_owner not in (select id from alive))
        + (select count(*) from conversation where deliver_owner is not null and deliver_owner not in (select id from alive)))::int as slots_left,
      (select count(*) from channel_account where active and last_error is not null)::int as accounts_failing,
      (select count(*) from model_outage where ended_at is null)::int as models_down`;
  if (!row) throw new Error('no counts');
  return row;
}
