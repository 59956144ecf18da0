/** What providers tell: a closed list of events, the same for all channels. */

/** A file that came with a message: its bytes, or where the provider keeps them. */
export interface InboundAttachment {
  name?: string;
  /** As the sender declared it. What it is must be decided from the content. */
  type: string;
  /** Content-ID without its angle brackets, where the HTML shows the file in its text. */
  contentId?: string;
  source: { from: 'bytes'; bytes: Uint8Array } | { from: 'url'; url: string } | { from: 'provider'; mediaId: string };
}

export interface Party {
  /** Mail address in lower case, phone number in E.164, or the provider's id of the person. */
  handle: string;
  name?: string;
}

export interface InboundMessage {
  type: 'message';
  /** The provider's id of the message; the same for every repetition, so that (account, externalId) can be unique. */
  externalId: string;
  from: Party;
  to?: Party[];
  cc?: Party[];
  subject?: string;
  /** What the person wrote, without the quoted history. May be empty when there are attachments. */
  text: string;
  /** Mail only: the quoted history that was cut off `text`. */
  quoted?: string;
  /** Mail only, exactly as sent: sanitise before it is stored or shown. */
  html?: string;
  attachments: InboundAttachment[];
  at: Date;
  /** External id of the message that this one answers. */
  inReplyTo?: string;
  /** Mail only: external ids of the thread, oldest first. */
  references?: string[];
  /** Mail only: the conversation named by a reply address of ours whose signature is right. */
  signedConversationId?: string;
  /** Mail that no person wrote to us (RFC 3834): kept and shown, never answered. The value says why. */
  autoSubmitted?: 'auto_reply' | 'list' | 'bulk' | 'bounce' | 'loop' | 'no_reply';
  /** The route that the customer chose: its id where buttons carry it, else its number in the list as shown, from 1. */
  chosenRoute?: string | number;
  /** SMS only: the whole text is a word that asks for no more messages, for messages again, or for help. */
  keyword?: { word: 'stop' | 'start' | 'help' /** The provider has answered it by itself. */; answered: boolean };
}

export interface InboundStatus {
  type: 'status';
  /** The id that `send` returned. */
  externalId: string;
  /** Our own id of the message, where the provider repeats it: a report may come before `send` has returned. */
  messageId?: string;
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'bounced';
  /** Mail only: to whom it did not, or did, come, in lower case. May be one of those who had a copy. */
  recipient?: string;
  /** The provider's reason in words. */
  error?: string;
  at: Date;
}

/**
 * A message that went out from this account, as the provider repeats it. Where its id is one that `send` returned it is
 * our own and says nothing new; else a person wrote it in the provider's app, which counts as a person taking over.
 */
export interface InboundEcho {
  type: 'echo';
  externalId: string;
  to: Party;
  text: string;
  attachments: InboundAttachment[];
  at: Date;
}

/** Somebody's reaction to a message; the newest of each person counts. */
interface InboundReaction {
  type: 'reaction';
  /** Of the message that it is about. */
  externalId: string;
  /** Who reacted; absent where it was somebody of the team, in the provider's app. */
  from?: Party;
  /** Empty where a reaction was taken back. */
  emoji: string;
  at: Date;
}

interface CallTurn {
  speaker: 'contact' | 'agent' | 'operator';
  name?: string;
  text: string;
  /** Seconds from the start of the call. */
  atSeconds: number;
}

/** A call as known so far. Each report holds the whole transcript; the one with the highest `revision` is the truth. */
export interface InboundCall {
  type: 'call';
  /** The provider's id of the call, the same in every report of it. */
  externalId: string;
  revision: number;
  direction: 'inbound' | 'outbound';
  /** The customer's end of the call. */
  from: Party;
  turns: CallTurn[];
  startedAt: Date;
  ended: boolean;
  durationSeconds?: number;
  recordingUrl?: string;
  /** What the operator or the telephone system noted about the call. */
  note?: string;
}

/** Something genuine that this channel has no place for: answered with 200, kept, shown under the account. */
interface InboundUnknown {
  type: 'unknown';
  /** What it was, in words, without customer text. */
  what: string;
}

export type InboundEvent = InboundMessage | InboundStatus | InboundEcho | InboundReaction | InboundCall | InboundUnknown;
