/** The skills of an agent in a run. Workspace, contact and conversation are bound; arguments cannot name them. */
import { createHash } from 'node:crypto';
import type { JSONSchema7 } from 'ai';
import type { Agent } from '../contract/settings.ts';
import type { HeldConversation, ActorRow } from '../db/conversation.ts';
import type { Run } from '../db/run-load.ts';
import type { StoredSkill } from '../db/draft-actions.ts';
import { unsealSkillSecrets } from '../db/secrets.ts';
import { bookMeeting, cancelMeeting, comingMeetings, setStage } from '../db/skill-acts.ts';
import { callOutside, callWithin, wordOf } from '../db/skill-calls.ts';
import type { CallRecord } from '../db/skill-calls.ts';
import { tagConversation } from '../db/tags.ts';
import { addTicket } from '../db/tickets.ts';
import { toolsOf } from '../skills/own.ts';
import type { OwnSkill, OwnTool } from '../skills/own.ts';
import { builtinSkills } from '../skills/registry.ts';
import type { ActingContext, BuiltinSkill, Called, SkillContext } from '../skills/skill.ts';
import { withoutSecrets } from '../skills/vault.ts';
import { RunLost } from './deps.ts';
import type { PipelineDeps } from './deps.ts';
import { findArticles } from './meaning.ts';
import type { SkillTool } from './skill-tool.ts';

/** Every agent has these. */
const ALWAYS = ['search_knowledge', 'hand_off'];
/** Longest summary of a call, in characters. */
const SUMMARY_CHARS = 80;

/** What a model is told of a call that a person approves first. */
const PLANNED = {
  planned: true,
  note: 'Not done yet: a person approves it together with your reply, and it is done right before the reply is sent. Write the reply as it will be true then. Do not call it again.',
};

/**
 * @param language of the new messages, where it is known
 * @param waits whether a person approves first what this skill does: such a skill is planned with the draft instead of run
 */
export function skillsOf(
  deps: PipelineDeps,
  run: Run,
  agent: Agent,
  language: string | null,
  waits: (skill: Pick<SkillTool, 'name' | 'risk'>) => boolean,
): SkillTool[] {
  const context: SkillContext = {
    searchArticles: async (query) =>
      findArticles(deps, run.workspaceId, query, { language: language ?? run.contact.language, identified: run.contact.identified }),
    contact: run.contact,
  };
  const chosen = (run.skills as StoredSkill[]).filter((skill) => isFor(skill, agent.id));
  const rows = new Map(chosen.filter(({ kind }) => kind === 'builtin').map((skill) => [skill.name, skill]));
  const own = chosen.flatMap((row) => (row.kind === 'builtin' ? [] : ownTools(deps, run, row, waits)));
  const all = [...new Set([...ALWAYS, ...rows.keys()])].flatMap((name) => {
    const skill = builtinSkills.get(name);
    return skill ? [builtinTool(deps, run, context, skill, rows.get(name), waits)] : [];
  });
  // The first of a name is the one: what a server calls its tools takes nothing from others.
  return [...new Map([...all, ...own].toReversed().map((tool) => [tool.name, tool])).values()].toReversed();
}

export const isFor = ({ agentIds }: Pick<StoredSkill, 'agentIds'>, agentId: string): boolean => agentIds.length === 0 || agentIds.includes(agentId);

/** The same call in the same turn has the same key, in whichever order its arguments come. */
function callKey(run: Pick<Run, 'workspaceId' | 'turn'>, skill: string, args: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([run.workspaceId, run.turn, skill, sorted(args)]))
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

type Waits = Parameters<typeof skillsOf>[4];

function builtinTool({ db }: PipelineDeps, run: Run, context: SkillContext, skill: BuiltinSkill, row: StoredSkill | undefined, waits: Waits): SkillTool {
  const described = {
    name: skill.name,
    description: row?.description ?? skill.description,
    parameters: skill.parameters as unknown as JSONSchema7,
    risk: row?.risk ?? skill.risk,
    effects: skill.effects,
  };
  if (!skill.effects) return { ...described, run: (args) => skill.run(skill.parameters.parse(args), context) };
  if (waits(described)) return { ...described, effects: false, run: async (args) => planned(run, described, skill.parameters.parse(args)) };
  return {
    ...described,
    async run(args) {
      const parsed = skill.parameters.parse(args);
      const call = { key: callKey(run, skill.name, parsed), skill: skill.name, args: parsed };
      run.acted = true;
      return known(await callWithin(wordOf(db, run), call, (held, by) => skill.run(parsed, acting(held, by, row))));
    },
  };
}

/** Nothing is done: the call is kept with the draft. */
function planned(run: Run, { name, risk }: Pick<SkillTool, 'name' | 'risk'>, args: unknown): Awaited<ReturnType<SkillTool['run']>> {
  return { result: PLANNED, summary: '', noted: true, action: { key: callKey(run, name, args), skill: name, args, risk } };
}

