/** Which processes are alive, and what those that are not left behind. */
import type { Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { workingIn } from './slots.ts';
import { enqueue } from './wake.ts';

/** Milliseconds without a beat after which a process counts as dead and its slots may be taken. */
export const PROCESS_SILENCE_MS = 4_000;

/** Since when a process has beaten that is alive; by the clock, not by the beginning of the transaction. */
export const aliveSince = (sql: Sql | Transaction) => sql`clock_timestamp() - make_interval(secs => ${PROCESS_SILENCE_MS / 1000})`;

/**
 * Whether the process beats that a column names, as a condition.
 * @param owner the column, with its table where another one has it too
 */
export const beats = (sql: Sql | Transaction, owner: string) =>
  sql`exists (select from process where process.id = ${sql(owner)} and process.beat_at > ${aliveSince(sql)})`;

/** This process is alive; by the database's clock. */
export async function beat(db: Db, role: string): Promise<void> {
  await db.sql`insert into process (id, role) values (${db.signals.processId}, ${role}) on conflict (id) do update set beat_at = now()`;
}

/** This process ends: its slots are free at once, and whoever was silent for a minute is forgotten. */
export async function leave(db: Db): Promise<void> {
  await db.sql`delete from process where id = ${db.signals.processId} or beat_at < now() - interval '1 minute'`;
}

/**
 * Wakes what a killed process left: slots of owners that no longer beat, or of this one where an error ended the work, and runs and deliveries whose wake-up got lost.
 * @returns how many it woke
 */
export async function sweep(db: Db): Promise<number> {
  const left = (owner: 'run_owner' | 'deliver_owner', task: 'run' | 'deliver') => db.sql`${db.sql(owner)} is not null and (
    not ${beats(db.sql, owner)}
    or (${db.sql(owner)} = ${db.signals.processId} and not (id = any(${workingIn(db, task)}::uuid[]))))`;
  // A process that was killed after its commit has told nobody; what waits behind others, though, has its job.
  const late = db.sql`clock_timestamp() - interval '3 seconds'`;
  const unwoken = (task: 'run' | 'deliver') => db.sql`not exists (select from graphile_worker.jobs j
    where j.key = ${task} || ':' || ${task === 'run' ? db.sql`conversation.id` : db.sql`c.id`} and j.locked_at is null and j.run_at <= clock_timestamp() and j.attempts < j.max_attempts)`;
  const rows = await db.sql<{ workspaceId: string; id: string; task: 'run' | 'deliver' }[]>`
    (select workspace_id, id, 'run' as task from conversation where ${left('run_owner', 'run')} limit 500)
    union all (select workspace_id, id, 'run' from conversation where run_owner is null and run_due_at < ${late} and ${unwoken('run')} limit 500)
    union all (select workspace_id, id, 'deliver' from conversation where ${left('deliver_owner', 'deliver')} limit 500)
    union all (select distinct m.workspace_id, m.conversation_id, 'deliver' from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where m.delivery_status = 'queued' and m.due_at < ${late} and c.deliver_owner is null and ${unwoken('deliver')} limit 500)`;
  await enqueue(
    db.sql,
    rows.map((row) => ({ task: row.task, workspaceId: row.workspaceId, conversationId: row.id })),
  );
  return rows.length;
}
