import { z } from 'zod';
import { Id, MessageText, Name, ShortText, Time } from './common.ts';
import { AttachmentIds, VisitorMessage } from './message.ts';

export const BeginSession = z.strictObject({
  workspace: z.string().min(1).max(100),
  channelAccountId: Id.optional(),
  identityToken: z.string().max(8_000).optional(),
  /** The page's language, for what the workspace says by itself. */
  language: z.string().max(35).optional(),
});

/** What a visitor sees of its conversation: who answers, and whether a person is awaited. */
export const VisitorConversation = z.object({
  id: Id,
  open: z.boolean(),
  answering: z.object({ kind: z.enum(['agent', 'operator', 'team']), name: z.string().nullable(), avatarUrl: z.string().nullable() }),
  handedOff: z.boolean(),
});
export type VisitorConversation = z.infer<typeof VisitorConversation>;

export const VisitorSession = z.object({
  token: z.string(),
  contact: z.object({ id: Id, name: z.string(), email: z.string().nullable() }),
  conversation: VisitorConversation.nullable(),
  workspace: z.object({ name: z.string() }),
  agent: z.object({ name: z.string(), avatarUrl: z.string().nullable() }).nullable(),
  /** What files may be sent, in bytes each; null where none may. */
  files: z.object({ maxBytes: z.number().int() }).nullable(),
});
export type VisitorSession = z.infer<typeof VisitorSession>;

export const VisitorMessages = z.object({
  items: z.array(VisitorMessage),
  before: z.string().nullable(),
  conversation: VisitorConversation.nullable(),
  /** When the newest message was sent of those that the visitor has seen; null where it has seen none. */
  readAt: Time.nullable(),
});
export type VisitorMessages = z.infer<typeof VisitorMessages>;
export const VisitorMessagesQuery = z.object({
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const VisitorWrites = z.strictObject({ text: MessageText, attachmentIds: AttachmentIds.optional() });
export const VisitorReads = z.strictObject({ messageId: Id.optional() });
export const ChooseRoute = z.strictObject({
  routeId: Id,
  messageId: Id.optional(),
  /** What was filled in, by the id of its field. Left out: what the route asks for is asked in the conversation, one after the other. */
  fields: z.record(z.string().max(64), ShortText).optional(),
  /** What was refused once is taken as it is. */
  asIs: z.boolean().default(false),
});
export const VisitorIs = z.strictObject({ name: Name.optional(), email: z.email().max(320).optional() });
