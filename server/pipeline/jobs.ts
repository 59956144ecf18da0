import { run as startWorker, Logger as WorkerLogger } from 'graphile-worker';
import type { Runner } from 'graphile-worker';
import { z } from 'zod';
import type { Db } from '../db/change.ts';
import { foldCounts } from '../db/pool-counts.ts';
import { foldReports } from '../db/report-figures.ts';
import { beat, leave, sweep } from '../db/processes.ts';
import { prune } from '../db/prune.ts';
import { giveBackRuns } from '../db/runs.ts';
import { writeDownAll } from '../db/search-index.ts';
import { settleLeftCalls } from '../db/skill-calls.ts';
import { wakeDue } from '../db/snooze.ts';
import { expireTransfers } from '../db/transfers.ts';
import type { Wake } from '../db/wake.ts';
import { openWorkerPool } from '../db/worker-pool.ts';
import { deliver } from './deliver.ts';
import type { PipelineDeps } from './deps.ts';
import { embedPassages } from './meaning.ts';
import { routeByWords } from './routing.ts';
import { runTurn } from './run.ts';

/** How often a process says that it is alive; after four silent beats its slots are free for others. */
const BEAT_MS = 1_000;
/** How often somebody looks for what a killed process left: with the silence before, its work goes on within 5 s. */
const SWEEP_MS = 500;
const PRUNE_MS = 60_000;
/** How often articles that changed are sent to whatever computes embeddings. */
const EMBED_MS = 1_000;
/** How often what changed in the pool is folded into its counts: few enough rows that counting them does not show. */
const FOLD_MS = 500;
/** How long turns may go on once this process was asked to end; a model may take longer than whoever asks is willing to wait. */
const FINISH_MS = 5_000;
/** How late a job may start that was put off, at most. */
const POLL_MS = 200;

const Payload = z.object({ workspaceId: z.uuid(), conversationId: z.uuid() });

/** Milliseconds between a job's commit, or its time, and its start; for the metrics. */
type OnStart = (task: Wake['task'], lateMs: number) => void;

export interface Workers {
  /** Lets jobs that run finish; turns that take long go back, for another process. Then frees this process's slots. */
  stop(): Promise<void>;
}

/** A process that holds slots, or makes calls for a person who approves them, has to beat, also where it runs no jobs. @returns how to end it */
export async function keepBeating(db: Db, role: string): Promise<() => Promise<void>> {
  await beat(db, role);
  const timer = setInterval(() => void beat(db, role).catch(() => {}), BEAT_MS);
  return async () => {
    clearInterval(timer);
    await leave(db).catch(() => {});
  };
}

/**
 * Wakes on jobs and does what the rows say is due. Jobs only wake: none relies on its own retry, and a failed one is made
 * good by the sweep.
 * @param databaseUrl for graphile-worker's own connections
 * @param concurrency jobs at once in this process
 */
export async function startWorkers(deps: PipelineDeps, databaseUrl: string, concurrency: number, onStart?: OnStart): Promise<Workers> {
  const { db, log } = deps;
  const stopBeating = await keepBeating(db, 'worker');
  const task =
    (name: Wake['task'], work: (workspaceId: string, conversationId: string) => Promise<unknown>) =>
    async (payload: unknown, helpers: { job: { run_at: Date } }) => {
      onStart?.(name, Date.now() - helpers.job.run_at.getTime());
      const { workspaceId, conversationId } = Payload.parse(payload);
      await work(workspaceId, conversationId);
    };
  const ending = new AbortController();
  const pool = openWorkerPool(databaseUrl, Math.max(concurrency, 2) + 2, ending.signal);
  const runner: Runner = await startWorker({
    pgPool: pool,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: new WorkerLogger(() => (level, message) => {
      if (level === 'error') log.warn({ message }, 'job failed');
    }),
    taskList: {
      run: task('run', (workspaceId, conversationId) => runTurn(deps, workspaceId, conversationId)),
      deliver: task('deliver', (workspaceId, conversationId) => deliver(deps, workspaceId, conversationId)),
      route: task('route', (workspaceId, conversationId) => routeByWords(deps, workspaceId, conversationId)),
    },
  });
  const every = (ms: number, work: () => Promise<unknown>, what: string) => {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      void work()
        .catch((error: unknown) => log.warn({ error }, `${what} failed`))
        .finally(() => (busy = false));
    }, ms);
  };
  const timers = [
    every(SWEEP_MS, () => sweep(db), 'sweep'),
    every(POLL_MS, () => wakeDue(db), 'bringing back'),
    every(SWEEP_MS, () => expireTransfers(db), 'ending transfers'),
    every(SWEEP_MS, () => settleLeftCalls(db), 'settling calls'),
    every(FOLD_MS, () => foldCounts(db.sql), 'folding'),
    every(FOLD_MS * 4, () => foldReports(db.sql), 'folding reports'),
    every(SWEEP_MS, () => writeDownAll(db.sql), 'writing down for the search'),
    every(EMBED_MS, () => embedPassages(deps), 'embedding'),
    every(PRUNE_MS, () => prune(db), 'pruning'),
  ];
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      ending.abort();
      const late = every(FINISH_MS, () => giveBackRuns(db), 'giving back');
      await runner.stop();
      clearInterval(late);
      await pool.end();
      await stopBeating();
    },
  };
}
