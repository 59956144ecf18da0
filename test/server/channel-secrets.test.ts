/** Secrets of channel accounts: kept and never shown, replaced one by one, and sealed anew under other keys. */
import { createCipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { accountById } from '../../server/db/accounts.ts';
import { resealSecrets } from '../../server/db/reseal.ts';
import { seal, unseal, unsealCredentials } from '../../server/db/secrets.ts';
import type { Keyring } from '../../server/db/secrets.ts';
import { operatorToken } from '../support/api.ts';
import { sid, useAccounts } from '../support/channel-accounts.ts';

const { place, make, read, change } = useAccounts();
const whsec = (): string => randomBytes(32).toString('base64');
const newKey = (): KeyObject => createSecretKey(randomBytes(32));

test('secrets are sealed anew under the newest key, after which the old one can be dropped', async () => {
  const own = await place.api.world();
  const rita = await operatorToken(own);
  const made = await place.api.call<ChannelAccount>('POST', '/v1/channel-accounts', {
    token: rita,
    body: { channel: 'voice', name: 'Calls', credentials: { webhookSecrets: ['a-secret-of-sixteen'] } },
  });
  const before = place.api.deps.config.encryptionKeys;
  await place.database.sql`update workspace set secret = ${seal(before, `workspace:${own.workspaceId}`, 'host secret')} where id = ${own.workspaceId}`;
  const newest = newKey();
  await resealSecrets(place.database.sql, [newest, ...before]);
  expect(await resealSecrets(place.database.sql, [newest, ...before])).toEqual({ resealed: 0, lost: 0 });
  const onlyNew: Keyring = [newest];
  const [row] = await place.database.sql<{ credentials: Buffer; secret: Buffer }[]>`
    select a.credentials, w.secret from channel_account a join workspace w on w.id = a.workspace_id where a.id = ${made.body.id}`;
  expect(unsealCredentials(onlyNew, made.body.id, row!.credentials)).toEqual({ webhookSecrets: ['a-secret-of-sixteen'] });
  expect(unseal(onlyNew, `workspace:${own.workspaceId}`, row!.secret)).toBe('host secret');
  expect(() => unsealCredentials(before, made.body.id, row!.credentials)).toThrow('no key opens');
  expect(() => unsealCredentials(onlyNew, randomUUID(), row!.credentials)).toThrow('no key opens');
  await resealSecrets(place.database.sql, [...before, newest]);
  expect((await place.api.call('GET', `/v1/channel-accounts/${made.body.id}`, { token: rita })).status).toBe(200);
});

test('those written before keys had names are read and sealed anew as well; those that no key opens are counted and left', async () => {
  const account = await make({ channel: 'voice', credentials: {} });
  const [old, lost] = [newKey(), newKey()];
  const seal1 = (key: KeyObject, plain: string): Buffer => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(`channel_account:${account.id}`));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), body]);
  };
  const put = (sealed: Buffer) => place.database.sql`update channel_account set credentials = ${sealed} where id = ${account.id}`;
  const plain = JSON.stringify({ webhookSecrets: ['a-secret-of-sixteen'] });
  await put(seal1(lost, plain));
  expect(await resealSecrets(place.database.sql, place.api.deps.config.encryptionKeys)).toEqual({ resealed: 0, lost: 1 });
  expect((await read(account.id)).hasCredentials).toEqual([]);
  await put(seal1(old, plain));
  expect(await resealSecrets(place.database.sql, [...place.api.deps.config.encryptionKeys, old])).toEqual({ resealed: 1, lost: 0 });
  expect((await read(account.id)).hasCredentials).toEqual(['webhookSecrets']);
});

test('those of a list are replaced one by one without being known, two at most', async () => {
  const [first, second] = [whsec(), whsec()];
  const account = await make({ channel: 'custom', credentials: { webhookSecrets: [first] } });
  expect(account).toMatchObject({ hasCredentials: ['webhookSecrets'], secretCounts: { webhookSecrets: 1 } });
  const both = await change(account.id, { credentials: { webhookSecrets: [second, 0] } });
  expect(both.body.secretCounts).toEqual({ webhookSecrets: 2 });
  const secrets = async () =>
    (await accountById(place.database.sql, place.api.deps.config.encryptionKeys, place.world.workspaceId, account.id))?.credentials['webhookSecrets'];
  expect(await secrets()).toEqual([second, first]);
  expect((await change(account.id, { credentials: { webhookSecrets: [0] } })).body.secretCounts).toEqual({ webhookSecrets: 1 });
  expect(await secrets()).toEqual([second]);
  for (const [given, path] of [
    [[1], 'credentials.webhookSecrets.0'],
    [[0, 0, 0], 'credentials.webhookSecrets'],
    [['short'], 'credentials.webhookSecrets.0'],
  ] as const) {
    expect(
      await place.api.refused('PATCH', `/v1/channel-accounts/${account.id}`, { token: place.token, body: { credentials: { webhookSecrets: given } } }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ path }] },
    });
  }
  const shown = `${both.text}${(await place.api.call('GET', '/v1/channel-accounts', { token: place.token })).text}${place.api.logged()}`;
  expect([first, second].filter((secret) => shown.includes(secret))).toEqual([]);
});

test('credentials are kept, never shown, and merged by name; a channel takes what is its own', async () => {
  const authToken = `secret-${randomUUID()}`;
  const made = await place.api.call<ChannelAccount>('POST', '/v1/channel-accounts', {
    token: place.token,
    body: { channel: 'sms', name: 'SMS', address: '+351912555016', settings: { accountSid: sid }, credentials: { authToken } },
  });
  expect(made).toMatchObject({
    status: 201,
    body: { hasCredentials: ['authToken'], webhookUrl: `https://inbox.example/v1/channels/${made.body.id}/inbound`, lastReceivedAt: null },
  });
  const path = `/v1/channel-accounts/${made.body.id}`;
  const renamed = await change(made.body.id, { name: 'SMS 2' });
  expect(renamed.body).toMatchObject({ name: 'SMS 2', hasCredentials: ['authToken'], settings: made.body.settings });
  expect(made.text + renamed.text + (await place.api.call('GET', '/v1/channel-accounts', { token: place.token })).text + place.api.logged()).not.toContain(
    authToken,
  );
  const [row] = await place.database.sql<{ credentials: Buffer }[]>`select credentials from channel_account where id = ${made.body.id}`;
  expect(row?.credentials.includes(Buffer.from('secret'))).toBe(false);
  for (const [body, field] of [
    [{ credentials: { authToken: 'short' } }, 'credentials.authToken'],
    [{ credentials: { password: 'x' } }, 'credentials.password'],
    [{ settings: { accountSid: 'nonsense' } }, 'settings.accountSid'],
    [{ settings: { nonsense: 1 } }, 'settings.nonsense'],
    [{ channel: 'chat' }, 'channel'],
  ] as const)
    expect(await place.api.refused('PATCH', path, { token: place.token, body })).toMatchObject({ status: 422, body: { errors: [{ path: field }] } });
  expect((await change(made.body.id, { credentials: { authToken: '' } })).body.hasCredentials).toEqual([]);
});
