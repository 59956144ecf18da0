import { endpoints } from '../contract/endpoints.ts';
import { compose, composingOf } from '../db/composing.ts';
import { resolveConversation } from '../db/pool.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound } from './problem.ts';
import { mount } from './route.ts';

/** What operators are writing and have not sent: each its own, on all its devices. */
export function composingRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.getComposing, async ({ sql, workspaceId, caller, params }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    return composingOf(sql, workspaceId, caller.id, [id, params.id]);
  });

  mount(app, deps, endpoints.putComposing, async ({ change, sql, workspaceId, caller, params, body }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    await change(async (unit) => {
      if (id !== params.id) await compose(unit, caller.id, params.id, { composed: null, age: body.age });
      await compose(unit, caller.id, id, body);
    });
    return composingOf(sql, workspaceId, caller.id, [id]);
  });
}
