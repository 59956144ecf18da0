/** What a trial came to, by the rows and by Postgres' commit timestamps. */
import type { Sql } from '../../server/db/connect.ts';

/** What all of them came to. */
export interface FenceProof {
  trials: number;
  seed: number;
  /** Trials in which the agent's message was claimed before the takeover, and in which it never went out. */
  before: number;
  stopped: number;
  /** Trials held at a gate, or with the takeover held open until the agent waited for it. */
  forced: number;
  /** Sent by an agent after a committed takeover. */
  leaks: string[];
  /** Left queued or sending, a slot never given back, or work without a wake-up. */
  stuck: string[];
  /** A customer whom nobody answered, and nobody is told. */
  lost: string[];
  twice: string[];
  errors: string[];
  milliseconds: number;
}

/** Before the first trial. */
export const blankProof = (trials: number, seed: number): FenceProof => ({
  trials,
  seed,
  before: 0,
  stopped: 0,
  forced: 0,
  leaks: [],
  stuck: [],
  lost: [],
  twice: [],
  errors: [],
  milliseconds: 0,
});

/** One of them, as it was played. */
export interface Case {
  workspaceId: string;
  conversationId: string;
  name: string;
  takeover: { xid: string } | null;
  giveBack: { xid: string } | null;
  /** The one who gave the word back said that nothing starts for what came before. */
  startsNothing: boolean;
}

/** Takes a conversation's wake-up, as a worker does; false where there is none. */
export async function takeJob(sql: Sql, task: 'run' | 'deliver', conversationId: string): Promise<boolean> {
  const [row] = await sql<{ id: string | null }[]>`select (graphile_worker.remove_job(${`${task}:${conversationId}`})).id as id`;
  return row?.id != null;
}

/** Commit time in microseconds; null where the transaction rolled back. */
async function committedAt(sql: Sql, act: { xid: string } | null): Promise<number | null> {
  if (!act) return null;
  const [row] = await sql<{ at: number | null }[]>`
    select case when pg_xact_status(${act.xid}::xid8) = 'committed' then (extract(epoch from pg_xact_commit_timestamp(${act.xid}::xid8::xid)) * 1000000)::bigint end as at`;
  return row?.at ?? null;
}

interface Spoken {
  messageId: string;
  queuedAt: number;
  claimedAt: number | null;
  claims: number;
  deliveryStatus: string;
}

/** Adds to the proof what became of a trial. */
export async function judge(sql: Sql, it: Case, proof: FenceProof): Promise<void> {
  const { workspaceId, conversationId, name } = it;
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${conversationId}`;
  const [takenAt, givenAt] = [await committedAt(sql, it.takeover), await committedAt(sql, it.giveBack)];
  const at = sql`(extract(epoch from pg_xact_commit_timestamp(a.xid::xid)) * 1000000)::bigint`;
  const spoken = await sql<Spoken[]>`
    select a.message_id, min(${at}) filter (where a.what = 'queue') as queued_at, max(${at}) filter (where a.what = 'claim') as claimed_at, count(*) filter (where a.what = 'claim')::int as claims, m.delivery_status
    from fence_audit a join message m on m.workspace_id = ${workspaceId} and m.id = a.message_id where a.conversation_id = ${conversationId} group by a.message_id, m.delivery_status`;
  for (const message of spoken) {
    if (message.claims > 1) proof.twice.push(`${name}: claimed ${message.claims} times`);
    if (takenAt === null || message.claimedAt === null) continue;
    const afterwards = message.claimedAt > takenAt;
    const anew = givenAt !== null && message.queuedAt > givenAt;
    if (afterwards && !anew) proof.leaks.push(`${name}: sent ${message.claimedAt - takenAt} µs after the takeover`);
  }
  if (takenAt !== null) {
    if (spoken.some((message) => message.claimedAt !== null && message.claimedAt < takenAt)) proof.before += 1;
    else if (spoken.every((message) => message.claimedAt === null)) proof.stopped += 1;
  }

  const [row] = await sql<
    {
      runOwner: string | null;
      deliverOwner: string | null;
      runDueAt: Date | null;
      status: string;
      requiresAction: boolean;
      controllerKind: string;
      controllerId: string | null;
      draftId: string | null;
      handoffTrigger: string | null;
      open: number;
      inbound: number;
      byAgent: number;
      answered: boolean;
    }[]
  >`
    select c.run_owner, c.deliver_owner, c.run_due_at, c.status, c.requires_action, c.controller_kind, c.controller_id, c.draft_id, c.handoff_trigger, c.inbound_count as inbound,
      (select count(*)::int from message where ${here} and delivery_status in ('queued', 'sending')) as open,
      (select count(*)::int from message where ${here} and sent_by ->> 'kind' = 'agent' and delivery_status = 'sent') as by_agent,
      exists (select from message where ${here} and direction = 'outbound' and author_kind <> 'system' and delivery_status = 'sent' and seq > c.last_inbound_seq) as answered
    from conversation c where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`;
  if (!row) return void proof.errors.push(`${name}: the conversation is gone`);
  if (row.runOwner || row.deliverOwner || row.runDueAt || row.open > 0) {
    proof.stuck.push(`${name}: ${JSON.stringify({ runOwner: row.runOwner, deliverOwner: row.deliverOwner, runDueAt: row.runDueAt, open: row.open })}`);
  }
  if (row.handoffTrigger === 'failure') proof.errors.push(`${name}: the run failed`);
  if (row.byAgent > row.inbound) proof.twice.push(`${name}: ${row.byAgent} answers to ${row.inbound} messages`);
  const seen =
    row.requiresAction || row.draftId !== null || (row.controllerKind === 'human' && row.controllerId !== null) || row.status !== 'open' || it.startsNothing;
  if (!row.answered && !seen) proof.lost.push(`${name}: nobody answers, and nobody is told`);
}
