import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveInbound } from '../../server/db/inbound.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { messengerOf } from '../support/messenger.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
/** A Twilio for two accounts: the first one's calls hang until they are let go, or are answered as told. */
let twilio: Awaited<ReturnType<typeof startTwilio>>;

const SID = { first: `AC${'1'.repeat(32)}`, second: `AC${'2'.repeat(32)}` };

async function startTwilio() {
  const hanging: ServerResponse[] = [];
  const asked: { sid: string; text: string; at: number }[] = [];
  const answers: { status: number; headers: Record<string, string> }[] = [];
  let stuck = true;
  const accept = (response: ServerResponse) =>
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid: `SM${newId().replaceAll('-', '')}` }));
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const sid = request.url?.split('/')[3] ?? '';
      asked.push({ sid, text: new URLSearchParams(body).get('Body') ?? '', at: performance.now() });
      const told = answers.shift();
      if (told) response.writeHead(told.status, told.headers).end('{}');
      else if (sid === SID.first && stuck) hanging.push(response);
      else accept(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    hanging: () => hanging.length,
    hang: () => (stuck = true),
    letGo: () => {
      stuck = false;
      for (const response of hanging.splice(0)) accept(response);
    },
    close: () => void server.close(),
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  twilio = await startTwilio();
});
afterAll(async () => {
  twilio.close();
  await api.stop();
  await database.close();
});

const work = (lanes: number): Promise<TestProcess> =>
  startProcess(database, {
    lanes,
    messenger: messengerOf(api, { twilio: twilio.url, meta: twilio.url }),
  });

async function account(world: World, accountSid: string): Promise<string> {
  const id = newId();
  await api.db.sql`insert into channel_account ${api.db.sql({
    workspaceId: world.workspaceId,
    id,
    channel: 'sms',
    name: 'Text',
    address: '+15005550006',
    settings: api.db.sql.json({ accountSid }),
    credentials: sealCredentials(api.deps.config.encryptionKeys, id, { authToken: 'twilio-token' }),
  })}`;
  return id;
}

/** A person answers so many customers on an account. */
async function answer(world: World, accountId: string, many: number, name: string): Promise<string[]> {
  const token = await operatorToken(world);
  const ids: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const received = await receiveInbound(api.db, {
      workspaceId: world.workspaceId,
      accountId,
      channel: 'sms',
      from: { handle: `+1555${accountId.slice(-4).replace(/\D/g, '7')}${n}` },
      text: 'Hello',
    });
    const sent = await api.call<{ id: string }>('POST', `/v1/conversations/${received!.conversationId}/messages`, { token, body: { text: `${name} ${n}` } });
    expect(sent.status).toBe(201);
    ids.push(sent.body.id);
  }
  return ids;
}

const sentOf = async (ids: string[]): Promise<number> =>
  (await api.db.sql`select from message where id = any(${ids}::uuid[]) and delivery_status = 'sent'`).length;

describe('an account whose provider hangs', () => {
  it('leaves the other accounts their share, and gets all of its own out once it answers', async () => {
    twilio.hang();
    const world = await api.world();
    const [first, second] = [await account(world, SID.first), await account(world, SID.second)];
    const stuck = await answer(world, first, 12, 'first');
    const worker = await work(2);
    await until(async () => twilio.hanging() === 2, 'the first account to hang');
    const free = await answer(world, second, 12, 'second');
    await until(async () => (await sentOf(free)) === 12, 'the second account to be done');
    expect(twilio.hanging()).toBe(2);
    expect(await sentOf(stuck)).toBe(0);
    twilio.letGo();
    await until(async () => (await sentOf(stuck)) === 12, 'the first account to be done');
    await worker.stop();
  });

  it('would take every job without lanes of its own', async () => {
    twilio.hang();
    const world = await api.world();
    const [first, second] = [await account(world, SID.first), await account(world, SID.second)];
    await answer(world, first, 12, 'first');
    const worker = await work(Infinity);
    await until(async () => twilio.hanging() === 4, 'all four jobs to hang');
    const free = await answer(world, second, 1, 'second');
    expect(await sentOf(free)).toBe(0);
    twilio.letGo();
    await until(async () => (await sentOf(free)) === 1, 'the second account to be done');
    await worker.stop();
  });
});

it('a provider that says "not now" is not called for any other message of that account before its time', async () => {
  const world = await api.world();
  const accountId = await account(world, SID.second);
  twilio.asked.length = 0;
  twilio.answers.push({ status: 429, headers: { 'retry-after': '2' } });
  const worker = await work(1);
  const ids = await answer(world, accountId, 4, 'later');
  await until(async () => (await sentOf(ids)) === 4, 'all to be sent');
  await worker.stop();
  const [refused, ...after] = twilio.asked;
  expect(after).toHaveLength(4);
  // The database's clock and this one's differ by less than what is left out here.
  for (const { at } of after) expect(at - refused!.at).toBeGreaterThan(1_900);
});
