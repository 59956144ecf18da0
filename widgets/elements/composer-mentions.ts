/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

/** What is being typed after an `@`, and where the `@` stands. */
export interface Asked {
  readonly at: number;
  readonly text: string;
}

/** The mention being typed just before the caret; undefined where none is. Two words at most: names have spaces. */
export function mentionAt(text: string, caret: number): Asked | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{N}\p{M}.'’_-]*(?: [\p{L}\p{N}\p{M}.'’_-]*)?)$/u.exec(text.slice(0, caret));
  const typed = found?.[1];
  return typed === undefined ? undefined : { at: caret - typed.length - 1, text: typed };
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Those of whom a word begins like what was typed, accents and case aside; at most so many. */
export function matching<P extends Mentionable>(people: readonly P[], typed: string, most = 6): P[] {
  const wanted = plain(typed);
  return people
    .filter(
      ({ name }) =>
        plain(name).startsWith(wanted) ||
        plain(name)
          .split(/\s+/)
          .some((word) => word.startsWith(wanted)),
    )
    .slice(0, most);
}

/** The text with the mention completed, and where the caret belongs. */
export function completed(text: string, { at, text: typed }: Asked, name: string): { text: string; caret: number } {
  const head = `${text.slice(0, at)}@${name} `;
  return { text: head + text.slice(at + 1 + typed.length).replace(/^ /, ''), caret: head.length };
}

/** Those among the mentioned whose name still stands in the text. */
export function stillMentioned(text: string, ids: readonly string[], people: readonly Mentionable[]): string[] {
  return [...new Set(ids)].filter((id) => people.some((person) => person.id === id && text.includes(`@${person.name}`)));
}
