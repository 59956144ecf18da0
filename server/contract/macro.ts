import { z } from 'zod';
import { Id, MessageText, Name, Priority, ReplyMode, Status, Time } from './common.ts';
import { Conversation } from './conversation.ts';
import { endpoint } from './endpoint.ts';

const TagNames = z.array(z.string().max(200)).max(50);

/** What a macro does; what is left out stays as it is. It is done in this order, all of it or nothing. */
export const MacroActions = z.strictObject({
  /** Sent to the customer, with its variables filled in. */
  text: MessageText.optional(),
  /** A quick reply that is put into the composer, with its variables filled in. */
  quickReplyId: Id.optional(),
  /** Left for the team, with its variables filled in. */
  note: MessageText.optional(),
  addTags: TagNames.optional(),
  removeTags: TagNames.optional(),
  priority: Priority.optional(),
  departmentId: Id.nullable().optional(),
  assigneeId: z
    .union([Id, z.literal('me')])
    .nullable()
    .optional(),
  replyMode: ReplyMode.nullable().optional(),
  status: Status.optional(),
  /** Put off for so many minutes, or until the next message. */
  snooze: z.union([z.number().int().min(1).max(525_600), z.literal('next_message')]).optional(),
  /** The agent that it is given to. */
  transferToAi: Id.optional(),
});
export type MacroActions = z.infer<typeof MacroActions>;

export const MacroInput = z.strictObject({
  name: Name,
  actions: MacroActions.refine((actions) => Object.keys(actions).length > 0, 'must do something'),
});
export const Macro = z.object({ id: Id, name: Name, actions: MacroActions, version: z.number().int(), createdAt: Time });
export type Macro = z.infer<typeof Macro>;

const RunMacro = z.strictObject({
  /** As with a message: behind the newest, a macro that sends is refused. */
  expectedLastInboundSeq: z.number().int().min(0).optional(),
  expectedLastSeq: z.number().int().min(0).optional(),
  /** Take the conversation over first, where an agent is in control and the macro sends. */
  assume: z.boolean().optional(),
});
export const MacroRun = z.object({
  conversation: Conversation,
  /** The message that was sent. */
  messageId: Id.nullable(),
  noteId: Id.nullable(),
  /** For the composer. */
  insert: z.string().nullable(),
  /** What puts back all that can be: all but what was sent or noted, and who was given the word. */
  operationId: Id.nullable(),
});
export type MacroRun = z.infer<typeof MacroRun>;

/** A quick reply as it would be said in one conversation by the caller. */
export const FilledReply = z.object({
  id: Id,
  name: z.string(),
  text: z.string(),
  /** Variables that nothing is known for; they stand in the text as they were. */
  unknown: z.array(z.string()),
});
export type FilledReply = z.infer<typeof FilledReply>;

const one = '/v1/conversations/:id';

export const macroEndpoints = {
  runMacro: endpoint({
    method: 'post',
    path: `${one}/macros/:macroId/run`,
    audience: 'operator',
    summary: 'Do all that a macro says, or nothing where one part is not allowed',
    body: RunMacro,
    status: 200,
    response: MacroRun,
    idempotent: true,
    errors: ['agent_in_control', 'newer_message', 'contact_paused', 'agent_inactive', 'reply_mode_off', 'channel_cannot_send'],
  }),
  listFilledReplies: endpoint({
    method: 'get',
    path: `${one}/quick-replies`,
    audience: 'operator',
    summary: 'The quick replies, with what is known of the conversation filled in',
    status: 200,
    response: z.object({ items: z.array(FilledReply) }),
  }),
};
