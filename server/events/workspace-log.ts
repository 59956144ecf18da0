/** The log of one workspace as this process follows it: read once for all of its readers, who join without a gap. */
import { headCursor, readEvents } from '../db/events.ts';
import type { Cursor, EventPage } from '../db/events.ts';
import type { Sql } from '../db/connect.ts';
import { compareCursors, formatEventId, laterOf, parseEventId } from './cursor.ts';
import { Feeds, Recent, joinFrames } from './feed.ts';
import type { Feed } from './feed.ts';
import { RenderFailure, encodeFrame, encodeRows, heartbeat } from './frame.ts';
import type { Entry, Projection, Render } from './frame.ts';
import type { Reader } from './reader.ts';

interface LogDeps {
  sql: Sql;
  render: Render;
  /** Told what went wrong in the background; reading goes on. */
  onError: (error: unknown) => void;
  /** Something was set that may concern who may read. */
  onSettings: (workspaceId: string) => void;
  /** A reader was told to read afresh. */
  onReset: () => void;
  /** Nobody is left. */
  onIdle: (workspaceId: string) => void;
}

/** Events of one look at the log, live and for those who catch up. */
const liveLimit = 200;
const catchUpLimit = 100;
/** Milliseconds until the next look while a running transaction holds events back: 2, 4, 8 … */
const firstWait = 2;
const lastWait = 50;
/** Looks that may fail to be shown before readers are told to read afresh instead. */
const renderTries = 3;
/** Milliseconds until the next look after a failure: 50, 100, 200 … */
const firstPause = 50;
const lastPause = 1_000;

/** A page for those who catch up at the same place. */
interface ShownPage extends EventPage {
  entries: Entry[];
}

export class WorkspaceLog {
  readonly workspaceId: string;
  readonly feeds = new Feeds();
  readonly #deps: LogDeps;
  #epoch = '';
  /** All before it has been written to the live readers. */
  #cursor: Cursor | null = null;
  #beginning: Promise<Cursor> | null = null;
  #recent = new Recent({ xid: '0', id: 0 });
  /** Where the batch ends that is being shown: its audience was settled when it began. */
  #showing: Cursor | null = null;
  /** Rises when everyone is told to read afresh. */
  #generation = 0;
  #due = false;
  #running = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #wait = firstWait;
  #failures = 0;
  readonly #pages = new Map<string, Promise<ShownPage>>();

  constructor(workspaceId: string, deps: LogDeps) {
    this.workspaceId = workspaceId;
    this.#deps = deps;
  }

  /** Where the live readers are, unless a look is under way. */
  get resting(): Cursor | null {
    return this.#running ? null : this.#cursor;
  }

  /** Nothing lies between the place and `horizon`. */
  advance(horizon: Cursor): void {
    if (this.resting) this.#cursor = laterOf(this.resting, horizon);
  }

