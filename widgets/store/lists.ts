import type { z } from 'zod';
import type { KnowledgeGap } from '../../server/contract/knowledge.ts';
import type { Macro } from '../../server/contract/macro.ts';
import type { Operator } from '../../server/contract/operator.ts';
import type * as s from '../../server/contract/settings.ts';

/** The settings of a workspace, by the name of their list. */
export interface Lists {
  agents: s.Agent;
  guidanceCards: s.GuidanceCard;
  playbooks: s.Playbook;
  skills: s.Skill;
  articles: s.Article;
  knowledgeGaps: KnowledgeGap;
  triggers: s.Trigger;
  routes: s.Route;
  departments: s.Department;
  routingRules: s.RoutingRule;
  intents: s.Intent;
  tags: s.Tag;
  quickReplies: z.infer<typeof s.QuickReply>;
  macros: Macro;
  views: s.SavedView;
  channelAccounts: s.ChannelAccount;
  operators: Operator;
  apiKeys: z.infer<typeof s.ApiKey>;
}
export type ListName = keyof Lists;

/** Where each list is, and the `kind` under which an event says that it changed. */
export const listPaths: Record<ListName, { path: string; kind: string }> = {
  agents: { path: '/v1/agents', kind: 'agent' },
  guidanceCards: { path: '/v1/guidance-cards', kind: 'guidanceCard' },
  playbooks: { path: '/v1/playbooks', kind: 'playbook' },
  skills: { path: '/v1/skills', kind: 'skill' },
  articles: { path: '/v1/articles', kind: 'article' },
  knowledgeGaps: { path: '/v1/knowledge/gaps', kind: 'knowledgeGap' },
  triggers: { path: '/v1/triggers', kind: 'trigger' },
  routes: { path: '/v1/routes', kind: 'route' },
  departments: { path: '/v1/departments', kind: 'department' },
  routingRules: { path: '/v1/routing-rules', kind: 'routingRule' },
  intents: { path: '/v1/intents', kind: 'intent' },
  tags: { path: '/v1/tags', kind: 'tag' },
  quickReplies: { path: '/v1/quick-replies', kind: 'quickReply' },
  macros: { path: '/v1/macros', kind: 'macro' },
  views: { path: '/v1/views', kind: 'savedView' },
  channelAccounts: { path: '/v1/channel-accounts', kind: 'channelAccount' },
  operators: { path: '/v1/operators', kind: 'operator' },
  apiKeys: { path: '/v1/api-keys', kind: 'apiKey' },
};

/** The kind of an event of an account of which only what it shows of itself changed: when it last received, its last error. */
export const accountFacts = 'channelAccountFacts';

/** The list that an event of settings is about: by the kind of the contract, by a path or by a plural. */
export function listOfKind(kind: string): ListName | undefined {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/ies$/, 'y')
      .replace(/s$/, '');
  const wanted = plain(kind);
  return (Object.keys(listPaths) as ListName[]).find((name) => plain(name) === wanted || plain(listPaths[name].kind) === wanted);
}

/** What conversations carry with them: where one of these changes, so do they, and no event of theirs says so. */
const carried: ReadonlySet<ListName> = new Set(['agents', 'channelAccounts', 'tags', 'departments', 'operators', 'routes']);

/** Whether settings of a kind stand in conversations, by name or by what they allow. */
export function shapesConversations(kind: string): boolean {
  const name = listOfKind(kind);
  return kind === 'workspace' || (name !== undefined && carried.has(name));
}
