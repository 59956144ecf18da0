/**
 * `npm run prove`: the long proofs, one after another, each on a database of its own.
 * `--only fence,storm` runs some, `--scale 0.1` makes all of them shorter. Exits with 1 where one fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { migrate } from '../../server/db/migrate.ts';
import { openSignals } from '../../server/db/signals.ts';
import { BOUNDARIES } from '../support/crash-process.ts';
import type { Boundary } from '../support/crash-process.ts';
import { crashAt, storm } from '../support/crash.ts';
import { proveOutages } from '../support/crash-postgres.ts';
import { checksBeforeComposing, checksThenInserts, locksConversationOnly } from '../support/fence-naive.ts';
import { startChannels } from '../support/channels.ts';
import { approveRaces } from '../support/fence-once.ts';
import { proveFence } from '../support/fence.ts';
import type { Speaker } from '../support/fence.ts';
import type { FenceProof } from '../support/fence-verdict.ts';
import { createDatabase, startTestPostgres } from '../support/postgres.ts';
import { replayWebhooks } from '../support/replay.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { startDemo } from '../support/demo.ts';
import { sweep } from './a11y.ts';
import { longProof, proveEventLog } from './events.ts';
import { proveBackup, proveFailover } from './failover.ts';
import { proveFenceUnderKills } from './fence-kills.ts';
import { proveRolling } from './rolling.ts';
import type { RollingProof } from './rolling.ts';
import { longScreens, proveScreens } from './screens.ts';
import { proveTypings } from './typings.ts';

interface Verdict {
  ok: boolean;
  figures: Record<string, unknown>;
}
type Proof = (database: TestDatabase, scaled: (full: number) => number, say: (progress: string) => void) => Promise<Verdict>;

const SHOWN = 5;
/** How often a log is told how far a proof is. */
const TOLD_EVERY_MS = 15_000;
/** Trials below which the narrow windows may not come up at all. */
const FEWEST = 100;
const faults = (proof: FenceProof) => [...proof.leaks, ...proof.stuck, ...proof.lost, ...proof.twice, ...proof.errors];
const fenceVerdict = (proof: FenceProof): Verdict => {
  const { leaks, stuck, lost, twice, errors, ...rest } = proof;
  return {
    ok: faults(proof).length === 0 && proof.before > 0 && proof.stopped > 0,
    figures: {
      ...rest,
      leaks: leaks.length,
      stuck: stuck.length,
      lost: lost.length,
      twice: twice.length,
      errors: errors.length,
      ...(faults(proof).length > 0 ? { first: faults(proof).slice(0, SHOWN) } : {}),
    },
  };
};

const naive =
  (speaker: Speaker, only?: 'contact row'): Proof =>
  async (database, scaled, say) => {
    const proof = await proveFence(database, {
      trials: Math.max(FEWEST, scaled(500)),
      parallel: 8,
      speaker,
      ...(only ? { only: [only] } : {}),
      onProgress: (done) => say(String(done)),
    });
    return { ok: proof.leaks.length > 0, figures: { trials: proof.trials, leaks: proof.leaks.length, expected: 'more than 0' } };
  };

const failover =
  (vanishes: boolean): Proof =>
  async (_database, scaled, say) => {
    const proof = await proveFailover(Number(process.env['ROLLING_RATE'] ?? 100), Number(process.env['ROLLING_SECONDS'] ?? scaled(60)), vanishes, say);
    // What was being delivered is asked for again under its key, by which its provider drops it.
    return { ok: proof.lost + proof.twice + proof.unsent + proof.missed === 0, figures: { ...proof } };
  };

