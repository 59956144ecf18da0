/** Takes conversations out for good, in transactions small enough that no reader of the event log waits for one. */
import type { Change } from './change.ts';
import { mendGaps } from './gaps.ts';
import { forgetDigests } from './search-slices.ts';

/** At most this many rows a transaction. */
export const SLICE = 200;

/** Items of a thread that may be many, of which files and search entries hang. */
const ITEMS = ['message', 'note'] as const;
/** What else of a conversation may be many; the rest goes with its row. */
const PARTS = ['line', 'activity', 'draft', 'notification', 'translation', 'operation_row', 'viewing'] as const;

/**
 * Removes the next rows of conversations, and the conversations themselves once nothing else of them is left. Whoever has one
 * on screen is told that it is gone.
 * @returns whether they are gone
 */
export async function removeSlice(unit: Change, ids: readonly string[]): Promise<boolean> {
  const { sql, workspaceId } = unit;
  await sql`select from conversation where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) order by id for update`;
  let left = SLICE;
  for (const table of ITEMS) {
    const rows = await sql<
      { id: string }[]
    >`select id from ${sql(table)} where workspace_id = ${workspaceId} and conversation_id = any(${ids as string[]}::uuid[]) limit ${left}`;
    await removeItems(
      unit,
      table,
      rows.map(({ id }) => id),
    );
    left -= rows.length;
    if (left === 0) return false;
  }
  for (const table of PARTS) {
    const gone = await sql`
      delete from ${sql(table)} where ctid = any(array(select ctid from ${sql(table)} where workspace_id = ${workspaceId} and conversation_id = any(${ids as string[]}::uuid[]) limit ${left}))`;
    left -= gone.count;
    if (left === 0) return false;
  }
  await removeTickets(unit, ids);
  await forgetDigests(sql, workspaceId, ids);
  await sql`delete from conversation where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`;
  for (const id of ids) {
    unit.abort(id);
    unit.emit({ kind: 'gone', audience: 'team', subjectId: id, data: { kind: 'conversation', id } });
  }
  return true;
}

/** Removes messages or notes with their files, what the search knows of them, and what agents could not answer in them. */
export async function removeItems({ sql, workspaceId }: Change, table: (typeof ITEMS)[number], ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const items = sql`${ids as string[]}::uuid[]`;
  const files = await sql<
    { sha256: string }[]
  >`delete from file where workspace_id = ${workspaceId} and ${sql(`${table}_id`)} = any(${items}) returning sha256`;
  await releaseBytes({ sql, workspaceId }, files);
  await forgetDigests(sql, workspaceId, ids);
  const asked =
    table === 'message'
      ? await sql<{ gapId: string }[]>`delete from knowledge_gap_message where workspace_id = ${workspaceId} and message_id = any(${items}) returning gap_id`
      : [];
  await sql`delete from ${sql(table)} where workspace_id = ${workspaceId} and id = any(${items})`;
  await mendGaps(
    { sql, workspaceId },
    asked.map(({ gapId }) => gapId),
  );
}

/** Says of bytes that no file names any more that they may go at once; an upload of the same under way puts them anew. */
export async function releaseBytes({ sql, workspaceId }: Pick<Change, 'sql' | 'workspaceId'>, files: readonly { sha256: string }[]): Promise<void> {
  if (files.length === 0) return;
  await sql`
    update file_bytes b set put_at = 'epoch' where workspace_id = ${workspaceId} and sha256 = any(${files.map(({ sha256 }) => sha256)}::text[])
      and not exists (select from file f where f.workspace_id = b.workspace_id and f.sha256 = b.sha256)`;
}

/** A ticket holds its conversation as it was: it goes with it, and so does what was told of it. */
async function removeTickets(unit: Change, conversationIds: readonly string[]): Promise<void> {
  const { sql, workspaceId } = unit;
  const gone = await sql<
    { id: string }[]
  >`delete from ticket where workspace_id = ${workspaceId} and conversation_id = any(${conversationIds as string[]}::uuid[]) returning id`;
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await sql`delete from notification where workspace_id = ${workspaceId} and conversation_id is null and data ->> 'ticketId' = any(${ids}::text[])`;
  for (const id of ids) unit.emit({ kind: 'gone', audience: 'team', subjectId: id, data: { kind: 'ticket', id } });
}

/** These conversations with all that were merged into them, however often. */
export async function withMerged({ sql, workspaceId }: Pick<Change, 'sql' | 'workspaceId'>, ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with recursive tree as (
      select id from conversation where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])
      union select c.id from tree join conversation c on c.workspace_id = ${workspaceId} and c.merged_into = tree.id)
    select id from tree`;
  return rows.map(({ id }) => id);
}
