/** Several things done to a conversation at once, and what is said often. */
import { endpoints } from '../contract/endpoints.ts';
import { filledReplies, macroActions, runMacro } from '../db/macros.ts';
import { resolveConversation } from '../db/pool.ts';
import { orCurrent, settled, viewFor } from './conversations.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound } from './problem.ts';
import { mount } from './route.ts';

export function macroRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.runMacro, async ({ change, sql, workspaceId, caller, params, body }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    const { ok: _, ...ran } = await orCurrent(
      change(async (unit) => {
        const actions = await macroActions(unit.sql, workspaceId, params.macroId);
        if (!actions) throw notFound();
        return settled(await runMacro(unit, params.id, caller.actor, actions, body));
      }),
      view,
    );
    return { ...ran, conversation: await view() };
  });

  mount(app, deps, endpoints.listFilledReplies, async ({ sql, workspaceId, caller, params }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    const items = id && (await filledReplies(sql, workspaceId, id, caller.id));
    if (!items) throw notFound();
    return { items };
  });
}
