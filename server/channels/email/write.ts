import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutboundMessage } from '../channel.ts';
import { withNumberedRoutes } from '../routes.ts';
import { loopHeader } from './origin.ts';

/** The sending side of a mail account. */
interface MailSender {
  address: string;
  fromName?: string;
  replyTo?: string;
}

/** The Message-ID of a message of ours, without angle brackets: the same at every attempt, so receivers can drop a repetition. */
export function messageIdOf(message: OutboundMessage, address: string): string {
  return `${message.id}@${address.slice(address.lastIndexOf('@') + 1)}`;
}

/**
 * The raw mail (RFC 5322) of a message: threaded by In-Reply-To and References, marked as our own by a loop header,
 * and as automatic (RFC 3834) where no person wrote or approved it.
 */
export async function writeMail(message: OutboundMessage, sender: MailSender, now: Date): Promise<Uint8Array> {
  const { to, cc = [], subject = '', html, attachments, inReplyTo, references = [], automatic } = message;
  const thread = [...new Set([...references, ...(inReplyTo ? [inReplyTo] : [])])].slice(-50);
  const automaticHeaders = { 'Auto-Submitted': inReplyTo ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  const mail = new MailComposer({
    from: { name: sender.fromName ?? '', address: sender.address },
    replyTo: sender.replyTo,
    to: { name: to.name ?? '', address: to.handle },
    cc: cc.map(({ handle, name }) => ({ name: name ?? '', address: handle })),
    subject,
    date: now,
    messageId: `<${messageIdOf(message, sender.address)}>`,
    inReplyTo: inReplyTo && `<${inReplyTo}>`,
    references: thread.map((id) => `<${id}>`),
    headers: { [loopHeader]: sender.address, ...(automatic && automaticHeaders) },
    text: withNumberedRoutes(message),
    html,
    attachments: attachments.map(({ name, type, bytes }) => ({ filename: name, contentType: type, content: Buffer.from(bytes) })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}
