import type { SendContext } from './channels/channel.ts';
import type { AppDeps } from './app.ts';
import { createFiles } from './files/files.ts';
import { keepSwept } from './files/sweep.ts';
import { noteOutage } from './db/model-use.ts';
import { guarded } from './model/guarded.ts';
import { measured } from './model/measured.ts';
import { createModels } from './model/provider.ts';
import type { Models } from './model/provider.ts';
import { startWorkers } from './pipeline/jobs.ts';
import { keepReading } from './pipeline/mailboxes.ts';
import { startMedia } from './pipeline/media.ts';
import { createLanes } from './pipeline/lanes.ts';
import type { Messenger } from './pipeline/messenger.ts';
import { createMessenger } from './pipeline/provider-messenger.ts';
import { skillOutside } from './pipeline/skill-outside.ts';
import { startTicketPosts } from './pipeline/tickets.ts';

/** Where providers are, other than in production: on this machine, for the demo and for tests. */
export interface Providers {
  apiBases?: SendContext['apiBases'];
  /** For addresses and hosts that a workspace typed in. */
  fetchOutside?: SendContext['fetchOutside'];
  resolveHost?: SendContext['resolveHost'];
  /** For addresses of files, which customers may choose. */
  fetchMedia?: SendContext['fetchOutside'];
}

/**
 * Starts this process's share of the work: turns of agents, deliveries, files that providers keep, and the sweep.
 * @param databaseUrl for the worker's own connections
 * @returns how to end it: jobs that run may finish
 */
export async function startWork(deps: AppDeps & { models: Models }, databaseUrl: string): Promise<() => Promise<void>> {
  const { config, db, log, metrics, outside } = deps;
  const called = measured(deps.models, (call, outcome, seconds) => metrics.modelCalls.observe({ call, outcome }, seconds));
  const models = guarded(called, (what) => {
    log[what.state === 'down' ? 'error' : 'info']({ model: called.name, ...what }, 'model');
    void noteOutage(db, called.name, what).catch((error: unknown) => log.error({ error }, 'nobody was told of the model'));
  });
  const files = createFiles(config, deps.publicUrl);
  const reached = {
    db,
    encryptionKeys: config.encryptionKeys,
    ...outside,
    fetch,
  };
  const handOver = createMessenger({ ...reached, files, publicUrl: deps.publicUrl });
  const messenger: Messenger = {
    ...handOver,
    async send(workspaceId, message, signal) {
      const answer = await handOver.send(workspaceId, message, signal);
      metrics.delivered(message.channel, message.accountId, answer.status);
      return answer;
    },
  };
  const pipeline = {
    db,
    models,
    builtin: createModels(),
    messenger,
    lanes: createLanes(Math.max(1, Math.floor(config.workerConcurrency / 3))),
    log,
    modelTimeoutMs: config.model.timeoutMs,
    skillOutside: skillOutside(outside.fetchOutside),
    encryptionKeys: config.encryptionKeys,
  };
  const workers = await startWorkers(pipeline, databaseUrl, config.workerConcurrency, (task, lateMs) => metrics.jobDelays.observe({ task }, lateMs / 1_000));
  const media = startMedia({ ...reached, fetchOutside: outside.fetchMedia, store: files.store, fileMaxBytes: config.fileMaxBytes, log });
  const ticketPosts = startTicketPosts({ ...reached, links: files.links, publicUrl: deps.publicUrl, log });
  const endReading = keepReading({
    db,
    encryptionKeys: config.encryptionKeys,
    resolveHost: outside.resolveHost,
    store: files.store,
    fileMaxBytes: config.fileMaxBytes,
    log,
  });
  const endSweeps = keepSwept(db, files.store, log);
  return async () => {
    endSweeps();
    await endReading();
    await media.stop();
    await ticketPosts.stop();
    await workers.stop();
  };
}
