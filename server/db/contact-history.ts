import { v7 as newId } from 'uuid';
import type { ContactChange } from '../contract/contact.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ActorRow } from './conversation.ts';

/** Writes down what somebody changed of a contact, in the same change. What stayed the same is left out. */
export async function noteContactChange(
  { sql, workspaceId }: Change,
  contactId: string,
  by: ActorRow,
  changes: ContactChange['changes'],
  reason: string | null = null,
): Promise<void> {
  const real = changes.filter(({ before, after }) => JSON.stringify(before ?? null) !== JSON.stringify(after ?? null));
  if (real.length === 0) return;
  await sql`insert into contact_change ${sql({ workspaceId, id: newId(), contactId, actor: sql.json(by as never), changes: sql.json(real as never), reason })}`;
}

/** What was changed of a contact, newest first, before (at, id). */
export async function contactHistory(
  sql: Sql | Transaction,
  workspaceId: string,
  contactId: string,
  query: { before: { at: string; id: string } | null; limit: number },
): Promise<ContactChange[]> {
  const { before, limit } = query;
  const rows = await sql<(Omit<ContactChange, 'at' | 'by'> & { actor: ContactChange['by']; at: Date })[]>`
    select h.id, h.actor, h.changes, h.reason, h.at from contact_change h
    where h.workspace_id = ${workspaceId} and h.contact_id = ${contactId} ${before ? sql`and (h.at, h.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by h.at desc, h.id desc limit ${limit}`;
  return rows.map(({ actor, at, ...row }) => ({ ...row, by: actor, at: at.toISOString() }));
}
