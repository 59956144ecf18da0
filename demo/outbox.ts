/** What the stand-ins of the providers received, and the files that passed through them. */
import { randomUUID } from 'node:crypto';
import type { ChannelKind } from '../server/channels/channel.ts';

/** A file of a message: `id` once its bytes are here, `url` where the sender says that it lies. */
export interface OutboxFile {
  id?: string;
  name?: string;
  type?: string;
  size?: number;
  url?: string;
}

export interface Choice {
  /** What a tap sends back. */
  id: string;
  title: string;
}

/** What became of a message, as the stand-in has reported it to us. */
export type Reported = 'sent' | 'delivered' | 'read' | 'failed' | 'bounced';

/** One message that a stand-in received. */
export interface OutboxItem {
  channel: ChannelKind;
  to: string;
  text: string;
  subject?: string;
  /** The id that the stand-in gave it, the same that `send` returned. */
  messageId: string;
  at: string;
  /** Mail: who it says it is from, and where an answer goes. */
  from?: string;
  replyTo?: string;
  cc?: string[];
  html?: string;
  headers?: { name: string; value: string }[];
  attachments?: OutboxFile[];
  /** Buttons, rows of a list or quick replies; `text` has them below it too, numbered. */
  choices?: Choice[];
  choiceStyle?: 'button' | 'list' | 'quick_reply';
  /** The name of the template that it was sent by. */
  template?: string;
  /** The body as it came, where it is JSON. */
  payload?: unknown;
  status?: Reported;
}

/** How many messages an outbox keeps; older ones are forgotten. */
const size = 10_000;
/** The order in which a message comes along; a report that comes late takes nothing back. */
const order: readonly Reported[] = ['sent', 'delivered', 'read', 'failed', 'bounced'];

export class Outbox {
  private items: OutboxItem[] = [];

  /** @returns the item as kept, whose parts may still be filled in */
  keep(item: Omit<OutboxItem, 'at'>): OutboxItem {
    const kept = { ...item, at: new Date().toISOString() };
    this.items.push(kept);
    if (this.items.length > size) this.items.shift();
    return kept;
  }

  /** What was received, oldest first; of one channel, or of all. */
  list(channel?: ChannelKind): OutboxItem[] {
    return this.items.filter((item) => channel === undefined || item.channel === channel);
  }

  find(messageId: string): OutboxItem | undefined {
    return this.items.find((item) => item.messageId === messageId);
  }

  /** Notes what was reported about a message. */
  mark(messageId: string, status: Reported): void {
    const item = this.find(messageId);
    if (item && order.indexOf(status) > order.indexOf(item.status ?? 'sent')) item.status = status;
  }

  clear(): void {
    this.items = [];
  }
}

export interface MediaFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Bytes of files in memory; beyond this the oldest are forgotten. */
const mediaBytes = 200_000_000;

export class Media {
  private readonly files = new Map<string, MediaFile>();
  private bytes = 0;

  /** @returns the id that it is found by */
  keep(file: MediaFile): string {
    const id = randomUUID().replaceAll('-', '');
    this.files.set(id, file);
    this.bytes += file.bytes.length;
    for (const [oldest, { bytes }] of this.files) {
      if (this.bytes <= mediaBytes || oldest === id) break;
      this.files.delete(oldest);
      this.bytes -= bytes.length;
    }
    return id;
  }

  find(id: string): MediaFile | undefined {
    return this.files.get(id);
  }
}
