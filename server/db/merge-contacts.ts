import { CONTACT_FIELDS, restored, settleContacts } from '../domain/merge.ts';
import type { ContactFields } from '../domain/merge.ts';
import type { Change } from './change.ts';
import type { ActorRow } from './conversation.ts';
import { silenceContact } from './silence.ts';

/** What a contact is, for a merge to keep. Times are text. */
interface ContactSnapshot extends ContactFields {
  aiPausedBy: string | null;
  aiPausedAt: string | null;
  aiPausedReason: string | null;
}

/** Two contacts that became one: what came along, and how the target stood before and after. */
export interface MergedContacts {
  fromId: string;
  intoId: string;
  identities: string[];
  /** Conversations of the other contact beside the one that was merged. */
  conversations: string[];
  before: ContactSnapshot;
  after: ContactSnapshot;
}

async function snapshotOf({ sql, workspaceId }: Change, id: string): Promise<ContactSnapshot> {
  const [row] = await sql<ContactSnapshot[]>`
    select name, email, company, phone, language, time_zone, external_id, attributes, ai_paused_by, ai_paused_at::text, ai_paused_reason from contact where workspace_id = ${workspaceId} and id = ${id}`;
  return row!;
}

async function write({ sql, workspaceId }: Change, id: string, contact: ContactSnapshot): Promise<void> {
  const fields = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, contact[field]]));
  await sql`update contact set ${sql(fields)}, attributes = ${sql.json(contact.attributes as never)}, ai_paused_by = ${contact.aiPausedBy}, ai_paused_at = ${contact.aiPausedAt}::text::timestamptz,
    ai_paused_reason = ${contact.aiPausedReason}, fence = fence + 1, version = version + 1 where workspace_id = ${workspaceId} and id = ${id}`;
}

/** Whether one of these is to be erased: whoever becomes it would go with it, and what left it would stay. Both are locked. */
export async function areErased({ sql, workspaceId }: Change, ids: readonly string[]): Promise<boolean> {
  return (await sql`select from contact where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) and erasing is not null`).length > 0;
}

/**
 * Two contacts become one: handles, other conversations and what is known of the customer go to the target. Where AI is
 * paused for either, it is for the one that they become. Both are locked, and so are their handles and conversations.
 * @param besides the conversation that is merged, which stays with its contact
 */
export async function mergeContacts(unit: Change, fromId: string, intoId: string, besides: string, by: ActorRow): Promise<MergedContacts> {
  const { sql, workspaceId } = unit;
  const [from, before] = [await snapshotOf(unit, fromId), await snapshotOf(unit, intoId)];
  const pausing = before.aiPausedAt ? before : from;
  const after = { ...settleContacts(from, before), aiPausedBy: pausing.aiPausedBy, aiPausedAt: pausing.aiPausedAt, aiPausedReason: pausing.aiPausedReason };
  // The host's own id of a customer names one contact at a time.
  await sql`update contact set merged_into = ${intoId}, external_id = case when ${after.externalId === from.externalId} then null else external_id end, fence = fence + 1, version = version + 1
    where workspace_id = ${workspaceId} and id = ${fromId}`;
  await write(unit, intoId, after);
  const identities = await sql<
    { id: string }[]
  >`update identity set contact_id = ${intoId} where workspace_id = ${workspaceId} and contact_id = ${fromId} returning id`;
  const conversations = await sql<{ id: string }[]>`
    update conversation set contact_id = ${intoId}, version = version + 1 where workspace_id = ${workspaceId} and contact_id = ${fromId} and id <> ${besides} and merged_into is null returning id`;
  for (const { id } of conversations) unit.conversationChanged(id);
  if (after.aiPausedAt) await silenceContact(unit, intoId, by);
  unit.emit({ kind: 'contact', audience: 'team', subjectId: fromId });
  unit.emit({ kind: 'contact', audience: 'team', subjectId: intoId });
  return {
    fromId,
    intoId,
    identities: identities.map(({ id }) => id),
    conversations: conversations.map(({ id }) => id),
    before,
    after: await snapshotOf(unit, intoId),
  };
}

/**
 * Two contacts that became one are two again. What somebody changed since stays with the target; a pause that somebody set or
 * lifted since holds for both. Conversations that began since go by their handle.
 * @param besides the target of the merge, which stays with its contact
 */
export async function partContacts(unit: Change, merged: MergedContacts, mergedAt: Date, besides: string, by: ActorRow): Promise<void> {
  const { sql, workspaceId } = unit;
  const { fromId, intoId, identities, conversations } = merged;
  const [own, now] = [await snapshotOf(unit, fromId), await snapshotOf(unit, intoId)];
  const repaused = now.aiPausedAt !== merged.after.aiPausedAt;
  const pauseOf = ({ aiPausedBy, aiPausedAt, aiPausedReason }: ContactSnapshot) => ({ aiPausedBy, aiPausedAt, aiPausedReason });
  const fields = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, restored(merged.before[field], merged.after[field], now[field])])) as Omit<
    ContactFields,
    'attributes'
  >;
  const attributes = restored(merged.before.attributes, merged.after.attributes, now.attributes);
  await write(unit, intoId, { ...fields, attributes, ...pauseOf(repaused ? now : merged.before) });
  const externalId =
    own.externalId ?? (merged.after.externalId === merged.before.externalId || fields.externalId !== merged.before.externalId ? null : merged.after.externalId);
  await write(unit, fromId, { ...own, externalId, ...pauseOf(repaused ? now : own) });
  await sql`update contact set merged_into = null where workspace_id = ${workspaceId} and id = ${fromId}`;
  await sql`update identity set contact_id = ${fromId} where workspace_id = ${workspaceId} and id = any(${identities}::uuid[])`;
  const back = await sql<{ id: string }[]>`
    update conversation set contact_id = ${fromId}, version = version + 1
    where workspace_id = ${workspaceId} and contact_id = ${intoId} and id <> ${besides} and merged_into is null
      and (id = any(${conversations}::uuid[]) or (identity_id = any(${identities}::uuid[]) and created_at > ${mergedAt})) returning id`;
  for (const { id } of back) unit.conversationChanged(id);
  for (const id of [fromId, intoId]) {
    unit.emit({ kind: 'contact', audience: 'team', subjectId: id });
    await silenceContact(unit, id, by);
  }
}
