/** What a guidance card decided. */
export interface CardVerdict {
  cardId: string;
  needsReply: boolean;
  /** For the thread: the rule in short. */
  reason: string;
}

interface Rule {
  needsReply: boolean;
  /** Words of which one must stand in the messages; a null means always. */
  any: string[] | null;
  /** Kinds of message (as reason codes) that it is about, instead of words. */
  kinds: string[];
  source: string;
}

const STAY_QUIET = String.raw`(?:stay|remain|keep|be)\s+(?:quiet|silent)|(?:do\s+not|don'?t|never)\s+(?:reply|respond|answer|react)|ignore|no\s+(?:reply|answer|response)(?:\s+(?:is\s+)?needed)?`;
const DO_REPLY = String.raw`(?:always\s+|do\s+)?(?:reply|respond|answer|react)`;
const WHEN = String.raw`(?:if|when(?:ever)?|in\s+case|to|messages?|anyone|someone|for|on)`;
const MENTIONS = String.raw`(?:mention(?:s|ing)?|says?|saying|contain(?:s|ing)?|include[sd]?|including|writes?|with|asks?\s+(?:about|for)|asking\s+(?:about|for)|is\s+about|are\s+about|about|talks?\s+about|complains?\s+about)`;

const verdict = new RegExp(String.raw`^(?:please\s+)?(?:(${STAY_QUIET})|(${DO_REPLY}))\b`, 'i');
const verdictLast = new RegExp(String.raw`[,:;]?\s*(?:please\s+|then\s+|you\s+)*(?:(${STAY_QUIET})|(${DO_REPLY}))(?:\s+(?:to\s+)?(?:it|them|that))?$`, 'i');
const condition = new RegExp(String.raw`\b${WHEN}\b.*?\b${MENTIONS}\b\s+(.+)$`, 'i');

/** Plain names of kinds of message, and the reason codes that the classifier gives them. */
const kindNames: [RegExp, string[]][] = [
  [/\b(?:thanks?|thank[- ]?yous?|gratitude)\b/i, ['thanks', 'closing']],
  [/\b(?:greetings?|hello|hi)\b/i, ['greeting']],
  [/\b(?:goodbyes?|farewells?|bye)\b/i, ['goodbye', 'closing']],
  [/\b(?:acknowledge?ments?|ok(?:ay)?|confirmations?)\b/i, ['acknowledgement']],
  [/\b(?:emojis?|reactions?|stickers?)\b/i, ['emoji']],
];

/**
 * Reads guidance cards that are written in plain patterns and applies them, without a model:
 * "Always reply when someone mentions a refund", "Stay quiet when a message says unsubscribe or stop",
 * "If anyone asks about pricing, always reply", "Never reply to emoji", "Do not answer thank-yous".
 * A card in other words decides nothing here; the model reads it. When cards disagree, the one that replies wins,
 * since a customer left without an answer is the greater harm.
 * @param texts the unanswered messages
 * @param kind the classifier's reason code for them
 */
export function decideByCards(cards: { id: string; title: string; text: string }[], texts: string[], kind: string): CardVerdict | null {
  const haystack = texts.map(fold).join('\n');
  let quiet: CardVerdict | null = null;
  for (const card of cards) {
    for (const rule of readCard(card.text)) {
      if (!applies(rule, haystack, kind)) continue;
      const found: CardVerdict = { cardId: card.id, needsReply: rule.needsReply, reason: rule.source };
      if (found.needsReply) return found;
      quiet ??= found;
    }
  }
  return quiet;
}

/** The rules in one card, sentence by sentence. */
export function readCard(text: string): Rule[] {
  return text
    .slice(0, 2_000)
    .split(/[.!\n]+(?:\s|$)/)
    .map((sentence) => sentence.trim().replace(/[’‘]/g, "'"))
    .map(readSentence)
    .filter((rule): rule is Rule => rule !== null);
}

function readSentence(sentence: string): Rule | null {
  const first = verdict.exec(sentence);
  const last = first ? null : verdictLast.exec(sentence);
  const match = first ?? last;
  if (!match) return null;
  const needsReply = match[1] === undefined;
  const rest = (first ? sentence.slice(match[0].length) : sentence.slice(0, match.index)).trim().replace(/[,:;]$/, '');
  const source = sentence.length > 90 ? `${sentence.slice(0, 89)}…` : sentence;
  const mention = condition.exec(rest);
  if (mention?.[1]) {
    const any = words(mention[1]);
    return any.length > 0 ? { needsReply, any, kinds: [], source } : null;
  }
  if (/^(?:to\s+)?(?:everything|everyone|all(?:\s+messages)?|any(?:thing|\s+message)|every\s+message)?$/i.test(rest)) {
    return /^(?:always|reply|respond|answer)?$/i.test(rest) && !/always/i.test(match[0]) && needsReply
      ? null
      : { needsReply, any: null, kinds: [], source };
  }
  const kinds = kindNames.filter(([pattern]) => pattern.test(rest)).flatMap(([, codes]) => codes);
  return kinds.length > 0 ? { needsReply, any: null, kinds, source } : null;
}

/** "a refund, "money back" or chargeback" → refund, money back, chargeback */
function words(list: string): string[] {
  const quoted = [...list.matchAll(/["“”«»„]([^"“”«»„]{1,60})["“”«»„]/g)].map((found) => found[1] ?? '');
  const loose = quoted.length > 0 ? quoted : list.split(/,|;|\bor\b|\band\b|\//i);
  return loose
    .map((word) => fold(word).replace(/^(?:(?:the words?|words?|an?|the|any|their|his|her|our|your|of|about|like)\s+)+/, '').replace(/[?!.:]+$/, '').trim())
    .filter((word) => word.length > 1 && word.split(' ').length <= 5);
}

function applies(rule: Rule, haystack: string, kind: string): boolean {
  if (rule.any === null) return rule.kinds.length === 0 || rule.kinds.includes(kind);
  return rule.any.some((word) => mentions(haystack, word));
}

/** Whole-word match that forgives a plural or an ending ("refund" in "refunds", "refunded"); scripts without blanks match anywhere. */
function mentions(haystack: string, word: string): boolean {
  const stem = word.length > 4 ? word.replace(/(?:es|s|ing|ed)$/, '') : word;
  if (/\p{Lo}/u.test(word)) return haystack.includes(word);
  for (let at = haystack.indexOf(stem); at !== -1; at = haystack.indexOf(stem, at + 1)) {
    const before = haystack[at - 1];
    const after = haystack.slice(at + stem.length, at + stem.length + 4);
    if (before !== undefined && /[\p{L}\p{N}]/u.test(before)) continue;
    if (/^(?:e?s|e?d|ing|e)?(?![\p{L}\p{N}])/u.test(after)) return true;
  }
  return false;
}

const fold = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
