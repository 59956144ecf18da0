/** Kills of working processes: at named boundaries, and at random times; the provider's ledger against the database. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import type { Sql } from '../../server/db/connect.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import type { Inbound } from '../../server/db/inbound-message.ts';
import { insertOutbound } from '../../server/db/message.ts';
import { openSignals } from '../../server/db/signals.ts';
import { startPipeline } from './crash-process.ts';
import type { Boundary, CrashSettings } from './crash-process.ts';
import { startLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { until } from './pipeline.ts';
import { programOf } from './programs.ts';
import type { TestDatabase } from './postgres.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** Starts a working process and waits until it works. */
async function startChild(settings: CrashSettings): Promise<ChildProcess> {
  const child = fork(await programOf('crash'), {
    execArgv: [],
    env: { ...process.env, CRASH_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => [`ended with ${String(code)}`])])) as [string];
  if (said !== 'ready') throw new Error(`the working process ${said}`);
  return child;
}

/** Working processes of which one after another is killed, and another started in its place. */
interface Herd {
  kills: number;
  /** Kills one every 200 to 800 ms while `going`, as long as another works. */
  harass(going: () => boolean | Promise<boolean>): Promise<void>;
  end(): Promise<void>;
}

export async function startHerd(settings: CrashSettings, processes: number): Promise<Herd> {
  const working = await Promise.all(Array.from({ length: processes }, () => startChild(settings)));
  const starting = new Set<Promise<unknown>>();
  const herd: Herd = {
    kills: 0,
    async harass(going) {
      while (await going()) {
        await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 600));
        if (working.length < 2) continue;
        working.shift()!.kill('SIGKILL');
        herd.kills += 1;
        const another = startChild(settings).then((child) => working.push(child));
        starting.add(another);
        void another.finally(() => starting.delete(another));
      }
    },
    async end() {
      await Promise.all(starting);
      for (const child of working) child.kill('SIGKILL');
    },
  };
  return herd;
}

/** An account whose provider is the ledger, in a world of its own. */
async function smsWorld(db: Db, replyMode: 'auto_send' | 'auto_draft' = 'auto_send'): Promise<{ world: World; accountId: string }> {
  const world = await createWorld(db, { replyMode });
  const accountId = newId();
  await db.sql`insert into channel_account ${db.sql({ workspaceId: world.workspaceId, id: accountId, channel: 'sms', name: 'Text', agentId: world.agents.nova })}`;
  return { world, accountId };
}

interface CrashProof {
  /** Milliseconds from the kill until another process had taken the work up, and until it was done. */
  resumedMs: number;
  doneMs: number;
  messages: { status: string; requiresAction: boolean; times: number }[];
  drafts: number;
  slots: number;
}