const proofs: Record<string, Proof> = {
  fence: async (database, scaled, say) =>
    fenceVerdict(await proveFence(database, { trials: scaled(10_000), parallel: 8, onProgress: (done) => say(String(done)) })),
  'fence-kills': async (database, scaled, say) =>
    fenceVerdict(await proveFenceUnderKills(database, { trials: Math.max(FEWEST, scaled(4_500)), processes: 4, onProgress: (done) => say(String(done)) })),
  'naive-before': naive(checksBeforeComposing),
  'naive-between': naive(checksThenInserts),
  'naive-contact': naive(locksConversationOnly, 'contact row'),
  boundaries: async (database, scaled, say) => {
    const figures = { kills: 0, slowestMs: 0, wrong: [] as string[] };
    for (let round = 0; round < scaled(5); round += 1) {
      for (const at of BOUNDARIES) for (const idempotent of [true, false]) await boundary(database, at, idempotent, figures, say);
    }
    return { ok: figures.wrong.length === 0 && figures.slowestMs <= 5_000, figures };
  },
  storm: async (database, scaled, say) =>
    stormVerdict(
      await storm(database, {
        outbound: scaled(5_000),
        kills: 1_000_000,
        idempotent: true,
        processes: 5,
        onProgress: (left, kills) => say(`${left} left, ${kills} kills`),
      }),
    ),
  'storm-without-keys': async (database, scaled, say) =>
    stormVerdict(
      await storm(database, {
        outbound: scaled(5_000),
        kills: 1_000_000,
        idempotent: false,
        processes: 5,
        onProgress: (left, kills) => say(`${left} left, ${kills} kills`),
      }),
    ),
  connections: async (database, scaled, say) =>
    outageVerdict(
      await proveOutages(database, { messages: scaled(1_000), outages: scaled(500), kind: 'connections', onProgress: (done) => say(String(done)) }),
    ),
  restarts: async (database, scaled, say) =>
    outageVerdict(await proveOutages(database, { messages: scaled(300), outages: scaled(20), kind: 'server', onProgress: (done) => say(String(done)) })),
  webhooks: async (database, scaled, say) => {
    const channels = await startChannels(database);
    const senders = Math.ceil(scaled(10_000) / 30);
    const proof = await replayWebhooks(channels, {
      webhooks: senders * 30,
      copies: 5,
      parallel: 16,
      onProgress: (done) => done % 500 === 0 && say(String(done)),
    });
    await channels.stop();
    const { messages, conversations, refused, holes, miscounted, disordered } = proof;
    return { ok: messages === senders * 30 && conversations === senders * 6 && refused + holes + miscounted + disordered === 0, figures: { ...proof } };
  },
  drafts: async (database, scaled) => {
    const signals = await openSignals(database.sql);
    const proof = await approveRaces({ sql: database.sql, signals }, scaled(1_000));
    await signals.close();
    return { ok: proof.tooMany + proof.disagree + proof.left === 0 && proof.approved > 0 && proof.superseded > 0, figures: { ...proof } };
  },
  screens: async (database, scaled, say) => {
    const proof = await proveScreens(database, { ...longScreens, operations: scaled(longScreens.operations), cuts: scaled(longScreens.cuts) }, say);
    return { ok: proof.faults.length === 0 && proof.naiveFaults > 0, figures: { ...proof, faults: proof.faults.slice(0, SHOWN) } };
  },
  rolling: async (database, scaled, say) => {
    const seconds = Number(process.env['ROLLING_SECONDS'] ?? scaled(300));
    const rate = Number(process.env['ROLLING_RATE'] ?? 200);
    return rollingVerdict(await proveRolling(database, { rate, seconds, calmSeconds: Math.ceil(seconds / 5), roles: ['both', 'both', 'both'] }, say));
  },
  'rolling-apart': async (database, scaled, say) => {
    const seconds = Number(process.env['ROLLING_SECONDS'] ?? scaled(60));
    const rate = Number(process.env['ROLLING_RATE'] ?? 200);
    return rollingVerdict(await proveRolling(database, { rate, seconds, calmSeconds: Math.ceil(seconds / 5), roles: ['web', 'web', 'worker', 'worker'] }, say));
  },
  failover: failover(false),
  'failover-silent': failover(true),
  backup: async (_database, scaled, say) => {
    const proof = await proveBackup(Number(process.env['ROLLING_RATE'] ?? 50), Number(process.env['ROLLING_SECONDS'] ?? scaled(15)), say);
    return { ok: proof.reset && proof.stuck + proof.askedTwice === 0 && proof.after >= proof.atDump && proof.after < proof.atLoss, figures: { ...proof } };
  },
  texts: async (_database, _scaled, say) => {
    say('in Chromium');
    const files = [
      'test/e2e/mail-hostile.test.ts',
      'test/e2e/odd-texts.test.ts',
      'test/e2e/restart.test.ts',
      'test/e2e/hostile.test.ts',
      'test/server/mail-sanitise.test.ts',
      'test/server/api-requests.test.ts',
      'test/server/search.test.ts',
      'test/server/safety.test.ts',
    ];
    const run = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', ...files], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WHOLE_LISTS: '1' },
    });
    const [code] = (await once(run, 'exit')) as [number | null];
    return { ok: code === 0, figures: { lists: process.env['EVAL_DATA'] ?? 'of the project', files: files.length } };
  },
  a11y: async (database, scaled, say) => {
    const demo = await startDemo({ pages: true, on: database });
    try {
      // Below a full scale only what a wide window and a phone show, in two dresses each.
      const proof = await sweep(demo.url, scaled(100) < 100 ? { widths: [1280, 390], brief: true } : {}, (where, faults) => {
        say(where);
        for (const fault of faults) process.stderr.write(`\n${where}: ${fault}\n`);
      });
      return {
        ok: proof.faults.length === 0 && proof.looked > 0,
        figures: { ...proof, faults: proof.faults.length, ...(proof.faults.length > 0 ? { first: proof.faults.slice(0, SHOWN) } : {}) },
      };
    } finally {
      await demo.stop();
    }
  },
  typings: async (database, _scaled, say) => {
    const wrong = await proveTypings(database, say);
    return { ok: wrong.length === 0, figures: { samples: 3, wrong } };
  },
  events: async (database, scaled) => {
    const proof = await proveEventLog(database, {
      ...longProof,
      transactions: scaled(longProof.transactions),
      reconnects: scaled(longProof.reconnects),
      severances: scaled(longProof.severances),
      serverKills: scaled(longProof.serverKills),
    });
    const { missing, twice, disordered, foreign, resets, naiveMissing } = proof;
    return { ok: missing + twice + disordered + foreign + resets === 0 && naiveMissing > 0, figures: { ...proof } };
  },
};

