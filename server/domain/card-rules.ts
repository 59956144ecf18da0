/**
 * Guidance cards that are written in plain patterns decide whether to answer without any model. Order of precedence: the
 * first card, in the team's order, of which a rule fits; then the agent's instruction, where it is written so; then the
 * model, which reads the instruction and all cards.
 */
import { SPEECHES } from './card-speech.ts';
import type { Speech } from './card-speech.ts';
import { announcement, holds, plain } from './said.ts';
import type { Content, Intention } from './said.ts';

export interface Card {
  id: string;
  text: string;
}

/** What a rule decided. */
interface CardVerdict {
  cardId: string;
  needsReply: boolean;
  /** For the thread: the rule in short. */
  reason: string;
}

interface Rule {
  needsReply: boolean;
  /** It holds for every message. */
  always: boolean;
  /** Words of which one stands in the messages, folded. */
  words: readonly Word[];
  contents: readonly Content[];
  /** Kinds of message, as the classifier's reason codes. */
  kinds: readonly string[];
  intentions: readonly Intention[];
  /** Nothing of weight is said beside. */
  only: boolean;
  source: string;
}
interface Word {
  text: string;
  stem: string;
  /** What may stand behind it, to the end of the word. */
  endings: RegExp;
  /** Of a script without blanks: it may stand anywhere. */
  anywhere: boolean;
}

/** Cards made ready, in their order. */
type CardRules = readonly { readonly cardId: string; readonly rules: readonly Rule[] }[];

/** How many sets of rules are kept ready: far more cards than are in use at once. */
const KEPT = 20_000;
/** Rules by the card that they were read from, the one used longest ago first. */
const kept = new Map<string, { text: string; rules: readonly Rule[] }>();

/** Makes cards ready, each once for as long as its text stays the same. */
export function compileCards(cards: readonly Card[]): CardRules {
  return cards.flatMap(({ id, text }) => {
    let entry = kept.get(id);
    if (entry?.text !== text) {
      entry = { text, rules: readCard(text) };
      kept.delete(id);
      kept.set(id, entry);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    }
    return entry.rules.length > 0 ? [{ cardId: id, rules: entry.rules }] : [];
  });
}

/**
 * Decides by the first card of which a rule fits. Within one card a rule that replies goes before one that stays quiet:
 * it is the exception to it, and a customer left without an answer is the greater harm.
 * @param texts the unanswered messages
 * @param kindOf says their kind, as one of the classifier's reason codes; asked only by rules about kinds
 */
export function decideByCards(cards: CardRules, texts: readonly string[], kindOf: () => string): CardVerdict | null {
  const said = new Said(texts, kindOf);
  for (const { cardId, rules } of cards) {
    let fitting: Rule | null = null;
    for (const rule of rules) {
      if ((fitting !== null && !rule.needsReply) || !said.fits(rule)) continue;
      fitting = rule;
      if (rule.needsReply) break;
    }
    if (fitting) return { cardId, needsReply: fitting.needsReply, reason: fitting.source };
  }
  return null;
}

function readCard(text: string): readonly Rule[] {
  return text
    .slice(0, 2_000)
    .split(/[.!\n]+(?:\s|$)/)
    .map((sentence) => sentence.trim())
    .flatMap((sentence) => {
      const folded = plain(sentence);
      const source = sentence.length > 90 ? `${sentence.slice(0, 89)}…` : sentence;
      for (const speech of SPEECHES) {
        const rule = readSentence(folded, source, speech);
        if (rule) return [rule];
      }
      return [];
    });
}

function readSentence(sentence: string, source: string, speech: Speech): Rule | null {
  const match = speech.first.exec(sentence) ?? speech.last.exec(sentence);
  if (!match || speech.exception.test(sentence)) return null;
  const rest = (match.index === 0 ? sentence.slice(match[0].length) : sentence.slice(0, match.index)).trim().replace(/[,،:;]$/, '');
  const base = {
    needsReply: match[1] === undefined,
    always: false,
    words: [],
    contents: [],
    kinds: [],
    intentions: [],
    only: speech.only.test(rest),
    source,
  } satisfies Rule;
  const going = speech.announces.exec(rest);
  if (going) {
    const intentions = speech.intentions.filter(([pattern]) => pattern.test(going[1]!)).map(([, name]) => name);
    return intentions.length > 0 ? { ...base, intentions } : null;
  }
  for (const condition of speech.conditions) {
    const mention = condition.exec(rest);
    if (mention?.[1]) return readMention(base, mention[1], rest, speech);
  }
  if (speech.everything.test(rest)) return rest === '' && base.needsReply && !speech.always.test(match[0]) ? null : { ...base, always: true };
  const kinds = kindsIn(rest, speech);
  return kinds.length > 0 ? { ...base, kinds } : null;
}

