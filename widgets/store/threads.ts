import type { MessagePage } from '../../server/contract/message.ts';
import type { Core, Result } from './core.ts';
import { putConversations } from './reduce-pool.ts';
import { putMessagePage, withThread, type PagePlace } from './reduce-thread.ts';
import { resolve, unreadOf } from './select.ts';
import { emptyThread, type Beyond, type Thread } from './state.ts';

const PAGE = 60;
/** How many pages of an open thread are read again at once. */
const RELOADED_PAGES = 10;
/** How many threads that nobody looks at stay loaded, so that going back is instant. */
const KEPT = 12;

interface ThreadActions {
  /**
   * Reads a conversation and its items round the first unread one, and follows it; it is in `state.threads[id]`, or under
   * the id that it was merged into (`threadOf` resolves that). Answers how to stop following.
   */
  openConversation(id: string): () => void;
  /** Reads the items before those that are loaded. */
  loadOlder(id: string): Promise<void>;
  /** Reads the items after those that are loaded. */
  loadNewer(id: string): Promise<void>;
  /** Reads the newest items, whatever is loaded: the way back to the end. */
  loadNewest(id: string): Promise<void>;
  /** Reads the items round one of them, by its id, or the `first` ones, whatever is loaded. Answers whether it is there. */
  loadAround(id: string, messageId: string): Promise<boolean>;
  /** Lets go of some of the items that are loaded. */
  trim(id: string, trim: (thread: Thread) => Thread): void;
  /** Reads again after a failure. */
  reloadThread(id: string): Promise<void>;
  /** Reads what is loaded again, such as for newer links in it. */
  refreshThread(id: string): Promise<void>;
}

/** The open conversations, as the store keeps them. */
export class Threads implements ThreadActions {
  private readonly watched = new Map<string, number>();
  private readonly calls = new Map<string, number>();

  constructor(
    private readonly core: Core,
    private readonly opened: (id: string) => void,
    private readonly closed: () => void,
  ) {}

  /** The conversations that are open. */
  openIds(): string[] {
    return [...new Set([...this.watched.keys()].map((id) => resolve(this.core.get(), id)))];
  }

