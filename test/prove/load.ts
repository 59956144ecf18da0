/** Customers who write by a channel of their own, and an operator who answers some: all through the front door, asked again until answered. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { signStandard } from '../../server/channels/signatures.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import type { Sql } from '../../server/db/connect.ts';
import { errorMessage, until } from '../../server/process.ts';

const SECRET = 'whsec_bG9uZyBlbm91Z2ggdG8gYmUgYSBzZWNyZXQhIQ==';
/** Customers who write; every tenth message is the operator's, to one of them. */
const CUSTOMERS = 100;
const SEND_EVERY = 10;
/** How long a request is asked again where it was not answered, in milliseconds. */
export const PATIENCE = 60_000;
/** Milliseconds until it is asked again, the first time and at most: doubled with each, as callers do who do not make it worse. */
const AGAIN_MS = [50, 1_000] as const;

/** A provider that keeps how often each message was posted to it. */
export async function startProvider() {
  const posted = new Map<string, number>();
  /** When each post came, in milliseconds of this process. */
  const times: number[] = [];
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      const id = String(request.headers['webhook-id']);
      posted.set(id, (posted.get(id) ?? 0) + 1);
      times.push(performance.now());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    posted,
    times,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A token of the host for an admin of the first workspace. */
export const adminToken = (secret: string | undefined): Promise<string> =>
  new SignJWT({ name: 'Ana', email: 'ana@example.com', role: 'admin', workspace: 'main' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ana')
    .setAudience('operator')
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));

export interface Load {
  /** What was acknowledged: ids of customers' messages as they gave them, ids of the operator's. */
  inbound: string[];
  sends: string[];
  /** Requests that were asked again. */
  again(): number;
  /** When each acknowledgement came, in milliseconds of this process. */
  acknowledged: readonly number[];
  /** Runs for so long. @returns milliseconds until each acknowledgement, from when it was due */
  run(rate: number, seconds: number, say: (progress: string) => void): Promise<number[]>;
  /** What of it is not there, is there twice, was not posted, or was posted twice, once nothing is on its way. */
  check(sql: Sql): Promise<{ acknowledged: number; lost: number; twice: number; unsent: number; askedTwice: number }>;
}

/** @param sql where the conversations are to be found */
export async function startLoad(url: string, token: string, provider: Awaited<ReturnType<typeof startProvider>>, sql: Sql): Promise<Load> {
  let again = 0;
  const acknowledged: number[] = [];
  const ask = async (path: string, body: string, headers: () => Record<string, string>): Promise<Response> => {
    const end = performance.now() + PATIENCE;
    for (let wait: number = AGAIN_MS[0]; ; wait = Math.min(AGAIN_MS[1], 2 * wait)) {
      const answer = await fetch(url + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers() },
        signal: AbortSignal.timeout(PATIENCE),
      }).catch((error: unknown) => errorMessage(error));
      if (typeof answer !== 'string' && answer.status < 500) {
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
        acknowledged.push(performance.now());
        return answer;
      }
      const last = typeof answer === 'string' ? answer : `${answer.status} ${await answer.text()}`;
      if (performance.now() > end) throw new Error(`${path} was not answered, at last: ${last}`);
      again += 1;
      await delay(wait * (0.5 + Math.random() / 2));
    }
  };
  const operator = (key: string) => () => ({ authorization: `Bearer ${token}`, 'idempotency-key': key });
  const account = (await (
    await ask(
      '/v1/channel-accounts',
      JSON.stringify({ channel: 'custom', name: 'Partner', settings: { url: provider.url }, credentials: { webhookSecrets: [SECRET] } }),
      operator(randomUUID()),
    )
  ).json()) as ChannelAccount;
  const inbound: string[] = [];
  const sends: string[] = [];
  const write = async (customer: number): Promise<void> => {
    const id = `m-${randomUUID()}`;
    const body = JSON.stringify({ type: 'message', data: { id, from: { handle: `customer-${customer}` }, text: `Message ${id}` } });
    await (
      await ask(`/v1/channels/${account.id}/inbound`, body, () => signStandard([SECRET], id, Buffer.from(body), new Date()) as Record<string, string>)
    ).arrayBuffer();
    inbound.push(id);
  };
  for (let customer = 0; customer < CUSTOMERS; customer += 10) await Promise.all(Array.from({ length: 10 }, (_, more) => write(customer + more)));
  const conversations = (await sql<{ id: string }[]>`select id from conversation`).map(({ id }) => id);
  const send = async (customer: number): Promise<void> => {
    const { id } = (await (
      await ask(`/v1/conversations/${conversations[customer]}/messages`, JSON.stringify({ text: 'An answer' }), operator(randomUUID()))
    ).json()) as { id: string };
    sends.push(id);
  };

  return {
    inbound,
    sends,
    acknowledged,
    again: () => again,
    async run(rate, seconds, say) {
      const took: number[] = [];
      const under: Promise<void>[] = [];
      const began = performance.now();
      for (let n = 0; n < rate * seconds; n += 1) {
        const due = began + (n * 1_000) / rate;
        if (due > performance.now()) await delay(due - performance.now());
        const act = n % SEND_EVERY === 0 ? send : write;
        under.push(act(n % CUSTOMERS).then(() => void took.push(performance.now() - due)));
        if (n % rate === 0) say(`${Math.round(n / rate)} of ${seconds} s`);
      }
      await Promise.all(under);
      return took;
    },
    async check(there) {
      await until(async () => (await there`select from message where delivery_status in ('queued', 'sending') limit 1`).length === 0, PATIENCE, 200);
      const rows = await there<{ externalId: string; n: number }[]>`select external_id, count(*)::int as n from message where direction = 'inbound' group by 1`;
      const stored = new Map(rows.map(({ externalId, n }) => [externalId, n]));
      return {
        acknowledged: inbound.length + sends.length,
        lost: inbound.filter((id) => !stored.has(id)).length,
        twice: rows.filter(({ n }) => n > 1).length,
        unsent: sends.filter((id) => !provider.posted.has(id)).length,
        askedTwice: [...provider.posted.values()].filter((times) => times > 1).length,
      };
    },
  };
}

export const percentile = (values: readonly number[], share: number): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

/** The longest time after a moment in which nothing came. */
export function longestSilence(times: readonly number[], since: number): number {
  const after = [since, ...times.filter((at) => at > since)];
  return Math.max(...after.map((at, n) => (after[n + 1] ?? at) - at));
}