  /** There may be something new: looks at once, or once more after the look that is under way. */
  nudge(): void {
    this.#due = true;
    this.#wait = firstWait;
    if (!this.#running) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /**
   * Opens the stream of a reader: from now on, or first all that followed `lastEventId`. Resolves when it is under way.
   * @throws what the database threw when the head could not be read; nothing has been sent then
   */
  async join(reader: Reader, lastEventId: string | undefined): Promise<void> {
    const feed = this.feeds.hold(reader);
    reader.onClose(() => {
      this.feeds.release(reader);
      if (this.feeds.empty) {
        this.stop();
        this.#deps.onIdle(this.workspaceId);
      }
    });
    const cursor = await this.#begin();
    feed.since ??= this.#showing ?? cursor;
    if (reader.closed) return;
    if (lastEventId === undefined) {
      const head = laterOf(this.#cursor ?? cursor, feed.since);
      // A block without data moves only the id from which the browser resumes.
      reader.begin(Buffer.from(`id: ${formatEventId(this.#epoch, head)}\n\n`));
      this.#follow(reader, feed, head);
      return;
    }
    reader.begin(heartbeat);
    const from = parseEventId(lastEventId);
    if (from?.epoch === this.#epoch) void this.#catchUp(reader, feed, from.cursor);
    else this.#reset(reader, feed);
  }

  /** The head of the log, read once; then it is followed. */
  async #begin(): Promise<Cursor> {
    if (this.#cursor) return this.#cursor;
    this.#beginning ??= headCursor(this.#deps.sql)
      .then(({ epoch, cursor }) => {
        this.#epoch = epoch;
        this.#cursor = cursor;
        this.#recent = new Recent(cursor);
        this.nudge();
        return cursor;
      })
      .finally(() => (this.#beginning = null));
    return this.#beginning;
  }

  async #run(): Promise<void> {
    this.#running = true;
    clearTimeout(this.#timer);
    while (this.#due && this.#cursor && !this.#stopped) {
      this.#due = false;
      try {
        const page = await readEvents(this.#deps.sql, this.workspaceId, this.#cursor, liveLimit);
        if (page.epoch !== this.#epoch || page.lost) this.#resetAll(page.epoch, page.horizon);
        else await this.#deliver(page);
        this.#failures = 0;
        if (page.full) this.#due = true;
        else if (page.held) {
          if (page.rows.length > 0) this.#wait = firstWait;
          this.#lookAgain(this.#wait);
          this.#wait = Math.min(this.#wait * 2, lastWait);
        }
      } catch (error) {
        this.#deps.onError(error);
        this.#lookAgain(Math.min(firstPause * 2 ** this.#failures, lastPause));
        this.#failures += 1;
        break;
      }
    }
    this.#running = false;
  }

  #lookAgain(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#due = true;
      if (!this.#running) void this.#run();
    }, after);
  }

  /** Shows what anyone here is to see, and writes it in one go. */
  async #deliver(page: EventPage): Promise<void> {
    const wanted = page.rows.filter((row) => this.feeds.wants(row.audience, row.addresseeId));
    if (wanted.length > 0) {
      this.#showing = page.next;
      try {
        const entries = await encodeRows(this.#deps.render, this.workspaceId, this.#epoch, wanted);
        this.#cursor = page.next;
        this.#recent.add(entries);
        this.feeds.write(entries);
      } catch (error) {
        if (!(error instanceof RenderFailure) || this.#failures + 1 < renderTries) throw error;
        this.#deps.onError(error);
        this.#resetAll(this.#epoch, page.next);
      } finally {
        this.#showing = null;
      }
    }
    this.#cursor = page.next;
    if (page.rows.some((row) => row.kind === 'settings')) this.#deps.onSettings(this.workspaceId);
  }

  /** Writes what a reader has missed, a page at a time as it takes them, until what is kept for the live readers joins on. */
  async #catchUp(reader: Reader, feed: Feed, from: Cursor): Promise<void> {
    const generation = this.#generation;
    let at = from;
    let known = false;
    while (!reader.closed && this.#cursor && feed.since) {
      if (generation !== this.#generation) return this.#reset(reader, feed);
      // A place ahead of ours may be another process's, or nobody's: the database knows.
      known ||= compareCursors(at, this.#cursor) <= 0;
      if (known && compareCursors(at, laterOf(this.#recent.start, feed.since)) >= 0) return this.#follow(reader, feed, at);
      try {
        const page = await this.#page(reader, at);
        if (page.epoch !== this.#epoch || page.lost || compareCursors(at, page.horizon) > 0) return this.#reset(reader, feed);
        reader.send(joinFrames(page.entries.filter((entry) => reader.isFor(entry))));
        at = page.next;
        known = true;
      } catch (error) {
        this.#deps.onError(error);
        if (error instanceof RenderFailure) return this.#reset(reader, feed);
        return reader.cut();
      }
      await reader.drained();
    }
  }

  /** One page after a place, read and shown once for all who catch up from there at the same time. */
  #page(reader: Reader, at: Cursor): Promise<ShownPage> {
    const { sql, render } = this.#deps;
    const visitor = reader.audience === 'visitor';
    const key = `${visitor ? reader.addresseeId : 'operators'} ${at.xid} ${at.id}`;
    const shared = this.#pages.get(key);
    if (shared) return shared;
    const scope = visitor ? { of: 'visitor' as const, identityId: reader.addresseeId } : { of: 'operators' as const };
    const page = readEvents(sql, this.workspaceId, at, catchUpLimit, scope)
      .then(async (found) => ({ ...found, entries: await encodeRows(render, this.workspaceId, found.epoch, found.rows) }))
      .finally(() => this.#pages.delete(key));
    this.#pages.set(key, page);
    return page;
  }

  /** From here on this reader has what is live, after what was sent lately and it has not had. */
  #follow(reader: Reader, feed: Feed, at: Cursor): void {
    if (reader.closed || !this.#cursor) return;
    reader.send(joinFrames(this.#recent.after(at).filter((entry) => reader.isFor(entry))));
    reader.after = compareCursors(at, this.#cursor) > 0 ? at : null;
    feed.readers.add(reader);
  }

  #reset(reader: Reader, feed: Feed): void {
    if (reader.closed || !this.#cursor) return;
    const head = laterOf(this.#cursor, feed.since ?? this.#cursor);
    reader.send(encodeFrame({ event: 'reset', data: {} }, formatEventId(this.#epoch, head)));
    this.#follow(reader, feed, head);
    this.#deps.onReset();
  }

  /** Everyone reads afresh and goes on from `head`. */
  #resetAll(epoch: string, head: Cursor): void {
    this.#epoch = epoch;
    this.#cursor = head;
    this.#recent = new Recent(head);
    this.#generation += 1;
    for (const feed of this.feeds.all()) {
      feed.since = head;
      for (const reader of feed.readers) this.#reset(reader, feed);
    }
  }

  /** Tells live readers what is not kept: the team, or one addressee. */
  pass(audience: Projection, addresseeId: string | null, frame: Buffer): void {
    for (const reader of this.feeds.live(audience, addresseeId)) reader.sendPassing(frame);
  }
}
