/** Writing one setting of any kind within a change, with all that its kind asks for; shared by the calls of each kind and by those that write several at once. */
import { v7 as newId } from 'uuid';
import { settingKinds } from '../contract/endpoints-settings.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import { audit, getVersion, lastVersion } from '../db/audit.ts';
import type { Snapshot } from '../db/audit.ts';
import type { Change } from '../db/change.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import {
  danglingReference,
  getSetting,
  holdSetting,
  insertSetting,
  isNamedInRules,
  listSettings,
  raiseVersion,
  removeSetting,
  settingNamed,
  updateSetting,
} from '../db/settings.ts';
import type { SettingRow } from '../db/settings.ts';
import { check } from './body.ts';
import type { OperatorCaller } from './caller.ts';
import type { ApiDeps } from './deps.ts';
import { invalid, notFound, ProblemError, staleVersion } from './problem.ts';
import { kinds } from './settings-kinds.ts';
import type { Input } from './settings-kinds.ts';

/** What is refused since something else names it. */
export const inUse = (): ProblemError => new ProblemError('in_use', 'Something still refers to it.');

/** More settings than a workspace has of a kind that another one's change goes on to. */
const MANY = 10_000;

/** Of a new setting that was there before: what it was and was called by then. */
interface Again {
  id: string;
  /** What its version rises to. */
  version: number;
  restoredVersion?: number;
}

/**
 * How settings of a kind are shown and written; every change is kept with who made it. What they throw undoes the change; a name
 * that is taken may also be the database's error 23505, see `nameTaken`.
 */
