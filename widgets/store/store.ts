import type { OperatorEvents } from '../../server/contract/events.ts';
import { share, StreamRefused, type StreamEvent, type StreamState } from '../stream/share.ts';
import type { Client, Uploaded } from './client.ts';
import { Contacts } from './contacts.ts';
import { Conversations } from './conversations.ts';
import { Core, type Result } from './core.ts';
import { Drafts } from './drafts.ts';
import { Notifications } from './notifications.ts';
import { Pools } from './pools.ts';
import type { Presence } from './presence.ts';
import { Sender } from './send.ts';
import { Settings } from './settings.ts';
import { shapesConversations } from './lists.ts';
import { nameOf, type Identity } from './identity.ts';
import { asProblem } from './problem.ts';
import type { Connection, State, Unsent } from './state.ts';
import { Threads } from './threads.ts';
import { UnsentTexts } from './unsent.ts';

/** How long the first readings wait for the stream, in milliseconds: read before it is live, they would be read twice. */
const STREAM_FIRST = 400;
/** How long changes of settings may gather before what is shown is read again, in milliseconds; up to twice as long. */
const SETTLES = 300;

export interface StoreOptions {
  client: Client;
  identity: Identity;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Everything that elements show of one operator's workspace, and all that they can ask for. The state is replaced, never
 * changed; elements subscribe to slices of it. Actions answer with a value, also when they are refused.
 */
export class Store {
  readonly pools: Pools;
  readonly threads: Threads;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly contacts: Contacts;
  readonly settings: Settings;
  readonly news: Notifications;
  /** What parts that are fetched on demand make their own calls on. */
  readonly core: Core;
  private readonly sender: Sender;
  private readonly unsent: UnsentTexts;
  private presence?: Promise<Presence | undefined>;
  private readonly name: string;
  private stopStream: () => void;
  private readonly late: ReturnType<typeof setTimeout>;
  private refreshing?: ReturnType<typeof setTimeout>;

  constructor({ client, identity, now = Date.now }: StoreOptions) {
    this.name = nameOf(identity);
    this.core = new Core(client, now);
    this.unsent = new UnsentTexts(this.core, this.name, () => this.threads.openIds());
    this.news = new Notifications(this.core);
    this.sender = new Sender(this.core, this.unsent);
    this.pools = new Pools(this.core);
    this.threads = new Threads(
      this.core,
      (id) => this.opened(id),
      () => this.turned(),
    );
    this.conversations = new Conversations(this.core, () => this.pools.recount());
    this.drafts = new Drafts(this.core);
    this.contacts = new Contacts(this.core);
    this.settings = new Settings(this.core);
    this.late = setTimeout(() => this.core.setReady(), STREAM_FIRST);
    this.stopStream = this.startStream();
    void this.settings.loadMe();
    void this.conversations.readTransfers();
    this.unsent.restorePending();
    this.sender.drainAll();
  }

  get(): State {
    return this.core.get();
  }

  /** Calls back after each change of the state; answers how to stop. */
  subscribe(changed: () => void): () => void {
    return this.core.subscribe(changed);
  }

  /** Changes what is being written to a conversation; it is kept through reloads. */
  setUnsent(conversationId: string, change: Partial<Unsent>): void {
    this.unsent.set(conversationId, change);
  }

  readonly send: Sender['send'] = (id, body, written) => this.sender.send(id, body, written);
  readonly note: Sender['note'] = (id, body) => this.sender.note(id, body);
  readonly sendAgain: Sender['sendAgain'] = (id, key, change) => this.sender.sendAgain(id, key, change);
  readonly discard: Sender['discard'] = (id, key) => this.sender.discard(id, key);

