/**
 * Takes a contact out for good, with everything that is kept of it. The request is written down first, with who asked and why; then rows
 * go in small transactions, and a process that ends on the way is gone on for by another.
 */
import { audit } from './audit.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { holdContact } from './contacts.ts';
import type { ActorRow } from './conversation.ts';
import { removeItems, removeSlice, releaseBytes, SLICE, withMerged } from './remove.ts';
import { forgetDigests } from './search-slices.ts';

/** Conversations of one transaction. */
const TOGETHER = 10;
/** Characters that what leads to a contact must have, so that it is looked for where anybody's text may stand. */
const TELLING = 5;

/** The contacts that became this one, however often, and itself. */
async function samePerson(sql: Sql | Transaction, workspaceId: string, contactId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with recursive tree as (
      select id from contact where workspace_id = ${workspaceId} and id = ${contactId}
      union select c.id from tree join contact c on c.workspace_id = ${workspaceId} and c.merged_into = tree.id)
    select id from tree`;
  return rows.map(({ id }) => id);
}

/**
 * Writes down that a contact is to be erased: from then on no agent answers it, nothing that waits is sent, and its chat sessions end.
 * What stays of it is this line of the log, without its name.
 * @returns its id, or null where there is none
 */
export async function beginErasing(unit: Change, id: string, by: ActorRow & { id: string }, reason: string): Promise<string | null> {
  const { sql, workspaceId } = unit;
  const contactId = await holdContact(unit, id, 'no key update');
  if (!contactId) return null;
  const ids = await samePerson(sql, workspaceId, contactId);
  await sql`
    update contact set erasing = ${sql.json({ at: new Date().toISOString() })}, fence = fence + 1, version = version + 1, ai_paused_by = ${by.id}, ai_paused_at = now(), ai_paused_reason = null
    where workspace_id = ${workspaceId} and id = ${contactId}`;
  await sql`update visitor_session set ended_at = now() where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[]) and ended_at is null`;
  const conversations = await sql<{ id: string }[]>`select id from conversation where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])`;
  for (const one of conversations) unit.abort(one.id);
  await audit(unit, { kind: 'contact', subjectId: contactId, name: '', action: 'erased', before: null, after: { reason }, operatorId: by.id });
  unit.afterwards({ kind: 'access', workspaceId });
  return contactId;
}

/** Goes on until nothing of the contact is left. Whoever else is at it is left to it. */
export async function finishErasing(db: Db, workspaceId: string, contactId: string): Promise<void> {
  for (;;) {
    const left = await change(db, workspaceId, (unit) => eraseSlice(unit, contactId));
    if (left === 'nobody') return;
    if (left === 'no conversation') break;
  }
  await eraseMentions(db, workspaceId, contactId);
  await change(db, workspaceId, (unit) => eraseRest(unit, contactId));
}

/** Contacts that somebody wants erased and of which something is left, in every workspace. */
export async function erasing({ sql }: Db): Promise<{ workspaceId: string; contactId: string }[]> {
  return sql`select workspace_id, id as contact_id from contact where erasing is not null limit ${SLICE}`;
}

/** Holds a contact that is to be erased. @returns it with those that became it; none where somebody else is at it, or it is gone */
async function heldPerson(unit: Change, contactId: string): Promise<{ ids: string[]; identities: { id: string; handle: string }[] } | null> {
  const { sql, workspaceId } = unit;
  const held = await sql`select from contact where workspace_id = ${workspaceId} and id = ${contactId} and erasing is not null for update skip locked`;
  if (held.length === 0) return null;
  const ids = await samePerson(sql, workspaceId, contactId);
  return { ids, identities: await sql`select id, handle from identity where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])` };
}

async function eraseSlice(unit: Change, contactId: string): Promise<'more' | 'no conversation' | 'nobody'> {
  const { sql, workspaceId } = unit;
  const person = await heldPerson(unit, contactId);
  if (!person) return 'nobody';
  const conversations = await sql<
    { id: string }[]
  >`select id from conversation where workspace_id = ${workspaceId} and contact_id = any(${person.ids}::uuid[]) order by id limit ${TOGETHER}`;
  if (conversations.length > 0) {
    await removeSlice(
      unit,
      await withMerged(
        unit,
        conversations.map(({ id }) => id),
      ),
    );
    return 'more';
  }
  // What was parted from a merge may stand in another's conversation under this one's name.
  const strays = await sql<
    { id: string }[]
  >`select id from message where workspace_id = ${workspaceId} and identity_id = any(${person.identities.map(({ id }) => id)}::uuid[]) limit ${SLICE}`;
  await removeItems(
    unit,
    'message',
    strays.map(({ id }) => id),
  );
  return strays.length > 0 ? 'more' : 'no conversation';
}

/** What names a contact where it belongs to no conversation. It is looked for outside of transactions, so that no reader of the event log waits. */
async function eraseMentions({ sql }: Db, workspaceId: string, contactId: string): Promise<void> {
  const ids = await samePerson(sql, workspaceId, contactId);
  const identities = await sql<
    { id: string; handle: string }[]
  >`select id, handle from identity where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])`;
  const known = await sql<{ name: string; email: string | null; phone: string | null; externalId: string | null }[]>`
    select name, email, phone, external_id from contact where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`;
  const leads = [
    ...identities.map(({ handle }) => handle.replace(/^(user|anon):/, '')),
    ...known.flatMap(({ name, email, phone, externalId }) => [name, email, phone, externalId]),
  ];
  const telling = [...new Set(leads.flatMap((lead) => (lead && lead.trim().length >= TELLING ? [lead.trim().toLowerCase()] : [])))];
  const named = (column: 'body' | 'last_error' | 'last_error_payload', more: readonly string[] = []) =>
    sql`exists (select from unnest(${[...telling, ...more]}::text[]) n where position(n in lower(${sql(column)}::text)) > 0)`;
  await sql`delete from unknown_payload where workspace_id = ${workspaceId} and ${named('body')}`;
  await sql`update channel_account set last_error = null, last_error_at = null, last_error_from = null, last_error_payload = null where workspace_id = ${workspaceId} and (${named('last_error')} or ${named('last_error_payload')})`;
  await sql`delete from picture_sender where workspace_id = ${workspaceId} and address = any(${telling}::text[])`;
  // Answers to requests are kept for a day: the visitor's own, those that name the contact, and those of conversations that are gone.
  const answers = await sql<{ actor: string; key: string }[]>`
    select actor, key from idempotency x where workspace_id = ${workspaceId} and (actor = any(${identities.map(({ id }) => `visitor:${id}`)}::text[]) or ${named('body', ids)}
      or exists (select from regexp_matches(body::text, '"conversationId": ?"([0-9a-f-]{36})"', 'g') m where not exists (select from conversation c where c.workspace_id = x.workspace_id and c.id = m[1]::uuid)))`;
  for (let at = 0; at < answers.length; at += SLICE) {
    const some = answers.slice(at, at + SLICE);
    await sql`
      delete from idempotency i using unnest(${some.map(({ actor }) => actor)}::text[], ${some.map(({ key }) => key)}::text[]) a (actor, key)
      where i.workspace_id = ${workspaceId} and i.actor = a.actor and i.key = a.key`;
  }
}

/** The contact itself, once nothing else is left; a conversation that began meanwhile is gone on with by the next look. */
async function eraseRest(unit: Change, contactId: string): Promise<void> {
  const { sql, workspaceId } = unit;
  const person = await heldPerson(unit, contactId);
  if (!person) return;
  const { ids, identities } = person;
  const begun = await sql`select from conversation where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[]) limit 1`;
  if (begun.length > 0) return;
  const files = await sql<
    { sha256: string }[]
  >`delete from file where workspace_id = ${workspaceId} and identity_id = any(${identities.map(({ id }) => id)}::uuid[]) returning sha256`;
  await releaseBytes(unit, files);
  await sql`delete from visitor_session where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])`;
  await forgetDigests(sql, workspaceId, ids);
  await sql`delete from contact where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`;
  for (const id of ids) unit.emit({ kind: 'gone', audience: 'team', subjectId: id, data: { kind: 'contact', id } });
}
