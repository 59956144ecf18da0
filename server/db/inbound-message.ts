import type { Channel } from '../contract/common.ts';
import type { Recipient } from '../contract/message.ts';

/** A message from outside, after its channel has verified and parsed it. */
export interface Inbound {
  workspaceId: string;
  accountId: string;
  channel: Channel;
  /** The sender on this channel; an unknown one becomes a contact. */
  from: { handle: string; name?: string | undefined; email?: string | undefined; phone?: string | undefined; language?: string | undefined };
  text: string;
  subject?: string | undefined;
  html?: string | undefined;
  /** Of a mail: who else got it. */
  cc?: Recipient[] | undefined;
  /** The provider's own id; the same one twice is one message. */
  externalId?: string | undefined;
  /** Conversation, external ids or our own ids of earlier messages that it answers; the sender must be part of it, or have had a copy of it. */
  thread?: { conversationId?: string | undefined; externalIds?: string[] | undefined; messageIds?: string[] | undefined } | undefined;
  kind?: 'message' | 'call';
  data?: Record<string, unknown> | undefined;
  /** Mail by machines, lists and the like: kept and shown, never answered. Of what is in {@link NEEDS_PERSON} people have to. */
  neverAnswered?: string | undefined;
}

export interface Received {
  conversationId: string;
  messageId: string;
  duplicate: boolean;
}
