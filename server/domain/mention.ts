/**
 * Whether a text addresses an agent by name: `@Nova`, `@Old Iris` or `@old_iris`, at a word's edge, in any case. An address
 * inside a word, as in `mail@nova.example`, is none.
 */
export function mentions(text: string, agentName: string): boolean {
  const fold = (value: string): string => value.normalize('NFKC').toLowerCase();
  const haystack = fold(text);
  const words = fold(agentName).split(/\s+/).filter(Boolean);
  return [words.join(' '), words.join('_'), words.join('')].some((name) => {
    for (let at = haystack.indexOf(`@${name}`); at >= 0; at = haystack.indexOf(`@${name}`, at + 1)) {
      const before = haystack.slice(0, at).at(-1);
      const after = haystack.slice(at + 1 + name.length);
      const bounded = !/^[\p{L}\p{N}_]/u.test(after) && !/^[.-][\p{L}\p{N}]/u.test(after);
      if ((before === undefined || !/[\p{L}\p{N}._%+-]/u.test(before)) && bounded) return true;
    }
    return false;
  });
}
