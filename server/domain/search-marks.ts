/** Where the words of a search stand in a text, and the part of it that is shown. */
import type { Piece, SearchQuery } from './search.ts';
import { fold, near, tokensOf } from './search-words.ts';
import type { Token } from './search-words.ts';

/** From and to, in UTF-16 units. */
export type Range = readonly [from: number, to: number];

/** Characters of a found text that are shown, and how many of them stand before the first hit. */
const LENGTH = 160;
const LEAD = 40;
/** The most that is marked in one text. */
const MOST = 200;

/** Where the words stand. @param mistyped also words that are a letter away, where no other does */
export function rangesOf(text: string, query: SearchQuery, mistyped = false): Range[] {
  const ranges: Range[] = [];
  for (const token of tokensOf(text)) {
    const found = query.all.map((piece) => within(text, token, piece)).filter((one) => one !== null);
    const widest = found.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))[0];
    if (widest) ranges.push(widest);
    else if (mistyped && token.kind === 'word' && query.all.some(({ word }) => isNear(word, token.word))) ranges.push([token.from, token.to]);
    if (ranges.length === MOST) break;
  }
  return ranges;
}

function within(text: string, { from, to, word, kind }: Token, piece: Piece): Range | null {
  if (kind !== piece.kind) return null;
  if (kind === 'run') {
    const at = word.indexOf(piece.word);
    return at < 0 ? null : [from + unfolded(text.slice(from, to), at), from + unfolded(text.slice(from, to), at + piece.word.length)];
  }
  if (word === piece.word) return [from, to];
  return piece.open && word.startsWith(piece.word) ? [from, from + unfolded(text.slice(from, to), piece.word.length)] : null;
}

/** How much of a word makes so much of it once it is folded. */
function unfolded(word: string, length: number): number {
  let at = 0;
  while (at < word.length && fold(word.slice(0, at)).length < length) at += String.fromCodePoint(word.codePointAt(at)!).length;
  while (at < word.length && /^\p{M}/u.test(word.slice(at))) at += 1;
  return at;
}

function isNear(one: string, other: string): boolean {
  const these = new Set(near(one));
  return near(other).some((part) => these.has(part));
}

export interface Shown {
  snippet: string;
  /** What is to be marked, as it stands in the snippet; each once. */
  marks: string[];
}

/** The part of a text round the first hit, on one line. */
export function shownOf(text: string, query: SearchQuery, mistyped = false): Shown {
  const line = text.replace(/\s+/g, ' ').trim();
  const ranges = rangesOf(line, query, mistyped);
  const first = ranges[0]?.[0] ?? 0;
  const from = whole(
    line,
    first <= LEAD ? 0 : line.lastIndexOf(' ', first - 1) >= first - LEAD ? Math.max(line.indexOf(' ', first - LEAD) + 1, 0) : first - LEAD,
  );
  const to = whole(line, Math.min(line.length, from + LENGTH));
  const marks = ranges.filter((range) => range[0] >= from && range[1] <= to).map((range) => line.slice(range[0], range[1]));
  return { snippet: `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`, marks: [...new Set(marks)] };
}

/** A place that does not part a letter of two units. */
const whole = (text: string, at: number): number => (at > 0 && /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
