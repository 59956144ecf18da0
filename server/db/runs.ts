import type { Db } from './change.ts';
import { change } from './change.ts';
import type { Sql } from './connect.ts';
import { holdConversation } from './conversation.ts';
import type { HeldConversation } from './conversation.ts';
import { beats } from './processes.ts';
import { loadRun } from './run-load.ts';
import type { Run } from './run-load.ts';
import { enqueue } from './wake.ts';

/**
 * Takes the run's slot of a conversation if something is due there and nobody who still beats holds it. A slot of this
 * process's own was left by an error: its runs go one at a time (see {@link alone}).
 * @returns the run, or null where there is nothing to do for this process
 */
export async function claimRun(db: Db, workspaceId: string, conversationId: string): Promise<Run | null> {
  const { sql, signals } = db;
  const [claimed] = await sql<
    {
      runSince: Date;
      fence: number;
      contactFence: number;
      accountFence: number;
      agentFence: number | null;
    }[]
  >`
    update conversation c set run_owner = ${signals.processId}, run_due_at = null, burst_from = null, run_since = coalesce(run_since, clock_timestamp())
    from contact ct, channel_account a
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId} and c.merged_into is null
      and ct.workspace_id = c.workspace_id and ct.id = c.contact_id and a.workspace_id = c.workspace_id and a.id = c.account_id
      and ((c.run_owner is null and c.run_due_at <= clock_timestamp()) or c.run_owner = ${signals.processId} or (c.run_owner is not null and not ${beats(sql, 'run_owner')}))
    returning c.run_since, c.fence, ct.fence as contact_fence, a.fence as account_fence,
      (select g.fence from agent g where g.workspace_id = c.workspace_id and g.id = c.agent_id) as agent_fence`;
  if (!claimed) {
    await wakeWhenDue(sql, workspaceId, conversationId);
    return null;
  }
  const counters = { conversation: claimed.fence, contact: claimed.contactFence, account: claimed.accountFence, agent: claimed.agentFence ?? 0 };
  const run = await loadRun(sql, workspaceId, conversationId, { counters, startedAt: claimed.runSince });
  if (!run) await releaseRun(db, workspaceId, conversationId);
  return run;
}

/** Not due yet: the wake-up comes again at its time. */
async function wakeWhenDue(sql: Sql, workspaceId: string, conversationId: string): Promise<void> {
  const [waiting] = await sql<{ runDueAt: Date }[]>`
    select run_due_at from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and run_owner is null and run_due_at > clock_timestamp()`;
  if (waiting) await enqueue(sql, [{ task: 'run', workspaceId, conversationId, at: waiting.runDueAt }]);
}

export type Stage = { stage: 'classifying' | 'composing' } | { stage: 'skill'; skill: string };

/**
 * Shows what the run is at, to all operators.
 * @returns false where the slot is lost: the run has to stop
 */
export async function showStage(db: Db, run: Run, stage: Stage): Promise<boolean> {
  const agentId = run.agent?.id;
  if (!agentId) return true;
  const skill = stage.stage === 'skill' ? stage.skill : null;
  const rows = await db.sql`
    update conversation set run_stage = ${stage.stage}, run_skill = ${skill}, run_agent_id = ${agentId}
    where workspace_id = ${run.workspaceId} and id = ${run.conversationId} and run_owner = ${db.signals.processId} returning id`;
  if (rows.length === 0) return false;
  db.signals.publish({
    kind: 'passing',
    workspaceId: run.workspaceId,
    audience: 'team',
    addresseeId: null,
    event: 'working',
    data: { conversationId: run.conversationId, working: { agentId, stage: stage.stage, skill, since: run.startedAt.toISOString() } },
  });
  return true;
}

/** The conversation under lock, if this process still has its slot; null where it lost it. */
export async function holdRun<T>(db: Db, run: Run, work: (held: HeldConversation) => Promise<T>): Promise<T | null> {
  return change(db, run.workspaceId, async (unit) => {
    const held = await holdConversation(unit, run.conversationId);
    return held && held.row.runOwner === db.signals.processId ? work(held) : null;
  });
}

/** Whether the run still has its slot. */
export async function holdsSlot(db: Db, run: Run): Promise<boolean> {
  const rows =
    await db.sql`select 1 from conversation where workspace_id = ${run.workspaceId} and id = ${run.conversationId} and run_owner = ${db.signals.processId}`;
  return rows.length > 0;
}

/** Gives the slot back where a run ended without a commit; what came in meanwhile is woken again. */
export async function releaseRun(db: Db, workspaceId: string, conversationId: string): Promise<void> {
  const rows = await db.sql<{ runDueAt: Date | null }[]>`
    update conversation set run_owner = null, run_stage = null, run_skill = null, run_since = null, run_agent_id = null, run_restarts = 0
    where workspace_id = ${workspaceId} and id = ${conversationId} and run_owner = ${db.signals.processId} returning run_due_at`;
  if (rows[0]?.runDueAt) await enqueue(db.sql, [{ task: 'run', workspaceId, conversationId, at: rows[0].runDueAt }]);
  if (rows.length > 0) {
    db.signals.publish({ kind: 'passing', workspaceId, audience: 'team', addresseeId: null, event: 'working', data: { conversationId, working: null } });
  }
}

/** This process is about to end: its runs lose their slot, stop, and are woken again for another process. */
export async function giveBackRuns(db: Db): Promise<void> {
  const rows = await db.sql<{ workspaceId: string; id: string }[]>`
    update conversation set run_owner = null, run_stage = null, run_skill = null, run_agent_id = null, run_due_at = coalesce(run_due_at, clock_timestamp())
    where run_owner = ${db.signals.processId} returning workspace_id, id`;
  await enqueue(
    db.sql,
    rows.map(({ workspaceId, id }) => ({ task: 'run' as const, workspaceId, conversationId: id })),
  );
  for (const { workspaceId, id: conversationId } of rows) db.signals.publish({ kind: 'abort', workspaceId, conversationId });
}

/** The visitor types: a burst that is being gathered waits for what comes next, within its limit. */
export async function extendBurst(db: Db, workspaceId: string, identityId: string, waitMs: number, limitMs: number): Promise<void> {
  const rows = await db.sql<{ id: string; runDueAt: Date }[]>`
    update conversation set run_due_at = greatest(run_due_at, least(clock_timestamp() + make_interval(secs => ${waitMs / 1000}), burst_from + make_interval(secs => ${limitMs / 1000})))
    where workspace_id = ${workspaceId} and identity_id = ${identityId} and merged_into is null and run_due_at > clock_timestamp() and run_owner is null
    returning id, run_due_at`;
  await enqueue(
    db.sql,
    rows.map((row) => ({ task: 'run' as const, workspaceId, conversationId: row.id, at: row.runDueAt })),
  );
}
