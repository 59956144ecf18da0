/** A Postgres that is lost and one that takes its place; a dump that is put back. With whole clusters on this machine. */
import { join } from 'node:path';
import { openPool } from '../../server/db/connect.ts';
import { keepWatch } from '../../server/db/watch.ts';
import { until } from '../../server/process.ts';
import { openClusters, openDoorway } from '../support/debian-postgres.ts';
import { freePort } from '../support/free-port.ts';
import { environmentAt, launch, ownPlace } from '../support/process.ts';
import { adminToken, longestSilence, PATIENCE, percentile, startLoad, startProvider } from './load.ts';
import { buildServer, hasStarted } from './rolling.ts';
import { followStream } from './rolling-stream.ts';

interface FailoverProof {
  rate: number;
  acknowledged: number;
  lost: number;
  twice: number;
  unsent: number;
  askedTwice: number;
  /** Events of messages that a reader did not get after it was over. */
  missed: number;
  again: number;
  /** Seconds from the kill to the promotion's end, and the longest without an acknowledgement. */
  promotedAfter: number;
  pause: number;
  /** Seconds from the promotion's end to the first acknowledgement, the first delivery and the first live update of what came after it. */
  acknowledges: number;
  delivers: number;
  streams: number;
  /** Milliseconds until an acknowledgement from when a message was due, and the same before the kill. */
  p99: number;
  calmP99: number;
}

/**
 * Two processes under load; the primary is killed and its synchronous standby promoted; one address leads to whichever is the primary.
 * @param vanishes the primary's machine is gone: its connections are not even closed
 */
export async function proveFailover(rate: number, seconds: number, vanishes: boolean, say: (progress: string) => void): Promise<FailoverProof> {
  buildServer();
  const clusters = await openClusters();
  const settings = { max_connections: '150', wal_level: 'replica', max_wal_senders: '5', hot_standby: 'on', synchronous_commit: 'on' };
  const primary = await clusters.create(settings);
  const standby = await clusters.standby(primary, { ...settings, synchronous_standby_names: '' });
  const doorway = await openDoorway(primary.port);
  const url = `postgres://postgres@127.0.0.1:${doorway.port}/postgres`;
  const [place, provider, port] = [await ownPlace(), await startProvider(), await freePort()];
  const environment = { ...environmentAt(place), DATABASE_URL: url, PRIVATE_HOSTS: '127.0.0.1', LOG_LEVEL: 'info', DATABASE_CONNECTIONS: '10' };
  const programs = [
    launch(place.node, ['dist/server/main.js'], process.cwd(), { ...environment, PORT: String(port), ROLE: 'web' }),
    launch(place.node, ['dist/server/main.js'], process.cwd(), { ...environment, ROLE: 'worker' }),
  ];
  await Promise.all(programs.map(hasStarted));
  const token = await adminToken(environmentAt(place)['CONVENE_SECRET']);
  const sql = openPool(url, { max: 2 });
  const stopWatch = keepWatch(url, () => {});
  const load = await startLoad(`http://127.0.0.1:${port}`, token, provider, sql);
  const reader = followStream(`http://127.0.0.1:${port}/v1/events`, token);
  await reader.open;
  const before = load.inbound.length;

  const calm = await load.run(rate, seconds / 3, say);
  const running = load.run(rate, (seconds * 2) / 3, say);
  const soon = load.inbound.length + (rate * seconds) / 6;
  await until(() => load.inbound.length > soon, PATIENCE);
  const killed = performance.now();
  if (vanishes) doorway.hush();
  primary.kill();
  standby.promote();
  doorway.leadTo(standby.port);
  const promoted = performance.now();
  const took = await running;
  const first = (times: Iterable<number>): number => (Math.min(...[...times].filter((at) => at > promoted)) - promoted) / 1_000;

  const kept = await load.check(sql);
  const later = new Set(load.inbound.slice(before));
  const rows = await sql<{ id: string; externalId: string }[]>`select id, external_id from message where direction = 'inbound'`;
  const wanted = rows.filter(({ externalId }) => later.has(externalId)).map(({ id }) => id);
  await until(() => reader.resets() > 0 || wanted.every((id) => reader.messages.has(id)), PATIENCE, 200);
  const proof = {
    rate,
    ...kept,
    missed: reader.resets() > 0 ? 0 : wanted.filter((id) => !reader.messages.has(id)).length,
    again: load.again(),
    promotedAfter: (promoted - killed) / 1_000,
    pause: longestSilence(load.acknowledged, killed) / 1_000,
    acknowledges: first(load.acknowledged),
    delivers: first(provider.times),
    streams: first(reader.messages.values()),
    p99: percentile(took, 0.99),
    calmP99: percentile(calm, 0.99),
  };
  reader.close();
  for (const program of programs) program.kill('SIGTERM');
  await Promise.all(programs.map(({ ended }) => ended));
  await stopWatch();
  await sql.end({ timeout: 2 });
  await doorway.close();
  await provider.close();
  await clusters.remove();
  await place.remove();
  return proof;
}

