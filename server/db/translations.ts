import { createHash } from 'node:crypto';
import { v5 as idWithin } from 'uuid';
import type { Original } from '../contract/translate.ts';
import type { Sql, Transaction } from './connect.ts';

/** A message or note, as far as a translation has to know it. */
export interface Translatable {
  id: string;
  conversationId: string;
  text: string;
  /** As it was detected or written in; null where that is not known. */
  language: string | null;
  /** Changes with the text: a translation of another one is none of this. */
  digest: string;
  /** Of what was translated before it was sent: what its writer wrote. */
  original: Pick<Original, 'text' | 'from'> | null;
}

/** A translation that is kept. */
interface KeptTranslation {
  text: string;
  from: string | null;
  provider: string;
}

/** What can be translated, by id; null where there is none. */
export async function translatable(sql: Sql | Transaction, workspaceId: string, id: string): Promise<Translatable | null> {
  const [row] = await sql<Translatable[]>`
    select id, conversation_id, text, md5(text) as digest, coalesce(language, case direction when 'inbound' then
      (select ct.language from conversation c join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id where c.workspace_id = message.workspace_id and c.id = message.conversation_id) end) as language,
      data -> 'original' as original from message where workspace_id = ${workspaceId} and id = ${id}
    union all select id, conversation_id, text, md5(text), null, null from note where workspace_id = ${workspaceId} and id = ${id}`;
  return row ?? null;
}

/**
 * Some turns of a call, a line each, as far as there are so many; null where there are none. Where they begin makes them an item: as
 * the call goes on, what is kept of the turns before stays.
 * @param from the first being 0
 */
export async function translatableTurns(
  sql: Sql | Transaction,
  workspaceId: string,
  id: string,
  { from, count }: { from: number; count: number },
): Promise<Translatable | null> {
  const [row] = await sql<{ conversationId: string; language: string | null; lines: string[] }[]>`
    select m.conversation_id, coalesce(m.language, ct.language) as language,
      array(select t.turn ->> 'text' from jsonb_array_elements(m.data -> 'turns') with ordinality t(turn, no) where t.no > ${from} and t.no <= ${from + count} order by t.no) as lines
    from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    where m.workspace_id = ${workspaceId} and m.id = ${id} and m.kind = 'call' and jsonb_typeof(m.data -> 'turns') = 'array'`;
  if (!row || row.lines.length === 0) return null;
  const text = row.lines.map((line) => line.replace(/\s+/g, ' ').trim()).join('\n');
  return {
    id: idWithin(`turns ${from}`, id),
    conversationId: row.conversationId,
    text,
    language: row.language,
    digest: createHash('md5').update(text).digest('hex'),
    original: null,
  };
}

/** The translation of an item as it stands now; null where nobody made one. */
export async function keptTranslation(
  sql: Sql | Transaction,
  workspaceId: string,
  { id, digest }: Translatable,
  language: string,
): Promise<KeptTranslation | null> {
  const [row] = await sql<KeptTranslation[]>`
    select text, from_language as "from", provider from translation
    where workspace_id = ${workspaceId} and item_id = ${id} and language = ${language} and digest = ${digest} and text is not null`;
  return row ?? null;
}

/**
 * Takes the right to translate an item into a language, so that no two are at it, in whichever processes.
 * @param forMs milliseconds after which it is anybody's again
 * @returns false where somebody else is at it, or it is translated already
 */
export async function claimTranslation(sql: Sql, workspaceId: string, item: Translatable, language: string, owner: string, forMs: number): Promise<boolean> {
  const rows = await sql`
    insert into translation as t (workspace_id, conversation_id, item_id, language, digest, owner, owned_until)
    values (${workspaceId}, ${item.conversationId}, ${item.id}, ${language}, ${item.digest}, ${owner}, clock_timestamp() + make_interval(secs => ${forMs / 1_000}))
    on conflict (workspace_id, item_id, language) do update
      set conversation_id = excluded.conversation_id, digest = excluded.digest, text = null, provider = null, owner = excluded.owner, owned_until = excluded.owned_until
      where t.digest <> excluded.digest or (t.text is null and t.owned_until < clock_timestamp())
    returning item_id`;
  return rows.length > 0;
}

/** Keeps what a translation came to, unless another text or another owner took its place. */
export async function keepTranslation(
  sql: Sql,
  workspaceId: string,
  item: Translatable,
  language: string,
  owner: string,
  kept: KeptTranslation,
): Promise<void> {
  await sql`update translation set text = ${kept.text}, from_language = ${kept.from}, provider = ${kept.provider}, owner = null, owned_until = null
    where workspace_id = ${workspaceId} and item_id = ${item.id} and language = ${language} and owner = ${owner}`;
}

/** Nothing came of it: whoever asks next may try. */
export async function dropTranslation(sql: Sql, workspaceId: string, item: Translatable, language: string, owner: string): Promise<void> {
  await sql`delete from translation where workspace_id = ${workspaceId} and item_id = ${item.id} and language = ${language} and owner = ${owner}`;
}
