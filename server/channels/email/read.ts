import type { Address, Attachment, Email } from 'postal-mime';
import type { InboundAttachment, InboundEvent, Party } from '../channel.ts';
import { readBounce } from './bounce.ts';
import { htmlToText } from './html-text.ts';
import { Headers, originOf } from './origin.ts';
import { parseMime } from './parse-mime.ts';
import { splitQuote } from './quote.ts';
import { conversationOf } from './reply-address.ts';

/** How much of a mail's text is looked at, in UTF-16 units; a person's own words come first. */
const maxText = 1_000_000;

/** The mail account that a mail came to. */
interface MailAccount {
  id: string;
  address: string;
  /** Secrets under which reply addresses may be signed. */
  secrets: string[];
}

/** An address as servers compare it: without comments and spaces, in lower case. */
const bare = (address: string) =>
  address
    .replace(/\([^()]*\)/g, '')
    .replace(/\s/g, '')
    .toLowerCase();

function flatten(list: Address[] | undefined): Party[] {
  return (list ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .filter(({ address }) => address.includes('@'))
    .map(({ address, name }) => ({ handle: bare(address), ...(name && { name }) }));
}

/** Who wrote it: From, or where that names nobody Sender, Reply-To, and last the envelope's return path. */
function senderOf(mail: Email): Party | undefined {
  const envelope: Address[] = mail.returnPath ? [{ name: '', address: mail.returnPath }] : [];
  return flatten([mail.from, mail.sender, ...(mail.replyTo ?? []), ...envelope].filter((entry) => entry !== undefined))[0];
}

/** The ids in a header of Message-IDs, without their angle brackets. */
function idsOf(values: string[]): string[] {
  return [...new Set(values.join(' ').match(/<[^<>\s]{1,998}>/g) ?? [])].map((id) => id.slice(1, -1));
}

function readAttachment({ filename, mimeType, contentId, content, related }: Attachment): InboundAttachment {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  const id = contentId?.replace(/^<|>$/g, '');
  return { name: filename ?? undefined, type: mimeType, ...(related && id && { contentId: id }), source: { from: 'bytes', bytes } };
}

/** The text as the sender wrote it; of a mail that has only HTML, the text of that. */
function textOf(mail: Email): string {
  if (mail.text !== undefined && mail.text.trim() !== '') return mail.text.slice(0, maxText);
  return mail.html === undefined ? '' : htmlToText(mail.html.slice(0, maxText));
}

/**
 * Turns a raw mail (RFC 5322) into one event: a message, or for a delivery report about a mail of ours its status.
 * Mail that is hostile in size or depth, or names no sender, is `unknown`.
 * @param raw given away, as `parseMime` takes it
 */
export async function readMail(raw: Uint8Array, account: MailAccount, now: Date): Promise<InboundEvent> {
  let parsed: Awaited<ReturnType<typeof parseMime>>;
  try {
    parsed = await parseMime(raw);
  } catch {
    return { type: 'unknown', what: 'a mail that is too large, has too many parts or headers, or takes too long to read' };
  }
  const { mail, digest } = parsed;
  const headers = new Headers(mail.headers);
  const date = new Date(mail.date ?? Number.NaN);
  const at = Number.isNaN(date.getTime()) ? now : date;
  const status = readBounce(mail.attachments, now);
  if (status) return status;
  const from = senderOf(mail);
  if (!from) return { type: 'unknown', what: 'a mail without a sender' };
  const to = flatten(mail.to);
  const cc = flatten(mail.cc);
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => headers.all(name));
  const signedConversationId = [...to, ...cc]
    .map(({ handle }) => handle)
    .concat(delivered)
    .slice(0, 200)
    .map((address) => conversationOf(address, account.id, account.secrets))
    .find((id) => id !== undefined);
  const references = idsOf(headers.all('references'));
  const inReplyTo = idsOf(headers.all('in-reply-to'))[0] ?? references.at(-1);
  return {
    type: 'message',
    externalId: idsOf(headers.all('message-id'))[0] ?? `sha256:${digest}`,
    from,
    to,
    cc,
    subject: mail.subject,
    ...splitQuote(textOf(mail), mail.subject ?? ''),
    html: mail.html,
    attachments: mail.attachments.map(readAttachment),
    at,
    inReplyTo,
    references,
    signedConversationId,
    autoSubmitted: originOf(headers, from.handle, account.address.toLowerCase()),
  };
}
