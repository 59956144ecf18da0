/** What is typed of a routing rule, and what it says in one line. */
import type { Channel, Priority } from '../../server/contract/common.ts';
import type { RoutingRule } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { apart } from '../ui/sentence.ts';
import { languageTitle } from '../ui/languages.ts';
import { listed } from '../ui/time.ts';
import type { RuleWords } from './settings-editing.ts';

export interface RuleDraft {
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly intents: readonly string[];
  readonly keywords: readonly string[];
  readonly priorities: readonly Priority[];
  readonly languages: readonly string[];
  readonly departmentId: string;
  /** An operator, one of the ways to choose one, or nobody. */
  readonly assignee: string;
  readonly agentId: string;
  readonly handOff: boolean;
  readonly priority: Priority | '';
  readonly tags: readonly string[];
}

export const draftOf = (rule?: RoutingRule): RuleDraft => ({
  name: rule?.name ?? '',
  channels: rule?.conditions.channels ?? [],
  intents: rule?.conditions.intents ?? [],
  keywords: rule?.conditions.keywords ?? [],
  priorities: rule?.conditions.priorities ?? [],
  languages: rule?.conditions.languages ?? [],
  departmentId: rule?.actions.departmentId ?? '',
  assignee: rule?.actions.assigneeId ?? rule?.actions.assign ?? '',
  agentId: rule?.actions.agentId ?? '',
  handOff: rule?.actions.handOff ?? false,
  priority: rule?.actions.priority ?? '',
  tags: rule?.actions.tags ?? [],
});

/** The same as the API takes it: what is empty is left out. */
export function bodyOf({ name, channels, intents, keywords, priorities, languages, departmentId, assignee, agentId, handOff, priority, tags }: RuleDraft) {
  const some = <T>(key: string, values: readonly T[]): Record<string, readonly T[]> => (values.length > 0 ? { [key]: values } : {});
  return {
    name: name.trim(),
    conditions: {
      ...some('channels', channels),
      ...some('intents', intents),
      ...some('keywords', keywords),
      ...some('priorities', priorities),
      ...some('languages', languages),
    },
    actions: {
      ...(departmentId ? { departmentId } : {}),
      ...(assignee === 'round_robin' || assignee === 'least_busy' ? { assign: assignee } : assignee ? { assigneeId: assignee } : {}),
      ...(agentId ? { agentId } : {}),
      ...(handOff ? { handOff } : {}),
      ...(priority ? { priority } : {}),
      ...some('tags', tags),
    },
  };
}

/** Whether something was typed that is not saved. */
export const isChanged = (draft: RuleDraft, rule?: RoutingRule): boolean => JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(rule)));

/** What a rule asks for and does, each part in words; names are set apart. */
export function said({ conditions, actions }: RoutingRule, { t, tag }: RuleWords, { lists }: State): { when: string; does: string } {
  const named = (items: readonly { id: string; name: string }[] | undefined, id: string | undefined): string[] =>
    id ? [apart(items?.find((one) => one.id === id)?.name ?? '…')] : [];
  const all = (parts: readonly string[] | undefined): string => listed(tag, parts ?? []);
  const when = [
    all(conditions.channels?.map((channel) => (channel === 'custom' ? t.routing.custom : t.shared.channel[channel]))),
    all(conditions.keywords?.map((word) => apart(t.shared.quoted(word)))),
    all(conditions.intents?.map((name) => apart(lists.intents?.items.find((one) => one.name === name)?.label ?? name))),
    all(conditions.priorities?.map((priority) => t.shared.priority[priority])),
    all(conditions.languages?.map((language) => languageTitle(tag, language))),
  ].filter(Boolean);
  const does = [
    ...named(lists.departments?.items, actions.departmentId),
    ...named(lists.operators?.items, actions.assigneeId),
    ...(actions.assign ? [t.routing.how[actions.assign]] : []),
    ...named(lists.agents?.items, actions.agentId),
    ...(actions.handOff ? [t.routing.handsOff] : []),
    ...(actions.priority ? [t.shared.priority[actions.priority]] : []),
    ...(actions.tags ?? []).map((name) => apart(name)),
  ];
  return { when: when.join(' · ') || t.routing.always, does: does.join(' · ') || t.routing.nothing };
}
