import { topicsOf } from './concepts.ts';
import type { Topics } from './concepts.ts';
import type { IntentHint } from '../../pipeline/prompt.ts';
import { fold } from './text.ts';

/** What is known of the message beside its words. */
export interface IntentSigns {
  reasonCode: string;
  asksForHuman: boolean;
  frustration: number;
  asksQuestion: boolean;
}

interface Special {
  /** How teams name it. */
  name: RegExp;
  fits(folded: string, signs: IntentSigns): boolean;
}

const NEGOTIATES =
  /\b(?:discount|better (?:price|deal|offer)|lower (?:the )?(?:price|rate)|cheaper|price match|negotiat\w*|bulk|descuento|mejor precio|rebaja|desconto|remise|rabais|rabatt|nachlass|sconto|korting|indirim|rabat)\b|скидк|خصم|छूट|折扣|便宜|割引|할인/u;
const OBJECTS =
  /\b(?:too (?:expensive|much|pricey)|not interested|no longer interested|already (?:have|use|using)|not (?:sure|convinced)|cant afford|out of (?:my|our) budget|demasiado caro|muy caro|no me interesa|muito caro|nao tenho interesse|trop cher|pas interesse\w*|zu teuer|kein interesse|troppo caro|non mi interessa|te duur|geen interesse)\b|дорого|غالي|महंगा|太贵|高すぎ|비싸/u;
const INTERESTED =
  /\b(?:interested|sounds (?:good|great|interesting)|tell me more|sign (?:me )?up|demo|trial|want to (?:buy|order|try|know more)|would like to (?:buy|order|try|know more)|me interesa|quiero (?:comprar|saber mas)|tenho interesse|quero (?:comprar|saber mais)|interesse\w*|en savoir plus|ich mochte (?:kaufen|bestellen|mehr)|vorrei (?:comprare|provare)|ik wil graag)\b|интерес|مهتم|रुचि|感兴趣|想买|興味|관심/u;
const COMPLAINS =
  /\b(?:complain\w*|complaint|unacceptable|disappoint\w*|terrible|worst|queja|reclam\w*|plainte|beschwer\w*|lamentela|klacht|skarga|sikayet)\b|жалоб|شكوى|शिकायत|投诉|苦情|불만/u;

const SPECIALS: Special[] = [
  { name: /human|person|agent|operator|representative|handoff|hand off|escalat/, fits: (_, signs) => signs.asksForHuman },
  { name: /complain|complaint|grievance/, fits: (text, signs) => COMPLAINS.test(text) || signs.frustration >= 0.4 },
  { name: /negotiat|discount|bargain/, fits: (text) => NEGOTIATES.test(text) },
  { name: /objection/, fits: (text) => OBJECTS.test(text) },
  { name: /^(?:interested|interest|lead|buying|purchase intent|sales lead)$/, fits: (text) => INTERESTED.test(text) && !/\bnot interested\b/.test(text) },
  { name: /thank|gratitude/, fits: (_, signs) => signs.reasonCode === 'thanks' },
  { name: /greet|hello/, fits: (_, signs) => signs.reasonCode === 'greeting' },
  { name: /goodbye|farewell|closing/, fits: (_, signs) => signs.reasonCode === 'goodbye' || signs.reasonCode === 'closing' },
];
const QUESTION = /^(?:questions?|inquiry|enquiry|information|general (?:question|inquiry))$/;

interface Known {
  name: string;
  /** Its name and what people call it. */
  words: readonly string[];
  title: Topics;
  about: Topics;
  examples: readonly Example[];
}

interface Example {
  topics: Topics;
  /** Its letters, each two neighbours: also where no space parts the words. */
  pairs: ReadonlySet<string>;
}

/** Lists of intents change rarely and come with every message: the latest few are kept as read. */
const cache = new Map<string, Known[]>();
const CACHED = 50;

