import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMail } from '../../server/channels/email/read.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { startMailExchange, startPost } from '../support/mail-exchange.ts';
import type { Desk, MailExchange, Post } from '../support/mail-exchange.ts';
import { until } from '../support/pipeline.ts';

let exchange: MailExchange;
let folder: string;
const posts: Post[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  exchange = await startMailExchange({ FILES_DIR: folder });
});
afterAll(async () => {
  await exchange.stop();
  for (const post of posts) await post.close();
  await rm(folder, { recursive: true });
});

async function opened(): Promise<Post> {
  const post = await startPost();
  posts.push(post);
  return post;
}

let mails = 0;
interface Letter {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  text?: string;
  id?: string;
  answers?: string;
  headers?: string;
}
function letter({
  from = 'kim@customer.example',
  to = 'support@example.com',
  cc,
  subject = 'My order',
  text = 'Where is it?',
  id = `l${(mails += 1)}@customer.example`,
  answers,
  headers = '',
}: Letter = {}): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    ...(cc ? [`Cc: ${cc}`] : []),
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    ...(answers ? [`In-Reply-To: <${answers}>`, `References: <${answers}>`] : []),
    `${headers}`,
    text,
  ].join('\r\n');
}
const texts = (items: Message[]) => items.filter(({ kind }) => kind === 'message').map(({ text }) => text);
const only = async (desk: Desk): Promise<Conversation> => {
  const all = await desk.conversations();
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('the thread of a mail', () => {
  it('is told by the ids that it names, then by the signed reply address, and never by its subject', async () => {
    const post = await opened();
    const desk = await exchange.desk(post);
    await desk.deliver(letter({ id: 'first@customer.example' }));
    const { id } = await only(desk);
    const { body: answer } = await desk.send(id, { text: 'Soon.' });
    await desk.reaches(answer, 'sent');
    const replyTo = post.got[0]!.mail.replyTo![0]!.address!;
    await exchange.api.call('POST', `/v1/conversations/${id}/archive`, { token: desk.token });
    await exchange.api.db.sql`update conversation set status = 'archived' where id = ${id}`;
    await desk.deliver(letter({ answers: `${answer.id}@example.com`, subject: 'Something else', text: 'By its id' }));
    expect(texts(await desk.items(id))).toContain('By its id');
    await exchange.api.db.sql`update conversation set status = 'archived' where id = ${id}`;
    await desk.deliver(letter({ to: replyTo, text: 'By the address' }));
    expect(texts(await desk.items(id))).toContain('By the address');
    await exchange.api.db.sql`update conversation set status = 'archived' where id = ${id}`;
    await desk.deliver(letter({ subject: 'Re: My order', text: 'By the subject' }));
    expect(texts(await desk.items(id))).not.toContain('By the subject');
  });

  it('is joined by nobody who had no copy, whatever thread the mail names', async () => {
    const post = await opened();
    const desk = await exchange.desk(post);
    await desk.deliver(letter({ id: 'mine@customer.example' }));
    const { id } = await only(desk);
    const { body: answer } = await desk.send(id, { text: 'Soon.' });
    await desk.reaches(answer, 'sent');
    const replyTo = post.got[0]!.mail.replyTo![0]!.address!;
    await desk.deliver(letter({ from: 'eve@elsewhere.example', to: replyTo, answers: `${answer.id}@example.com`, text: 'Send it to me instead' }));
    expect(texts(await desk.items(id))).not.toContain('Send it to me instead');
    expect((await desk.conversations()).map(({ contact }) => contact.email).toSorted()).toEqual(['eve@elsewhere.example', 'kim@customer.example']);
  });

  it('is joined, visibly, by who had a copy, and the agent leaves that to people', async () => {
    const post = await opened();
    const desk = await exchange.desk(post, { agent: true });
    await desk.deliver(
      letter({
        text: 'When are you open on Saturday?',
        to: 'support+sales@example.com, Max <max@customer.example>',
        cc: 'Jo Doe <Jo@customer.example>, kim@customer.example, max@customer.example',
      }),
    );
    const { id } = await only(desk);
    await until(async () => post.got.length === 1, 'the answer of the agent');
    const answerId = post.got[0]!.mail.messageId!.slice(1, -1);
    expect(await desk.deliver(letter({ from: 'Jo Doe <jo@customer.example>', answers: answerId, text: 'And when are you open on Monday?' }))).toBe(200);
    const items = await desk.items(id);
    const place = items.findIndex(({ code }) => code === 'copy_wrote');
    expect(items[place]).toMatchObject({ kind: 'system', text: 'Jo Doe, who had a copy, wrote' });
    expect(items[place + 1]).toMatchObject({ kind: 'message', direction: 'inbound', text: 'And when are you open on Monday?', author: { name: 'Jo Doe' } });
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_item, index) => index + 1));
    expect(items[0]?.cc).toEqual([{ handle: 'max@customer.example' }, { handle: 'jo@customer.example', name: 'Jo Doe' }]);
    await until(
      async () => (await desk.items(id)).some(({ code, reason }) => code === 'did_not_answer' && reason === 'another_sender'),
      'the line that says why',
    );
    expect(await only(desk)).toMatchObject({ requiresAction: true, contact: { email: 'kim@customer.example' } });
    expect(post.got).toHaveLength(1);
    // Whoever is in the thread needs no second line; a person's answer goes to who wrote last.
    await desk.deliver(letter({ from: 'Jo Doe <jo@customer.example>', answers: answerId, text: 'Hello?' }));
    expect((await desk.items(id)).filter(({ code }) => code === 'copy_wrote')).toHaveLength(1);
    const { body: answer } = await desk.send(id, { text: 'From nine.', assume: true, cc: [{ handle: 'kim@customer.example' }] });
    await desk.reaches(answer, 'sent');
    expect(post.got.slice(1).map(({ to }) => to)).toEqual([['jo@customer.example'], ['kim@customer.example']]);
  });
});

