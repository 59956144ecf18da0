/** Doing what was planned with a draft, by the word of the person who approves it. */
import type { DraftAction } from '../contract/draft.ts';
import type { Change } from '../db/change.ts';
import { activeSkills } from '../db/draft-actions.ts';
import { draftChanged, draftWord, servedBy } from '../db/drafts.ts';
import type { Approval, Person } from '../db/drafts.ts';
import type { HeldConversation } from '../db/conversation.ts';
import { callHeld, callOutside } from '../db/skill-calls.ts';
import { toolsOf } from '../skills/own.ts';
import type { OwnTool } from '../skills/own.ts';
import { builtinSkills } from '../skills/registry.ts';
import type { PipelineDeps } from './deps.ts';
import { acting, isFor, openSkill, toEnd } from './run-skills.ts';

type ActionDeps = Pick<PipelineDeps, 'db' | 'encryptionKeys' | 'skillOutside' | 'log'>;

/**
 * Makes the calls to the outside that a draft waits to have made, each once, as long as the draft waits and could be sent.
 * What becomes of each stands on its line; the first that comes to nothing ends it. Approving then looks at the lines.
 */
export async function callForDraft(deps: ActionDeps, workspaceId: string, draftId: string, by: Person, approval: Approval): Promise<void> {
  const { db } = deps;
  const served = await servedBy(db.sql, workspaceId, draftId);
  const open = served?.actions.filter(({ key, skill, state }) => state === 'proposed' && !builtinSkills.has(skill) && !approval.skip?.includes(key)) ?? [];
  if (!served || open.length === 0) return;
  const tools = await toolsFor(deps, workspaceId, served.agentId);
  const ready = open.map((action) => ({ action, tool: tools.get(action.skill) }));
  if (ready.some(({ action, tool }) => !tool || tool.fault(action.args) !== null)) return;
  const word = draftWord(db, workspaceId, draftId, by, approval);
  for (const {
    action: { key, skill, args },
    tool,
  } of ready) {
    const record = await callOutside(db, word, { key, skill, args }, () => toEnd(tool!, args, key, served, deps.skillOutside));
    if (!record?.ok) return draftChanged(db, workspaceId, draftId, served.conversationId);
  }
}

async function toolsFor(deps: ActionDeps, workspaceId: string, agentId: string): Promise<Map<string, OwnTool>> {
  const rows = (await activeSkills(deps.db.sql, workspaceId)).filter((row) => row.kind !== 'builtin' && isFor(row, agentId));
  const skills = rows.flatMap((row) => openSkill(deps, row) ?? []);
  return new Map(
    skills
      .flatMap(toolsOf)
      .map((tool) => [tool.name, tool])
      .toReversed() as [string, OwnTool][],
  );
}

/**
 * Does what needs nothing of the outside, in the transaction that sends the draft.
 * @returns why it cannot be done, or null
 */
export async function actForDraft(
  { sql, workspaceId }: Change,
  held: HeldConversation,
  by: Person,
  agentId: string,
  { key, skill: name, args }: DraftAction,
): Promise<string | null> {
  const skill = builtinSkills.get(name);
  const row = (await activeSkills(sql, workspaceId)).find((one) => one.kind === 'builtin' && one.name === name && isFor(one, agentId));
  const parsed = skill?.parameters.safeParse(args);
  if (!skill?.effects || !row || !parsed?.success) return 'it cannot be called any more';
  const { result, summary } = await callHeld(held, by, { key, skill: name, args }, () => skill.run(parsed.data, acting(held, by, row)));
  return typeof result === 'object' && result !== null && 'error' in result ? summary : null;
}
