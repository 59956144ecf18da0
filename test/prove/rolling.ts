/**
 * Processes behind a balancer, restarted one after another by SIGTERM under load: what was acknowledged is there once, what was sent went out
 * once, and live updates miss nothing.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { signStandard } from '../../server/channels/signatures.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { until } from '../../server/process.ts';
import { startBalancer } from '../support/balancer.ts';
import { environmentAt, launch, ownPlace } from '../support/process.ts';
import type { Program } from '../support/process.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { followStream } from './rolling-stream.ts';

const SECRET = 'whsec_bG9uZyBlbm91Z2ggdG8gYmUgYSBzZWNyZXQhIQ==';
/** Customers who write; every tenth message is an operator's, to one of them. */
const CUSTOMERS = 100;
const SEND_EVERY = 10;
const READERS = 3;
/** How long a request is asked again where it was not answered, in milliseconds. */
const PATIENCE = 60_000;

export interface RollingOptions {
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
  /** Sends of operators that the provider never got, or was asked for more than once. */
  unsent: number;
  sentTwice: number;
  /** Events of messages that a reader did not get, or got twice; times that one was told to read afresh. */
  missed: number;
  appliedTwice: number;
  resets: number;
  reconnects: number;
  /** Requests that were cut and asked again. */
  again: number;
  /** Milliseconds until an acknowledgement. */
  p50: number;
  p99: number;
  calmP50: number;
  calmP99: number;
  slowest: number;
}

/** A provider that keeps how often each message was posted to it. */
async function startProvider() {
  const posted = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      const id = String(request.headers['webhook-id']);
      posted.set(id, (posted.get(id) ?? 0) + 1);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { posted, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => new Promise<void>((resolve) => server.close(() => resolve()) && server.closeAllConnections()) };
}

