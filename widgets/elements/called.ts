import type { operator } from '../locales/en/operator.ts';
import type { Spoken } from '../ui/words.ts';

/** Somebody who may not have given a name. */
export interface MayBeNamed {
  readonly name: string;
  readonly email?: string | null;
  readonly phone?: string | null;
}

/** What a contact is called on screen: their name, else how they can be reached, else that they are a visitor. */
export function called(person: MayBeNamed | undefined, { t }: Pick<Spoken<typeof operator>, 't'>): string {
  return person?.name.trim() || person?.email || person?.phone || t.shared.visitor;
}

/** How one speaks of a contact in passing: `Marta` for Marta Oliveira. An address, a number or a single word stays as it is. */
export function calledShort(person: MayBeNamed | undefined, words: Pick<Spoken<typeof operator>, 't'>): string {
  const name = called(person, words);
  if (!person?.name.trim()) return name;
  const [first = name, second] = name.split(/\s+/);
  return second === undefined || /[@\d.]/.test(first) || [...first].length < 2 ? name : first;
}
