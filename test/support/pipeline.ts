/** A worker on a test database, as one process has it. */
import pino from 'pino';
import type { Db } from '../../server/db/change.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createModels } from '../../server/model/provider.ts';
import type { ModelSettings } from '../../server/model/provider.ts';
import type { PipelineDeps } from '../../server/pipeline/deps.ts';
import { startWorkers } from '../../server/pipeline/jobs.ts';
import { createLanes } from '../../server/pipeline/lanes.ts';
import type { Messenger } from '../../server/pipeline/messenger.ts';
import type { TestDatabase } from './postgres.ts';
import { noSkills } from './skills.ts';

/** For tests in which everything goes by chat. */
const chatOnly: Messenger = {
  isIdempotent: () => true,
  send: async () => ({ status: 'failed', error: 'no provider in this test' }),
};

export interface TestProcess {
  db: Db;
  deps: PipelineDeps;
  stop(): Promise<void>;
}

export interface ProcessOptions {
  model?: ModelSettings;
  messenger?: Messenger;
  modelTimeoutMs?: number;
  /** Calls at once to one account's provider, of the four jobs. */
  lanes?: number;
  /** The way to endpoints of skills, and what opens their secrets. */
  skills?: Pick<PipelineDeps, 'skillOutside' | 'encryptionKeys'>;
  /** False: no jobs run here; for tests that take the turns themselves. */
  worker?: boolean;
}

export async function startProcess(database: TestDatabase, options: ProcessOptions = {}): Promise<TestProcess> {
  const sql = database.openPool();
  const db: Db = { sql, signals: await openSignals(sql) };
  const deps: PipelineDeps = {
    db,
    models: createModels(options.model ?? {}),
    builtin: createModels({}),
    messenger: options.messenger ?? chatOnly,
    lanes: createLanes(options.lanes ?? 2),
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    modelTimeoutMs: options.modelTimeoutMs ?? 5_000,
    ...noSkills,
    ...options.skills,
  };
  const workers = options.worker === false ? null : await startWorkers(deps, database.url, 4);
  return {
    db,
    deps,
    async stop() {
      await workers?.stop();
      await db.signals.close();
    },
  };
}

/** Waits until `look` gives something true; asks every few milliseconds at first, then less often: whoever asks without a pause keeps busy what it waits for. */
export async function until<T>(look: () => Promise<T | null | undefined | false>, what: string, timeoutMs = 30_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (let pause = 15; ; pause = Math.min(100, pause * 1.3)) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
