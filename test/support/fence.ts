/**
 * The fence under fire: an agent's turn and its delivery against whatever takes the word from it, on real Postgres, at
 * random times and at the narrowest points. Who was first is Postgres' own word: the commit timestamps of the transaction
 * that claimed a message and of the one that took the word.
 */
import pino from 'pino';
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createModels } from '../../server/model/provider.ts';
import { deliver } from '../../server/pipeline/deliver.ts';
import type { PipelineDeps } from '../../server/pipeline/deps.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { createLanes } from '../../server/pipeline/lanes.ts';
import type { Messenger } from '../../server/pipeline/messenger.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { approve, givebacks, startsNothing, takeovers } from './fence-acts.ts';
import type { Subject, Takeover } from './fence-acts.ts';
import { blocked, blocking, installGates, shutGate, transactionId } from './fence-gates.ts';
import type { GatePoint } from './fence-gates.ts';
import { blankProof, judge, takeJob } from './fence-verdict.ts';
import type { FenceProof } from './fence-verdict.ts';
import { scriptedModels } from './fence-model.ts';
import { noSkills } from './skills.ts';
import type { TestDatabase } from './postgres.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** How an agent speaks: the product's way, or a naive one. */
export interface Speaker {
  turn(deps: PipelineDeps, workspaceId: string, conversationId: string): Promise<unknown>;
  deliver(deps: PipelineDeps, workspaceId: string, conversationId: string): Promise<void>;
}
const product: Speaker = { turn: runTurn, deliver };

interface FenceOptions {
  trials: number;
  parallel: number;
  seed?: number;
  speaker?: Speaker;
  /** Only these; default all, newer messages and approvals too. */
  only?: Takeover[];
  onProgress?: (done: number) => void;
}

/** mulberry32: the same seed gives the same trials. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const chance = (random: () => number, ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, random() * ms));
export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** What one trial does, decided before it begins. */
interface Plan {
  number: number;
  channel: 'chat' | 'sms';
  act: Takeover | 'newer message' | 'approve';
  giveBack: string | null;
  force: GatePoint | 'held' | null;
  random: () => number;
}

function planOf(number: number, seed: number, options: FenceOptions): Plan {
  const random = randomFrom(seed * 1_000_003 + number);
  const acts: Plan['act'][] = options.only ?? [...(Object.keys(takeovers) as Takeover[]), 'newer message', 'approve'];
  const act = acts[number % acts.length]!;
  const undo = Object.keys((act in takeovers && givebacks[act as Takeover]) || {});
  return {
    number,
    act,
    random,
    channel: pick(random, ['chat', 'sms']),
    giveBack: undo.length > 0 && random() < 0.4 ? pick(random, undo) : null,
    force: act in takeovers ? pick(random, [null, null, null, 'queue', 'claim', 'held']) : null,
  };
}

export async function proveFence(database: TestDatabase, options: FenceOptions): Promise<FenceProof> {
  const began = performance.now();
  const { speaker = product, seed = Math.floor(Math.random() * 1e9) } = options;
  await installGates(database.sql);
  const worker: Db = await processOn(database);
  const people: Db = await processOn(database);
  const stopBeating = await keepBeating(worker, 'worker');
  const world = await createWorld(people);
  const proof = blankProof(options.trials, seed);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < options.trials) {
      const plan = planOf(next, seed, options);
      next += 1;
      try {
        await trial({ database, worker, people, world, speaker, proof }, plan);
      } catch (error) {
        proof.errors.push(`${describe(plan)}: ${error instanceof Error ? error.message : String(error)}`);
      }
      done += 1;
      options.onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, lane));
  await stopBeating();
  await Promise.all([worker.signals.close(), people.signals.close()]);
  proof.milliseconds = Math.round(performance.now() - began);
  return proof;
}

export async function processOn(database: TestDatabase): Promise<Db> {
  const sql = database.openPool({ max: 40 });
  return { sql, signals: await openSignals(sql) };
}

const describe = (plan: Plan): string =>
  `trial ${plan.number} (${plan.act}${plan.giveBack ? `, then ${plan.giveBack}` : ''}, ${plan.channel}, ${plan.force ?? 'at random'})`;

interface Bench {
  database: TestDatabase;
  worker: Db;
  people: Db;
  world: World;
  speaker: Speaker;
  proof: FenceProof;
}

