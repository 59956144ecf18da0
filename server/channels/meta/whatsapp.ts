import { z } from 'zod';
import type { InboundAttachment, InboundEvent, OutboundMessage, Party } from '../channel.ts';
import { defineChannel } from '../define.ts';
import { asDate, asObject, asObjects, asString, readJson, type Json } from '../json.ts';
import { routeIdOf, routeNumberOf, routePayload, withNumberedRoutes } from '../routes.ts';
import { answerChallenge, dayWindow, fetchMedia, graphVersion, metaCredentials, postGraph, testGraph, verifyMeta } from './graph.ts';

const maxText = 4_096;
/** An interactive message's text is shorter; buttons go up to three, a list up to ten rows. */
const interactiveText = 1_024;

/** WhatsApp ids are phone numbers without the plus. */
const phone = (id: string) => (/^\d+$/.test(id) ? `+${id}` : id);

interface Content {
  text: string;
  attachments: InboundAttachment[];
  chosenRoute?: string | number;
}

/** What people may send when the time for free answers is over: approved by Meta, copied here from its manager. */
const templates = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9_]{1,512}$/),
      language: z.string().min(2).max(20),
      body: z.string().min(1).max(1_024),
    }),
  )
  .max(250);

const mediaTypes = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/** What one message says, by its type; undefined for types that have no place here. */
function readContent(message: Json): Content | undefined {
  const type = asString(message['type']) ?? '';
  const part = asObject(message[type]);
  if (type === 'text') {
    const text = asString(part['body']) ?? '';
    return { text, attachments: [], chosenRoute: routeNumberOf(text) };
  }
  if (mediaTypes.has(type)) {
    const mediaId = asString(part['id']);
    if (!mediaId) return undefined;
    const file: InboundAttachment = {
      name: asString(part['filename']),
      type: asString(part['mime_type']) ?? 'application/octet-stream',
      source: { from: 'provider', mediaId },
    };
    return { text: asString(part['caption']) ?? '', attachments: [file] };
  }
  if (type === 'button') return { text: asString(part['text']) ?? '', attachments: [], chosenRoute: routeIdOf(asString(part['payload'])) };
  if (type === 'interactive') {
    const reply = asObject(part['button_reply'] ?? part['list_reply']);
    const title = asString(reply['title']);
    return title === undefined ? undefined : { text: title, attachments: [], chosenRoute: routeIdOf(asString(reply['id'])) };
  }
  if (type === 'location') {
    const place = [asString(part['name']), asString(part['address'])].filter(Boolean).join(', ');
    const point = [asString(part['latitude']), asString(part['longitude'])].join(', ');
    return { text: place ? `${place} (${point})` : point, attachments: [] };
  }
  if (type === 'contacts') {
    const lines = asObjects(message['contacts']).map((contact) => {
      const numbers = asObjects(contact['phones']).map((each) => asString(each['phone']));
      return [asString(asObject(contact['name'])['formatted_name']), ...numbers].filter(Boolean).join(' ');
    });
    return { text: lines.join('\n'), attachments: [] };
  }
  return undefined;
}

/** A reaction, of a customer or, in the echo of an app, of somebody of the team. */
function parseReaction(message: Json, from: Party | undefined, now: Date): InboundEvent {
  const reaction = asObject(message['reaction']);
  const externalId = asString(reaction['message_id']);
  if (!externalId) return { type: 'unknown', what: 'a WhatsApp reaction to nothing' };
  return { type: 'reaction', externalId, ...(from && { from }), emoji: asString(reaction['emoji']) ?? '', at: asDate(message['timestamp'], 'seconds') ?? now };
}

function parseMessage(message: Json, names: Map<string, string>, now: Date): InboundEvent {
  const externalId = asString(message['id']);
  const from = asString(message['from']);
  if (message['type'] === 'reaction' && from) return parseReaction(message, { handle: phone(from), name: names.get(from) }, now);
  const content = readContent(message);
  if (!externalId || !from || !content) return { type: 'unknown', what: `a WhatsApp message of type ${asString(message['type']) ?? 'none'}` };
  return {
    type: 'message',
    externalId,
    from: { handle: phone(from), name: names.get(from) },
    ...content,
    at: asDate(message['timestamp'], 'seconds') ?? now,
    inReplyTo: asString(asObject(message['context'])['id']),
  };
}

/** A message that a person sent from the WhatsApp Business app on the same number. */
function parseEcho(message: Json, now: Date): InboundEvent {
  const externalId = asString(message['id']);
  const to = asString(message['to']);
  if (message['type'] === 'reaction') return parseReaction(message, undefined, now);
  const content = readContent(message);
  if (!externalId || !to || !content) return { type: 'unknown', what: 'a WhatsApp echo' };
  const { text, attachments } = content;
  return { type: 'echo', externalId, to: { handle: phone(to) }, text, attachments, at: asDate(message['timestamp'], 'seconds') ?? now };
}

function parseStatus(status: Json, now: Date): InboundEvent {
  const externalId = asString(status['id']);
  const name = status['status'];
  if (!externalId || (name !== 'sent' && name !== 'delivered' && name !== 'read' && name !== 'failed')) {
    return { type: 'unknown', what: `WhatsApp status ${asString(name) ?? 'none'}` };
  }
  const at = asDate(status['timestamp'], 'seconds') ?? now;
  const messageId = asString(status['biz_opaque_callback_data']);
  const ours = messageId === undefined ? {} : { messageId };
  if (name !== 'failed') return { type: 'status', externalId, ...ours, status: name, at };
  const reason = asObjects(status['errors'])[0] ?? {};
  const words = asString(asObject(reason['error_data'])['details']) ?? asString(reason['message']) ?? asString(reason['title']);
  return {
    type: 'status',
    externalId,
    ...ours,
    status: 'failed',
    at,
    error: [asString(reason['code']), words].filter(Boolean).join(' ') || 'No reason was given.',
  };
}

