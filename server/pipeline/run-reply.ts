import type { Agent } from '../contract/settings.ts';
import type { Outcome } from '../db/outcome.ts';
import { noteSkillRun } from '../db/run-notes.ts';
import { showStage } from '../db/runs.ts';
import { madeInTurn } from '../db/skill-calls.ts';
import type { Run } from '../db/run-load.ts';
import { mayAgentReply } from '../domain/policy.ts';
import type { SpeakingState } from '../domain/policy.ts';
import { assessRisk } from '../domain/risk.ts';
import { inScope, routeNamed } from '../domain/routing.ts';
import { ModelFailure } from '../model/failure.ts';
import { inSpan } from '../tracing.ts';
import type { Classification } from './classify.ts';
import { compose } from './compose.ts';
import type { Composition } from './compose.ts';
import { RunLost } from './deps.ts';
import type { PipelineDeps } from './deps.ts';
import { isPlaybookTool } from './playbook-tool.ts';
import { playbookOutcome, playbookTurn } from './run-playbook.ts';
import { skillsOf } from './run-skills.ts';

/** Model calls of one reply at most. */
const MAX_STEPS = 6;
/** The growing text is shown at most this often, in milliseconds. */
const COMPOSE_EVERY_MS = 150;

interface Asked {
  seen: Classification;
  asked: Pick<SpeakingState, 'mentioned' | 'classifier' | 'intentAllowed'>;
  signal: AbortSignal;
}