async function trial(bench: Bench, plan: Plan): Promise<void> {
  const { database, worker, people, speaker, proof } = bench;
  const { random } = plan;
  const { workspaceId, conversationId, ...subject } = await createSubject(bench, plan);
  const all: Subject = { workspaceId, conversationId, ...subject };
  const deps = depsOf(worker, plan);
  const errors: unknown[] = [];
  const step = async (): Promise<boolean> => {
    if (await takeJob(worker.sql, 'run', conversationId)) await speaker.turn(deps, workspaceId, conversationId);
    else if (!(await takeJob(worker.sql, 'deliver', conversationId))) return false;
    await speaker.deliver(deps, workspaceId, conversationId);
    return true;
  };
  if (plan.act === 'approve') {
    // The draft is there; the customer writes again, and both are on their way at once.
    await step();
    await receiveInbound(people, inboundOf(bench, plan, all));
  }
  const gate = plan.force === 'queue' || plan.force === 'claim' ? await shutGate(database.sql, conversationId, plan.force, plan.number) : null;
  const working = (plan.force ? Promise.resolve() : chance(random, 20)).then(step).catch((error: unknown) => errors.push(error));
  let takeover: { xid: string; pid: number } | null = null;
  const act = async (): Promise<void> => {
    if (plan.act === 'newer message') return void (await receiveInbound(people, inboundOf(bench, plan, all)));
    if (plan.act === 'approve') return void (await change(people, workspaceId, (unit) => approve(unit, all)));
    const name = plan.act;
    await change(people, workspaceId, async (unit) => {
      takeover = await transactionId(unit.sql);
      await takeovers[name](unit, all);
      // Held until the agent waits for what it locked, or has come through.
      if (plan.force === 'held') await blocking(database.sql, takeover.pid, working);
    });
  };
  if (gate) await gate.reached(working);
  else await chance(random, 120);
  const acting = act().catch((error: unknown) => errors.push(error));
  if (gate) {
    await blocked(database.sql, () => takeover?.pid ?? null, acting);
    await gate.open();
  }
  await acting;
  let giveBack: { xid: string } | null = null;
  if (plan.giveBack) {
    await chance(random, 10);
    const undo = givebacks[plan.act as Takeover]![plan.giveBack]!;
    await change(people, workspaceId, async (unit) => {
      giveBack = await transactionId(unit.sql);
      await undo(unit, all);
    }).catch((error: unknown) => errors.push(error));
  }
  await working;
  for (let rounds = 0; rounds < 30 && (await step()); rounds += 1);
  const name = describe(plan);
  for (const error of errors) proof.errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  if (plan.force) proof.forced += 1;
  await judge(
    database.sql,
    { workspaceId, conversationId, name, takeover, giveBack, startsNothing: plan.giveBack !== null && startsNothing.has(plan.giveBack) },
    proof,
  );
}

const inboundOf = ({ world }: Pick<Bench, 'world'>, plan: Pick<Plan, 'number' | 'channel'>, { accountId }: { accountId: string }) => ({
  workspaceId: world.workspaceId,
  accountId,
  channel: plan.channel,
  from: { handle: `customer-${plan.number}`, name: 'Marta' },
  text: 'When do you open?',
});

/** An agent, an account and a customer of the trial's own, so that trials do not meet; its first message is waiting. */
export async function createSubject(
  { people, world }: Pick<Bench, 'people' | 'world'>,
  plan: Pick<Plan, 'number' | 'channel' | 'act' | 'random'>,
): Promise<Subject> {
  const { workspaceId } = world;
  const [agentId, accountId] = [newId(), newId()];
  const replyMode = plan.act === 'approve' ? 'auto_draft' : pick(plan.random, ['auto_send', 'controlled'] as const);
  await people.sql`insert into agent ${people.sql({ workspaceId, id: agentId, name: `Nova ${plan.number}`, replyMode, burstWaitMs: 0 })}`;
  await people.sql`insert into channel_account ${people.sql({ workspaceId, id: accountId, channel: plan.channel, name: 'Account', agentId })}`;
  const received = await receiveInbound(people, inboundOf({ world }, plan, { accountId }));
  const { conversationId } = received!;
  const [row] = await people.sql<{ contactId: string }[]>`select contact_id from conversation where workspace_id = ${workspaceId} and id = ${conversationId}`;
  return {
    workspaceId,
    conversationId,
    contactId: row!.contactId,
    agentId,
    otherAgentId: world.agents.sol,
    accountId,
    ana: { kind: 'operator', id: world.operators.ana, name: 'Ana Duarte' },
  };
}

/** What a worker needs, with a model and a provider that take a random while. */
export function depsOf(db: Db, { random }: Pick<Plan, 'random'>): PipelineDeps {
  const models = scriptedModels({ pause: () => chance(random, 20) });
  const messenger: Messenger = {
    isIdempotent: () => true,
    async send() {
      await chance(random, 10);
      return { status: 'sent', externalId: newId() };
    },
  };
  return { db, models, builtin: createModels({}), messenger, lanes: createLanes(4), log: pino({ level: 'silent' }), modelTimeoutMs: 10_000, ...noSkills };
}