/** A delivery report about a mail of ours. */
const report = (about: string, recipient: string, action: string, status: string, said: string) =>
  [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example.net',
    'To: support@example.com',
    'Subject: Delivery Status Notification',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
    '',
    '--r',
    'Content-Type: text/plain',
    '',
    'This is about your mail.',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    '',
    '--r',
    'Content-Type: message/rfc822',
    '',
    'From: support@example.com',
    `Message-ID: <${about}@example.com>`,
    '',
    'x',
    '--r--',
    '',
  ].join('\r\n');

describe('what mail servers report', () => {
  it('sets the status of the mail that it is about, in words: late is not failed, and a copy is not the mail', async () => {
    const post = await opened();
    const desk = await exchange.desk(post);
    await desk.deliver(letter());
    const { id } = await only(desk);
    const { body: message } = await desk.send(id, { text: 'Soon.', cc: [{ handle: 'jo@customer.example' }] });
    await desk.reaches(message, 'sent');
    const now = async () => (await desk.items(id)).find((item) => item.id === message.id)!;
    await desk.deliver(report(message.id, 'kim@customer.example', 'delayed', '4.4.1', '451 try later'));
    expect((await now()).delivery).toMatchObject({ status: 'sent', error: 'It is delayed: 4.4.1 451 try later' });
    expect(await only(desk)).toMatchObject({ requiresAction: false });
    await desk.deliver(report(message.id, 'jo@customer.example', 'failed', '5.1.1', '550 no such user'));
    expect((await now()).delivery).toMatchObject({ status: 'sent', error: 'The copy to jo@customer.example: 5.1.1 550 no such user' });
    await desk.deliver(report(message.id, 'kim@customer.example', 'delivered', '2.0.0', '250 fine'));
    expect((await now()).delivery).toMatchObject({ status: 'delivered', error: null });
    await desk.deliver(report(message.id, 'kim@customer.example', 'failed', '5.2.2', '552 mailbox full'));
    expect((await now()).delivery).toMatchObject({ status: 'bounced', error: '5.2.2 552 mailbox full' });
    expect((await now()).deliveryLog?.map(({ status }) => status)).toEqual(['queued', 'sending', 'sent', 'delivered', 'bounced']);
    expect(await only(desk)).toMatchObject({ requiresAction: true, requiresReason: 'delivery_failed' });
    expect(texts(await desk.items(id))).toEqual(['Where is it?', 'Soon.']);
  });

  const data = process.env['EVAL_DATA'];
  const corpus = data ? join(data, 'mime') : join(import.meta.dirname, '../fixtures/channels');
  it('is read in the reports of real servers', async () => {
    const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => /\.(eml|msg)$/.test(name)) : [];
    const reports = files.filter((name) => /^content-type:\s*message\/delivery-status/im.test(readFileSync(join(corpus, name), 'latin1')));
    expect(reports.length).toBeGreaterThan(0);
    for (const name of reports) {
      const event = await readMail(readFileSync(join(corpus, name)), { id: 'a', address: 'support@example.com', secrets: [] }, new Date());
      expect(event.type === 'status' || (event.type === 'message' && event.autoSubmitted === 'bounce'), name).toBe(true);
      if (event.type === 'status') expect(event, name).toMatchObject({ status: 'bounced', error: expect.stringMatching(/\d/) });
    }
  });
});

