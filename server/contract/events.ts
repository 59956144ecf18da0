import { z } from 'zod';
import { Id, Time } from './common.ts';
import type { VisitorConversation } from './chat.ts';
import type { Contact } from './contact.ts';
import type { SharedConversation, Transfer, Working } from './conversation.ts';
import type { Draft } from './draft.ts';
import type { Message, VisitorMessage } from './message.ts';
import type { Ticket } from './ticket.ts';

export const Notification = z.object({
  id: Id,
  kind: z.enum(['handoff', 'assignment', 'transfer', 'mention', 'draft', 'delivery', 'snooze', 'model']),
  conversationId: Id.nullable(),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
  readAt: Time.nullable(),
  createdAt: Time,
});
export type Notification = z.infer<typeof Notification>;

export const ReadMark = z.object({ conversationId: Id, readInboundCount: z.number().int() });

/** Which settings changed; the client reads them again. */
export const SettingsChanged = z.object({ kind: z.string(), id: Id.nullable() });

/** Something was erased, or was kept for as long as the workspace keeps such things. */
export const Gone = z.object({ kind: z.enum(['conversation', 'contact', 'ticket']), id: Id });

/** Events of `GET /v1/events`: the durable ones carry an id and are never missed. */
export interface OperatorEvents {
  conversation: z.infer<typeof SharedConversation>;
  message: z.infer<typeof Message>;
  draft: z.infer<typeof Draft>;
  contact: z.infer<typeof Contact>;
  transfer: z.infer<typeof Transfer>;
  ticket: z.infer<typeof Ticket>;
  settings: z.infer<typeof SettingsChanged>;
  read: z.infer<typeof ReadMark>;
  notification: z.infer<typeof Notification>;
  gone: z.infer<typeof Gone>;
  reset: Record<string, never>;
  working: { conversationId: string; working: z.infer<typeof Working> | null };
  typing: { conversationId: string; who: { kind: 'contact' | 'operator'; id: string; name: string }; typing: boolean };
  /** What an operator has open now, the last to be opened first; `conversationId` is that one. */
  presence: { operatorId: string; name: string; conversationId: string | null; viewing: readonly { conversationId: string; since: string }[] };
  compose: { conversationId: string; agentId: string; text: string };
}

/** Events of `GET /v1/chat/events`. */
export interface VisitorEvents {
  message: z.infer<typeof VisitorMessage>;
  conversation: z.infer<typeof VisitorConversation>;
  reset: Record<string, never>;
  typing: { who: { kind: 'agent' | 'operator'; name: string }; typing: boolean };
}
