/** The five calls of every kind of setting. */
import { z } from 'zod';
import type { PageQuery } from '../contract/common.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { settingKinds } from '../contract/endpoints-settings.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import { getSetting, listSettings } from '../db/settings.ts';
import { errorCode } from '../process.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { mount } from './route.ts';
import { kinds } from './settings-kinds.ts';
import { inUse, settingWriter } from './settings-write.ts';

/** The calls of any kind, as far as they are alike. */
interface Calls {
  list: Endpoint & { path: '/v1/x'; audience: 'operator'; query: typeof PageQuery; response: z.ZodType };
  get: Endpoint & { path: '/v1/x/:id'; audience: 'operator'; response: z.ZodType };
  create: Endpoint & { path: '/v1/x'; audience: 'operator'; body: z.ZodObject; response: z.ZodType };
  update: Endpoint & { path: '/v1/x/:id'; audience: 'operator'; body: z.ZodObject; response: z.ZodType };
  remove: Endpoint & { path: '/v1/x/:id'; audience: 'operator' };
}

const Place = z.object({ position: z.number().int(), id: z.uuid() });

export function settingRoutes(app: App, deps: ApiDeps): void {
  for (const name of Object.keys(kinds)) addKind(app, deps, name as SettingKind);
}

function addKind(app: App, deps: ApiDeps, name: SettingKind): void {
  const calls = settingKinds[name] as unknown as Calls;
  const writer = settingWriter(deps, name);
  const { table } = writer;

  mount(app, deps, calls.list, async ({ sql, workspaceId, caller, query: { limit, cursor } }) => {
    const rows = await listSettings(sql, table, { workspaceId, operatorId: caller.id }, { after: decodeCursor(Place, cursor), limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const place = last && { position: (last['position'] as number | undefined) ?? 0, id: last.id };
    return { items: await writer.views(sql, workspaceId, page), nextCursor: place ? encodeCursor(place) : null };
  });

  mount(app, deps, calls.get, async ({ sql, workspaceId, caller, params }) =>
    writer.view(sql, workspaceId, await getSetting(sql, table, { workspaceId, operatorId: caller.id }, params.id)),
  );

  mount(app, deps, calls.create, ({ caller, body, change }) => change((unit) => writer.create(unit, caller, body)));

  mount(app, deps, calls.update, ({ sql, workspaceId, caller, params: { id }, body, ifMatch, change }) =>
    change((unit) => writer.update(unit, caller, id, body, ifMatch)).catch(async (error: unknown) => {
      throw errorCode(error) === '23505' ? await writer.nameTaken(sql, workspaceId, body) : error;
    }),
  );

  mount(app, deps, calls.remove, ({ caller, params: { id }, change }) =>
    change((unit) => writer.remove(unit, caller, id)).catch((error: unknown) => {
      throw errorCode(error) === '23503' ? inUse() : error;
    }),
  );
}