export function settingWriter(deps: ApiDeps, name: SettingKind) {
  const kind = kinds[name];
  const table = { ...kind, kind: name };
  const {
    create: { body: whole },
    update: { body: part },
  } = settingKinds[name];
  const kept = Object.keys(whole.shape).filter((field) => !kind.secrets?.includes(field));
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

  /** A view as it would be written again, without secrets. */
  const snapshot = (seen: Input): Snapshot => Object.fromEntries(kept.filter((field) => seen[field] !== undefined).map((field) => [field, seen[field]]));
  const givesSecrets = (body: Input): boolean => kind.secrets?.some((field) => body[field] !== undefined) ?? false;
  /** Keeps who made what of a setting, where that is something else than before. */
  const record = async (
    unit: Change,
    caller: OperatorCaller,
    id: string,
    was: Input | null,
    is: Input | null,
    more: { secretsReplaced?: boolean; restoredVersion?: number } = {},
  ): Promise<void> => {
    const [before, after] = [was && snapshot(was), is && snapshot(is)];
    if (!more.secretsReplaced && JSON.stringify(before) === JSON.stringify(after)) return;
    const owners = [was, is].filter((seen) => seen !== null).map((seen) => (table.owned ? seen['ownerId'] : null) as string | null);
    const about = { kind: name, subjectId: id, name: nameOf(is ?? was ?? {}), ownerId: owners.every(Boolean) ? (owners[0] ?? null) : null };
    if (was && (await lastVersion(unit.sql, unit.workspaceId, { kind: name, id })) === null) {
      await audit(unit, {
        ...about,
        name: nameOf(was),
        action: 'begun',
        before: null,
        after: before,
        operatorId: null,
        version: was['version'] as number,
        at: new Date(was['createdAt'] as string),
      });
    }
    const action = more.restoredVersion !== undefined ? 'restored' : !was ? 'created' : is ? 'changed' : 'deleted';
    await audit(unit, {
      ...about,
      action,
      before,
      after,
      operatorId: caller.id,
      version: is ? (is['version'] as number) : (was?.['version'] as number) + 1,
      ...more,
    });
  };
  /** The same of what something else changed, which may not have raised the version. */
  const recordAfter = async (unit: Change, caller: OperatorCaller, id: string, was: Input, is: Input | null): Promise<void> => {
    if (is && is['version'] === was['version']) {
      if (JSON.stringify(snapshot(was)) === JSON.stringify(snapshot(is))) return;
      await raiseVersion(unit, table, id);
    }
    await record(unit, caller, id, was, is && { ...is, version: Math.max(is['version'] as number, (was['version'] as number) + 1) });
  };
  /** Everything of this kind by its id. */
  const all = async ({ sql, workspaceId }: Change, caller: OperatorCaller): Promise<Map<string, Input>> => {
    const rows = await listSettings(sql, table, { workspaceId, operatorId: caller.id }, { after: null, limit: MANY });
    return new Map((await views(sql, workspaceId, rows)).map((seen) => [seen['id'] as string, seen]));
  };

  const writer = {
    table,
    views,
    view,
    nameTaken,
    all,
    recordAfter,

    /** @param again of one that was deleted: under which id and version it comes back */
    async create(unit: Change, caller: OperatorCaller, body: Input, again?: Again): Promise<Input> {
      const { sql, workspaceId } = unit;
      const context = { deps, caller, id: again?.id ?? newId(), before: null };
      await checkReferences(sql, workspaceId, body);
      const id = await insertSetting(unit, table, kind.toColumns?.(body, context) ?? body, context.id, again?.version);
      if (id === null) throw await nameTaken(sql, workspaceId, body);
      await kind.written?.(unit, body, context);
      const created = await view(sql, workspaceId, await getSetting(sql, table, { workspaceId, operatorId: caller.id }, id));
      await record(unit, caller, id, null, created, {
        secretsReplaced: givesSecrets(body),
        ...(again?.restoredVersion === undefined ? {} : { restoredVersion: again.restoredVersion }),
      });
      return created;
    },

    /**
     * @param ifMatch the version that it is based on; null: whichever it is
     * @param restoredVersion that `body` was, where an earlier one is put back
     */
    async update(unit: Change, caller: OperatorCaller, id: string, body: Input, ifMatch: number | null, restoredVersion?: number): Promise<Input> {
      const { sql, workspaceId } = unit;
      const asker = { workspaceId, operatorId: caller.id };
      const before = await holdSetting(unit, table, asker, id);
      const current = await view(sql, workspaceId, before);
      if (ifMatch !== null && before?.version !== ifMatch) throw staleVersion(current);
      if (!before || Object.keys(body).length === 0) return current;
      await checkReferences(sql, workspaceId, body);
      const context = { deps, caller, id, before };
      await keepingOthers(deps, unit, caller, kind.goesOnTo?.(before, body) ?? [], async () => {
        await updateSetting(unit, table, id, kind.toColumns?.(body, context) ?? body);
        await kind.written?.(unit, body, context);
      });
      const changed = await view(sql, workspaceId, await getSetting(sql, table, asker, id));
      await record(unit, caller, id, current, changed, { secretsReplaced: givesSecrets(body), ...(restoredVersion === undefined ? {} : { restoredVersion }) });
      return changed;
    },

    async remove(unit: Change, caller: OperatorCaller, id: string): Promise<void> {
      const { sql, workspaceId } = unit;
      const row = await holdSetting(unit, table, { workspaceId, operatorId: caller.id }, id);
      if (!row) throw notFound();
      kind.mayRemove?.(row, caller);
      if (await isNamedInRules(sql, workspaceId, name, id)) throw inUse();
      const was = await view(sql, workspaceId, row);
      await keepingOthers(deps, unit, caller, kind.goesOnTo?.(row, null) ?? [], async () => {
        await kind.removing?.(unit, row);
        await removeSetting(unit, table, id);
      });
      await record(unit, caller, id, was, null);
    },

    /**
     * Makes a setting what it was at a version, by the checks and with the effects of any change. One that was deleted is made
     * again, under its id and without its secrets.
     * @throws ProblemError `invalid` with the field that names something that is not there any more, `name_taken`, `stale_version`
     */
    async putBack(unit: Change, caller: OperatorCaller, id: string, version: number, ifMatch: number | null): Promise<Input> {
      const { sql, workspaceId } = unit;
      const asker = { workspaceId, operatorId: caller.id };
      const known = await getVersion(sql, asker, { kind: name, id }, version);
      const there = await holdSetting(unit, table, asker, id);
      const last = Math.max((await lastVersion(sql, workspaceId, { kind: name, id })) ?? 0, there?.version ?? 0);
      if (!known || version > last) throw notFound();
      if (!known.state) throw invalid('version', 'is that of its deletion: put back one before it');
      const state = Object.fromEntries(Object.entries(known.state).filter(([field]) => kept.includes(field)));
      const named = await settingNamed(sql, table, workspaceId, state[table.unique ?? '']);
      if (named && named.id !== id) throw await nameTaken(sql, workspaceId, state);
      if (there) return writer.update(unit, caller, id, check(part, state) as Input, ifMatch, version);
      if (ifMatch !== null && ifMatch !== last) throw staleVersion(undefined);
      return writer.create(unit, caller, check(whole, state) as Input, { id, version: last + 1, restoredVersion: version });
    },
  };
  return writer;
}

/** Does what changes settings of these kinds behind their writers' backs, and keeps what of them came out different. */
export async function keepingOthers<T>(
  deps: ApiDeps,
  unit: Change,
  caller: OperatorCaller,
  others: readonly SettingKind[],
  work: () => Promise<T>,
): Promise<T> {
  const writers = others.map((other) => settingWriter(deps, other));
  const before: Map<string, Input>[] = [];
  for (const writer of writers) before.push(await writer.all(unit, caller));
  const result = await work();
  for (const [at, writer] of writers.entries()) {
    const after = await writer.all(unit, caller);
    for (const [id, was] of before[at]!) await writer.recordAfter(unit, caller, id, was, after.get(id) ?? null);
  }
  return result;
}

/** What a setting of any kind is called. */
const nameOf = (seen: Input): string => String(seen['name'] ?? seen['title'] ?? seen['label'] ?? seen['kind'] ?? '');

/** Times as the contract writes them. */
const toView = (row: Input): Input => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]));
