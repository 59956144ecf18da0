/** From a message's coming to the start of its run, its commit in between, with no burst wait, beside a bare job of the same worker. */
import { Logger, run as startWorker } from 'graphile-worker';
import { receiveInbound } from '../../server/db/inbound.ts';
import { startWorkers } from '../../server/pipeline/jobs.ts';
import { startProcess } from '../support/pipeline.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import { measure, quantile } from './measure.ts';
import type { Measure } from './measure.ts';

const MESSAGES = 200;

export async function benchStart(database: TestDatabase): Promise<Measure[]> {
  const process = await startProcess(database, { worker: false });
  const { db, deps } = process;
  const world = await createWorld(db, { burstWaitMs: 0, replyMode: 'off' });
  let started: (() => void) | null = null;
  const time = async (commit: () => Promise<unknown>): Promise<number> => {
    const came = performance.now();
    const start = new Promise<number>((resolve) => (started = () => resolve(performance.now())));
    await commit();
    return (await start) - came;
  };
  const ours: number[] = [];
  const bare: number[] = [];

  const workers = await startWorkers(deps, database.url, 4, (task) => {
    if (task === 'run') started?.();
  });
  const says = (index: number) =>
    time(() =>
      receiveInbound(db, {
        workspaceId: world.workspaceId,
        accountId: world.chatAccount,
        channel: 'chat',
        from: { handle: `start-${index}` },
        text: 'How long does delivery take?',
      }),
    );
  // Once to become known: what a sender's first message makes beside is not what is measured.
  for (let index = 0; index < MESSAGES; index += 1) await says(index);
  await db.sql`analyze`;
  for (let index = 0; index < MESSAGES; index += 1) ours.push(await says(index));
  await workers.stop();

  const runner = await startWorker({
    connectionString: database.url,
    concurrency: 4,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: { bare: async () => started?.() },
  });
  for (let index = 0; index < MESSAGES; index += 1) bare.push(await time(() => db.sql`select graphile_worker.add_job('bare', '{}')`));
  await runner.stop();
  await process.stop();
  return [
    measure('a message to the start of its run, p50', quantile(ours, 0.5), quantile(bare, 0.5), 'ms (under 10)'),
    measure('a message to the start of its run, p99', quantile(ours, 0.99), quantile(bare, 0.99), 'ms'),
  ];
}
