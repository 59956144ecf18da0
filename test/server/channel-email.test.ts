import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../server/channels/email/html-text.ts';
import { splitQuote } from '../../server/channels/email/quote.ts';
import { readMail } from '../../server/channels/email/read.ts';
import { conversationOf, replyAddress } from '../../server/channels/email/reply-address.ts';
import { messageIdOf, writeMail } from '../../server/channels/email/write.ts';
import { channelOf } from '../../server/channels/registry.ts';
import { accountOf, contextOf, now, outboundOf, smtpProvider } from '../contracts/channels-bench.ts';

const account = { id: accountOf('email').id, address: 'support@example.com', secrets: [...accountOf('email').replyKeys] };
const fixtures = join(import.meta.dirname, '../fixtures/channels');
const fixture = (name: string) => readFileSync(join(fixtures, name));
const read = (raw: string | Uint8Array) => readMail(Buffer.from(raw), account, now);
const mail = (headers: string, body = 'Hello') => read(`From: kim@customer.example\r\nTo: support@example.com\r\n${headers}\r\n\r\n${body}`);
const ourId = '01930000-0000-7000-8000-00000000000a@example.com';
const conversation = outboundOf('email').conversationId;

describe('reading mail', () => {
  it('threads a reply by its references and leaves the history aside', async () => {
    expect(await read(fixture('gmail-reply.eml'))).toMatchObject({
      type: 'message',
      externalId: 'CAK7+reply@mail.customer.example',
      from: { handle: 'kim@customer.example', name: 'Kim Lee' },
      to: [{ handle: 'support@example.com', name: 'Example Support' }],
      cc: [{ handle: 'jo@customer.example' }],
      subject: 'Re: Größe tauschen',
      text: 'Thanks, that helps.\n\nKim',
      quoted: expect.stringContaining('I want a human?'),
      html: expect.stringContaining('<blockquote>'),
      inReplyTo: ourId,
      references: ['first@mail.customer.example', ourId],
      at: new Date('2026-11-21T10:40:00Z'),
      autoSubmitted: undefined,
      attachments: [],
    });
  });

  it('makes text of a mail that has only HTML', async () => {
    expect(await read(fixture('outlook-reply.eml'))).toMatchObject({
      from: { handle: 'juergen@firma.example', name: 'Jürgen Müller' },
      text: 'Bitte noch für Oktober. Danke!',
      quoted: expect.stringContaining('Hier ist Ihre Rechnung.'),
      inReplyTo: 'x@example.com',
    });
  });

  it('takes a bounce as the status of the message that it is about', async () => {
    expect(await read(fixture('bounce.eml'))).toEqual({
      type: 'status',
      externalId: ourId,
      messageId: ourId.split('@')[0],
      status: 'bounced',
      at: now,
      recipient: 'gone@customer.example',
      error: '5.1.1 550 5.1.1 <gone@customer.example>: Recipient address rejected',
    });
  });

  it('keeps a bounce that does not say what it is about, and never answers it', async () => {
    const text = fixture('bounce.eml').toString().replaceAll('text/rfc822-headers', 'text/plain');
    expect(await read(text)).toMatchObject({ type: 'message', autoSubmitted: 'bounce' });
  });

  it.each<[string, string, string | undefined]>([
    ['a person', 'Subject: Hi', undefined],
    ['Auto-Submitted: no', 'Auto-Submitted: no', undefined],
    ['an auto-reply', 'Auto-Submitted: auto-replied (vacation)', 'auto_reply'],
    ['an auto-reply of old', 'Precedence: auto_reply', 'auto_reply'],
    ['an autoresponder', 'X-Autorespond: yes', 'auto_reply'],
    ['who wants no answer', 'X-Auto-Response-Suppress: OOF, AutoReply', 'auto_reply'],
    ['a null return path', 'Return-Path: <>', 'bounce'],
    ['a mailing list', 'List-Id: <dev.lists.example>', 'list'],
    ['a list of old', 'Precedence: list', 'list'],
    ['a newsletter', 'List-Unsubscribe: <mailto:u@x.example>', 'bulk'],
    ['bulk mail', 'Precedence: bulk', 'bulk'],
    ['our own mail, come back', 'X-Convene-Loop: support@example.com', 'loop'],
    ["another Convene's person", 'X-Convene-Loop: help@other.example', undefined],
  ])('tells %s', async (_name, headers, expected) => {
    expect(await mail(headers)).toMatchObject({ type: 'message', autoSubmitted: expected });
  });

  it.each([
    ['no-reply@shop.example', 'no_reply'],
    ['noreply-orders@shop.example', 'no_reply'],
    ['mailer-daemon@x.example', 'bounce'],
    ['SUPPORT@example.com', 'loop'],
    ['norene@x.example', undefined],
  ])('tells the sender %s', async (from, expected) => {
    expect(await read(`From: ${from}\r\nTo: support@example.com\r\n\r\nHello`)).toMatchObject({ autoSubmitted: expected });
  });

  it('never answers what it writes by itself', async () => {
    const raw = await writeMail(outboundOf('email', { to: { handle: 'help@other.example' } }), { address: 'support@example.com' }, now);
    expect(await readMail(raw, { ...account, address: 'help@other.example' }, now)).toMatchObject({ autoSubmitted: 'auto_reply' });
    const byPerson = await writeMail(outboundOf('email', { automatic: false }), { address: 'support@example.com' }, now);
    expect(await readMail(byPerson, { ...account, address: 'help@other.example' }, now)).toMatchObject({ autoSubmitted: undefined });
    expect(await readMail(byPerson, account, now)).toMatchObject({ autoSubmitted: 'loop' });
  });

  it('gives a mail without Message-ID an id of its content', async () => {
    const [first, second, other] = [await mail('Subject: a'), await mail('Subject: a'), await mail('Subject: b')];
    expect(first).toMatchObject({ externalId: expect.stringMatching(/^sha256:/) });
    expect(second).toEqual(first);
    expect(other.type === 'message' && other.externalId).not.toBe(first.type === 'message' && first.externalId);
  });

  it('keeps attachments byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 7) % 256));
    const file = { name: 'größe 👍.bin', type: 'application/octet-stream', bytes, url: '' };
    const raw = await writeMail(outboundOf('email', { attachments: [file] }), { address: 'shop@other.example' }, now);
    const event = await read(raw);
    const attachment = event.type === 'message' ? event.attachments[0] : undefined;
    expect(attachment).toMatchObject({ name: file.name, type: file.type });
    expect(attachment?.source.from === 'bytes' && Buffer.compare(attachment.source.bytes, bytes)).toBe(0);
  });

  it.each<[string, () => string]>([
    [
      '10,000 nested parts',
      () =>
        `From: a@b.example\r\nContent-Type: multipart/mixed; boundary="0"\r\n\r\n${Array.from({ length: 10_000 }, (_, at) => `--${at}\r\nContent-Type: multipart/mixed; boundary="${at + 1}"\r\n\r\n`).join('')}`,
    ],
    ['100,000 headers', () => `From: a@b.example\r\n${Array.from({ length: 100_000 }, (_, at) => `X-${at}: ${at}\r\n`).join('')}\r\nHello`],
    ['one header of 10 MB', () => `From: a@b.example\r\nSubject: ${'x'.repeat(10_000_000)}\r\n\r\nHello`],
    ['100,000 recipients', () => `From: a@b.example\r\nTo: ${'a@b.example, '.repeat(80_000)}\r\n\r\nHello`],
    ['10,000 parts side by side', () => `From: a@b.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--`],
    ['HTML nested 200,000 deep', () => `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(200_000)}x`],
    ['a million open brackets', () => `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<'.repeat(1_000_000)}`],
    ['many tags in a line', () => `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<b>x</b> '.repeat(100_000)}`],
    ['a tag that never ends', () => `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<a href="'.repeat(100_000)}`],
    ['a million quoted lines', () => `From: a@b.example\r\n\r\nHi\r\n${'> x\r\n'.repeat(1_000_000)}`],
  ])('ends within two seconds on %s', async (_name, build) => {
    const raw = build();
    // Time of the processor, threads included: on a busy machine the clock says more of others than of the parser.
    const before = process.cpuUsage();
    expect(['message', 'unknown']).toContain((await read(raw)).type);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  const corpus = join(process.env['EVAL_DATA'] ?? fixtures, process.env['EVAL_DATA'] ? 'mime' : '');
  it('takes in every mail of the corpus', async () => {
    const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => /\.(eml|msg)$/.test(name)) : [];
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const raw = readFileSync(join(corpus, name));
      const event = await read(raw);
      const names = /^From:/im.test(raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '');
      expect(['message', 'status', ...(names ? [] : ['unknown'])], name).toContain(event.type);
    }
  });
});

