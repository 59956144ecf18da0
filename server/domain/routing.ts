import type { Channel, Priority } from '../contract/common.ts';
import type { CardScope, RoutingRule } from '../contract/settings.ts';

/** What a new message is, as far as routing asks. */
export interface Topic {
  channel: Channel;
  intent: string | null;
  priority: Priority;
  language: string | null;
  texts: readonly string[];
}

export interface Routed {
  departmentId?: string;
  agentId?: string;
  assigneeId?: string;
  priority?: Priority;
  tags: string[];
  /** Names of the rules that matched, in their order. */
  by: string[];
}

const base = (language: string): string => language.toLowerCase().split('-')[0]!;

/** The actions of every rule whose conditions all hold; of two that set the same thing, the first wins. */
export function routeBy(rules: readonly Pick<RoutingRule, 'name' | 'conditions' | 'actions'>[], topic: Topic): Routed {
  const routed: Routed = { tags: [], by: [] };
  for (const { name, conditions, actions } of rules) {
    const text = topic.texts.join('\n').toLowerCase();
    const holds =
      (!conditions.channels?.length || conditions.channels.includes(topic.channel)) &&
      (!conditions.intents?.length || (topic.intent !== null && conditions.intents.includes(topic.intent))) &&
      (!conditions.priorities?.length || conditions.priorities.includes(topic.priority)) &&
      (!conditions.languages?.length || (topic.language !== null && conditions.languages.some((language) => base(language) === base(topic.language!)))) &&
      (!conditions.keywords?.length || conditions.keywords.some((keyword) => text.includes(keyword.toLowerCase())));
    if (!holds) continue;
    routed.by.push(name);
    routed.departmentId ??= actions.departmentId;
    routed.agentId ??= actions.agentId;
    routed.assigneeId ??= actions.assigneeId;
    routed.priority ??= actions.priority;
    routed.tags.push(...(actions.tags ?? []));
  }
  return routed;
}

/** Whether a guidance card holds here: each part of its scope that is given must fit. */
export function inScope(
  scope: CardScope,
  here: { agentId: string; channel: Channel; tags: readonly string[]; departmentId: string | null; identified: boolean },
): boolean {
  return (
    (!scope.agentIds?.length || scope.agentIds.includes(here.agentId)) &&
    (!scope.channels?.length || scope.channels.includes(here.channel)) &&
    (!scope.tags?.length || scope.tags.some((tag) => here.tags.includes(tag))) &&
    (!scope.departmentIds?.length || (here.departmentId !== null && scope.departmentIds.includes(here.departmentId))) &&
    (!scope.audience || scope.audience === 'everyone' || (scope.audience === 'identified') === here.identified)
  );
}

/** A more urgent message raises the priority of its conversation; none lowers it. */
export function raisePriority(current: Priority, detected: Priority): Priority {
  const order: Priority[] = ['urgent', 'high', 'normal', 'low'];
  return order.indexOf(detected) < order.indexOf(current) ? detected : current;
}

/** The route that a customer named in its own words (a call, sales, …), by its id, if the team has one like it. */
export function routeNamed(routes: readonly { id: string; label: string; kind: string }[], named: string | null): string | null {
  if (!named) return null;
  const word = named.toLowerCase();
  return routes.find((route) => route.kind === word || route.label.toLowerCase().includes(word))?.id ?? null;
}
