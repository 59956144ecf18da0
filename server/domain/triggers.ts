import type { HandoffTrigger } from '../contract/conversation.ts';
import type { Trigger } from '../contract/settings.ts';

/** What is known of the messages that a run is about. */
export interface Signals {
  texts: readonly string[];
  asksForHuman: boolean;
  /** 0 calm to 1 furious. */
  frustration: number;
  intent: string | null;
  tags: readonly string[];
  attributes: Record<string, unknown>;
  /** Replies in a row in which the agent did not know. */
  fallbackCount: number;
}

export interface TriggerRule extends Pick<Trigger, 'kind' | 'config' | 'agentId' | 'departmentId' | 'routeId' | 'priority'> {
  id: string | null;
}

export interface Fired {
  trigger: HandoffTrigger;
  /** In words, for the thread. */
  reason: string;
  routeId: string | null;
  departmentId: string | null;
  priority: Trigger['priority'];
}

/** From here on a message counts as frustrated where the trigger sets no threshold of its own. */
const FRUSTRATED = 0.7;

/** Letters, digits and their marks; everything else separates words. Case and width do not matter. */
export const folded = (text: string): string => ` ${text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()} `;

/**
 * The first trigger that the messages set off, in the order that the team gave them.
 * @param reserved intents that the agent never answers
 * @param fallbackLimit of the agent, where the trigger has none
 */
export function firedTrigger(rules: readonly TriggerRule[], agentId: string, reserved: readonly string[], fallbackLimit: number, signals: Signals): Fired | null {
  const words = signals.texts.map(folded);
  for (const rule of rules) {
    if (rule.agentId !== null && rule.agentId !== agentId) continue;
    const reason = firedBy(rule, words, fallbackLimit, signals);
    if (reason) return { trigger: rule.kind, reason, routeId: rule.routeId, departmentId: rule.departmentId, priority: rule.priority };
  }
  if (signals.intent && reserved.includes(signals.intent)) {
    return { trigger: 'reserved_intent', reason: `the agent never answers “${signals.intent}”`, routeId: null, departmentId: null, priority: null };
  }
  return null;
}

function firedBy({ kind, config }: TriggerRule, words: readonly string[], fallbackLimit: number, signals: Signals): string | null {
  switch (kind) {
    case 'asks_for_person':
      return signals.asksForHuman ? 'asked for a person' : null;
    case 'fallback_loop': {
      const limit = config.limit ?? fallbackLimit;
      return signals.fallbackCount >= limit ? `no answer ${limit} times in a row` : null;
    }
    case 'keyword': {
      const found = (config.keywords ?? []).find((keyword) => folded(keyword).trim() !== '' && words.some((text) => text.includes(folded(keyword))));
      return found ? `mentioned “${found}”` : null;
    }
    case 'frustration':
      return signals.frustration >= (config.threshold ?? FRUSTRATED) ? 'is frustrated' : null;
    case 'reserved_intent':
      return signals.intent && (config.intents ?? []).includes(signals.intent) ? `people answer “${signals.intent}”` : null;
    case 'tag': {
      const tag = (config.tags ?? []).find((name) => signals.tags.includes(name));
      return tag ? `is tagged ${tag}` : null;
    }
    case 'attribute': {
      if (!config.attribute) return null;
      const value = signals.attributes[config.attribute];
      const holds = value !== undefined && value !== null && value !== false && (config.value === undefined || String(value) === config.value);
      return holds ? `${config.attribute} is ${String(value)}` : null;
    }
  }
}
