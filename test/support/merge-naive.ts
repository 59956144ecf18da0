/** A merge as it is often written: the rows of one conversation get the id of the other. The proof must find it out. */
import type { MergeBench, RandomPair } from './merge-worlds.ts';

const TABLES = ['message', 'note', 'line', 'draft', 'ticket', 'activity', 'transfer'] as const;

const moved = new Map<string, Record<string, string[]>>();

/** @returns an id by which it is taken back */
export async function naiveMerge(
  {
    api: {
      db: { sql },
    },
    world: { workspaceId },
  }: MergeBench,
  { fromId, intoId }: RandomPair,
): Promise<string> {
  const ids: Record<string, string[]> = {};
  const [into] = await sql<{ lastSeq: number }[]>`select last_seq from conversation where id = ${intoId}`;
  await sql`update draft set status = 'superseded' where workspace_id = ${workspaceId} and conversation_id = ${fromId} and status = 'pending'`;
  await sql`update transfer set status = 'cancelled' where workspace_id = ${workspaceId} and conversation_id = ${fromId} and status = 'pending'`;
  for (const table of TABLES) {
    const place = table === 'message' || table === 'note' || table === 'line' ? sql`, seq = seq + ${into!.lastSeq}` : sql``;
    ids[table] = (
      await sql<
        { id: string }[]
      >`update ${sql(table)} set conversation_id = ${intoId} ${place} where workspace_id = ${workspaceId} and conversation_id = ${fromId} returning id`
    ).map(({ id }) => id);
  }
  await sql`update conversation c set last_seq = c.last_seq + f.last_seq, inbound_count = c.inbound_count + f.inbound_count from conversation f where c.id = ${intoId} and f.id = ${fromId}`;
  await sql`update conversation set merged_into = ${intoId} where id = ${fromId}`;
  moved.set(fromId, ids);
  return fromId;
}

export async function naiveUndo(
  {
    api: {
      db: { sql },
    },
    world: { workspaceId },
  }: MergeBench,
  { fromId, intoId }: RandomPair,
  mergeId: string,
): Promise<void> {
  const [into] = await sql<
    { lastSeq: number }[]
  >`select c.last_seq - f.last_seq as last_seq from conversation c, conversation f where c.id = ${intoId} and f.id = ${fromId}`;
  for (const table of TABLES) {
    const place = table === 'message' || table === 'note' || table === 'line' ? sql`, seq = seq - ${Math.max(0, into!.lastSeq)}` : sql``;
    await sql`update ${sql(table)} set conversation_id = ${fromId} ${place} where workspace_id = ${workspaceId} and id = any(${moved.get(mergeId)?.[table] ?? []}::uuid[])`;
  }
  await sql`update conversation set merged_into = null where id = ${fromId}`;
}
