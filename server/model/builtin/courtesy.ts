import { courtesyPhrases, fillers, objects } from './lexicon-courtesy.ts';
import type { CourtesyKind, CourtesyLabel } from './lexicon-courtesy.ts';
import { INVERTED, freelySaid, isParting, isRequestWord } from './courtesy-en.ts';
import { isEmoji, isMark, tokenize } from './text.ts';

/** What a message is made of, once its courtesies are set apart. */
export interface Courtesy {
  /** How many phrases of each kind. */
  counts: Record<CourtesyKind, number>;
  /** Emoji of good or neutral mood. */
  emoji: number;
  /** Emoji of bad mood. */
  badEmoji: number;
  /** Words that are neither courtesy nor filler: what the message is about. */
  residue: string[];
  /** Filler words. */
  filler: number;
  questionMarks: number;
  tokens: number;
  /** Languages of the courtesies found, most frequent first. */
  languages: string[];
  /** Kinds in the order in which they stand. */
  order: CourtesyKind[];
  /** What may be read as English: its first clause, and those of which something is left. Their words only. */
  english: { first: string; left: string[] } | null;
}

const BAD_EMOJI = /^(?:[😠😡🤬👿😤😞😢😭😔😟😩😫🤦👎💔😱😰😨🤢🤮🖕❓❔⁉]|[:;=]'?-?\()/u;
/** Words that introduce that for which one thanks, in English, where a bare "help" would be a request. */
const INTRODUCES = new Set('for your ur the of with all by this that such big great huge any so very'.split(' '));

/** Reads a message clause by clause. Cheap: one pass, a few look-ups per word. */
export function readCourtesy(text: string): Courtesy {
  const result: Courtesy = {
    counts: { thanks: 0, bye: 0, done: 0, no: 0, yes: 0, ack: 0, praise: 0, wish: 0, greet: 0 },
    emoji: 0,
    badEmoji: 0,
    residue: [],
    filler: 0,
    questionMarks: 0,
    tokens: 0,
    languages: [],
    order: [],
    english: null,
  };
  const clauses = clausesOf(tokenize(text), result).map(readClause);
  const weight = new Map<string, number>();
  for (const clause of clauses) {
    for (const { label, length } of clause.found) {
      result.counts[label.kind] += 1;
      result.order.push(label.kind);
      weight.set(label.language, (weight.get(label.language) ?? 0) + length);
    }
  }
  result.languages = [...weight].toSorted((a, b) => b[1] - a[1]).map(([language]) => language);
  const spoken = result.languages.length > 0 ? result.languages : ['en'];
  const known: Known = {
    filler: spoken.map((language) => fillers.get(language) ?? NONE),
    object: spoken.map((language) => objects.get(language) ?? NONE),
    objectFirst: spoken.filter((language) => OBJECT_FIRST.has(language)).map((language) => objects.get(language) ?? NONE),
    english: spoken.includes('en'),
    grateful: result.counts.thanks + result.counts.praise > 0,
    parting: result.counts.thanks + result.counts.praise + result.counts.bye + result.counts.done > 0,
  };
  if (known.english) result.english = { first: clauses[0]?.tokens.join(' ') ?? '', left: [] };
  for (const clause of clauses) settle(clause, known, result);
  return result;
}

interface Clause {
  tokens: string[];
  found: { label: CourtesyLabel; length: number; at: number }[];
  /** Positions of words that are no phrase. */
  rest: number[];
  /** Ends with a question mark. */
  asks: boolean;
}

interface Known {
  filler: ReadonlySet<string>[];
  object: ReadonlySet<string>[];
  /** Objects of languages in which they stand before the thanks. */
  objectFirst: ReadonlySet<string>[];
  english: boolean;
  grateful: boolean;
  parting: boolean;
}

const OBJECT_FIRST = new Set(['zh', 'ja', 'ko', 'tr', 'hi']);
const NONE: ReadonlySet<string> = new Set<string>();

function clausesOf(tokens: string[], result: Courtesy): { tokens: string[]; asks: boolean }[] {
  const clauses: { tokens: string[]; asks: boolean }[] = [];
  let words: string[] = [];
  const close = (asks: boolean) => {
    if (words.length > 0) clauses.push({ tokens: words, asks });
    words = [];
  };
  for (const token of tokens) {
    if (isMark(token)) {
      if (token === '?') result.questionMarks += 1;
      close(token === '?');
    } else if (isEmoji(token)) {
      result.tokens += 1;
      if (BAD_EMOJI.test(token)) result.badEmoji += 1;
      else result.emoji += 1;
    } else {
      result.tokens += 1;
      words.push(token);
    }
  }
  close(false);
  return clauses;
}

function readClause({ tokens, asks }: { tokens: string[]; asks: boolean }): Clause {
  const clause: Clause = { tokens, asks, found: [], rest: [] };
  const kind = asks || tokens.length > LENIENT_WORDS ? null : freelySaid(tokens.join(' '));
  if (kind) {
    clause.found.push({ label: { kind, language: 'en' }, length: tokens.length, at: 0 });
    return clause;
  }
  for (let at = 0; at < tokens.length; at += 1) {
    const match = courtesyPhrases.match(tokens, at) ?? misspelt(tokens[at] as string);
    if (!match) {
      clause.rest.push(at);
      continue;
    }
    clause.found.push({ ...match, at });
    at += match.length - 1;
  }
  withoutNegated(clause);
  return clause;
}

/** What a "no" right before it turns into its contrary: "no entiendo", "não funcionou", "nichts verstanden". */
const NEGATABLE = new Set(
  (
    'understand understood works working work worked solved resolved fixed sorted received entiendo entendido comprendo comprendido funciona resuelto solucionado recibido entendi compreendi compreendo percebi ' +
    'funcionou certo resolvido recebido comprends compris marche fonctionne recu regle resolu verstehe verstanden gelost erhalten angekommen funktioniert capisco capito funziona risolto ricevuto chiaro ' +
    'begrijp snap begrepen werkt opgelost ontvangen duidelijk rozumiem dziala zrozumialem anladim anlasildi calisiyor cozuldu понял поняла понятно ясно работает решено получил получила فهمت مفهوم واضح وصل'
  ).split(' '),
);
const WIDE = new Set(['zh', 'ja', 'ko', 'th']);
const NOTHING = /^(?:nothing|nada|rien|nichts|nix|niente|nulla|niks|nic|ничего|i dont|i do not|no|not)$/;

function withoutNegated(clause: Clause): void {
  const phrase = (found: Clause['found'][number]) => clause.tokens.slice(found.at, found.at + found.length).join(' ');
  clause.found = clause.found.filter((found, index) => {
    const before = clause.found[index - 1];
    if (!before || !['ack', 'yes', 'done', 'praise'].includes(found.label.kind)) return true;
    const gap = found.at - (before.at + before.length);
    const negates = before.label.kind === 'no' || NOTHING.test(phrase(before));
    const turned = WIDE.has(found.label.language)
      ? gap === 0 && before.label.kind === 'no' && found.label.kind !== 'done'
      : gap <= 1 &&
        phrase(found)
          .split(' ')
          .some((word) => NEGATABLE.has(word));
    if (!negates || !turned) return true;
    for (let at = found.at; at < found.at + found.length; at += 1) clause.rest.push(at);
    return false;
  });
}

/** Longest clause of which a single unknown word is forgiven. */
const LENIENT_WORDS = 10;

/** Counts what of a clause is more than courtesy. */
function settle(clause: Clause, known: Known, result: Courtesy): void {
  const { tokens } = clause;
  const has = (kind: CourtesyKind) => clause.found.some((found) => found.label.kind === kind);
  const isFiller = (token: string) => known.filler.some((set) => set.has(token));
  const residue: string[] = [];
  for (const at of clause.rest) {
    const token = tokens[at] as string;
    const passed =
      isFiller(token) ||
      (known.grateful && known.objectFirst.some((set) => set.has(token))) ||
      (known.grateful &&
        known.object.some((set) => set.has(token)) &&
        introduced(clause, at, isFiller, objects.get('en')?.has(token) === true && known.english)) ||
      (known.english && isReasonOfThanks(clause, at));
    if (passed) result.filler += 1;
    else residue.push(token);
  }
  if (known.english && INVERTED.test(tokens.join(' '))) residue.push(tokens[0] as string);
  const grateful = has('thanks') || has('praise') || has('wish');
  const wants = clause.asks || tokens.some((token) => isRequestWord(token));
  if (known.english && known.parting && !clause.asks && isParting(tokens)) {
    result.filler += residue.length;
  } else if (!wants && grateful && !has('no') && residue.length === 1 && tokens.length > 2 && tokens.length <= LENIENT_WORDS) {
    result.filler += 1;
  } else {
    result.residue.push(...residue);
    if (residue.length > 0) result.english?.left.push(tokens.join(' '));
  }
}

/** "for your *help*" but not "now *help* me". */
function introduced(clause: Clause, at: number, isFiller: (token: string) => boolean, english: boolean): boolean {
  for (let before = at - 1; before >= 0 && before >= at - 6; before -= 1) {
    const token = clause.tokens[before] as string;
    if (INTRODUCES.has(token)) return true;
    if (!english && (isFiller(token) || !clause.rest.includes(before))) return true;
  }
  return false;
}

/** "thanks for *breaking it down*": what follows a "for" right after the thanks, if it asks for nothing. */
function isReasonOfThanks(clause: Clause, at: number): boolean {
  for (const { label, at: start, length } of clause.found) {
    if (label.kind !== 'thanks' || label.language !== 'en' || start >= at) continue;
    let next = start + length;
    while (next < at && /^(?:so|very|much|a|lot|bunch|again|you|guys|all|sir|maam)$/.test(clause.tokens[next] ?? '')) next += 1;
    if (clause.tokens[next] !== 'for' || at - next > 9) continue;
    const first = clause.tokens[next + 1] ?? '';
    const reason = clause.tokens.slice(next + 1, at + 1);
    if (
      (/^(?:your|the|all|everything|that|this|those|these|being|you|ur|what|such)$/.test(first) || first.endsWith('ing')) &&
      !reason.some((token) => isRequestWord(token) || /^(?:i|now|then|but|also)$/.test(token))
    )
      return true;
  }
  return false;
}

const OFTEN_MISSPELT: { word: string; kind: CourtesyKind }[] = [
  { word: 'thanks', kind: 'thanks' },
  { word: 'thank', kind: 'thanks' },
  { word: 'thankyou', kind: 'thanks' },
  { word: 'appreciate', kind: 'thanks' },
  { word: 'appreciated', kind: 'thanks' },
  { word: 'goodbye', kind: 'bye' },
  { word: 'gracias', kind: 'thanks' },
  { word: 'obrigado', kind: 'thanks' },
  { word: 'perfect', kind: 'ack' },
  { word: 'awesome', kind: 'ack' },
  { word: 'helpful', kind: 'praise' },
];

/** Words one slip away from a common courtesy that are words of their own. */
const REAL_WORDS = new Set([
  'thinks',
  'tanks',
  'than',
  'shanks',
  'think',
  'thank',
  'perfecto',
  'tank',
  'banks',
  'bank',
  'ranks',
  'hanks',
  'perfecta',
  'help',
  'helpfull',
]);

function misspelt(token: string): { label: { kind: CourtesyKind; language: string }; length: number } | null {
  if (token.length < 5 || REAL_WORDS.has(token)) return null;
  for (const { word, kind } of OFTEN_MISSPELT) {
    if (token[0] === word[0] && oneSlip(token, word)) return { label: { kind, language: 'en' }, length: 1 };
  }
  return null;
}

/** One letter more, less, other, or two swapped; two slips are forgiven in long words. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const left = Math.max(a.length, b.length) - start - end;
  if (left <= 1) return true;
  return left === 2 && a.length === b.length && (b.length >= 9 || (a[start] === b[start + 1] && a[start + 1] === b[start]));
}
