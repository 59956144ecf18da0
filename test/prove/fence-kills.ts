/** The fence while the processes that speak are killed: takeovers at random times, SIGKILL every 200 to 800 ms. */
import { change } from '../../server/db/change.ts';
import { startHerd } from '../support/crash.ts';
import type { CrashSettings } from '../support/crash-process.ts';
import { takeovers } from '../support/fence-acts.ts';
import type { Takeover } from '../support/fence-acts.ts';
import { installGates, transactionId } from '../support/fence-gates.ts';
import { blankProof, judge } from '../support/fence-verdict.ts';
import type { Case, FenceProof } from '../support/fence-verdict.ts';
import { chance, createSubject, pick, processOn, randomFrom } from '../support/fence.ts';
import { startLedger } from '../support/ledger.ts';
import { until } from '../support/pipeline.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';

interface FenceKills extends FenceProof {
  kills: number;
}

export async function proveFenceUnderKills(
  database: TestDatabase,
  options: { trials: number; processes: number; onProgress?: (done: number) => void },
): Promise<FenceKills> {
  const began = performance.now();
  await installGates(database.sql);
  const people = await processOn(database);
  const world = await createWorld(people);
  const ledger = await startLedger(true);
  const settings: CrashSettings = { databaseUrl: database.url, ledgerUrl: ledger.url, idempotent: true, modelMs: 150 };
  const seed = Math.floor(Math.random() * 1e9);
  const proof: FenceKills = { ...blankProof(options.trials, seed), kills: 0 };
  const herd = await startHerd(settings, options.processes);
  const cases: Case[] = [];
  const acts = Object.keys(takeovers) as Takeover[];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < options.trials) {
      const number = (next += 1);
      const random = randomFrom(seed + number);
      const act = acts[number % acts.length]!;
      const subject = await createSubject({ people, world }, { number, act, random, channel: pick(random, ['chat', 'sms']) });
      await chance(random, 10_000);
      const taken = await change(people, world.workspaceId, async (unit) => {
        const id = await transactionId(unit.sql);
        await takeovers[act](unit, subject);
        return id;
      });
      cases.push({ ...subject, name: `trial ${number} (${act})`, takeover: taken, giveBack: null, startsNothing: false });
      options.onProgress?.(cases.length);
    }
  };
  await Promise.all([herd.harass(() => cases.length < options.trials), ...Array.from({ length: 32 }, lane)]);
  await until(
    async () =>
      (
        await people.sql`
    select 1 from conversation c where run_owner is not null or deliver_owner is not null or run_due_at is not null
      or exists (select from message m where m.conversation_id = c.id and m.delivery_status in ('queued', 'sending')) limit 1`
      ).length === 0,
    'all work to be done',
    60_000,
  ).catch(() => {});
  for (const one of cases) await judge(people.sql, one, proof);
  await herd.end();
  await ledger.close();
  await people.signals.close();
  proof.kills = herd.kills;
  proof.milliseconds = Math.round(performance.now() - began);
  return proof;
}