/** One customer's message, and a process that dies at a boundary of answering it; then another one goes on. */
export async function crashAt(database: TestDatabase, at: Boundary, idempotent: boolean): Promise<CrashProof> {
  const db: Db = { sql: database.sql, signals: await openSignals(database.sql) };
  const ledger = await startLedger(idempotent);
  const { world, accountId } = await smsWorld(db, at === 'draft written' ? 'auto_draft' : 'auto_send');
  const settings: CrashSettings = { databaseUrl: database.url, ledgerUrl: ledger.url, idempotent };
  const child = await startChild({ ...settings, at });
  if (at === 'provider called') ledger.onSent = () => child.kill('SIGKILL');
  const ended = once(child, 'exit');
  const inbound: Inbound = {
    workspaceId: world.workspaceId,
    accountId,
    channel: 'sms',
    from: { handle: '+15550100' },
    text: 'When do you open?',
    externalId: 'once',
  };
  if (at === 'accepted') child.send(inbound);
  else await receiveInbound(db, inbound);
  const [, signal] = (await ended) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the process ended by ${String(signal)}`);
  const killed = performance.now();
  ledger.onSent = null;
  // Its provider asks again where the answer was lost.
  const received = await receiveInbound(db, inbound);
  if (!received?.duplicate) throw new Error('the message was not there after the kill');
  const left = await db.sql<
    { runOwner: string | null; deliverOwner: string | null }[]
  >`select run_owner, deliver_owner from conversation where id = ${received.conversationId}`;
  const survivor = await startPipeline(settings);
  const { runOwner, deliverOwner } = left[0]!;
  const where = db.sql`id = ${received.conversationId}`;
  await until(
    async () =>
      (
        await db.sql`select 1 from conversation where ${where} and (run_owner is null or run_owner is distinct from ${runOwner}) and (deliver_owner is null or deliver_owner is distinct from ${deliverOwner}) and (run_due_at is null or run_owner is not null)`
      ).length,
    'somebody to go on',
    15_000,
  );
  const resumedMs = performance.now() - killed;
  await until(
    async () =>
      (
        await db.sql`
    select 1 from conversation where ${where} and run_owner is null and deliver_owner is null and run_due_at is null
      and not exists (select from message where conversation_id = conversation.id and delivery_status in ('queued', 'sending'))`
      ).length,
    'the work to be done',
    15_000,
  );
  const doneMs = performance.now() - killed;
  const proof = { resumedMs, doneMs, ...(await count(db.sql, ledger, received.conversationId)) };
  await survivor.stop();
  await ledger.close();
  await db.signals.close();
  return proof;
}

async function count(sql: Sql, ledger: Ledger, conversationId: string): Promise<Pick<CrashProof, 'messages' | 'drafts' | 'slots'>> {
  const messages = await sql<{ id: string; status: string; requiresAction: boolean }[]>`
    select m.id, m.delivery_status as status, c.requires_action from message m join conversation c on c.id = m.conversation_id
    where m.conversation_id = ${conversationId} and m.direction = 'outbound' order by m.seq`;
  const [rest] = await sql<{ drafts: number; slots: number }[]>`
    select (select count(*)::int from draft where conversation_id = ${conversationId}) as drafts,
      (select count(*)::int from conversation where id = ${conversationId} and (run_owner is not null or deliver_owner is not null)) as slots`;
  return { ...rest!, messages: messages.map(({ id, status, requiresAction }) => ({ status, requiresAction, times: ledger.times(id) })) };
}

interface StormOptions {
  outbound: number;
  kills: number;
  idempotent: boolean;
  processes: number;
  onProgress?: (left: number, kills: number) => void;
}

interface StormProof {
  outbound: number;
  kills: number;
  milliseconds: number;
  /** By delivery status. */
  statuses: Record<string, number>;
  lost: number;
  twice: number;
  /** In doubt, yet nobody is asked to look. */
  unseen: number;
  /** Said to be sent, with nothing in the ledger. */
  false: number;
  stuck: number;
}

/** Many messages on their way while processes are killed every 200 to 800 ms and others are started. */
export async function storm(database: TestDatabase, options: StormOptions): Promise<StormProof> {
  const began = performance.now();
  const { idempotent } = options;
  const db: Db = { sql: database.sql, signals: await openSignals(database.sql) };
  const ledger = await startLedger(idempotent);
  const { world, accountId } = await smsWorld(db);
  const ids = await queueMany(db, world, accountId, options.outbound);
  const settings: CrashSettings = { databaseUrl: database.url, ledgerUrl: ledger.url, idempotent };
  const herd = await startHerd(settings, options.processes);
  const open = async (): Promise<number> =>
    (
      await db.sql<
        { left: number }[]
      >`select count(*)::int as left from message where workspace_id = ${world.workspaceId} and delivery_status in ('queued', 'sending')`
    )[0]!.left;
  await herd.harass(async () => {
    const left = await open();
    options.onProgress?.(left, herd.kills);
    return herd.kills < options.kills && left > 0;
  });
  await until(async () => (await open()) === 0, 'every message to be settled', 120_000);
  const busy = async (): Promise<number> =>
    (await db.sql`select 1 from conversation where run_owner is not null or run_due_at is not null or deliver_owner is not null`).length;
  // Counted while they still work: one that is killed in a look for work leaves its slot until another's sweep.
  const stuck = await until(async () => (await busy()) === 0, 'every slot to be free and every run to be done', 60_000).then(() => 0, busy);
  await herd.end();
  const rows = await db.sql<{ id: string; status: string; requiresAction: boolean }[]>`
    select m.id, m.delivery_status as status, c.requires_action from message m join conversation c on c.id = m.conversation_id where m.workspace_id = ${world.workspaceId} and m.direction = 'outbound'`;
  const statuses: Record<string, number> = {};
  for (const row of rows) statuses[row.status] = (statuses[row.status] ?? 0) + 1;
  const proof: StormProof = {
    outbound: rows.length,
    kills: herd.kills,
    milliseconds: Math.round(performance.now() - began),
    statuses,
    lost: ids.length - rows.filter((row) => row.status === 'sent' || row.status === 'unknown').length,
    twice: rows.filter((row) => ledger.times(row.id) > 1).length,
    unseen: rows.filter((row) => row.status === 'unknown' && !row.requiresAction).length,
    false: rows.filter((row) => row.status === 'sent' && ledger.times(row.id) === 0).length,
    stuck,
  };
  await ledger.close();
  await db.signals.close();
  return proof;
}

/** Messages of a person, five to a conversation, so that order within one counts too. */
async function queueMany(db: Db, world: World, accountId: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  await db.sql`update channel_account set agent_id = null where id = ${accountId}`;
  for (let from = 0; from < many; from += 5) {
    const received = await receiveInbound(db, { workspaceId: world.workspaceId, accountId, channel: 'sms', from: { handle: `+1555${from}` }, text: 'Hello' });
    await change(db, world.workspaceId, async (unit) => {
      const held = (await holdConversation(unit, received!.conversationId))!;
      for (let n = from; n < Math.min(many, from + 5); n += 1) {
        ids.push(
          await insertOutbound(held, {
            author: { kind: 'operator', id: world.operators.ana, name: 'Ana' },
            sentBy: { kind: 'operator', id: world.operators.ana },
            text: `Message ${n}`,
            aiGenerated: false,
          }),
        );
      }
      await held.save();
    });
  }
  return ids;
}
