import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../server/contract/contact.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Attachment } from '../../server/contract/message.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { startMailExchange, startPost } from '../support/mail-exchange.ts';
import type { Desk, MailExchange, Post } from '../support/mail-exchange.ts';
import { until } from '../support/pipeline.ts';

let exchange: MailExchange;
let post: Post;
let desk: Desk;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  exchange = await startMailExchange({ FILES_DIR: folder });
  post = await startPost();
  desk = await exchange.desk(post);
});
afterEach(() => void post.got.splice(0));
afterAll(async () => {
  await exchange.stop();
  await post.close();
  await rm(folder, { recursive: true });
});

const body = (more: Record<string, unknown>) => ({ channelAccountId: desk.account, text: 'Your order is here.', ...more });
const begin = (more: Record<string, unknown>) => exchange.api.call<Conversation>('POST', '/v1/conversations', { token: desk.token, body: body(more) });
const refused = (more: Record<string, unknown>) => exchange.api.refused('POST', '/v1/conversations', { token: desk.token, body: body(more) });
const count = async () => (await exchange.api.db.sql`select from conversation where workspace_id = ${desk.world.workspaceId}`).length;
async function upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  return (await exchange.api.call<Attachment>('POST', '/v1/files', { token: desk.token, raw: form })).body.id;
}
async function textAccount(): Promise<string> {
  const id = newId();
  await exchange.api.db.sql`insert into channel_account ${exchange.api.db.sql({
    workspaceId: desk.world.workspaceId,
    id,
    channel: 'sms',
    name: 'Text',
    address: `+1500555${String(Math.random()).slice(2, 6)}`,
    settings: exchange.api.db.sql.json({ accountSid: `AC${'1'.repeat(32)}` }),
    credentials: sealCredentials(exchange.api.deps.config.encryptionKeys, id, { authToken: 'twilio-token' }),
  })}`;
  return id;
}

