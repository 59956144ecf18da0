/** What became of settings: the versions of each, putting one back, and the log of who changed what. */
import { z } from 'zod';
import type { PageQuery } from '../contract/common.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import { endpoints } from '../contract/endpoints.ts';
import { settingVersions } from '../contract/history.ts';
import type { SettingVersion } from '../contract/history.ts';
import { WorkspaceInput } from '../contract/settings.ts';
import { getVersion, listAudit, listVersions } from '../db/audit.ts';
import { getSetting } from '../db/settings.ts';
import { getWorkspace, updateWorkspace } from '../db/workspaces.ts';
import { errorCode } from '../process.ts';
import { check } from './body.ts';
import { decodeCursor, encodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError, staleVersion } from './problem.ts';
import { mount } from './route.ts';
import { settingWriter } from './settings-write.ts';
import { workspaceView } from './workspace.ts';

/** The calls of any kind, as far as they are alike. */
interface Calls {
  list: Endpoint & { path: '/v1/x/:id/versions'; audience: 'operator'; query: typeof PageQuery; response: (typeof settingVersions)['tag']['list']['response'] };
  restore: Endpoint & { path: '/v1/x/:id/versions/:version/restore'; audience: 'operator'; response: z.ZodType };
}

const Place = z.object({ version: z.number().int() });

export function historyRoutes(app: App, deps: ApiDeps): void {
  for (const kind of Object.keys(settingVersions)) addKind(app, deps, kind as SettingKind);
  addWorkspace(app, deps);

  mount(app, deps, endpoints.listAuditLog, async ({ sql, workspaceId, caller, query: { limit, cursor, ...query } }) => {
    const entries = await listAudit(sql, { workspaceId, operatorId: caller.id }, { ...query, after: decodeCursor(TimePlace, cursor), limit: limit + 1 });
    return pageByTime(entries, limit, ({ at }) => at);
  });
}

/** A page of versions, of which one more was read than it holds. */
function pageByVersion(rows: SettingVersion[], limit: number): { items: SettingVersion[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor({ version: last.version }) : null };
}

function addWorkspace(app: App, deps: ApiDeps): void {
  const of = (workspaceId: string) => ({ kind: 'workspace', id: workspaceId }) as const;

  mount(app, deps, endpoints.listWorkspaceVersions, async ({ sql, workspaceId, caller, query: { limit, cursor, field } }) => {
    const below = decodeCursor(Place, cursor)?.version ?? null;
    return pageByVersion(await listVersions(sql, { workspaceId, operatorId: caller.id }, of(workspaceId), { below, limit: limit + 1, field }), limit);
  });

  mount(app, deps, endpoints.restoreWorkspaceVersion, async ({ sql, workspaceId, caller, params, body: { fields }, ifMatch, change }) => {
    const version = Number(params.version);
    const written = await change(async (unit) => {
      const known = await getVersion(unit.sql, { workspaceId, operatorId: caller.id }, of(workspaceId), version);
      if (!known?.state || version > (await getWorkspace(unit.sql, workspaceId)).version) throw notFound();
      const state = Object.entries(known.state).filter(([field]) => !fields || fields.some((one) => one === field));
      return updateWorkspace(unit, check(WorkspaceInput.partial(), Object.fromEntries(state)), ifMatch, caller.id, version);
    });
    const current = await workspaceView(sql, workspaceId, deps.models);
    if (!written) throw staleVersion(current);
    return current;
  });
}

function addKind(app: App, deps: ApiDeps, kind: SettingKind): void {
  const calls = settingVersions[kind] as unknown as Calls;
  const writer = settingWriter(deps, kind);

  mount(app, deps, calls.list, async ({ sql, workspaceId, caller, params: { id }, query: { limit, cursor } }) => {
    const asked = { workspaceId, operatorId: caller.id };
    const rows = await listVersions(sql, asked, { kind, id }, { below: decodeCursor(Place, cursor)?.version ?? null, limit: limit + 1 });
    if (rows.length === 0 && !cursor && !(await getSetting(sql, writer.table, asked, id))) throw notFound();
    return pageByVersion(rows, limit);
  });

  mount(app, deps, calls.restore, ({ caller, params: { id, version }, ifMatch, change }) =>
    change((unit) => writer.putBack(unit, caller, id, Number(version), ifMatch)).catch((error: unknown) => {
      throw errorCode(error) === '23505' ? new ProblemError('name_taken', 'There is one of this name already.') : error;
    }),
  );
}
