import type { Tag } from '../contract/settings.ts';
import type { Change } from './change.ts';
import type { Sql } from './connect.ts';
import type { HeldConversation } from './conversation.ts';
import type { SettingRow } from './settings.ts';

/** Puts a tag on a conversation; false where the workspace has no such tag. */
export async function tagConversation(held: HeldConversation, name: string): Promise<boolean> {
  const { sql, workspaceId } = held.unit;
  const rows = await sql<{ added: boolean }[]>`
    with t as (select id from tag where workspace_id = ${workspaceId} and lower(name) = lower(${name})),
    i as (insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, ${held.row.id}, id from t on conflict do nothing returning tag_id)
    select exists (select from i) as added from t`;
  return rows.length > 0;
}

/** A tag has another name: what names it (rules, triggers, cards, macros, saved views) names it by the new one. */
export async function renameTag({ sql, workspaceId }: Change, from: string, to: string): Promise<void> {
  for (const [table, column] of [
    ['routing_rule', 'actions'],
    ['trigger', 'config'],
    ['guidance_card', 'scope'],
  ] as const) {
    await sql`
      update ${sql(table)} set version = version + 1, ${sql(column)} = jsonb_set(${sql(column)}, '{tags}', (
        select jsonb_agg(case when name = ${from} then ${to}::text else name end order by place) from jsonb_array_elements_text(${sql(column)} -> 'tags') with ordinality t(name, place)))
      where workspace_id = ${workspaceId} and ${sql(column)} -> 'tags' @> ${sql.json([from])}`;
  }
  for (const key of ['addTags', 'removeTags']) {
    await sql`
      update macro set version = version + 1, actions = jsonb_set(actions, ${[key]}, (
        select jsonb_agg(case when name = ${from} then ${to}::text else name end order by place) from jsonb_array_elements_text(actions -> ${key}) with ordinality t(name, place)))
      where workspace_id = ${workspaceId} and actions -> ${key} @> ${sql.json([from])}`;
  }
  await sql`update saved_view set version = version + 1, filter = jsonb_set(filter, '{tag}', to_jsonb(${to}::text)) where workspace_id = ${workspaceId} and filter ->> 'tag' = ${from}`;
}

/**
 * Keeps what a tag that is about to be deleted was, so that it can come back. The conversations are left alone, however many carry it:
 * a tag that is not there shows nowhere, and what says that they carried it goes a day later.
 */
export async function setTagAside({ sql, workspaceId }: Change, { id }: SettingRow): Promise<void> {
  await sql`insert into removed_tag (workspace_id, id, name, color) select workspace_id, id, name, color from tag where workspace_id = ${workspaceId} and id = ${id}`;
}

/** What a deleted tag was; null where there is no such tag, or it is too long ago. */
export async function removedTag({ sql, workspaceId }: Change, id: string): Promise<Pick<Tag, 'name' | 'color'> | null> {
  const [removed] = await sql<Pick<Tag, 'name' | 'color'>[]>`select name, color from removed_tag where workspace_id = ${workspaceId} and id = ${id} for update`;
  return removed ?? null;
}

/** A tag that was deleted not long ago and is there again stands where it stood: there, and where an earlier version had taken it off. */
export async function carryAgain({ sql, workspaceId }: Change, id: string): Promise<void> {
  await sql`
    insert into conversation_tag (workspace_id, conversation_id, tag_id)
    select workspace_id, conversation_id, tag_id from removed_tag_on where workspace_id = ${workspaceId} and tag_id = ${id} order by conversation_id on conflict do nothing`;
  await sql`delete from removed_tag where workspace_id = ${workspaceId} and id = ${id}`;
}

/**
 * Forgets tags that were deleted a day ago, and what carried them, so many rows at a time, each time in a transaction of its own. It waits for
 * nobody who holds such a row: that one goes the next time, and its tag with it.
 */
export async function forgetRemovedTags(sql: Sql, most: number): Promise<void> {
  const old = sql`removed_at < now() - interval '24 hours'`;
  for (const table of ['removed_tag_on', 'conversation_tag'] as const) {
    for (let gone = most; gone === most; ) {
      const rows = await sql`
        delete from ${sql(table)} where ctid = any(array(
          select o.ctid from removed_tag t join ${sql(table)} o on o.workspace_id = t.workspace_id and o.tag_id = t.id where ${old} limit ${most} for update of o skip locked)) returning 1`;
      gone = rows.length;
    }
  }
  const carried = (table: string) => sql`exists (select from ${sql(table)} o where o.workspace_id = t.workspace_id and o.tag_id = t.id)`;
  await sql`delete from removed_tag t where ${old} and not ${carried('removed_tag_on')} and not ${carried('conversation_tag')}`;
}
