/** Workers whose database goes away under them: connections that end at random, and a server that crashes and recovers. */
import { v7 as newId } from 'uuid';
import type { Db } from '../../server/db/change.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { openSignals } from '../../server/db/signals.ts';
import { startPipeline } from './crash-process.ts';
import { startLedger } from './ledger.ts';
import { until } from './pipeline.ts';
import type { TestDatabase } from './postgres.ts';
import { createWorld } from './world.ts';

interface OutageOptions {
  /** Customers' messages, one a conversation. */
  messages: number;
  outages: number;
  /** `connections`: some of the workers' backends are ended; `server`: one is killed with SIGKILL, so that Postgres recovers from a crash. */
  kind: 'connections' | 'server';
  onProgress?: (done: number) => void;
}

interface OutageProof {
  messages: number;
  outages: number;
  milliseconds: number;
  unanswered: number;
  twice: number;
  stuck: number;
  failed: number;
}

export async function proveOutages(database: TestDatabase, options: OutageOptions): Promise<OutageProof> {
  const began = performance.now();
  const ledger = await startLedger(true);
  const db: Db = { sql: database.sql, signals: await openSignals(database.sql) };
  const world = await createWorld(db);
  const accountId = newId();
  await db.sql`insert into channel_account ${db.sql({ workspaceId: world.workspaceId, id: accountId, channel: 'sms', name: 'Text', agentId: world.agents.nova })}`;
  const workers = await Promise.all([1, 2].map(() => startPipeline({ databaseUrl: database.url, ledgerUrl: ledger.url, idempotent: true })));
  let outages = 0;
  const disturbing = (async () => {
    while (outages < options.outages) {
      await new Promise((resolve) => setTimeout(resolve, options.kind === 'server' ? 1_500 : 60));
      if (await disturb(db, options.kind)) outages += 1;
      options.onProgress?.(outages);
    }
  })();
  for (let n = 0; n < options.messages; n += 1) {
    // The customer's channel asks again where the answer was lost; the same id twice is one message.
    await again(() =>
      receiveInbound(db, {
        workspaceId: world.workspaceId,
        accountId,
        channel: 'sms',
        from: { handle: `+1${n}` },
        text: 'When do you open?',
        externalId: `m-${n}`,
      }),
    );
    if (n % 5 === 4) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await disturbing;
  const open = async () =>
    (
      await db.sql`
    select 1 from conversation c where workspace_id = ${world.workspaceId} and (run_owner is not null or deliver_owner is not null or run_due_at is not null
      or exists (select from message m where m.conversation_id = c.id and m.delivery_status in ('queued', 'sending')))`
    ).length;
  await until(() => again(async () => (await open()) === 0), 'all work to be done', 60_000).catch(() => {});
  const rows = await again(
    () => db.sql<{ id: string; answers: number; failed: boolean }[]>`
    select c.id, c.handoff_trigger = 'failure' as failed, (select count(*)::int from message m where m.conversation_id = c.id and m.direction = 'outbound' and m.delivery_status = 'sent') as answers
    from conversation c where workspace_id = ${world.workspaceId}`,
  );
  const proof: OutageProof = {
    messages: rows.length,
    outages,
    milliseconds: Math.round(performance.now() - began),
    unanswered: options.messages - rows.filter((row) => row.answers > 0).length,
    twice: rows.filter((row) => row.answers > 1).length + ledger.sent.filter((entry) => ledger.times(entry.key) > 1).length,
    stuck: await again(open),
    // Whoever is handed to people because the database failed has lost nothing, and is counted apart.
    failed: rows.filter((row) => row.failed && row.answers === 0).length,
  };
  await Promise.all(workers.map((worker) => worker.stop()));
  await ledger.close();
  await db.signals.close();
  return proof;
}

async function disturb(db: Db, kind: OutageOptions['kind']): Promise<boolean> {
  try {
    const backends = await db.sql<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() order by random() limit ${kind === 'server' ? 1 : 3}`;
    if (kind === 'server') {
      const [one] = backends;
      if (one) process.kill(one.pid, 'SIGKILL');
      return one !== undefined;
    }
    for (const { pid } of backends) await db.sql`select pg_terminate_backend(${pid})`;
    return backends.length > 0;
  } catch {
    return false;
  }
}

/** Until it works: the test's own connections go down with the others. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
