import type { Decision } from '../contract/message.ts';
import { commitRun } from '../db/commit.ts';
import type { Committed, Outcome } from '../db/outcome.ts';
import { noteUse, tellOfLimit, usedToday } from '../db/model-use.ts';
import { noteAnswer, noteChosenRoute, noteDecision, noteSignals } from '../db/run-notes.ts';
import { claimRun, holdsSlot, releaseRun, showStage } from '../db/runs.ts';
import type { Run } from '../db/run-load.ts';
import type { Db } from '../db/change.ts';
import { alone } from '../db/slots.ts';
import { restartsRun } from '../domain/burst.ts';
import { NEEDS_PERSON } from '../domain/mail-loop.ts';
import { mayAgentReply, standingPolicy } from '../domain/policy.ts';
import type { PolicyReason } from '../domain/policy.ts';
import { inScope, routeNamed } from '../domain/routing.ts';
import { firedTrigger } from '../domain/triggers.ts';
import { counted } from '../model/counted.ts';
import { ModelFailure, whyFailed } from '../model/failure.ts';
import { inSpan } from '../tracing.ts';
import type { Told } from '../tracing.ts';
import { classify } from './classify.ts';
import type { Classification } from './classify.ts';
import { askedOf, BY_NAME, decisionOf } from './decision.ts';
import { RunLost } from './deps.ts';
import type { PipelineDeps } from './deps.ts';
import { routeWithoutModel } from './routing.ts';
import { replyOutcome } from './run-reply.ts';

/** Why people have to answer where the agent may not, in words. Reasons that a person just made need none. */
const BLOCKED: Partial<Record<PolicyReason, string>> = {
  reply_mode_off: 'did not answer: its reply mode is off',
  account_inactive: 'did not answer: the channel account is not active',
  agent_inactive: 'did not answer: the agent is not active',
  intent_not_enabled: 'did not answer: it may not answer this intent by itself',
};

/**
 * One turn in a conversation: takes the slot, classifies the burst, and answers, drafts, hands off or stays quiet.
 * Ends at once where nothing is due or another process is at it. A newer message before the commit starts it over; a
 * change of who may speak ends it with nothing written.
 */
export function runTurn(deps: PipelineDeps, workspaceId: string, conversationId: string): Promise<Committed | null> {
  return alone(deps.db, 'run', conversationId, () => turn(deps, workspaceId, conversationId));
}

async function turn(deps: PipelineDeps, workspaceId: string, conversationId: string): Promise<Committed | null> {
  const run = await claimRun(deps.db, workspaceId, conversationId);
  if (!run) return null;
  return inSpan(
    'run',
    { ...toldOf(run), attempt: run.restarts + 1 },
    async (tell) => {
      const committed = await answer(deps, run);
      tell({ outcome: committed });
      return committed;
    },
    { from: run.trace, kind: 'consumer' },
  );
}

const toldOf = ({ workspaceId, conversationId, channel, agent }: Run): Told => ({ workspaceId, conversationId, channel, agentId: agent?.id });

const commit = (db: Db, run: Run, outcome: Outcome): Promise<Committed> =>
  inSpan('commit', toldOf(run), async (tell) => {
    const committed = await commitRun(db, run, outcome);
    tell({ outcome: committed });
    return committed;
  });

async function answer(deps: PipelineDeps, run: Run): Promise<Committed> {
  const { db, log } = deps;
  const { workspaceId, conversationId } = run;
  const stop = new AbortController();
  const unsubscribe = db.signals.subscribe((signal) => {
    if (signal.kind === 'abort' && signal.conversationId === conversationId) void stopIfMeant(db, run, stop);
  });
  const { models, used } = counted(deps.models);
  let failed = false;
  try {
    const outcome = await decide({ ...deps, models }, run, stop.signal);
    return await commit(db, run, outcome);
  } catch (error) {
    failed = error instanceof ModelFailure && error.code !== 'aborted';
    if (error instanceof RunLost || (error instanceof ModelFailure && error.code === 'aborted')) return await startOver(deps, run);
    log.error({ error, workspaceId, conversationId }, 'run failed');
    if (run.first) await routeWithoutModel(deps, run);
    return await commit(db, run, {
      kind: 'failure',
      reason: error instanceof ModelFailure ? error.message : 'something in Convene failed',
      why: whyFailed(error),
    });
  } finally {
    unsubscribe();
    const { agent } = run;
    if (agent && !models.builtin && (failed || used.input + used.output > 0)) {
      await noteUse(db.sql, workspaceId, agent.id, models.name, used, failed).catch((error: unknown) =>
        log.error({ error, workspaceId }, 'the use of the model was not noted'),
      );
    }
  }
}

/** A newer message stops a run that may start over; one that has done so too often goes on, unless the word was taken. */
async function stopIfMeant(db: Db, run: Run, stop: AbortController): Promise<void> {
  const goesOn = (run.acted || !restartsRun(run.restarts, run.startedAt, new Date())) && (await holdsSlot(db, run).catch(() => true));
  if (!goesOn) stop.abort();
}

/** Stopped on the way: by a newer message, or by somebody who took the word and the slot. */
async function startOver(deps: PipelineDeps, run: Run): Promise<Committed> {
  const committed = await commit(deps.db, run, { kind: 'again' });
  if (committed === 'lost') await releaseRun(deps.db, run.workspaceId, run.conversationId);
  return committed;
}