function know(intents: readonly IntentHint[]): Known[] {
  const key = JSON.stringify(intents);
  let known = cache.get(key);
  if (!known) {
    known = intents.map(({ name, label = '', description, examples = [] }) => {
      const words = [fold(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\-/]+/g, ' ')), fold(label)];
      return {
        name,
        words,
        title: topicsOf(words.join(' ')),
        about: topicsOf(description),
        examples: examples.map((text) => ({ topics: topicsOf(text), pairs: pairsOf(fold(text)) })),
      };
    });
    if (cache.size >= CACHED) cache.clear();
    cache.set(key, known);
  }
  return known;
}

/** Points below which no intent is named. */
const ENOUGH = 0.34;
/** From here on a message is as good as one of the examples. */
const LIKE = 0.75;
/** Below it the likeness is chance. */
const ALIKE = 0.55;

const pairsOf = (folded: string): Set<string> => {
  const letters = [...folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()];
  return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter));
};

/** How much a message is like the nearest of an intent's examples: 1 is the same. */
function likeness(message: Topics, pairs: ReadonlySet<string>, { examples }: Known): number {
  return Math.max(
    0,
    ...examples.map((example) => {
      const told = [...example.topics.concepts, ...example.topics.stems];
      const shared =
        [...example.topics.concepts].filter((word) => message.concepts.has(word)).length +
        [...example.topics.stems].filter((word) => message.stems.has(word)).length;
      const common = [...example.pairs].filter((pair) => pairs.has(pair)).length;
      return Math.max(told.length > 1 ? shared / told.length : 0, (2 * common) / Math.max(1, example.pairs.size + pairs.size));
    }),
  );
}

/** The configured intent that fits the messages best, or null. General ones ("question") only when no other fits. */
export function intentOf(texts: string[], intents: readonly IntentHint[], signs: IntentSigns): string | null {
  if (intents.length === 0) return null;
  const folded = fold(texts.join('\n').slice(0, 1_000));
  const known = know(intents);
  const topics = topicsOf(folded);
  const pairs = pairsOf(folded);
  const [nearest] = known.map((intent) => ({ name: intent.name, like: likeness(topics, pairs, intent) })).toSorted((one, other) => other.like - one.like);
  if (nearest && nearest.like >= LIKE) return nearest.name;
  for (const special of SPECIALS) {
    const named = known.find((intent) => intent.words.some((words) => special.name.test(words)));
    if (named && special.fits(folded, signs)) return named.name;
  }
  const frequency = new Map<string, number>();
  for (const intent of known) {
    for (const word of new Set([...intent.title.concepts, ...intent.title.stems, ...intent.about.concepts, ...intent.about.stems])) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
    }
  }
  const weight = (word: string) => Math.log(1 + known.length / (frequency.get(word) ?? known.length));
  let best: { name: string; score: number } | null = null;
  for (const intent of known) {
    const like = likeness(topics, pairs, intent);
    const score = Math.max(similarity(topics, intent, weight), like >= ALIKE ? like : 0);
    if (score > (best?.score ?? ENOUGH)) best = { name: intent.name, score };
  }
  if (best) return best.name;
  const general = known.find((intent) => intent.words.some((words) => QUESTION.test(words)));
  return general && signs.asksQuestion ? general.name : null;
}

/** Share of the intent's words (its name counts thrice its description) that the message has. */
function similarity(message: Topics, intent: Known, weight: (word: string) => number): number {
  let named = 0;
  let total = 0;
  for (const kind of ['concepts', 'stems'] as const) {
    for (const word of intent.title[kind]) {
      total += weight(word);
      if (message[kind].has(word)) named += weight(word);
    }
  }
  let described = 0;
  for (const kind of ['concepts', 'stems'] as const) {
    for (const word of intent.about[kind]) if (message[kind].has(word)) described += weight(word);
  }
  return (total > 0 ? named / total : 0) + Math.min(0.7, described * 0.2);
}
