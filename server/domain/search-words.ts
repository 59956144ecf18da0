/** How text becomes words that can be looked up: in any script, whatever the case, the accents and the width of its letters. */
import { digitValue } from './words.ts';

/** Scripts that put no space between words, with the signs that go with them. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc\uff70`;
/** In this order: a run without spaces, a word, a flag, a picture. */
const TOKEN = new RegExp(
  String.raw`([${UNSPACED}][${UNSPACED}\p{M}]*)|((?![${UNSPACED}])[\p{L}\p{N}](?:(?![${UNSPACED}])[\p{L}\p{N}\p{M}])*)|(\p{RI}\p{RI}|\p{Extended_Pictographic})`,
  'gu',
);

/** Accents of Latin, Greek and Cyrillic; vowel points and the stretching line of Hebrew and Arabic. */
const POINTS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06ed]/g;
/** Letters that stand for others and that no decomposition tells. */
const ALIKE: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ς: 'σ', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه' };
const ALIKE_LETTER = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g');
const PLAIN = /^[a-z0-9]*$/;
const PLAIN_TEXT = /^[\0-\x7f]*$/;
/** Whether all words of a text are plain: they are read many times as fast then, and come out the same. */
export const isPlain = (text: string): boolean => PLAIN_TEXT.test(text);
const PLAIN_TOKEN = /()([a-z0-9]+)/gi;

/** A word as it is compared: `Ölçü` and `olcu` are one, and so are `ＡＢＣ` and `abc`. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(POINTS, '')
    .replace(ALIKE_LETTER, (letter) => ALIKE[letter] ?? letter)
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}

export interface Token {
  /** Where it stands in the text, in UTF-16 units. */
  from: number;
  to: number;
  /** Folded; a picture as it is. */
  word: string;
  kind: 'run' | 'word' | 'picture';
}

/** The words of a text in their order. */
export function* tokensOf(text: string): Generator<Token> {
  for (const found of text.matchAll(isPlain(text) ? PLAIN_TOKEN : TOKEN)) {
    const kind = found[1] ? 'run' : found[2] ? 'word' : 'picture';
    const word = kind === 'picture' ? found[0] : fold(found[0]);
    if (word) yield { from: found.index, to: found.index + found[0].length, word, kind };
  }
}

/** The most that one word is told apart by, in letters. */
const LONGEST = 48;
export const cut = (word: string): string => (word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join(''));

/** What a run without spaces is looked up by: each two neighbours, and the last one alone. */
export function pairsOf(run: string): string[] {
  const signs = [...run];
  return [...signs.slice(1).map((sign, at) => signs[at]! + sign), signs.at(-1) ?? ''];
}

/** What finds words one after the other in a plain text; null where words of theirs are not plain, or too long to be told by that. */
export function inPlain(words: readonly string[]): RegExp | null {
  return words.every((word) => PLAIN.test(word) && word.length < LONGEST) ? new RegExp(`(?<![a-z0-9])${words.join('[^a-z0-9]+')}(?![a-z0-9])`, 'i') : null;
}

/** The most text that is written down for the search, and the most words of it. */
const MOST_TEXT = 50_000;
const MOST_WORDS = 2_000;

/** The words that a text is found by, each once. */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const { word, kind } of tokensOf(text.slice(0, MOST_TEXT))) {
    if (kind === 'run') for (const pair of pairsOf(word)) words.add(pair);
    else words.add(cut(word));
    if (words.size >= MOST_WORDS) break;
  }
  return words;
}

/** Shorter words are too often one letter apart from others. */
const SHORTEST_MISTYPED = 4;
/** Beyond this many letters the rest of a name is taken as it is. */
const LONGEST_MISTYPED = 16;

/**
 * A name and what is left of it without each one of its letters. Two names that share one of these are a letter too many,
 * one missing, one wrong, or two swapped apart. Empty for what is too short for that.
 */
export function near(name: string): string[] {
  const letters = [...cut(name)];
  if (letters.length < SHORTEST_MISTYPED || !/^\p{L}/u.test(name)) return [];
  const left = letters.slice(0, LONGEST_MISTYPED).map((_, at) => letters.toSpliced(at, 1).join(''));
  return [...new Set([letters.join(''), ...left])];
}

/** What stands for a text in the search; those with a sign before them are no words of its own. */
export const SIGNS = { author: '@', channel: '#', near: '~', any: '*' } as const;

export interface TextParts {
  /** Text, and subject where it has one of its own. */
  text: string;
  author: string;
  channel: string;
}

/** All by which a message, a note or a subject is found. */
export function textEntry({ text, author, channel }: TextParts): string[] {
  return [...wordsOf(text), ...[...wordsOf(author)].map((word) => SIGNS.author + word), SIGNS.channel + channel, SIGNS.any];
}

export interface PersonParts {
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  /** Addresses on channels. */
  handles: readonly string[];
}

/** All by which a contact is found; names also a letter away. */
export function personEntry({ name, company, email, phone, handles }: PersonParts): string[] {
  const all = new Set(wordsOf([name, company ?? '', email ?? '', ...handles].join('\n')));
  for (const word of wordsOf(`${name}\n${company ?? ''}`)) for (const one of near(word)) all.add(SIGNS.near + one);
  for (const number of [phone ?? '', ...handles]) for (const tail of numberTails(number)) all.add(tail);
  return [...all];
}

/** Prefixes of a telephone number that people leave out: up to four digits for its country. */
const LEFT_OUT = 4;
const SHORTEST_NUMBER = 5;

/** The digits of what looks like a telephone number, else null. */
export function numberOf(text: string): string | null {
  if (!/^[\s+()./\-\p{Nd}]+$/u.test(text)) return null;
  const digits = fold(text.normalize('NFKC').replace(/[^\p{Nd}]/gu, ''));
  return digits.length >= SHORTEST_NUMBER ? cut(digits) : null;
}

function numberTails(text: string): string[] {
  const digits = numberOf(text);
  if (!digits) return [];
  return Array.from({ length: LEFT_OUT + 1 }, (_, from) => digits.slice(from)).filter((tail) => tail.length >= SHORTEST_NUMBER);
}
