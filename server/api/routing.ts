import { endpoints } from '../contract/endpoints.ts';
import type { Tag } from '../contract/settings.ts';
import { lastVersion } from '../db/audit.ts';
import { intentsOf, namesOf, orderSettings, rulesOf } from '../db/routing.ts';
import { wouldTake } from '../db/routing-turn.ts';
import { removedTag } from '../db/tags.ts';
import { raisePriority, routeBy } from '../domain/routing.ts';
import { createModels } from '../model/provider.ts';
import { readWords } from '../pipeline/routing.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound } from './problem.ts';
import { mount } from './route.ts';
import { keepingOthers, settingWriter } from './settings-write.ts';

/** What routing rules and tags can beside being made, changed and deleted. */
export function routingRoutes(app: App, deps: ApiDeps): void {
  const builtin = createModels();

  mount(app, deps, endpoints.tryRouting, async ({ sql, workspaceId, body: { text, channel } }) => {
    const [rules, intents] = await Promise.all([rulesOf(sql, workspaceId), intentsOf(sql, workspaceId)]);
    const seen = await readWords(builtin, { channel, contact: { name: '', language: null }, texts: [text], intents });
    const priority = raisePriority('normal', seen.urgency);
    const routed = routeBy(rules, { channel, intent: seen.intent, priority, language: seen.language, texts: [text] });
    const { departmentId, agentId, assigneeId, assign } = routed;
    const names = await namesOf(
      sql,
      workspaceId,
      [departmentId, agentId, assigneeId].filter((id) => id !== undefined),
    );
    const named = (id: string | undefined) => (id !== undefined && names.has(id) ? { id, name: names.get(id)! } : null);
    return {
      intent: seen.intent ?? null,
      language: seen.language,
      priority: routed.priority ? raisePriority(priority, routed.priority) : priority,
      rules: routed.by,
      department: named(departmentId),
      agent: named(agentId),
      assignee: assign ? await wouldTake(sql, workspaceId, departmentId ?? null, assign) : named(assigneeId),
      assign: assign ?? null,
      handOff: routed.handOff ?? false,
      tags: [...new Set(routed.tags)],
    };
  });

  mount(app, deps, endpoints.orderRoutingRules, ({ change, caller, body: { ids } }) =>
    change((unit) => keepingOthers(deps, unit, caller, ['routingRule'], () => orderSettings(unit, { kind: 'routingRule', table: 'routing_rule' }, ids))),
  );

  mount(app, deps, endpoints.restoreTag, ({ change, caller, params: { id } }) =>
    change(async (unit) => {
      const removed = await removedTag(unit, id);
      if (!removed) throw notFound();
      const last = await lastVersion(unit.sql, unit.workspaceId, { kind: 'tag', id });
      const again = { id, version: (last ?? 0) + 1, ...(last === null ? {} : { restoredVersion: last - 1 }) };
      return (await settingWriter(deps, 'tag').create(unit, caller, removed, again)) as Tag;
    }),
  );
}
