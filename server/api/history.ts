/** What became of settings: the versions of each, putting one back, and the log of who changed what. */
import { z } from 'zod';
import type { PageQuery } from '../contract/common.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import { endpoints } from '../contract/endpoints.ts';
import { settingVersions } from '../contract/history.ts';
import { listAudit, listVersions } from '../db/audit.ts';
import { getSetting } from '../db/settings.ts';
import { errorCode } from '../process.ts';
import { decodeCursor, encodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';
import { settingWriter } from './settings-write.ts';

/** The calls of any kind, as far as they are alike. */
interface Calls {
  list: Endpoint & { path: '/v1/x/:id/versions'; audience: 'operator'; query: typeof PageQuery; response: (typeof settingVersions)['tag']['list']['response'] };
  restore: Endpoint & { path: '/v1/x/:id/versions/:version/restore'; audience: 'operator'; response: z.ZodType };
}

const Place = z.object({ version: z.number().int() });

export function historyRoutes(app: App, deps: ApiDeps): void {
  for (const kind of Object.keys(settingVersions)) addKind(app, deps, kind as SettingKind);

  mount(app, deps, endpoints.listAuditLog, async ({ sql, workspaceId, caller, query: { limit, cursor, ...query } }) => {
    const entries = await listAudit(sql, { workspaceId, operatorId: caller.id }, { ...query, after: decodeCursor(TimePlace, cursor), limit: limit + 1 });
    return pageByTime(entries, limit, ({ at }) => at);
  });
}

function addKind(app: App, deps: ApiDeps, kind: SettingKind): void {
  const calls = settingVersions[kind] as unknown as Calls;
  const writer = settingWriter(deps, kind);

  mount(app, deps, calls.list, async ({ sql, workspaceId, caller, params: { id }, query: { limit, cursor } }) => {
    const asked = { workspaceId, operatorId: caller.id };
    const rows = await listVersions(sql, asked, { kind, id }, { below: decodeCursor(Place, cursor)?.version ?? null, limit: limit + 1 });
    if (rows.length === 0 && !cursor && !(await getSetting(sql, writer.table, asked, id))) throw notFound();
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor({ version: last.version }) : null };
  });

  mount(app, deps, calls.restore, ({ caller, params: { id, version }, ifMatch, change }) =>
    change((unit) => writer.putBack(unit, caller, id, Number(version), ifMatch)).catch((error: unknown) => {
      throw errorCode(error) === '23505' ? new ProblemError('name_taken', 'There is one of this name already.') : error;
    }),
  );
}
