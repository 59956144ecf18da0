import { recognise } from '../../domain/playbook-values.ts';
import { FOLLOW } from '../../pipeline/playbook-tool.ts';
import type { ComposeData, PlaybookData } from '../../pipeline/prompt.ts';
import type { Move, PastCall } from './reply.ts';
import { replyNeed } from './reply-need.ts';

/** What is said once everything is known and the agent goes on, by language. */
const DONE: Record<string, string> = {
  en: 'Thank you, that is all I need.',
  es: 'Gracias, es todo lo que necesito.',
  pt: 'Obrigado, é tudo de que preciso.',
  fr: 'Merci, c’est tout ce qu’il me faut.',
  de: 'Danke, das ist alles, was ich brauche.',
  it: 'Grazie, è tutto quello che mi serve.',
  nl: 'Dank u, dat is alles wat ik nodig heb.',
  ar: 'شكرًا، هذا كل ما أحتاجه.',
  hi: 'धन्यवाद, मुझे बस इतना ही चाहिए था।',
  zh: '谢谢，信息已齐全。',
  ja: 'ありがとうございます。必要なことはすべて伺いました。',
  ko: '감사합니다. 필요한 내용은 모두 확인했습니다.',
  ru: 'Спасибо, это всё, что мне нужно.',
  tr: 'Teşekkürler, gereken her şey bu kadar.',
  pl: 'Dziękuję, to wszystko, czego potrzebuję.',
};

interface Followed {
  /** Do this first. */
  move?: Move;
  /** What to say after whatever else is answered. */
  ask: string | null;
  /** The customer asks something as well. */
  asksBack: boolean;
}

/**
 * The next step in a playbook: what the customer told is recognised by its type and kept, a skill that the step takes is
 * run, and what is missing is asked for in order. Null where no playbook is followed.
 */
export function follow(data: ComposeData, tools: ReadonlySet<string>, past: PastCall[], language: string | null): Followed | null {
  const calls = past.filter(({ name }) => name === FOLLOW);
  if (!data.playbook) return null;
  const said = data.messages.join('\n');
  const found = recognised(data.playbook, data.messages);
  const asksBack = /[?？؟]/.test(said);
  if (calls.length === 0 && tools.has(FOLLOW)) {
    const { next, step } = data.playbook;
    const done = next?.kind === 'words' && next.again ? { done: step } : {};
    return { move: { calls: [{ name: FOLLOW, input: { slots: found, ...done } }] }, ask: null, asksBack };
  }
  const now = (calls.at(-1)?.output as { playbook?: PlaybookData } | null)?.playbook ?? data.playbook;
  const { next } = now;
  if (!next) return { ask: DONE[language?.split('-')[0]?.toLowerCase() ?? 'en'] ?? DONE['en']!, asksBack };
  if (next.kind !== 'skill') return { ask: next.ask, asksBack };
  const ran = past.find(({ name }) => name === next.skill);
  const failed = ran && typeof ran.output === 'object' && ran.output !== null && 'error' in ran.output;
  if (failed || !tools.has(next.skill)) {
    const reason = failed ? `${next.skill} failed` : `needs ${next.skill}, which the agent does not have`;
    return tools.has('hand_off') ? { move: { calls: [{ name: 'hand_off', input: { reason } }] }, ask: null, asksBack } : { ask: null, asksBack };
  }
  // Once it ran, what follows from it is known by asking again where the playbook stands.
  return { move: { calls: [ran ? { name: FOLLOW, input: {} } : { name: next.skill, input: next.args }] }, ask: null, asksBack };
}

/** Values for what is missing: of what is asked for now, whatever its type; of the rest what cannot be mistaken. */
function recognised({ missing, next, today }: PlaybookData, messages: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { name, type, choices = [] } of missing) {
    const isAsked = next?.kind === 'slot' && next.slot === name;
    const kind = type as 'text';
    if (!isAsked && (kind === 'text' || type === 'number')) continue;
    if (isAsked && kind === 'text' && !next.again) continue;
    for (const message of messages) {
      if (kind === 'text' && (/[?？؟]/.test(message) || isBareCourtesy(message))) continue;
      const value = recognise({ type: kind, choices }, message, today, isAsked);
      if (value !== undefined && value !== null) found[name] = value;
    }
  }
  return found;
}

const isBareCourtesy = (message: string): boolean => {
  const { needsReply, reasonCode } = replyNeed([message], null);
  return reasonCode === 'greeting' || (!needsReply && reasonCode !== 'acknowledgement');
};
