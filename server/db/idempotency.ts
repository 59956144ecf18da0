import type { Change } from './change.ts';

/** A request that is answered once. */
interface KeyedRequest {
  /** Who asked; keys of different callers have nothing to do with each other. */
  actor: string;
  key: string;
  /** Of what was asked: method, path and body. */
  hash: Buffer;
}

/** What an earlier request with the key was answered. */
export interface StoredAnswer {
  status: number;
  body: unknown;
}

/**
 * Claims a key within the transaction that does the work. A request with the same key that is under way is waited for.
 * @returns `null` when the work is the caller's to do; its answer where it was done within the last 24 h; `reused` where
 *   the key belongs to another request
 */
export async function claimKey({ sql, workspaceId }: Change, { actor, key, hash }: KeyedRequest): Promise<StoredAnswer | 'reused' | null> {
  const claimed = await sql`
    insert into idempotency as i (workspace_id, actor, key, request_hash) values (${workspaceId}, ${actor}, ${key}, ${hash})
    on conflict (workspace_id, actor, key) do update set request_hash = excluded.request_hash, status = null, body = null, created_at = now()
      where i.created_at < now() - interval '24 hours'
    returning key`;
  if (claimed.length > 0) return null;
  const [row] = await sql<{ requestHash: Buffer; status: number; body: unknown }[]>`
    select request_hash, status, body from idempotency where workspace_id = ${workspaceId} and actor = ${actor} and key = ${key}`;
  if (!row) throw new Error('an answer is gone while it was looked up');
  return hash.equals(row.requestHash) ? { status: row.status, body: row.body } : 'reused';
}

/** Keeps the answer with the work. */
export async function keepAnswer({ sql, workspaceId }: Change, { actor, key }: KeyedRequest, answer: StoredAnswer): Promise<void> {
  await sql`update idempotency set status = ${answer.status}, body = ${sql.json((answer.body ?? null) as never)}
    where workspace_id = ${workspaceId} and actor = ${actor} and key = ${key}`;
}
