/** Finding articles: full text over their passages, likeness of letters for what is mistyped, and nearness in meaning where somebody computed it. */
import { nearness } from '../domain/nearness.ts';
import { sameLanguage } from '../domain/language.ts';
import type { Sql } from './connect.ts';
import { articleWords, indexArticles, stemmingOf } from './knowledge-index.ts';

export interface FoundArticle {
  id: string;
  title: string;
  /** The whole article where it is short, else the passages that fit, under their headings. */
  text: string;
  language: string;
}

/** A passage by where it stands. */
export interface PassageRef {
  articleId: string;
  place: number;
}

export interface ArticleQuery {
  /** Of the customer, where known: articles in it come first among equals. */
  language: string | null;
  identified: boolean;
  limit?: number;
  /** Passages that are near in meaning, nearest first. */
  near?: readonly PassageRef[];
}

/** Words of a question that are looked up. */
const MOST_WORDS = 40;
const MOST_CHARS = 1_000;
/** Known words that may be meant by an unknown one. */
const MOST_MEANT = 4;
/** Passages that are ranked. */
const MOST_PASSAGES = 60;
/** Up to this many characters an article is given whole; of a longer one so many passages. */
const WHOLE = 2_400;
const PASSAGES_EACH = 3;
/** An article's other passages count for this much beside its best one. */
const BESIDE = 0.15;
/** What scores less than this share of the best is about something else. */
const LEAST_SHARE = 0.2;
/** An article in the customer's own language is preferred by this factor. */
const OWN_LANGUAGE = 1.15;
/** Words that every text of a language has, such as "how", weigh this much of what they would. */
const COMMON_WORD = 0.2;
/** Damps the first ranks when two rankings are joined (Cormack, Clarke, Büttcher 2009). */
const RANK_DAMPING = 60;

interface Term {
  word: string;
  weight: number;
}

interface PassageRow extends PassageRef {
  title: string;
  language: string;
  heading: string;
  text: string;
  whole: string | null;
  score: number;
}

/** Articles that fit a question, best first; only active ones that this customer may read. */
export async function searchArticles(sql: Sql, workspaceId: string, query: string, options: ArticleQuery): Promise<FoundArticle[]> {
  await indexArticles(sql, workspaceId);
  const asked = query.normalize('NFKC').slice(0, MOST_CHARS);
  const terms = await termsOf(sql, workspaceId, asked, options.language);
  const { near = [] } = options;
  if (terms.length === 0 && near.length === 0) return [];
  const rows = await passagesFor(sql, workspaceId, terms, options);
  const ranked =
    near.length > 0
      ? joined(rows, near)
      : rows.map((row) => ({ ...row, score: row.score * (sameLanguage(row.language, options.language) ? OWN_LANGUAGE : 1) }));
  return articlesOf(ranked).slice(0, options.limit ?? 4);
}

/** The words of a question and their stems, each weighing the more the fewer passages have it. */
async function termsOf(sql: Sql, workspaceId: string, asked: string, language: string | null): Promise<Term[]> {
  const words = [...new Set(articleWords(asked))].slice(0, MOST_WORDS);
  const counts = await countsOf(sql, workspaceId, words, asked, [...new Set([stemmingOf(language), 'english'])]);
  const known = new Map(counts.map(({ word, count }) => [word, count]));
  const unknown = words.filter((word) => known.get(word) === 0 && word.length >= 4);
  const meant = unknown.length > 0 ? await meantBy(sql, workspaceId, unknown) : [];
  const total = Math.max(1, ...counts.map(({ total: all }) => all));
  const weigh = (count: number): number => Math.log(1 + (total - count + 0.5) / (count + 0.5));
  const terms = new Map<string, number>();
  for (const { word, count, common } of counts) if (count > 0) terms.set(word, weigh(count) * (common ? COMMON_WORD : 1));
  for (const { word, count, near } of meant) if (count > 0) terms.set(word, Math.max(terms.get(word) ?? 0, weigh(count) * near));
  return [...terms].map(([word, weight]) => ({ word, weight }));
}

const countsOf = (sql: Sql, workspaceId: string, words: readonly string[], asked: string, stemmings: readonly string[]) => sql<
  { word: string; count: number; total: number; common: boolean }[]
>`
  with asked as (
    select word from unnest(${words as string[]}::text[]) word
    union select lexeme from unnest(${stemmings as string[]}::text[]) stems, unnest(tsvector_to_array(to_tsvector(stems::regconfig, ${asked}))) lexeme
  ), total as (select count(*) as total from article_passage where workspace_id = ${workspaceId})
  select word, total, exists (select from unnest(${stemmings as string[]}::text[]) stems where to_tsvector(stems::regconfig, word) = '') as common,
    (select count(*) from article_passage p where p.workspace_id = ${workspaceId} and p.words @@ ${quoted(sql, sql`word`)}) as count from asked, total`;

