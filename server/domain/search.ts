/** What somebody typed into the search, understood; and what the index is asked for it. */
import type { Channel } from '../contract/common.ts';
import { cut, inPlain, isPlain, near, numberOf, pairsOf, SIGNS, tokensOf } from './search-words.ts';
import type { Token } from './search-words.ts';

/** A word wanted, or a run of a script without spaces. */
export interface Piece {
  word: string;
  kind: Token['kind'];
  /** Also as the beginning of a longer word. */
  open: boolean;
}

export interface SearchQuery {
  /** All of these. */
  all: Piece[];
  /** Of these none. */
  none: Piece[];
  /** Word for word, one after the other. */
  phrases: string[][];
  /** Words of names of those who wrote it. */
  from: Piece[];
  channel: Channel | null;
  tags: string[];
  /** ISO 8601: earlier than this. */
  before: string | null;
  /** ISO 8601: at this or later. */
  after: string | null;
  /** The digits, where nothing but a telephone number was typed. */
  number: string | null;
}

/** The most words of a search that are looked at. */
const MOST = 12;
const OPERATORS = ['from', 'channel', 'tag', 'before', 'after'] as const;
type Operator = (typeof OPERATORS)[number];
const CHANNELS: readonly Channel[] = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'];
const PART = /(-?)(?:([a-z]+):)?(?:["“”„]([^"“”„]*)["“”„]?|([^\s"“”„]+))/giu;

/** Understands a search. Whatever is no operator that is known, with a value that it can have, is words. */
export function parseSearch(q: string): SearchQuery {
  const query: SearchQuery = { all: [], none: [], phrases: [], from: [], channel: null, tags: [], before: null, after: null, number: numberOf(q.trim()) };
  for (const { 0: part, 1: minus, 2: name, 3: quoted, 4: bare, index } of q.matchAll(PART)) {
    const value = quoted ?? bare ?? '';
    if (!minus && name && apply(query, name.toLowerCase(), value)) continue;
    // Within a word a hyphen is one, and so it is where nothing else is said.
    const refused = minus === '-' && (index === 0 || /\s/.test(q[index - 1]!));
    const whole = quoted !== undefined && !name;
    const pieces = piecesOf(whole ? value : part, !whole && !refused);
    if (refused) query.none.push(...pieces);
    else {
      query.all.push(...pieces);
      if (whole && pieces.length > 1) query.phrases.push(pieces.map(({ word }) => word));
    }
  }
  query.all = query.all.slice(0, MOST);
  query.none = query.none.slice(0, MOST);
  if (query.all.length === 0 && !isNarrowed(query)) {
    query.all = query.none.map((piece) => ({ ...piece, open: true }));
    query.none = [];
  }
  return query;
}

/** Whether operators say what is wanted, without a word. */
const isNarrowed = (query: SearchQuery): boolean =>
  query.from.length > 0 || query.tags.length > 0 || [query.channel, query.before, query.after].some((one) => one !== null);

/** Whether there is anything to look for. */
export const isEmpty = (query: SearchQuery): boolean => query.all.length === 0 && !isNarrowed(query);

/** Whether contacts may be meant, and not only what was written. */
export const meansPeople = (query: SearchQuery): boolean => query.all.length > 0 && query.from.length === 0 && query.before === null && query.after === null;

function piecesOf(text: string, open: boolean): Piece[] {
  return [...tokensOf(text)].slice(0, MOST).map(({ word, kind }) => ({ word: cut(word), kind, open: open && kind !== 'picture' }));
}

function apply(query: SearchQuery, name: string, value: string): boolean {
  if (!OPERATORS.some((one) => one === name) || value === '') return false;
  const operator = name as Operator;
  if (operator === 'from') {
    const pieces = piecesOf(value, true);
    query.from.push(...pieces);
    return pieces.length > 0;
  }
  if (operator === 'channel') {
    const channel = CHANNELS.find((one) => one === value.toLowerCase());
    if (!channel) return false;
    query.channel = channel;
  } else if (operator === 'tag') {
    query.tags.push(value.trim());
  } else {
    const day = dayOf(value);
    if (day === null) return false;
    query[operator] = day;
  }
  return true;
}

