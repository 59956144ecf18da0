import type { VisitorEvents } from '../../server/contract/events.ts';
import type { Attachment, VisitorMessage } from '../../server/contract/message.ts';
import { asProblem, ApiProblem } from '../store/problem.ts';
import type { StreamEvent } from '../stream/share.ts';
import type { Readable } from '../ui/select.ts';
import { Backoff } from './backoff.ts';
import { createChatClient, type ChatClient } from './client.ts';
import { listen } from './hearing.ts';
import { forget, Kept } from './kept.ts';
import type { Filled } from './route-form.ts';
import { Outbox } from './outbox.ts';
import { Sessions, type Identify, type Session } from './session.ts';
import { blankState, later, newsBetween, onMessage, onNewest, onOlder, onSent, unreadOf, type ChatState } from './state.ts';
import { vaultName, type ChatPlace } from './vault.ts';
import { OtherWriter, WritingSignal } from './writing.ts';

export interface ChatSource extends ChatPlace {
  readonly identify: Identify;
  /** The page's language, for what the workspace says by itself. */
  language(): string;
  /** The visitor was signed out, in another tab too; the store has let go of everything. */
  ended(): void;
}

/** Everything that the chat of one visitor knows and does; knows no element. Elements read it and ask it, and never fetch. */
export class VisitorStore implements Readable<ChatState> {
  #state = blankState;
  /** Under which name the browser keeps what belongs to it. */
  readonly name: string;
  readonly #client: ChatClient;
  readonly #sessions: Sessions;
  readonly #readMark: Kept<string>;
  readonly #listeners = new Set<() => void>();
  readonly #newsListeners = new Set<(message: VisitorMessage) => void>();
  readonly #signal = new WritingSignal((writing) => void this.#authorised((token) => this.#client.typing(token, writing)).catch(() => undefined));
  readonly #stopping: (() => void)[] = [];
  #outbox?: Outbox;
  #unshare?: () => void;
  #opening?: Promise<void>;
  #stopped = false;
  /** Events that came while the history was being read: those of the reading that counts; earlier ones that answer late are dropped. */
  #held: StreamEvent[] | null = null;
  readonly #backoff = new Backoff();
  readonly #otherSide = new OtherWriter((writer) => this.#set({ writer }));

  constructor(private readonly source: ChatSource) {
    this.name = vaultName(source);
    this.#client = createChatClient(source.base);
    this.#sessions = new Sessions(source, this.#client, source.identify, () => source.language());
    this.#readMark = new Kept(`${this.name}|read`);
  }

  get(): ChatState {
    return this.#state;
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Calls back for each message that comes or goes, and for none of the history. */
  news(heard: (message: VisitorMessage) => void): () => void {
    this.#newsListeners.add(heard);
    return () => this.#newsListeners.delete(heard);
  }

  /** Goes on with a session that is kept, and begins none. */
  async resume(): Promise<void> {
    if (await this.#sessions.current()) await this.open();
  }

  /** Begins or goes on with the session, reads the history and listens; tries until it can. */
  open(): Promise<void> {
    this.#opening ??= this.#begin();
    return this.#opening;
  }

  /** Tries at once what failed and would be tried later. */
  retry(): void {
    this.#backoff.hurry();
  }

  /** Sends a message, or keeps it until it can be sent. */
  async send(text: string, attachments: readonly Attachment[] = []): Promise<void> {
    this.#signal.sent();
    void this.open();
    await this.#ready();
    this.#outbox?.add({ key: crypto.randomUUID(), text, attachments, at: new Date().toISOString(), failed: false });
  }

  /** Sends a refused message again. */
  resend(key: string): void {
    this.#outbox?.retry(key);
  }

  discard(key: string): void {
    this.#outbox?.discard(key);
  }

  /** Tells the other side, now and then, that the visitor writes, and when the field is empty again. */
  writing(text: string): void {
    if (this.#state.conversation) this.#signal.typed(text);
  }

  /** The visitor has seen all that is there. */
  read(): void {
    const last = this.#state.messages.at(-1);
    if (!last || last.createdAt === this.#state.readAt) return;
    const news = unreadOf(this.#state).at(-1);
    this.#readMark.value = last.createdAt;
    this.#set({ readAt: last.createdAt });
    if (news) void this.#authorised((token) => this.#client.read(token, { messageId: news.id })).catch(() => undefined);
  }

  /** Chooses how to be reached, of what a message offered, with what that asks for. Throws an `ApiProblem`. */
  async choose(messageId: string, routeId: string, filled?: Filled): Promise<void> {
    const conversation = await this.#authorised((token) => this.#client.choose(token, crypto.randomUUID(), { routeId, messageId, ...filled }));
    this.#set({
      conversation,
      messages: this.#state.messages.map((message) => (message.id === messageId ? { ...message, chosenRouteId: routeId, asks: false } : message)),
    });
  }

  /** Reads the page before the oldest message. Throws an `ApiProblem`. */
  async older(): Promise<void> {
    const { before } = this.#state;
    if (before === null) return;
    const page = await this.#authorised((token) => this.#client.messages(token, before));
    if (this.#state.before === before) this.#replace(onOlder(this.#state, page));
  }

  /** Sends a file ahead of the message that carries it. Throws an `ApiProblem`. */
  upload(file: File, signal: AbortSignal): Promise<Attachment> {
    return this.#authorised((token) => this.#client.upload(token, file, signal));
  }

  /** Signs the visitor out: ends the session everywhere and leaves nothing behind in the browser. */
  async end(): Promise<void> {
    this.stop();
    const ended = this.#sessions.end();
    forget(this.name);
    await ended;
  }

  /** Lets go of everything; what is kept stays for the next time. */
  stop(): void {
    this.#stopped = true;
    this.#held = null;
    this.#unshare?.();
    this.#outbox?.stop();
    for (const stop of this.#stopping.splice(0)) stop();
    this.#otherSide.stop();
    this.#backoff.hurry();
    this.#replace(blankState);
  }

  async #begin(): Promise<void> {
    this.#set({ phase: 'starting' });
    await this.#ready();
    await this.#backoff.until(
      () => this.#current(),
      () => !this.#stopped,
      (thrown) => this.#fail(thrown),
    );
  }

  /** Once it is known who the visitor is, what an earlier page could not send is shown, and will be sent. */
  async #ready(): Promise<void> {
    const sub = await this.#sessions.sub();
    if (this.#outbox || this.#stopped) return;
    const outbox = new Outbox(`${this.name}|outbox|${sub ?? ''}`, {
      send: ({ key, text, attachments }) =>
        this.#authorised((token) =>
          this.#client.write(token, key, { text, ...(attachments.length > 0 ? { attachmentIds: attachments.map(({ id }) => id) } : {}) }),
        ),
      changed: (waiting) => this.#set({ waiting }),
      sending: (sending) => this.#set({ sending }),
      sent: (key, message) => this.#replace(onSent(this.#state, key, message)),
    });
    this.#outbox = outbox;
    const wake = (): void => {
      this.#backoff.hurry();
      void outbox.flush();
    };
    addEventListener('online', wake);
    this.#stopping.push(
      () => removeEventListener('online', wake),
      this.#sessions.watch((session) => this.#changedElsewhere(session, sub)),
      this.#readMark.watch(() => this.#set({ readAt: later(this.#state.readAt, this.#readMark.value) })),
    );
    this.#set({ waiting: outbox.waiting, readAt: this.#readMark.value });
  }

  #changedElsewhere(session: Session | null, sub: string | null): void {
    if (session?.sub === sub) return this.#adopt(session);
    this.stop();
    if (!session) forget(this.name);
    this.source.ended();
  }

