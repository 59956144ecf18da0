import { createParser } from 'eventsource-parser';
import { asProblem } from './problem.ts';

/** How live the state is: as it was read first, following, on its own, or turned away. */
export type Connection = 'connecting' | 'live' | 'offline' | 'unauthorized';

/** One event as it came, its data still text. */
export interface Arrived {
  readonly name: string;
  readonly data: string;
  /** Of the durable ones: where to go on from. */
  readonly id?: string;
}

/** What a stream tells. */
export interface Listener {
  event(arrived: Arrived): void;
  status(status: Connection): void;
  /** Live from now on, with nothing known of what was before: read everything again. */
  fresh(): void;
}

/** A source of events that may be started, stopped and told to try again at once. */
export interface Stream {
  start(): void;
  stop(): void;
  wake(): void;
}

/** Opens the connection; rejects with an ApiProblem. */
export type Open = (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;

/** The server writes at least every 15 s; after this long without a byte the connection is dead, in milliseconds. */
const SILENCE = 40_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/**
 * How long to wait before another attempt, in milliseconds: doubling from half a second to half a minute, between half and
 * the whole of it by chance, so that a thousand pages do not come back at once.
 */
export function backoff(attempt: number, random: number, first = FIRST_WAIT): number {
  const whole = Math.min(LONGEST_WAIT, first * 2 ** attempt);
  return whole / 2 + (whole / 2) * random;
}

/** Reads a response as a stream of events until it ends, calling back for each, and for every chunk. */
export async function readEvents(body: ReadableStream<Uint8Array>, on: { event(arrived: Arrived): void; chunk?(): void; retry?(ms: number): void }): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, data, id }) => on.event({ name: event ?? 'message', data, id }),
    onRetry: (ms) => on.retry?.(ms),
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    on.chunk?.();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

/** A connection of one's own, kept up for as long as it is started. */
export class OwnStream implements Stream {
  /** Id of the last durable event; a stream begun elsewhere goes on from it. */
  lastId?: string;
  private stopped?: AbortController;
  private hurry?: () => void;
  private first = FIRST_WAIT;

  constructor(
    private readonly open: Open,
    private readonly listener: Listener,
    private readonly silence = SILENCE,
  ) {}

  start(): void {
    if (this.stopped) return;
    this.stopped = new AbortController();
    addEventListener('online', this.online);
    void this.run(this.stopped.signal);
  }

  stop(): void {
    this.stopped?.abort();
    this.stopped = undefined;
    removeEventListener('online', this.online);
    this.hurry?.();
  }

  wake(): void {
    this.hurry?.();
  }

  private readonly online = (): void => this.wake();

  private async run(stopped: AbortSignal): Promise<void> {
    for (let attempt = 0; !stopped.aborted; attempt += 1) {
      const refused = await this.attempt(stopped, () => {
        attempt = 0;
      });
      if (stopped.aborted) return;
      this.listener.status(refused ? 'unauthorized' : attempt === 0 && navigator.onLine ? 'connecting' : 'offline');
      await this.pause(refused ? undefined : backoff(attempt, Math.random(), this.first));
    }
  }

  /** Connects once and reads to the end. Answers whether the API turned the operator away. */
  private async attempt(stopped: AbortSignal, opened: () => void): Promise<boolean> {
    const silent = new AbortController();
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const listening = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silent.abort(), this.silence);
    };
    const resumed = this.lastId !== undefined;
    try {
      listening();
      const response = await this.open(this.lastId, AbortSignal.any([stopped, silent.signal]));
      opened();
      this.listener.status('live');
      if (!resumed) this.listener.fresh();
      if (response.body) await readEvents(response.body, { event: (arrived) => this.take(arrived), chunk: listening, retry: (ms) => (this.first = ms) });
      return false;
    } catch (thrown) {
      const { status } = asProblem(thrown);
      return status === 401 || status === 403;
    } finally {
      clearTimeout(watchdog);
      silent.abort();
    }
  }

  private take(arrived: Arrived): void {
    if (arrived.id) this.lastId = arrived.id;
    if (arrived.name !== 'reset') return this.listener.event(arrived);
    this.lastId = arrived.id;
    this.listener.fresh();
  }

  /** Waits that long, or until told to hurry; without a time only that. */
  private pause(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