/** What a skill may do to the conversation that is held. */
export const acting = (held: HeldConversation, by: ActorRow, row: StoredSkill | undefined): ActingContext => ({
  now: held.now,
  stages: ((row?.config['stages'] ?? []) as unknown[]).filter((stage) => typeof stage === 'string'),
  tag: (name) => tagConversation(held, name),
  meetings: () => comingMeetings(held),
  bookMeeting: (meeting) => bookMeeting(held, by, meeting),
  cancelMeeting: (meeting, reason) => cancelMeeting(held, by, meeting, reason),
  createTicket: (ticket) => addTicket(held, by, { ...ticket, assigneeId: null }),
  setStage: (stage) => setStage(held, by, stage),
});

/** A call that the thread has already. @throws RunLost where the word was lost before it began */
function known(record: CallRecord | null): Awaited<ReturnType<SkillTool['run']>> {
  if (record === null) throw new RunLost();
  const { outcome, result, summary, ok } = record;
  return { result: outcome === undefined ? result : { error: IN_DOUBT }, summary, ok, noted: true };
}

const IN_DOUBT = 'It is not known whether this was done. Do not call it again, and do not say that it is done: say that a person will look at it.';

/** Tools of a skill of the team's own; none where its secrets cannot be read any more. */
function ownTools(deps: PipelineDeps, run: Run, row: StoredSkill, waits: Waits): SkillTool[] {
  const skill = openSkill(deps, row);
  return skill ? toolsOf(skill).map((tool) => ownTool(deps, run, skill, tool, waits)) : [];
}

export function openSkill({ encryptionKeys, log }: Pick<PipelineDeps, 'encryptionKeys' | 'log'>, row: StoredSkill): OwnSkill | null {
  try {
    return { ...row, kind: row.kind as OwnSkill['kind'], config: row.config as never, secrets: unsealSkillSecrets(encryptionKeys, row.id, row.secrets) };
  } catch {
    log.warn({ skillId: row.id }, 'no encryption key opens the secrets of a skill; enter them again');
    return null;
  }
}

function ownTool({ db, skillOutside: outside }: PipelineDeps, run: Run, { secrets }: OwnSkill, tool: OwnTool, waits: Waits): SkillTool {
  const served = { workspace: run.workspaceId, conversationId: run.conversationId, contact: { id: run.contact.id, customerId: run.customerId } };
  const plans = tool.effects && waits(tool);
  return {
    ...tool,
    effects: tool.effects && !plans,
    parameters: tool.parameters as JSONSchema7,
    async run(args, signal) {
      const fault = tool.fault(args);
      if (fault !== null) return { result: { error: `The arguments do not fit: ${fault}` }, summary: 'the arguments do not fit', ok: false };
      if (plans) return planned(run, tool, withoutSecrets(args, secrets));
      const key = callKey(run, tool.name, args);
      if (!tool.effects) return said(await tool.call(args, key, served, outside, signal));
      run.acted = true;
      const record = await callOutside(db, wordOf(db, run), { key, skill: tool.name, args: withoutSecrets(args, secrets) }, () =>
        toEnd(tool, args, key, served, outside),
      );
      if (record?.outcome !== undefined) run.doubt = true;
      return known(record);
    },
  };
}

/** Makes a call that changes something. Once it is out nothing stops it but its own time limit: else nobody would know what came of it. */
export async function toEnd(tool: OwnTool, args: unknown, key: string, served: Parameters<OwnTool['call']>[2], outside: PipelineDeps['skillOutside']) {
  const called = await tool.call(args, key, served, outside, new AbortController().signal);
  return { ...said(called), ...(called.outcome === 'unknown' ? { outcome: 'unknown' as const } : {}) };
}

/** A call in words: for the model, and for the line in the thread. */
function said({ outcome, status, result, error }: Called): { result: unknown; summary: string; ok: boolean } {
  if (outcome === 'done') return { result, summary: inShort(result) || 'done', ok: true };
  return {
    result: { error: error ?? 'failed', ...(status === null ? {} : { status }), ...(result === null ? {} : { answer: result }) },
    summary: (error ?? 'failed').slice(0, SUMMARY_CHARS * 2),
    ok: false,
  };
}

/** The first few facts of a result. */
function inShort(result: unknown): string {
  const plain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = plain(result)
    ? String(result)
    : typeof result === 'object' && result !== null && !Array.isArray(result)
      ? Object.entries(result)
          .filter(([, value]) => plain(value))
          .slice(0, 3)
          .map(([key, value]) => `${key} ${String(value)}`)
          .join(', ')
      : Array.isArray(result)
        ? `${result.length}`
        : '';
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SUMMARY_CHARS ? `${line.slice(0, SUMMARY_CHARS).toWellFormed()}…` : line;
}