function readMention(base: Rule, list: string, rest: string, speech: Speech): Rule | null {
  const named = partsOf(list, speech);
  const contents = named.quoted ? [] : speech.contents.filter(([pattern]) => named.parts.some((part) => pattern.test(part))).map(([, name]) => name);
  const words = named.parts.filter((part) => named.quoted || !speech.contents.some(([pattern, name]) => name !== 'money' && pattern.test(part)));
  const kinds = base.only && !named.quoted ? kindsIn(rest, speech) : [];
  if (kinds.length > 0) return { ...base, kinds };
  const exact = speech.there.test(rest) && !named.quoted ? [] : words;
  return contents.length + exact.length > 0 ? { ...base, contents, words: exact.map((word) => wordOf(word, speech)) } : null;
}

const kindsIn = (text: string, { kinds }: Speech): string[] => kinds.filter(([pattern]) => pattern.test(text)).flatMap(([, codes]) => codes);

/** "a refund, "money back" or chargeback" → refund, money back, chargeback */
function partsOf(list: string, { or, filler, noThing }: Speech): { parts: string[]; quoted: boolean } {
  const quoted = [...list.matchAll(/["“”«»„]([^"“”«»„]{1,60})["“”«»„]/g)].map((found) => found[1] ?? '');
  const loose = quoted.length > 0 ? quoted : list.split(or);
  const parts = loose
    .map((part) =>
      part
        .trim()
        .replace(filler, '')
        .replace(/[?!.:؟]+$/, '')
        .trim(),
    )
    .filter((part) => part.length > 1 && part.split(' ').length <= 5 && (quoted.length > 0 || !noThing.test(part)));
  return { parts, quoted: quoted.length > 0 };
}

function wordOf(text: string, { loses, endings }: Speech): Word {
  return { text, stem: text.length > 4 ? text.replace(loses, '') : text, endings, anywhere: /\p{Lo}/u.test(text) };
}

/** Words beside what a message "only" says: courtesies, a day, a time. */
const BESIDE = 7;
/** With such a word more is said. */
const MORE = /\b(?:if|but|because|unless|since|pero|porque|mas|si|wenn|aber|weil|mais|parce|se|ma|als|maar)\b/;

/** Messages as rules look at them; everything that costs is found out once, when first asked. */
class Said {
  readonly #text: string;
  #kind?: string;

  constructor(
    private readonly texts: readonly string[],
    private readonly kindOf: () => string,
  ) {
    this.#text = texts.map(plain).join('\n');
  }

  fits(rule: Rule): boolean {
    if (rule.always) return true;
    if (rule.kinds.length > 0 && rule.kinds.includes((this.#kind ??= this.kindOf()))) return true;
    if (rule.contents.some((content) => this.texts.some((text) => holds(text, content)))) return true;
    for (const intention of rule.intentions) {
      const found = announcement(this.#text, intention);
      if (found !== null && (!rule.only || this.saysNoMoreThan(found))) return true;
    }
    return rule.words.some((word) => mentions(this.#text, word) && (!rule.only || this.saysNoMoreThan(word.text)));
  }

  private saysNoMoreThan(found: string): boolean {
    const beside = this.#text.replace(found, ' ');
    return (
      !this.texts.some((text) => holds(text, 'question') || holds(text, 'money')) &&
      !MORE.test(beside) &&
      (beside.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= BESIDE
    );
  }
}

/** Whole-word match that forgives a plural or an ending ("refund" in "refunds", "refunded"). */
function mentions(text: string, { stem, text: word, anywhere, endings }: Word): boolean {
  if (anywhere) return text.includes(word);
  for (let at = text.indexOf(stem); at !== -1; at = text.indexOf(stem, at + 1)) {
    const before = text[at - 1];
    if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) continue;
    if (endings.test(text.slice(at + stem.length, at + stem.length + 4))) return true;
  }
  return false;
}