async function boundary(
  database: TestDatabase,
  at: Boundary,
  idempotent: boolean,
  figures: { kills: number; slowestMs: number; wrong: string[] },
  say: (progress: string) => void,
): Promise<void> {
  const { resumedMs, messages, drafts, slots } = await crashAt(database, at, idempotent);
  figures.kills += 1;
  figures.slowestMs = Math.max(figures.slowestMs, Math.round(resumedMs));
  const drafted = at === 'draft written';
  const inDoubt = !idempotent && (at === 'delivery claimed' || at === 'provider called' || at === 'provider answered');
  const right =
    slots === 0 &&
    drafts === (drafted ? 1 : 0) &&
    messages.length === (drafted ? 0 : 1) &&
    messages.every((message) =>
      inDoubt ? message.status === 'unknown' && message.requiresAction && message.times <= 1 : message.status === 'sent' && message.times === 1,
    );
  if (!right) figures.wrong.push(`${at} (keys: ${String(idempotent)}): ${JSON.stringify({ messages, drafts, slots })}`);
  say(`${figures.kills} kills`);
}

const stormVerdict = (proof: Awaited<ReturnType<typeof storm>>): Verdict => ({
  ok: proof.lost + proof.twice + proof.unseen + proof.false + proof.stuck === 0,
  figures: { ...proof },
});
const rollingVerdict = (proof: RollingProof): Verdict => ({
  ok: proof.lost + proof.twice + proof.unsent + proof.askedTwice + proof.missed + proof.appliedTwice + proof.resets === 0 && proof.restarts > 0,
  figures: { ...proof },
});
const outageVerdict = (proof: Awaited<ReturnType<typeof proveOutages>>): Verdict => ({
  ok: proof.unanswered + proof.twice + proof.stuck === 0,
  figures: { ...proof },
});

/** What shows how far a proof is: in one line that changes, or where nobody looks at a terminal a line now and then. */
function teller(name: string): (progress: string) => void {
  let next = 0;
  return (progress) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name} ${progress}\u001B[K`);
    else if (performance.now() >= next) {
      process.stderr.write(`${name} ${progress}\n`);
      next = performance.now() + TOLD_EVERY_MS;
    }
  };
}

const { values } = parseArgs({ options: { only: { type: 'string' }, scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
const names = values.only?.split(',') ?? Object.keys(proofs);
const unknown = names.filter((name) => !(name in proofs));
if (unknown.length > 0 || !(scale > 0)) {
  console.error(`Use --only with some of ${Object.keys(proofs).join(', ')}, and --scale with a number above 0.`);
  process.exit(1);
}
// Whatever was committed has to be there after a crash of the server; this machine itself does not crash.
const server = await startTestPostgres({ fsync: 'off', max_connections: '400', track_commit_timestamp: 'on', wal_level: 'replica' });
let failed = 0;
try {
  for (const name of names) {
    const database = await createDatabase(server.adminUrl, 'empty');
    await migrate(database.url);
    let verdict: Verdict;
    try {
      verdict = await proofs[name]!(database, (full) => Math.max(1, Math.round(full * scale)), teller(name));
    } catch (error) {
      verdict = { ok: false, figures: { error: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
    }
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    console.log(`${verdict.ok ? 'holds' : 'FAILS'}  ${name}  ${JSON.stringify(verdict.figures)}`);
    if (!verdict.ok) failed += 1;
    await database.close();
  }
} finally {
  await server.stop();
}
console.log(failed === 0 ? `All ${names.length} proofs hold.` : `${failed} of ${names.length} proofs fail.`);
process.exit(failed === 0 ? 0 : 1);
