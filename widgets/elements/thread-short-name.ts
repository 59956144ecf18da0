/** How one speaks of a person in passing: `Marta` for Marta Oliveira. An address, a number or a single word stays as it is. */
export function shortName(name: string): string {
  const [first = name, second] = name.trim().split(/\s+/);
  return second === undefined || /[@\d.]/.test(first) || [...first].length < 2 ? name : first;
}
