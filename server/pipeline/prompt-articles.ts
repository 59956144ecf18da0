interface Found {
  id: string;
  title: string;
  text: string;
}

/** The articles in a skill's result: the result itself or its `articles`, narrowed to `ids` where given. */
export function articlesOf(result: unknown, ids?: string[]): Found[] {
  const found: Found[] = [];
  for (const entry of articleList(result)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { id, title, text } = entry as { id?: unknown; title?: unknown; text?: unknown };
    if (typeof id !== 'string' || typeof title !== 'string' || (ids && !ids.includes(id))) continue;
    found.push({ id, title, text: typeof text === 'string' ? text : '' });
  }
  return found;
}

/** The list of articles that search_knowledge returned, bare or under `articles`; empty for anything else. */
export function articleList(result: unknown): unknown[] {
  if (Array.isArray(result)) return result as unknown[];
  if (typeof result !== 'object' || result === null || !('articles' in result)) return [];
  return Array.isArray(result.articles) ? (result.articles as unknown[]) : [];
}

/** Share of a reply's words that must stand in an article for the reply to rest on it. */
const SHARE = 0.3;

/**
 * Which of the articles that were looked up a reply rests on: those that share enough of its words, or that it names by
 * title; when none does (another language, a free retelling), all that were looked up.
 */
export function articlesUsed(reply: string, found: Found[]): { id: string; title: string }[] {
  const unique = [...new Map(found.map((article) => [article.id, article])).values()];
  const said = wordsOf(reply);
  const near = unique.filter((article) => {
    const words = wordsOf(`${article.title} ${article.text}`);
    const shared = [...said].filter((word) => words.has(word)).length;
    return reply.includes(article.title) || (said.size > 0 && shared / said.size >= SHARE);
  });
  return (near.length > 0 ? near : unique).map(({ id, title }) => ({ id, title }));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}|[\p{Lo}]/gu) ?? []);
