import { z } from 'zod';
import type { ChannelAccountConfig, InboundEvent, ResolveHost, SendResult, TestStep } from '../channel.ts';
import { cleanEvent } from '../clean.ts';
import { defineChannel } from '../define.ts';
import { verifyOwn } from '../signatures.ts';
import type { ImapServer } from './imap.ts';
import { hostFault, loginImap, loginSmtp } from './login.ts';
import { readMail } from './read.ts';
import { replyAddress } from './reply-address.ts';
import { handIn, noSession } from './smtp.ts';
import type { SmtpServer } from './smtp.ts';
import { messageIdOf, writeMail } from './write.ts';

const Settings = z.object({
  fromName: z.string().max(100).optional(),
  smtpHost: z.string().max(253).optional(),
  smtpPort: z.number().int().min(1).max(65_535).default(587),
  smtpSecurity: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  imapHost: z.string().max(253).optional(),
  imapPort: z.number().int().min(1).max(65_535).default(993),
  /** TLS from the first byte; else by STARTTLS. */
  imapSecure: z.boolean().default(true),
  imapUser: z.string().max(320).optional(),
  imapFolders: z.array(z.string().min(1).max(200)).min(1).max(20).default(['INBOX']),
  /** Whether mail to `address+anything` arrives too: replies then name their conversation by a signed address. */
  plusAddressing: z.boolean().default(true),
  /** How many mails a day agents may send to one address by themselves; what is more waits for a person. */
  automaticPerDay: z.number().int().min(1).max(1_000).default(20),
});
const Credentials = z.object({
  webhookSecrets: z.array(z.string().min(16)).max(2).optional(),
  smtpUser: z.string().optional(),
  smtpPass: z.string().optional(),
  imapPassword: z.string().optional(),
});

/** The mailbox that an account is to be read from by IMAP, or what it lacks for that. */
export function mailboxOf({
  settings,
  credentials,
}: Pick<ChannelAccountConfig, 'settings' | 'credentials'>): { server: Omit<ImapServer, 'address'>; folders: string[] } | { lacks: string[] } {
  const read = Settings.safeParse(settings);
  const known = Credentials.safeParse(credentials);
  if (!read.success || !known.success) return { lacks: ['valid settings'] };
  const { imapHost: host, imapPort: port, imapSecure: secure, imapUser: user, imapFolders: folders } = read.data;
  const password = known.data.imapPassword;
  if (host && user && password) return { server: { host, port, secure, user, password }, folders: [...new Set(folders)] };
  return {
    lacks: [
      ['settings.imapHost', host],
      ['settings.imapUser', user],
      ['credentials.imapPassword', password],
    ].flatMap(([name, value]) => (name && !value ? [name] : [])),
  };
}

/** What reply addresses may be signed with: those that went out under the account's webhook secret are still about. */
const signedBy = ({ replyKeys }: Pick<ChannelAccountConfig, 'replyKeys'>, webhookSecrets: readonly string[] = []): string[] => [
  ...replyKeys,
  ...webhookSecrets,
];

/** What a raw mail of an account says: the same as when its webhook brought it. Never rejects. @param raw given away, as `parseMime` takes it */
export async function readLetter(raw: Uint8Array, account: ChannelAccountConfig, now: Date): Promise<InboundEvent> {
  const secrets = signedBy(account, Credentials.safeParse(account.credentials).data?.webhookSecrets);
  try {
    return cleanEvent(await readMail(raw, { id: account.id, address: account.address, secrets }, now), now);
  } catch {
    return { type: 'unknown', what: 'a mail that could not be read' };
  }
}

/** Does something with a server at the address that its host has now, or else what is to be said of its having none. */
async function found<S extends Omit<SmtpServer | ImapServer, 'address'>, T>(
  server: S,
  resolve: ResolveHost,
  use: (at: S & { address: string }) => Promise<T>,
  otherwise: (error: unknown) => T,
): Promise<T> {
  let address: string;
  try {
    address = await resolve(server.host);
  } catch (error) {
    return otherwise(error);
  }
  return use({ ...server, address });
}

/** A host inside is refused for good; one that has no address may have one later. */
function unreachable(error: unknown): SendResult {
  const { words, isInside } = hostFault(error);
  return isInside ? { ok: false, kind: 'failed', error: words } : noSession(new Error(words));
}

/**
 * Mail. In: the raw mail (`message/rfc822`), posted by the mail server or a forwarding service and signed with
 * `X-Convene-Signature`; or fetched by IMAP, which is not this interface's but `imap.ts`'s. Out:
 * SMTP, which knows no idempotency key, so a session that breaks off after the mail was handed over is a doubt.
 */
export const email = defineChannel({
  kind: 'email',
  delivery: 'provider',
  idempotent: false,
  limits: { maxText: 500_000, subject: true, html: true, attachments: { maxCount: 50, maxBytes: 25_000_000 } },
  settings: Settings,
  credentials: Credentials,
  needs: { receive: ['credentials.webhookSecrets'], send: ['settings.smtpHost'] },
  verify: (request, { credentials }, now) => verifyOwn(credentials.webhookSecrets ?? [], request.headers.get('x-convene-signature'), request.body, now),
  async parse(request, account, now) {
    const { id, address, credentials } = account;
    return [await readMail(request.body, { id, address, secrets: signedBy(account, credentials.webhookSecrets) }, now)];
  },
  async send(message, { id, address, settings, credentials, replyKeys: [key] }, ctx) {
    const { fromName, smtpHost = '', smtpPort, smtpSecurity, plusAddressing } = settings;
    const replyTo = plusAddressing && key !== undefined ? replyAddress(address, id, message.conversationId, key) : undefined;
    const raw = await writeMail(message, { address, fromName, replyTo }, ctx.now);
    const copies = [...new Set([...(message.cc ?? []), ...(message.bcc ?? [])].map(({ handle }) => handle))].filter((handle) => handle !== message.to.handle);
    const envelope = { from: address, to: message.to.handle, copies };
    const server = { host: smtpHost, port: smtpPort, security: smtpSecurity, user: credentials.smtpUser, pass: credentials.smtpPass };
    return found(server, ctx.resolveHost, (at) => handIn(at, envelope, raw, messageIdOf(message, address), ctx.signal), unreachable);
  },
  async test({ settings, credentials }, ctx) {
    const { smtpHost: host, smtpPort: port, smtpSecurity: security } = settings;
    const mailbox = mailboxOf({ settings, credentials });
    const smtp = { host: host ?? '', port, security, user: credentials.smtpUser, pass: credentials.smtpPass };
    const failed =
      (name: TestStep['name']) =>
      (error: unknown): TestStep => ({ name, ok: false, detail: hostFault(error).words });
    const steps = [
      ...(host ? [found(smtp, ctx.resolveHost, (at) => loginSmtp(at, ctx.signal), failed('smtp'))] : []),
      ...('server' in mailbox ? [found(mailbox.server, ctx.resolveHost, (at) => loginImap(at, ctx.signal), failed('imap'))] : []),
    ];
    return Promise.all(steps);
  },
});
