import type { Sql } from './connect.ts';

export interface FoundArticle {
  id: string;
  title: string;
  text: string;
  language: string;
}

/**
 * Articles that fit a question, best first: full text over title and text (any of its words, titles weigh more), with
 * likeness of letters for what is mistyped or inflected.
 * @param language articles in it come first among equals
 */
export async function searchArticles(
  sql: Sql, workspaceId: string, query: string, options: { language: string | null; identified: boolean; limit?: number },
): Promise<FoundArticle[]> {
  const words = [...new Set(query.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])].slice(0, 60);
  if (words.length === 0) return [];
  const any = words.map((word) => `'${word}'`).join(' | ');
  const base = options.language?.toLowerCase().split('-')[0] ?? null;
  return sql<FoundArticle[]>`
    select id, title, text, language from (
      select a.*, ts_rank_cd(a.search, to_tsquery('simple', ${any}), 1) + ts_rank_cd(a.search, to_tsquery('english', ${any}), 1)
        + word_similarity(${query.slice(0, 300)}, a.title) * 0.6
        + case when ${base}::text is not null and split_part(lower(a.language), '-', 1) = ${base} then 0.2 else 0 end as rank
      from article a
      where a.workspace_id = ${workspaceId} and a.active and a.audience = any(${['everyone', options.identified ? 'identified' : 'anonymous']}::text[])
        and (a.search @@ to_tsquery('simple', ${any}) or a.search @@ to_tsquery('english', ${any}) or ${query.slice(0, 300)} <% (a.title || ' ' || a.text))
    ) found order by rank desc, id limit ${options.limit ?? 4}`;
}