  /** Sends a file for a message to come, with word of its progress from 0 to 1. */
  upload(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Result<Uploaded>> {
    return this.core.ask(async () => {
      const uploaded = await this.core.client.upload(file, progress, signal);
      return { json: () => Promise.resolve(uploaded) };
    });
  }

  /** Tries the connection again at once. */
  reconnect(): void {
    if (this.get().connection === 'live') return;
    this.stopStream();
    this.stopStream = this.startStream();
    this.sender.drainAll();
  }

  /** Lets go of what `state.outcomes` told; one that is gone already is no fault. */
  dismissOutcome(id: number): void {
    this.core.update((state) => ({ ...state, outcomes: state.outcomes.filter((outcome) => outcome.id !== id) }));
  }

  /** Lets go of stream, timers and listeners. What was typed is written down. */
  stop(): void {
    clearTimeout(this.late);
    clearTimeout(this.refreshing);
    this.stopStream();
    this.sender.stop();
    this.settings.stop();
    this.pools.stop();
    void this.presence?.then((presence) => presence?.stop());
    this.unsent.stop();
    this.core.stop();
  }

  private startStream(): () => void {
    const { client } = this.core;
    const open = async (lastId: string | null, signal: AbortSignal): Promise<Response> => {
      try {
        return await client.events(lastId ?? undefined, signal);
      } catch (thrown) {
        const { status, detail } = asProblem(thrown);
        throw status === 401 || status === 403 ? new StreamRefused(detail) : thrown;
      }
    };
    return share({ name: this.name, open }, { event: (event) => this.take(event), reset: () => this.reload(), state: (state) => this.turn(state) });
  }

  private turn(standing: StreamState): void {
    const connection = connections[standing];
    this.core.update((state) => (state.connection === connection ? state : { ...state, connection }));
    if (connection !== 'live') return;
    this.sender.drainAll();
    this.unsent.refresh();
    if (!this.get().me) void this.settings.loadMe();
  }

  private opened(id: string): void {
    this.unsent.restore(id);
    this.news.opened(id);
    this.presence ??= import('./presence.ts').then(
      ({ Presence }) => new Presence(this.core, () => this.threads.openIds()),
      () => (this.presence = undefined),
    );
    this.turned();
  }

  /** Other conversations are open than before. */
  private turned(): void {
    void this.presence?.then((presence) => presence?.changed());
  }

  /** Live, with nothing known of what was before. What waits for this moment to be read is not read twice. */
  private reload(): void {
    if (this.core.setReady()) return;
    this.core.update((state) => ({ ...state, reloads: state.reloads + 1 }));
    this.pools.reloadAll();
    this.threads.reloadAll();
    this.settings.reloadAll();
    void this.conversations.readTransfers();
    this.news.reload();
    this.turned();
  }

  /** Reads what is shown again, once for changes that come together; not with every other operator's page in the same moment. */
  private refreshSoon(): void {
    this.refreshing ??= setTimeout(
      () => {
        this.refreshing = undefined;
        void this.pools.refresh();
        this.threads.refreshShown();
      },
      SETTLES * (1 + Math.random()),
    );
  }

  private take({ type, data }: StreamEvent): void {
    const event = type as keyof OperatorEvents;
    this.core.apply(event, data as OperatorEvents[typeof event]);
    if (event === 'conversation') {
      this.threads.mend();
      void this.pools.meet((data as OperatorEvents['conversation']).id);
      this.pools.recount();
    } else if (event === 'read') this.pools.recount();
    else if (event === 'message') this.threads.mend();
    else if (event === 'contact') this.pools.meetContact((data as OperatorEvents['contact']).id);
    else if (event === 'settings') {
      const { kind } = data as OperatorEvents['settings'];
      this.settings.changed(kind);
      if (shapesConversations(kind)) this.refreshSoon();
    }
  }
}

const connections: Record<StreamState, Connection> = { connecting: 'connecting', open: 'live', lost: 'offline', refused: 'unauthorized' };

/** Makes the store of one operator and starts it. */
export function createStore(options: StoreOptions): Store {
  return new Store(options);
}
