/** `POST /demo/inbound`: what a customer or a provider does, played through the door that it really comes by. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { check, readBytes } from '../server/api/body.ts';
import { invalid, ProblemError } from '../server/api/problem.ts';
import type { AppDeps } from '../server/app.ts';
import { Channel, MessageText } from '../server/contract/common.ts';
import { accountOfWebhook } from '../server/db/accounts.ts';
import { visitorToken } from './host.ts';
import { inboundKinds } from './inbound-message.ts';
import type { DemoInbound } from './inbound-message.ts';
import { buildInbound } from './inbound.ts';
import type { Choice, OutboxItem, Reported } from './outbox.ts';
import type { Providers } from './providers.ts';
import { accountId } from './seed/write.ts';

const line = z.string().trim().min(1).max(320);
const id = z.string().regex(/^[\x21-\x7e]{1,400}$/, 'must be visible ASCII');

/** Bytes of a request: what a mail may carry, in base64. */
const maxBody = 36_000_000;

const File = z.strictObject({
  name: z.string().min(1).max(255),
  type: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .max(127),
  base64: z.base64(),
});

const Turn = z.strictObject({
  speaker: z.enum(['contact', 'agent', 'operator']),
  name: z.string().max(320).optional(),
  text: z.string().max(5_000),
  atSeconds: z.number().nonnegative(),
});
const Call = z.strictObject({
  revision: z.number().int().nonnegative(),
  startedAt: z.iso.datetime({ offset: true }),
  turns: z.array(Turn).max(1_000),
  ended: z.boolean(),
  durationSeconds: z.number().nonnegative().optional(),
  recordingUrl: z.url().optional(),
  note: z.string().max(5_000).optional(),
});

const Inbound = z
  .strictObject({
    channel: Channel.exclude(['linkedin']),
    kind: z.enum(inboundKinds).default('message'),
    /** The customer's handle on that channel; for the chat, its id in the shop. */
    from: line,
    name: line.optional(),
    /** May be left out where there is something else to send or tell. */
    text: MessageText.optional(),
    subject: z.string().max(2_000).optional(),
    html: z.string().max(1_000_000).optional(),
    files: z.array(File).max(20).optional(),
    externalId: id.max(200).optional(),
    inReplyTo: id.optional(),
    /** What was tapped, by what it carries or what stands on it. */
    choice: z.union([z.strictObject({ id: z.string().min(1).max(256) }), z.strictObject({ title: z.string().min(1).max(256) })]).optional(),
    call: Call.optional(),
  })
  .superRefine(({ kind, text, files = [], choice, inReplyTo, call }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (['message', 'auto_reply', 'echo', 'reaction'].includes(kind) && !text && files.length === 0 && !choice) refuse('text', 'is missing');
    if (['reaction', 'delivered', 'read', 'failed', 'bounce'].includes(kind) && !inReplyTo) refuse('inReplyTo', 'is missing');
    if ((kind === 'call') !== (call !== undefined)) refuse('call', 'goes with the kind call');
  });
type Inbound = z.output<typeof Inbound>;

/** What was played, as the customer's own device keeps it. */
export interface PlayedItem {
  channel: Channel;
  kind: Inbound['kind'];
  from: string;
  name?: string;
  text: string;
  subject?: string;
  externalId: string;
  inReplyTo?: string;
  attachments: { id: string; name: string; type: string; size: number }[];
  /** What the webhook answered. */
  status: number;
  at: string;
}

/** What shows on a device; reports about other messages do not. */
const shown: ReadonlySet<Inbound['kind']> = new Set(['message', 'auto_reply', 'echo', 'reaction']);
const reported: Partial<Record<Inbound['kind'], Reported>> = { delivered: 'delivered', read: 'read', failed: 'failed', bounce: 'bounced' };
/** How many played messages are kept. */
const kept = 2_000;

interface PlayDeps extends Pick<AppDeps, 'config' | 'db' | 'publicUrl'> {
  providers: Providers;
}

export class Stage {
  private played: PlayedItem[] = [];

  constructor(private readonly deps: PlayDeps) {}

  /** What was played on one channel, or on all, oldest first. */
  list(channel?: Channel): PlayedItem[] {
    return this.played.filter((item) => channel === undefined || item.channel === channel);
  }

  clear(): void {
    this.played = [];
  }

