import type { Sql } from './connect.ts';

/** A wake-up for the worker: something may be due in this conversation. Payloads hold only ids. */
export interface Wake {
  task: 'run' | 'deliver' | 'route';
  workspaceId: string;
  conversationId: string;
  /** Not before; default now. */
  at?: Date | null;
}

interface Batch {
  wakes: Map<string, Wake>;
  done: Promise<void>;
}

/** What waits for the statement that is on its way, by pool. */
const gathering = new WeakMap<Sql, Batch>();
const sending = new WeakMap<Sql, Promise<void>>();

/** The earlier of two times; null is now. */
const earlier = (one: Date | null | undefined, other: Date | null | undefined): Date | null => (one && other ? (one < other ? one : other) : null);

/**
 * The one place where jobs are enqueued: right after the commit of what they are about, with whatever else gathered while
 * the last statement was on its way. Enqueued inside a transaction, the NOTIFY in it would hold a lock of the whole server
 * until that commit is on disk: one commit at a time, for all. A wake-up is a hint; what is due stands in our rows, and
 * the sweep makes good what a process told nobody, having been killed in between or found the database gone.
 *
 * Keys of their own for each conversation, so that a person's message never waits for a model. A key that waits already is replaced; one
 * that runs gets a second job, which finds the slot taken and ends.
 * @returns when it is enqueued; rejects with what the database said, though what it is about is committed
 */
export function enqueue(sql: Sql, wakes: Wake[]): Promise<void> {
  if (wakes.length === 0) return Promise.resolve();
  let batch = gathering.get(sql);
  if (!batch) {
    const own: Batch = { wakes: new Map(), done: Promise.resolve() };
    own.done = (sending.get(sql) ?? Promise.resolve()).then(() => {
      gathering.delete(sql);
      const sent = send(sql, [...own.wakes.values()]);
      sending.set(
        sql,
        sent.catch(() => {}),
      );
      return sent;
    });
    gathering.set(sql, (batch = own));
  }
  for (const wake of wakes) {
    const key = `${wake.task}:${wake.conversationId}`;
    const known = batch.wakes.get(key);
    batch.wakes.set(key, known ? { ...wake, at: earlier(known.at, wake.at) } : wake);
  }
  return batch.done;
}

/** {@link enqueue} for what has just been committed: that stands, whatever becomes of its wake-up. */
export async function wakeUp(sql: Sql, wakes: Wake[]): Promise<void> {
  await enqueue(sql, wakes).catch(() => {});
}

/** All in one statement and one transaction, which nobody waits for on disk; in order of their keys, so that no two of them wait for each other. */
async function send(sql: Sql, wakes: Wake[]): Promise<void> {
  const column = (of: (wake: Wake) => string | null) => wakes.map(of);
  await sql`
    select set_config('synchronous_commit', 'off', true), (select count(*) from graphile_worker.add_jobs(array(
      select (task, json_build_object('workspaceId', workspace_id, 'conversationId', conversation_id), null, coalesce(run_at::timestamptz, now()), 3, task || ':' || conversation_id, null, null)::graphile_worker.job_spec
      from unnest(${column((wake) => wake.task)}::text[], ${column((wake) => wake.workspaceId)}::text[], ${column((wake) => wake.conversationId)}::text[],
        ${column((wake) => wake.at?.toISOString() ?? null)}::text[]) as w(task, workspace_id, conversation_id, run_at)
      order by conversation_id, task)))`;
}
