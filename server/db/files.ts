import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { StoredFile } from '../files/links.ts';
import type { BytesKey } from '../files/store.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** Hours for which a file waits for the message that it was uploaded for. */
const WAITS_HOURS = 24;

/** Who uploaded a file, and so who may send it: one visitor, or the team. */
export type Uploader = { operatorId: string } | { identityId: string };

interface NewFile extends BytesKey {
  name: string;
  type: string;
  size: number;
  by: Uploader;
}

/**
 * Says that bytes are about to be put into the store, before they are: whoever removes what no file names leaves them
 * alone for a day from now.
 */
export async function announceBytes(sql: Sql | Transaction, { workspaceId, sha256 }: BytesKey): Promise<void> {
  await sql`insert into file_bytes ${sql({ workspaceId, sha256 })} on conflict (workspace_id, sha256) do update set put_at = now()`;
}

/** A file whose bytes are in the store. */
export async function addFile(sql: Sql | Transaction, { workspaceId, sha256, name, type, size, by }: NewFile): Promise<StoredFile> {
  const file: StoredFile = { id: newId(), key: randomBytes(16).toString('base64url'), name, type, size };
  await sql`insert into file ${sql({ workspaceId, sha256, operatorId: null, identityId: null, ...by, ...file })}`;
  return file;
}

export type FoundFile = StoredFile & BytesKey;

/** The file that a link names. */
export async function fileByKey(sql: Sql | Transaction, key: string): Promise<FoundFile | null> {
  const [row] = await sql<FoundFile[]>`select workspace_id, id, key, sha256, name, type, size from file where key = ${key}`;
  return row ?? null;
}

/** Whether a file is the picture of an agent, by the address that its avatar has. */
const isPicture = (sql: Sql | Transaction) =>
  sql`exists (select from agent a where a.workspace_id = file.workspace_id and position('/avatars/' || file.key || '/' in a.avatar_url) > 0)`;

/** The file that is an agent's picture; null where no agent has it. */
export async function pictureByKey(sql: Sql | Transaction, key: string): Promise<FoundFile | null> {
  const [row] = await sql<FoundFile[]>`select workspace_id, id, key, sha256, name, type, size from file where key = ${key} and ${isPicture(sql)}`;
  return row ?? null;
}

/** Files of a message by id, with where their bytes are, in the order asked for; those that are gone are left out. */
export async function filesById(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<FoundFile[]> {
  const rows = await sql<
    FoundFile[]
  >`select workspace_id, id, key, sha256, name, type, size from file where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(rows, ids);
}

/**
 * Holds files that wait for a message or note, until this change has ended; each file goes with one only.
 * @returns null unless every one is there, was uploaded by whoever sends it, and belongs to no message or note yet
 */
export async function holdFiles({ sql, workspaceId }: Change, ids: readonly string[], by: 'team' | { identityId: string }): Promise<StoredFile[] | null> {
  const wanted = [...new Set(ids)];
  const rows = await sql<StoredFile[]>`
    select id, key, name, type, size from file where workspace_id = ${workspaceId} and id = any(${wanted}::uuid[]) and message_id is null and note_id is null
      and ${by === 'team' ? sql`operator_id is not null` : sql`identity_id = ${by.identityId}`}
    order by id for no key update`;
  return rows.length === wanted.length ? inOrder(rows, wanted) : null;
}

/** Gives files that were held to a note of the same change. No query for customers knows of notes. */
export async function attachToNote({ sql, workspaceId }: Change, noteId: string, files: readonly StoredFile[]): Promise<void> {
  if (files.length === 0) return;
  await sql`update note set attachments = ${sql.json(files as never)} where workspace_id = ${workspaceId} and id = ${noteId}`;
  await sql`update file set note_id = ${noteId} where workspace_id = ${workspaceId} and id = any(${files.map(({ id }) => id)}::uuid[])`;
}

/** Gives files that were held to a message of the same change. */
export async function attachFiles({ sql, workspaceId }: Change, messageId: string, files: readonly StoredFile[]): Promise<void> {
  if (files.length === 0) return;
  await sql`update message set attachments = ${sql.json(files as never)} where workspace_id = ${workspaceId} and id = ${messageId}`;
  await sql`update file set message_id = ${messageId} where workspace_id = ${workspaceId} and id = any(${files.map(({ id }) => id)}::uuid[])`;
}

/** A file that came with a message from outside. */
export interface CameWith extends BytesKey {
  name: string;
  type: string;
  size: number;
  place: number;
  contentId?: string;
  inline?: boolean;
}

/** Gives a message the files that came with it, beside those that it has, in the order in which they came. */
export async function addToMessage({ sql, workspaceId }: Change, messageId: string, came: readonly CameWith[]): Promise<void> {
  if (came.length === 0) return;
  const files = came.map(({ sha256, place, contentId, inline, ...file }) => ({
    sha256,
    stored: {
      id: newId(),
      key: randomBytes(16).toString('base64url'),
      name: file.name,
      type: file.type,
      size: file.size,
      place,
      ...(contentId ? { contentId } : {}),
      ...(inline ? { inline } : {}),
    } satisfies StoredFile,
  }));
  await sql`insert into file ${sql(files.map(({ sha256, stored: { id, key, name, type, size } }) => ({ workspaceId, messageId, sha256, id, key, name, type, size })))}`;
  const stored = files.map((file) => file.stored);
  await sql`
    update message set attachments = (select jsonb_agg(f order by (f ->> 'place')::int nulls first) from jsonb_array_elements(attachments || ${sql.json(stored as never)}) f)
    where workspace_id = ${workspaceId} and id = ${messageId}`;
}

function inOrder<F extends StoredFile>(rows: readonly F[], ids: readonly string[]): F[] {
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Forgets files that neither message nor note took within a day, and that are no agent's picture. */
export async function pruneFiles(sql: Sql): Promise<void> {
  await sql`delete from file where message_id is null and note_id is null and created_at < now() - make_interval(hours => ${WAITS_HOURS}) and not ${isPicture(sql)}`;
}

/**
 * Removes bytes that no file names, having been put a day ago or earlier. Each is held meanwhile: an upload of the same
 * waits, and then puts them anew.
 * @param remove forgets them in the store
 * @returns how many it removed
 */
export async function sweepBytes(sql: Sql, remove: (key: BytesKey) => Promise<void>): Promise<number> {
  const unnamed = sql`b.put_at < now() - make_interval(hours => ${WAITS_HOURS}) and not exists (select from file f where f.workspace_id = b.workspace_id and f.sha256 = b.sha256)`;
  let removed = 0;
  for (;;) {
    const keys = await sql<BytesKey[]>`select b.workspace_id, b.sha256 from file_bytes b where ${unnamed} limit 200`;
    const before = removed;
    for (const key of keys) {
      removed += await sql.begin(async (tx) => {
        const held =
          await tx`select from file_bytes b where b.workspace_id = ${key.workspaceId} and b.sha256 = ${key.sha256} and ${unnamed} for update skip locked`;
        if (held.length === 0) return 0;
        await remove(key);
        await tx`delete from file_bytes where workspace_id = ${key.workspaceId} and sha256 = ${key.sha256}`;
        return 1;
      });
    }
    if (keys.length < 200 || removed === before) return removed;
  }
}
