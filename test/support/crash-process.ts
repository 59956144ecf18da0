/**
 * The product's own workers as a process of its own, which ends itself with SIGKILL at a named boundary. The boundaries
 * are found from outside, by what the pipeline is given: its model, its messenger, its signals.
 */
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import type { Db } from '../../server/db/change.ts';
import { openPool } from '../../server/db/connect.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import type { Inbound } from '../../server/db/inbound-message.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { Signals } from '../../server/db/signals.ts';
import { createModels } from '../../server/model/provider.ts';
import type { PipelineDeps } from '../../server/pipeline/deps.ts';
import { startWorkers } from '../../server/pipeline/jobs.ts';
import { createLanes } from '../../server/pipeline/lanes.ts';
import type { Messenger } from '../../server/pipeline/messenger.ts';
import { scriptedModels } from './fence-model.ts';
import { noSkills } from './skills.ts';

export const BOUNDARIES = [
  'accepted',
  'claimed run',
  'model answered',
  'draft written',
  'message queued',
  'delivery claimed',
  'provider called',
  'provider answered',
  'marked sent',
] as const;
export type Boundary = (typeof BOUNDARIES)[number];

export interface CrashSettings {
  databaseUrl: string;
  ledgerUrl: string;
  idempotent: boolean;
  /** Where it ends itself; nowhere if left out. `provider called` is the ledger's to do. */
  at?: Boundary;
  concurrency?: number;
  /** Milliseconds that its model thinks, at most, before it answers. */
  modelMs?: number;
}

/** Hands messages to the ledger, with the message's id as its key. */
function ledgerMessenger(url: string, idempotent: boolean): Messenger {
  return {
    isIdempotent: () => idempotent,
    async send(_workspaceId, message, signal) {
      try {
        const response = await fetch(url, { method: 'POST', body: JSON.stringify({ key: message.id, text: message.text }), signal });
        const { id } = (await response.json()) as { id: string };
        return { status: 'sent', externalId: id };
      } catch {
        return { status: 'unknown', error: 'the provider did not answer' };
      }
    },
  };
}

/** Starts the workers; the same in this process (to go on) and in a child (to die). */
export async function startPipeline({
  databaseUrl,
  ledgerUrl,
  idempotent,
  at,
  concurrency = 4,
  modelMs = 0,
}: CrashSettings): Promise<{ db: Db; stop(): Promise<void> }> {
  const sql = openPool(databaseUrl, { max: concurrency * 2 + 4 });
  const own = await openSignals(sql, randomUUID());
  const die = (boundary: Boundary): void => {
    if (boundary === at) process.kill(process.pid, 'SIGKILL');
  };
  let answered = false;
  const signals: Signals = {
    ...own,
    publish(signal) {
      // Told after its commit, and before anything else: the slot was given back, with a draft or a message written.
      if (signal.kind === 'passing' && signal.event === 'working' && (signal.data as { working: unknown }).working === null) {
        die('draft written');
        die('message queued');
      }
      if (signal.kind === 'events') die('accepted');
      if (signal.kind === 'events' && answered) die('marked sent');
      own.publish(signal);
    },
  };
  const ledger = ledgerMessenger(ledgerUrl, idempotent);
  const messenger: Messenger = {
    isIdempotent: ledger.isIdempotent,
    async send(...args) {
      die('delivery claimed');
      const answer = await ledger.send(...args);
      die('provider answered');
      answered = true;
      return answer;
    },
  };
  const models = scriptedModels({
    async pause(what) {
      if (what === 'classify') die('claimed run');
      if (modelMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * modelMs));
    },
    afterReply: () => die('model answered'),
  });
  const db: Db = { sql, signals };
  const deps: PipelineDeps = {
    db,
    models,
    builtin: createModels(),
    messenger,
    lanes: createLanes(4),
    log: pino({ level: 'silent' }),
    modelTimeoutMs: 10_000,
    ...noSkills,
  };
  const workers = await startWorkers(deps, databaseUrl, concurrency);
  return {
    db,
    async stop() {
      await workers.stop();
      await own.close();
      await sql.end({ timeout: 2 });
    },
  };
}

/** As a program: accepts what it is told of, and works until it is killed. */
if (process.send && process.env['CRASH_SETTINGS']) {
  const { db } = await startPipeline(JSON.parse(process.env['CRASH_SETTINGS']) as CrashSettings);
  process.on('message', (inbound) => void receiveInbound(db, inbound as Inbound));
  process.send('ready');
  process.once('disconnect', () => process.exit());
}