async function decide(deps: PipelineDeps, run: Run, signal: AbortSignal): Promise<Outcome> {
  const { db } = deps;
  const standing = standingPolicy(run.standing);
  const agentAnswers = standing.verdict !== 'blocked' && run.agent !== null && run.neverAnswered === null;
  if (agentAnswers && !(await showStage(db, run, { stage: 'classifying' }))) throw new RunLost();
  const limit = agentAnswers && !deps.models.builtin ? (run.agent?.dailyTokenLimit ?? null) : null;
  const spent = limit !== null && (await usedToday(db.sql, run.workspaceId, run.agent!.id)) >= limit;
  const seen = await look(deps, run, agentAnswers && !spent, signal);
  if (!(await noteSignals(db, run, seen))) throw new RunLost();
  // Whoever takes calls has answered this one; without an agent that does, people look at it.
  if (run.neverAnswered && (!run.agent || (run.neverAnswered === 'call' && standing.verdict === 'blocked'))) return { kind: 'none' };
  const left = run.neverAnswered && NEEDS_PERSON[run.neverAnswered];
  if (run.neverAnswered && left) return { kind: 'blocked', reason: run.neverAnswered, text: `${run.agent?.name ?? 'The agent'} ${left}` };
  if (run.neverAnswered)
    return {
      kind: 'quiet',
      decision: {
        replied: false,
        reason: `an automatic message (${run.neverAnswered.replaceAll('_', ' ')})`,
        by: 'rule',
        why: { code: 'automatic', value: run.neverAnswered },
      },
    };
  if (run.handedOff) await (run.routeChosen ? noteAnswer(db, run) : noteChosenRoute(db, run));
  if (!run.agent || standing.verdict === 'blocked') return blocked(run, standing.reason);
  if (run.optedOut) return { kind: 'blocked', reason: 'opted_out', text: `${run.agent.name} did not answer: the customer has asked for no more messages` };

  const fired = triggered(run, run.agent, seen);
  if (fired)
    return {
      kind: 'handoff',
      trigger: fired.trigger,
      reason: fired.reason,
      found: fired.found,
      routeId: fired.routeId ?? routeNamed(run.routes, seen.route),
      departmentId: fired.departmentId,
      priority: fired.priority,
    };

  if (spent) {
    await tellOfLimit(db, run.workspaceId, run.agent);
    return { kind: 'blocked', reason: 'daily_limit', text: `${run.agent.name} did not answer: it has used its tokens of the day` };
  }
  const asked = askedOf(
    run.agent,
    run.wantedBy === null ? seen : { ...seen, needsReply: true },
    run.burst.map((message) => message.text),
  );
  const policy = mayAgentReply({ ...run.standing, ...asked, risk: 'low' });
  if (policy.verdict === 'blocked') return blocked(run, policy.reason);
  if (policy.verdict === 'quiet') return { kind: 'quiet', decision: decisionOf(seen, false) };
  const decision: Decision =
    run.wantedBy !== null
      ? { replied: true, reason: `${run.wantedBy} wants an answer`, by: 'rule', why: { code: 'wanted_by', value: run.wantedBy } }
      : asked.mentioned
        ? BY_NAME
        : decisionOf(seen, true);
  if (!(await noteDecision(db, run, decision))) throw new RunLost();
  return replyOutcome(deps, run, run.agent, { seen, asked, signal });
}

/** Classifies the burst; where no agent may answer, the built-in model does it, which costs nothing. */
function look(deps: PipelineDeps, run: Run, agentAnswers: boolean, signal: AbortSignal): Promise<Classification> {
  const { agent } = run;
  const here = { agentId: agent?.id ?? '', channel: run.channel, tags: run.tags, departmentId: run.departmentId, identified: run.contact.identified };
  return inSpan('classify', toldOf(run), () =>
    classify(
      (agentAnswers ? deps.models : deps.builtin).language,
      {
        agent: {
          id: agent?.id ?? '',
          name: agent?.name ?? '',
          classifierOn: agent?.classifierOn ?? true,
          classifierInstruction: agent?.classifierInstruction ?? '',
          languages: agent?.languages ?? [],
        },
        contact: run.contact,
        channel: run.channel,
        cards: run.cards.filter((card) => card.surface === 'classifier' && inScope(card.scope, here)),
        intents: run.intents,
        history: run.history,
        burst: run.burst,
      },
      { signal, timeoutMs: deps.modelTimeoutMs },
    ),
  );
}

function blocked(run: Run, reason: PolicyReason): Outcome {
  const words = BLOCKED[reason];
  if (!run.agent || !words) return { kind: 'none' };
  return { kind: 'blocked', reason, text: `${run.agent.name} ${words}` };
}

/** What came before the last resume triggers nothing again. */
function triggered(run: Run, agent: NonNullable<Run['agent']>, seen: Classification) {
  const fresh = run.burst.filter((message) => message.seq > run.boundarySeq);
  if (fresh.length === 0) return null;
  return firedTrigger(run.triggers, agent, {
    texts: fresh.map((message) => message.text),
    channel: run.channel,
    asksForHuman: seen.asksForHuman,
    frustration: seen.frustration,
    intent: seen.intent,
    tags: run.tags,
    attributes: run.contact.attributes,
    fallbackCount: run.fallbackCount,
  });
}