/** All events of one webhook call, which may hold several entries with several changes each. */
function parseCall(body: Uint8Array, phoneNumberId: string, now: Date): InboundEvent[] {
  const call = asObject(readJson(body));
  if (call['object'] !== 'whatsapp_business_account') return [{ type: 'unknown', what: 'a call that is not about WhatsApp' }];
  const changes = asObjects(call['entry']).flatMap((entry) => asObjects(entry['changes']));
  if (changes.length === 0) return [{ type: 'unknown', what: 'a WhatsApp call without changes' }];
  return changes.flatMap((change): InboundEvent[] => {
    const field = asString(change['field']) ?? 'none';
    const value = asObject(change['value']);
    if (field !== 'messages' && field !== 'smb_message_echoes') return [{ type: 'unknown', what: `WhatsApp change ${field}` }];
    if (asString(asObject(value['metadata'])['phone_number_id']) !== phoneNumberId) return [{ type: 'unknown', what: 'a message for another WhatsApp number' }];
    const names = new Map(
      asObjects(value['contacts']).flatMap((contact) => {
        const name = asString(asObject(contact['profile'])['name']);
        return name ? [[asString(contact['wa_id']) ?? '', name] as const] : [];
      }),
    );
    const events = [
      ...asObjects(value['messages']).map((message) => parseMessage(message, names, now)),
      ...asObjects(value['statuses']).map((status) => parseStatus(status, now)),
      ...asObjects(value['message_echoes']).map((message) => parseEcho(message, now)),
    ];
    return events.length > 0 ? events : [{ type: 'unknown', what: `an empty WhatsApp change ${field}` }];
  });
}

/** The part of the payload that holds the content; a string is the reason why there can be none. */
function writeContent(message: OutboundMessage): Json | string {
  const { text, attachments, routes = [], template } = message;
  const [file] = attachments;
  if (template) {
    if (file) return 'A template goes without files.';
    const parameters = template.parameters.map((parameter) => ({ type: 'text', text: parameter }));
    const components = parameters.length > 0 ? [{ type: 'body', parameters }] : [];
    return { type: 'template', template: { name: template.name, language: { code: template.language }, components } };
  }
  if (file) {
    const kind = /^(image|video|audio)\//.exec(file.type)?.[1] ?? 'document';
    if (kind === 'audio' && text !== '') return 'WhatsApp sends sound without a text; send them as two messages.';
    return {
      type: kind,
      [kind]: { link: file.url, ...(text && { caption: withNumberedRoutes(message) }), ...(kind === 'document' && { filename: file.name }) },
    };
  }
  if (routes.length > 0 && routes.length <= 10 && text.length <= interactiveText) {
    const asButtons = routes.length <= 3 && routes.every(({ note }) => !note);
    const action = asButtons
      ? { buttons: routes.map(({ id, label }) => ({ type: 'reply', reply: { id: routePayload(id), title: label.slice(0, 20) } })) }
      : {
          button: '☰',
          sections: [
            {
              rows: routes.map(({ id, label, note }) => ({ id: routePayload(id), title: label.slice(0, 24), ...(note && { description: note.slice(0, 72) }) })),
            },
          ],
        };
    return { type: 'interactive', interactive: { type: asButtons ? 'button' : 'list', body: { text }, action } };
  }
  const body = withNumberedRoutes(message);
  return body.length > maxText ? `With its routes the text has ${body.length} characters; ${maxText} are allowed.` : { type: 'text', text: { body } };
}

/** WhatsApp through Meta's Cloud API (https://developers.facebook.com/docs/whatsapp/cloud-api). */
export const whatsapp = defineChannel({
  kind: 'whatsapp',
  delivery: 'provider',
  idempotent: false,
  limits: { maxText, subject: false, html: false, attachments: { maxCount: 1, maxBytes: 16_000_000 } },
  settings: z.object({
    phoneNumberId: z
      .string()
      .regex(/^\d{5,30}$/)
      .optional(),
    graphVersion,
    templates: templates.optional(),
  }),
  credentials: metaCredentials,
  needs: {
    receive: ['credentials.appSecret', 'credentials.verifyToken', 'settings.phoneNumberId'],
    send: ['credentials.accessToken', 'settings.phoneNumberId'],
  },
  verify: verifyMeta,
  challenge: answerChallenge,
  parse: (request, { settings }, now) => parseCall(request.body, settings.phoneNumberId ?? '', now),
  async send(message, account, ctx) {
    const content = writeContent(message);
    if (typeof content === 'string') return { ok: false, kind: 'failed', error: content };
    const payload = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: message.to.handle.replace(/^\+/, ''),
      // Comes back with every status, also where the answer to this call was lost.
      biz_opaque_callback_data: message.id,
      ...(message.inReplyTo && !message.template && { context: { message_id: message.inReplyTo } }),
      ...content,
    };
    return postGraph(account.settings.phoneNumberId ?? '', payload, account, ctx, (answer) => asString(asObjects(answer['messages'])[0]?.['id']));
  },
  test: (account, ctx) => testGraph(account.settings.phoneNumberId, account, ctx),
  replyWindow: dayWindow,
  templates: (settings) => templates.safeParse(settings['templates']).data ?? [],
  media: (source, account, ctx) => fetchMedia(source, account, ctx),
});
