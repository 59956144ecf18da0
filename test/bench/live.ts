/** From a customer's POST to the operators' event, with 50 operators listening, beside a bare program that writes the same rows. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Agent, get, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { SignJWT } from 'jose';
import { openSignals } from '../../server/db/signals.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { targets } from './bare.ts';
import type { Target } from './bare.ts';
import { atRate, measure, quantile, rate as perSecond } from './measure.ts';
import type { Measure } from './measure.ts';

const OPERATORS = 50;
const CUSTOMERS = 100;
const SECONDS = 6;
const SECRET = 'a secret for the bench that is long enough';
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

interface Child {
  url: string;
  stop(): void;
}

async function start(job: Record<string, unknown>): Promise<Child> {
  const child: ChildProcess = fork(new URL('./live-server.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(job);
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }));
    child.once('exit', (code) => reject(new Error(`the server of the bench ended with ${code}`)));
  });
  return { url, stop: () => void child.send('stop') };
}

/** Listens as one operator; tells the text of every inbound message and when it came, and how much came in all. */
function listen(url: string, token: string, heard: (text: string, at: number) => void, took: (bytes: number) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      let rest = '';
      response.on('data', (chunk: Buffer) => {
        const at = performance.now();
        took(chunk.length);
        rest += chunk.toString('latin1');
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const text = block.includes('event: message') ? /"text":"(bench [\d.]+)"/.exec(block)?.[1] : undefined;
          if (text) heard(text, at);
        }
      });
      resolve(response);
    }).on('error', reject);
  });
}

function post(url: string, body: unknown, token?: string): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      },
      (response) => {
        let read = '';
        response.on('data', (chunk: Buffer) => (read += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(read || '{}') as Record<string, unknown> }));
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

interface Side {
  /** Sends one customer's message. */
  send(customer: number, text: string): Promise<unknown>;
  /** Messages a second at 64 at once, over HTTP. */
  acceptRate(): Promise<number>;
  /** Milliseconds from POST to each event of one of the operators, at a steady rate. */
  latencies(rate: number): Promise<number[]>;
  /** What one operator's stream carries for one message. */
  bytesPerMessage(): Promise<number>;
  stop(): void;
}

let run = 0;

async function side(sends: Side['send'], events: string, token: string, stop: () => void): Promise<Side> {
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  const streams: IncomingMessage[] = [];
  let bytes = 0;
  for (let index = 0; index < OPERATORS; index += 1) {
    streams.push(
      await listen(
        events,
        token,
        (text, at) => {
          const began = sentAt.get(text);
          if (began !== undefined) times.push(at - began);
        },
        (taken) => (bytes += taken),
      ),
    );
  }
  return {
    send: sends,
    async acceptRate() {
      return perSecond(64, 3_000, (n) => sends(n % CUSTOMERS, 'How long does delivery take?'));
    },
    async latencies(rate) {
      run += 1;
      times.length = 0;
      await atRate(rate, SECONDS * 1_000, (n) => {
        const text = `bench ${run}.${n}`;
        sentAt.set(text, performance.now());
        return sends(n % CUSTOMERS, text);
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [...times];
    },
    async bytesPerMessage() {
      bytes = 0;
      await sends(0, 'How long does delivery take?');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return Math.round(bytes / OPERATORS);
    },
    stop() {
      for (const stream of streams) stream.destroy();
      stop();
    },
  };
}

async function ours(database: TestDatabase, world: World, token: string, role: 'web' | 'both', second = false): Promise<Side> {
  const accepts = await start({ kind: 'ours', databaseUrl: database.url, secret: SECRET, role, world, customers: [] });
  const serves = second ? await start({ kind: 'ours', databaseUrl: database.url, secret: SECRET, role, world, customers: [] }) : accepts;
  const visitors: string[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const session = await post(`${accepts.url}/v1/chat/sessions`, { workspace: world.slug });
    visitors.push(String(session.body['token']));
  }
  const send: Side['send'] = (customer, text) => post(`${accepts.url}/v1/chat/messages`, { text }, visitors[customer]);
  for (let customer = 0; customer < CUSTOMERS; customer += 1) await send(customer, 'Hello');
  return side(send, `${serves.url}/v1/events`, token, () => {
    accepts.stop();
    if (second) serves.stop();
  });
}

async function bare(database: TestDatabase, world: World, customers: Target[], bytes: number): Promise<Side> {
  const server = await start({ kind: 'bare', databaseUrl: database.url, world, customers, bytes });
  return side(
    (customer, text) => post(server.url, { text, customer }),
    server.url,
    '',
    () => server.stop(),
  );
}

export async function benchLive(database: TestDatabase): Promise<Measure[]> {
  const signals = await openSignals(database.sql);
  const db = { sql: database.sql, signals };
  const world = await createWorld(db, { slug: 'bench', replyMode: 'off', burstWaitMs: 0 });
  const token = await new SignJWT({ name: 'Ana', role: 'admin', workspace: 'bench' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ana')
    .setAudience('operator')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  const measures: Measure[] = [];
  const customers = await targets(database.sql, world, CUSTOMERS);
  // No worker takes the jobs: they are written, as promised, and the queue is emptied between the rounds.
  const one = await ours(database, world, token, 'web');
  const floor = await bare(database, world, customers, await one.bytesPerMessage());
  const empty = () => database.sql`truncate graphile_worker._private_jobs`;
  const bareRate = await floor.acceptRate();
  const rate = await one.acceptRate();
  measures.push(measure('messages accepted over HTTP, 64 at once, 50 operators listening', rate, bareRate, 'a second (more is better)'));
  const compare = async (name: string, by: Side, share: number) => {
    const pace = Math.min(rate, bareRate) * share;
    // A process that has only just begun is not what is measured.
    if (by !== one) await by.latencies(pace);
    await empty();
    const theirs = await floor.latencies(pace);
    await empty();
    const own = await by.latencies(pace);
    for (const at of [0.5, 0.99])
      measures.push(measure(`${name}, ${share * 100} % of the accept rate, p${at * 100}`, quantile(own, at), quantile(theirs, at), 'ms'));
  };
  await compare('POST to event, one process', one, 0.5);
  await compare('POST to event, one process', one, 0.8);
  one.stop();
  const two = await ours(database, world, token, 'web', true);
  await compare('POST to event, two processes', two, 0.5);
  two.stop();
  await database.sql`update agent set reply_mode = 'auto_draft', active = true where workspace_id = ${world.workspaceId}`;
  const agents = await ours(database, world, token, 'both');
  await compare('POST to event, one process, agents on', agents, 0.1);
  agents.stop();
  floor.stop();
  agent.destroy();
  await signals.close();
  return measures;
}
