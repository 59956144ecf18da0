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
 * @param language the customer's: of equally good articles, the one in it wins, and of others the one that is about the
 *   least else
 */
export function quoteFor(question: string, articles: Article[], language: string | null): Quote | null {
  const asked = topicsOf(question);
  if (asked.concepts.size + asked.stems.size === 0) return null;
  let best: Quote | null = null;
  const isForeign = (article: Article) => language !== null && article.language !== null && !article.language.startsWith(language.slice(0, 2));
  const read = articles.map((article) => ({ article, foreign: isForeign(article), title: topicsOf(article.title), body: topicsOf(article.text) }));
  for (const entry of read) {
    const { article, foreign } = entry;
    const own = language !== null && article.language !== null && !foreign ? OWN_LANGUAGE : 0;
    if (relevance(asked, entry, [], foreign) + own < ENOUGH) continue;
    const peers = read.filter((other) => other.foreign === foreign);
    const score =
      relevance(asked, entry, peers, false) + own + closeness(asked, entry.title) + (foreign && article.language?.startsWith('en') ? WIDELY_READ : 0);
    if (best && score <= best.score) continue;
    const text = passage(asked, article.text);
    if (text !== '') best = { article, text, score };
  }
  return best;
}

interface Read {
  title: Topics;
  body: Topics;
}

/** What most of the articles share tells little: it counts for this much. */
const COMMON_WEIGHT = 0.3;

/** What decides between articles that answer equally well: the customer's language, then how close the title is, then English. */
const OWN_LANGUAGE = 0.05;
const CLOSE_TITLE = 0.04;
const WIDELY_READ = 0.02;

/** How much of the title the question is about: "Delivery time" is closer to a question of delivery than "Change the delivery address". */
function closeness(asked: Topics, title: Topics): number {
  const topics = [...[...title.concepts].map((topic) => asked.concepts.has(topic)), ...[...title.stems].map((topic) => asked.stems.has(topic))];
  return topics.length === 0 ? 0 : (CLOSE_TITLE * topics.filter(Boolean).length) / topics.length;
}

/**
 * How much of the question an article is about; its title counts most.
 * @param all those among which it is to be told from the others; none where only it is asked about
 * @param foreign the article is in another language: what it lacks of the question's own words says nothing, and what it
 *   is about must stand in its title or agree twice
 */
function relevance(asked: Topics, { title, body }: Read, all: Read[], foreign: boolean): number {
  let hit = 0;
  let total = 0;
  let hits = 0;
  const weigh = (kind: 'concepts' | 'stems', base: number) => {
    for (const topic of asked[kind]) {
      const having = all.filter((other) => other.title[kind].has(topic) || other.body[kind].has(topic)).length;
      const weight = all.length >= 3 && having > all.length / 2 ? base * COMMON_WEIGHT : base;
      const has = title[kind].has(topic) || body[kind].has(topic);
      if (has || !foreign || kind === 'concepts') total += weight;
      if (!has) continue;
      hit += title[kind].has(topic) ? weight * 1.3 : weight;
      hits += kind === 'concepts' ? 2 : 1;
    }
  };
  weigh('concepts', 1.5);
  weigh('stems', 1);
  if (foreign && hits < 3 && ![...asked.concepts].some((topic) => title.concepts.has(topic))) return 0;
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
  const chosen =
    top === 0
      ? scored.slice(0, 2)
      : scored
          .filter(({ score }) => score >= Math.max(1, top * 0.6))
          .toSorted((a, b) => b.score - a.score || a.index - b.index)
          .slice(0, MAX_SENTENCES)
          .toSorted((a, b) => a.index - b.index);
  let out = '';
  for (const { sentence } of chosen) {
    if (out !== '' && out.length + sentence.length + 1 > MAX_CHARS) break;
    out = out === '' ? sentence : `${out} ${sentence}`;
  }
  return out.length > MAX_CHARS * 2 ? `${out.slice(0, MAX_CHARS * 2 - 1)}…` : out;
}
