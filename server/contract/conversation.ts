import { z } from 'zod';
import {
  Actor,
  AgentRef,
  AnyTime,
  Channel,
  Flag,
  Id,
  Name,
  PageQuery,
  Person,
  Priority,
  Reason,
  ReplyMode,
  ShortText,
  Status,
  TagRef,
  Time,
} from './common.ts';
import { Draft } from './draft.ts';
import { SendMessage } from './message.ts';

export const Pause = z.object({ by: Person.nullable(), at: Time, reason: z.string().nullable() });
export type Pause = z.infer<typeof Pause>;

export const ContactRef = z.object({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  phone: z.string().nullable(),
  language: z.string().nullable(),
  aiPaused: Pause.nullable(),
});
export type ContactRef = z.infer<typeof ContactRef>;

export const HandoffTrigger = z.enum([
  'asks_for_person',
  'fallback_loop',
  'keyword',
  'frustration',
  'reserved_intent',
  'tag',
  'attribute',
  'playbook',
  'agent',
  'failure',
  'manual',
  'automation',
]);
export type HandoffTrigger = z.infer<typeof HandoffTrigger>;

export const Handoff = z.object({
  route: z.object({ id: Id, label: z.string(), kind: z.string() }).nullable(),
  trigger: HandoffTrigger,
  reason: z.string().nullable(),
  by: Actor.nullable(),
  at: Time,
  /** What the customer filled in for its route; not valid is what it wrote all the same. */
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['phone', 'time', 'text']), label: z.string(), value: z.string(), valid: z.boolean() })).optional(),
});
export type Handoff = z.infer<typeof Handoff>;

export const Working = z.object({
  agentId: Id,
  stage: z.enum(['classifying', 'composing', 'skill']),
  skill: z.string().nullish(),
  since: Time,
});
export type Working = z.infer<typeof Working>;

/** Until when somebody put a conversation off; a message of the customer brings it back in any case. */
export const SnoozedUntil = Time.or(z.literal('next_message'));
export type SnoozedUntil = z.infer<typeof SnoozedUntil>;
/** The same as it is asked for. */
const SnoozeUntil = AnyTime.or(z.literal('next_message')).nullable();

export const Verdict = z.object({ allowed: z.boolean(), reason: z.string() });

/** The view of a conversation that all operators share: it has no `unread` in it, but the number that it is made of. */
export const SharedConversation = z.object({
  id: Id,
  subject: z.string().nullable(),
  status: Status,
  channel: Channel,
  accountId: Id,
  identityId: Id,
  contact: ContactRef,
  agent: AgentRef.nullable(),
  assignee: Person.nullable(),
  department: z.object({ id: Id, name: z.string() }).nullable(),
  tags: z.array(TagRef),
  priority: Priority,
  replyMode: ReplyMode,
  replyModeOverride: ReplyMode.nullable(),
  controller: z.object({ kind: z.enum(['agent', 'human']), id: Id.nullable() }),
  handoff: Handoff.nullable(),
  working: Working.nullable(),
  participants: z.array(Person),
  draft: Draft.nullable(),
  requiresAction: z.boolean(),
  requiresReason: z.string().nullable(),
  inboundCount: z.number().int(),
  lastMessage: z.object({ snippet: z.string(), at: Time, author: Actor }).nullable(),
  lastActivityAt: Time,
  waitingSince: Time.nullable(),
  /** Null where nobody put it off. */
  snoozedUntil: SnoozedUntil.nullable(),
  lastInboundSeq: z.number().int(),
  lastInboundAt: Time.nullable(),
  /** Until when a free answer is allowed on this channel (null: it never was); null where it always is. */
  replyWindow: z.object({ closesAt: Time.nullable() }).nullable(),
  /** Of the newest message to the customer, when it did not arrive. */
  deliveryFailed: z.boolean(),
  /** It was merged into this one, which stands in its place. */
  mergedInto: Id.nullish(),
  /** The last merge into it, which can be taken back; each merge and each parting gives its items other places. */
  mergeId: Id.nullish(),
  createdAt: Time,
  version: z.number().int(),
  may: z.object({ agentReply: Verdict, operatorSend: Verdict }),
});
export type SharedConversation = z.infer<typeof SharedConversation>;

export const Conversation = SharedConversation.extend({
  unread: z.number().int(),
  mergedFrom: Id.optional(),
  /** In a list that was searched: where the words were found. */
  match: z
    .object({
      snippet: z.string(),
      kind: z.enum(['message', 'note', 'contact', 'subject']),
      author: z.string().nullable(),
      /** What is to be marked, as it stands in the snippet. */
      marks: z.array(z.string()),
      /** Of a message or a note: which, and its place in the conversation. */
      messageId: Id.optional(),
      seq: z.number().int().optional(),
    })
    .optional(),
});
export type Conversation = z.infer<typeof Conversation>;

/** A draft of the approval queue, with the conversation that it belongs to. */
export const QueuedDraft = Draft.extend({ conversation: SharedConversation });
export type QueuedDraft = z.infer<typeof QueuedDraft>;