  /**
   * Plays what a request asks for.
   * @returns what our own door answered
   * @throws ProblemError where the request cannot be understood
   */
  async play(request: Request): Promise<number> {
    const { channel, files = [], choice, ...rest } = check(Inbound, await readBody(request));
    const item = rest.inReplyTo || choice ? this.itemFor(channel, rest, choice) : undefined;
    const chosen = choice && choiceOf(item, choice);
    if (choice && !chosen) throw invalid('choice', 'was not offered to this customer');
    const message: DemoInbound = {
      ...rest,
      text: rest.text ?? '',
      files: files.map(({ name, type, base64 }) => ({ name, type, bytes: Buffer.from(base64, 'base64') })),
      about: item,
      ...(chosen && item && { choice: chosen, inReplyTo: item.messageId }),
      externalId: rest.externalId ?? (shown.has(rest.kind) && channel !== 'chat' ? freshId(channel) : undefined),
    };
    const status = channel === 'chat' ? await this.writeAsVisitor(message) : await this.playWebhook(channel, message);
    this.remember(channel, message, status);
    return status;
  }

  /** What the customer answers: the message that is named, or the last one that offered this choice. */
  private itemFor(channel: Channel, { from, inReplyTo }: Pick<Inbound, 'from' | 'inReplyTo'>, choice: Inbound['choice']): OutboxItem | undefined {
    const theirs = this.deps.providers.outbox(channel).toReversed();
    if (inReplyTo) return theirs.find((item) => item.messageId === inReplyTo);
    return theirs.find((item) => item.to === from && choice && choiceOf(item, choice));
  }

  private remember(channel: Channel, message: DemoInbound, status: number): void {
    const { kind = 'message', from, name, text, subject, externalId = '', inReplyTo, files = [], choice } = message;
    const { media, mark } = this.deps.providers;
    const about = reported[kind];
    if (about && inReplyTo && status === 200) mark(inReplyTo, about);
    if (!shown.has(kind) || this.played.some((item) => externalId !== '' && item.externalId === externalId)) return;
    const attachments = files.map((file) => ({ id: media.keep(file), name: file.name, type: file.type, size: file.bytes.length }));
    this.played.push({
      channel,
      kind,
      from,
      name,
      text: choice?.title ?? text,
      subject,
      externalId,
      inReplyTo,
      attachments,
      status,
      at: new Date().toISOString(),
    });
    if (this.played.length > kept) this.played.shift();
  }

  /** As the widget does: a session for who writes, then the message. */
  private async writeAsVisitor({ from, name, text, externalId }: DemoInbound): Promise<number> {
    const { config } = this.deps;
    const opened = await this.post('/v1/chat/sessions', { workspace: 'demo', identityToken: await visitorToken(config.secret, from, name) });
    if (!opened.ok) return opened.status;
    const { token } = z.object({ token: z.string() }).parse(await opened.json());
    const sent = await this.post('/v1/chat/messages', { text }, { authorization: `Bearer ${token}`, ...(externalId && { 'idempotency-key': externalId }) });
    await sent.body?.cancel();
    return sent.status;
  }

  private post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.deps.publicUrl + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  /** As the provider does: its own payload, signed with the account's secret, to the account's webhook. */
  private async playWebhook(channel: Channel, message: DemoInbound): Promise<number> {
    const { db, config, publicUrl, providers } = this.deps;
    const found = await accountId(db.sql, 'demo', channel);
    const account = found ? await accountOfWebhook(db.sql, config.encryptionKeys, found) : null;
    if (!account) throw invalid('channel', 'has no account in the demo');
    const request = await buildInbound(message, account, publicUrl, new Date(), providers.hosts);
    if (!request) throw invalid('kind', 'is nothing that the provider of this channel tells');
    const { url, method, headers, body } = request;
    const answered = await fetch(url, { method, headers, body: new Uint8Array(body) });
    await answered.body?.cancel();
    return answered.status;
  }
}

const choiceOf = (item: OutboxItem | undefined, choice: NonNullable<Inbound['choice']>): Choice | undefined =>
  item?.choices?.find(({ id: own, title }) => ('id' in choice ? own === choice.id : title === choice.title));

/** As the provider would name a message. */
function freshId(channel: Channel): string {
  const hex = randomUUID().replaceAll('-', '');
  const forms: Partial<Record<Channel, string>> = {
    sms: `SM${hex}`,
    whatsapp: `wamid.${hex}`,
    instagram: `mid.${hex}`,
    email: `${hex}@customer.example`,
    voice: `call-${hex}`,
  };
  return forms[channel] ?? hex;
}

async function readBody(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, maxBody);
  try {
    return bytes.length === 0 ? {} : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProblemError('malformed', 'The body is not JSON in UTF-8.');
  }
}
