import { endpoints } from '../contract/endpoints.ts';
import { searchArticles } from '../db/knowledge.ts';
import { playbookFigures, playbookStand, testGround } from '../db/playbooks.ts';
import { resolveConversation } from '../db/pool.ts';
import { danglingReference } from '../db/settings.ts';
import { flawOf } from '../domain/playbook.ts';
import { createModels } from '../model/provider.ts';
import { testPlaybook } from '../pipeline/playbook-test.ts';
import { skillOutside } from '../pipeline/skill-outside.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound } from './problem.ts';
import { mount } from './route.ts';
import { kinds } from './settings-kinds.ts';

/** Span of the figures that the settings show. */
const DAYS = 30;
/** For one answer of a test, in milliseconds. */
const MODEL_MS = 30_000;

/** What playbooks can beside being made, changed and deleted. */
export function playbookRoutes(app: App, deps: ApiDeps): void {
  const builtin = createModels();
  const outside = skillOutside(deps.outside.fetchOutside);

  mount(app, deps, endpoints.testPlaybook, async ({ sql, workspaceId, body, signal }) => {
    const { playbook } = body;
    const flaw = flawOf(playbook);
    if (flaw) throw invalid(`playbook.${flaw.path}`, flaw.message);
    const dangling = await danglingReference(sql, workspaceId, kinds.playbook.references?.(playbook) ?? []);
    if (dangling) throw invalid(`playbook.${dangling.path}`, `names no ${dangling.table} of this workspace`);
    const ground = await testGround(sql, workspaceId, playbook.agentId);
    const turns = await testPlaybook(
      {
        models: deps.models,
        builtin,
        signal,
        workspaceId,
        skillOutside: outside,
        encryptionKeys: deps.config.encryptionKeys,
        log: deps.log,
        timeoutMs: MODEL_MS,
        today: new Date().toISOString().slice(0, 10),
        searchArticles: async (query) => [...(await searchArticles(deps.db.sql, workspaceId, query, { language: null, identified: false }))],
      },
      ground,
      body,
    );
    return { turns, model: deps.models.name };
  });

  mount(app, deps, endpoints.playbookFigures, async ({ sql, workspaceId, params: { id } }) => {
    const figures = await playbookFigures(sql, workspaceId, id, DAYS);
    if (!figures) throw notFound();
    return figures;
  });

  mount(app, deps, endpoints.conversationPlaybook, async ({ sql, workspaceId, params }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    return { playbook: await playbookStand(sql, workspaceId, id) };
  });
}
