/** Twilio's REST API as far as messages need it (https://www.twilio.com/docs/messaging/api). */
import { randomBytes } from 'node:crypto';
import { signTwilio } from '../server/channels/signatures.ts';
import { refusal } from './stand-in.ts';
import type { Call, Desk, Reply, StandIn } from './stand-in.ts';

const account = /^\/2010-04-01\/Accounts\/(\w+)(\.json|\/[^?]*)/;

export const twilioStandIn =
  (desk: Desk): StandIn =>
  (call) => {
    const [, sid = '', rest = ''] = account.exec(call.path) ?? [];
    if (sid === '') return refusal(404, { code: 20404, message: 'The requested resource was not found', status: 404 });
    const [user, token = ''] = Buffer.from(String(call.headers['authorization'] ?? '').replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    if (user !== sid || token === '') return refusal(401, { code: 20003, message: 'Authenticate', status: 401 });
    if (call.method === 'POST' && rest === '/Messages.json') return take(desk, call, sid, token);
    if (call.method === 'GET' && rest === '.json') return { status: 200, body: { sid, friendly_name: 'Morrow', status: 'active', type: 'Full' } };
    const media = desk.media.find(/^\/Messages\/\w+\/Media\/(\w+)$/.exec(rest)?.[1] ?? '');
    if (call.method === 'GET' && media) return { status: 200, body: media.bytes, type: media.type };
    return refusal(404, { code: 20404, message: 'The requested resource was not found', status: 404 });
  };

function take(desk: Desk, call: Call, sid: string, token: string): Reply {
  const form = new URLSearchParams(call.body.toString());
  const to = form.get('To');
  if (!to) return refusal(400, { code: 21604, message: 'A To phone number is required.', status: 400 });
  const messageId = `SM${randomBytes(16).toString('hex')}`;
  const template = form.get('ContentSid') ?? undefined;
  const urls = form.getAll('MediaUrl');
  const item = desk.outbox.keep({
    channel: 'sms',
    to,
    text: form.get('Body') ?? (template ? `${template} ${form.get('ContentVariables') ?? ''}`.trimEnd() : ''),
    messageId,
    template,
    attachments: urls.length > 0 ? urls.map((url) => ({ url })) : undefined,
  });
  return {
    status: 201,
    body: { sid: messageId, status: 'queued' },
    after() {
      desk.collect(item);
      const url = form.get('StatusCallback');
      if (!desk.withCallbacks || !url) return;
      for (const status of ['sent', 'delivered'] as const) {
        const callback = new URLSearchParams({ MessageSid: messageId, AccountSid: sid, MessageStatus: status, To: to });
        desk.report(url, { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signTwilio(token, url, callback) }, callback.toString());
        desk.outbox.mark(messageId, status);
      }
    },
  };
}
