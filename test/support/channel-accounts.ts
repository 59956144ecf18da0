/** Channel accounts of a workspace as its admin has them, with stand-ins for those that they are at. */
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { signTwilio } from '../../server/channels/signatures.ts';
import type { AccountTest, ChannelAccount } from '../../server/contract/settings.ts';
import { httpProvider, type Behaviour } from '../contracts/channels-bench.ts';
import { operatorToken, startApi, type TestApi } from './api.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { World } from './world.ts';

/** What there is once the tests of a file begin. */
interface Place {
  database: TestDatabase;
  api: TestApi;
  world: World;
  /** Of an admin. */
  token: string;
}

/** The account's id at Twilio. */
export const sid = `AC${'0'.repeat(32)}`;

/** Starts all of it for the tests of this file, and ends it after them. */
export function useAccounts() {
  const place = {} as Place;
  /** What is ended after each test, the last first. */
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    const database = await createTestDatabase();
    const api = await startApi(database, { environment: { PRIVATE_HOSTS: 'localhost' } });
    const world = await api.world();
    Object.assign(place, { database, api, world, token: await operatorToken(world) });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  afterAll(async () => {
    await place.api.stop();
    await place.database.close();
  });

  async function make(body: Record<string, unknown>): Promise<ChannelAccount> {
    const made = await place.api.call<ChannelAccount>('POST', '/v1/channel-accounts', { token: place.token, body: { name: 'Account', ...body } });
    expect(made.status, made.text).toBe(201);
    return made.body;
  }
  const sms = (authToken = 'auth-token-of-twilio') =>
    make({ channel: 'sms', address: '+351912555016', settings: { accountSid: sid }, credentials: { authToken } });
  const read = async (id: string) => (await place.api.call<ChannelAccount>('GET', `/v1/channel-accounts/${id}`, { token: place.token })).body;
  const change = (id: string, body: unknown) => place.api.call<ChannelAccount>('PATCH', `/v1/channel-accounts/${id}`, { token: place.token, body });
  const tryOut = async (id: string, body: unknown = {}) =>
    (await place.api.call<AccountTest>('POST', `/v1/channel-accounts/${id}/test`, { token: place.token, body })).body;

  /** A stand-in for the providers with an API, where the deployment says that they are. */
  async function provider(behaviour: Behaviour) {
    const standIn = await httpProvider(behaviour);
    const { outside } = place.api.deps;
    const before = { ...outside };
    Object.assign(outside, { apiBases: { twilio: standIn.url, meta: standIn.url }, fetchOutside: fetch });
    ends.push(
      () => standIn.close(),
      () => Object.assign(outside, before),
    );
    return standIn;
  }

  /** A mailbox with one password. */
  async function imapServer(password: string): Promise<number> {
    const server = createServer((socket) => {
      const say = (line: string): void => void socket.write(`${line}\r\n`);
      say('* OK [CAPABILITY IMAP4rev1] here');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
          const [tag = '', command = ''] = line.split(' ');
          if (command === 'LOGIN') say(line.includes(password) ? `${tag} OK in` : `${tag} NO [AUTHENTICATIONFAILED] Wrong password`);
          else if (command === 'CAPABILITY') say(`* CAPABILITY IMAP4rev1\r\n${tag} OK done`);
          else say(`${tag} OK done`);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    return (server.address() as AddressInfo).port;
  }

  /** What Twilio posts when somebody writes. */
  const message = () => ({
    MessageSid: `SM${randomBytes(16).toString('hex')}`,
    AccountSid: sid,
    From: '+351912555001',
    To: '+351912555016',
    Body: 'Where is it?',
  });
  /** Posts it to the account, signed. */
  const post = (account: ChannelAccount, form: Record<string, string>, signature?: string) => {
    const body = new URLSearchParams(form);
    return place.api.call('POST', new URL(account.webhookUrl).pathname, {
      raw: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature ?? signTwilio('auth-token-of-twilio', account.webhookUrl, body),
      },
    });
  };

  return { place, ends, make, sms, read, change, tryOut, provider, imapServer, message, post };
}
