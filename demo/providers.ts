/**
 * Stand-ins for the providers, on this machine only: Twilio's REST, Meta's Graph API, an SMTP server, and a receiver of
 * custom webhooks. They keep what they were sent in an outbox, and can report back that it was delivered.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { ChannelKind } from '../server/channels/channel.ts';
import { signHub, signTwilio } from '../server/channels/signatures.ts';

/** One message that a stand-in received. */
export interface OutboxItem {
  channel: ChannelKind;
  to: string;
  text: string;
  subject?: string;
  /** The id that the stand-in gave it, the same that `send` returned. */
  messageId: string;
  at: string;
}

export interface ProviderOptions {
  /**
   * Makes the stand-ins report `sent` and `delivered` to our webhooks, signed as the provider would. Twilio's call
   * itself names where to report; Meta's webhook is set up beforehand, so it is asked for by the sender's id.
   */
  callbacks?: { metaWebhook(senderId: string): { url: string; appSecret: string } | undefined };
}

export interface Providers {
  baseUrls: { twilio: string; meta: string; custom: string; smtp: { host: string; port: number } };
  /** What was received, oldest first; of one channel, or of all. */
  outbox(channel?: ChannelKind): OutboxItem[];
  /** Waits for callbacks on their way, then ends all servers. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
/** How many messages an outbox keeps; older ones are forgotten. */
const outboxSize = 10_000;
const bodyLimit = 10_000_000;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > bodyLimit) throw new RangeError('The body is too large.');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What the customer reads: the text, and below it, numbered, the choices that the provider would show as buttons. */
const withChoices = (text: string, labels: readonly string[]): string => [text, ...labels.map((label, index) => `${index + 1}. ${label}`)].join('\n');

/** The text of a Graph API payload, whatever kind of message it is. */
function graphText(payload: GraphPayload): string {
  const media = payload.image ?? payload.video ?? payload.document;
  const text = payload.text?.body ?? payload.interactive?.body?.text ?? payload.message?.text ?? media?.caption ?? media?.link ?? '';
  const { buttons = [], sections = [] } = payload.interactive?.action ?? {};
  const choices = [...buttons.map((button) => button.reply), ...sections.flatMap((section) => section.rows), ...(payload.message?.quick_replies ?? [])];
  return withChoices(text, choices.map((choice) => choice.title));
}

interface GraphChoice { title: string }
interface GraphMedia { link?: string; caption?: string }
interface GraphPayload {
  messaging_product?: string;
  to?: string;
  recipient?: { id?: string };
  text?: { body?: string };
  interactive?: { body?: { text?: string }; action?: { buttons?: { reply: GraphChoice }[]; sections?: { rows: GraphChoice[] }[] } };
  message?: { text?: string; quick_replies?: GraphChoice[] };
  image?: GraphMedia;
  video?: GraphMedia;
  document?: GraphMedia;
}

