import { randomBytes, randomUUID } from 'node:crypto';
import { webhookUrl } from '../server/channels/channel.ts';
import type { ChannelAccountConfig } from '../server/channels/channel.ts';
import { signOwn, signStandard, signTwilio } from '../server/channels/signatures.ts';
import { email } from './inbound-mail.ts';
import { asJson, asText, deposit, firstSecret } from './inbound-message.ts';
import type { Build, DemoInbound, MediaHosts } from './inbound-message.ts';
import { instagram, whatsapp } from './inbound-meta.ts';

export type { DemoInbound } from './inbound-message.ts';

/** A webhook call ready to be made. */
export interface SignedRequest {
  method: 'POST';
  /** Where to post it, with its path below `publicUrl`. */
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

const sms: Build = (message, scene) => {
  const { account, url } = scene;
  const { from, text, kind = 'message', inReplyTo = '', externalId = `SM${randomBytes(16).toString('hex')}` } = message;
  const accountSid = asText(account.settings['accountSid']);
  const sign = (form: URLSearchParams) => {
    const signature = signTwilio(asText(account.credentials['authToken']), url, form);
    return { body: Buffer.from(form.toString()), headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature } };
  };
  if (kind === 'delivered' || kind === 'read' || kind === 'failed') {
    const failure = kind === 'failed' && { ErrorCode: '30003' };
    return sign(
      new URLSearchParams({ MessageSid: inReplyTo, AccountSid: accountSid, MessageStatus: kind === 'failed' ? 'undelivered' : kind, To: from, ...failure }),
    );
  }
  if (kind !== 'message') return null;
  const files = deposit(message, scene);
  const form = new URLSearchParams({
    MessageSid: externalId,
    AccountSid: accountSid,
    From: from,
    To: account.address,
    Body: text,
    NumMedia: String(files.length),
    SmsStatus: 'received',
  });
  files.forEach(({ id, type, hosts }, index) => {
    form.set(`MediaUrl${index}`, `${hosts.twilio}/2010-04-01/Accounts/${accountSid}/Messages/${externalId}/Media/${id}`);
    form.set(`MediaContentType${index}`, type);
  });
  return sign(form);
};

/** What a telephone system tells of a call; without any of it, a call that has just ended, in which the customer said one thing. */
const voice: Build = (message, { account, now }) => {
  const { from, name, externalId = `call-${randomUUID()}`, call, kind = 'message' } = message;
  if (kind !== 'message' && kind !== 'call') return null;
  const said = {
    revision: 1,
    startedAt: new Date(now.getTime() - 60_000).toISOString(),
    turns: [{ speaker: 'contact', name, text: message.text, atSeconds: 2 }],
    ended: true,
    durationSeconds: 60,
  };
  const body = asJson({ callId: externalId, from, name, ...(call ?? said) });
  return { body, headers: { 'content-type': 'application/json', 'x-convene-signature': signOwn(firstSecret(account), body, now) } };
};

const custom: Build = (message, scene) => {
  const { from, name, subject, externalId = randomUUID(), inReplyTo, choice, kind = 'message' } = message;
  const { account, now } = scene;
  const sign = (payload: unknown) => {
    const body = asJson(payload);
    const id = kind === 'message' ? `msg_${externalId}` : `msg_${kind}_${inReplyTo}`;
    return { body, headers: { 'content-type': 'application/json', ...signStandard([firstSecret(account)], id, body, now) } };
  };
  if (kind === 'delivered' || kind === 'read' || kind === 'failed') {
    return sign({ type: 'status', data: { id: inReplyTo, status: kind, ...(kind === 'failed' && { error: message.text || 'The partner refused it.' }) } });
  }
  if (kind !== 'message') return null;
  const attachments = deposit(message, scene).map(({ id, name: file, type, hosts }) => ({ name: file, type, url: `${hosts.custom}/files/${id}` }));
  return sign({
    type: 'message',
    data: {
      id: externalId,
      from: { handle: from, name },
      text: choice?.title ?? message.text,
      subject,
      inReplyTo,
      ...(choice && { routeId: choice.id }),
      ...(attachments.length > 0 && { attachments }),
    },
  });
};

const builders: Partial<Record<ChannelAccountConfig['kind'], Build>> = { email, sms, whatsapp, instagram, voice, custom };

/**
 * The provider's own payload for a customer's message, or for what else it tells, signed with the account's secret, ready
 * to be posted to the account's real webhook under `publicUrl`. Null for channels that have no webhook (chat, linkedin)
 * or no such thing to tell. Files are left out where no `hosts` keep them.
 */
export async function buildInbound(
  message: DemoInbound,
  account: ChannelAccountConfig,
  publicUrl: string,
  now: Date,
  hosts?: MediaHosts,
): Promise<SignedRequest | null> {
  const url = webhookUrl(publicUrl, account.id);
  const payload = await builders[account.kind]?.(message, { account, url, now, hosts });
  return payload ? { method: 'POST', url, ...payload } : null;
}
