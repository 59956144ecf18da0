import { ModelFailure } from '../model/failure.ts';
import { stripLinks } from './prompt-links.ts';
import { CLASSIFY_RULES, REPLY_RULES } from './prompt.ts';

/** Characters of a reply; longer than this is no answer to a customer. */
export const MAX_REPLY_CHARS = 4_000;
/** A line of at least this many characters that stands in a reply more often than `REPEATS` is a loop. */
const REPEATED_CHARS = 12;
const REPEATS = 3;
/** Characters in a row from the system prompt that nobody writes by chance. */
const LEAK_CHARS = 60;

/**
 * What may be sent of a reply: trimmed, without control characters and foreign links.
 * @throws ModelFailure `nonsense` when it is empty, too long, repeats itself, is raw data, or gives the system prompt away
 */
export function checkReply(raw: string, system: string, allowedHosts: string[]): string {
  if (raw.length > MAX_REPLY_CHARS) throw new ModelFailure('nonsense', 'far too long');
  if (raw.includes('�')) throw new ModelFailure('nonsense', 'broken characters');
  const text = stripLinks(withoutControls(raw), allowedHosts).text.trim();
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) throw new ModelFailure('nonsense', 'an empty reply');
  if (looksLikeData(text)) throw new ModelFailure('nonsense', 'raw data instead of a reply');
  if (repeatsItself(text)) throw new ModelFailure('nonsense', 'it repeats itself');
  if (leaks(text, system)) throw new ModelFailure('nonsense', 'it gave its instructions away');
  return text;
}

const withoutControls = (text: string) => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');

function looksLikeData(text: string): boolean {
  const bare = text.replace(/^```\w*\s*|\s*```$/g, '').trim();
  if (/<\|?(?:im_start|im_end|tool_call|endoftext|system|assistant)\b/i.test(bare)) return true;
  if (!/^[{[]/.test(bare) || !/[}\]]$/.test(bare)) return false;
  try {
    JSON.parse(bare);
    return true;
  } catch {
    return /^[{[]\s*"\w+"\s*:/.test(bare);
  }
}

function repeatsItself(text: string): boolean {
  const seen = new Map<string, number>();
  for (const piece of text.split(/\n+|(?<=[.!?。！？])\s*/u)) {
    const line = piece.trim();
    if (line.length < REPEATED_CHARS) continue;
    const count = (seen.get(line) ?? 0) + 1;
    if (count > REPEATS) return true;
    seen.set(line, count);
  }
  return /(.{2,40}?)\1{9,}/su.test(text);
}

const flat = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A rule of ours word for word, or a long stretch of several lines of the prompt. The team's own facts may be quoted. */
function leaks(text: string, system: string): boolean {
  const said = flat(text);
  for (const rule of [...REPLY_RULES, ...CLASSIFY_RULES]) {
    const words = flat(rule);
    for (let at = 0; at + LEAK_CHARS <= words.length; at += 10) {
      if (said.includes(words.slice(at, at + LEAK_CHARS))) return true;
    }
  }
  const marks = ['Instructions of the team:', 'Rules of the team for replies:', 'Hosts that links may lead to:'];
  return marks.filter((mark) => system.includes(mark) && text.includes(mark)).length > 0;
}
