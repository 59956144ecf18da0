import type { Attachment } from 'postal-mime';
import type { InboundStatus } from '../channel.ts';
import { ownMessageId } from './origin.ts';

const contentText = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content).toString('utf8');

/** The fields of a header block, folded lines joined, names in lower case; the first of a name counts. */
function readFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(0, 200)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** What a recipient's `Action` (RFC 3464, 2.3.3) means for the message; a delay or a relay says only that it is on its way, and fails nothing. */
const actions: Record<string, InboundStatus['status']> = {
  failed: 'bounced',
  delivered: 'delivered',
  delayed: 'sent',
  relayed: 'sent',
  expanded: 'sent',
};

/**
 * Reads a delivery report (RFC 3464): which of our messages it is about, by the Message-ID of the mail that it returns,
 * and what became of it. Undefined when the attachments are no such report or it does not return the mail's headers.
 */
export function readBounce(attachments: Attachment[], at: Date): InboundStatus | undefined {
  const report = attachments.find((part) => part.mimeType === 'message/delivery-status');
  const returned = attachments.find((part) => part.mimeType === 'message/rfc822' || part.mimeType === 'text/rfc822-headers');
  if (!report || !returned) return undefined;
  const [head = ''] = contentText(returned)
    .slice(0, 200_000)
    .split(/\r?\n\r?\n/, 1);
  const externalId = /<([^<>\s]+)>/.exec(readFields(head).get('message-id') ?? '')?.[1];
  if (!externalId) return undefined;
  const recipients = contentText(report)
    .slice(0, 200_000)
    .split(/\r?\n\s*\r?\n/)
    .map(readFields)
    .filter((fields) => fields.has('action'));
  const worst = recipients.find((fields) => fields.get('action')?.toLowerCase().startsWith('failed')) ?? recipients[0];
  const status = actions[/^[a-z]+/.exec(worst?.get('action')?.toLowerCase() ?? '')?.[0] ?? ''];
  if (!worst || !status) return undefined;
  const words = (worst.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  const error = [worst.get('status'), words].filter(Boolean).join(' ');
  const late = worst.get('action')?.toLowerCase().startsWith('delayed');
  const messageId = ownMessageId(externalId);
  const recipient = /([^\s<>;]+@[^\s<>;]+)/.exec(worst.get('original-recipient') ?? worst.get('final-recipient') ?? '')?.[1]?.toLowerCase();
  return {
    type: 'status',
    externalId,
    status,
    at,
    ...(messageId && { messageId }),
    ...(recipient && { recipient }),
    ...(status === 'bounced' && { error: error || 'No reason was given.' }),
    ...(late && { error: `It is delayed: ${error || 'no reason was given'}` }),
  };
}