describe('machines that write to each other', () => {
  it('two of ours: the second one’s answer is none', async () => {
    const post = await opened();
    const one = await exchange.desk(post, { agent: true, address: 'one@one.example' });
    const two = await exchange.desk(post, { agent: true, address: 'two@two.example' });
    const route: Promise<number>[] = [];
    post.onMail = ({ to, raw }) => route.push((to[0] === 'two@two.example' ? two : one).deliver(raw));
    await one.deliver(letter({ from: 'two@two.example', to: 'one@one.example', text: 'When are you open on Saturday?' }));
    await until(
      async () => (await two.conversations()).length === 1 && (await two.items((await two.conversations())[0]!.id)).some(({ code }) => code === 'stayed_quiet'),
      'the other one to stay quiet',
    );
    expect(post.got).toHaveLength(1);
    expect(await Promise.all(route)).toEqual([200]);
  });

  it.each<[string, (count: number) => string]>([
    ['that says the same each time, but for a number', (count) => `We have received your request #${4_711 + count}. When are you open on Saturday?`],
    [
      'that finds new words each time',
      (count) =>
        `${['When are you open on Saturday?', 'And when does the shop open on Monday?', 'How long does delivery take?', 'When do orders arrive?'][count] ?? 'Opening hours?'}`,
    ],
  ])('another that hides it is stopped within two mails: one %s', async (_name, say) => {
    const post = await opened();
    const desk = await exchange.desk(post, { agent: true });
    const sent: Promise<number>[] = [];
    post.onMail = () => sent.push(desk.deliver(letter({ text: say(sent.length + 1) })));
    await desk.deliver(letter({ text: say(0) }));
    const { id } = await only(desk);
    await until(
      async () => (await desk.items(id)).some(({ code, reason }) => code === 'did_not_answer' && ['repeats_itself', 'too_quick'].includes(reason ?? '')),
      'the line that says why',
    );
    expect(await Promise.all(sent)).toEqual(sent.map(() => 200));
    expect(post.got.length).toBeLessThanOrEqual(2);
    expect(await only(desk)).toMatchObject({ requiresAction: true, waitingSince: expect.any(String) });
  });

  it('an address that has had its mails of the day gets a draft instead, and people are asked', async () => {
    const post = await opened();
    const desk = await exchange.desk(post, { agent: true, settings: { automaticPerDay: 1 } });
    await desk.deliver(letter({ text: 'When are you open on Saturday?' }));
    await until(async () => post.got.length === 1, 'the first answer');
    const { id } = await only(desk);
    await desk.deliver(letter({ text: 'How long does delivery take?' }));
    await until(async () => (await desk.items(id)).some(({ code, reason }) => code === 'did_not_answer' && reason === 'mail_limit'), 'the line that says why');
    expect(await only(desk)).toMatchObject({ requiresAction: true, requiresReason: 'mail_limit' });
    expect(post.got).toHaveLength(1);
    const [draft] = await exchange.api.db.sql<{ status: string }[]>`select status from draft where conversation_id = ${id}`;
    expect(draft?.status).toBe('pending');
  });
});
