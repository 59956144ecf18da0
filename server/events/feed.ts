/** Who listens to a workspace in this process, and what they were sent lately. */
import type { Cursor } from '../db/events.ts';
import { compareCursors } from './cursor.ts';
import type { Entry, Projection } from './frame.ts';
import type { Reader } from './reader.ts';

/** The readers of one operator or of one visitor's identity. */
export interface Feed {
  /** Events after it, of this feed, have been shown and kept or written; `null` until the log's head is known. */
  since: Cursor | null;
  /** Those that follow live. */
  readers: Set<Reader>;
  /** Streams that hold this feed open, also while they catch up. */
  users: number;
}

export class Feeds {
  readonly #operators = new Map<string, Feed>();
  readonly #visitors = new Map<string, Feed>();

  get empty(): boolean {
    return this.#operators.size === 0 && this.#visitors.size === 0;
  }

  /** The feed of this reader, until it is released. */
  hold(reader: Reader): Feed {
    const feeds = this.#of(reader.audience);
    const feed = feeds.get(reader.addresseeId) ?? { since: null, readers: new Set(), users: 0 };
    feeds.set(reader.addresseeId, feed);
    feed.users += 1;
    return feed;
  }

  release(reader: Reader): void {
    const feeds = this.#of(reader.audience);
    const feed = feeds.get(reader.addresseeId);
    if (!feed) return;
    feed.readers.delete(reader);
    feed.users -= 1;
    if (feed.users === 0) feeds.delete(reader.addresseeId);
  }

  /** Whether anyone here is to be shown events of this kind. */
  wants(audience: Projection, addresseeId: string | null): boolean {
    if (audience === 'team') return this.#operators.size > 0;
    return addresseeId !== null && this.#of(audience).has(addresseeId);
  }

  all(): Feed[] {
    return [...this.#operators.values(), ...this.#visitors.values()];
  }

  /** Readers that follow live, of the team or of one addressee. */
  *live(audience: Projection, addresseeId: string | null): Iterable<Reader> {
    if (audience === 'team') for (const feed of this.#operators.values()) yield* feed.readers;
    else yield* this.#of(audience).get(addresseeId ?? '')?.readers ?? [];
  }

  /** Writes a batch to all that follow live: one buffer for everyone to whom the batch is the same. */
  write(entries: Entry[]): void {
    const team = entries.filter((entry) => entry.audience === 'team');
    const shared = joinFrames(team);
    const addressed = new Set(entries.filter((entry) => entry.audience === 'operator').map((entry) => entry.addresseeId));
    for (const [operatorId, feed] of this.#operators) {
      const own = addressed.has(operatorId);
      const batch = own ? entries.filter((entry) => entry.audience === 'team' || (entry.audience === 'operator' && entry.addresseeId === operatorId)) : team;
      writeBatch(feed, batch, own ? joinFrames(batch) : shared);
    }
    for (const identityId of new Set(entries.filter((entry) => entry.audience === 'visitor').map((entry) => entry.addresseeId))) {
      const feed = this.#visitors.get(identityId ?? '');
      const batch = entries.filter((entry) => entry.audience === 'visitor' && entry.addresseeId === identityId);
      if (feed) writeBatch(feed, batch, joinFrames(batch));
    }
  }

  #of(audience: 'operator' | 'visitor'): Map<string, Feed> {
    return audience === 'operator' ? this.#operators : this.#visitors;
  }
}

/** The frames of a batch in one piece. */
export function joinFrames(entries: Entry[]): Buffer {
  const [first] = entries;
  return entries.length === 1 && first ? first.frame : Buffer.concat(entries.map((entry) => entry.frame));
}

function writeBatch(feed: Feed, entries: Entry[], chunk: Buffer): void {
  for (const reader of feed.readers) {
    const { after } = reader;
    if (after === null) reader.send(chunk);
    else {
      const fresh = entries.filter((entry) => compareCursors(entry.cursor, after) > 0);
      if (fresh.length > 0) reader.after = null;
      reader.send(joinFrames(fresh));
    }
  }
}

/** Bytes and events that a workspace keeps, so that whoever catches up joins the live readers without a gap. */
const keptBytes = 256 * 1024;
const keptEvents = 500;

/** What the live readers were sent last. */
export class Recent {
  #entries: Entry[] = [];
  #bytes = 0;
  /** Of all that was shown after it, nothing is missing here. */
  start: Cursor;

  constructor(start: Cursor) {
    this.start = start;
  }

  add(entries: Entry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#bytes += entry.frame.length;
    }
    let dropped = 0;
    for (; this.#bytes > keptBytes || this.#entries.length - dropped > keptEvents; dropped += 1) {
      const oldest = this.#entries[dropped];
      if (!oldest) break;
      this.#bytes -= oldest.frame.length;
      this.start = oldest.cursor;
    }
    if (dropped > 0) this.#entries = this.#entries.slice(dropped);
  }

  after(cursor: Cursor): Entry[] {
    return this.#entries.filter((entry) => compareCursors(entry.cursor, cursor) > 0);
  }
}
