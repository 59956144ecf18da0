/** A reader of streams over real HTTP that comes back with its last id, and can be thrown off at any moment. */
import { request } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';

export interface Received {
  id: string | undefined;
  event: string | undefined;
  data: unknown;
}

export class StreamClient {
  readonly received: Received[] = [];
  readonly comments: string[] = [];
  readonly retries: number[] = [];
  /** Everything as it came. */
  text = '';
  lastId: string | undefined;
  connects = 0;
  headers: IncomingHttpHeaders = {};
  status = 0;
  /** The current stream has ended, by either side. */
  ended = false;
  /** It does not come back. */
  closed = false;
  readonly #url: () => string;
  readonly #waiting = new Set<() => void>();
  #request: ClientRequest | undefined;

  /** @param url asked at every connect, so that a reader may move between servers */
  constructor(url: string | (() => string), lastId?: string) {
    this.#url = typeof url === 'string' ? () => url : url;
    this.lastId = lastId;
  }

  /** Opens the stream after the last id and resolves when its head is there. Refused connections are tried again. */
  async connect(): Promise<this> {
    for (;;) {
      const answered = !this.closed && (await this.#attempt());
      if (this.closed) this.drop();
      if (answered || this.closed) return this;
      // The server is being started again; there is no event to wait for.
      await delay(20);
    }
  }

  #attempt(): Promise<boolean> {
    return new Promise((resolve) => {
      this.ended = false;
      this.connects += 1;
      const headers = this.lastId === undefined ? {} : { 'last-event-id': this.lastId };
      const current = request(this.#url(), { agent: false, headers }, (response) => {
        this.headers = response.headers;
        this.status = response.statusCode ?? 0;
        const parser = createParser({
          onEvent: ({ id, event, data }) => {
            if (current !== this.#request) return;
            if (id !== undefined) this.lastId = id;
            this.received.push({ id, event, data: JSON.parse(data) as unknown });
          },
          onComment: (comment) => this.comments.push(comment),
          onRetry: (retry) => this.retries.push(retry),
        });
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (current !== this.#request) return;
          this.text += chunk;
          // A block of an id alone moves the place, as it does in a browser; the parser tells nothing of it.
          const place = /^id: (\S+)\n\n/m.exec(chunk)?.[1];
          if (place !== undefined && this.lastId === undefined) this.lastId = place;
          parser.feed(chunk);
          this.#tell();
        });
        response.on('close', () => {
          if (current !== this.#request) return;
          this.ended = true;
          this.#tell();
        });
        response.on('error', () => {});
        resolve(true);
      });
      current.on('error', () => resolve(false));
      this.#request = current;
      current.end();
    });
  }

  /** Stops reading from the socket, as a client does that hangs. */
  pause(): void {
    this.#request?.socket?.pause();
  }

  /** Breaks the connection off from this side. */
  drop(): void {
    const current = this.#request;
    this.#request = undefined;
    this.ended = true;
    current?.destroy();
    this.#tell();
  }

  /** Breaks off and does not come back. */
  close(): void {
    this.closed = true;
    this.drop();
  }

  /** Resolves once the condition holds; it is tried at everything that arrives. */
  async until(condition: (client: this) => boolean, timeout = 30_000): Promise<void> {
    const signal = AbortSignal.timeout(timeout);
    while (!condition(this)) {
      await new Promise<void>((resolve, reject) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', fail);
          resolve();
        };
        const fail = (): void => {
          this.#waiting.delete(wake);
          reject(new Error(`waited ${timeout} ms; ${this.received.length} events, ${this.connects} connects, ended: ${this.ended}`));
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', fail, { once: true });
      });
    }
  }

  #tell(): void {
    for (const wake of this.#waiting) wake();
  }
}
