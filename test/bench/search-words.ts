/** The words, texts and names of the messages that are searched: the same in each run, and known to whoever asks for them. */

/** Messages of a conversation. */
export const EACH = 10;

/** Numbers that are the same in each run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export const SYLLABLES = ['ba', 'de', 'ki', 'lo', 'mu', 'ra', 'sen', 'tor', 'vi', 'wel', 'pa', 'gri', 'mo', 'nes', 'cu', 'fa', 'jo', 'hin', 'ya', 'zo'];
/** A word that nobody else has, for each number. */
export function word(n: number): string {
  let left = n + 20;
  let made = '';
  for (; left > 0; left = Math.floor(left / 20)) made += SYLLABLES[left % 20];
  return made;
}

/** Words as people use them: the most common stands in every third message, the rarest of some 50,000 in a handful. */
export const VOCABULARY = 50_000;
const pick = (random: number): number => Math.floor(Math.exp(random * Math.log(VOCABULARY))) - 1;
export const textOf = (random: () => number): string => Array.from({ length: 8 + Math.floor(random() * 24) }, () => word(pick(random()))).join(' ');

export const nameOf = (n: number): string => `${word(n % 800)} ${word(1_000 + ((n * 7_919) % 30_000))}son`;
