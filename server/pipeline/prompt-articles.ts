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

/** Quotation marks round a title, in the languages that we write. */
const QUOTES = [['“', '”'], ['„', '“'], ['«', '»'], ['« ', ' »'], ['《', '》'], ['「', '」'], ['‘', '’'], ['"', '"']] as const;

/** Share of a reply's words that must stand in an article for the reply to rest on it. */
const SHARE = 0.3;
/** How near to the nearest article another one must come to count as well. */
const BESIDE_BEST = 0.8;

/**
 * Which of the articles that were looked up a reply rests on: those that it names by title; else those that share the
 * most of its words; when none does (another language, a free retelling), all that were looked up.
 */
export function articlesUsed(reply: string, found: Found[]): { id: string; title: string }[] {
  const unique = [...new Map(found.map((article) => [article.id, article])).values()];
  const named = unique.filter((article) => QUOTES.some(([open, close]) => reply.includes(`${open}${article.title}${close}`)));
  if (named.length > 0) return named.map(({ id, title }) => ({ id, title }));
  const said = wordsOf(reply);
  const shares = unique.map((article) => {
    const words = wordsOf(`${article.title} ${article.text}`);
    return { article, share: said.size === 0 ? 0 : [...said].filter((word) => words.has(word)).length / said.size };
  });
  const best = Math.max(0, ...shares.map(({ share }) => share));
  const near = shares.filter(({ share }) => share >= SHARE && share >= best * BESIDE_BEST).map(({ article }) => article);
  return (near.length > 0 ? near : unique).map(({ id, title }) => ({ id, title }));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}|[\p{Lo}]/gu) ?? []);
