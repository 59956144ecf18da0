/** The five calls of every kind of setting. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { PageQuery } from '../contract/common.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { settingKinds } from '../contract/endpoints-settings.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { danglingReference, getSetting, holdSetting, insertSetting, isNamedInRules, listSettings, removeSetting, settingNamed, updateSetting } from '../db/settings.ts';
import type { SettingRow } from '../db/settings.ts';
import { errorCode } from '../process.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound, ProblemError, staleVersion } from './problem.ts';
import { mount } from './route.ts';
import { kinds } from './settings-kinds.ts';
import type { Input, Kind } from './settings-kinds.ts';

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
  for (const [name, kind] of Object.entries(kinds)) addKind(app, deps, name as SettingKind, kind);
}

function addKind(app: App, deps: ApiDeps, name: SettingKind, kind: Kind): void {
  const calls = settingKinds[name] as unknown as Calls;
  const table = { kind: name, ...kind };
  const views = async (sql: Sql | Transaction, workspaceId: string, rows: SettingRow[]): Promise<Input[]> =>
    ((await kind.views?.(sql, rows, deps, workspaceId)) ?? rows).map(toView);
  const view = async (sql: Sql | Transaction, workspaceId: string, row: SettingRow | null): Promise<Input> => {
    if (!row) throw notFound();
    return (await views(sql, workspaceId, [row]))[0] ?? {};
  };
  const checkReferences = async (sql: Sql | Transaction, workspaceId: string, input: Input): Promise<void> => {
    const dangling = await danglingReference(sql, workspaceId, kind.references?.(input) ?? []);
    if (dangling) throw invalid(dangling.path, `names no ${dangling.table} of this workspace`);
  };
  const nameTaken = async (sql: Sql | Transaction, workspaceId: string, input: Input): Promise<ProblemError> => {
    const row = await settingNamed(sql, table, workspaceId, input[table.unique ?? '']);
    return new ProblemError('name_taken', 'There is one of this name already.', row ? { current: await view(sql, workspaceId, row) } : {});
  };

  mount(app, deps, calls.list, async ({ sql, workspaceId, caller, query: { limit, cursor } }) => {
    const rows = await listSettings(sql, table, { workspaceId, operatorId: caller.id }, { after: decodeCursor(Place, cursor), limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const place = last && { position: (last['position'] as number | undefined) ?? 0, id: last.id };
    return { items: await views(sql, workspaceId, page), nextCursor: place ? encodeCursor(place) : null };
  });

  mount(app, deps, calls.get, async ({ sql, workspaceId, caller, params }) =>
    view(sql, workspaceId, await getSetting(sql, table, { workspaceId, operatorId: caller.id }, params.id)));

  mount(app, deps, calls.create, ({ workspaceId, caller, body, change }) =>
    change(async (unit) => {
      const context = { deps, caller, id: newId(), before: null };
      await checkReferences(unit.sql, workspaceId, body);
      const id = await insertSetting(unit, table, kind.toColumns?.(body, context) ?? body, context.id);
      if (id === null) throw await nameTaken(unit.sql, workspaceId, body);
      await kind.written?.(unit, body, context);
      return view(unit.sql, workspaceId, await getSetting(unit.sql, table, { workspaceId, operatorId: caller.id }, id));
    }));

  mount(app, deps, calls.update, async ({ sql, workspaceId, caller, params: { id }, body, ifMatch, change }) => {
    const asker = { workspaceId, operatorId: caller.id };
    const writing = change(async (unit) => {
      const before = await holdSetting(unit, table, asker, id);
      const current = await view(unit.sql, workspaceId, before);
      if (ifMatch !== null && before?.version !== ifMatch) throw staleVersion(current);
      if (Object.keys(body).length === 0) return current;
      await checkReferences(unit.sql, workspaceId, body);
      const context = { deps, caller, id, before };
      await updateSetting(unit, table, id, kind.toColumns?.(body, context) ?? body);
      await kind.written?.(unit, body, context);
      return view(unit.sql, workspaceId, await getSetting(unit.sql, table, asker, id));
    });
    return writing.catch(async (error: unknown) => {
      throw errorCode(error) === '23505' ? await nameTaken(sql, workspaceId, body) : error;
    });
  });

  mount(app, deps, calls.remove, ({ workspaceId, caller, params: { id }, change }) => {
    const inUse = (): ProblemError => new ProblemError('in_use', 'Something still refers to it.');
    return change(async (unit) => {
      const row = await holdSetting(unit, table, { workspaceId, operatorId: caller.id }, id);
      if (!row) throw notFound();
      kind.mayRemove?.(row, caller);
      if (await isNamedInRules(unit.sql, workspaceId, name, id)) throw inUse();
      await kind.removing?.(unit, row);
      await removeSetting(unit, table, id);
    }).catch((error: unknown) => {
      throw errorCode(error) === '23503' ? inUse() : error;
    });
  });
}

/** Times as the contract writes them. */
const toView = (row: Input): Input => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]));
