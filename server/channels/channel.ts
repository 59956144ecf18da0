/**
 * A channel is one way to reach a customer: it checks that a request really comes from the provider (`verify`), turns
 * the provider's payload into a closed list of events (`parse`), and hands a message to the provider (`send`).
 * Channels are pure adapters: no database, no routes, no clock of their own (`now` is an argument), and nothing that a
 * provider sends makes them throw.
 */
import type { z } from 'zod';
import type { InboundAttachment, InboundEvent, Party } from './inbound.ts';

/** Every kind of channel. `linkedin` is logged by hand and has no webhook. */
export const channelKinds = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** One account of a channel as stored, credentials decrypted. `settings` and `credentials` are checked by the channel. */
export interface ChannelAccountConfig {
  id: string;
  workspaceId: string;
  kind: ChannelKind;
  /** The account's own handle: mail address, phone number in E.164, page id. */
  address: string;
  settings: Record<string, unknown>;
  credentials: Record<string, unknown>;
  /** Of the deployment: reply addresses are signed under the first, and those signed under any are known again. */
  replyKeys: readonly string[];
}

/** An account whose settings and credentials have passed the channel's schemas. */
export interface Account<Settings, Credentials> extends Omit<ChannelAccountConfig, 'settings' | 'credentials'> {
  settings: Settings;
  credentials: Credentials;
}

/** A webhook call as it arrived. */
export interface InboundRequest {
  /** The configured PUBLIC_URL with this request's path and query. Never built from Host or X-Forwarded-* headers. */
  url: string;
  headers: Headers;
  /** The body byte for byte; signatures are taken over it before anything is decoded. */
  body: Uint8Array;
}

