import { z } from 'zod';
import type { InboundAttachment, InboundEvent, OutboundMessage } from '../channel.ts';
import { defineChannel } from '../define.ts';
import { asDate, asObject, asObjects, asString, readJson, type Json } from '../json.ts';
import { routeIdOf, routeNumberOf, routePayload, withNumberedRoutes } from '../routes.ts';
import { answerChallenge, dayWindow, fetchMedia, graphVersion, metaCredentials, postGraph, testGraph, verifyMeta } from './graph.ts';

const settings = z.object({
  instagramId: z
    .string()
    .regex(/^\d{5,30}$/)
    .optional(),
  /** Of our app at Meta: what is echoed under another one was sent by somebody else. */
  appId: z
    .string()
    .regex(/^\d{5,30}$/)
    .optional(),
  graphVersion,
});
type Settings = z.infer<typeof settings>;

const maxText = 1_000;
/** The most quick replies that one message may carry. */
const maxQuickReplies = 13;

function readFiles(message: Json): InboundAttachment[] {
  return asObjects(message['attachments']).flatMap((file): InboundAttachment[] => {
    const url = asString(asObject(file['payload'])['url']);
    return url ? [{ type: asString(file['type']) ?? 'file', source: { from: 'url', url } }] : [];
  });
}

function parseMessage(message: Json, from: string, to: string, appId: string | undefined, at: Date): InboundEvent {
  const externalId = asString(message['mid']);
  const attachments = readFiles(message);
  const text = asString(message['text']) ?? '';
  if (!externalId || message['is_deleted'] === true) return { type: 'unknown', what: 'an Instagram message that was taken back' };
  if (text === '' && attachments.length === 0) return { type: 'unknown', what: 'an Instagram message without content' };
  // Of what we sent ourselves it says only that it is on its way; what came by any other app a person wrote.
  if (message['is_echo'] === true && appId !== undefined && asString(message['app_id']) === appId) return { type: 'status', externalId, status: 'sent', at };
  if (message['is_echo'] === true) return { type: 'echo', externalId, to: { handle: to }, text, attachments, at };
  const chosenRoute = routeIdOf(asString(asObject(message['quick_reply'])['payload'])) ?? routeNumberOf(text);
  return {
    type: 'message',
    externalId,
    from: { handle: from },
    to: [{ handle: to }],
    text,
    attachments,
    at,
    inReplyTo: asString(asObject(message['reply_to'])['mid']),
    ...(chosenRoute !== undefined && { chosenRoute }),
  };
}

function parseItem(item: Json, { instagramId = '', appId }: Settings, now: Date): InboundEvent {
  const from = asString(asObject(item['sender'])['id']);
  const to = asString(asObject(item['recipient'])['id']);
  if (!from || !to) return { type: 'unknown', what: 'an Instagram event without sender or recipient' };
  if (from !== instagramId && to !== instagramId) return { type: 'unknown', what: 'a message for another Instagram account' };
  const at = asDate(item['timestamp'], 'milliseconds') ?? now;
  if (item['message'] !== undefined) return parseMessage(asObject(item['message']), from, to, appId, at);
  const readId = asString(asObject(item['read'])['mid']);
  if (readId) return { type: 'status', externalId: readId, status: 'read', at };
  const reaction = asObject(item['reaction']);
  const reactedTo = asString(reaction['mid']);
  if (reactedTo) {
    const emoji = reaction['action'] === 'unreact' ? '' : (asString(reaction['emoji']) ?? asString(reaction['reaction']) ?? '');
    return { type: 'reaction', externalId: reactedTo, ...(from !== instagramId && { from: { handle: from } }), emoji, at };
  }
  const postback = asObject(item['postback']);
  const externalId = asString(postback['mid']);
  const title = asString(postback['title']);
  if (externalId && title) {
    return { type: 'message', externalId, from: { handle: from }, text: title, attachments: [], at, chosenRoute: routeIdOf(asString(postback['payload'])) };
  }
  const kind = Object.keys(item).find((key) => !['sender', 'recipient', 'timestamp'].includes(key)) ?? 'none';
  return { type: 'unknown', what: `Instagram event ${kind}` };
}

function parseCall(body: Uint8Array, settings: Settings, now: Date): InboundEvent[] {
  const call = asObject(readJson(body));
  if (call['object'] !== 'instagram') return [{ type: 'unknown', what: 'a call that is not about Instagram' }];
  const items = asObjects(call['entry']).flatMap((entry) => asObjects(entry['messaging']));
  if (items.length === 0) return [{ type: 'unknown', what: 'an Instagram call without messages' }];
  return items.map((item) => parseItem(item, settings, now));
}

/** The message part of the payload; a string is the reason why there can be none. */
function writeContent(message: OutboundMessage): Json | string {
  const { text, routes = [] } = message;
  // Its buttons say nothing but what they are called.
  if (routes.length > 0 && routes.length <= maxQuickReplies && routes.every(({ note }) => !note)) {
    const replies = routes.map(({ id, label }) => ({ content_type: 'text', title: label.slice(0, 20), payload: routePayload(id) }));
    return { text, quick_replies: replies };
  }
  const whole = withNumberedRoutes(message);
  return whole.length > maxText ? `With its routes the text has ${whole.length} characters; ${maxText} are allowed.` : { text: whole };
}

/** Instagram messaging (https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api). */
export const instagram = defineChannel({
  kind: 'instagram',
  delivery: 'provider',
  idempotent: false,
  limits: { maxText, subject: false, html: false, attachments: null },
  settings,
  credentials: metaCredentials,
  needs: {
    receive: ['credentials.appSecret', 'credentials.verifyToken', 'settings.instagramId'],
    send: ['credentials.accessToken', 'settings.instagramId'],
  },
  verify: verifyMeta,
  challenge: answerChallenge,
  parse: (request, { settings }, now) => parseCall(request.body, settings, now),
  async send(message, account, ctx) {
    const content = writeContent(message);
    if (typeof content === 'string') return { ok: false, kind: 'failed', error: content };
    const payload = { recipient: { id: message.to.handle }, message: content };
    return postGraph(account.settings.instagramId ?? '', payload, account, ctx, (answer) => asString(answer['message_id']));
  },
  test: (account, ctx) => testGraph(account.settings.instagramId, account, ctx),
  replyWindow: dayWindow,
  media: (source, account, ctx) => fetchMedia(source, account, ctx),
});
