import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { conversationOf } from '../../server/channels/email/reply-address.ts';
import type { Attachment, Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { replyKeys } from '../../server/db/secrets.ts';
import { startMailExchange, startPost } from '../support/mail-exchange.ts';
import type { Desk, MailExchange, Mood, Post } from '../support/mail-exchange.ts';
import { until } from '../support/pipeline.ts';

let exchange: MailExchange;
let folder: string;
let post: Post;
const posts: Post[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  exchange = await startMailExchange({ FILES_DIR: folder });
  post = await startPost();
});
afterEach(async () => {
  post.mood = {};
  post.got.length = 0;
  for (const other of posts.splice(0)) await other.close();
});
afterAll(async () => {
  await exchange.stop();
  await post.close();
  await rm(folder, { recursive: true });
});

let mails = 0;
/** A conversation that a customer began, and a first answer to it. */
async function begun(desk: Desk, more = ''): Promise<string> {
  const id = `<q${(mails += 1)}@customer.example>`;
  expect(
    await desk.deliver(
      `From: Kim <kim@customer.example>\r\nTo: ${desk.address}\r\nSubject: My order\r\nMessage-ID: ${id}\r\nReferences: <before@customer.example>\r\n${more}\r\nWhere is it?`,
    ),
  ).toBe(200);
  return (await desk.conversations())[0]!.id;
}

async function sent(desk: Desk, body: Record<string, unknown> = {}, more = ''): Promise<Message> {
  const answer = await desk.send(await begun(desk, more), { text: 'On its way.', ...body });
  expect(answer.status).toBe(201);
  return answer.body;
}
const header = (got: Post['got'][number] | undefined, name: string) => got?.mail.headers.find(({ key }) => key === name)?.value;
const statuses = ({ deliveryLog }: Message) => deliveryLog?.map(({ status }) => status);

