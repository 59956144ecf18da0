/** Writing articles down by passages and words, so that they are found. */
import { passagesOf, plainText } from '../domain/passages.ts';
import { cut, pairsOf, tokensOf } from '../domain/search-words.ts';
import type { Sql, Transaction } from './connect.ts';

/** Text search configurations of Postgres by language; they know the stems of its words. */
const STEMMING: Record<string, string> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  ne: 'nepali',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/** The configuration that knows a language's stems; `simple` where none does. */
export const stemmingOf = (language: string | null): string => STEMMING[language?.toLowerCase().split('-')[0] ?? ''] ?? 'simple';

/** Words to which Korean joins its particles: what they begin with is what they are about. */
const HANGUL = /^\p{sc=Hangul}{2,}$/u;

/** The folded words of a text in their order; runs without spaces by each two neighbours, and Korean words by them too. */
export function articleWords(text: string): string[] {
  const words: string[] = [];
  for (const { word, kind } of tokensOf(text)) {
    if (kind === 'run') words.push(...(word.length > 1 ? pairsOf(word).slice(0, -1) : [word]));
    else if (kind === 'word') words.push(cut(word), ...(HANGUL.test(word) && word.length > 2 ? pairsOf(word).slice(0, -1) : []));
  }
  return words;
}

/** Positions that a `tsvector` tells apart. */
const LAST_POSITION = 16_383;

/** As a literal of `tsvector`: each word with its places and weight. */
function vector(parts: readonly { words: readonly string[]; weight: 'A' | 'B' | 'D' }[]): string {
  const places = new Map<string, string[]>();
  let at = 0;
  for (const { words, weight } of parts) {
    for (const word of words) {
      at += 1;
      const held = places.get(word);
      const place = `${Math.min(at, LAST_POSITION)}${weight}`;
      if (!held) places.set(word, [place]);
      else if (held.length < 250) held.push(place);
    }
  }
  return [...places].map(([word, where]) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}':${where.join(',')}`).join(' ');
}

interface Waiting {
  id: string;
  title: string;
  text: string;
  language: string;
}

/** Articles that are written down in one transaction. */
const BATCH = 50;
/** Longer words are no names of anything, and shorter ones are too often a letter from others. */
const isWord = (word: string): boolean => word.length >= 4 && word.length <= 32 && /^\p{L}+$/u.test(word);

/** Writes down what of a workspace's articles was added or changed; ends at once where nothing was. */
export async function indexArticles(sql: Sql, workspaceId: string): Promise<void> {
  for (;;) {
    const waits = await sql`select from article where workspace_id = ${workspaceId} and not indexed limit 1`;
    if (waits.length === 0) return;
    await sql.begin(async (tx) => {
      const articles = await tx<Waiting[]>`
        select id, title, text, language from article where workspace_id = ${workspaceId} and not indexed order by id limit ${BATCH} for no key update`;
      for (const article of articles) await writeDown(tx, workspaceId, article);
      await tx`update article set indexed = true where workspace_id = ${workspaceId} and id = any(${articles.map(({ id }) => id)}::uuid[])`;
    });
  }
}

async function writeDown(tx: Transaction, workspaceId: string, { id, title, text, language }: Waiting): Promise<void> {
  const stems = stemmingOf(language);
  const passages = passagesOf(text);
  const titleWords = articleWords(title);
  const known = new Set(titleWords);
  const rows = passages.map((passage, place) => {
    const plain = plainText(passage.text);
    const body = articleWords(plain);
    for (const word of body) known.add(word);
    return {
      place,
      heading: passage.heading,
      text: passage.text,
      plain,
      literal: vector([
        { words: titleWords, weight: 'A' },
        { words: articleWords(passage.heading), weight: 'B' },
        { words: body, weight: 'D' },
      ]),
    };
  });
  // What did not change keeps its embedding.
  await tx`
    insert into article_passage (workspace_id, article_id, place, heading, text, words)
    select ${workspaceId}, ${id}, place, heading, text,
      literal::tsvector || setweight(to_tsvector(${stems}::text::regconfig, ${title}::text), 'A') || setweight(to_tsvector(${stems}::text::regconfig, heading), 'B') || setweight(to_tsvector(${stems}::text::regconfig, plain), 'D')
    from jsonb_to_recordset(${tx.json(rows)}) as p (place int, heading text, text text, plain text, literal text)
    on conflict (workspace_id, article_id, place) do update set heading = excluded.heading, text = excluded.text, words = excluded.words, embed_at = now(),
      embedding = case when (article_passage.heading, article_passage.text) = (excluded.heading, excluded.text) and article_passage.words = excluded.words then article_passage.embedding end`;
  await tx`delete from article_passage where workspace_id = ${workspaceId} and article_id = ${id} and place >= ${rows.length}`;
  const words = [...known].filter(isWord).toSorted();
  await tx`insert into article_word (workspace_id, word) select ${workspaceId}, word from unnest(${words}::text[]) word on conflict do nothing`;
}
