/** What the demo is asked to play, and what every builder of a payload needs. */
import type { ChannelAccountConfig } from '../server/channels/channel.ts';
import type { Choice, MediaFile, OutboxItem } from './outbox.ts';

/**
 * - `message`: the customer writes; `auto_reply`: a machine of theirs does
 * - `echo`: somebody of the business wrote to the customer from the phone app
 * - `reaction`: the customer puts an emoji on a message
 * - `delivered`, `read`, `failed`: what the provider reports about a message; `bounce`: what a mail server does
 * - `call`: what the telephone system knows of a call so far
 */
export const inboundKinds = ['message', 'auto_reply', 'echo', 'reaction', 'delivered', 'read', 'failed', 'bounce', 'call'] as const;
export type InboundKind = (typeof inboundKinds)[number];

export interface DemoTurn {
  speaker: 'contact' | 'agent' | 'operator';
  name?: string;
  text: string;
  atSeconds: number;
}

export interface DemoCall {
  revision: number;
  startedAt: string;
  turns: DemoTurn[];
  ended: boolean;
  durationSeconds?: number;
  recordingUrl?: string;
  note?: string;
}

/** A customer's message, or what is told about one, as the demo is asked to play it. */
export interface DemoInbound {
  kind?: InboundKind;
  /** The customer's handle on that channel. */
  from: string;
  name?: string;
  text: string;
  subject?: string;
  html?: string;
  files?: MediaFile[];
  /** The provider's id of the message, or of the call; a fresh one by default. The same id again is the same message again. */
  externalId?: string;
  /** The message that this one answers or is about. */
  inReplyTo?: string;
  /** That message, where the stand-ins have it. */
  about?: OutboxItem;
  /** What was tapped of what `about` offered. */
  choice?: Choice;
  call?: DemoCall;
}

/** Where providers keep the files that customers send. */
export interface MediaHosts {
  twilio: string;
  meta: string;
  custom: string;
  keep(file: MediaFile): string;
}

export interface Payload {
  body: Uint8Array;
  headers: Record<string, string>;
}

export interface Scene {
  account: ChannelAccountConfig;
  /** Of the account's webhook. */
  url: string;
  now: Date;
  hosts?: MediaHosts;
}

/** Null where the provider has no such thing to tell. */
export type Build = (message: DemoInbound, scene: Scene) => Promise<Payload> | Payload | null;

/** Keeps the files with their provider. @returns each with its id there */
export function deposit({ files = [] }: DemoInbound, { hosts }: Scene): (MediaFile & { id: string; hosts: MediaHosts })[] {
  return files.flatMap((file) => (hosts ? [{ ...file, id: hosts.keep(file), hosts }] : []));
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
export const firstSecret = (account: ChannelAccountConfig): string => asText([account.credentials['webhookSecrets']].flat()[0]);
export const asJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
