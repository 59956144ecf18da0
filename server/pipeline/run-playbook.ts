import type { Outcome } from '../db/outcome.ts';
import type { Run } from '../db/run-load.ts';
import type { Agent } from '../contract/settings.ts';
import { whyOver } from '../domain/playbook.ts';
import type { Classification } from './classify.ts';
import type { PipelineDeps } from './deps.ts';
import { PlaybookTurn } from './playbook.ts';
import type { SkillTool } from './skill-tool.ts';

/** The playbook that a run follows, if any. What came before the last resume begins and ends none. */
export function playbookTurn(deps: PipelineDeps, run: Run, agent: Agent, seen: Classification, skills: readonly SkillTool[]): PlaybookTurn {
  return new PlaybookTurn({
    agentId: agent.id,
    open: run.playbook,
    playbooks: run.playbooks,
    texts: run.burst.filter(({ seq }) => seq > run.boundarySeq).map(({ text }) => text),
    intent: seen.intent,
    today: run.startedAt.toISOString().slice(0, 10),
    language: seen.language ?? run.contact.language,
    skills,
    mayBegin: !deps.models.builtin,
  });
}

/**
 * How a turn ends where its playbook leaves the agent nothing to say: people get the conversation, with the routes of the
 * playbook to choose from, or it is closed. Null where the agent answers.
 */
export function playbookOutcome(turn: PlaybookTurn, said: boolean): Extract<Outcome, { kind: 'handoff' | 'close' }> | null {
  const { change, over, plan } = turn.outcome(said);
  if (!change || !over || !plan || !turn.over()) return null;
  const reason = whyOver(plan, over);
  if (over.as === 'goal' && plan.onGoal === 'close') return { kind: 'close', reason, playbook: change };
  const routeId = over.as === 'exit' ? (plan.exits[over.exit]?.routeId ?? null) : null;
  return {
    kind: 'handoff',
    trigger: 'playbook',
    reason,
    found: plan.name,
    routeId,
    offer: plan.routeIds,
    departmentId: null,
    priority: null,
    playbook: change,
  };
}
