import { v7 as newId } from 'uuid';
import type { Role } from '../contract/common.ts';
import type { Me, MeInput, Operator } from '../contract/operator.ts';
import { audit } from './audit.ts';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** What the host's token says of a person. */
export interface OperatorClaims {
  subject: string;
  name: string;
  email: string | null;
  picture: string | null;
  role: Role;
}

/**
 * The operator behind a token, made or refreshed from its claims; nothing is written where they say nothing new.
 * @returns its id, and whether it may come in
 */
export async function refreshOperator(db: Db, workspaceId: string, claims: OperatorClaims): Promise<{ id: string; active: boolean }> {
  const { subject, name, email, picture, role } = claims;
  const [known] = await db.sql<{ id: string; active: boolean; same: boolean }[]>`
    select id, active, (name, email, picture, role) is not distinct from (${name}::text, ${email}::text, ${picture}::text, ${role}::text) as same
    from operator where workspace_id = ${workspaceId} and subject = ${subject}`;
  if (known && (known.same || !known.active)) return known;
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const [written] = await sql<{ id: string; active: boolean }[]>`
      insert into operator as o (workspace_id, id, subject, name, email, picture, role)
      values (${workspaceId}, ${newId()}, ${subject}, ${name}, ${email}, ${picture}, ${role})
      on conflict (workspace_id, subject) do update
        set name = excluded.name, email = excluded.email, picture = excluded.picture, role = excluded.role, version = o.version + 1
        where (o.name, o.email, o.picture, o.role) is distinct from (excluded.name, excluded.email, excluded.picture, excluded.role)
      returning id, active`;
    if (written) {
      unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'operator', id: written.id } });
      return written;
    }
    const [same] = await sql<{ id: string; active: boolean }[]>`select id, active from operator where workspace_id = ${workspaceId} and subject = ${subject}`;
    if (!same) throw new Error('an operator is gone while it was being refreshed');
    return same;
  });
}

interface OperatorRow extends Omit<Operator, 'createdAt'> {
  createdAt: Date;
}
const fromRow = (row: OperatorRow): Operator => ({ ...row, createdAt: row.createdAt.toISOString() });
const columns = ['id', 'name', 'email', 'picture', 'role', 'active', 'version', 'createdAt'] as const;

/** Operators in the order in which they first came, after an id. */
export async function listOperators(sql: Sql | Transaction, workspaceId: string, query: { after: string | null; limit: number }): Promise<Operator[]> {
  const rows = await sql<OperatorRow[]>`
    select ${sql(columns)} from operator where workspace_id = ${workspaceId} ${query.after ? sql`and id > ${query.after}` : sql``} order by id limit ${query.limit}`;
  return rows.map(fromRow);
}

export async function getOperator(sql: Sql | Transaction, workspaceId: string, id: string): Promise<Operator | null> {
  const [row] = await sql<OperatorRow[]>`select ${sql(columns)} from operator where workspace_id = ${workspaceId} and id = ${id}`;
  return row ? fromRow(row) : null;
}

/** Lets an operator in, or keeps it out: its requests end at once, its streams within seconds. */
export async function setOperatorActive(unit: Change, id: string, active: boolean, by: string): Promise<void> {
  const [row] = await unit.sql<{ name: string }[]>`
    update operator set active = ${active}, version = version + 1 where workspace_id = ${unit.workspaceId} and id = ${id} and active <> ${active} returning name`;
  if (!row) return;
  await audit(unit, {
    kind: 'operator',
    subjectId: id,
    name: row.name,
    action: active ? 'switched_on' : 'switched_off',
    before: { active: !active },
    after: { active },
    operatorId: by,
  });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'operator', id } });
  unit.afterwards({ kind: 'access', workspaceId: unit.workspaceId });
}

type StoredMe = Omit<Me, 'workspace'>;

/** An operator with what it has set for itself. */
export async function getMe(sql: Sql | Transaction, workspaceId: string, id: string): Promise<StoredMe> {
  const [row] = await sql<(OperatorRow & Pick<Me, 'language' | 'autoTranslate' | 'notifications' | 'shortcuts' | 'viewOrder'>)[]>`
    select ${sql([...columns, 'language', 'autoTranslate', 'notifications', 'shortcuts', 'viewOrder'])} from operator where workspace_id = ${workspaceId} and id = ${id}`;
  if (!row) throw new Error('an operator is gone while it works');
  return { ...row, createdAt: row.createdAt.toISOString() };
}

/** What an operator sets for itself; what is left out stays. */
export async function updateMe(unit: Change, id: string, patch: { [K in keyof MeInput]?: MeInput[K] | undefined }): Promise<void> {
  const { sql, workspaceId } = unit;
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const changes = Object.fromEntries(given.map(([key, value]) => [key, typeof value === 'object' && value !== null ? (sql.json(value) as never) : value]));
  if (Object.keys(changes).length === 0) return;
  await sql`update operator set ${sql(changes)}, version = version + 1 where workspace_id = ${workspaceId} and id = ${id}`;
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'operator', id } });
}
