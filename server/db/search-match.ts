/** Where in a conversation the words of a search stand, as the list shows it. */
import type { Conversation } from '../contract/conversation.ts';
import type { SearchQuery } from '../domain/search.ts';
import { rangesOf, shownOf } from '../domain/search-marks.ts';
import type { Sql, Transaction } from './connect.ts';
import type { SearchFound } from './search-page.ts';

type Match = NonNullable<Conversation['match']>;

/** By conversation: the part of the text that was found, and where a click leads. */
export async function matchesOf(sql: Sql | Transaction, workspaceId: string, query: SearchQuery, found: readonly SearchFound[]): Promise<Map<string, Match>> {
  const ids = (kind: Match['kind']): string[] => found.filter(({ hit }) => hit.kind === kind).map(({ hit }) => hit.id);
  const [texts, people] = await Promise.all([
    sql<{ id: string; text: string; subject: string | null; author: string | null; seq: number | null }[]>`
      select id, text, subject, author_name as author, seq from message where workspace_id = ${workspaceId} and id = any(${ids('message')}::uuid[])
      union all select id, text, null, author_name, seq from note where workspace_id = ${workspaceId} and id = any(${ids('note')}::uuid[])
      union all select id, subject, null, null, null from conversation where workspace_id = ${workspaceId} and id = any(${ids('subject')}::uuid[])`,
    sql<{ id: string; name: string; company: string | null; email: string | null; phone: string | null; handles: string[] }[]>`
      select k.id, k.name, k.company, k.email, k.phone,
        array(select i.handle from identity i where i.workspace_id = k.workspace_id and i.contact_id = k.id and i.channel <> 'chat' limit 20) as handles
      from contact k where k.workspace_id = ${workspaceId} and k.id = any(${ids('contact')}::uuid[])`,
  ]);
  const textOf = new Map(texts.map((row) => [row.id, row]));
  const personOf = new Map(people.map((row) => [row.id, row]));
  return new Map(
    found.flatMap(({ conversationId, hit, mistyped }): [string, Match][] => {
      if (hit.kind === 'contact') {
        const person = personOf.get(hit.id);
        if (!person) return [];
        const parts = [person.name, person.company, person.email, person.phone, ...person.handles].filter((one): one is string => !!one);
        const text = parts.find((one) => rangesOf(one, query, mistyped).length > 0) ?? parts[0] ?? '';
        return [[conversationId, { ...shownOf(text, query, mistyped), kind: 'contact', author: null }]];
      }
      const row = textOf.get(hit.id);
      if (!row) return [];
      // The subject of a mail counts as part of it; what is shown is where the words are.
      const text = row.subject && rangesOf(row.text, query).length === 0 && rangesOf(row.subject, query).length > 0 ? row.subject : row.text;
      const where = row.seq === null ? {} : { messageId: hit.id, seq: row.seq };
      return [[conversationId, { ...shownOf(text, query), kind: hit.kind, author: row.author, ...where }]];
    }),
  );
}
