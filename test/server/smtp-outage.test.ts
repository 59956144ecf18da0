import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { createLanes } from '../../server/pipeline/lanes.ts';
import { startMailExchange, startPost } from '../support/mail-exchange.ts';
import type { Desk, MailExchange, Post } from '../support/mail-exchange.ts';
import { until } from '../support/pipeline.ts';

let exchange: MailExchange;
let post: Post;

beforeAll(async () => {
  exchange = await startMailExchange();
  post = await startPost();
});
afterAll(async () => {
  await exchange.stop();
  await post.close();
});

/** A server that ends each connection, and counts them. */
async function deadServer() {
  let calls = 0;
  const server: Server = createServer((socket: Socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, calls: () => calls, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** As many customers as said write, and a person answers each. @returns ids of the answers */
async function answers(desk: Desk, many: number): Promise<string[]> {
  for (let n = 0; n < many; n += 1)
    expect(await desk.deliver(`From: c${n}@customer.example\r\nTo: ${desk.address}\r\nMessage-ID: <${n}.${desk.account}@customer.example>\r\n\r\nHello`)).toBe(
      200,
    );
  const sent = await Promise.all((await desk.conversations()).map(({ id }) => desk.send(id, { text: 'On its way.' })));
  expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: many }, () => 201));
  return sent.map(({ body }) => body.id);
}
const statuses = async (ids: string[]) =>
  (await exchange.api.db.sql<{ deliveryStatus: string }[]>`select delivery_status from message where id = any(${ids}::uuid[])`).map(
    ({ deliveryStatus }) => deliveryStatus,
  );
const all = (ids: string[], status: string) => until(async () => (await statuses(ids)).every((one) => one === status), `all ${status}`, 30_000);

it('an account whose server is dead waits as one, holds up no other, and catches up once its server is back', async () => {
  const dead = await deadServer();
  const [broken, sound] = [await exchange.desk(dead), await exchange.desk(post)];
  const waiting = await answers(broken, 12);
  await until(async () => dead.calls() > 0, 'the first attempt');
  await all(await answers(sound, 12), 'sent');
  const { body } = await exchange.api.call<ChannelAccount>('GET', `/v1/channel-accounts/${broken.account}`, { token: broken.token });
  expect(body).toMatchObject({ lastErrorFrom: 'sending', lastError: expect.stringMatching(/^The mail server could not be used: /) });
  expect(new Set(await statuses(waiting))).toEqual(new Set(['queued']));
  // Each for itself, twelve would have asked it thirty-six times within the time that one takes to ask thrice.
  await until(async () => dead.calls() >= 3, 'a third attempt');
  expect(dead.calls()).toBeLessThanOrEqual(8);
  await exchange.api.db.sql`update channel_account set settings = jsonb_set(settings, '{smtpPort}', to_jsonb(${post.port}::int)) where id = ${broken.account}`;
  await all(waiting, 'sent');
  const mended = await exchange.api.call<ChannelAccount>('GET', `/v1/channel-accounts/${broken.account}`, { token: broken.token });
  expect(mended.body).toMatchObject({ lastError: null, lastErrorFrom: null });
  await dead.close();
}, 60_000);

describe('the lanes of an account', () => {
  it('wait longer with each fault in a row, and are all open again once a call got through', () => {
    let now = 1_000_000;
    const lanes = createLanes(3, () => now);
    const waits: number[] = [];
    for (let fault = 1; fault <= 8; fault += 1) {
      expect(lanes.enter('a')).toBeNull();
      if (fault > 1) expect(lanes.enter('a')).not.toBeNull();
      waits.push(lanes.hold('a', new Date(now)).getTime() - now);
      lanes.leave('a');
      expect(lanes.enter('b')).toBeNull();
      lanes.leave('b');
      now += waits.at(-1)!;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(lanes.enter('a')).toBeNull();
    lanes.reached('a');
    expect([lanes.enter('a'), lanes.enter('a')]).toEqual([null, null]);
    expect(lanes.enter('a')).not.toBeNull();
  });

  it('count calls that were under way together as one fault, and wait as long as the provider asked', () => {
    const now = 1_000_000;
    const lanes = createLanes(2, () => now);
    expect([lanes.enter('a'), lanes.enter('a')]).toEqual([null, null]);
    expect(lanes.hold('a', new Date(now))).toEqual(new Date(now + 1_000));
    expect(lanes.hold('a', new Date(now))).toEqual(new Date(now + 1_000));
    expect(lanes.hold('a', new Date(now + 90_000))).toEqual(new Date(now + 90_000));
  });
});
