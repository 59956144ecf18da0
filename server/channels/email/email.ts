import { z } from 'zod';
import { defineChannel } from '../define.ts';
import { verifyOwn } from '../signatures.ts';
import { readMail } from './read.ts';
import { replyAddress } from './reply-address.ts';
import { handIn } from './smtp.ts';
import { messageIdOf, writeMail } from './write.ts';

/**
 * Mail. In: the raw mail (`message/rfc822`), posted by the mail server or a forwarding service and signed with
 * `X-Convene-Signature`. Out: SMTP. SMTP knows no idempotency key, so a session that breaks off after the mail was
 * handed over is a doubt.
 */
export const email = defineChannel({
  kind: 'email',
  delivery: 'provider',
  idempotent: false,
  limits: { maxText: 500_000, subject: true, html: true, attachments: { maxCount: 50, maxBytes: 25_000_000 } },
  settings: z.object({
    fromName: z.string().max(100).optional(),
    smtpHost: z.string().max(253).optional(),
    smtpPort: z.number().int().min(1).max(65_535).default(587),
    smtpSecurity: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    /** Whether mail to `address+anything` arrives too: replies then name their conversation by a signed address. */
    plusAddressing: z.boolean().default(true),
  }),
  credentials: z.object({
    webhookSecrets: z.array(z.string().min(16)).max(2).optional(),
    smtpUser: z.string().optional(),
    smtpPass: z.string().optional(),
  }),
  needs: { receive: ['credentials.webhookSecrets'], send: ['settings.smtpHost'] },
  verify: (request, { credentials }, now) =>
    verifyOwn(credentials.webhookSecrets ?? [], request.headers.get('x-convene-signature'), request.body, now),
  async parse(request, { id, address, credentials }, now) {
    return [await readMail(request.body, { id, address, secrets: credentials.webhookSecrets ?? [] }, now)];
  },
  async send(message, { id, address, settings, credentials }, ctx) {
    const { fromName, smtpHost = '', smtpPort, smtpSecurity, plusAddressing } = settings;
    const [secret] = credentials.webhookSecrets ?? [];
    const replyTo = plusAddressing && secret ? replyAddress(address, id, message.conversationId, secret) : undefined;
    const raw = await writeMail(message, { address, fromName, replyTo }, ctx.now);
    const envelope = { from: address, to: [message.to, ...(message.cc ?? [])].map(({ handle }) => handle) };
    const server = { host: smtpHost, port: smtpPort, security: smtpSecurity, user: credentials.smtpUser, pass: credentials.smtpPass };
    return handIn(server, envelope, raw, messageIdOf(message, address), ctx.signal);
  },
});
