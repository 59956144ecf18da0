import type { z } from 'zod';
import { page, PageQuery } from './common.ts';
import { endpoint } from './endpoint.ts';
import { Macro, MacroInput } from './macro.ts';
import { Operator, OperatorInput } from './operator.ts';
import * as s from './settings.ts';

/** The five calls of a kind of setting: anyone of the team may look, admins write; of views, each operator its own. */
function crud<const P extends `/v1/${string}`, I extends z.ZodObject, V extends z.ZodType, const W extends 'admin' | 'operator' = 'admin'>(
  path: P,
  what: string,
  input: I,
  view: V,
  writers: W = 'admin' as W,
) {
  const one = `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
  return {
    list: endpoint({ method: 'get', path, audience: 'operator', summary: `All ${what}s`, query: PageQuery, status: 200, response: page(view) }),
    get: endpoint({ method: 'get', path: `${path}/:id`, audience: 'operator', summary: `One ${what}`, status: 200, response: view }),
    create: endpoint({
      method: 'post',
      path,
      audience: writers,
      summary: `Create ${one}`,
      body: input,
      status: 201,
      response: view,
      idempotent: true,
      errors: ['name_taken'],
    }),
    update: endpoint({
      method: 'patch',
      path: `${path}/:id`,
      audience: writers,
      summary: `Change ${one}`,
      body: withoutDefaults(input),
      status: 200,
      response: view,
      ifMatch: 'optional',
      errors: ['name_taken'],
    }),
    remove: endpoint({ method: 'delete', path: `${path}/:id`, audience: writers, summary: `Delete ${one}`, status: 204, errors: ['in_use'] }),
  } as const;
}

/** All fields optional and none filled in by itself: a change names only what it changes. */
function withoutDefaults<I extends z.ZodObject>(input: I) {
  const shape = Object.fromEntries(
    Object.entries(input.shape).map(([key, type]) => {
      const inner = (type as z.ZodType).def as unknown as { type: string; innerType?: z.ZodType };
      return [key, (inner.type === 'default' && inner.innerType ? inner.innerType : (type as z.ZodType)).optional()];
    }),
  );
  return input.clone({ ...input.def, shape }) as unknown as ReturnType<I['partial']>;
}

export const settingKinds = {
  agent: crud('/v1/agents', 'agent', s.AgentInput, s.Agent),
  guidanceCard: crud('/v1/guidance-cards', 'guidance card', s.GuidanceCardInput, s.GuidanceCard),
  playbook: crud('/v1/playbooks', 'playbook', s.PlaybookInput, s.Playbook),
  skill: crud('/v1/skills', 'skill', s.SkillInput, s.Skill),
  article: crud('/v1/articles', 'article', s.ArticleInput, s.Article),
  trigger: crud('/v1/triggers', 'trigger', s.TriggerInput, s.Trigger),
  route: crud('/v1/routes', 'route', s.RouteInput, s.Route),
  department: crud('/v1/departments', 'department', s.DepartmentInput, s.Department),
  routingRule: crud('/v1/routing-rules', 'routing rule', s.RoutingRuleInput, s.RoutingRule),
  intent: crud('/v1/intents', 'intent', s.IntentInput, s.Intent),
  tag: crud('/v1/tags', 'tag', s.TagInput, s.Tag),
  quickReply: crud('/v1/quick-replies', 'quick reply', s.QuickReplyInput, s.QuickReply),
  macro: crud('/v1/macros', 'macro', MacroInput, Macro),
  savedView: crud('/v1/views', 'view', s.SavedViewInput, s.SavedView, 'operator'),
  channelAccount: crud('/v1/channel-accounts', 'channel account', s.ChannelAccountInput, s.ChannelAccount),
};
export type SettingKind = keyof typeof settingKinds;

const { agent, guidanceCard, playbook, skill, article, trigger, route, department, routingRule, intent, tag, quickReply, macro, savedView, channelAccount } =
  settingKinds;

export const settingsEndpoints = {
  listAgents: agent.list,
  getAgent: agent.get,
  createAgent: agent.create,
  updateAgent: agent.update,
  removeAgent: agent.remove,
  listGuidanceCards: guidanceCard.list,
  getGuidanceCard: guidanceCard.get,
  createGuidanceCard: guidanceCard.create,
  updateGuidanceCard: guidanceCard.update,
  removeGuidanceCard: guidanceCard.remove,
  listPlaybooks: playbook.list,
  getPlaybook: playbook.get,
  createPlaybook: playbook.create,
  updatePlaybook: playbook.update,
  removePlaybook: playbook.remove,
  listSkills: skill.list,
  getSkill: skill.get,
  createSkill: skill.create,
  updateSkill: skill.update,
  removeSkill: skill.remove,
  listArticles: article.list,
  getArticle: article.get,
  createArticle: article.create,
  updateArticle: article.update,
  removeArticle: article.remove,
  listTriggers: trigger.list,
  getTrigger: trigger.get,
  createTrigger: trigger.create,
  updateTrigger: trigger.update,
  removeTrigger: trigger.remove,
  listRoutes: route.list,
  getRoute: route.get,
  createRoute: route.create,
  updateRoute: route.update,
  removeRoute: route.remove,
  listDepartments: department.list,
  getDepartment: department.get,
  createDepartment: department.create,
  updateDepartment: department.update,
  removeDepartment: department.remove,
  listRoutingRules: routingRule.list,
  getRoutingRule: routingRule.get,
  createRoutingRule: routingRule.create,
  updateRoutingRule: routingRule.update,
  removeRoutingRule: routingRule.remove,
  listIntents: intent.list,
  getIntent: intent.get,
  createIntent: intent.create,
  updateIntent: intent.update,
  removeIntent: intent.remove,
  listTags: tag.list,
  getTag: tag.get,
  createTag: tag.create,
  updateTag: tag.update,
  removeTag: tag.remove,
  listQuickReplies: quickReply.list,
  getQuickReply: quickReply.get,
  createQuickReply: quickReply.create,
  updateQuickReply: quickReply.update,
  removeQuickReply: quickReply.remove,
  listMacros: macro.list,
  getMacro: macro.get,
  createMacro: macro.create,
  updateMacro: macro.update,
  removeMacro: macro.remove,
  listViews: savedView.list,
  getView: savedView.get,
  createView: savedView.create,
  updateView: savedView.update,
  removeView: savedView.remove,
  listChannelAccounts: channelAccount.list,
  getChannelAccount: channelAccount.get,
  createChannelAccount: channelAccount.create,
  updateChannelAccount: channelAccount.update,
  removeChannelAccount: channelAccount.remove,
  testChannelAccount: endpoint({
    method: 'post',
    path: '/v1/channel-accounts/:id/test',
    audience: 'admin',
    summary: 'Try a channel account out: connect, log in, ask the provider, and send a message where `to` names somebody',
    body: s.TestAccount,
    status: 200,
    response: s.AccountTest,
  }),
  listChannelKinds: endpoint({
    method: 'get',
    path: '/v1/channel-kinds',
    audience: 'operator',
    summary: 'The kinds of channels, and what an account of each takes',
    status: 200,
    response: page(s.ChannelKind),
  }),

  listOperators: endpoint({
    method: 'get',
    path: '/v1/operators',
    audience: 'operator',
    summary: 'All operators',
    query: PageQuery,
    status: 200,
    response: page(Operator),
  }),
  getOperator: endpoint({ method: 'get', path: '/v1/operators/:id', audience: 'operator', summary: 'One operator', status: 200, response: Operator }),
  updateOperator: endpoint({
    method: 'patch',
    path: '/v1/operators/:id',
    audience: 'admin',
    summary: 'Let an operator in or keep out',
    body: OperatorInput,
    status: 200,
    response: Operator,
  }),
  listApiKeys: endpoint({
    method: 'get',
    path: '/v1/api-keys',
    audience: 'operator',
    summary: 'All API keys, without the keys themselves',
    query: PageQuery,
    status: 200,
    response: page(s.ApiKey),
  }),
  createApiKey: endpoint({
    method: 'post',
    path: '/v1/api-keys',
    audience: 'admin',
    summary: 'Make an API key; it is shown once',
    body: s.ApiKeyInput,
    status: 201,
    response: s.NewApiKey,
    idempotent: 'sealed',
  }),
  getApiKey: endpoint({
    method: 'get',
    path: '/v1/api-keys/:id',
    audience: 'operator',
    summary: 'One API key, without the key itself',
    status: 200,
    response: s.ApiKey,
  }),
  updateApiKey: endpoint({
    method: 'patch',
    path: '/v1/api-keys/:id',
    audience: 'admin',
    summary: 'Rename an API key, or change what it may do',
    body: s.ApiKeyInput.partial(),
    status: 200,
    response: s.ApiKey,
  }),
  removeApiKey: endpoint({ method: 'delete', path: '/v1/api-keys/:id', audience: 'admin', summary: 'Revoke an API key', status: 204 }),
};
