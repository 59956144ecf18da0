/** Trying skills out: what their endpoints answer, and what their servers offer. */
import { randomUUID } from 'node:crypto';
import { endpoints } from '../contract/endpoints.ts';
import type { OfferedTools, SkillTest } from '../contract/skill.ts';
import { unsealSkillSecrets } from '../db/secrets.ts';
import { getSetting } from '../db/settings.ts';
import type { SettingTable } from '../db/settings.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { besideWhy } from '../domain/fault.ts';
import { skillOutside } from '../pipeline/skill-outside.ts';
import type { OwnSkill } from '../skills/own.ts';
import { mcpToolName, toolsOf } from '../skills/own.ts';
import { listMcpTools } from '../skills/mcp.ts';
import type { McpConfig } from '../skills/mcp.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';
import { kinds } from './settings-kinds.ts';

/** Milliseconds that trying out may take, attempts and all. */
const LIMIT_MS = 35_000;
/** How much of an answer is shown, in characters. */
const ANSWER_CHARS = 4_000;

export function skillRoutes(app: App, deps: ApiDeps): void {
  const outside = skillOutside(deps.outside.fetchOutside);
  const table: SettingTable = { kind: 'skill', ...kinds.skill };

  const openSkill = async (sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string): Promise<OwnSkill> => {
    const row = await getSetting(sql, table, { workspaceId, operatorId }, id);
    if (!row) throw notFound();
    if (row['kind'] === 'builtin') throw invalid('kind', 'is built in: try it in a conversation');
    if (!(row['config'] as { url?: string }).url) throw invalid('config.url', 'is not set');
    try {
      return { ...(row as unknown as OwnSkill), secrets: unsealSkillSecrets(deps.config.encryptionKeys, id, (row['secrets'] ?? null) as Uint8Array | null) };
    } catch {
      throw new ProblemError('unavailable', 'No encryption key opens the secrets of this skill; enter them again.');
    }
  };

  mount(app, deps, endpoints.testSkill, async ({ sql, workspaceId, caller, params, body, signal }) => {
    const skill = await openSkill(sql, workspaceId, caller.id, params.id);
    const tools = toolsOf(skill);
    const wanted = skill.kind === 'http' ? skill.name : mcpToolName(skill.name, body.tool ?? '');
    const tool = tools.find(({ name }) => name === wanted);
    if (!tool) throw invalid('tool', 'is none of the chosen tools');
    const fault = tool.fault(body.arguments);
    if (fault !== null) throw invalid('arguments', fault);
    const begun = performance.now();
    const served = { workspace: workspaceId, conversationId: null, contact: null };
    const { outcome, status, result, error } = await tool.call(
      body.arguments,
      `test_${randomUUID()}`,
      served,
      outside,
      AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    );
    const answer = result === null ? '' : typeof result === 'string' ? result : JSON.stringify(result, undefined, 2);
    return {
      ok: outcome === 'done',
      outcome,
      status,
      ms: Math.round(performance.now() - begun),
      answer: answer.slice(0, ANSWER_CHARS).toWellFormed(),
      error,
      ...besideWhy(error),
    } satisfies SkillTest;
  });

  mount(app, deps, endpoints.listSkillTools, async ({ sql, workspaceId, caller, params, signal }) => {
    const skill = await openSkill(sql, workspaceId, caller.id, params.id);
    if (skill.kind !== 'mcp') throw invalid('kind', 'is no server that offers tools');
    const { items, error } = await listMcpTools(skill.config as McpConfig, skill.secrets, outside, signal);
    return { items, error, ...besideWhy(error) } satisfies OfferedTools;
  });
}
