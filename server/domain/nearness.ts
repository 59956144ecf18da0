/** Which words are meant by one that nobody knows. */

/** Letters that have to be added, left out, changed or swapped with their neighbour to make one word of another; `most + 1` where it takes more than `most`. */
function lettersApart(one: string, other: string, most: number): number {
  const a = [...one];
  const b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= b.length; at += 1) {
      const same = a[row - 1] === b[at - 1];
      let least = Math.min(last[at]! + 1, next[at - 1]! + 1, last[at - 1]! + (same ? 0 : 1));
      if (row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]) least = Math.min(least, before[at - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    before = last;
    last = next;
  }
  return last[b.length]!;
}

/** How much the beginning has to agree for two words to be forms of one. */
const COMMON_BEGINNING = 0.7;

/**
 * How near a known word comes to one that was typed: 1 for the word itself, less for a letter or two apart or another form
 * of it, 0 for another word.
 */
export function nearness(typed: string, known: string): number {
  if (typed === known) return 1;
  const length = Math.min(typed.length, known.length);
  const most = length < 4 ? 0 : length < 7 ? 1 : 2;
  const apart = lettersApart(typed, known, most);
  if (apart <= most) return apart === 1 ? 0.8 : 0.6;
  let common = 0;
  while (common < length && typed[common] === known[common]) common += 1;
  return common >= 5 && common / Math.max(typed.length, known.length) >= COMMON_BEGINNING ? 0.6 : 0;
}