describe('mail by SMTP', () => {
  it('goes out as HTML with a text of the same, threaded, to its copies, and with its files byte for byte', async () => {
    const desk = await exchange.desk(post);
    const bytes = Buffer.from(Array.from({ length: 30_000 }, (_, index) => (index * 31 + (index >> 8)) % 256));
    const upload = await exchange.api.call<Attachment>('POST', '/v1/files', { token: desk.token, raw: uploadOf('größe.bin', bytes) });
    expect(upload.status).toBe(201);
    const message = await sent(desk, {
      text: 'It is on its way.',
      html: '<p>It is <b>on its way</b>.</p>',
      attachmentIds: [upload.body.id],
      cc: [{ handle: 'Jo@Customer.example', name: 'Jo' }],
      bcc: [{ handle: 'boss@example.com' }],
    });
    const shown = await desk.reaches(message, 'sent');
    await until(async () => post.got.length === 2, 'the copies');
    const [first, copies] = post.got;
    expect([first?.to, copies?.to]).toEqual([['kim@customer.example'], ['jo@customer.example', 'boss@example.com']]);
    expect(copies?.raw).toBe(first?.raw);
    expect(first?.mail).toMatchObject({
      from: { name: 'Support', address: desk.address },
      to: [{ address: 'kim@customer.example' }],
      cc: [{ address: 'jo@customer.example', name: 'Jo' }],
      subject: 'Re: My order',
      messageId: `<${message.id}@example.com>`,
      inReplyTo: `<q${mails}@customer.example>`,
      references: `<before@customer.example> <q${mails}@customer.example>`,
      text: expect.stringContaining('It is on its way.'),
      html: expect.stringContaining('<b>on its way</b>'),
    });
    expect(first?.raw).not.toContain('boss@example.com');
    expect(header(first, 'auto-submitted')).toBeUndefined();
    expect(first?.mail.headers.filter(({ key }) => key.startsWith('list-'))).toEqual([]);
    expect(header(first, 'x-convene-loop')).toBe(desk.address);
    expect(conversationOf(first?.mail.replyTo?.[0]?.address ?? '', desk.account, replyKeys(exchange.api.deps.config.encryptionKeys))).toBe(
      message.conversationId,
    );
    const file = first?.mail.attachments[0];
    expect(file?.filename).toBe('größe.bin');
    expect(Buffer.compare(Buffer.from(file?.content as ArrayBuffer), bytes)).toBe(0);
    expect(shown).toMatchObject({ cc: [{ handle: 'jo@customer.example', name: 'Jo' }], bcc: [{ handle: 'boss@example.com' }] });
    expect(statuses(shown)).toEqual(['queued', 'sending', 'sent']);
  });

  it('says in its headers that no person wrote it', async () => {
    const desk = await exchange.desk(post, { agent: true });
    await begun(desk);
    await until(async () => post.got.length === 1, 'the answer');
    expect(header(post.got[0], 'auto-submitted')).toBe('auto-replied');
    expect(header(post.got[0], 'x-convene-loop')).toBe(desk.address);
  });

  it('has no copies where it is no mail', async () => {
    const desk = await exchange.desk(post);
    const { conversationId } = await desk.world.writes('Hello');
    expect(
      await exchange.api.refused('POST', `/v1/conversations/${conversationId}/messages`, {
        token: desk.token,
        body: { text: 'x', assume: true, cc: [{ handle: 'jo@customer.example' }] },
      }),
    ).toMatchObject({ status: 422, code: 'invalid' });
  });

  it.each<[string, Mood, string, RegExp | null, string[]]>([
    [
      'fails where the recipient is refused, and no copy goes out',
      { refuses: { 'kim@customer.example': ['550 5.1.1 no such user'] } },
      'failed',
      /550 5\.1\.1 no such user/,
      ['queued', 'sending', 'failed'],
    ],
    [
      'is sent again where it is greylisted',
      { refuses: { 'kim@customer.example': ['451 4.7.1 greylisted, come again'] } },
      'sent',
      null,
      ['queued', 'sending', 'queued', 'sending', 'sent'],
    ],
    [
      'is sent again where the connection broke off before it was handed over',
      { cutsAt: [10_000] },
      'sent',
      null,
      ['queued', 'sending', 'queued', 'sending', 'sent'],
    ],
    [
      'is in doubt where the connection broke off once it was handed over',
      { fallsSilent: [true] },
      'unknown',
      /did not confirm/,
      ['queued', 'sending', 'unknown'],
    ],
  ])('%s', async (_name, mood, status, reason, log) => {
    const desk = await exchange.desk(post);
    post.mood = mood;
    const { body: file } = await exchange.api.call<Attachment>('POST', '/v1/files', {
      token: desk.token,
      raw: uploadOf('large.bin', Buffer.alloc(8_000_000, 1)),
    });
    const message = await sent(desk, { attachmentIds: [file.id], cc: [{ handle: 'jo@customer.example' }] });
    const shown = await desk.reaches(message, status);
    expect(statuses(shown)).toEqual(log);
    if (reason) expect(shown.delivery?.error).toMatch(reason);
    else expect(shown.delivery?.error).toBeNull();
    expect(post.got.map(({ to }) => to)).toEqual(status === 'sent' ? [['kim@customer.example'], ['jo@customer.example']] : []);
  });

  it('is sent where only a copy is refused, and says to whom none went', async () => {
    const desk = await exchange.desk(post);
    post.mood = { refuses: { 'jo@customer.example': ['550 mailbox full'] } };
    const message = await sent(desk, { cc: [{ handle: 'jo@customer.example' }, { handle: 'max@customer.example' }] });
    const shown = await desk.reaches(message, 'sent');
    expect(shown.delivery?.error).toMatch(/^No copy went to jo@customer\.example: 550 mailbox full/);
    expect(post.got.map(({ to }) => to)).toEqual([['kim@customer.example'], ['max@customer.example']]);
    expect((await desk.conversations())[0]).toMatchObject({ requiresAction: true, requiresReason: 'delivery_failed' });
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, RegExp]>([
    ['a certificate that nobody vouches for', { smtpSecurity: 'starttls' }, {}, /certificate/],
    ['the same from the first byte', { smtpSecurity: 'tls' }, {}, /certificate/],
    ['a wrong password', { smtpSecurity: 'none' }, { smtpUser: 'me', smtpPass: 'not-the-password' }, /535/],
  ])('waits for somebody to mend %s, which the account shows in words without the password', async (_name, settings, credentials, reason) => {
    const strict = await startPost({
      secure: settings['smtpSecurity'] === 'tls',
      disabledCommands: settings['smtpSecurity'] === 'starttls' ? [] : ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('5.7.8 wrong password not-the-password'), { responseCode: 535 })),
    });
    posts.push(strict);
    const desk = await exchange.desk(strict, { settings, credentials });
    const message = await sent(desk);
    const shown = await until(
      async () => (await desk.items(message.conversationId)).find(({ id, delivery }) => id === message.id && delivery?.status === 'queued' && delivery.error),
      'the refusal',
    );
    expect(shown.delivery?.error).toMatch(reason);
    const { body: account } = await exchange.api.call<ChannelAccount>('GET', `/v1/channel-accounts/${desk.account}`, { token: desk.token });
    expect(account).toMatchObject({ lastErrorFrom: 'sending', lastError: expect.stringMatching(reason) });
    for (const words of [shown.delivery?.error, account.lastError]) expect(words).not.toContain('not-the-password');
    expect(strict.got).toEqual([]);
  });

  it('is tried again while there is no server, and goes out once there is', async () => {
    const gone = await startPost();
    await gone.close();
    const desk = await exchange.desk(gone);
    const message = await sent(desk);
    await until(
      async () => (await desk.items(message.conversationId)).some(({ delivery }) => delivery?.status === 'queued' && /ECONNREFUSED/.test(delivery.error ?? '')),
      'the refusal',
    );
    await exchange.api.db.sql`update channel_account set settings = jsonb_set(settings, '{smtpPort}', to_jsonb(${post.port}::int)) where id = ${desk.account}`;
    await desk.reaches(message, 'sent');
  });
});

function uploadOf(name: string, bytes: Buffer): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}