async function hasStarted(program: Program): Promise<void> {
  if (!(await until(() => program.output().includes('"msg":"started"'), PATIENCE * 2))) throw new Error(`a process did not start: ${program.output().slice(-2_000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

const percentile = (values: readonly number[], share: number): number => Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

export async function proveRolling(database: TestDatabase, { rate, seconds, calmSeconds, roles }: RollingOptions, say: (progress: string) => void): Promise<RollingProof> {
  execFileSync('node_modules/.bin/vite', ['build', '--mode', 'server', '--logLevel', 'error']);
  const place = await ownPlace();
  const provider = await startProvider();
  const ports = await Promise.all(roles.map(freePort));
  const secret = environmentAt(place)['CONVENE_SECRET'];
  const environment = { ...environmentAt(place), DATABASE_URL: database.url, PRIVATE_HOSTS: '127.0.0.1', VISITOR_MESSAGES_PER_MINUTE: '1000000', LOG_LEVEL: 'info' };
  const start = (at: number): Program => launch(place.node, ['dist/server/main.js'], process.cwd(), { ...environment, PORT: String(ports[at]), ROLE: roles[at]! });
  const programs = roles.map((_, at) => start(at));
  await Promise.all(programs.map(hasStarted));
  const webs = ports.filter((_, at) => roles[at] !== 'worker');
  const balancer = await startBalancer(webs);
  await Promise.all(webs.map((port) => balancer.serves(port)));

  const token = await new SignJWT({ name: 'Ana', email: 'ana@example.com', role: 'admin', workspace: 'main' }).setProtectedHeader({ alg: 'HS256' }).setSubject('ana').setAudience('operator').setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
  let again = 0;
  /** Asks until it is answered; what was cut goes out again as it was. */
  const ask = async (path: string, body: string, headers: () => Record<string, string>): Promise<Response> => {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const answer = await fetch(balancer.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers() } }).catch(() => null);
      if (answer && answer.status < 500) {
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
        return answer;
      }
      if (performance.now() > end) throw new Error(`${path} was not answered`);
      again += 1;
      await delay(50);
    }
  };
  const operator = (key: string) => () => ({ authorization: `Bearer ${token}`, 'idempotency-key': key });
  const account = (await (await ask('/v1/channel-accounts', JSON.stringify({ channel: 'custom', name: 'Partner', settings: { url: provider.url }, credentials: { webhookSecrets: [SECRET] } }), operator(randomUUID()))).json()) as ChannelAccount;

  const inbound: string[] = [];
  const sends: string[] = [];
  const write = async (customer: number): Promise<void> => {
    const id = `m-${randomUUID()}`;
    const body = JSON.stringify({ type: 'message', data: { id, from: { handle: `customer-${customer}` }, text: `Message ${id}` } });
    await (await ask(`/v1/channels/${account.id}/inbound`, body, () => signStandard([SECRET], id, Buffer.from(body), new Date()) as Record<string, string>)).arrayBuffer();
    inbound.push(id);
  };
  for (let customer = 0; customer < CUSTOMERS; customer += 10) await Promise.all(Array.from({ length: 10 }, (_, more) => write(customer + more)));
  const conversations = (await database.sql<{ id: string }[]>`select id from conversation`).map(({ id }) => id);
  const send = async (customer: number): Promise<void> => {
    const { id } = (await (await ask(`/v1/conversations/${conversations[customer]}/messages`, JSON.stringify({ text: 'An answer' }), operator(randomUUID()))).json()) as { id: string };
    sends.push(id);
  };

  const run = async (forSeconds: number): Promise<number[]> => {
    const took: number[] = [];
    const under: Promise<void>[] = [];
    const began = performance.now();
    for (let n = 0; n < rate * forSeconds; n += 1) {
      const due = began + (n * 1_000) / rate;
      if (due > performance.now()) await delay(due - performance.now());
      const act = n % SEND_EVERY === 0 ? send : write;
      under.push(act(n % CUSTOMERS).then(() => void took.push(performance.now() - due)));
      if (n % rate === 0) say(`${Math.round(n / rate)} of ${forSeconds} s`);
    }
    await Promise.all(under);
    return took;
  };

  const readers = Array.from({ length: READERS }, () => followStream(`${balancer.url}/v1/events`, token));
  await Promise.all(readers.map((reader) => reader.open));
  const before = inbound.length;
  const calm = await run(calmSeconds);

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
  const took = await Promise.race([run(seconds), restarting.then(() => [])]);
  const perSecond = Math.round(took.length / ((performance.now() - began) / 1_000));
  over.abort();
  await restarting;

  const { sql } = database;
  await until(async () => (await sql`select from message where delivery_status in ('queued', 'sending') limit 1`).length === 0, PATIENCE);
  const rows = await sql<{ id: string; externalId: string }[]>`select id, external_id from message where direction = 'inbound'`;
  const stored = new Map<string, number>();
  for (const { externalId } of rows) stored.set(externalId, (stored.get(externalId) ?? 0) + 1);
  const wanted = new Set([...rows.filter(({ externalId }) => inbound.indexOf(externalId) >= before).map(({ id }) => id), ...sends]);
  await until(() => readers.every((reader) => [...wanted].every((id) => reader.messages.has(id))), PATIENCE, 200);
  const proof: RollingProof = {
    roles: roles.join(' '), rate, perSecond, restarts, acknowledged: inbound.length + sends.length,
    lost: inbound.filter((id) => !stored.has(id)).length, twice: [...stored.values()].filter((times) => times > 1).length,
    unsent: sends.filter((id) => !provider.posted.has(id)).length, sentTwice: [...provider.posted.values()].filter((times) => times > 1).length,
    missed: readers.reduce((sum, reader) => sum + [...wanted].filter((id) => !reader.messages.has(id)).length, 0),
    appliedTwice: readers.reduce((sum, { repeated }) => sum + repeated(), 0), resets: readers.reduce((sum, { resets }) => sum + resets(), 0), reconnects: readers.reduce((sum, { reconnects }) => sum + reconnects(), 0),
    again, p50: percentile(took, 0.5), p99: percentile(took, 0.99), calmP50: percentile(calm, 0.5), calmP99: percentile(calm, 0.99), slowest: percentile(took, 1),
  };
  for (const reader of readers) reader.close();
  await balancer.close();
  for (const program of programs) program.kill('SIGTERM');
  await Promise.all(programs.map(({ ended }) => ended));
  await provider.close();
  await place.remove();
  return proof;
}
