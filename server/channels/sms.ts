import { z } from 'zod';
import {
  webhookUrl,
  type InboundAttachment,
  type InboundEvent,
  type InboundMessage,
  type InboundRequest,
  type InboundStatus,
  type SendResult,
} from './channel.ts';
import { defineChannel } from './define.ts';
import { download, isAt } from './download.ts';
import { judgeStatus, post } from './http.ts';
import { asObject, asString } from './json.ts';
import { probe } from './probe.ts';
import { routeNumberOf, withNumberedRoutes } from './routes.ts';
import { verifyTwilio } from './signatures.ts';

/** The longest message that Twilio takes; it splits it into segments by itself. */
const maxText = 1_600;

/** Delivery errors that customers' numbers commonly cause (https://www.twilio.com/docs/api/errors). */
const errorWords: Record<string, string> = {
  30001: "Twilio's queue is full",
  30002: 'the Twilio account is suspended',
  30003: 'the phone cannot be reached',
  30004: 'the message was blocked',
  30005: 'the number does not exist',
  30006: 'a landline or an unreachable carrier',
  30007: 'the carrier filtered it as spam',
  30008: 'an unknown error at the carrier',
  21610: 'the customer has opted out with STOP',
};

const statuses: Record<string, InboundStatus['status'] | 'pending'> = {
  accepted: 'pending',
  scheduled: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** Words that mean something by themselves, whatever their case (https://help.twilio.com/articles/223134027). */
const keywords: Record<string, 'stop' | 'start' | 'help'> = {
  stop: 'stop',
  stopall: 'stop',
  unsubscribe: 'stop',
  cancel: 'stop',
  end: 'stop',
  quit: 'stop',
  revoke: 'stop',
  optout: 'stop',
  start: 'start',
  unstop: 'start',
  yes: 'start',
  help: 'help',
  info: 'help',
};

/** What Twilio says of such a word where it handles them itself (`OptOutType`), else the word. */
function keywordOf(form: URLSearchParams, text: string): InboundMessage['keyword'] {
  const handled = keywords[(form.get('OptOutType') ?? '').toLowerCase()];
  const word = handled ?? keywords[text.trim().toLowerCase()];
  return word && { word, answered: handled !== undefined };
}

function parseStatus(form: URLSearchParams, externalId: string, messageId: string | undefined, now: Date): InboundEvent[] {
  const name = form.get('MessageStatus') ?? form.get('SmsStatus') ?? '';
  const status = statuses[name];
  if (!status) return [{ type: 'unknown', what: `Twilio status ${name}` }];
  if (status === 'pending') return [];
  const code = form.get('ErrorCode') ?? '';
  const words = errorWords[code] ?? form.get('ErrorMessage') ?? '';
  const error = [code && `Twilio error ${code}`, words].filter(Boolean).join(': ');
  return [
    { type: 'status', externalId, ...(messageId && { messageId }), status, at: now, ...(status === 'failed' && { error: error || 'No reason was given.' }) },
  ];
}

function parseMedia(form: URLSearchParams): InboundAttachment[] {
  const count = Math.min(Number(form.get('NumMedia') ?? '0') || 0, 10);
  return Array.from({ length: count }, (_, index): InboundAttachment[] => {
    const url = form.get(`MediaUrl${index}`);
    return url ? [{ type: form.get(`MediaContentType${index}`) ?? 'application/octet-stream', source: { from: 'url', url } }] : [];
  }).flat();
}

function parseForm(request: InboundRequest, accountSid: string, now: Date): InboundEvent[] {
  const form = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
  const externalId = form.get('MessageSid') ?? form.get('SmsSid');
  if (!externalId) return [{ type: 'unknown', what: 'a Twilio request without MessageSid' }];
  if ((form.get('AccountSid') ?? accountSid) !== accountSid) return [{ type: 'unknown', what: 'a message for another Twilio account' }];
  if (!form.has('Body')) return parseStatus(form, externalId, new URL(request.url, 'http://x').searchParams.get('message') ?? undefined, now);
  const handle = form.get('From');
  if (!handle) return [{ type: 'unknown', what: 'an SMS without a sender' }];
  const text = form.get('Body') ?? '';
  const to = form.get('To');
  const chosenRoute = routeNumberOf(text);
  const keyword = keywordOf(form, text);
  return [
    {
      type: 'message',
      externalId,
      from: { handle },
      ...(to && { to: [{ handle: to }] }),
      text,
      attachments: parseMedia(form),
      at: now,
      ...(chosenRoute !== undefined && { chosenRoute }),
      ...(keyword && { keyword }),
    },
  ];
}

/** SMS through Twilio, or anything that speaks its webhook and REST (https://www.twilio.com/docs/messaging/api). */
export const sms = defineChannel({
  kind: 'sms',
  delivery: 'provider',
  idempotent: false,
  limits: { maxText, subject: false, html: false, attachments: { maxCount: 10, maxBytes: 5_000_000 } },
  settings: z.object({
    accountSid: z
      .string()
      .regex(/^AC[0-9a-fA-F]{32}$/)
      .optional(),
    /** Sends through this service's numbers instead of the account's address. */
    messagingServiceSid: z
      .string()
      .regex(/^MG[0-9a-fA-F]{32}$/)
      .optional(),
  }),
  credentials: z.object({ authToken: z.string().min(8).optional() }),
  needs: { receive: ['credentials.authToken', 'settings.accountSid'], send: ['credentials.authToken', 'settings.accountSid'] },
  verify: (request, { credentials }) => verifyTwilio(credentials.authToken ?? '', request.headers.get('x-twilio-signature'), request.url, request.body),
  parse: (request, { settings }, now) => parseForm(request, settings.accountSid ?? '', now),
  async send(message, account, ctx): Promise<SendResult> {
    const { accountSid = '', messagingServiceSid } = account.settings;
    const text = withNumberedRoutes(message);
    if (text.length > maxText) return { ok: false, kind: 'failed', error: `With its routes the text has ${text.length} characters; ${maxText} are allowed.` };
    const form = new URLSearchParams({
      To: message.to.handle,
      Body: text,
      // Named by our id as well: a report may overtake the answer to this call, or the answer may get lost.
      StatusCallback: `${webhookUrl(ctx.publicUrl, account.id)}?message=${message.id}`,
      ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : { From: account.address }),
    });
    for (const { url } of message.attachments) form.append('MediaUrl', url);
    const answer = await post(
      ctx,
      `${ctx.apiBases.twilio}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      {
        authorization: `Basic ${Buffer.from(`${accountSid}:${account.credentials.authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      form.toString(),
      false,
    );
    if ('refusal' in answer) return answer.refusal;
    const body = asObject(answer.json);
    if (answer.status < 200 || answer.status > 299) {
      const reason = [asString(body['code']), asString(body['message'])].filter(Boolean).join(' ');
      return judgeStatus(answer, reason, ctx.now, false);
    }
    const sid = asString(body['sid']);
    return sid ? { ok: true, externalId: sid } : { ok: false, kind: 'unknown', error: 'Twilio accepted the call but named no message.' };
  },
  async test({ settings: { accountSid }, credentials: { authToken } }, ctx) {
    if (!accountSid || !authToken) return [];
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    return [await probe('provider', ctx, { url: `${ctx.apiBases.twilio}/2010-04-01/Accounts/${accountSid}.json`, headers: { authorization } })];
  },
  media(source, { settings, credentials }, ctx) {
    if (source.from !== 'url') return Promise.resolve({ ok: false, kind: 'failed', error: 'Twilio names its files by address.' });
    // Only Twilio itself is told who asks; from where it leads on, it gives an address that needs no more.
    const authorization = `Basic ${Buffer.from(`${settings.accountSid}:${credentials.authToken}`).toString('base64')}`;
    return download(ctx, source.url, isAt(source.url, ctx.apiBases.twilio) ? { fetch: ctx.fetch, headers: { authorization } } : undefined);
  },
});
