import { randomBytes, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { webhookUrl, type ChannelAccountConfig } from '../server/channels/channel.ts';
import { signHub, signOwn, signStandard, signTwilio } from '../server/channels/signatures.ts';

/** A customer's message as the demo is asked to play it. */
export interface DemoInbound {
  /** The customer's handle on that channel. */
  from: string;
  name?: string;
  text: string;
  subject?: string;
  /** The provider's id of the message; a fresh one by default. The same id again is the same message again. */
  externalId?: string;
  inReplyTo?: string;
}

/** A webhook call ready to be made. */
export interface SignedRequest {
  method: 'POST';
  /** Where to post it, with its path below `publicUrl`. */
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

type Payload = { body: Uint8Array; headers: Record<string, string> };
type Build = (message: DemoInbound, account: ChannelAccountConfig, url: string, now: Date) => Promise<Payload> | Payload;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const firstSecret = (account: ChannelAccountConfig) => text([account.credentials['webhookSecrets']].flat()[0]);
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const digits = (handle: string) => handle.replace(/^\+/, '');

const email: Build = async (message, account, _url, now) => {
  const { from, name = '', subject = '', externalId = `${randomUUID()}@customer.example`, inReplyTo } = message;
  const mail = new MailComposer({
    from: { name, address: from }, to: account.address, subject, text: message.text, date: now, messageId: `<${externalId}>`,
    ...(inReplyTo && { inReplyTo: `<${inReplyTo}>`, references: [`<${inReplyTo}>`] }),
  });
  const body = await mail.compile().build();
  return { body, headers: { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(firstSecret(account), body, now) } };
};

const sms: Build = (message, account, url) => {
  const form = new URLSearchParams({
    MessageSid: message.externalId ?? `SM${randomBytes(16).toString('hex')}`, AccountSid: text(account.settings['accountSid']),
    From: message.from, To: account.address, Body: message.text, NumMedia: '0', SmsStatus: 'received',
  });
  const signature = signTwilio(text(account.credentials['authToken']), url, form);
  return { body: Buffer.from(form.toString()), headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature } };
};

function signMeta(account: ChannelAccountConfig, payload: unknown): Payload {
  const body = json(payload);
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signHub(text(account.credentials['appSecret']), body) } };
}

const whatsapp: Build = (message, account, _url, now) => {
  const { from, name, externalId = `wamid.${randomBytes(16).toString('hex')}`, inReplyTo } = message;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: digits(account.address), phone_number_id: account.settings['phoneNumberId'] },
    contacts: [{ wa_id: digits(from), profile: { name } }],
    messages: [{
      id: externalId, from: digits(from), timestamp: String(Math.floor(now.getTime() / 1000)), type: 'text', text: { body: message.text },
      ...(inReplyTo && { context: { id: inReplyTo } }),
    }],
  };
  return signMeta(account, { object: 'whatsapp_business_account', entry: [{ id: '0', changes: [{ field: 'messages', value }] }] });
};

const instagram: Build = (message, account, _url, now) => {
  const { from, externalId = `mid.${randomBytes(16).toString('hex')}`, inReplyTo } = message;
  const id = text(account.settings['instagramId']);
  const item = {
    sender: { id: from }, recipient: { id }, timestamp: now.getTime(),
    message: { mid: externalId, text: message.text, ...(inReplyTo && { reply_to: { mid: inReplyTo } }) },
  };
  return signMeta(account, { object: 'instagram', entry: [{ id, time: now.getTime(), messaging: [item] }] });
};

/** A call that has just ended, in which the customer said one thing. */
const voice: Build = (message, account, _url, now) => {
  const { from, name, externalId = `call-${randomUUID()}` } = message;
  const body = json({
    callId: externalId, revision: 1, from, name, startedAt: new Date(now.getTime() - 60_000).toISOString(),
    turns: [{ speaker: 'contact', name, text: message.text, atSeconds: 2 }], ended: true, durationSeconds: 60,
  });
  return { body, headers: { 'content-type': 'application/json', 'x-convene-signature': signOwn(firstSecret(account), body, now) } };
};

const custom: Build = (message, account, _url, now) => {
  const { from, name, subject, externalId = randomUUID(), inReplyTo } = message;
  const body = json({ type: 'message', data: { id: externalId, from: { handle: from, name }, text: message.text, subject, inReplyTo } });
  return { body, headers: { 'content-type': 'application/json', ...signStandard([firstSecret(account)], `msg_${externalId}`, body, now) } };
};

const builders: Partial<Record<ChannelAccountConfig['kind'], Build>> = { email, sms, whatsapp, instagram, voice, custom };

/**
 * The provider's own payload for a customer's message, signed with the account's secret, ready to be posted to the
 * account's real webhook under `publicUrl`. Null for channels that have no webhook (chat, linkedin).
 */
export async function buildInbound(
  message: DemoInbound, account: ChannelAccountConfig, publicUrl: string, now: Date,
): Promise<SignedRequest | null> {
  const url = webhookUrl(publicUrl, account.id);
  const payload = await builders[account.kind]?.(message, account, url, now);
  return payload ? { method: 'POST', url, ...payload } : null;
}
