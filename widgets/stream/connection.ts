import type { StreamEvent } from './order.ts';
import { EventParser } from './sse.ts';

/** `connecting` at first and after a planned end, `lost` while attempts fail, `refused` when there is no more trying. */
export type StreamState = 'connecting' | 'open' | 'lost' | 'refused';

/** Thrown by `open` when the stream is not to be had: the reader is signed out, or was never allowed. */
export class StreamRefused extends Error {}

/** Opens the stream after an event, or from now on. Anything thrown but `StreamRefused`, and any answer not ok, is tried again. */
export type OpenStream = (lastEventId: string | null, signal: AbortSignal) => Promise<Response>;

export interface ConnectionReader {
  /** The place in the log to go on from; null to begin with what happens next. */
  cursor(): string | null;
  /** The stream is open; `resumed` when it goes on from a cursor, so that nothing lies between. */
  opened(resumed: boolean): void;
  event(event: StreamEvent): void;
  state(state: StreamState): void;
}

/** The server writes at least every 15 s; after three times that, the connection is dead however open it looks. */
const silence = 45_000;
const shortest = 500;
const longest = 15_000;
/** A stream that ends sooner than this counts as a failed attempt, so that a server in trouble is not besieged. */
const brief = 5_000;

/** Holds one stream open, through every loss, until told to stop. Returns how to stop. */
export function connect(open: OpenStream, reader: ConnectionReader): () => void {
  const ended = new AbortController();
  void hold(open, reader, ended.signal);
  return () => ended.abort();
}

async function hold(open: OpenStream, reader: ConnectionReader, ended: AbortSignal): Promise<void> {
  let failures = 0;
  while (!ended.aborted) {
    if (failures === 0) reader.state('connecting');
    const watch = new Watch(ended);
    let asked: number | undefined;
    const begun = performance.now();
    try {
      const from = reader.cursor();
      const response = await open(from, watch.signal);
      if (!response.ok || !response.body) throw new Error(`The stream was answered with ${response.status}`);
      if (ended.aborted) return;
      reader.opened(from !== null);
      reader.state('open');
      await read(response.body, watch, reader, (wait) => (asked = wait));
      failures = performance.now() - begun < brief && asked === undefined ? failures + 1 : 0;
    } catch (error) {
      if (ended.aborted) return;
      if (error instanceof StreamRefused) {
        reader.state('refused');
        return;
      }
      failures = performance.now() - begun < brief ? failures + 1 : 1;
      reader.state('lost');
    } finally {
      watch.stop();
    }
    const wait = asked ?? Math.min(longest, shortest * 2 ** Math.max(0, failures - 1));
    await pause(wait * (0.5 + Math.random() / 2), ended);
  }
}

async function read(body: ReadableStream<Uint8Array>, watch: Watch, reader: ConnectionReader, retry: (wait: number) => void): Promise<void> {
  const parser = new EventParser(
    ({ id, type, data }) => reader.event({ id, type, data: data === '' ? null : JSON.parse(data) }),
    (wait) => retry(Math.min(wait, longest)),
  );
  const texts = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  for (;;) {
    const { done, value } = await texts.read();
    if (done) return;
    if (watch.signal.aborted) throw watch.signal.reason;
    watch.heard();
    parser.feed(value);
  }
}

/** Gives up on an attempt that fell silent, or whose network went away. */
class Watch {
  readonly signal: AbortSignal;
  readonly #control = new AbortController();
  #timer?: ReturnType<typeof setTimeout>;

  constructor(ended: AbortSignal) {
    this.signal = AbortSignal.any([ended, this.#control.signal]);
    addEventListener('offline', this.#giveUp);
    this.heard();
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, silence);
  }

  stop(): void {
    removeEventListener('offline', this.#giveUp);
    clearTimeout(this.#timer);
    this.#giveUp();
  }

  readonly #giveUp = (): void => this.#control.abort();
}

/** Waits, but no longer than until the network is back or the reader looks again. */
function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const looked = (): void => {
      if (!document.hidden) over();
    };
    const over = (): void => {
      clearTimeout(timer);
      removeEventListener('online', over);
      document.removeEventListener('visibilitychange', looked);
      ended.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    addEventListener('online', over);
    document.addEventListener('visibilitychange', looked);
    ended.addEventListener('abort', over);
  });
}