/** Composes the reply, showing live what the agent is at, and says what it came to. */
export async function replyOutcome(deps: PipelineDeps, run: Run, agent: Agent, { seen, asked, signal }: Asked): Promise<Outcome> {
  const { db } = deps;
  // Where a reply with this in it would be staged, a person decides first whether it is done at all.
  const waits: Parameters<typeof skillsOf>[4] = (skill) => {
    const { level } = assessRisk({ text: '', fallback: false, frustration: seen.frustration, certainty: seen.certainty, skills: [skill] }, agent.riskRules);
    return mayAgentReply({ ...run.standing, ...asked, risk: level }).verdict === 'stage';
  };
  const skills = skillsOf(deps, run, agent, seen.language, waits);
  const turn = playbookTurn(deps, run, agent, seen, skills);
  const ended = playbookOutcome(turn, false);
  if (ended) return ended;
  const lost = new AbortController();
  const stop = AbortSignal.any([signal, lost.signal]);
  // What is shown and recorded on the way, in its order; a lost slot stops the model.
  let recording: Promise<void> = Promise.resolve();
  const failures: unknown[] = [];
  const record = (write: () => Promise<boolean>) => {
    recording = recording
      .then(async () => {
        if (!lost.signal.aborted && !(await write())) lost.abort();
      })
      .catch((error: unknown) => {
        failures.push(error);
        lost.abort();
      });
  };
  const made = await madeInTurn(db, run);
  record(() => showStage(db, run, { stage: 'composing' }));
  tellVisitor(deps, run, agent, true);
  const here = { agentId: agent.id, channel: run.channel, tags: run.tags, departmentId: run.departmentId, identified: run.contact.identified };
  const cards = run.cards.filter((card) => card.surface === 'reply' && inScope(card.scope, here));
  let composition: Composition;
  try {
    composition = await inSpan('compose', { workspaceId: run.workspaceId, conversationId: run.conversationId, channel: run.channel, agentId: agent.id }, () =>
      compose(
        deps.models.language,
        {
          agent,
          contact: run.contact,
          channel: run.channel,
          workspaceName: run.workspace.name,
          made,
          history: run.history,
          burst: run.burst,
          cards,
          playbook: turn.input(),
          skills: [...skills, ...turn.tools()],
          allowedHosts: run.workspace.allowedHosts,
          mentioned: asked.mentioned,
          language: seen.language ?? run.contact.language,
        },
        {
          signal: stop,
          timeoutMs: deps.modelTimeoutMs,
          maxSteps: MAX_STEPS,
          onText: showGrowing(deps, run, agent),
          onSkillStart: ({ name }) => isPlaybookTool(name) || record(() => showStage(db, run, { stage: 'skill', skill: name })),
          onSkillEnd: (skillRun) => {
            if (skillRun.ok) turn.ran(skillRun.name);
            if (!isPlaybookTool(skillRun.name))
              record(async () => (skillRun.noted || (await noteSkillRun(db, run, skillRun))) && showStage(db, run, { stage: 'composing' }));
          },
        },
      ),
    );
  } catch (error) {
    await recording;
    throw failures[0] ?? error;
  } finally {
    await recording;
    tellVisitor(deps, run, agent, false);
  }
  if (failures.length > 0) throw failures[0];
  if (lost.signal.aborted) throw new RunLost();
  const ran = composition.skills.filter(({ name }) => !isPlaybookTool(name));
  const actions = [...new Map(ran.flatMap(({ action }) => (action ? [[action.key, action] as const] : []))).values()];
  if (composition.kind === 'handoff') {
    const { change: playbook } = turn.outcome(false);
    return {
      kind: 'handoff',
      playbook,
      undone: actions,
      trigger: seen.asksForHuman ? 'asks_for_person' : 'agent',
      reason: composition.reason,
      routeId: routeNamed(run.routes, composition.route ?? null),
      departmentId: null,
      priority: null,
    };
  }
  const over = playbookOutcome(turn, true);
  if (over && actions.length === 0) return over;
  // What the playbook ends with is not done yet: people get it, and do or leave what waits for them.
  if (over)
    return {
      found: run.playbook?.plan.name ?? null,
      departmentId: null,
      priority: null,
      routeId: null,
      trigger: 'playbook',
      ...over,
      kind: 'handoff',
      undone: actions,
    };
  if (composition.kind === 'ended') throw new ModelFailure('nonsense', 'it ended without an end');
  const risks = new Map(skills.map((skill) => [skill.name, skill.risk]));
  return {
    kind: 'reply',
    playbook: turn.outcome(true).change,
    text: composition.text,
    fallback: composition.fallback,
    actions,
    asked,
    risk: assessRisk(
      {
        text: composition.text,
        fallback: composition.fallback,
        frustration: seen.frustration,
        certainty: seen.certainty,
        skills: ran.map((skill) => ({ name: skill.name, risk: risks.get(skill.name) ?? 'low' })),
      },
      agent.riskRules,
    ),
    because: {
      articles: composition.articles,
      skills: [...new Set(ran.flatMap(({ name, action }) => (action ? [] : [name])))],
      cards: cards.filter((card) => composition.cards.includes(card.id)).map(({ id, title }) => ({ id, title })),
      playbook: turn.because(),
    },
  };
}

/** The team sees the text grow; nobody else does, and it may still be thrown away. */
function showGrowing(deps: PipelineDeps, run: Run, agent: Agent): (text: string) => void {
  let last = 0;
  return (text) => {
    const now = performance.now();
    if (now - last < COMPOSE_EVERY_MS) return;
    last = now;
    deps.db.signals.publish({
      kind: 'passing',
      workspaceId: run.workspaceId,
      audience: 'team',
      addresseeId: null,
      event: 'compose',
      data: { conversationId: run.conversationId, agentId: agent.id, text },
    });
  };
}

/** The customer sees somebody typing where the answer will be sent, not where it is only drafted. */
function tellVisitor(deps: PipelineDeps, run: Run, agent: Agent, typing: boolean): void {
  if (run.channel !== 'chat' || standsForDraft(run)) return;
  deps.db.signals.publish({
    kind: 'passing',
    workspaceId: run.workspaceId,
    audience: 'visitor',
    addresseeId: run.identityId,
    event: 'typing',
    data: { who: { kind: 'agent', name: agent.name }, typing },
  });
}

const standsForDraft = (run: Run): boolean => run.standing.replyMode === 'auto_draft';