/** A word as a query of its own, whatever it is made of. */
const quoted = (sql: Sql, word: ReturnType<Sql>) => sql`('''' || replace(replace(${word}, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;

/** Words of articles that somebody may have meant. */
async function meantBy(sql: Sql, workspaceId: string, unknown: readonly string[]): Promise<{ word: string; count: number; near: number }[]> {
  // Two letters swapped leave too little for likeness alone: the beginning counts as well.
  const alike = await sql<{ asked: string; word: string }[]>`
    select asked, w.word from unnest(${unknown as string[]}::text[]) asked, lateral (
      (select word from article_word where workspace_id = ${workspaceId} and word % asked order by similarity(word, asked) desc limit 12)
      union (select word from article_word where workspace_id = ${workspaceId} and left(word, 2) = left(asked, 2) and abs(length(word) - length(asked)) <= 1 order by similarity(word, asked) desc limit 24)) w`;
  const chosen = new Map<string, number>();
  for (const typed of unknown) {
    const nearest = alike
      .filter(({ asked }) => asked === typed)
      .map(({ word }) => ({ word, near: nearness(typed, word) }))
      .filter(({ near }) => near > 0)
      .toSorted((one, other) => other.near - one.near);
    for (const { word, near } of nearest.slice(0, MOST_MEANT)) chosen.set(word, Math.max(chosen.get(word) ?? 0, near));
  }
  if (chosen.size === 0) return [];
  const counts = await countsOf(sql, workspaceId, [...chosen.keys()], '', []);
  return counts.map(({ word, count }) => ({ word, count, near: chosen.get(word) ?? 0 }));
}

/** The passages that have one of the words, those that fit best first, and those that are near in meaning. */
function passagesFor(sql: Sql, workspaceId: string, terms: readonly Term[], { identified, near = [] }: ArticleQuery): Promise<PassageRow[]> {
  const readable = sql`a.workspace_id = ${workspaceId} and a.active and a.audience = any(${['everyone', identified ? 'identified' : 'anonymous']}::text[])`;
  return sql<PassageRow[]>`
    with term as (select ${quoted(sql, sql`word`)} as query, weight from jsonb_to_recordset(${sql.json(terms as never)}) as t (word text, weight float8)),
    wanted as (
      (select p.article_id, p.place, sum(t.weight * ts_rank('{0.45, 0.5, 0.7, 1}', p.words, t.query, 1)) as score
        from term t join article_passage p on p.workspace_id = ${workspaceId} and p.words @@ t.query join article a on a.id = p.article_id and ${readable}
        group by p.article_id, p.place order by score desc, p.article_id, p.place limit ${MOST_PASSAGES})
      union all select article_id, place, 0 from jsonb_to_recordset(${sql.json(near.map(({ articleId, place }) => ({ article_id: articleId, place })))}) as n (article_id uuid, place int)
    ), best as (select article_id, place, max(score) as score from wanted group by article_id, place)
    select a.id as article_id, p.place, a.title, a.language, p.heading, p.text, case when length(a.text) <= ${WHOLE} then a.text end as whole, b.score
    from best b join article_passage p on p.workspace_id = ${workspaceId} and p.article_id = b.article_id and p.place = b.place join article a on a.id = p.article_id and ${readable}`;
}

/** Two rankings as one, by reciprocal ranks. */
function joined(rows: readonly PassageRow[], near: readonly PassageRef[]): PassageRow[] {
  const byWords = rows.filter(({ score }) => score > 0).toSorted((one, other) => other.score - one.score);
  const place = (at: number): number => (at < 0 ? 0 : 1 / (RANK_DAMPING + at + 1));
  return rows
    .map((row) => ({ ...row, score: place(byWords.indexOf(row)) + place(near.findIndex((one) => one.articleId === row.articleId && one.place === row.place)) }))
    .toSorted((one, other) => other.score - one.score);
}

/** Passages together as the articles that they are of. */
function articlesOf(rows: readonly PassageRow[]): FoundArticle[] {
  const byArticle = new Map<string, PassageRow[]>();
  for (const row of rows.toSorted((one, other) => other.score - one.score)) byArticle.set(row.articleId, [...(byArticle.get(row.articleId) ?? []), row]);
  const scored = [...byArticle.values()]
    .map((passages) => ({
      passages,
      score: passages[0]!.score + BESIDE * passages.slice(1, PASSAGES_EACH).reduce((sum, { score }) => sum + score, 0),
    }))
    .toSorted((one, other) => other.score - one.score);
  return scored
    .filter(({ score }) => score >= scored[0]!.score * LEAST_SHARE)
    .map(({ passages }) => {
      const { articleId, title, language, whole } = passages[0]!;
      const best = passages.slice(0, PASSAGES_EACH).toSorted((one, other) => one.place - other.place);
      return { id: articleId, title, language, text: whole ?? best.map(({ heading, text }) => (heading ? `## ${heading}\n\n${text}` : text)).join('\n\n') };
    });
}
