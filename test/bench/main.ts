/**
 * `npm run bench`: each promise of speed beside a floor of the same run, as a table and then as JSON lines.
 * `--only accept,pool` measures some.
 */
import { totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { openSignals } from '../../server/db/signals.ts';
import { createDatabase, startTestPostgres } from '../support/postgres.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { acceptRate } from './accept.ts';
import { benchAttach } from './attach.ts';
import { benchBulk } from './bulk.ts';
import { benchBurst } from './burst.ts';
import { benchClassifier, benchWhatIf } from './classifier.ts';
import { benchInbound } from './inbound.ts';
import { benchLauncher } from './launcher.ts';
import { benchLive } from './live.ts';
import type { Measure } from './measure.ts';
import { benchMerge } from './merge.ts';
import { benchPool } from './pool.ts';
import { benchReports } from './reports.ts';
import { benchSearch } from './search.ts';
import { benchSizes } from './sizes.ts';
import { sseFanout } from './sse-fanout.ts';
import { benchStart } from './start.ts';
import { benchThread } from './thread.ts';

/** As in production: what is committed is on the disk, and a quarter of the memory is the database's own, as its manual has it. */
const DURABLE = { max_connections: '300', track_commit_timestamp: 'off', shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB` };

type Bench = (database: TestDatabase) => Promise<Measure[]>;
const withDb =
  (max: number, work: (db: { sql: TestDatabase['sql']; signals: Awaited<ReturnType<typeof openSignals>> }) => Promise<Measure[]>): Bench =>
  async (database) => {
    const sql = database.openPool({ max, statementTimeout: 0 });
    const signals = await openSignals(database.sql);
    try {
      return await work({ sql, signals });
    } finally {
      await signals.close();
    }
  };

const benches: Record<string, Bench> = {
  accept: acceptRate,
  inbound: benchInbound,
  start: benchStart,
  live: benchLive,
  fanout: (database) => sseFanout(database),
  merge: withDb(4, benchMerge),
  classifier: benchClassifier,
  'what-if': benchWhatIf,
  pool: withDb(1, benchPool),
  bulk: benchBulk,
  search: benchSearch,
  reports: benchReports,
  thread: benchThread,
  burst: benchBurst,
  sizes: benchSizes,
  attach: benchAttach,
  launcher: benchLauncher,
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = values.only?.split(',') ?? Object.keys(benches);
const postgres = await startTestPostgres(DURABLE);
const all: Measure[] = [];
try {
  for (const name of chosen) {
    const bench = benches[name];
    if (!bench) throw new Error(`There is no bench named ${name}; there are ${Object.keys(benches).join(', ')}.`);
    process.stderr.write(`measuring ${name} …\n`);
    const database = await createDatabase(postgres.adminUrl);
    try {
      all.push(...(await bench(database)));
    } finally {
      await database.close();
    }
  }
} finally {
  await postgres.stop();
}
const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
const width = Math.max(...all.map((one) => one.name.length));
for (const one of all) {
  process.stdout.write(
    `${one.name.padEnd(width)}  ${shown(one.value).padStart(9)}  floor ${shown(one.floor).padStart(9)}  ${one.ratio.toFixed(2).padStart(6)}×  ${one.unit}\n`,
  );
}
for (const one of all) process.stdout.write(`${JSON.stringify(one)}\n`);
