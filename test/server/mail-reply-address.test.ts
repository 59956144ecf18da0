import { createSecretKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replyAddress } from '../../server/channels/email/reply-address.ts';
import { readLetter } from '../../server/channels/email/email.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import { replyKeys } from '../../server/db/secrets.ts';
import type { Keyring } from '../../server/db/secrets.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepReading } from '../../server/pipeline/mailboxes.ts';
import { accountOf, now, outboundOf } from '../contracts/channels-bench.ts';
import { imapPassword, startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startMailExchange, startPost, webhookSecret } from '../support/mail-exchange.ts';
import type { Desk, MailExchange, Post } from '../support/mail-exchange.ts';
import { startProcess, until } from '../support/pipeline.ts';

let exchange: MailExchange;
let post: Post;
let dovecot: Dovecot;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  dovecot = await startDovecot();
  exchange = await startMailExchange({ FILES_DIR: folder });
  post = await startPost();
}, 60_000);
afterAll(async () => {
  await exchange.stop();
  await post.close();
  await dovecot.close();
  await rm(folder, { recursive: true });
});

/** A person begins a conversation. @returns it, and the reply address that the customer got */
async function written(desk: Desk): Promise<{ id: string; replyTo: string }> {
  const before = post.got.length;
  const begun = await exchange.api.call<Conversation>('POST', '/v1/conversations', {
    token: desk.token,
    body: { contact: { email: 'kim@customer.example' }, channelAccountId: desk.account, subject: 'Your order', text: 'It is here.' },
  });
  expect(begun.status, begun.text).toBe(201);
  const got = await until(async () => post.got[before], 'the mail');
  return { id: begun.body.id, replyTo: got.mail.replyTo?.[0]?.address ?? '' };
}
const texts = async (desk: Desk, id: string) => (await desk.items(id)).map(({ text }) => text);
/** Only its address says where it belongs. */
const answer = (to: string, text: string) =>
  `From: Kim <kim@customer.example>\r\nTo: ${to}\r\nSubject: Something else\r\nMessage-ID: <${text.replaceAll(' ', '-')}@customer.example>\r\n\r\n${text}`;
const closed = (id: string) => exchange.api.db.sql`update conversation set status = 'archived' where id = ${id}`;

it('an account that is only read by IMAP has reply addresses, and finds its conversation by them', async () => {
  const imap = { imapHost: '127.0.0.1', imapPort: dovecot.port, imapSecure: false, imapUser: 'support' };
  const desk = await exchange.desk(post, { settings: imap, credentials: { webhookSecrets: undefined, imapPassword } });
  const process = await startProcess(exchange.database, { worker: false });
  const { config, publicUrl, outside } = exchange.api.deps;
  const stop = keepReading(
    {
      db: process.db,
      encryptionKeys: config.encryptionKeys,
      resolveHost: outside.resolveHost,
      store: createFiles(config, publicUrl).store,
      fileMaxBytes: 1_000_000,
      log: pino({ level: 'silent' }),
    },
    50,
  );
  const { id, replyTo } = await written(desk);
  expect(replyTo).toMatch(/^support\+c[a-z2-7]{39}@example\.com$/);
  await closed(id);
  await dovecot.deliver('support', answer(replyTo, 'By the address'));
  await until(async () => (await texts(desk, id)).includes('By the address'), 'the answer');
  expect(await desk.conversations()).toHaveLength(1);
  await stop();
  await process.stop();
}, 30_000);

it('an account with a webhook has the same, and knows those again that went out under its webhook secret', async () => {
  const desk = await exchange.desk(post);
  const { id, replyTo } = await written(desk);
  const older = replyAddress(desk.address, desk.account, id, webhookSecret)!;
  expect(older).not.toBe(replyTo);
  for (const [to, text] of [
    [replyTo, 'By the new one'],
    [older, 'By the old one'],
  ] as const) {
    await closed(id);
    expect(await desk.deliver(answer(to, text))).toBe(200);
    expect(await texts(desk, id)).toContain(text);
  }
});

it('they outlive a new encryption key for as long as the old one is named', async () => {
  const [first, second] = ['a', 'b'].map((letter) => createSecretKey(Buffer.alloc(32, letter)));
  const { address, id, ...rest } = { ...accountOf('email'), credentials: {} };
  const conversation = outboundOf('email').conversationId;
  const sent = replyAddress(address, id, conversation, replyKeys([first!])[0]!)!;
  const read = (...keys: Keyring) => readLetter(Buffer.from(answer(sent, 'Hello')), { ...rest, address, id, replyKeys: replyKeys(keys) }, now);
  expect(await read(second!, first!)).toMatchObject({ signedConversationId: conversation });
  expect(await read(second!)).toMatchObject({ type: 'message', signedConversationId: undefined });
});
