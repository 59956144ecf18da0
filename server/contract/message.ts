import { z } from 'zod';
import { Actor, Channel, Id, LongText, MessageText, ShortText, Time } from './common.ts';
import { Original } from './translate.ts';
import { Why } from './why.ts';

export const DeliveryStatus = z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced', 'recalled', 'unknown']);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

export const Attachment = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  url: z.string(),
  /** Of a large picture: the same, small. */
  thumbnailUrl: z.string().optional(),
  /** Of a mail in HTML: shown within its text. */
  inline: z.boolean().optional(),
});
export type Attachment = z.infer<typeof Attachment>;

/** Files that were uploaded before, by whoever sends the message; each goes with one message only. */
export const AttachmentIds = z.array(Id).max(10);

/** What decided that a message was answered or not, and why. */
export const Decision = z.object({
  replied: z.boolean(),
  reason: z.string(),
  by: z.enum(['classifier', 'card', 'mention', 'rule']),
  cardId: Id.nullish(),
  /** The reason where it is ours; left out where a model or the team worded it. */
  why: Why.nullish(),
});
export type Decision = z.infer<typeof Decision>;

/** What an answer rests on. */
export const Because = z.object({
  /** Each with the passage that the answer rests on, as it was then. */
  articles: z.array(z.object({ id: Id, title: z.string(), passage: z.string().optional() })).default([]),
  skills: z.array(z.string()).default([]),
  cards: z.array(z.object({ id: Id, title: z.string() })).default([]),
  playbook: z.object({ id: Id.optional(), name: z.string(), step: z.number().int(), steps: z.number().int() }).nullable().default(null),
});
export type Because = z.infer<typeof Because>;

export const RouteRef = z.object({ id: Id, label: z.string() });
export type RouteRef = z.infer<typeof RouteRef>;

/** Somebody who has a copy of a mail. */
export const Recipient = z.object({ handle: z.string(), name: z.string().nullish() });
export type Recipient = z.infer<typeof Recipient>;

/** One item of a conversation. `seq` counts up by one over messages, notes, system lines and skill runs alike. */
export const Message = z.object({
  id: Id,
  conversationId: Id,
  seq: z.number().int(),
  direction: z.enum(['inbound', 'outbound', 'internal']),
  kind: z.enum(['message', 'note', 'system', 'skill', 'activity', 'call']),
  author: Actor,
  channel: Channel.nullable(),
  subject: z.string().nullish(),
  text: z.string(),
  /** Where the HTML of a mail is shown from: signed, short-lived, with a policy of its own. */
  htmlUrl: z.string().nullish(),
  /** Of a mail: who has a copy. */
  cc: z.array(Recipient).nullish(),
  bcc: z.array(Recipient).nullish(),
  attachments: z.array(Attachment),
  /** Files that its provider still keeps; with an `error` they have been given up, and `again` says whether they can be fetched all the same. */
  pendingFiles: z
    .array(z.object({ id: Id, name: z.string(), type: z.string(), error: z.string().nullable(), why: Why.optional(), again: z.boolean() }))
    .nullish(),
  aiGenerated: z.boolean(),
  intent: z.string().nullish(),
  language: z.string().nullish(),
  /** `why`: the error as a word of every language, where it is not somebody else's. */
  delivery: z.object({ status: DeliveryStatus, error: z.string().nullish(), why: Why.optional(), at: Time }).nullable(),
  /** Every status that it has had, oldest first. */
  deliveryLog: z.array(z.object({ status: DeliveryStatus, error: z.string().nullish(), why: Why.optional(), at: Time })).nullish(),
  decision: Decision.nullish(),
  because: Because.nullish(),
  /** Whose act it was: of an approved draft the person who approved, while its author stays the agent. */
  sentBy: z.object({ kind: z.enum(['contact', 'agent', 'operator', 'system']), id: Id.nullable() }),
  approvedBy: Id.nullish(),
  editedBy: Id.nullish(),
  draftId: Id.nullish(),
  routes: z.array(RouteRef).nullish(),
  chosenRouteId: Id.nullish(),
  reason: z.string().nullish(),
  /** Of a system line or activity: what happened, as a stable word (`handed_off`, `stayed_quiet`, …). */
  code: z.string().nullish(),
  mentions: z.array(Id).nullish(),
  /** Of a skill run: `{args, result, summary, ms, ok, outcome?}`, whose outcome is `running` until it is known and `unknown` where it never will be; of a call: `{turns, durationSeconds, recordingUrl}`; of what was translated before it was sent: `{original: {text, from, to}}`. */
  data: z.record(z.string(), z.unknown()).nullish(),
  createdAt: Time,
});
export type Message = z.infer<typeof Message>;

