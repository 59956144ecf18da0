import type { Sql, Transaction } from './connect.ts';

/** A wake-up for the worker: something may be due in this conversation. Payloads hold only ids. */
export interface Wake {
  task: 'run' | 'deliver';
  workspaceId: string;
  conversationId: string;
  /** Not before; default now. */
  at?: Date | null;
}

/**
 * The one place where jobs are enqueued. Two keys a conversation, so that a person's message never waits for a model.
 * A key that waits already is replaced; one that runs gets a second job, which finds the slot taken and ends.
 */
export function addJob(sql: Sql | Transaction, wake: Wake) {
  return sql`graphile_worker.add_job(
    ${wake.task}, json_build_object('workspaceId', ${wake.workspaceId}::text, 'conversationId', ${wake.conversationId}::text),
    run_at => ${wake.at ?? null}::timestamptz, max_attempts => 3, job_key => ${`${wake.task}:${wake.conversationId}`})`;
}

/** Enqueues all of them in one statement. */
export async function enqueue(sql: Sql | Transaction, wakes: Wake[]): Promise<void> {
  if (wakes.length === 0) return;
  await sql`select ${wakes.map((wake, index) => (index === 0 ? addJob(sql, wake) : sql`, ${addJob(sql, wake)}`))}`;
}