  openConversation(asked: string): () => void {
    const watching = this.watched.get(asked) ?? 0;
    this.watched.set(asked, watching + 1);
    // The lines, the panel beside them and the page follow the same one: it is opened once.
    if (watching === 0) this.opened(resolve(this.core.get(), asked));
    void this.open(asked);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = (this.watched.get(asked) ?? 1) - 1;
      if (left > 0) return void this.watched.set(asked, left);
      this.watched.delete(asked);
      this.forget();
      this.closed();
    };
  }

  loadOlder(id: string): Promise<void> {
    return this.extend(id, 'older');
  }

  loadNewer(id: string): Promise<void> {
    return this.extend(id, 'newer');
  }

  async loadNewest(asked: string): Promise<void> {
    await this.read(resolve(this.core.get(), asked), {}, 'open');
  }

  async loadAround(asked: string, messageId: string): Promise<boolean> {
    const answer = await this.read(resolve(this.core.get(), asked), { around: messageId }, 'open');
    if (!answer.ok) await this.reloadThread(asked);
    return answer.ok;
  }

  trim(asked: string, trim: (thread: Thread) => Thread): void {
    this.core.update((state) => withThread(state, resolve(state, asked), trim));
  }

  async reloadThread(asked: string): Promise<void> {
    await this.open(asked, true);
  }

  async refreshThread(asked: string): Promise<void> {
    await this.refresh(resolve(this.core.get(), asked));
  }

  /** Everything that was read may be behind: reads it again. */
  reloadAll(): void {
    const open = new Set([...this.watched.keys()].map((id) => resolve(this.core.get(), id)));
    for (const id of Object.keys(this.core.get().threads)) {
      if (open.has(id)) void this.refresh(id);
      else this.drop(id);
    }
  }

  /** Reads threads again of which something is missing; where an open one was merged or parted, the one that is shown now. */
  mend(): void {
    const state = this.core.get();
    for (const id of this.watched.keys()) {
      const there = state.threads[resolve(state, id)];
      if (!there?.loaded && !there?.loading && !there?.problem) void this.open(id);
    }
    for (const [id, thread] of Object.entries(this.core.get().threads)) {
      if (thread.stale && !thread.loading) void this.refresh(id);
    }
  }

  /** Reads the open conversations again, without their items. */
  refreshShown(): void {
    for (const id of new Set([...this.watched.keys()].map((one) => resolve(this.core.get(), one)))) void this.readConversation(id);
  }

  private async open(asked: string, again = false): Promise<void> {
    const state = this.core.get();
    const id = resolve(state, asked);
    const thread = state.threads[id];
    if (thread?.loading && !again) return;
    if (thread?.loaded && !thread.problem && state.conversations.get(id)) {
      const unread = firstUnread(thread, unreadOf(state, id));
      if (unread !== 'unknown') return this.core.update((now) => withThread(now, id, (before) => ({ ...before, firstUnreadSeq: unread })));
    }
    this.core.update((now) => withThread(now, id, (before) => ({ ...before, loading: 'open', problem: undefined })));
    await this.core.ready();
    const [conversation, page] = await Promise.all([this.readConversation(id), this.read(id, { around: 'unread' }, 'open')]);
    if (conversation.ok && conversation.value !== id) this.core.update((now) => ({ ...now, merged: { ...now.merged, [asked]: conversation.value } }));
    if (page.ok && !conversation.ok) this.core.update((now) => withThread(now, id, (before) => ({ ...before, problem: conversation.problem })));
    if (conversation.ok && conversation.value !== id) await this.open(asked, true);
  }

  /** Reads the conversation itself. Answers its id, which is another when it was merged. */
  private async readConversation(id: string): Promise<Result<string>> {
    const asked = this.core.get().tick;
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations[':id'].$get({ param: { id } }));
    if (!answer.ok) return answer;
    this.core.update((state) => putConversations(state, [answer.value], this.core.now(), asked));
    return { ok: true, value: answer.value.id };
  }

  private async extend(asked: string, where: 'older' | 'newer'): Promise<void> {
    const id = resolve(this.core.get(), asked);
    const thread = this.core.get().threads[id];
    const beyond = where === 'older' ? thread?.before : thread?.after;
    if (!thread?.loaded || thread.loading || !beyond) return;
    await this.read(id, beyond, where);
  }

  private async read(id: string, query: Beyond | Record<string, never>, where: PagePlace): Promise<Result<MessagePage>> {
    const call = this.begin(id, where);
    const answer = await this.ask(id, query);
    if (this.calls.get(id) !== call) return answer;
    this.core.update((state) =>
      answer.ok
        ? putMessagePage(state, id, answer.value, where)
        : withThread(state, id, (thread) => ({ ...thread, loading: undefined, problem: answer.problem })),
    );
    return answer;
  }

  /** Reads again what is loaded, from the end that is the conversation's own, so that what is on screen stays there. */
  private async refresh(id: string): Promise<void> {
    const thread = this.core.get().threads[id];
    const [first, last] = [thread?.items[0], thread?.items.at(-1)];
    if (!thread?.loaded) return this.open(id, true);
    const down = thread.after !== null && first !== undefined;
    const call = this.begin(id, 'open');
    void this.readConversation(id);
    let page: MessagePage | undefined;
    const goesOn = (read: MessagePage): boolean =>
      down ? read.after !== null && (read.items.at(-1)?.seq ?? 0) < (last?.seq ?? 0) : read.before !== null && (read.items[0]?.seq ?? 0) > (first?.seq ?? 0);
    for (let pages = 0; pages < RELOADED_PAGES && (!page || goesOn(page)); pages += 1) {
      const from: Beyond | undefined = down ? (page?.after ? { after: page.after } : { around: first.id }) : page?.before ? { before: page.before } : undefined;
      const answer = await this.ask(id, from ?? {});
      if (this.calls.get(id) !== call) return;
      // The item that it was to be read from is gone from here.
      if (!answer.ok && down && answer.problem.status === 404) return this.open(id, true);
      if (!answer.ok) return this.core.update((state) => withThread(state, id, (before) => ({ ...before, loading: undefined, problem: answer.problem })));
      const { value } = answer;
      page = !page
        ? value
        : down
          ? { ...page, after: value.after, items: [...page.items, ...value.items] }
          : { ...page, before: value.before, items: [...value.items, ...page.items] };
    }
    // Beside places that are all new, what came meanwhile could not be told from what went elsewhere.
    if (thread.replaced && this.core.get().threads[id]?.items !== thread.items) return this.refresh(id);
    if (page) this.core.update((state) => putMessagePage(state, id, { ...page, firstUnreadSeq: state.threads[id]?.firstUnreadSeq ?? null }, 'open'));
  }

  private begin(id: string, loading: PagePlace): number {
    const call = (this.calls.get(id) ?? 0) + 1;
    this.calls.set(id, call);
    this.core.update((state) => withThread(state, id, (thread) => ({ ...thread, loading, problem: undefined })));
    return call;
  }

  private ask(id: string, query: Beyond | Record<string, never>): Promise<Result<MessagePage>> {
    return this.core.ask(() => this.core.client.api.v1.conversations[':id'].messages.$get({ param: { id }, query: { ...query, limit: String(PAGE) } }));
  }

  private forget(): void {
    const open = new Set([...this.watched.keys()].map((id) => resolve(this.core.get(), id)));
    const idle = Object.entries(this.core.get().threads).filter(([id, { pending }]) => !open.has(id) && pending.length === 0);
    for (const [id] of idle.slice(0, Math.max(0, idle.length - KEPT))) this.drop(id);
  }

  private drop(id: string): void {
    this.calls.delete(id);
    this.core.update((state) => {
      const pending = state.threads[id]?.pending ?? [];
      const { [id]: _gone, ...threads } = state.threads;
      return { ...state, threads: pending.length > 0 ? { ...threads, [id]: { ...emptyThread, pending } } : threads };
    });
  }
}

/**
 * Seq of the first of the last `unread` inbound messages of a thread that is loaded up to its end; null when all are read,
 * `unknown` when it is not loaded.
 */
function firstUnread(thread: Thread, unread: number): number | null | 'unknown' {
  if (unread === 0) return null;
  if (thread.after !== null) return 'unknown';
  // Of two that became one, those that are unread need not be the last.
  if (thread.items.some(({ code }) => code === 'merged')) return 'unknown';
  const inbound = thread.items.filter(({ direction }) => direction === 'inbound');
  return inbound.at(-unread)?.seq ?? 'unknown';
}
