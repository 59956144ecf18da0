import { endpoints } from '../contract/endpoints.ts';
import { forgetSilent, show, viewersOf } from '../db/presence.ts';
import type { ApiDeps, App } from './deps.ts';
import { mount } from './route.ts';

/** How often pages are looked for that say nothing more, in milliseconds. */
const LOOK_MS = 1_000;

/** Who looks at what: pages say it, and are forgotten when they fall silent. */
export function presenceRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.presence, async ({ deps: { db }, workspaceId, caller, body: { viewerId, conversationIds }, sql }) => {
    await show(db, workspaceId, caller, viewerId, conversationIds);
    return { items: conversationIds.length > 0 ? await viewersOf(sql, workspaceId, conversationIds) : [] };
  });

  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    await forgetSilent(deps.db).catch((error: unknown) => deps.log.warn({ err: error }, 'presence'));
    looking = false;
  }, LOOK_MS).unref();
  deps.stopping.addEventListener('abort', () => clearInterval(timer), { once: true });
}
