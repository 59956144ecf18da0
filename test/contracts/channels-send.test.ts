import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelAccountConfig, ChannelKind, SendResult } from '../../server/channels/channel.ts';
import { channelOf, channels } from '../../server/channels/registry.ts';
import { accountOf, contextOf, httpProvider, now, outboundOf, smtpProvider, type Behaviour, type Faulty, type SmtpScript } from './channels-bench.ts';

const open: Faulty[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((provider) => provider.close()));
});

const overHttp = channels.filter(({ kind }) => ['sms', 'whatsapp', 'instagram', 'custom'].includes(kind)).map(({ kind }) => kind);

/** An account whose provider is the one at `url`. */
function accountAt(kind: ChannelKind, url: string): ChannelAccountConfig {
  return accountOf(kind, kind === 'custom' ? { url: `${url}/hook` } : {});
}

async function sendOver(kind: ChannelKind, behaviour: Behaviour): Promise<{ result: SendResult; provider: Faulty }> {
  const provider = await httpProvider(behaviour);
  open.push(provider);
  const stop = new AbortController();
  if (behaviour === 'silence') void provider.arrived.then(() => stop.abort());
  const result = await channelOf(kind).send(outboundOf(kind), accountAt(kind, provider.url), contextOf(provider.url, { signal: stop.signal }));
  return { result, provider };
}

const success: Record<string, unknown> = {
  sms: { sid: 'SM1', status: 'queued' },
  whatsapp: { messages: [{ id: 'SM1' }] },
  instagram: { message_id: 'SM1' },
  custom: { id: 'SM1' },
};

describe.each(overHttp)('sending by %s', (kind) => {
  const doubt = channelOf(kind).idempotent ? 'retry' : 'unknown';

  it('returns the id that the provider gave', async () => {
    const { result, provider } = await sendOver(kind, { status: 200, body: success[kind] });
    expect(result).toEqual({ ok: true, externalId: 'SM1' });
    expect(provider.received).toHaveLength(1);
    expect(provider.received[0]?.body).toContain(kind === 'sms' ? 'It+is+on+its+way.' : 'It is on its way.');
  });

  it.each<[string, Behaviour, 'retry' | 'failed' | 'unknown']>([
    ['400', { status: 400, body: { message: 'bad number' } }, 'failed'],
    ['401', { status: 401 }, 'failed'],
    ['404 in HTML', { status: 404, body: '<h1>Not found</h1>' }, 'failed'],
    ['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/' } }, 'failed'],
    ['429', { status: 429, headers: { 'retry-after': '7' } }, 'retry'],
    ['503', { status: 503 }, 'retry'],
    ['500', { status: 500 }, doubt],
    ['502', { status: 502, body: 'bad gateway' }, doubt],
    ['a connection that drops', 'drop', doubt],
    ['silence until the time is up', 'silence', doubt],
  ])('takes %s for what it is', async (_name, behaviour, expected) => {
    const { result, provider } = await sendOver(kind, behaviour);
    expect(result).toMatchObject({ ok: false, kind: expected });
    expect(provider.received).toHaveLength(1);
  });

  it('waits as long as the provider asks', async () => {
    expect((await sendOver(kind, { status: 429, headers: { 'retry-after': '7' } })).result).toMatchObject({ retryAfterMs: 7_000 });
    const date = new Date(now.getTime() + 60_000).toUTCString();
    expect((await sendOver(kind, { status: 429, headers: { 'retry-after': date } })).result).toMatchObject({ retryAfterMs: 60_000 });
    expect((await sendOver(kind, { status: 429, headers: { 'retry-after': 'soon' } })).result).not.toHaveProperty('retryAfterMs');
  });

  it('tries again where nothing listens', async () => {
    const provider = await httpProvider({ status: 200 });
    await provider.close();
    const result = await channelOf(kind).send(outboundOf(kind), accountAt(kind, provider.url), contextOf(provider.url));
    expect(result).toMatchObject({ ok: false, kind: 'retry' });
  });

  it('sends nothing when it was stopped before', async () => {
    const provider = await httpProvider({ status: 200 });
    open.push(provider);
    const result = await channelOf(kind).send(outboundOf(kind), accountAt(kind, provider.url), contextOf(provider.url, { signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ ok: false, kind: 'retry' });
    expect(provider.received).toHaveLength(0);
  });

  it("says the provider's reason and no secret, though the provider repeats it", async () => {
    const account = accountOf(kind);
    const secrets = Object.values(account.credentials).flat().map(String);
    const words = `this was not allowed: ${secrets.join(' ')}`;
    const { result } = await sendOver(kind, { status: 400, body: { message: words, error: kind === 'custom' ? words : { code: 100, message: words } } });
    expect(result.ok ? '' : result.error).toContain('this was not allowed');
    for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret);
  });
});

