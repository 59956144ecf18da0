/** Storing what teams shape: one mechanism for every kind of setting, described by its table. */
import { v7 as newId } from 'uuid';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** How a kind of setting lies in the database. Columns are named as the contract names their fields. */
export interface SettingTable {
  kind: SettingKind;
  table: string;
  /** Columns that may be written. */
  columns: readonly string[];
  /** Those of them that hold JSON. */
  json?: readonly string[];
  /** Columns that are only read, beside `id`, `version` and `createdAt`. */
  reads?: readonly string[];
  /** It has a place among its like, and is listed by it. */
  positioned?: boolean;
  /** It says when it was last changed. */
  touched?: boolean;
  /** Each belongs to one operator, or, with no owner, to the team. */
  owned?: boolean;
  /** The column by which a new one is refused where there is one already, in any letter case for tags. */
  unique?: string;
}

export interface SettingRow extends Record<string, unknown> {
  id: string;
  version: number;
  createdAt: Date;
}

/** Where a page begins: after this place. */
interface SettingPlace {
  position: number;
  id: string;
}

/** Whose settings are asked for; matters where each operator has its own. */
interface Asker {
  workspaceId: string;
  operatorId: string;
}

const readable = (t: SettingTable): string[] => ['id', ...t.columns, ...(t.reads ?? []), 'version', 'createdAt'];

const visible = (sql: Sql | Transaction, t: SettingTable, { workspaceId, operatorId }: Asker) =>
  sql`workspace_id = ${workspaceId} ${t.owned ? sql`and (owner_id = ${operatorId} or owner_id is null)` : sql``}`;

export async function listSettings(
  sql: Sql | Transaction,
  t: SettingTable,
  asker: Asker,
  query: { after: SettingPlace | null; limit: number },
): Promise<SettingRow[]> {
  const { after, limit } = query;
  return sql<SettingRow[]>`
    select ${sql(readable(t))} from ${sql(t.table)} where ${visible(sql, t, asker)}
      ${after === null ? sql`` : t.positioned ? sql`and (position, id) > (${after.position}, ${after.id}::uuid)` : sql`and id > ${after.id}`}
    order by ${t.positioned ? sql`position, id` : sql`id`} limit ${limit}`;
}

export async function getSetting(sql: Sql | Transaction, t: SettingTable, asker: Asker, id: string): Promise<SettingRow | null> {
  const [row] = await sql<SettingRow[]>`select ${sql(readable(t))} from ${sql(t.table)} where ${visible(sql, t, asker)} and id = ${id}`;
  return row ?? null;
}

/** The same under the lock of a writer. */
export async function holdSetting(unit: Change, t: SettingTable, asker: Asker, id: string): Promise<SettingRow | null> {
  const { sql } = unit;
  const [row] = await sql<SettingRow[]>`select ${sql(readable(t))} from ${sql(t.table)} where ${visible(sql, t, asker)} and id = ${id} for no key update`;
  return row ?? null;
}

