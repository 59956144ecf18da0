/** Writing one setting of any kind within a change, with all that its kind asks for; shared by the calls of each kind and by those that write several at once. */
import { v7 as newId } from 'uuid';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import type { Change } from '../db/change.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { danglingReference, getSetting, holdSetting, insertSetting, isNamedInRules, removeSetting, settingNamed, updateSetting } from '../db/settings.ts';
import type { SettingRow } from '../db/settings.ts';
import type { OperatorCaller } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { invalid, notFound, ProblemError, staleVersion } from './problem.ts';
import { kinds } from './settings-kinds.ts';
import type { Input } from './settings-kinds.ts';

/** What is refused since something else names it. */
export const inUse = (): ProblemError => new ProblemError('in_use', 'Something still refers to it.');

/** How settings of a kind are shown and written. What they throw undoes the change; a name that is taken may also be the database's error 23505, see `nameTaken`. */
export function settingWriter(deps: ApiDeps, name: SettingKind) {
  const kind = kinds[name];
  const table = { ...kind, kind: name };
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

  return {
    table, views, view, nameTaken,

    async create(unit: Change, caller: OperatorCaller, body: Input): Promise<Input> {
      const { sql, workspaceId } = unit;
      const context = { deps, caller, id: newId(), before: null };
      await checkReferences(sql, workspaceId, body);
      const id = await insertSetting(unit, table, kind.toColumns?.(body, context) ?? body, context.id);
      if (id === null) throw await nameTaken(sql, workspaceId, body);
      await kind.written?.(unit, body, context);
      return view(sql, workspaceId, await getSetting(sql, table, { workspaceId, operatorId: caller.id }, id));
    },

    /** @param ifMatch the version that it is based on; null: whichever it is */
    async update(unit: Change, caller: OperatorCaller, id: string, body: Input, ifMatch: number | null): Promise<Input> {
      const { sql, workspaceId } = unit;
      const asker = { workspaceId, operatorId: caller.id };
      const before = await holdSetting(unit, table, asker, id);
      const current = await view(sql, workspaceId, before);
      if (ifMatch !== null && before?.version !== ifMatch) throw staleVersion(current);
      if (Object.keys(body).length === 0) return current;
      await checkReferences(sql, workspaceId, body);
      const context = { deps, caller, id, before };
      await updateSetting(unit, table, id, kind.toColumns?.(body, context) ?? body);
      await kind.written?.(unit, body, context);
      return view(sql, workspaceId, await getSetting(sql, table, asker, id));
    },

    async remove(unit: Change, caller: OperatorCaller, id: string): Promise<void> {
      const { sql, workspaceId } = unit;
      const row = await holdSetting(unit, table, { workspaceId, operatorId: caller.id }, id);
      if (!row) throw notFound();
      kind.mayRemove?.(row, caller);
      if (await isNamedInRules(sql, workspaceId, name, id)) throw inUse();
      await kind.removing?.(unit, row);
      await removeSetting(unit, table, id);
    },
  };
}

/** Times as the contract writes them. */
const toView = (row: Input): Input => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]));