/** What narrows the pool; every field given must hold. Open conversations that somebody put off are left out unless `snoozed` asks for them. */
export const ConversationFilter = z.object({
  status: Status.or(z.literal('any')).default('open'),
  channel: Channel.optional(),
  agentId: Id.or(z.literal('none')).optional(),
  assigneeId: Id.or(z.enum(['me', 'none'])).optional(),
  departmentId: Id.or(z.literal('none')).optional(),
  contactId: Id.optional(),
  tag: z.string().max(200).optional(),
  unread: Flag.optional(),
  requiresAction: Flag.optional(),
  handedOff: Flag.optional(),
  draftPending: Flag.optional(),
  snoozed: Flag.optional(),
  priority: Priority.optional(),
  q: z.string().trim().max(500).optional(),
});
export type ConversationFilter = z.infer<typeof ConversationFilter>;
export const ConversationsQuery = ConversationFilter.extend({ sort: z.enum(['activity', 'priority']).default('activity'), ...PageQuery.shape });
export type ConversationsQuery = z.infer<typeof ConversationsQuery>;

/** Unread ones are counted to 999; where there are more, `more` says so, and screens show “999+”. */
export const Count = z.object({ total: z.number().int(), unread: z.number().int(), more: z.literal(true).optional() });
export const Counts = z.object({
  all: Count,
  channels: z.partialRecord(Channel, Count),
  views: z.object({ open: Count, mine: Count, handedOff: Count, requiresAction: Count, draftPending: Count, unassigned: Count }),
  /** Of words: there are more than were counted. */
  atLeast: z.literal(true).optional(),
});
export type Counts = z.infer<typeof Counts>;

export const PatchConversation = z.strictObject({
  replyMode: ReplyMode.nullable().optional(),
  agentId: Id.nullable().optional(),
  assigneeId: Id.nullable().optional(),
  departmentId: Id.nullable().optional(),
  status: Status.optional(),
  tags: z.array(z.string().max(200)).max(50).optional(),
  priority: Priority.optional(),
  subject: ShortText.nullable().optional(),
  snoozedUntil: SnoozeUntil.optional(),
});
export type PatchConversation = z.infer<typeof PatchConversation>;

export const BulkConversations = z
  .strictObject({
    /** Chosen by the caller, who can follow and cancel the operation by it while it goes on; sent again it is done once. */
    operationId: Id.optional(),
    ids: z.array(Id).max(10_000).optional(),
    /** As in the pool. A field that nobody knows is refused: without it the filter would cover more than was meant. */
    filter: z.strictObject(ConversationFilter.partial().shape).optional(),
    set: z
      .strictObject({
        replyMode: ReplyMode.nullable().optional(),
        agentId: Id.nullable().optional(),
        assigneeId: Id.nullable().optional(),
        departmentId: Id.nullable().optional(),
        status: Status.optional(),
        priority: Priority.optional(),
        addTags: z.array(z.string().max(200)).max(50).optional(),
        removeTags: z.array(z.string().max(200)).max(50).optional(),
        snoozedUntil: SnoozeUntil.optional(),
        read: z.boolean().optional(),
        /** All that this macro sets, and its note, on each; by itself. One that speaks to the customer is refused. */
        macroId: Id.optional(),
      })
      .refine((set) => set.macroId === undefined || Object.keys(set).length === 1, { message: 'stands alone', path: ['macroId'] }),
  })
  .refine((body) => (body.ids === undefined) !== (body.filter === undefined), { message: 'give either ids or filter', path: ['ids'] });
export type BulkSet = z.infer<typeof BulkConversations>['set'];
export const BulkResult = z.object({
  operationId: Id,
  results: z.array(z.object({ id: Id, ok: z.boolean(), code: z.string().optional() })),
});

const NewContact = z.strictObject({
  name: Name.optional(),
  email: z.email().max(320).optional(),
  phone: z.string().max(50).optional(),
  /** The address on the channel of the account: an email address, a phone number, a handle. */
  handle: z.string().trim().min(1).max(320).optional(),
});
export const BeginConversation = z
  .strictObject({
    contactId: Id.optional(),
    contact: NewContact.optional(),
    /** With contactId: an address on the account's channel, which becomes the contact's where it is nobody's yet. */
    handle: NewContact.shape.handle,
    channelAccountId: Id,
    ...SendMessage.pick({ text: true, html: true, subject: true, cc: true, bcc: true, template: true, attachmentIds: true }).shape,
  })
  .refine((body) => (body.contactId === undefined) !== (body.contact === undefined), { message: 'give either contactId or contact', path: ['contact'] })
  .refine((body) => body.handle === undefined || body.contactId !== undefined, { message: 'goes with contactId; a new contact has its own', path: ['handle'] });

export const WithReason = z.strictObject({ reason: Reason.optional() });
export const MarkRead = z.strictObject({ seq: z.number().int().min(0).max(2_147_483_647) });
export const TransferToAi = z.strictObject({ agentId: Id, reason: Reason.optional() });
export const HandOff = z.strictObject({ routeId: Id.optional(), departmentId: Id.optional(), reason: Reason.optional() });
export const TransferTo = z.strictObject({ operatorId: Id, note: Reason.optional() });
export const Typing = z.strictObject({ typing: z.boolean() });

export const Transfer = z.object({
  id: Id,
  conversationId: Id,
  from: Person,
  to: Person,
  note: z.string().nullable(),
  status: z.enum(['pending', 'accepted', 'declined', 'cancelled', 'expired']),
  expiresAt: Time,
  createdAt: Time,
});
export type Transfer = z.infer<typeof Transfer>;
