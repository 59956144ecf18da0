import { OwnStream, type Arrived, type Connection, type Listener, type Open, type Stream } from './stream.ts';

/** Rises when what tabs tell each other changes, so that tabs of two versions keep apart. */
const PROTOCOL = 1;

/** Whose stream it is: tabs of the same origin share one when all of this is equal. */
export interface Identity {
  readonly base: string;
  readonly workspace: string;
  readonly operator: string;
}

/** The name under which tabs elect and share. */
export function shareName({ base, workspace, operator }: Identity): string {
  return ['convene', PROTOCOL, base, workspace, operator].map(encodeURIComponent).join(' ');
}

type Told =
  | { readonly kind: 'hello' | 'wake' | 'fresh' }
  | { readonly kind: 'event'; readonly arrived: Arrived }
  | { readonly kind: 'status'; readonly status: Connection; readonly lastId?: string };

/**
 * The stream of an identity, held by one tab for all: a lock elects the holder, a channel passes on what it reads. When the
 * holder goes, the next one goes on from the last event that it was passed.
 */
export class SharedStream implements Stream {
  private channel?: BroadcastChannel;
  private leaving?: AbortController;
  private holds = false;
  private status: Connection = 'connecting';
  private readonly own: OwnStream;

  constructor(
    private readonly name: string,
    open: Open,
    private readonly listener: Listener,
  ) {
    this.own = new OwnStream(open, {
      event: (arrived) => {
        this.tell({ kind: 'event', arrived });
        listener.event(arrived);
      },
      status: (status) => {
        this.tell({ kind: 'status', status, lastId: this.own.lastId });
        this.turn(status);
      },
      fresh: () => {
        this.tell({ kind: 'fresh' });
        listener.fresh();
      },
    });
  }

  start(): void {
    if (this.leaving) return;
    const leaving = new AbortController();
    this.leaving = leaving;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = ({ data }: MessageEvent<Told>) => this.hear(data);
    void navigator.locks.request(this.name, { signal: leaving.signal }, () => this.hold(leaving.signal)).catch(() => undefined);
    this.tell({ kind: 'hello' });
  }

  stop(): void {
    this.leaving?.abort();
    this.leaving = undefined;
    this.own.stop();
    this.holds = false;
    this.channel?.close();
    this.channel = undefined;
  }

  wake(): void {
    if (this.holds) this.own.wake();
    else this.tell({ kind: 'wake' });
  }

  /** Reads for all until told to leave. */
  private hold(left: AbortSignal): Promise<void> {
    if (left.aborted) return Promise.resolve();
    this.holds = true;
    this.own.start();
    return new Promise((resolve) => left.addEventListener('abort', () => resolve(), { once: true }));
  }

  private hear(told: Told): void {
    if (this.holds) {
      if (told.kind === 'hello') this.tell({ kind: 'status', status: this.status, lastId: this.own.lastId });
      if (told.kind === 'wake') this.own.wake();
      return;
    }
    if (told.kind === 'event') {
      if (told.arrived.id) this.own.lastId = told.arrived.id;
      this.listener.event(told.arrived);
    } else if (told.kind === 'fresh') {
      this.own.lastId = undefined;
      this.listener.fresh();
    } else if (told.kind === 'status') {
      const joined = this.status !== 'live' && told.status === 'live' && this.own.lastId === undefined;
      this.own.lastId ??= told.lastId;
      this.turn(told.status);
      if (joined) this.listener.fresh();
    }
  }

  private turn(status: Connection): void {
    this.status = status;
    this.listener.status(status);
  }

  private tell(told: Told): void {
    this.channel?.postMessage(told);
  }
}

/** The stream for an identity: shared between tabs where the browser can, one's own where it cannot. */
export function createStream(identity: Identity, open: Open, listener: Listener): Stream {
  const able = typeof BroadcastChannel === 'function' && 'locks' in navigator && navigator.locks !== undefined;
  return able ? new SharedStream(shareName(identity), open, listener) : new OwnStream(open, listener);
}
