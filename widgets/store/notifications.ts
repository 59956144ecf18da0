import type { Notification } from '../../server/contract/events.ts';
import type { Core, Result } from './core.ts';
import { putNewsPage } from './reduce-news.ts';
import type { News } from './state.ts';

/** What somebody wants from the operator. */
export class Notifications {
  constructor(private readonly core: Core) {}

  /** Reads them, newest first. */
  load(): Promise<void> {
    return this.read(undefined);
  }

  /** Reads what is older. */
  async loadOlder(): Promise<void> {
    const { nextCursor, loading } = this.core.get().notifications;
    if (nextCursor && !loading) await this.read(nextCursor);
  }

  /** Everything that was read may be behind: reads it again. */
  reload(): void {
    if (this.core.get().notifications.loaded) void this.load();
  }

  /** Marks them read; all of them without ids. */
  async markRead(ids?: readonly string[]): Promise<Result<undefined>> {
    const readAt = new Date(this.core.now()).toISOString();
    const { items, unread } = this.core.get().notifications;
    const seen = items.filter((one) => one.readAt === null && (!ids || ids.includes(one.id)));
    const now = items.map((one): Notification => (seen.includes(one) ? { ...one, readAt } : one));
    this.set({ items: now, unread: ids ? Math.max(0, unread - seen.length) : 0 });
    const answer = await this.core.tell(() => this.core.client.api.v1.notifications.read.$post({ json: ids ? { ids: [...ids] } : {} }));
    if (!answer.ok) void this.load();
    return answer;
  }

  /** A conversation is open: what was told of it is read, but questions that wait for an answer. */
  opened(conversationId: string): void {
    const read = this.core.get().notifications.items.filter((one) => one.conversationId === conversationId && one.readAt === null && !asks(one));
    if (read.length > 0) void this.markRead(read.map(({ id }) => id));
  }

  /** What came since somebody asked last, for whoever shows it; it is shown once. */
  take(): readonly Notification[] {
    const { arrived } = this.core.get().notifications;
    if (arrived.length > 0) this.set({ arrived: [] });
    return arrived;
  }

  private async read(cursor: string | undefined): Promise<void> {
    this.set({ loading: true, problem: undefined });
    const answer = await this.core.ask(() => this.core.client.api.v1.notifications.$get({ query: cursor ? { cursor } : {} }));
    if (!answer.ok) return this.set({ loading: false, problem: answer.problem });
    this.set(putNewsPage(this.core.get().notifications, answer.value, cursor !== undefined));
  }

  private set(change: Partial<News>): void {
    this.core.update((state) => ({ ...state, notifications: { ...state.notifications, ...change } }));
  }
}

/** True for a question that is open: it stays new until it is answered. */
export const asks = ({ kind, data }: Notification): boolean => kind === 'transfer' && !data['status'];
