/** Who changed what: written with the change itself, read as the versions of a setting and as the log of all. */
import { v7 as newId } from 'uuid';
import type { AuditEntry, AuditKind, SettingVersion } from '../contract/history.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** What may be written and read of something, under the names of the contract; no secrets. */
export type Snapshot = Readonly<Record<string, unknown>>;

interface NewEntry {
  kind: AuditKind;
  subjectId: string;
  /** As it is called. */
  name: string;
  action: AuditEntry['action'];
  before: Snapshot | null;
  after: Snapshot | null;
  operatorId: string | null;
  /** Of what can be put back. */
  version?: number;
  restoredVersion?: number | undefined;
  secretsReplaced?: boolean;
  /** Of what nobody but this operator sees. */
  ownerId?: string | null;
  /** When it was so; now where nothing is said. */
  at?: Date;
}

/** Keeps who changed what, in the transaction of the change; nothing where nothing came out different. */
export async function audit({ sql, workspaceId }: Change, entry: NewEntry): Promise<void> {
  const { before, after, version = null, restoredVersion = null, secretsReplaced = false, ownerId = null, at, ...rest } = entry;
  if (before && after && !secretsReplaced && JSON.stringify(before) === JSON.stringify(after)) return;
  const json = (snapshot: Snapshot | null) => (snapshot ? sql.json(snapshot as never) : null);
  await sql`
    insert into audit_entry ${sql({ workspaceId, id: newId(), ...rest, version, restoredVersion, secretsReplaced, ownerId, before: json(before), after: json(after), ...(at ? { createdAt: at } : {}) } as never)}`;
}

/** The highest version of a setting that is known; null where none is. */
export async function lastVersion(sql: Sql | Transaction, workspaceId: string, subject: { kind: AuditKind; id: string }): Promise<number | null> {
  const [row] = await sql<
    { last: number | null }[]
  >`select max(version) as last from audit_entry where workspace_id = ${workspaceId} and subject_id = ${subject.id} and kind = ${subject.kind}`;
  return row?.last ?? null;
}

interface Asked {
  workspaceId: string;
  operatorId: string;
}

interface Row extends Omit<AuditEntry, 'at' | 'changes' | 'operator'> {
  before: Snapshot | null;
  after: Snapshot | null;
  operatorId: string | null;
  operatorName: string | null;
  createdAt: Date;
}

const columns = (sql: Sql | Transaction) => sql`
  e.id, e.kind, e.subject_id, e.name, e.action, e.version, e.restored_version, e.before, e.after, e.secrets_replaced, e.operator_id, o.name as operator_name, e.created_at`;
const tables = (sql: Sql | Transaction) => sql`audit_entry e left join operator o on o.workspace_id = e.workspace_id and o.id = e.operator_id`;
const visible = (sql: Sql | Transaction, { workspaceId, operatorId }: Asked) =>
  sql`e.workspace_id = ${workspaceId} and (e.owner_id is null or e.owner_id = ${operatorId})`;

/** Versions of a setting, newest first; those below `below` where that is given. */
export async function listVersions(
  sql: Sql | Transaction,
  asked: Asked,
  subject: { kind: AuditKind; id: string },
  query: { below: number | null; limit: number /** Only those that changed it. */; field?: string | undefined },
): Promise<SettingVersion[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ${tables(sql)} where ${visible(sql, asked)} and e.subject_id = ${subject.id} and e.kind = ${subject.kind} and e.version is not null
      ${query.field === undefined ? sql`` : sql`and e.before -> ${query.field} is distinct from e.after -> ${query.field}`}
      ${query.below === null ? sql`` : sql`and e.version < ${query.below}`} order by e.version desc limit ${query.limit}`;
  return rows.map((row) => ({ ...toEntry(row), version: row.version ?? 0 }));
}

/** A setting as it was at a version: by the last change up to it. `state` is null where that was its deletion; null where there is none, or it is another operator's own. */
export async function getVersion(
  sql: Sql | Transaction,
  asked: Asked,
  subject: { kind: AuditKind; id: string },
  version: number,
): Promise<{ state: Snapshot | null } | null> {
  const [row] = await sql<{ state: Snapshot | null }[]>`
    select e.after as state from audit_entry e where ${visible(sql, asked)} and e.subject_id = ${subject.id} and e.kind = ${subject.kind} and e.version <= ${version}
    order by e.version desc limit 1`;
  return row ?? null;
}

interface LogQuery {
  kind?: AuditKind | undefined;
  operatorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after: { at: string; id: string } | null;
  limit: number;
}

/** The log of a workspace, newest first. */
export async function listAudit(sql: Sql | Transaction, asked: Asked, { kind, operatorId, from, to, after, limit }: LogQuery): Promise<AuditEntry[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ${tables(sql)} where ${visible(sql, asked)} and e.action <> 'begun'
      ${kind ? sql`and e.kind = ${kind}` : sql``} ${operatorId ? sql`and e.operator_id = ${operatorId}` : sql``}
      ${from ? sql`and e.created_at >= ${from}` : sql``} ${to ? sql`and e.created_at <= ${to}` : sql``}
      ${after ? sql`and (e.created_at, e.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by e.created_at desc, e.id desc limit ${limit}`;
  return rows.map(toEntry);
}

function toEntry({
  id,
  kind,
  subjectId,
  name,
  action,
  version,
  restoredVersion,
  before,
  after,
  secretsReplaced,
  operatorId,
  operatorName,
  createdAt,
}: Row): AuditEntry {
  return {
    id,
    kind,
    subjectId,
    name,
    action,
    version,
    restoredVersion,
    secretsReplaced,
    changes: action === 'begun' ? [] : changesOf(before, after),
    operator: operatorId && operatorName !== null ? { id: operatorId, name: operatorName } : null,
    at: createdAt.toISOString(),
  };
}

/** Fields that are not the same before and after. The database writes JSON in one order of keys, so that the same is the same text. */
function changesOf(before: Snapshot | null, after: Snapshot | null): AuditEntry['changes'] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}
