/** One open stream: the raw Node response, and how much may wait in it. */
import type { ServerResponse } from 'node:http';
import type { Cursor } from '../db/events.ts';
import type { Entry } from './frame.ts';
import { heartbeat } from './frame.ts';

/** Who reads: an operator has what the team and what it alone is told; a visitor what its identity is told. */
export interface ReaderOptions {
  workspaceId: string;
  audience: 'operator' | 'visitor';
  /** The operator, or the visitor's identity. */
  addresseeId: string;
  /** Whether this reader may still read; asked again every few seconds. A throw means that it cannot be told now. */
  authorise: () => Promise<boolean>;
  /** Sent with the answer's head: CORS, security, request id. */
  headers: Record<string, string>;
  /** Bytes that may wait for a reader that does not keep up. Beyond, it is cut, and resumes by its id. */
  maxBuffered: number;
}

/** Milliseconds that a stream which was ended has to take what is still on its way. */
const graceAtEnd = 2_000;
/** Bytes that may be on their way before a reader that catches up is given more. */
const catchUpBuffer = 64 * 1024;

/** The head of a stream, beside what the route adds. `X-Accel-Buffering` is for nginx, which would hold events back. */
export const streamHead = (headers: Record<string, string>): Record<string, string> => ({
  ...headers,
  'content-type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'x-accel-buffering': 'no',
});

export class Reader {
  readonly workspaceId: string;
  readonly audience: 'operator' | 'visitor';
  readonly addresseeId: string;
  readonly authorise: () => Promise<boolean>;
  /** What it has had already, when that is more than the live loop of this process has read. */
  after: Cursor | null = null;
  readonly #out: ServerResponse;
  readonly #headers: Record<string, string>;
  readonly #maxBuffered: number;
  readonly #onClose: ((wasCut: boolean) => void)[] = [];
  #closed = false;
  #cut = false;
  #blockedSince: number | null = null;

  constructor(out: ServerResponse, options: ReaderOptions) {
    this.workspaceId = options.workspaceId;
    this.audience = options.audience;
    this.addresseeId = options.addresseeId;
    this.authorise = options.authorise;
    this.#out = out;
    this.#headers = options.headers;
    this.#maxBuffered = options.maxBuffered;
    out.on('close', () => this.#settle());
    out.on('error', () => this.cut());
    out.on('drain', () => (this.#blockedSince = null));
    if (out.destroyed) this.#settle();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Milliseconds for which it has taken too little; 0 when it keeps up. */
  blockedFor(now: number): number {
    return this.#blockedSince === null ? 0 : now - this.#blockedSince;
  }

  /** Called once when the stream is over, with whether it was for taking too little; at once when it is over already. */
  onClose(listener: (wasCut: boolean) => void): void {
    if (this.#closed) listener(this.#cut);
    else this.#onClose.push(listener);
  }

  /** Sends the head and the first block. What this reader is owed must be settled by now: the client reads on from here. */
  begin(preamble: Buffer): void {
    if (this.#closed) return;
    const { socket } = this.#out;
    socket?.setNoDelay(true);
    socket?.setKeepAlive(true, 30_000);
    socket?.setTimeout(0);
    this.#out.writeHead(200, streamHead(this.#headers));
    this.#out.write(preamble);
  }

  /** Whether an event is for this reader. */
  isFor(entry: Entry): boolean {
    if (entry.audience === 'team') return this.audience === 'operator';
    return entry.audience === this.audience && entry.addresseeId === this.addresseeId;
  }

  /**
   * Writes, unless too much waits already: then the stream is cut, so that memory stays bounded by that and one batch.
   * Before the stream has begun there is nothing to write to.
   */
  send(chunk: Buffer): void {
    if (this.#closed || !this.#out.headersSent || chunk.length === 0) return;
    if (this.#out.writableLength > this.#maxBuffered) this.cut();
    else if (!this.#out.write(chunk)) this.#blockedSince ??= performance.now();
  }

  /** Writes what is worth nothing later: dropped when the reader does not keep up. */
  sendPassing(chunk: Buffer): void {
    if (this.#blockedSince === null) this.send(chunk);
  }

  beat(): void {
    this.sendPassing(heartbeat);
  }

  /** Resolves when little enough is on its way to write more, or the stream is over. */
  async drained(): Promise<void> {
    while (!this.#closed && this.#out.writableLength > catchUpBuffer) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#out.off('drain', done).off('close', done);
          resolve();
        };
        this.#out.on('drain', done).on('close', done);
      });
    }
  }

  /** Lets go of a response on which nothing was sent. */
  abandon(): void {
    this.#settle();
  }

  /** Ends the stream in good order, after a last block. */
  end(last = ''): void {
    if (this.#closed) return;
    const cut = setTimeout(() => this.#out.destroy(), graceAtEnd).unref();
    this.#out.on('close', () => clearTimeout(cut));
    if (this.#out.headersSent) this.#out.end(last);
    else this.#out.writeHead(503, { ...this.#headers, 'retry-after': '1' }).end();
    this.#settle();
  }

  /** Breaks the stream off; the client resumes by its last id. */
  cut(): void {
    this.#cut = true;
    this.#out.destroy();
    this.#settle();
  }

  #settle(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#onClose.splice(0)) listener(this.#cut);
  }
}
