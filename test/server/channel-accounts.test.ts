/** Channel accounts through the front door: what each kind takes, trying them out, and what went wrong with them. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ChannelKind } from '../../server/contract/settings.ts';
import { accountById, noteSent } from '../../server/db/accounts.ts';
import { smtpProvider } from '../contracts/channels-bench.ts';
import { operatorToken } from '../support/api.ts';
import { sid, useAccounts } from '../support/channel-accounts.ts';

const { place, ends, make, sms, read, change, tryOut, provider, imapServer, message, post } = useAccounts();
const whsec = (): string => randomBytes(32).toString('base64');

describe('the kinds', () => {
  test('say what an account of each takes, as JSON Schema, from the channels themselves', async () => {
    const { body } = await place.api.call<{ items: ChannelKind[]; nextCursor: null }>('GET', '/v1/channel-kinds', {
      token: await operatorToken(place.world, 'ben'),
    });
    expect(body.items.map(({ kind }) => kind)).toEqual(['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom']);
    const of = (kind: string) => body.items.find((item) => item.kind === kind)!;
    expect(of('sms')).toMatchObject({
      webhook: true,
      delivery: 'provider',
      limits: { maxText: 1_600 },
      needs: { receive: ['credentials.authToken', 'settings.accountSid'] },
      settings: { type: 'object', properties: { accountSid: { type: 'string', pattern: expect.any(String) } } },
      credentials: { properties: { authToken: { type: 'string' } } },
    });
    expect(of('custom').credentials).toMatchObject({ properties: { webhookSecrets: { type: 'array', maxItems: 2 } } });
    expect(of('linkedin')).toMatchObject({ webhook: false, delivery: 'none' });
  });
});

describe('trying an account out', () => {
  const basic = `Basic ${Buffer.from(`${sid}:auth-token-of-twilio`).toString('base64')}`;

  test('SMS asks Twilio who the account is, and sends where somebody is named', async () => {
    const twilio = await provider({ status: 200, body: { sid } });
    const account = await sms();
    expect(await tryOut(account.id)).toMatchObject({
      ok: true,
      steps: [
        { name: 'receive', ok: true },
        { name: 'send', ok: true },
        { name: 'provider', ok: true, detail: '' },
      ],
      ms: expect.any(Number),
    });
    expect(twilio.received).toMatchObject([{ url: `/2010-04-01/Accounts/${sid}.json`, headers: { authorization: basic } }]);
    expect((await tryOut(account.id, { to: '+351912555099' })).steps.at(-1)).toEqual({ name: 'message', ok: true, detail: '' });
    expect(new URLSearchParams(twilio.received.at(-1)!.body).get('To')).toBe('+351912555099');
  });

  test('a refusal is told in the provider’s words without secrets, kept as the last error, and ended by the next success', async () => {
    const account = await sms();
    await provider({ status: 401, body: { code: 20003, message: 'Authenticate: auth-token-of-twilio is wrong' } });
    const failed = await tryOut(account.id);
    expect(failed).toMatchObject({
      ok: false,
      steps: [{}, {}, { name: 'provider', ok: false, detail: 'It answered 401: 20003 Authenticate: [secret] is wrong' }],
    });
    expect(await read(account.id)).toMatchObject({ lastError: expect.stringContaining('401'), lastErrorFrom: 'test' });
    await provider({ status: 200, body: {} });
    expect((await tryOut(account.id)).ok).toBe(true);
    expect(await read(account.id)).toMatchObject({ lastError: null, lastErrorAt: null, lastErrorFrom: null });
  });

  test.each([
    ['whatsapp', 'phoneNumberId'],
    ['instagram', 'instagramId'],
  ] as const)('%s asks Meta for its own id', async (channel, field) => {
    const meta = await provider({ status: 400, body: { error: { code: 190, message: 'Invalid OAuth access token.' } } });
    const account = await make({
      channel,
      settings: { [field]: '100000000000001' },
      credentials: { appSecret: 'app-secret-of-meta', verifyToken: 'verify-token', accessToken: 'access-token' },
    });
    expect((await tryOut(account.id)).steps.at(-1)).toEqual({
      name: 'provider',
      ok: false,
      detail: 'It answered 400: 190 Invalid OAuth access token.',
      why: { code: 'answered', value: '400: 190 Invalid OAuth access token.' },
    });
    expect(meta.received).toMatchObject([{ url: '/v23.0/100000000000001?fields=id', headers: { authorization: 'Bearer access-token' } }]);
  });

  test('a custom channel is sent a signed ping; an address inside is refused', async () => {
    const partner = await provider({ status: 204 });
    const account = await make({ channel: 'custom', settings: { url: `${partner.url}/hook` }, credentials: { webhookSecrets: [whsec()] } });
    expect((await tryOut(account.id)).steps.at(-1)).toEqual({ name: 'webhook', ok: true, detail: '' });
    expect(partner.received).toMatchObject([
      { url: '/hook', headers: { 'webhook-signature': expect.stringMatching(/^v1,/) }, body: expect.stringContaining('"type":"ping"') },
    ]);
    for (const end of ends.splice(0).toReversed()) await end();
    expect((await tryOut(account.id)).steps.at(-1)).toEqual({
      name: 'webhook',
      ok: false,
      detail: 'The address is not on the public internet.',
      why: { code: 'address_private' },
    });
  });

  test('what is not filled in is named, for channels without anybody to ask too', async () => {
    const voice = await make({ channel: 'voice' });
    expect(await tryOut(voice.id)).toMatchObject({ ok: false, steps: [{ name: 'receive', ok: false, detail: 'credentials.webhookSecrets' }] });
    const email = await make({ channel: 'email', address: 'care@morrow.example' });
    expect((await tryOut(email.id)).steps).toEqual([
      { name: 'receive', ok: false, detail: 'credentials.webhookSecrets' },
      { name: 'send', ok: false, detail: 'settings.smtpHost' },
    ]);
    expect(await tryOut(place.world.chatAccount)).toMatchObject({ ok: true, steps: [{ name: 'receive', ok: true }] });
  });

  test('email logs in by SMTP and by IMAP, and says which of them refused', async () => {
    const smtp = await smtpProvider();
    ends.push(() => smtp.close());
    const account = await make({
      channel: 'email',
      address: 'care@morrow.example',
      settings: {
        smtpHost: 'localhost',
        smtpPort: smtp.port,
        smtpSecurity: 'none',
        imapHost: 'localhost',
        imapPort: await imapServer('right-password'),
        imapSecure: false,
        imapUser: 'care',
      },
      credentials: { smtpUser: 'care', smtpPass: 'smtp-password', imapPassword: 'right-password' },
    });
    expect(await tryOut(account.id)).toMatchObject({ ok: true, steps: [{ name: 'send' }, { name: 'smtp', ok: true }, { name: 'imap', ok: true }] });
    await change(account.id, { credentials: { imapPassword: 'not-the-password' } });
    expect((await tryOut(account.id)).steps.slice(1)).toMatchObject([
      { name: 'smtp', ok: true, detail: '' },
      { name: 'imap', ok: false, detail: expect.stringContaining('Wrong password') },
    ]);
    const strict = await smtpProvider({ auth: '535 5.7.8 Not you' });
    ends.push(() => strict.close());
    const { settings } = await read(account.id);
    await change(account.id, { settings: { ...settings, smtpPort: strict.port } });
    expect((await tryOut(account.id)).steps[1]).toMatchObject({ name: 'smtp', ok: false, detail: expect.stringContaining('535 5.7.8 Not you') });
    await change(account.id, { settings: { ...settings, smtpPort: 1 } });
    expect((await tryOut(account.id)).steps[1]).toMatchObject({ ok: false, detail: expect.stringContaining('ECONNREFUSED') });
  });

  test('is for admins of the workspace', async () => {
    const account = await sms();
    const path = `/v1/channel-accounts/${account.id}/test`;
    expect((await place.api.refused('POST', path, { token: await operatorToken(place.world, 'ben'), body: {} })).code).toBe('forbidden');
    expect((await place.api.refused('POST', path, { token: await operatorToken(await place.api.world()), body: {} })).code).toBe('not_found');
    expect((await place.api.refused('POST', path, { token: place.token, body: { to: '' } })).code).toBe('invalid');
  });
});

describe('what goes wrong', () => {
  test('in receiving is shown with what came, until something is received well', async () => {
    const account = await sms();
    expect((await post(account, message(), 'forged')).status).toBe(401);
    expect(await read(account.id)).toMatchObject({
      lastErrorFrom: 'receiving',
      lastError: expect.stringContaining('refused a webhook'),
      lastErrorWhy: { code: 'webhook_refused', value: 'signature_wrong' },
      lastErrorPayload: expect.stringContaining('Body=Where+is+it'),
      lastReceivedAt: null,
    });
    await noteSent(place.api.deps.db, place.world.workspaceId, account.id, null);
    expect((await read(account.id)).lastErrorFrom).toBe('receiving');
    expect((await post(account, message())).status).toBe(200);
    expect(await read(account.id)).toMatchObject({ lastError: null, lastErrorPayload: null, lastReceivedAt: expect.any(String) });
  });

  test('in sending stays while things are received, until something is sent', async () => {
    const account = await sms();
    await noteSent(place.api.deps.db, place.world.workspaceId, account.id, 'The provider answered 500.', '{"to":"+351"}');
    expect((await post(account, message())).status).toBe(200);
    expect(await read(account.id)).toMatchObject({ lastErrorFrom: 'sending', lastErrorPayload: '{"to":"+351"}', lastReceivedAt: expect.any(String) });
    expect(await accountById(place.database.sql, place.api.deps.config.encryptionKeys, place.world.workspaceId, account.id)).toMatchObject({ failing: true });
    await noteSent(place.api.deps.db, place.world.workspaceId, account.id, null);
    expect((await read(account.id)).lastError).toBeNull();
  });

  test('is told to the settings that show it, however much is received once in a while', async () => {
    const account = await sms();
    const told = async () =>
      (
        await place.database
          .sql`select from event where workspace_id = ${place.world.workspaceId} and kind = 'settings' and data = ${place.database.sql.json({ kind: 'channelAccountFacts', id: account.id })}`
      ).length;
    for (let nth = 0; nth < 5; nth += 1) expect((await post(account, message())).status).toBe(200);
    expect(await told()).toBe(1);
    for (let nth = 0; nth < 3; nth += 1) expect((await post(account, message(), 'forged')).status).toBe(401);
    expect(await told()).toBe(2);
    expect((await post(account, message())).status).toBe(200);
    expect(await told()).toBe(3);
  });

  test('an account that is not active takes messages in', async () => {
    const account = await sms();
    await change(account.id, { active: false, agentId: place.world.agents.nova });
    const sent = message();
    expect((await post(account, sent)).status).toBe(200);
    const rows = await place.database.sql`select 1 from message where external_id = ${sent.MessageSid} and account_id = ${account.id}`;
    expect(rows).toHaveLength(1);
  });
});

test('the checks name an account that is not filled in, one that never received, and that nobody does the work', async () => {
  const account = await make({ channel: 'sms', name: 'Not filled in', address: '+351912555099', settings: {} });
  const answer = await place.api.call<{
    items: { name: string; state: string; count: number | null; detail: string | null; subject: { id: string } | null }[];
  }>('GET', '/v1/checks', { token: place.token });
  expect(answer.status, answer.text).toBe(200);
  const of = (name: string) => answer.body.items.filter((one) => one.name === name);
  expect(of('account_incomplete').find(({ subject }) => subject?.id === account.id)).toMatchObject({
    state: 'bad',
    detail: expect.stringContaining('credentials.authToken'),
  });
  expect(of('account_silent').map(({ subject }) => subject?.id)).toContain(account.id);
  expect(of('workers')).toMatchObject([{ state: 'bad', count: 0 }]);
});