/** What a visitor may see of a message: nothing of who approved it, why, or at which place of the whole it stands. */
export const VisitorMessage = z.object({
  id: Id,
  conversationId: Id,
  direction: z.enum(['inbound', 'outbound']),
  kind: z.literal('message'),
  author: z.object({ kind: z.enum(['contact', 'agent', 'operator', 'system']), id: Id.nullable(), name: z.string(), avatarUrl: z.string().nullish() }),
  text: z.string(),
  attachments: z.array(Attachment),
  aiGenerated: z.boolean(),
  delivery: z.object({ status: DeliveryStatus, at: Time }).nullable(),
  articles: z.array(z.object({ id: Id, title: z.string() })).nullish(),
  routes: z
    .array(
      RouteRef.extend({
        hint: z.string().nullish(),
        kind: z.string().nullish(),
        /** What it asks for, in the customer's language. */
        fields: z.array(z.object({ name: z.string(), kind: z.enum(['phone', 'time', 'text']), label: z.string(), required: z.boolean() })).nullish(),
      }),
    )
    .nullish(),
  chosenRouteId: Id.nullish(),
  /** What its chosen route asks for was not filled in yet: it was chosen for the customer. */
  asks: z.boolean().optional(),
  createdAt: Time,
});
export type VisitorMessage = z.infer<typeof VisitorMessage>;

/** An item of `GET …/messages`: oldest first; `before` and `after` are opaque. */
export const MessagePage = z.object({
  items: z.array(Message),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Where the caller stopped reading: the seq of the first inbound message not yet read. */
  firstUnreadSeq: z.number().int().nullable(),
});
export type MessagePage = z.infer<typeof MessagePage>;

export const MessagesQuery = z.object({
  before: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
  around: z.union([z.literal('unread'), z.literal('first'), Id]).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Addresses that get a copy of a mail. */
const Copies = z.array(z.strictObject({ handle: z.email().max(320), name: z.string().max(200).optional() })).max(50);

/** A text that the provider has approved, for when a free answer is not allowed. */
export const TemplateChoice = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().min(2).max(20),
  parameters: z.array(z.string().min(1).max(1_024)).max(20).default([]),
});
export type TemplateChoice = z.infer<typeof TemplateChoice>;

/** A template as people choose it: `{{1}}`, `{{2}}`, … in its body stand for its parameters. */
export const MessageTemplate = z.object({ name: z.string(), language: z.string(), body: z.string(), parameters: z.number().int() });
export type MessageTemplate = z.infer<typeof MessageTemplate>;

export const SendMessage = z.strictObject({
  text: MessageText,
  html: LongText.optional(),
  subject: ShortText.optional(),
  cc: Copies.optional(),
  bcc: Copies.optional(),
  template: TemplateChoice.optional(),
  identityId: Id.optional(),
  attachmentIds: AttachmentIds.optional(),
  draftId: Id.optional(),
  /** Where `text` is a translation: what was written. It is kept with the message, and the customer never sees it. */
  original: Original.optional(),
  expectedLastInboundSeq: z.number().int().min(0).optional(),
  /** The last item that was seen: refused with `newer_message` where an agent or another operator has answered since. */
  expectedLastSeq: z.number().int().min(0).optional(),
  assume: z.boolean().optional(),
});
export type SendMessage = z.infer<typeof SendMessage>;

export const WriteNote = z.strictObject({ text: MessageText, mentions: z.array(Id).max(50).default([]), attachmentIds: AttachmentIds.optional() });

/** Whether mails of a sender show pictures of other sites without being asked. */
export const ShowPictures = z.strictObject({ always: z.boolean() });