describe('writing mail', () => {
  it('is threaded, names its conversation in the reply address, and says that no person wrote it', async () => {
    const provider = await smtpProvider();
    const message = outboundOf('email', {
      subject: 'Re: Größe',
      inReplyTo: 'b@c.example',
      references: ['a@c.example', 'b@c.example'],
      html: '<p>It is on its way.</p>',
      cc: [{ handle: 'jo@customer.example' }],
    });
    const result = await channelOf('email').send(message, accountOf('email', { smtpPort: provider.port }), contextOf(''));
    await provider.close();
    expect(result).toEqual({ ok: true, externalId: messageIdOf(message, 'support@example.com') });
    const parsed = await PostalMime.parse(provider.received[0]?.body ?? '');
    const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
    expect(parsed).toMatchObject({
      from: { name: 'Example', address: 'support@example.com' },
      to: [{ name: 'Kim', address: 'kim@customer.example' }],
      cc: [{ address: 'jo@customer.example' }],
      subject: 'Re: Größe',
      messageId: `<${ourId}>`,
      inReplyTo: '<b@c.example>',
      references: '<a@c.example> <b@c.example>',
      html: expect.stringContaining('<p>It is'),
    });
    expect(header('auto-submitted')).toBe('auto-replied');
    expect(header('x-convene-loop')).toBe('support@example.com');
    expect(conversationOf(parsed.replyTo?.[0]?.address ?? '', account.id, account.secrets)).toBe(conversation);
  });

  it('cannot be talked into more headers or recipients by names and subjects', async () => {
    const evil = 'x\r\nBcc: spy@evil.example\r\n\r\nbody';
    const raw = await writeMail(
      outboundOf('email', { subject: evil, to: { handle: 'kim@customer.example', name: evil }, inReplyTo: evil }),
      { address: 'support@example.com', fromName: evil },
      now,
    );
    const parsed = await PostalMime.parse(raw);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headers.some(({ key }) => key === 'bcc')).toBe(false);
    expect(parsed.to).toHaveLength(1);
  });

  it('is found again by a reply to its address, and only by one that was signed for this account', async () => {
    const address = replyAddress(account.address, account.id, conversation, account.secrets[0] ?? '') ?? '';
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
    const reply = (to: string) => read(`From: kim@customer.example\r\nTo: <${to}>\r\n\r\nHello`);
    expect(await reply(address.toUpperCase())).toMatchObject({ signedConversationId: conversation });
    for (let at = address.indexOf('+c') + 2; at < address.indexOf('@'); at += 1) {
      const changed = address.slice(0, at) + (address[at] === 'a' ? 'b' : 'a') + address.slice(at + 1);
      expect(await reply(changed), `character ${at}`).toMatchObject({ signedConversationId: undefined });
    }
    expect(conversationOf(address, 'another-account', account.secrets)).toBeUndefined();
    expect(conversationOf(address, account.id, ['another secret'])).toBeUndefined();
    expect(replyAddress(`${'x'.repeat(40)}@example.com`, account.id, conversation, 's')).toBeUndefined();
  });
});

