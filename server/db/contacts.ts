import type postgres from 'postgres';
import type { z } from 'zod';
import type { PatchContact } from '../contract/contact.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { noteContactChange } from './contact-history.ts';
import type { ActorRow } from './conversation.ts';

/**
 * Changes what is known of a contact. Attributes are merged by name; one that is set to null goes.
 * Who changed what is written down with it.
 * @param ifMatch the version that the caller saw; null where it does not care
 * @returns whether it was written, is of another version, or is not there
 */
export async function updateContact(
  unit: Change,
  id: string,
  by: ActorRow,
  patch: z.infer<typeof PatchContact>,
  ifMatch: number | null,
): Promise<'written' | 'stale' | 'missing'> {
  const { sql, workspaceId } = unit;
  const [before] = await sql<(Record<string, unknown> & { version: number; attributes: Record<string, unknown> })[]>`
    select version, attributes, name, email, company, phone, language, time_zone from contact where workspace_id = ${workspaceId} and id = ${id} for no key update`;
  if (!before) return 'missing';
  if (ifMatch !== null && before.version !== ifMatch) return 'stale';
  const { attributes, ...plain } = patch;
  const fields = Object.entries(plain).filter(([, value]) => value !== undefined);
  const changes: Record<string, unknown> = Object.fromEntries(fields);
  if (attributes) {
    const merged = Object.entries({ ...before.attributes, ...attributes }).filter(([, value]) => value !== null);
    changes['attributes'] = sql.json(Object.fromEntries(merged) as never);
  }
  if (Object.keys(changes).length === 0) return 'written';
  await sql`update contact set ${sql(changes as never)}, version = version + 1 where workspace_id = ${workspaceId} and id = ${id}`;
  await noteContactChange(unit, id, by, [
    ...fields.map(([field, after]) => ({ field, before: before[field], after })),
    ...Object.entries(attributes ?? {}).map(([name, after]) => ({ field: `attributes.${name}`, before: before.attributes[name] ?? null, after })),
  ]);
  unit.emit({ kind: 'contact', audience: 'team', subjectId: id });
  return 'written';
}

/** Id of the contact that one has become, however often, or its own; nothing where there is no such contact. */
export const contactNow = (sql: Sql | Transaction, workspaceId: string, id: string): postgres.Fragment => sql`
  (with recursive way as (
      select id, merged_into from contact where workspace_id = ${workspaceId} and id = ${id}
      union select c.id, c.merged_into from way join contact c on c.workspace_id = ${workspaceId} and c.id = way.merged_into)
    select id from way where merged_into is null)`;

/** Where a contact is now: itself, or the one that it became, however often. Null where there is none. */
export async function resolveContact(sql: Sql | Transaction, workspaceId: string, id: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`select id from ${contactNow(sql, workspaceId, id)} c`;
  return row?.id ?? null;
}

/** The contact that an id leads to, under lock: it becomes no other one before the commit. Null where there is none. */
export async function holdContact({ sql, workspaceId }: Change, id: string, how: 'share' | 'no key update'): Promise<string | null> {
  for (;;) {
    const there = await resolveContact(sql, workspaceId, id);
    if (!there) return null;
    const [held] =
      await sql`select 1 from contact where workspace_id = ${workspaceId} and id = ${there} and merged_into is null ${how === 'share' ? sql`for share` : sql`for no key update`}`;
    if (held) return there;
  }
}
