/** Letters that stand in words without a space between. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Where what a search has found stands in a text: at the beginning of words, in scripts without spaces anywhere.
 * @param marks as the server gives them, in the text's own letters
 * @returns from and to, in order
 */
export function placesOf(text: string, marks: readonly string[]): [from: number, to: number][] {
  const places: [number, number][] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (at > 0 && LETTER.test(text[at - 1]!) && LETTER.test(text[at]!) && !UNSPACED.test(text.slice(at, at + 2))) continue;
    const found = marks.filter((mark) => mark !== '' && text.startsWith(mark, at));
    if (found.length === 0) continue;
    const to = at + Math.max(...found.map(({ length }) => length));
    places.push([at, to]);
    at = to - 1;
  }
  return places;
}
