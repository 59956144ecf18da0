import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelOf } from '../../server/channels/registry.ts';
import { makeOutside, makeResolveHost, publicOr } from '../../server/channels/outside.ts';
import { readConfig } from '../../server/config.ts';
import type { AccountTest, ChannelAccount } from '../../server/contract/settings.ts';
import { accountOf, contextOf, outboundOf } from '../contracts/channels-bench.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startMailExchange, startPost } from '../support/mail-exchange.ts';

const inside = [
  '127.0.0.1',
  'localhost',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  '::1',
  '::ffff:127.0.0.1',
  '[::1]',
  '0',
  '127.0.0.1.',
  'user@127.0.0.1',
  '①②⑦.⓪.⓪.①',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '0.0.0.0',
  '::',
];

let database: TestDatabase;
let api: TestApi;
/** Whoever comes in here is inside. */
let internal: Server;
let hits = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  internal = createServer((socket) => {
    hits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => internal.close(resolve));
  await api.stop();
  await database.close();
});

const port = () => (internal.address() as AddressInfo).port;

describe('mail servers that a workspace typed in', () => {
  it('are tried out on the public internet only, however they are spelt', async () => {
    const token = await operatorToken(await api.world());
    for (const host of inside) {
      const made = await api.call<ChannelAccount>('POST', '/v1/channel-accounts', {
        token,
        body: {
          channel: 'email',
          name: 'Mail',
          address: `a${Math.random()}@example.com`,
          settings: { smtpHost: host, smtpPort: port(), imapHost: host, imapPort: port(), imapUser: 'x' },
          credentials: { imapPassword: 'secret-of-the-mailbox' },
        },
      });
      expect(made.status, `${host}: ${made.text}`).toBe(201);
      const { body } = await api.call<AccountTest>('POST', `/v1/channel-accounts/${made.body.id}/test`, { token, body: {} });
      for (const name of ['smtp', 'imap'])
        expect(
          body.steps.find((step) => step.name === name),
          host,
        ).toMatchObject({ ok: false, detail: expect.stringMatching(/not on the public internet|has no address/) });
    }
    expect(hits).toBe(0);
  });

  it('are sent to on the public internet only', async () => {
    for (const host of inside) {
      const account = accountOf('email', { smtpHost: host, smtpPort: port(), smtpSecurity: 'starttls' });
      const result = await channelOf('email').send(outboundOf('email'), account, contextOf('', { resolveHost: makeOutside([]).resolveHost }));
      expect(result, host).toMatchObject({ ok: false, error: expect.stringMatching(/not on the public internet|has no address/) });
    }
    expect(hits).toBe(0);
  });

  it('are connected to as they resolved, once, so that a name cannot change its mind', async () => {
    const post = await startPost({ disabledCommands: [] });
    const answers = ['127.0.0.1', '10.0.0.1'];
    let lookups = 0;
    const resolveHost = makeResolveHost(
      (_host, done) => done(null, [{ address: answers[lookups++] ?? '', family: 4 }]),
      (address) => address === '127.0.0.1',
    );
    const account = accountOf('email', { smtpHost: 'rebinding.example', smtpPort: post.port, smtpSecurity: 'starttls' });
    // It came as far as the certificate, which is not that of the name.
    expect(await channelOf('email').send(outboundOf('email'), account, contextOf('', { resolveHost }))).toMatchObject({
      ok: false,
      error: expect.stringContaining('certificate'),
    });
    expect(lookups).toBe(1);
    expect(await channelOf('email').send(outboundOf('email'), account, contextOf('', { resolveHost }))).toMatchObject({
      ok: false,
      kind: 'failed',
      error: expect.stringContaining('not on the public internet'),
    });
    await post.close();
  });

  it('are refused where only one of several addresses is inside, and asked by IPv4 first', async () => {
    const at = (...addresses: string[]) =>
      makeResolveHost((_host, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
      );
    await expect(at('8.8.8.8', '127.0.0.1')('a.example')).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    await expect(at('2606:4700::1111', '::1')('a.example')).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    await expect(at('::ffff:127.0.0.1')('a.example')).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    expect(await at('2606:4700::1111', '8.8.8.8')('a.example')).toBe('8.8.8.8');
  });
});

describe('PRIVATE_HOSTS', () => {
  it('allows what it names, by name or address, and nothing beside', async () => {
    const { privateHosts } = readConfig({ CONVENE_SECRET: 'x'.repeat(40), PRIVATE_HOSTS: 'Mail.lan, 10.0.0.5' }, 'production');
    const allowed = publicOr(privateHosts);
    expect([allowed('192.168.0.9', 'MAIL.lan'), allowed('10.0.0.5', '10.0.0.5'), allowed('8.8.8.8', 'any.example')]).toEqual([true, true, true]);
    expect([allowed('192.168.0.9', 'other.lan'), allowed('10.0.0.6', '10.0.0.6'), allowed('10.0.0.5', 'any.example')]).toEqual([false, false, false]);
    expect(readConfig({ CONVENE_SECRET: 'x'.repeat(40) }, 'production').privateHosts).toEqual([]);
  });

  it('lets a mail server of one’s own be used, and never opens the addresses of files', async () => {
    const [exchange, post] = [await startMailExchange({ PRIVATE_HOSTS: '127.0.0.1' }), await startPost()];
    const desk = await exchange.desk(post);
    const { body } = await exchange.api.call<AccountTest>('POST', `/v1/channel-accounts/${desk.account}/test`, {
      token: desk.token,
      body: { to: 'kim@customer.example' },
    });
    expect(body).toMatchObject({ ok: true });
    expect(post.got.map(({ to }) => to)).toEqual([['kim@customer.example']]);
    const { fetchMedia } = exchange.api.deps.outside;
    await expect(
      fetchMedia(`http://127.0.0.1:${port()}/`, { method: 'GET', headers: {}, redirect: 'manual', signal: AbortSignal.timeout(5_000) }),
    ).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    expect(hits).toBe(0);
    await exchange.stop();
    await post.close();
  });
});
