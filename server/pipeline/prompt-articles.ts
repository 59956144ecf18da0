import { passagesOf, plainText } from '../domain/passages.ts';

interface Found {
  id: string;
  title: string;
  text: string;
}

/** An article that a reply rests on, and the passage of it. */
export interface CitedArticle {
  id: string;
  title: string;
  passage?: string;
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
const QUOTES = [
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['« ', ' »'],
  ['《', '》'],
  ['「', '」'],
  ['‘', '’'],
  ['"', '"'],
] as const;

/** Share of a reply's words that must stand in an article for the reply to rest on it. */
const SHARE = 0.3;
/** How near to the nearest article another one must come to count as well. */
const BESIDE_BEST = 0.8;

/** Characters of a passage that are kept with an answer. */
const PASSAGE_CHARS = 600;

/**
 * Which of the articles that were looked up a reply rests on, each with the passage that shares most of its words: those
 * that it cites; else those that it names by title; else those that share the most of its words; when none does (another
 * language, a free retelling), all that were looked up.
 * @param cited refs that the reply names; those that were never given count for nothing
 */
export function articlesUsed(reply: string, found: Found[], cited: readonly string[] = []): CitedArticle[] {
  const unique = uniqueOf(found);
  const said = wordsOf(reply);
  const chosen = unique.filter((_, at) => cited.includes(refAt(at)));
  const named = chosen.length > 0 ? chosen : unique.filter((article) => QUOTES.some(([open, close]) => reply.includes(`${open}${article.title}${close}`)));
  return (named.length > 0 ? named : closest(said, unique)).map((article) => ({ id: article.id, title: article.title, ...passageOf(said, article) }));
}

function closest(said: ReadonlySet<string>, articles: Found[]): Found[] {
  const shares = articles.map((article) => ({ article, share: shareOf(said, `${article.title} ${article.text}`) }));
  const best = Math.max(0, ...shares.map(({ share }) => share));
  const near = shares.filter(({ share }) => share >= SHARE && share >= best * BESIDE_BEST).map(({ article }) => article);
  return near.length > 0 ? near : articles;
}

function passageOf(said: ReadonlySet<string>, { text }: Found): { passage?: string } {
  const passages = passagesOf(text).map((passage) => ({ passage, share: shareOf(said, passage.text) }));
  const [best] = passages.toSorted((one, other) => other.share - one.share);
  if (!best) return {};
  const plain = plainText(best.passage.text)
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return { passage: plain.length > PASSAGE_CHARS ? `${plain.slice(0, PASSAGE_CHARS).toWellFormed()}…` : plain };
}

/** Share of what was said that stands in a text. */
function shareOf(said: ReadonlySet<string>, text: string): number {
  const words = wordsOf(text);
  return said.size === 0 ? 0 : [...said].filter((word) => words.has(word)).length / said.size;
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}|[\p{Lo}]/gu) ?? []);

const uniqueOf = (found: Found[]): Found[] => [...new Map(found.map((article) => [article.id, article])).values()];

/** What a model calls an article by: short, so that it copies it without fault. */
const refAt = (at: number): string => `a${at + 1}`;

const CITATION = /[ \t]*\[(a\d{1,3}(?:\s*[,;]\s*a\d{1,3})*)\]/g;
/** The beginning of a mark at the end of a text that still grows. */
const BEGUN = /[ \t]*\[(?:a[\d,;a\s]{0,40})?$/;

/** A skill's result as the model gets it: with a ref for each article, by which it is cited. */
export function withRefs(result: unknown, found: Found[]): unknown {
  const refs = new Map(uniqueOf(found).map(({ id }, at) => [id, refAt(at)]));
  const marked = (entry: unknown): unknown => {
    const ref = typeof entry === 'object' && entry !== null && 'id' in entry ? refs.get(String(entry.id)) : undefined;
    return ref ? { ref, ...(entry as object) } : entry;
  };
  if (Array.isArray(result)) return result.map(marked);
  return articleList(result).length > 0 ? { ...(result as object), articles: articleList(result).map(marked) } : result;
}

/** The refs that a reply names. */
export const citationsIn = (text: string): string[] => [...text.matchAll(CITATION)].flatMap(([, refs]) => refs!.split(/[,;]/).map((ref) => ref.trim()));

/** A reply as the customer reads it. */
export const withoutCitations = (text: string): string => text.replace(CITATION, '').replace(BEGUN, '');
