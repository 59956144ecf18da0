/** Characters of a message that are looked at; what is longer is a real message anyway. */
export const MAX_CHARS = 4_000;

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const TOKEN =
  /\p{Extended_Pictographic}(?:[\u{1F3FB}-\u{1F3FF}]|\uFE0F|\u200D\p{Extended_Pictographic}|\uFE0F\u20E3)*|[\u{1F1E6}-\u{1F1FF}]{2}|(?<![\p{L}\p{N}])[:;=]'?-?[)(dpo3]+(?![\p{L}\p{N}])|<3|\^\^|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+|[?？؟¿]|[.!。！;؛।\n…]+|[,،、，]/gu;
const EMOJI = /^(?:\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]|[:;=]'?-?[)(dpo3]|<3|\^\^)/u;

/**
 * A message as a list of small words that lexicons can be looked up with: lower case, without accents, apostrophes and
 * drawn-out letters ("Sooooo" is "soo"); each Chinese, Japanese or Thai character is a word; `?`, `.` and `,` stay as marks.
 */
export function tokenize(text: string): string[] {
  const plain = fold(text.slice(0, MAX_CHARS));
  const out: string[] = [];
  for (const [token] of plain.matchAll(TOKEN)) {
    if (/^[?？؟¿]$/u.test(token)) out.push('?');
    else if (/^[.!。！;؛।\n…]/u.test(token)) out.push('.');
    else if (/^[,،、，]$/u.test(token)) out.push(',');
    else out.push(token);
  }
  return out;
}

/** Lower case, no accents (but none of the marks that are letters of their own script), no apostrophes, at most two of a letter in a row. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[ıİ]/g, 'i')
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/[\u064B-\u0652\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ё/g, 'е')
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/(\p{L})\1{2,}/gu, '$1$1');
}

export const isEmoji = (token: string) => EMOJI.test(token);
export const isMark = (token: string) => token === '?' || token === '.' || token === ',';
export const isWideScript = (token: string) => CJK.test(token);

/** Sentences of a text as written, without their surrounding blanks. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|(?<=[。！？])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** Phrases of a lexicon, found greedily from the longest; built once from plain text through the same tokenizer. */
export class PhraseTable<Label> {
  private readonly entries = new Map<string, Label>();
  private longest = 1;

  /** Adds phrases under a label; the first label of a phrase stays. */
  add(label: Label, phrases: Iterable<string>): this {
    for (const phrase of phrases) {
      const tokens = tokenize(phrase).filter((token) => !isMark(token));
      if (tokens.length === 0) continue;
      const key = tokens.join(' ');
      if (!this.entries.has(key)) this.entries.set(key, label);
      this.longest = Math.max(this.longest, tokens.length);
    }
    return this;
  }

  /** The longest phrase that begins at `at`, if any. */
  match(tokens: string[], at: number): { label: Label; length: number } | null {
    for (let length = Math.min(this.longest, tokens.length - at); length > 0; length -= 1) {
      const label = this.entries.get(length === 1 ? (tokens[at] as string) : tokens.slice(at, at + length).join(' '));
      if (label !== undefined) return { label, length };
    }
    return null;
  }
}
