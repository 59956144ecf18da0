import type { Channel, Priority } from '../contract/common.ts';
import type { CardScope, RoutingRule } from '../contract/settings.ts';
import { hasKeyword } from './keywords.ts';

/** What a new message is, as far as routing asks. */
export interface Topic {
  channel: Channel;
  /** Undefined while the classifier has not spoken yet. */
  intent: string | null | undefined;
  priority: Priority;
  language: string | null;
  texts: readonly string[];
}

export type Rule = Pick<RoutingRule, 'id' | 'name' | 'conditions' | 'actions'>;
/** What rules decide about, each once. */
type RoutedField = 'department' | 'agent' | 'assignee' | 'handOff' | 'priority';

export interface Routed {
  departmentId?: string;
  agentId?: string;
  assigneeId?: string;
  /** Somebody who is there, chosen in this way. */
  assign?: NonNullable<RoutingRule['actions']['assign']>;
  handOff?: boolean;
  priority?: Priority;
  tags: string[];
  /** The rules that matched, in their order. */
  by: Pick<Rule, 'id' | 'name'>[];
  /** The fields that are decided. */
  fields: RoutedField[];
  /** No rule waits for the classifier. */
  settled: boolean;
}

const base = (language: string): string => language.toLowerCase().split('-')[0]!;
/** Whether all conditions hold; undefined where only the intent is still missing. */
function holds({ conditions }: Rule, topic: Topic): boolean | undefined {
  const text = topic.texts.join('\n');
  const byWords =
    (!conditions.channels?.length || conditions.channels.includes(topic.channel)) &&
    (!conditions.priorities?.length || conditions.priorities.includes(topic.priority)) &&
    (!conditions.languages?.length || (topic.language !== null && conditions.languages.some((language) => base(language) === base(topic.language!)))) &&
    (!conditions.keywords?.length || conditions.keywords.some((keyword) => hasKeyword(text, keyword)));
  if (!byWords || !conditions.intents?.length) return byWords;
  return topic.intent === undefined ? undefined : topic.intent !== null && conditions.intents.includes(topic.intent);
}

function fieldsOf({ actions }: Rule): RoutedField[] {
  const fields: RoutedField[] = [];
  if (actions.departmentId) fields.push('department');
  if (actions.agentId) fields.push('agent');
  if (actions.assigneeId ?? actions.assign) fields.push('assignee');
  if (actions.handOff) fields.push('handOff');
  if (actions.priority) fields.push('priority');
  return fields;
}

/**
 * The actions of every rule whose conditions all hold; of two that set the same thing, the first wins. While the intent is
 * not known, nothing is decided that a rule before might still decide by it; what remains comes out the same afterwards.
 * @param before what was decided already: those fields are left as they are, and those rules are not named again
 */
export function routeBy(
  rules: readonly Rule[],
  topic: Topic,
  before: { rules: readonly string[]; fields: readonly string[] } = { rules: [], fields: [] },
): Routed {
  const routed: Routed = { tags: [], by: [], fields: [], settled: true };
  const closed = new Set<string>(before.fields);
  const awaited = new Set<RoutedField>();
  for (const rule of rules) {
    const { id, name, actions } = rule;
    const matches = holds(rule, topic);
    if (matches === undefined) {
      routed.settled = false;
      for (const field of fieldsOf(rule)) awaited.add(field);
    }
    if (!matches) continue;
    if (!before.rules.includes(id)) {
      routed.by.push({ id, name });
      routed.tags.push(...(actions.tags ?? []));
    }
    for (const field of fieldsOf(rule)) {
      // Who is there is chosen from the department: not before that is known.
      if (closed.has(field) || awaited.has(field) || (field === 'assignee' && actions.assign && awaited.has('department'))) continue;
      closed.add(field);
      routed.fields.push(field);
      if (field === 'department') routed.departmentId = actions.departmentId!;
      else if (field === 'agent') routed.agentId = actions.agentId!;
      else if (field === 'priority') routed.priority = actions.priority!;
      else if (field === 'handOff') routed.handOff = true;
      else if (actions.assigneeId) routed.assigneeId = actions.assigneeId;
      else routed.assign = actions.assign!;
    }
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
