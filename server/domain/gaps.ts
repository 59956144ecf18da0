/** Which questions ask the same thing, by their wording. */
import { pairsOf, tokensOf } from './search-words.ts';

/** Words that questions have in common whatever they ask, in the languages of the screens. */
const COMMON = new Set(
  (
    'what when where which who whom whose why how does did do is are was were be been can could would should will may might must have has had the a an and or but for from with without to of in on at by it its this that these those there here i me my we us our you your they them please hello hi hey thanks thank like want need know tell get any some about into also still just not no yes ' +
    'que quien cual como cuando donde por para con sin una uno unos unas los las del el la de en y o es son hay tienen tiene puedo puede quiero hola gracias favor me mi su sus ' +
    'quem qual onde voce voces tem posso pode quero ola obrigado obrigada um uma os as do da dos das em no na e sao meu minha seu sua ' +
    'was wer wie wo wann warum welche welcher ist sind war kann koennen konnen ich wir ihr sie mein meine euer eure der die das ein eine und oder fur mit ohne zu von im am auf es gibt haben habt hat bitte hallo danke mochte nicht'
  ).split(' '),
);

/** Letters of a word that tell which it is; the rest is its form. */
const STEM = 5;
/** Share of what two questions tell that has to be the same for them to ask the same. */
export const SAME_QUESTION = 0.5;

/** What a question tells, as words without their endings, or as pairs of signs. */
export function gist(text: string): Set<string> {
  const told = new Set<string>();
  for (const { word, kind } of tokensOf(text.slice(0, 2_000))) {
    if (kind === 'run') for (const pair of word.length > 1 ? pairsOf(word).slice(0, -1) : [word]) told.add(pair);
    else if (kind === 'word' && !COMMON.has(word)) told.add([...word].slice(0, STEM).join(''));
  }
  return told;
}

/** Share of what either of two questions tells that both tell, from 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : both / all;
}
