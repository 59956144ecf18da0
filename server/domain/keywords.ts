/** Letters, digits and their marks; everything else separates words. Case and width do not matter. */
export const folded = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `;

/** Scripts that write words without a space between them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Scripts whose short words are the beginnings of many others. */
const ALPHABETS = /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u;
/** A word of these alphabets with fewer letters stands for itself and for nothing that begins with it. */
const STEM_LETTERS = 4;
/** What Arabic and Hebrew write in front of a word without a space: and, so, in, like, for, the. */
const ATTACHED = [
  { script: /\p{sc=Arabic}/u, before: '(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)' },
  { script: /\p{sc=Hebrew}/u, before: '[ו]?[שבכלמה]{0,2}' },
] as const;

/**
 * Whether a text has a keyword: a whole word, or the beginning of one where the keyword is long enough to be a stem; anywhere
 * in scripts without spaces and for what is no word, such as 🔥.
 */
export function hasKeyword(text: string, keyword: string): boolean {
  if (keyword.trim() === '') return false;
  const words = folded(keyword).trim();
  if (words === '' || UNSPACED.test(keyword)) return text.normalize('NFKC').toLowerCase().includes(keyword.normalize('NFKC').trim().toLowerCase());
  const within = folded(text);
  const attached = ATTACHED.find(({ script }) => script.test(words));
  if (attached) return new RegExp(` ${attached.before}${words}`, 'u').test(within);
  const last = words.split(' ').at(-1)!;
  return within.includes(ALPHABETS.test(last) && last.length < STEM_LETTERS ? ` ${words} ` : ` ${words}`);
}