/** Starts all stand-ins on free ports of the loopback interface. */
export async function startProviders({ callbacks }: ProviderOptions = {}): Promise<Providers> {
  const items: OutboxItem[] = [];
  const seenWebhooks = new Set<string>();
  const pending = new Set<Promise<void>>();

  function keep(item: Omit<OutboxItem, 'at'>): void {
    items.push({ ...item, at: new Date().toISOString() });
    if (items.length > outboxSize) items.shift();
  }

  /** Posts to a webhook of ours; only ever to this machine. A webhook that is gone by now is no fault of the stand-in. */
  function report(url: string, headers: Record<string, string>, body: string): void {
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) return;
    const call = fetch(url, { method: 'POST', headers, body }).then(async (response) => void (await response.arrayBuffer()), () => undefined);
    pending.add(call);
    void call.finally(() => pending.delete(call));
  }

  function twilio(request: IncomingMessage, response: ServerResponse, sid: string, body: Buffer): void {
    const [user, token = ''] = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString().split(':');
    if (user !== sid || token === '') return answer(response, 401, { code: 20003, message: 'Authenticate', status: 401 });
    const form = new URLSearchParams(body.toString());
    const to = form.get('To');
    if (!to) return answer(response, 400, { code: 21604, message: 'A To phone number is required.', status: 400 });
    const messageId = `SM${randomBytes(16).toString('hex')}`;
    keep({ channel: 'sms', to, text: form.get('Body') ?? '', messageId });
    answer(response, 201, { sid: messageId, status: 'queued' });
    const url = form.get('StatusCallback');
    if (!callbacks || !url) return;
    for (const status of ['sent', 'delivered']) {
      const callback = new URLSearchParams({ MessageSid: messageId, AccountSid: sid, MessageStatus: status, To: to });
      report(url, {
        'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signTwilio(token, url, callback),
      }, callback.toString());
    }
  }

  function reportMeta(senderId: string, messageId: string, to: string): void {
    const hook = callbacks?.metaWebhook(senderId);
    if (!hook) return;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const statuses = ['sent', 'delivered'].map((status) => ({ id: messageId, status, timestamp, recipient_id: to }));
    const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: senderId }, statuses };
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '0', changes: [{ field: 'messages', value }] }] });
    report(hook.url, { 'content-type': 'application/json', 'x-hub-signature-256': signHub(hook.appSecret, Buffer.from(body)) }, body);
  }

  function graph(request: IncomingMessage, response: ServerResponse, senderId: string, body: Buffer): void {
    if (!request.headers.authorization?.startsWith('Bearer ')) {
      return answer(response, 401, { error: { code: 190, message: 'Invalid OAuth access token.' } });
    }
    const payload = JSON.parse(body.toString()) as GraphPayload;
    if (payload.messaging_product === 'whatsapp') {
      const messageId = `wamid.${randomBytes(16).toString('hex')}`;
      keep({ channel: 'whatsapp', to: `+${payload.to}`, text: graphText(payload), messageId });
      answer(response, 200, { messaging_product: 'whatsapp', messages: [{ id: messageId }] });
      return reportMeta(senderId, messageId, payload.to ?? '');
    }
    const messageId = `mid.${randomBytes(16).toString('hex')}`;
    const to = payload.recipient?.id ?? '';
    keep({ channel: 'instagram', to, text: graphText(payload), messageId });
    return answer(response, 200, { recipient_id: to, message_id: messageId });
  }

  /** As a good receiver does: a `webhook-id` that was seen before is answered and not taken a second time. */
  function custom(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const id = String(request.headers['webhook-id'] ?? '');
    const { data } = JSON.parse(body.toString()) as { data: { to: { handle: string }; text: string; subject?: string; routes?: { label: string }[] } };
    const text = withChoices(data.text, (data.routes ?? []).map((route) => route.label));
    if (!seenWebhooks.has(id)) keep({ channel: 'custom', to: data.to.handle, text, subject: data.subject, messageId: id });
    seenWebhooks.add(id);
    answer(response, 200, { id });
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const path = request.url ?? '';
    const sid = /^\/twilio\/2010-04-01\/Accounts\/(\w+)\/Messages\.json$/.exec(path)?.[1];
    if (sid) return twilio(request, response, sid, body);
    const senderId = /^\/meta\/v\d+\.\d+\/(\w+)\/messages$/.exec(path)?.[1];
    if (senderId) return graph(request, response, senderId, body);
    if (path.startsWith('/custom')) return custom(request, response, body);
    return answer(response, 404, {});
  }

  async function takeMail(stream: Readable, session: SMTPServerSession): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const { text = '', subject, messageId = '' } = await PostalMime.parse(Buffer.concat(parts));
    const to = session.envelope.rcptTo[0]?.address ?? '';
    keep({ channel: 'email', to, text: text.trimEnd(), subject, messageId: messageId.replace(/^<|>$/g, '') });
  }

  const web = createServer((request, response) => {
    route(request, response).catch(() => answer(response, 400, { error: { message: 'The stand-in cannot read this.' } }));
  });
  const mail = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, size: bodyLimit * 5, logger: false,
    onAuth: (_auth, _session, done) => done(null, { user: 'demo' }),
    onData: callbackify(takeMail),
  });
  await Promise.all([
    new Promise<void>((resolve) => web.listen(0, host, resolve)),
    new Promise<void>((resolve) => mail.listen(0, host, resolve)),
  ]);
  const base = `http://${host}:${(web.address() as AddressInfo).port}`;
  const { port } = mail.server.address() as AddressInfo;

  return {
    baseUrls: { twilio: `${base}/twilio`, meta: `${base}/meta`, custom: `${base}/custom`, smtp: { host, port } },
    outbox: (channel) => items.filter((item) => channel === undefined || item.channel === channel),
    async close() {
      await Promise.all(pending);
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => mail.close(() => resolve())),
      ]);
    },
  };
}