interface BackupProof {
  /** Inbound messages at the dump, when the database was lost, and after it was put back. */
  atDump: number;
  atLoss: number;
  after: number;
  /** What the command said. */
  said: string;
  /** Whether the reader of before was told to read afresh. */
  reset: boolean;
  /** Messages that the provider was asked for twice. */
  askedTwice: number;
  /** Slots and messages that nobody settled. */
  stuck: number;
  dumpSeconds: number;
  restoreSeconds: number;
}

/** A dump is taken under load; work goes on; then the database is dropped, the dump put back and settled, and work goes on with it. */
export async function proveBackup(rate: number, seconds: number, say: (progress: string) => void): Promise<BackupProof> {
  buildServer();
  const clusters = await openClusters();
  const cluster = await clusters.create({ max_connections: '150', synchronous_commit: 'off' });
  const database = (name: string): string => cluster.url.replace(/postgres$/, name);
  cluster.run('createdb', '--maintenance-db', cluster.url, 'inbox');
  const [place, provider, port] = [await ownPlace(), await startProvider(), await freePort()];
  const environment = { ...environmentAt(place), DATABASE_URL: database('inbox'), PRIVATE_HOSTS: '127.0.0.1', LOG_LEVEL: 'info', PORT: String(port) };
  const start = (...args: string[]) => launch(place.node, ['dist/server/main.js', ...args], process.cwd(), environment);
  let program = start();
  await hasStarted(program);
  const token = await adminToken(environmentAt(place)['CONVENE_SECRET']);
  const sql = openPool(database('inbox'), { max: 1 });
  const count = async (): Promise<number> => (await sql<{ n: number }[]>`select count(*)::int as n from message where direction = 'inbound'`)[0]!.n;
  const load = await startLoad(`http://127.0.0.1:${port}`, token, provider, sql);
  const reader = followStream(`http://127.0.0.1:${port}/v1/events`, token);
  await reader.open;

  const running = load.run(rate, seconds, say);
  await until(() => load.inbound.length > (rate * seconds) / 3, PATIENCE);
  const file = join(clusters.folder, 'dump');
  const dumping = performance.now();
  const atDump = await count();
  cluster.run('pg_dump', '-Fc', '-f', file, '-d', database('inbox'));
  const dumpSeconds = (performance.now() - dumping) / 1_000;
  await running;
  const atLoss = await count();
  program.kill('SIGKILL');
  await program.ended;
  await sql.end({ timeout: 1 });

  cluster.run('dropdb', '-f', '--maintenance-db', cluster.url, 'inbox');
  cluster.run('createdb', '--maintenance-db', cluster.url, 'inbox');
  const restoring = performance.now();
  cluster.run('pg_restore', '--no-owner', '-d', database('inbox'), file);
  const restoreSeconds = (performance.now() - restoring) / 1_000;
  const settling = start('--restored');
  if ((await settling.ended) !== 0) throw new Error(settling.output());
  program = start();
  await hasStarted(program);
  const again = openPool(database('inbox'), { max: 1 });
  const reset = (await until(() => reader.resets() > 0, PATIENCE, 100)) === true;
  const look = async () =>
    (
      await again<{ stuck: number; after: number }[]>`
    select (select count(*) from conversation where run_owner is not null or deliver_owner is not null)::int + (select count(*) from message where delivery_status in ('queued', 'sending'))::int as stuck,
      (select count(*)::int from message where direction = 'inbound') as after`
    )[0]!;
  // What comes again while one looks is no slot that nobody settles: the look that finds none counts.
  const settled = await until(
    async () => {
      const seen = await look();
      return seen.stuck === 0 && seen;
    },
    PATIENCE,
    200,
  );
  const proof = {
    atDump,
    atLoss,
    ...(settled ?? (await look())),
    said: settling.output().trim(),
    reset,
    dumpSeconds,
    restoreSeconds,
    // A provider that takes keys drops what it had before; one key is one message.
    askedTwice: [...provider.posted.values()].filter((times) => times > 2).length,
  };
  reader.close();
  program.kill('SIGTERM');
  await program.ended;
  await again.end({ timeout: 1 });
  await provider.close();
  await clusters.remove();
  await place.remove();
  return proof;
}
