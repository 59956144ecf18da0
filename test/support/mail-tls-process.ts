/** Sends a mail and reads a mailbox from a process that trusts NODE_EXTRA_CA_CERTS; says what came of it as JSON. */
import { watchMailbox } from '../../server/channels/email/imap.ts';
import type { ImapServer } from '../../server/channels/email/imap.ts';
import { handIn } from '../../server/channels/email/smtp.ts';
import type { SmtpServer } from '../../server/channels/email/smtp.ts';

const { smtp, imap } = JSON.parse(process.env['MAIL_SERVERS'] ?? '{}') as { smtp: SmtpServer[]; imap: ImapServer };
const envelope = { from: 'support@example.com', to: 'kim@customer.example', copies: [] };
const sent = [];
for (const server of smtp)
  sent.push(await handIn({ ...server, address: '127.0.0.1' }, envelope, Buffer.from('Subject: Hi\r\n\r\nHello'), 'an-id', AbortSignal.timeout(10_000)));
const read: string[] = [];
const stop = new AbortController();
await watchMailbox(
  { ...imap, address: '127.0.0.1' },
  ['INBOX'],
  {
    placeOf: async () => null,
    since: () => new Date(0),
    take: async ({ raw }) => void read.push(Buffer.from(raw ?? []).toString()),
    reached: async () => {},
    settled: async () => stop.abort(),
  },
  stop.signal,
);
process.stdout.write(JSON.stringify({ sent, read }));
