/** Where in a label what was typed stands, as from and to; the better the match, the lower the score. */
export interface Match {
  readonly score: number;
  readonly places: readonly (readonly [from: number, to: number])[];
}

/** Letters without accents and case, each with its place in the text it comes from. */
function folded(text: string): { readonly letters: string; readonly at: readonly number[] } {
  let letters = '';
  const at: number[] = [];
  let place = 0;
  for (const letter of text) {
    const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
    for (let index = 0; index < plain.length; index += 1) at.push(place);
    letters += plain;
    place += letter.length;
  }
  return { letters, at: [...at, place] };
}

const WORD = /[\p{L}\p{N}]/u;
const begins = (text: string, at: number): boolean => at === 0 || !WORD.test(text[at - 1] ?? '');

/** One word: at the beginning of a word, else anywhere, else letter by letter in order from the beginning of a word. */
function place(text: string, word: string): Match | undefined {
  let anywhere = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (begins(text, at)) return { score: at === 0 ? 0 : 1, places: [[at, at + word.length]] };
    if (anywhere < 0) anywhere = at;
  }
  if (anywhere >= 0) return { score: 4, places: [[anywhere, anywhere + word.length]] };
  if (word.length < 2) return undefined;
  for (let start = text.indexOf(word[0]!); start >= 0; start = text.indexOf(word[0]!, start + 1)) {
    if (!begins(text, start)) continue;
    const places: [number, number][] = [];
    let at = start;
    for (const letter of word) {
      at = text.indexOf(letter, at);
      if (at < 0) break;
      places.push([at, at + 1]);
      at += 1;
    }
    if (places.length === word.length) return { score: 8 + (at - start - word.length), places };
  }
  return undefined;
}

/**
 * Whether every word that was typed stands in a label, in any order, whatever the script, accents and case.
 * @returns undefined where one does not
 */
export function match(label: string, typed: string): Match | undefined {
  const { letters, at } = folded(label);
  const found: Match[] = [];
  for (const word of folded(typed).letters.split(/\s+/u).filter(Boolean)) {
    const one = place(letters, word);
    if (!one) return undefined;
    found.push(one);
  }
  const places = found.flatMap((one) => one.places.map(([from, to]) => [at[from]!, at[to]!] as const)).toSorted((one, other) => one[0] - other[0]);
  return { score: found.reduce((sum, one) => sum + one.score, 0), places };
}
