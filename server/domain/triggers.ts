import type { Channel } from '../contract/common.ts';
import type { HandoffTrigger } from '../contract/conversation.ts';
import type { Trigger } from '../contract/settings.ts';
import { hasKeyword } from './keywords.ts';

/** What is known of the messages that a run is about. */
export interface Signals {
  texts: readonly string[];
  channel: Channel;
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

/** The agent that would answer, as far as triggers ask. */
export interface Answering {
  /** Null where none is named: then only what holds for every agent counts. */
  id: string | null;
  /** Intents that it never answers. */
  reservedIntents: readonly string[];
  /** Where a trigger sets no limit of its own. */
  fallbackLimit: number;
}

export interface Fired {
  /** The rule that did it; null where that is what the agent never answers. */
  rule: TriggerRule | null;
  /** Null where no trigger of the team did it, but what the agent never answers. */
  id: string | null;
  trigger: HandoffTrigger;
  /** In words, for the thread. */
  reason: string;
  /** What set it off: the keyword, tag or intent; of an attribute its value, of a fallback loop its limit. */
  found: string | null;
  routeId: string | null;
  departmentId: string | null;
  priority: Trigger['priority'];
}

/** Where a conversation goes that is handed over for a reason which no message sets off: by the first trigger of its kind. */
export function targetOf(
  rules: readonly TriggerRule[],
  kind: HandoffTrigger,
  agentId: string,
  channel: Channel,
): Pick<TriggerRule, 'routeId' | 'departmentId' | 'priority'> | undefined {
  if (kind !== 'playbook' && kind !== 'agent' && kind !== 'failure') return undefined;
  return rules.find((rule) => rule.kind === kind && holdsHere(rule, agentId, channel));
}

/** Whether a rule is of this agent, or of every one, and of this channel. */
const holdsHere = ({ agentId, config }: TriggerRule, agent: string | null, channel: Channel): boolean =>
  (agentId === null || agentId === agent) && (!config.channels?.length || config.channels.includes(channel));

/** The field of its `config` without which a kind of trigger never fires. */
const NEEDS: Partial<Record<Trigger['kind'], 'keywords' | 'intents' | 'tags' | 'attribute'>> = {
  keyword: 'keywords',
  reserved_intent: 'intents',
  tag: 'tags',
  attribute: 'attribute',
};

/** The field of a trigger's `config` that is empty though it cannot fire without it; undefined where nothing lacks. */
export function lacking({ kind, config }: Pick<Trigger, 'kind' | 'config'>): string | undefined {
  const needs = NEEDS[kind];
  return needs && !config[needs]?.length ? needs : undefined;
}

/** From here on a message counts as frustrated where the trigger sets no threshold of its own. */
const FRUSTRATED = 0.7;

/** The triggers that the messages set off, in the order that the team gave them. */
export function firedTriggers(rules: readonly TriggerRule[], agent: Answering, signals: Signals): Fired[] {
  const fired: Fired[] = [];
  for (const rule of rules) {
    if (!holdsHere(rule, agent.id, signals.channel)) continue;
    const by = firedBy(rule, agent.fallbackLimit, signals);
    if (by) fired.push({ rule, id: rule.id, trigger: rule.kind, ...by, routeId: rule.routeId, departmentId: rule.departmentId, priority: rule.priority });
  }
  const { intent } = signals;
  if (intent && agent.reservedIntents.includes(intent)) {
    fired.push({
      rule: null,
      id: null,
      trigger: 'reserved_intent',
      reason: `the agent never answers “${intent}”`,
      found: intent,
      routeId: null,
      departmentId: null,
      priority: null,
    });
  }
  return fired;
}

/** The first trigger that the messages set off. */
export const firedTrigger = (rules: readonly TriggerRule[], agent: Answering, signals: Signals): Fired | null =>
  firedTriggers(rules, agent, signals)[0] ?? null;

function firedBy({ kind, config }: TriggerRule, fallbackLimit: number, signals: Signals): Pick<Fired, 'reason' | 'found'> | null {
  switch (kind) {
    case 'asks_for_person':
      return signals.asksForHuman ? { reason: 'asked for a person', found: null } : null;
    case 'fallback_loop': {
      const limit = config.limit ?? fallbackLimit;
      return signals.fallbackCount >= limit ? { reason: `no answer ${limit} times in a row`, found: String(limit) } : null;
    }
    case 'keyword': {
      const found = (config.keywords ?? []).find((keyword) => signals.texts.some((text) => hasKeyword(text, keyword)));
      return found ? { reason: `mentioned “${found}”`, found } : null;
    }
    case 'frustration':
      return signals.frustration >= (config.threshold ?? FRUSTRATED) ? { reason: 'is frustrated', found: null } : null;
    case 'reserved_intent':
      return signals.intent && (config.intents ?? []).includes(signals.intent) ? { reason: `people answer “${signals.intent}”`, found: signals.intent } : null;
    case 'tag': {
      const tag = (config.tags ?? []).find((name) => signals.tags.includes(name));
      return tag ? { reason: `is tagged ${tag}`, found: tag } : null;
    }
    case 'attribute': {
      if (!config.attribute) return null;
      const value = signals.attributes[config.attribute];
      const holds = value !== undefined && value !== null && value !== false && (config.value === undefined || String(value) === config.value);
      return holds ? { reason: `${config.attribute} is ${String(value)}`, found: String(value) } : null;
    }
    case 'playbook':
    case 'agent':
    case 'failure':
      return null;
  }
}