/** The address of an account's webhook, below the configured PUBLIC_URL. */
export function webhookUrl(publicUrl: string, accountId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/v1/channels/${accountId}/inbound`;
}

export type Verdict = { ok: true } | { ok: false; reason: string };

/** The answer to a provider's GET that asks whether this address is ours. `body` is sent back as text/plain. */
export type Challenge = { ok: true; body: string } | { ok: false; reason: string };

export type * from './inbound.ts';

export interface OutboundAttachment {
  name: string;
  type: string;
  bytes: Uint8Array;
  /** A signed link from which the provider can fetch the file (messengers take links, mail takes bytes). */
  url: string;
}

export interface OutboundMessage {
  /** Our message id (UUID): the idempotency key where the provider takes one, and the root of the mail's Message-ID. */
  id: string;
  conversationId: string;
  /** The recipient's handle, frozen when the message was queued. */
  to: Party;
  /** Mail only: who gets a copy; of `bcc` nobody else learns. */
  cc?: Party[];
  bcc?: Party[];
  subject?: string;
  text: string;
  html?: string;
  attachments: OutboundAttachment[];
  /** Routes to choose from at a handoff: buttons where the provider has them, else a numbered list under the text. */
  /** `note` says when somebody is there for it, where nobody is. */
  routes?: { id: string; label: string; note?: string | undefined }[];
  /** External id of the message that this one answers. */
  inReplyTo?: string;
  /** Mail only: external ids of the thread, oldest first. */
  references?: string[];
  /** True when no person wrote or approved it; mail then says so in its headers. */
  automatic: boolean;
  /** A text that the provider has approved; `text` says the same with its parameters filled in. */
  template?: { name: string; language: string; parameters: string[] };
}

/** A text that a provider has approved for when a free answer is not allowed; `{{1}}`, `{{2}}`, … stand for parameters. */
export interface Template {
  name: string;
  language: string;
  body: string;
}

/** What channels need of `fetch`; the global one fits. */
export type Fetch = (
  url: string,
  init: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; headers: Record<string, string>; body?: string; redirect: 'manual'; signal: AbortSignal },
) => Promise<Response>;

/** Finds the address to connect to for a host; rejects where it may not be reached. */
export type ResolveHost = (host: string) => Promise<string>;

export interface SendContext {
  /** For the providers' own hosts (`apiBases`). */
  fetch: Fetch;
  /** For addresses that a workspace typed in: must refuse private networks (`makeOutsideFetch` does). */
  fetchOutside: Fetch;
  /** The same for hosts that are not asked by HTTP: what it gives is connected to, and nothing else. */
  resolveHost: ResolveHost;
  /** Aborting it ends the attempt; the outcome is then `unknown` if the provider may already have the message. */
  signal: AbortSignal;
  now: Date;
  /** The address under which providers reach us, for status callbacks. */
  publicUrl: string;
  /** Where the providers' APIs are, for the whole deployment. Credentials are sent to these hosts and no others. */
  apiBases: { twilio: string; meta: string };
}

/**
 * `retry`: the provider surely did not take it, trying again is safe. `failed`: it never will. `unknown`: it may have
 * been taken and there is no idempotency key to find out; only a person may send it again. `error` is the provider's
 * reason in words and holds no secrets. `wholeAccount`: it is not about this message; the account's others would fare the same.
 */
export type SendResult =
  /** `warning`: it went out, but not to everybody that was to have a copy; in words. */
  | { ok: true; externalId: string; warning?: string }
  | { ok: false; kind: 'retry' | 'failed' | 'unknown'; error: string; retryAfterMs?: number; wholeAccount?: boolean };

/** Where a provider keeps a file that came with a message. */
export type MediaSource = Exclude<InboundAttachment['source'], { from: 'bytes' }>;

/** Aborting `signal` ends the fetch, also while the bytes are read. */
export type MediaContext = Pick<SendContext, 'fetch' | 'fetchOutside' | 'signal' | 'apiBases'>;

/** The bytes of a file as they come, or why there are none: `failed` where asking again is of no use. `error` is in words and holds no secrets. */
export type MediaAnswer = { ok: true; body: AsyncIterable<Uint8Array> } | { ok: false; kind: 'retry' | 'failed'; error: string };

export interface ChannelLimits {
  /** The longest text that one message may have, in UTF-16 units; null when there is no limit. */
  maxText: number | null;
  subject: boolean;
  html: boolean;
  /** The most files and the most bytes per file; null where files cannot be sent. */
  attachments: { maxCount: number; maxBytes: number } | null;
}

/**
 * One thing that a test of an account did: logged in by SMTP or IMAP, asked the provider who the account is, or posted to
 * its address. `detail` is the provider's reason in words where it failed, and holds no secrets.
 */
export interface TestStep {
  name: 'smtp' | 'imap' | 'provider' | 'webhook';
  ok: boolean;
  detail: string;
}

/** When a free-form answer is still allowed. */
export interface ReplyWindow {
  open: boolean;
  /** When it closes, or closed; null when the customer never wrote. */
  closesAt: Date | null;
}

export interface Channel {
  kind: ChannelKind;
  /**
   * Who delivers: `provider` by `send`; `own` by our own commit (the chat widget reads it from us); `none`: nothing can
   * be sent on this channel, `send` answers `failed`.
   */
  delivery: 'provider' | 'own' | 'none';
  /** True when the provider takes an idempotency key: sending again after a doubt is then safe. */
  idempotent: boolean;
  limits: ChannelLimits;
  /** What is not secret: numbers, hosts, names. */
  settings: z.ZodType<Record<string, unknown>>;
  /** What is secret: stored encrypted, never shown again. */
  credentials: z.ZodType<Record<string, unknown>>;
  /**
   * Names what an account still lacks (`credentials.authToken`, `settings.smtpHost`, …) before it may `receive` or
   * `send`; empty when it is complete. An account without its secret is refused, never trusted.
   */
  missing(account: ChannelAccountConfig, purpose: 'receive' | 'send'): string[];
  /** Whether the provider sent this. Constant time, over the raw body; refuses when no secret is configured. */
  verify(request: InboundRequest, account: ChannelAccountConfig, now: Date): Verdict;
  /** Answers the provider's GET, where it makes one (Meta's `hub.challenge`). `query` is the request's. */
  challenge?(query: URLSearchParams, account: ChannelAccountConfig): Challenge;
  /**
   * What a verified request says, in its order; its body is given away and may be empty afterwards. Never rejects: what cannot be read is an `unknown` event. Texts come
   * without NUL characters and lone surrogates (no database stores them) and names and ids within a sane length.
   */
  parse(request: InboundRequest, account: ChannelAccountConfig, now: Date): Promise<InboundEvent[]>;
  /** Hands one message to the provider, once. Never rejects. */
  send(message: OutboundMessage, account: ChannelAccountConfig, ctx: SendContext): Promise<SendResult>;
  /**
   * Fetches a file that the provider keeps; absent where files come with their messages. Credentials go to the provider's
   * own hosts, everything else is asked for without and on the public internet only. Never rejects; reading may.
   */
  media?(source: MediaSource, account: ChannelAccountConfig, ctx: MediaContext): Promise<MediaAnswer>;
  /**
   * Tries the account out without a message to anybody: connects, logs in, asks. What the account lacks is left out. Absent
   * where there is nobody to ask. Never rejects.
   */
  test?(account: ChannelAccountConfig, ctx: SendContext): Promise<TestStep[]>;
  /** Whether a free-form answer is allowed now; absent where it always is. Ask before a message is queued and claimed. */
  replyWindow?(lastInboundAt: Date | null, now: Date): ReplyWindow;
  /** The templates that an account's settings name; absent where the provider has none. */
  templates?(settings: Record<string, unknown>): Template[];
}
