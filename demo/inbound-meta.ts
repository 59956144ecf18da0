/** What Meta posts: WhatsApp's and Instagram's webhooks. */
import { randomBytes } from 'node:crypto';
import { signHub } from '../server/channels/signatures.ts';
import { asJson, asText, deposit } from './inbound-message.ts';
import type { Build, DemoInbound, Payload, Scene } from './inbound-message.ts';

type Json = Record<string, unknown>;

const digits = (handle: string) => handle.replace(/^\+/, '');
const newId = (prefix: string) => `${prefix}.${randomBytes(16).toString('hex')}`;

function sign({ account }: Scene, payload: unknown): Payload {
  const body = asJson(payload);
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signHub(asText(account.credentials['appSecret']), body) } };
}

const kindOf = (type: string) => /^(image|video|audio)\//.exec(type)?.[1];

/** The part of a WhatsApp message that holds what it says. A picture carries the text as its caption; more files are more messages. */
function whatsappContents(message: DemoInbound, scene: Scene): Json[] {
  const { text, choice, about, kind, inReplyTo } = message;
  if (kind === 'reaction') return [{ type: 'reaction', reaction: { message_id: inReplyTo, emoji: text } }];
  if (choice && about?.choiceStyle === 'list') return [{ type: 'interactive', interactive: { type: 'list_reply', list_reply: choice } }];
  if (choice) return [{ type: 'interactive', interactive: { type: 'button_reply', button_reply: choice } }];
  const files = deposit(message, scene).map(({ id, name, type }, index) => {
    const part = kindOf(type) ?? 'document';
    const caption = index === 0 && text !== '' && part !== 'audio' ? { caption: text } : {};
    return { type: part, [part]: { id, mime_type: type, ...caption, ...(part === 'document' && { filename: name }) } };
  });
  const own = text !== '' && (files.length === 0 || files[0]?.type === 'audio') ? [{ type: 'text', text: { body: text } }] : [];
  return [...own, ...files];
}

export const whatsapp: Build = (message, scene) => {
  const { from, name, kind = 'message', externalId = newId('wamid'), inReplyTo, about } = message;
  const { account, now } = scene;
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const metadata = { display_phone_number: digits(account.address), phone_number_id: account.settings['phoneNumberId'] };
  const tell = (field: string, value: Json) =>
    sign(scene, {
      object: 'whatsapp_business_account',
      entry: [{ id: '0', changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
    });
  if (kind === 'read' || kind === 'delivered' || kind === 'failed') {
    const errors = [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'The phone cannot take this message.' } }];
    return tell('messages', { statuses: [{ id: inReplyTo, status: kind, timestamp, recipient_id: digits(from), ...(kind === 'failed' && { errors }) }] });
  }
  if (kind !== 'message' && kind !== 'echo' && kind !== 'reaction') return null;
  const context = kind !== 'reaction' && (about?.messageId ?? inReplyTo);
  const messages = whatsappContents(message, scene).map((content, index) => ({
    id: index === 0 ? externalId : `${externalId}.${index}`,
    timestamp,
    ...content,
  }));
  if (kind === 'echo') {
    return tell('smb_message_echoes', { message_echoes: messages.map((each) => ({ from: digits(account.address), to: digits(from), ...each })) });
  }
  return tell('messages', {
    contacts: [{ wa_id: digits(from), profile: { name } }],
    messages: messages.map((each) => ({ from: digits(from), ...each, ...(context && { context: { id: context } }) })),
  });
};

function instagramContent(message: DemoInbound, scene: Scene): Json {
  const { text, choice, inReplyTo } = message;
  const attachments = deposit(message, scene).map(({ id, type, hosts }) => ({ type: kindOf(type) ?? 'file', payload: { url: `${hosts.meta}/cdn/${id}` } }));
  return {
    ...(choice ? { text: choice.title, quick_reply: { payload: choice.id } } : text !== '' && { text }),
    ...(attachments.length > 0 && { attachments }),
    ...(inReplyTo && { reply_to: { mid: inReplyTo } }),
  };
}

export const instagram: Build = (message, scene) => {
  const { from, kind = 'message', externalId = newId('mid'), text, inReplyTo } = message;
  const time = scene.now.getTime();
  const id = asText(scene.account.settings['instagramId']);
  const customer = { sender: { id: from }, recipient: { id }, timestamp: time };
  const tell = (item: Json) => sign(scene, { object: 'instagram', entry: [{ id, time, messaging: [item] }] });
  if (kind === 'read') return tell({ ...customer, read: { mid: inReplyTo } });
  if (kind === 'reaction') return tell({ ...customer, reaction: { mid: inReplyTo, action: 'react', reaction: 'other', emoji: text } });
  if (kind === 'echo') {
    return tell({ sender: { id }, recipient: { id: from }, timestamp: time, message: { mid: externalId, is_echo: true, ...instagramContent(message, scene) } });
  }
  return kind === 'message' ? tell({ ...customer, message: { mid: externalId, ...instagramContent(message, scene) } }) : null;
};
