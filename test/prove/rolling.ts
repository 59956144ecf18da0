/**
 * Processes behind a balancer, restarted one after another by SIGTERM under load: what was acknowledged is there once, what was sent went out
 * once, and live updates miss nothing.
 */
import { execFileSync } from 'node:child_process';
import { until } from '../../server/process.ts';
import { startBalancer } from '../support/balancer.ts';
import { freePort } from '../support/free-port.ts';
import { environmentAt, launch, ownPlace } from '../support/process.ts';
import type { Program } from '../support/process.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { adminToken, PATIENCE, percentile, startLoad, startProvider } from './load.ts';
import { followStream } from './rolling-stream.ts';

const READERS = 3;

interface RollingOptions {
  /** Messages a second. */
  rate: number;
  seconds: number;
  /** Of the run before without restarts. */
  calmSeconds: number;
  /** Processes, by what each does. */
  roles: readonly ('both' | 'web' | 'worker')[];
}

export interface RollingProof {
  roles: string;
  /** Messages a second that were asked for, and that were acknowledged. */
  rate: number;
  perSecond: number;
  restarts: number;
  acknowledged: number;
  lost: number;
  twice: number;
  /** Sends of the operator that the provider never got, or was asked for more than once. */
  unsent: number;
  askedTwice: number;
  /** Events of messages that a reader did not get, or got twice; times that one was told to read afresh. */
  missed: number;
  appliedTwice: number;
  resets: number;
  reconnects: number;
  /** Requests that were cut or refused and asked again. */
  again: number;
  /** Milliseconds until an acknowledgement. */
  p50: number;
  p99: number;
  calmP50: number;
  calmP99: number;
  slowest: number;
}

/** Waits until a program serves. */
export async function hasStarted(program: Program): Promise<void> {
  if (!(await until(() => program.output().includes('"msg":"started"'), PATIENCE * 2)))
    throw new Error(`a process did not start: ${program.output().slice(-2_000)}`);
}

/** Builds the server, which starts faster than its sources. */
export const buildServer = (): void => void execFileSync('node_modules/.bin/vite', ['build', '--mode', 'server', '--logLevel', 'error']);

export async function proveRolling(
  database: TestDatabase,
  { rate, seconds, calmSeconds, roles }: RollingOptions,
  say: (progress: string) => void,
): Promise<RollingProof> {
  buildServer();
  const place = await ownPlace();
  const provider = await startProvider();
  const ports = await Promise.all(roles.map(freePort));
  const environment = { ...environmentAt(place), DATABASE_URL: database.url, PRIVATE_HOSTS: '127.0.0.1', LOG_LEVEL: 'info' };
  const start = (at: number): Program =>
    launch(place.node, ['dist/server/main.js'], process.cwd(), { ...environment, PORT: String(ports[at]), ROLE: roles[at]! });
  const programs = roles.map((_, at) => start(at));
  await Promise.all(programs.map(hasStarted));
  const webs = ports.filter((_, at) => roles[at] !== 'worker');
  const balancer = await startBalancer(webs);
  await Promise.all(webs.map((port) => balancer.serves(port)));
  const token = await adminToken(environmentAt(place)['CONVENE_SECRET']);
  const load = await startLoad(balancer.url, token, provider, database.sql);

  const readers = Array.from({ length: READERS }, () => followStream(`${balancer.url}/v1/events`, token));
  await Promise.all(readers.map((reader) => reader.open));
  const before = load.inbound.length;
  const calm = await load.run(rate, calmSeconds, say);

  let restarts = 0;
  const over = new AbortController();
  const restarting = (async () => {
    for (let at = 0; !over.signal.aborted; at = (at + 1) % roles.length) {
      programs[at]!.kill('SIGTERM');
      const code = await programs[at]!.ended;
      if (code !== 0) throw new Error(`a process ended with ${code}: ${programs[at]!.output().slice(-2_000)}`);
      programs[at] = start(at);
      await hasStarted(programs[at]!);
      if (roles[at] !== 'worker') await balancer.serves(ports[at]!);
      restarts += 1;
    }
  })();
  const began = performance.now();
  const took = await Promise.race([load.run(rate, seconds, say), restarting.then(() => [])]);
  const perSecond = Math.round(took.length / ((performance.now() - began) / 1_000));
  over.abort();
  await restarting;

  const kept = await load.check(database.sql);
  const later = new Set(load.inbound.slice(before));
  const rows = await database.sql<{ id: string; externalId: string }[]>`select id, external_id from message where direction = 'inbound'`;
  const wanted = new Set([...rows.filter(({ externalId }) => later.has(externalId)).map(({ id }) => id), ...load.sends]);
  await until(() => readers.every((reader) => [...wanted].every((id) => reader.messages.has(id))), PATIENCE, 200);
  const sum = (of: (reader: (typeof readers)[number]) => number): number => readers.reduce((all, reader) => all + of(reader), 0);
  const proof: RollingProof = {
    roles: roles.join(' '),
    rate,
    perSecond,
    restarts,
    ...kept,
    missed: sum((reader) => [...wanted].filter((id) => !reader.messages.has(id)).length),
    appliedTwice: sum(({ repeated }) => repeated()),
    resets: sum(({ resets }) => resets()),
    reconnects: sum(({ reconnects }) => reconnects()),
    again: load.again(),
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    calmP50: percentile(calm, 0.5),
    calmP99: percentile(calm, 0.99),
    slowest: percentile(took, 1),
  };
  for (const reader of readers) reader.close();
  await balancer.close();
  for (const program of programs) program.kill('SIGTERM');
  await Promise.all(programs.map(({ ended }) => ended));
  await provider.close();
  await place.remove();
  return proof;
}
