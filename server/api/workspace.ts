import { endpoints } from '../contract/endpoints.ts';
import type { Workspace } from '../contract/settings.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { openOutage } from '../db/model-use.ts';
import { getWorkspace, updateWorkspace } from '../db/workspaces.ts';
import { besideWhy } from '../domain/fault.ts';
import type { ApiDeps, App } from './deps.ts';
import { staleVersion } from './problem.ts';
import { mount } from './route.ts';

/** A workspace as operators see it, with the model that answers in it. */
export async function workspaceView(sql: Sql | Transaction, workspaceId: string, { name, builtin }: ApiDeps['models']): Promise<Workspace> {
  const outage = builtin ? null : await openOutage(sql, workspaceId, name);
  return {
    ...(await getWorkspace(sql, workspaceId)),
    model: { name, builtin, outage: outage && { ...outage, ...besideWhy(outage.reason), since: outage.since.toISOString() } },
  };
}

export function workspaceRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.getWorkspace, ({ sql, workspaceId }) => workspaceView(sql, workspaceId, deps.models));
  mount(app, deps, endpoints.patchWorkspace, async ({ sql, workspaceId, caller, body, ifMatch, change }) => {
    const written = await change((unit) => updateWorkspace(unit, body, ifMatch, caller.id));
    const current = await workspaceView(sql, workspaceId, deps.models);
    if (!written) throw staleVersion(current);
    return current;
  });
}
