import { v7 as newId } from 'uuid';
import { Retention } from '../contract/settings.ts';
import type { BusinessHours, Workspace } from '../contract/settings.ts';
import { audit, lastVersion } from './audit.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** How tokens of a workspace are checked. */
export interface WorkspaceKeys {
  id: string;
  name: string;
  /** HS256 secret of the host, sealed; null where it has none of its own. */
  secret: Uint8Array | null;
  jwksUrl: string | null;
}

/** A workspace by the slug that tokens and calls name it by. */
export async function workspaceKeys(sql: Sql | Transaction, slug: string): Promise<WorkspaceKeys | null> {
  const [row] = await sql<WorkspaceKeys[]>`select id, name, secret, jwks_url from workspace where slug = ${slug}`;
  return row ?? null;
}

/** Makes the workspace that the environment names, if it is not there yet; its keys follow the environment at each start. */
export async function ensureWorkspace(sql: Sql, { slug, jwksUrl }: { slug: string; jwksUrl: string | undefined }): Promise<void> {
  await sql`insert into workspace ${sql({ id: newId(), slug, name: slug, jwksUrl: jwksUrl ?? null })}
    on conflict (slug) do update set jwks_url = excluded.jwks_url`;
}

type StoredWorkspace = Omit<Workspace, 'model'>;

/** Columns that are JSON. */
const JSON_COLUMNS = ['hours', 'retention'];

export async function getWorkspace(sql: Sql | Transaction, workspaceId: string): Promise<StoredWorkspace> {
  const [row] = await sql<
    StoredWorkspace[]
  >`select id, slug, name, jwks_url, allowed_hosts, hours, retention, version from workspace where id = ${workspaceId}`;
  if (!row) throw new Error('a workspace is gone while somebody works in it');
  return { ...row, retention: Retention.parse(row.retention) };
}

/**
 * Changes a workspace.
 * @param ifMatch the version that the caller saw; null where it does not care
 * @param restoredVersion that `patch` was, where an earlier one is put back
 * @returns false where it has another version by now
 */
export async function updateWorkspace(
  unit: Change,
  patch: { name?: string | undefined; allowedHosts?: string[] | undefined; hours?: BusinessHours | null | undefined; retention?: Retention | undefined },
  ifMatch: number | null,
  by: string,
  restoredVersion?: number,
): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const [before] = await sql<
    (Pick<StoredWorkspace, 'name' | 'allowedHosts' | 'hours' | 'retention' | 'version'> & { createdAt: Date })[]
  >`select name, allowed_hosts, hours, retention, version, created_at from workspace where id = ${workspaceId} for no key update`;
  if (!before || (ifMatch !== null && before.version !== ifMatch)) return false;
  const changes = Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, JSON_COLUMNS.includes(key) && value ? sql.json(value as never) : value]),
  );
  if (Object.keys(changes).length === 0) return true;
  await sql`update workspace set ${sql(changes)}, version = version + 1 where id = ${workspaceId}`;
  const { version, createdAt, ...was } = before;
  const about = { kind: 'workspace', subjectId: workspaceId } as const;
  if ((await lastVersion(sql, workspaceId, { kind: 'workspace', id: workspaceId })) === null)
    await audit(unit, { ...about, name: before.name, action: 'begun', before: null, after: was, operatorId: null, version, at: createdAt });
  await audit(unit, {
    ...about,
    name: patch.name ?? before.name,
    action: restoredVersion === undefined ? 'changed' : 'restored',
    before: was,
    after: { ...was, ...patch },
    operatorId: by,
    version: version + 1,
    restoredVersion,
  });
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'workspace', id: workspaceId } });
  return true;
}
