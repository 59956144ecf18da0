import type { Found } from '../contract/search.ts';
import { holds, isEmpty, parseSearch, SLICE, textTemplate } from '../domain/search.ts';
import { rangesOf } from '../domain/search-marks.ts';
import type { Sql } from './connect.ts';

/** Places that are shown; of more, the newest. */
const MOST = 500;

/** Where in one conversation the words of a search stand, in its order. */
export async function findInConversation(sql: Sql, workspaceId: string, conversationId: string, q: string): Promise<Found[]> {
  const query = parseSearch(q);
  if (isEmpty(query)) return [];
  const rows = await sql<{ id: string; seq: number; kind: Found['kind']; text: string }[]>`
    select x.id, x.seq, x.kind, x.text from (
      select id, seq, 'message' as kind, concat_ws(E'\n', subject, text) as text from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
      union all select id, seq, 'note', text from note where workspace_id = ${workspaceId} and conversation_id = ${conversationId}) x
    join search_entry e on e.workspace_id = ${workspaceId} and e.id = x.id
    where e.words @@ replace(${textTemplate(query)}::text, ${SLICE}, e.slice || '/')::tsquery
      and e.at < ${query.before ?? '9999-12-31'}::timestamptz and e.at >= ${query.after ?? '0001-01-01'}::timestamptz
    order by x.seq desc limit ${MOST}`;
  return rows
    .filter((row) => holds(query, row.text))
    .toReversed()
    .map(({ id, seq, kind, text }) => ({ id, seq, kind, marks: [...new Set(rangesOf(text, query).map(([from, to]) => text.slice(from, to)))] }));
}