  #adopt(session: Session): void {
    const before = this.#state.session;
    if (this.#stopped || before?.token === session.token) return;
    const { waiting, connection } = this.#state;
    if (before && before.contactId !== session.contactId) this.#replace({ ...blankState, phase: 'starting', session, waiting, connection });
    else this.#set({ session });
    this.#unshare?.();
    this.#unshare = listen(this.source, session, this.#client, {
      renew: () => this.#current(session.token),
      failed: (thrown) => this.#fail(thrown),
      reset: () => void this.#refresh(),
      event: (event) => (this.#held ? this.#held.push(event) : this.#hear(event)),
      state: (connection) => {
        this.#set({ connection });
        if (connection === 'open') void this.#outbox?.flush();
        if (connection === 'lost' && this.#state.phase === 'starting' && !this.#held) void this.#refresh();
      },
    });
  }

  /** The session, begun where there is none; another one than that whose token was refused. Throws an `ApiProblem`. */
  async #current(refused?: string): Promise<Session> {
    const { session: held } = this.#state;
    const session = held && held.token !== refused ? held : await this.#sessions.begin(refused);
    this.#adopt(session);
    return session;
  }

  async #authorised<T>(work: (token: string) => Promise<T>): Promise<T> {
    const { token } = await this.#current();
    try {
      return await work(token);
    } catch (thrown) {
      if (this.#stopped || !(thrown instanceof ApiProblem) || thrown.status !== 401) throw thrown;
      return work((await this.#current(token)).token);
    }
  }

  /** Reads the newest page and puts on top what has happened meanwhile. */
  async #refresh(): Promise<void> {
    const held: StreamEvent[] = [];
    this.#held = held;
    const current = (): boolean => held === this.#held;
    await this.#backoff.until(
      async () => {
        const page = await this.#authorised((token) => this.#client.messages(token));
        if (!current()) return;
        this.#held = null;
        this.#replace(onNewest(this.#state, page));
        for (const event of held) this.#hear(event);
        void this.#outbox?.flush();
      },
      current,
      (thrown) => {
        if (this.#state.phase !== 'ready') this.#fail(thrown);
      },
    );
  }

  #hear({ type, data }: StreamEvent): void {
    if (type === 'message') this.#replace(onMessage(this.#state, data as VisitorEvents['message']));
    else if (type === 'conversation') this.#set({ conversation: data as VisitorEvents['conversation'] });
    else if (type === 'typing') this.#otherSide.heard(data as VisitorEvents['typing']);
  }

  #fail(thrown: unknown): void {
    this.#set({ phase: asProblem(thrown).passes ? 'failed' : 'refused' });
  }

  #set(change: Partial<ChatState>): void {
    this.#replace({ ...this.#state, ...change });
  }

  #replace(next: ChatState): void {
    const before = this.#state;
    this.#state = this.#stopped ? blankState : next;
    for (const listener of [...this.#listeners]) listener();
    for (const message of newsBetween(before, this.#state)) for (const heard of [...this.#newsListeners]) heard(message);
  }
}