describe('a conversation that a person begins', () => {
  it('goes out with its subject, HTML, files and copies, and shows them', async () => {
    const bytes = new Uint8Array(Array.from({ length: 5_000 }, (_, index) => index % 251));
    const begun = await begin({
      contact: { name: 'Kim', email: 'kim@customer.example' },
      subject: 'Your order',
      html: '<p>Your order is <b>here</b>.</p><script>x</script>',
      cc: [{ handle: 'Jo@Customer.example', name: 'Jo' }],
      bcc: [{ handle: 'boss@example.com' }],
      attachmentIds: [await upload('bill.bin', bytes)],
    });
    expect(begun.status, begun.text).toBe(201);
    await until(async () => post.got.length === 2, 'the mails');
    expect(post.got.map(({ to }) => to)).toEqual([['kim@customer.example'], ['jo@customer.example', 'boss@example.com']]);
    const { mail, raw } = post.got[0]!;
    expect(mail).toMatchObject({ subject: 'Your order', cc: [{ address: 'jo@customer.example', name: 'Jo' }], html: expect.stringContaining('<b>here</b>') });
    expect(raw).not.toMatch(/boss@example|<script/);
    expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).equals(Buffer.from(bytes))).toBe(true);
    const [item] = await desk.items(begun.body.id);
    expect(item).toMatchObject({
      cc: [{ handle: 'jo@customer.example', name: 'Jo' }],
      bcc: [{ handle: 'boss@example.com' }],
      attachments: [{ name: 'bill.bin', size: 5_000 }],
    });
    expect(begun.body).toMatchObject({ subject: 'Your order', controller: { kind: 'human' } });
  });

  it('is refused as any message is, and then is not there', async () => {
    const before = await count();
    const used = await upload('used.bin', new Uint8Array(3));
    expect((await begin({ contact: { email: 'lee@customer.example' }, attachmentIds: [used] })).status).toBe(201);
    const sms = await textAccount();
    const cases: [Record<string, unknown>, number, string, RegExp][] = [
      [{ contact: { email: 'x@customer.example' }, attachmentIds: [used] }, 422, 'invalid', /attachmentIds/],
      [{ contact: { email: 'x@customer.example' }, attachmentIds: [newId()] }, 422, 'invalid', /attachmentIds/],
      [{ contact: { email: 'x@customer.example' }, cc: [{ handle: 'not an address' }] }, 422, 'invalid', /cc/],
      [{ contact: { email: 'x@customer.example' }, template: { name: 'hello', language: 'en', parameters: [] } }, 422, 'invalid', /template/],
      [{ contact: { phone: '+4917000000' }, channelAccountId: sms, cc: [{ handle: 'jo@customer.example' }] }, 422, 'invalid', /cc: only mail/],
      [{ contact: { phone: '+4917000000' }, channelAccountId: sms, bcc: [{ handle: 'jo@customer.example' }] }, 422, 'invalid', /bcc: only mail/],
      [
        { contact: { phone: '+4917000000' }, channelAccountId: sms, attachmentIds: [await upload('large.bin', new Uint8Array(5_000_001))] },
        422,
        'invalid',
        /at most 5000000 bytes/,
      ],
      [{ contact: { phone: '+4917000000' }, channelAccountId: sms, text: 'x'.repeat(1_601) }, 422, 'invalid', /1601 characters/],
      [{ contact: { email: 'x@customer.example' }, handle: 'y@customer.example' }, 422, 'invalid', /handle/],
    ];
    for (const [input, status, code, words] of cases) {
      const answer = await refused(input);
      expect({ status: answer.status, code: answer.code, words: answer.text }, JSON.stringify(input).slice(0, 200)).toEqual({
        status,
        code,
        words: expect.stringMatching(words),
      });
    }
    expect(await count()).toBe(before + 1);
  });

  it('reaches a contact at a new address, which is the contact’s from then on', async () => {
    const { body: first } = await begin({ contact: { name: 'Ada', email: 'ada@customer.example' } });
    const contactId = first.contact.id;
    const second = await begin({ contactId, handle: ' Ada@Work.example ' });
    expect(second.status, second.text).toBe(201);
    expect(second.body.contact.id).toBe(contactId);
    await until(async () => post.got.some(({ to }) => to[0] === 'ada@work.example'), 'the mail');
    const handles = (await exchange.api.db.sql<{ handle: string }[]>`select handle from identity where contact_id = ${contactId} order by created_at`).map(
      ({ handle }) => handle,
    );
    expect(handles).toEqual(['ada@customer.example', 'ada@work.example']);
    expect((await begin({ contactId, handle: 'ada@work.example' })).status).toBe(201);
    await desk.deliver(`From: Ada <ada@work.example>\r\nTo: ${desk.address}\r\nMessage-ID: <new@work.example>\r\n\r\nThank you`);
    const { body: contact } = await exchange.api.call<Contact>('GET', `/v1/contacts/${contactId}`, { token: desk.token });
    expect(contact.name).toBe('Ada');
    expect((await exchange.api.db.sql`select from contact where workspace_id = ${desk.world.workspaceId} and name ilike 'ada%'`).length).toBe(1);

    const sms = await textAccount();
    expect((await begin({ contactId, handle: '+49 170 00 00 07', channelAccountId: sms })).status).toBe(201);
    expect((await refused({ contactId, handle: 'no number', channelAccountId: sms })).text).toMatch(/handle: is no address/);
    expect((await begin({ contact: { email: 'ben@customer.example' } })).status).toBe(201);
    expect((await refused({ contactId, handle: 'ben@customer.example' })).text).toMatch(/another contact/);
  });

  it('gives a new address to one contact, also where several ask for it at once', async () => {
    const people = await Promise.all(['a', 'b', 'c'].map((name) => begin({ contact: { email: `${name}@many.example` } })));
    const answers = await Promise.all(people.map(({ body: { contact } }) => begin({ contactId: contact.id, handle: 'shared@many.example' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
  });
});