/** Values as the driver takes them. */
const written = (unit: Change, t: SettingTable, values: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(
    t.columns
      .filter((column) => values[column] !== undefined)
      .map((column) => [column, t.json?.includes(column) && values[column] !== null ? unit.sql.json(values[column] as never) : values[column]]),
  ) as Record<string, never>;

/**
 * @param version of one that was there before: that which it comes back with
 * @returns the new setting's id, or null where its name is taken
 */
export async function insertSetting(unit: Change, t: SettingTable, values: Record<string, unknown>, id = newId(), version = 1): Promise<string | null> {
  const { sql, workspaceId } = unit;
  const rows = await sql`insert into ${sql(t.table)} ${sql({ workspaceId, id, version, ...written(unit, t, values) })} on conflict do nothing returning id`;
  if (rows.length === 0) return null;
  tell(unit, t, id);
  return id;
}

/** Writes what `values` names and raises the version. A name that is taken is the database's error 23505. */
export async function updateSetting(unit: Change, t: SettingTable, id: string, values: Record<string, unknown>): Promise<void> {
  const { sql, workspaceId } = unit;
  const changes = { ...written(unit, t, values), ...(t.touched ? { updatedAt: sql`now()` } : {}), version: sql`version + 1` };
  await sql`update ${sql(t.table)} set ${sql(changes as never)} where workspace_id = ${workspaceId} and id = ${id}`;
  tell(unit, t, id);
}

/** A setting that something else changed is another version too. */
export async function raiseVersion(unit: Change, t: SettingTable, id: string): Promise<void> {
  await unit.sql`update ${unit.sql(t.table)} set version = version + 1 where workspace_id = ${unit.workspaceId} and id = ${id}`;
  tell(unit, t, id);
}

/** Something that still refers to it is the database's error 23503. */
export async function removeSetting(unit: Change, t: SettingTable, id: string): Promise<void> {
  await unit.sql`delete from ${unit.sql(t.table)} where workspace_id = ${unit.workspaceId} and id = ${id}`;
  tell(unit, t, id);
}

/** The team's screens read it again. */
function tell(unit: Change, { kind }: SettingTable, id: string): void {
  unit.emit({ kind: 'settings', audience: 'team', data: { kind, id } });
}

/** The setting that has this name already. */
export async function settingNamed(sql: Sql | Transaction, t: SettingTable, workspaceId: string, name: unknown): Promise<SettingRow | null> {
  if (!t.unique || typeof name !== 'string') return null;
  const [row] = await sql<SettingRow[]>`
    select ${sql(readable(t))} from ${sql(t.table)} where workspace_id = ${workspaceId} and ${
      t.table === 'tag' ? sql`lower(name) = lower(${name})` : sql`${sql(t.unique)} = ${name}`
    }`;
  return row ?? null;
}

/** A field of a request that names something by id. */
export interface Reference {
  path: string;
  table: 'agent' | 'department' | 'operator' | 'route' | 'quick_reply';
  id: string;
}

/** The first reference to something that is not there, or is another workspace's. */
export async function danglingReference(sql: Sql | Transaction, workspaceId: string, references: readonly Reference[]): Promise<Reference | null> {
  for (const table of new Set(references.map((reference) => reference.table))) {
    const asked = references.filter((reference) => reference.table === table);
    const rows = await sql<{ id: string }[]>`
      select id from ${sql(table)} where workspace_id = ${workspaceId} and id = any(${asked.map(({ id }) => id)}::uuid[])`;
    const there = new Set(rows.map(({ id }) => id));
    const dangling = asked.find(({ id }) => !there.has(id.toLowerCase()));
    if (dangling) return dangling;
  }
  return null;
}

/** Whether a rule or playbook, which the database's own references do not see, still names it. */
export async function isNamedInRules(sql: Sql | Transaction, workspaceId: string, kind: SettingKind, id: string): Promise<boolean> {
  if (kind !== 'agent' && kind !== 'department' && kind !== 'route') return false;
  const found =
    kind === 'route'
      ? await sql`select from playbook where workspace_id = ${workspaceId} and (${id}::uuid = any(route_ids) or exits @> ${sql.json([{ routeId: id }])}) limit 1`
      : await sql`select from routing_rule where workspace_id = ${workspaceId} and actions ->> ${`${kind}Id`} = ${id} limit 1`;
  return found.length > 0;
}

/** Members of departments, by department. */
export async function departmentMembers(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql<{ departmentId: string; operatorId: string }[]>`
    select department_id, operator_id from department_member where workspace_id = ${workspaceId} and department_id = any(${ids as string[]}::uuid[]) order by operator_id`;
  const members = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { departmentId, operatorId } of rows) members.get(departmentId)?.push(operatorId);
  return members;
}

/** Makes these operators the members of a department, and no others. */
export async function setDepartmentMembers({ sql, workspaceId }: Change, departmentId: string, operatorIds: readonly string[]): Promise<void> {
  await sql`delete from department_member where workspace_id = ${workspaceId} and department_id = ${departmentId}`;
  if (operatorIds.length === 0) return;
  await sql`insert into department_member ${sql([...new Set(operatorIds)].map((operatorId) => ({ workspaceId, departmentId, operatorId })))}`;
}
