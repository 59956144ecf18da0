import type { Notification } from '../../server/contract/events.ts';
import type { News, State } from './state.ts';

const newestFirst = (one: Notification, other: Notification): number => (one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0);

/** A notification that was made or read just now. */
export function putNotification(state: State, notification: Notification): State {
  const { notifications: news } = state;
  const known = news.items.find(({ id }) => id === notification.id);
  const fresh = notification.readAt === null;
  // One that is older than all that is loaded was unread, or it would not be told of.
  const was = known ? known.readAt === null : !fresh && news.nextCursor !== null && notification.createdAt < (news.items.at(-1)?.createdAt ?? '');
  const items = known || fresh || !was ? [notification, ...news.items.filter(({ id }) => id !== notification.id)].toSorted(newestFirst) : news.items;
  const unread = Math.max(0, news.unread + Number(fresh) - Number(was));
  return { ...state, notifications: { ...news, items, unread, arrived: !known && fresh ? [...news.arrived, notification] : news.arrived } };
}

/** A page of notifications as it was read; what came while it was on its way stays. */
export function putNewsPage(news: News, page: { items: readonly Notification[]; nextCursor: string | null; unread: number }, older: boolean): News {
  const got = new Set(page.items.map(({ id }) => id));
  const newest = page.items[0]?.createdAt ?? '';
  const kept = news.items.filter((one) => !got.has(one.id) && (older || one.createdAt > newest));
  const missed = older ? 0 : kept.filter(({ readAt }) => readAt === null).length;
  return {
    ...news,
    items: [...kept, ...page.items].toSorted(newestFirst),
    nextCursor: page.nextCursor,
    unread: page.unread + missed,
    loaded: true,
    loading: false,
  };
}