/** The first moment of a day, a month or a year, in UTC. */
function dayOf(value: string): string | null {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? [];
  if (!year || Number(year) < 1) return null;
  const at = new Date(`${year}-${month}-${day}T00:00:00.000Z`);
  return Number.isNaN(at.getTime()) || at.getUTCDate() !== Number(day) ? null : at.toISOString();
}

/** Stands in a template for the number of the slice that is searched. */
export const SLICE = '§';

const lexeme = (word: string, open = false): string => `'${SLICE}${word}'${open ? ':*' : ''}`;
const every = (parts: string[]): string => (parts.length > 1 ? `(${parts.join(' & ')})` : (parts[0] ?? ''));

function asked({ word, kind, open }: Piece, sign = ''): string {
  if (kind !== 'run') return lexeme(sign + word, open);
  const pairs = pairsOf(word);
  // One sign alone begins a pair, or stands at the end.
  return pairs.length === 1 ? lexeme(sign + word, true) : every(pairs.slice(0, -1).map((pair) => lexeme(sign + pair)));
}

/** A tsquery for what was written, with {@link SLICE} before every word. */
export function textTemplate(query: SearchQuery): string {
  const parts = [...query.all.map((piece) => asked(piece)), ...query.from.map((piece) => asked(piece, SIGNS.author))];
  if (query.channel !== null) parts.push(lexeme(SIGNS.channel + query.channel));
  if (parts.length === 0) parts.push(lexeme(SIGNS.any));
  return [...parts, ...query.none.map((piece) => `!${asked(piece)}`)].join(' & ');
}

/** The same for contacts. @param mistyped also names that are a letter away */
export function personTemplate(query: SearchQuery, mistyped: boolean): string {
  if (query.number !== null) return lexeme(query.number, true);
  const parts = query.all.map((piece) => {
    const others = mistyped && piece.kind === 'word' ? near(piece.word) : [];
    return others.length > 0 ? `(${[asked(piece), ...others.map((one) => lexeme(SIGNS.near + one))].join(' | ')})` : asked(piece);
  });
  return [...parts, ...query.none.map((piece) => `!${asked(piece)}`)].join(' & ');
}

/** Whether a name may have been mistyped at all. */
export const mayBeMistyped = (query: SearchQuery): boolean =>
  query.number === null && query.all.some(({ word, kind }) => kind === 'word' && near(word).length > 0);

/** Whether what only the text itself shows holds: phrases, and runs longer than the pairs that are looked up. */
export function holds(query: SearchQuery, text: string): boolean {
  const runs = query.all.filter(({ word, kind }) => kind === 'run' && [...word].length > 2);
  if (query.phrases.length === 0 && runs.length === 0) return true;
  if (isPlain(text)) {
    const plain = query.phrases.map(plainOf);
    if (plain.every((one) => one !== null)) return runs.length === 0 && plain.every((one) => one.test(text));
  }
  const words = [...tokensOf(text)].map(({ word, kind }) => (kind === 'run' ? word : cut(word)));
  return (
    runs.every(({ word }) => words.some((one) => one.includes(word))) &&
    query.phrases.every((phrase) => words.some((_, at) => phrase.every((word, n) => sameWord(words[at + n], word, n, phrase.length))))
  );
}

const plains = new WeakMap<readonly string[], RegExp | null>();
function plainOf(phrase: readonly string[]): RegExp | null {
  const known = plains.get(phrase);
  if (known !== undefined) return known;
  const made = inPlain(phrase);
  plains.set(phrase, made);
  return made;
}

/** A run may go on before and behind what is quoted of it. */
function sameWord(word: string | undefined, wanted: string, at: number, many: number): boolean {
  if (word === undefined) return false;
  if (word === wanted) return true;
  const isRun = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(wanted);
  return isRun && ((at === 0 && word.endsWith(wanted)) || (at === many - 1 && word.startsWith(wanted)));
}
