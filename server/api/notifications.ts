import { endpoints } from '../contract/endpoints.ts';
import { listNotifications, readNotifications, unreadNotifications } from '../db/notification.ts';
import { decodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { mount } from './route.ts';

/** What somebody wants from the caller; each operator sees its own. */
export function notificationRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.listNotifications, async ({ sql, workspaceId, caller, query: { limit, cursor } }) => {
    const rows = await listNotifications(sql, workspaceId, caller.id, { before: decodeCursor(TimePlace, cursor), limit: limit + 1 });
    return { ...pageByTime(rows, limit, (notification) => notification.createdAt), unread: await unreadNotifications(sql, workspaceId, caller.id) };
  });

  mount(app, deps, endpoints.readNotifications, ({ deps: { db }, workspaceId, caller, body }) =>
    readNotifications(db, workspaceId, caller.id, body.ids ?? null),
  );
}
