/** Mail as customers and their servers write it. */
import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { signOwn } from '../server/channels/signatures.ts';
import { firstSecret } from './inbound-message.ts';
import type { Build, DemoInbound, Payload, Scene } from './inbound-message.ts';

const ids = (value: string): string[] => value.match(/<[^<>\s]+>/g) ?? [];

/** The thread so far, by what the answered mail itself says. */
function threadOf({ about, inReplyTo }: DemoInbound): string[] {
  const before = about?.headers?.find(({ name }) => name.toLowerCase() === 'references')?.value ?? '';
  return [...ids(before), ...(inReplyTo ? [`<${inReplyTo}>`] : [])];
}

/** A person's mail, or with `auto_reply` that of their absence. It goes to where the answered mail asks for answers. */
async function compose(message: DemoInbound, { account, now }: Scene): Promise<Uint8Array> {
  const { from, name = '', subject = '', text, html, files = [], inReplyTo, about, kind } = message;
  const mail = new MailComposer({
    from: { name, address: from },
    to: about?.replyTo ?? account.address,
    subject,
    text,
    html,
    date: now,
    messageId: `<${message.externalId ?? `${randomUUID()}@customer.example`}>`,
    ...(inReplyTo && { inReplyTo: `<${inReplyTo}>`, references: threadOf(message) }),
    ...(kind === 'auto_reply' && { headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', Precedence: 'auto_reply' } }),
    attachments: files.map((file) => ({ filename: file.name, contentType: file.type, content: Buffer.from(file.bytes) })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** A header field's value on one line, in ASCII. */
const field = (value: string) => value.replace(/[^\x20-\x7e]/g, '?');

/** A delivery report (RFC 3464): the recipient's server could not deliver a mail of ours. */
function bounce({ from, text, inReplyTo = '', about, externalId = `${randomUUID()}@mx.customer.example` }: DemoInbound, { account, now }: Scene): Uint8Array {
  const border = `report-${randomUUID()}`;
  const reason = field(text || '550 5.1.1 The mailbox does not exist').replace(/^(?!\d{3} )/, '550 ');
  const server = from.slice(from.lastIndexOf('@') + 1);
  const returned = about?.headers?.map(({ name, value }) => `${field(name)}: ${field(value)}`) ?? [`Message-ID: <${inReplyTo}>`, `To: ${from}`];
  const part = (type: string, lines: string[]) => [`--${border}`, `Content-Type: ${type}`, '', ...lines, ''];
  return Buffer.from(
    [
      `From: Mail Delivery System <MAILER-DAEMON@${server}>`,
      `To: ${account.address}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${externalId}>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${border}"`,
      '',
      ...part('text/plain; charset=utf-8', [`Your mail to ${from} could not be delivered:`, reason]),
      ...part('message/delivery-status', [
        `Reporting-MTA: dns; mx.${server}`,
        '',
        `Final-Recipient: rfc822; ${from}`,
        'Action: failed',
        `Status: ${/\b5\.\d+\.\d+\b/.exec(reason)?.[0] ?? '5.0.0'}`,
        `Diagnostic-Code: smtp; ${reason}`,
      ]),
      ...part('text/rfc822-headers', returned),
      `--${border}--`,
      '',
    ].join('\r\n'),
  );
}

export const email: Build = (message, scene) => (['message', 'auto_reply', 'bounce'].includes(message.kind ?? 'message') ? send(message, scene) : null);

async function send(message: DemoInbound, scene: Scene): Promise<Payload> {
  const body = message.kind === 'bounce' ? bounce(message, scene) : await compose(message, scene);
  return { body, headers: { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(firstSecret(scene.account), body, scene.now) } };
}