async function sendMail(script: SmtpScript): Promise<{ result: SendResult; provider: Faulty }> {
  const provider = await smtpProvider(script);
  open.push(provider);
  const stop = new AbortController();
  if (script.end === 'silence') void provider.arrived.then(() => stop.abort());
  const result = await channelOf('email').send(outboundOf('email'), accountOf('email', { smtpPort: provider.port }), contextOf('', { signal: stop.signal }));
  return { result, provider };
}

describe('sending by email', () => {
  it('answers with the Message-ID', async () => {
    const { result, provider } = await sendMail({});
    expect(result).toEqual({ ok: true, externalId: '01930000-0000-7000-8000-00000000000a@example.com' });
    expect(provider.received[0]?.body).toContain('Message-ID: <01930000-0000-7000-8000-00000000000a@example.com>');
  });

  it.each<[string, SmtpScript]>([
    ['a busy server', { greeting: '421 too busy' }],
    ['a server that takes no mail at all', { greeting: '554 no service here' }],
    ['a server that hangs up at once', { greeting: 'drop' }],
    ['a wrong password', { auth: '535 wrong' }],
    ['a login that fails for now', { auth: '454 later' }],
    ['a server that closes meanwhile', { rcpt: '421 closing' }],
  ])('takes %s for a fault of the account, not of the mail', async (_name, script) => {
    const { result } = await sendMail(script);
    expect(result).toMatchObject({ ok: false, kind: 'retry', wholeAccount: true });
    expect(JSON.stringify(result)).not.toContain('password-of-smtp');
  });

  it.each<[string, SmtpScript, 'retry' | 'failed' | 'unknown']>([
    ['an unknown recipient', { rcpt: '550 nobody here' }, 'failed'],
    ['greylisting', { rcpt: '450 come back' }, 'retry'],
    ['a hang-up before the mail', { data: 'drop' }, 'retry'],
    ['a refusal of the content', { end: '554 spam' }, 'failed'],
    ['a refusal for now of the content', { end: '451 disk full' }, 'retry'],
    ['a hang-up after the mail', { end: 'drop' }, 'unknown'],
    ['silence after the mail', { end: 'silence' }, 'unknown'],
  ])('takes %s for what it is', async (_name, script, expected) => {
    const { result } = await sendMail(script);
    expect(result).toMatchObject({ ok: false, kind: expected });
    expect(result).not.toHaveProperty('wholeAccount');
    expect(JSON.stringify(result)).not.toContain('password-of-smtp');
  });

  it("waits where the server's certificate is not valid", async () => {
    const server = new SMTPServer({ logger: false, disableReverseLookup: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const account = accountOf('email', { smtpPort: port, smtpSecurity: 'starttls' });
    const result = await channelOf('email').send(outboundOf('email'), account, contextOf(''));
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(result).toMatchObject({ ok: false, kind: 'retry', wholeAccount: true, error: expect.stringContaining('certificate') });
  });

  it('refuses to send in the clear over a network', async () => {
    const result = await channelOf('email').send(outboundOf('email'), accountOf('email', { smtpHost: 'mail.example.com' }), contextOf(''));
    expect(result).toMatchObject({ ok: false, kind: 'failed' });
  });
});

describe.each(channels.map(({ kind }) => kind))('the limits of %s', (kind) => {
  const channel = channelOf(kind);
  const refused = (change: Parameters<typeof outboundOf>[1]) => channel.send(outboundOf(kind, change), accountOf(kind), contextOf('http://127.0.0.1:1'));

  it('refuse a text that is too long before anything is sent', async () => {
    const text = 'x'.repeat((channel.limits.maxText ?? 100) + 1);
    expect(await refused({ text })).toMatchObject({ ok: false, kind: 'failed' });
  });

  it('refuse files that are too many or too large', async () => {
    const { maxCount, maxBytes } = channel.limits.attachments ?? { maxCount: 0, maxBytes: 0 };
    const file = { name: 'a.pdf', type: 'application/pdf', url: 'https://inbox.example.com/f', bytes: new Uint8Array(1) };
    expect(await refused({ attachments: Array.from({ length: maxCount + 1 }, () => file) })).toMatchObject({ ok: false, kind: 'failed' });
    expect(await refused({ attachments: [{ ...file, bytes: new Uint8Array(maxBytes + 1) }] })).toMatchObject({ ok: false, kind: 'failed' });
  });

  it('refuse to send while the account has no credentials, where a provider needs them', async () => {
    const bare = { ...accountOf(kind), credentials: {}, settings: {} };
    expect(await channel.send(outboundOf(kind), bare, contextOf('http://127.0.0.1:1'))).toMatchObject({ ok: false, kind: 'failed' });
  });
});
