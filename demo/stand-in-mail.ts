/** A mail server that takes whatever it is sent, for everybody. */
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import PostalMime from 'postal-mime';
import type { Address, Attachment } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import type { Desk } from './stand-in.ts';

const limit = 50_000_000;

const bare = (id: string) => id.replace(/^<|>$/g, '');
const addresses = (list: Address[] | undefined): string[] => (list ?? []).flatMap((entry) => entry.group ?? [entry]).map(({ address = '' }) => address);

function bytesOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
}

/** HTML whose pictures lie in the same mail has them inside it. */
function withPictures(html: string, files: Attachment[]): string {
  return files.reduce((all, file) => {
    const id = file.contentId && bare(file.contentId);
    return id && file.mimeType.startsWith('image/')
      ? all.replaceAll(`cid:${id}`, `data:${file.mimeType};base64,${Buffer.from(bytesOf(file)).toString('base64')}`)
      : all;
  }, html);
}

export function mailStandIn(desk: Desk): SMTPServer {
  async function take(stream: Readable, session: SMTPServerSession): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const mail = await PostalMime.parse(Buffer.concat(parts));
    const cc = addresses(mail.cc);
    const attachments = mail.attachments.map((file) => {
      const bytes = bytesOf(file);
      const name = file.filename ?? 'file';
      return { id: desk.media.keep({ name, type: file.mimeType, bytes }), name, type: file.mimeType, size: bytes.length };
    });
    desk.outbox.keep({
      channel: 'email',
      to: session.envelope.rcptTo[0]?.address ?? '',
      text: (mail.text ?? '').trimEnd(),
      subject: mail.subject,
      messageId: bare(mail.messageId ?? ''),
      from: mail.from?.address,
      replyTo: addresses(mail.replyTo)[0],
      headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
      ...(cc.length > 0 && { cc }),
      ...(mail.html && { html: withPictures(mail.html, mail.attachments) }),
      ...(attachments.length > 0 && { attachments }),
    });
  }

  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: limit,
    logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: 'demo' }),
    onData: callbackify(take),
  });
}