describe('the quoted history', () => {
  it.each<[string, string, string, string | undefined]>([
    ['is cut below an attribution', 'Yes\n\nOn Monday X wrote:\n> old\n> older', 'Yes', 'On Monday X wrote:\n> old\n> older'],
    ['is cut in any language', 'Ja\n\nAm Montag schrieb X:\n\n> alt', 'Ja', 'Am Montag schrieb X:\n\n> alt'],
    ['is cut without an attribution', 'Yes\n> old', 'Yes', '> old'],
    [
      "is cut at Outlook's headers",
      'Yes\n\n________________________________\nFrom: X\nSent: Monday\nTo: Y\nSubject: Z\n\nold',
      'Yes',
      '________________________________\nFrom: X\nSent: Monday\nTo: Y\nSubject: Z\n\nold',
    ],
    ['is cut at its mark', 'Yes\n-----Original Message-----\nold', 'Yes', '-----Original Message-----\nold'],
    ['stays where answers stand between it', '> one?\nyes\n> two?\nno', '> one?\nyes\n> two?\nno', undefined],
    ['stays where nothing else is left', '> only this', '> only this', undefined],
    ['stays where there is none', 'From: here to there\nis a way', 'From: here to there\nis a way', undefined],
  ])('%s', (_name, text, visible, quoted) => {
    expect(splitQuote(text, 'Re: x')).toEqual({ text: visible, ...(quoted !== undefined && { quoted }) });
  });

  it('stays in a forwarded mail', () => {
    const text = 'See below\n\nFrom: X\nSent: Monday\nTo: Y\nSubject: Z\n\nold';
    expect(splitQuote(text, 'FW: Z')).toEqual({ text });
  });
});

describe('the text of HTML', () => {
  it.each<[string, string, string]>([
    ['lines and paragraphs', '<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree'],
    ['entities', 'a &amp; b &lt;c&gt; &#8364; &#x1F44D; &nope; &#xD800;', 'a & b <c> € 👍 &nope; �'],
    ['lists and tables', '<ul><li>a<li>b</ul><table><tr><td>1<td>2</tr></table>', '- a\n- b\n\n1 2'],
    ['quotes', 'x<blockquote>a<blockquote>b</blockquote></blockquote>y', 'x\n\n> a\n\n> > b\n\ny'],
    ['no scripts, styles and comments', '<style>p{}</style><script>alert("</p>")</script><!-- x -->y', 'y'],
    ['preformatted text', '<pre>a\n  b</pre>', 'a\n  b'],
    ['what is left open', 'a <b', 'a'],
    ['a bracket that opens nothing', '1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['attributes with brackets', '<a title="a>b" href=x>link</a>', 'link'],
  ])('reads %s', (_name, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
