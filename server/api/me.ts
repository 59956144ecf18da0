import { endpoints } from '../contract/endpoints.ts';
import { getMe, updateMe } from '../db/operators.ts';
import type { ApiDeps, App } from './deps.ts';
import type { OperatorCaller } from './caller.ts';
import { mount } from './route.ts';
import type { RouteContext } from './route.ts';
import { workspaceView } from './workspace.ts';

/** The caller's own settings. */
export function meRoutes(app: App, deps: ApiDeps): void {
  const me = async ({ sql, deps: { models }, caller }: Pick<RouteContext<typeof endpoints.me>, 'sql' | 'deps'> & { caller: OperatorCaller }) => ({
    ...(await getMe(sql, caller.workspaceId, caller.id)),
    workspace: await workspaceView(sql, caller.workspaceId, models),
  });

  mount(app, deps, endpoints.me, me);
  mount(app, deps, endpoints.patchMe, async (context) => {
    await context.change((unit) => updateMe(unit, context.caller.id, context.body));
    return me(context);
  });
}
