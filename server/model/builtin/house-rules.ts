import { fold } from './text.ts';

const SAY_WHEN =
  /\b(?:if|when(?:ever)?)\b(.{3,200}?)(?:,|\bthen\b)?\s*\b(?:say|answer|reply|respond|write|tell them|add|mention)\b[^"“«„]{0,40}["“«„]([^"”»“]{2,400})["”»“]/i;
const BEGIN = /\b(?:begin|start|open|greet)\b[^"“«„]{0,60}["“«„]([^"”»“]{2,200})["”»“]/i;
const END = /\b(?:end|close|finish|sign off|sign)\b[^"“«„]{0,60}["“«„]([^"”»“]{2,200})["”»“]/i;

/**
 * Applies the reply cards that a model without understanding can follow, those that say the words themselves:
 * `End with "Warm regards, Nova"`, `Start with "Thanks for writing in!"`, `When someone mentions parking, say "We have 12 spaces."`.
 */
export function applyHouseRules(text: string, cards: { text: string }[], messages: string[]): string {
  const asked = fold(messages.join('\n'));
  let out = text;
  for (const card of cards) {
    const when = SAY_WHEN.exec(card.text);
    if (when?.[1] && when[2]) {
      const words =
        fold(when[1])
          .match(/\p{L}{4,}/gu)
          ?.filter((word) => !COMMON.has(word)) ?? [];
      if (words.some((word) => asked.includes(word.replace(/s$/, '')))) out = `${out}\n\n${when[2].trim()}`;
      continue;
    }
    const begin = BEGIN.exec(card.text)?.[1]?.trim();
    const end = END.exec(card.text)?.[1]?.trim();
    if (begin && !out.startsWith(begin)) out = `${begin} ${out}`;
    if (end && !out.endsWith(end)) out = `${out}\n\n${end}`;
  }
  return out;
}

const COMMON = new Set(
  'someone anyone customer customers they asks about mentions mention says message contains wants writes that this with from their'.split(' '),
);
