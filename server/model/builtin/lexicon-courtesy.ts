import { PhraseTable, tokenize } from './text.ts';
import { english } from './lexicon-courtesy-en.ts';
import { latin } from './lexicon-courtesy-latin.ts';
import { otherScripts } from './lexicon-courtesy-scripts.ts';

/** Kinds of courtesy; each is a list of phrases separated by `|`. */
export type CourtesyKind = 'thanks' | 'bye' | 'done' | 'no' | 'yes' | 'ack' | 'praise' | 'wish' | 'greet';

/** The courtesy of one language. `filler` and `object` are single words separated by blanks. */
export type CourtesyLexicon = Record<CourtesyKind, string> & {
  /** Words that carry nothing of their own beside a courtesy. */
  filler: string;
  /** Words that carry nothing as that for which one thanks ("thanks for your *help*"), but may ask for something alone. */
  object: string;
};

export interface CourtesyLabel {
  kind: CourtesyKind;
  language: string;
}

const KINDS: CourtesyKind[] = ['done', 'praise', 'wish', 'bye', 'thanks', 'greet', 'yes', 'ack', 'no'];

const lexicons: Record<string, CourtesyLexicon> = { en: english, ...latin, ...otherScripts };

/** Every courtesy phrase of every language; where languages share one, the first language listed keeps it. */
export const courtesyPhrases: PhraseTable<CourtesyLabel> = new PhraseTable<CourtesyLabel>();
/** Words to pass over, by language. */
export const fillers = new Map<string, Set<string>>();
/** Objects of thanks, by language. */
export const objects = new Map<string, Set<string>>();

for (const [language, lexicon] of Object.entries(lexicons)) {
  for (const kind of KINDS) courtesyPhrases.add({ kind, language }, lexicon[kind].split('|'));
  fillers.set(language, new Set(tokenize(lexicon.filler)));
  objects.set(language, new Set(tokenize(lexicon.object)));
}
