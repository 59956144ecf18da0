/**
 * Meta's Graph API as far as messages need it: WhatsApp's Cloud API and Instagram's messaging, with the media of both
 * (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media).
 */
import { createHash, randomBytes } from 'node:crypto';
import { signHub } from '../server/channels/signatures.ts';
import type { Choice, OutboxItem } from './outbox.ts';
import { refusal, withChoices } from './stand-in.ts';
import type { Call, Desk, Reply, StandIn } from './stand-in.ts';

interface Media {
  link?: string;
  id?: string;
  caption?: string;
  filename?: string;
}
interface Payload {
  messaging_product?: string;
  /** `read`: not a message but the blue ticks for one. */
  status?: string;
  to?: string;
  recipient?: { id?: string };
  text?: { body?: string };
  interactive?: {
    type?: 'button' | 'list';
    body?: { text?: string };
    action?: { buttons?: { reply: Choice }[]; sections?: { rows: Choice[] }[] };
  };
  message?: { text?: string; quick_replies?: { title: string; payload: string }[]; attachment?: { type?: string; payload?: { url?: string } } };
  template?: { name: string; components?: { type: string; parameters?: { text?: string }[] }[] };
  reaction?: { emoji?: string };
  image?: Media;
  video?: Media;
  audio?: Media;
  document?: Media;
}

/** Where a sender's webhook is, and the secret that it is signed with. */
export type MetaWebhook = (senderId: string) => { url: string; appSecret: string } | undefined;

/** What the customer's phone shows of a payload, whatever kind of message it is. */
function read(payload: Payload): Pick<OutboxItem, 'text' | 'attachments' | 'choices' | 'choiceStyle' | 'template'> {
  const { message, template, interactive } = payload;
  const media = payload.image ?? payload.video ?? payload.audio ?? payload.document;
  const url = media?.link ?? message?.attachment?.payload?.url;
  const { buttons = [], sections = [] } = interactive?.action ?? {};
  const replies = (message?.quick_replies ?? []).map(({ title, payload: id }) => ({ id, title }));
  const choices = [...buttons.map(({ reply }) => reply), ...sections.flatMap(({ rows }) => rows), ...replies].map(({ id, title }) => ({ id, title }));
  const filledIn = template?.components?.flatMap(({ parameters = [] }) => parameters.map(({ text = '' }) => text)) ?? [];
  const text = payload.text?.body ?? interactive?.body?.text ?? message?.text ?? media?.caption ?? payload.reaction?.emoji ?? filledIn.join(' · ');
  return {
    text: withChoices(
      text,
      choices.map(({ title }) => title),
    ),
    ...(url && { attachments: [{ url, name: media?.filename }] }),
    ...(choices.length > 0 && { choices, choiceStyle: replies.length > 0 ? 'quick_reply' : (interactive?.type ?? 'button') }),
    ...(template && { template: template.name }),
  };
}

/** @param base the stand-in's own address, that links to media begin with */
export const metaStandIn =
  (desk: Desk, base: () => string, webhook: MetaWebhook | undefined): StandIn =>
  (call) => {
    const path = call.path.replace(/\?.*$/, '');
    // Instagram's pictures lie on a network for content, where whoever knows the address may read them.
    const open = desk.media.find(/^\/cdn\/(\w+)$/.exec(path)?.[1] ?? '');
    if (open) return { status: 200, body: open.bytes, type: open.type };
    if (!/^Bearer ./.test(String(call.headers['authorization'] ?? ''))) return refusal(401, { error: { code: 190, message: 'Invalid OAuth access token.' } });
    const senderId = /^\/v\d+\.\d+\/(\w+)\/messages$/.exec(path)?.[1];
    if (call.method === 'POST' && senderId) return take(desk, call, senderId, webhook);
    const bytes = desk.media.find(/^\/attachments\/(\w+)$/.exec(path)?.[1] ?? '');
    if (call.method === 'GET' && bytes) return { status: 200, body: bytes.bytes, type: bytes.type };
    const id = /^\/v\d+\.\d+\/(\w+)$/.exec(path)?.[1];
    return call.method === 'GET' && id ? tell(desk, base(), id) : refusal(404, { error: { code: 100, message: 'Unknown path components.' } });
  };

/** What an id stands for: media with the address of its bytes, or a number or page, of which the stand-in knows no more. */
function tell(desk: Desk, base: string, id: string): Reply {
  const media = desk.media.find(id);
  if (!media) return { status: 200, body: { id } };
  const sha256 = createHash('sha256').update(media.bytes).digest('hex');
  return {
    status: 200,
    body: { messaging_product: 'whatsapp', url: `${base}/attachments/${id}`, mime_type: media.type, sha256, file_size: media.bytes.length, id },
  };
}

function take(desk: Desk, call: Call, senderId: string, webhook: MetaWebhook | undefined): Reply {
  const payload = JSON.parse(call.body.toString()) as Payload;
  if (payload.status === 'read') return { status: 200, body: { success: true } };
  if (payload.messaging_product !== 'whatsapp') {
    const messageId = `mid.${randomBytes(16).toString('hex')}`;
    const to = payload.recipient?.id ?? '';
    const item = desk.outbox.keep({ channel: 'instagram', to, ...read(payload), messageId });
    return { status: 200, body: { recipient_id: to, message_id: messageId }, after: () => desk.collect(item) };
  }
  const messageId = `wamid.${randomBytes(16).toString('hex')}`;
  const item = desk.outbox.keep({ channel: 'whatsapp', to: `+${payload.to}`, ...read(payload), messageId });
  return {
    status: 200,
    body: { messaging_product: 'whatsapp', messages: [{ id: messageId }] },
    after() {
      desk.collect(item);
      const hook = desk.withCallbacks ? webhook?.(senderId) : undefined;
      if (!hook) return;
      const timestamp = String(Math.floor(Date.now() / 1000));
      const statuses = ['sent', 'delivered'].map((status) => ({ id: messageId, status, timestamp, recipient_id: payload.to }));
      const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: senderId }, statuses };
      const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '0', changes: [{ field: 'messages', value }] }] });
      desk.report(hook.url, { 'content-type': 'application/json', 'x-hub-signature-256': signHub(hook.appSecret, Buffer.from(body)) }, body);
      desk.outbox.mark(messageId, 'delivered');
    },
  };
}
