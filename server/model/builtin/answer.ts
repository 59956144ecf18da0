import { topicsOf } from './concepts.ts';
import type { Topics } from './concepts.ts';
import { sentences } from './text.ts';

/** An article as search_knowledge returns it. */
export interface Article {
  id: string;
  title: string;
  text: string;
  language: string | null;
}

/** What of an article answers a question. */
export interface Quote {
  article: Article;
  /** Its sentences as written, joined. */
  text: string;
  /** 0 to 1. */
  score: number;
}

/** Share of a question's topics that an article must have. */
const ENOUGH = 0.34;
/** Sentences and characters of one quotation. */
const MAX_SENTENCES = 3;
const MAX_CHARS = 420;

/**
 * The passage that answers a question best, word for word, or null when no article is about it.
 * @param language the customer's: of equally good articles, the one in it wins
 */
export function quoteFor(question: string, articles: Article[], language: string | null): Quote | null {
  const asked = topicsOf(question);
  if (asked.concepts.size + asked.stems.size === 0) return null;
  let best: Quote | null = null;
  const read = articles.map((article) => ({ article, title: topicsOf(article.title), body: topicsOf(article.text) }));
  for (const entry of read) {
    const { article } = entry;
    const score = relevance(asked, entry, read) + (language !== null && article.language?.startsWith(language.slice(0, 2)) ? 0.05 : 0);
    if (score < ENOUGH || score <= (best?.score ?? 0)) continue;
    const text = passage(asked, article.text);
    if (text !== '') best = { article, text, score };
  }
  return best;
}

interface Read {
  article: Article;
  title: Topics;
  body: Topics;
}

/** What most of the articles share tells little: it counts for this much. */
const COMMON_WEIGHT = 0.3;

/** How much of the question an article is about; its title counts most. */
function relevance(asked: Topics, { title, body }: Read, all: Read[]): number {
  let hit = 0;
  let total = 0;
  let hits = 0;
  const weigh = (kind: 'concepts' | 'stems', base: number) => {
    for (const topic of asked[kind]) {
      const having = all.filter((other) => other.title[kind].has(topic) || other.body[kind].has(topic)).length;
      const weight = all.length >= 3 && having > all.length / 2 ? base * COMMON_WEIGHT : base;
      total += weight;
      if (!title[kind].has(topic) && !body[kind].has(topic)) continue;
      hit += title[kind].has(topic) ? weight * 1.3 : weight;
      hits += kind === 'concepts' ? 2 : 1;
    }
  };
  weigh('concepts', 1.5);
  weigh('stems', 1);
  // one word in common out of many is chance
  if (hits === 1 && asked.concepts.size + asked.stems.size >= 3) return 0;
  return total === 0 ? 0 : hit / total;
}

/** The sentences of a text that bear on the question, in their order; the first ones where none stands out. */
function passage(asked: Topics, text: string): string {
  const all = sentences(text.replace(/^#+\s*/gm, '').replace(/[*_`]{1,3}/g, ''));
  const scored = all.map((sentence, index) => {
    const topics = topicsOf(sentence);
    const shared = (kind: keyof Topics) => [...asked[kind]].filter((topic) => topics[kind].has(topic)).length;
    return { sentence, index, score: shared('concepts') * 1.5 + shared('stems') + shared('words') };
  });
  const top = Math.max(0, ...scored.map(({ score }) => score));
  const chosen = top === 0
    ? scored.slice(0, 2)
    : scored.filter(({ score }) => score >= Math.max(1, top * 0.6)).toSorted((a, b) => b.score - a.score || a.index - b.index).slice(0, MAX_SENTENCES).toSorted((a, b) => a.index - b.index);
  let out = '';
  for (const { sentence } of chosen) {
    if (out !== '' && out.length + sentence.length + 1 > MAX_CHARS) break;
    out = out === '' ? sentence : `${out} ${sentence}`;
  }
  return out.length > MAX_CHARS * 2 ? `${out.slice(0, MAX_CHARS * 2 - 1)}…` : out;
}
