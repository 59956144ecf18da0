import type postgres from 'postgres';
import type { Conversation } from '../contract/conversation.ts';
import { snippetAround } from '../domain/snippet.ts';
import type { Sql, Transaction } from './connect.ts';

/** Words of a search as a prefix query: every one has to begin a word of the text. */
const prefixes = (q: string): string => (q.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, 12).map((word) => `'${word}':*`).join(' & ');
const likeness = (q: string): string => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/** Ids of conversations in which the words stand: in messages, notes, subjects, or in what is known of the contact. */
export function matching(sql: Sql | Transaction, workspaceId: string, q: string): postgres.Fragment {
  const words = prefixes(q);
  const contacts = sql`select c2.id from contact k join conversation c2 on c2.workspace_id = k.workspace_id and c2.contact_id = k.id
    where k.workspace_id = ${workspaceId} and (k.search like ${likeness(q)} or ${q.toLowerCase()} <% k.search)
    union all select id from conversation where workspace_id = ${workspaceId} and subject ilike ${likeness(q)}`;
  if (!words) return contacts;
  return sql`${contacts}
    union all select conversation_id from message where workspace_id = ${workspaceId} and to_tsvector('simple', text) @@ to_tsquery('simple', ${words})
    union all select conversation_id from note where workspace_id = ${workspaceId} and to_tsvector('simple', text) @@ to_tsquery('simple', ${words})`;
}

type Match = NonNullable<Conversation['match']>;

/** Where the words stand in each conversation: the newest message or note, else the contact. */
export async function findMatches(sql: Sql | Transaction, workspaceId: string, ids: string[], q: string): Promise<Map<string, Match>> {
  const words = prefixes(q);
  if (!words || ids.length === 0) return new Map();
  const rows = await sql<{ conversationId: string; text: string; kind: Match['kind']; author: string }[]>`
    select distinct on (conversation_id) conversation_id, text, kind, author from (
      select conversation_id, text, 'message' as kind, author_name as author, created_at from message
        where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[]) and to_tsvector('simple', text) @@ to_tsquery('simple', ${words})
      union all select conversation_id, text, 'note', author_name, created_at from note
        where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[]) and to_tsvector('simple', text) @@ to_tsquery('simple', ${words})) found
    order by conversation_id, created_at desc`;
  return new Map(rows.map((row) => [row.conversationId, { snippet: snippetAround(row.text, q), kind: row.kind, author: row.author }]));
}
