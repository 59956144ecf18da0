import { connect, type OpenStream, type StreamState } from './connection.ts';
import { follows, type StreamEvent } from './order.ts';

export { StreamRefused, type OpenStream, type StreamState } from './connection.ts';
export type { StreamEvent } from './order.ts';

export interface StreamSource {
  /** What the lock and the channel are called: API base, workspace, who reads, and the version of what is shared. */
  readonly name: string;
  readonly open: OpenStream;
}

export interface StreamReader {
  /** What happened: a durable event once and in order, or a passing one. */
  event(event: StreamEvent): void;
  /**
   * Read everything afresh. Comes first of all, once the stream is open, and whenever the log has moved on without us.
   * Events that come before the answer is there belong on top of it.
   */
  reset(): void;
  /** How the connection stands, whichever tab holds it. */
  state(state: StreamState): void;
}

/** What tabs tell each other. `cursor` is the last durable event of the teller, `previous` the one before this. */
type Word =
  | { readonly kind: 'hello' }
  | { readonly kind: 'state'; readonly state: StreamState; readonly cursor: string | null }
  | { readonly kind: 'event'; readonly event: StreamEvent; readonly previous: string | null }
  | { readonly kind: 'reset'; readonly cursor: string | null };

/**
 * One stream for all tabs of an origin and a reader, since six connections to a host are all that HTTP/1.1 gives. A Web
 * Lock elects who holds it, a BroadcastChannel passes on what comes; when the holder goes, the next goes on from the last
 * event that it saw. Where there are no Web Locks (a page without TLS) each tab holds its own. Returns how to stop.
 */
export function share(source: StreamSource, reader: StreamReader): () => void {
  const tab = new Tab(source, reader);
  const leave = (): void => tab.leave();
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) tab.join();
  };
  // A page put aside for going back must hold neither lock nor channel.
  addEventListener('pagehide', leave);
  addEventListener('pageshow', back);
  tab.join();
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', back);
    tab.leave();
  };
}

class Tab {
  #cursor: string | null = null;
  /** Whether what this tab knows is complete up to the cursor. */
  #synced = false;
  #standing: StreamState = 'connecting';
  #leads = false;
  #channel?: BroadcastChannel;
  #left = new AbortController();

  constructor(
    private readonly source: StreamSource,
    private readonly reader: StreamReader,
  ) {}

  join(): void {
    this.leave();
    this.#left = new AbortController();
    const { signal } = this.#left;
    if (!navigator.locks) {
      this.#lead(signal);
      return;
    }
    this.#channel = new BroadcastChannel(this.source.name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Word>) => this.#hear(data));
    navigator.locks
      .request(
        this.source.name,
        { signal },
        () =>
          new Promise<void>((resolve) => {
            if (signal.aborted) return resolve();
            signal.addEventListener('abort', () => resolve());
            this.#lead(signal);
          }),
      )
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    this.#tell({ kind: 'hello' });
  }

  leave(): void {
    this.#left.abort();
    this.#channel?.close();
    this.#channel = undefined;
    this.#leads = false;
  }

  #lead(signal: AbortSignal): void {
    this.#leads = true;
    const stop = connect(this.source.open, {
      cursor: () => (this.#synced ? this.#cursor : null),
      opened: (resumed) => {
        if (!resumed) this.#restart(null);
      },
      event: (event) => {
        if (event.type === 'reset') this.#restart(event.id);
        else this.#pass(event);
      },
      state: (state) => {
        this.#stand(state);
        this.#tell({ kind: 'state', state, cursor: this.#cursor });
      },
    });
    signal.addEventListener('abort', stop);
  }

  #restart(cursor: string | null): void {
    this.#begin(cursor);
    this.#tell({ kind: 'reset', cursor });
  }

  #pass(event: StreamEvent): void {
    const previous = this.#cursor;
    if (event.id !== null) {
      if (!follows(event.id, previous)) return;
      this.#cursor = event.id;
    }
    this.#tell({ kind: 'event', event, previous });
    this.reader.event(event);
  }

  #hear(word: Word): void {
    if (word.kind === 'hello') {
      if (this.#leads) this.#tell({ kind: 'state', state: this.#standing, cursor: this.#cursor });
    } else if (this.#leads) return;
    else if (word.kind === 'reset') this.#begin(word.cursor);
    else if (word.kind === 'event') this.#take(word.event, word.previous);
    else {
      if (word.state === 'open' && (!this.#synced || (word.cursor !== null && follows(word.cursor, this.#cursor)))) this.#begin(word.cursor);
      this.#stand(word.state);
    }
  }

  /** An event that the leading tab passed on. */
  #take(event: StreamEvent, previous: string | null): void {
    if (!this.#synced) return;
    if (event.id === null) this.reader.event(event);
    else if (follows(event.id, this.#cursor)) {
      const whole = previous === this.#cursor || (previous !== null && !follows(previous, this.#cursor));
      if (!whole) return this.#begin(event.id);
      this.#cursor = event.id;
      this.reader.event(event);
    }
  }

  #begin(cursor: string | null): void {
    this.#cursor = cursor;
    this.#synced = true;
    this.reader.reset();
  }

  #stand(state: StreamState): void {
    if (state === this.#standing) return;
    this.#standing = state;
    this.reader.state(state);
  }

  #tell(word: Word): void {
    this.#channel?.postMessage(word);
  }
}
