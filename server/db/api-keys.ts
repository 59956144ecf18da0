import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import type { ApiKey, NewApiKey, Scope } from '../contract/settings.ts';
import { audit } from './audit.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { hashToken } from './visitors.ts';

type ApiKeyView = z.infer<typeof ApiKey>;
interface ApiKeyRow extends Omit<ApiKeyView, 'createdAt' | 'lastUsedAt'> {
  createdAt: Date;
  lastUsedAt: Date | null;
}
const fromRow = (row: ApiKeyRow): ApiKeyView => ({ ...row, createdAt: row.createdAt.toISOString(), lastUsedAt: row.lastUsedAt?.toISOString() ?? null });
const columns = ['id', 'name', 'scopes', 'createdAt', 'lastUsedAt'] as const;

/** Keys that were not revoked, in the order in which they were made, after an id. */
export async function listApiKeys(sql: Sql | Transaction, workspaceId: string, query: { after: string | null; limit: number }): Promise<ApiKeyView[]> {
  const rows = await sql<ApiKeyRow[]>`
    select ${sql(columns)} from api_key where workspace_id = ${workspaceId} and revoked_at is null
      ${query.after ? sql`and id > ${query.after}` : sql``} order by id limit ${query.limit}`;
  return rows.map(fromRow);
}

/** One key that was not revoked; null where there is none. */
export async function getApiKey(sql: Sql | Transaction, workspaceId: string, id: string): Promise<ApiKeyView | null> {
  const [row] = await sql<ApiKeyRow[]>`select ${sql(columns)} from api_key where workspace_id = ${workspaceId} and id = ${id} and revoked_at is null`;
  return row ? fromRow(row) : null;
}

/** Renames a key, or changes what it may do: at once, in every process; false where there is none. */
export async function updateApiKey(
  unit: Change,
  id: string,
  input: { name?: string | undefined; scopes?: z.infer<typeof Scope>[] | undefined },
  by: string,
): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const [before] = await sql<{ name: string; scopes: string[] }[]>`
    select name, scopes from api_key where workspace_id = ${workspaceId} and id = ${id} and revoked_at is null for no key update`;
  if (!before) return false;
  const after = { name: input.name ?? before.name, scopes: input.scopes ?? before.scopes };
  await sql`update api_key set ${sql(after)} where workspace_id = ${workspaceId} and id = ${id}`;
  await audit(unit, { kind: 'apiKey', subjectId: id, name: after.name, action: 'changed', before, after, operatorId: by });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'apiKey', id } });
  unit.afterwards({ kind: 'access', workspaceId });
  return true;
}

/** Makes a key. It is part of the answer this once; we keep its hash. */
export async function createApiKey(
  unit: Change,
  input: { name: string; scopes: z.infer<typeof Scope>[] },
  createdBy: string,
): Promise<z.infer<typeof NewApiKey>> {
  const { sql, workspaceId } = unit;
  const key = `ck_${randomBytes(32).toString('base64url')}`;
  const [row] = await sql<ApiKeyRow[]>`
    insert into api_key ${sql({ workspaceId, id: newId(), name: input.name, scopes: input.scopes, keyHash: hashToken(key), createdBy })} returning ${sql(columns)}`;
  if (!row) throw new Error('a key was not written');
  await audit(unit, {
    kind: 'apiKey',
    subjectId: row.id,
    name: row.name,
    action: 'created',
    before: null,
    after: { name: row.name, scopes: row.scopes },
    operatorId: createdBy,
  });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'apiKey', id: row.id } });
  return { ...fromRow(row), key };
}

/** Revokes a key; false where there is none. */
export async function revokeApiKey(unit: Change, id: string, by: string): Promise<boolean> {
  const [row] = await unit.sql<{ name: string; scopes: string[] }[]>`
    update api_key set revoked_at = now() where workspace_id = ${unit.workspaceId} and id = ${id} and revoked_at is null returning name, scopes`;
  if (!row) return false;
  await audit(unit, {
    kind: 'apiKey',
    subjectId: id,
    name: row.name,
    action: 'revoked',
    before: { name: row.name, scopes: row.scopes },
    after: null,
    operatorId: by,
  });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'apiKey', id } });
  unit.afterwards({ kind: 'access', workspaceId: unit.workspaceId });
  return true;
}

/** The key itself, as a caller shows it; when it was last used is noted once a minute. */
export async function useApiKey(sql: Sql, key: string): Promise<{ id: string; workspaceId: string; name: string; scopes: z.infer<typeof Scope>[] } | null> {
  const [row] = await sql<{ id: string; workspaceId: string; name: string; scopes: z.infer<typeof Scope>[]; used: boolean }[]>`
    select id, workspace_id, name, scopes, coalesce(last_used_at > now() - interval '1 minute', false) as used
    from api_key where key_hash = ${hashToken(key)} and revoked_at is null`;
  if (!row) return null;
  if (!row.used) await sql`update api_key set last_used_at = now() where workspace_id = ${row.workspaceId} and id = ${row.id}`;
  return row;
}
