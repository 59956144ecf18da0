import { v7 as newId } from 'uuid';
import type { Priority } from '../contract/common.ts';
import type { HandoffTrigger } from '../contract/conversation.ts';
import type { Risk } from '../contract/draft.ts';
import type { Because, Decision } from '../contract/message.ts';
import type { Why } from '../contract/why.ts';
import { restartsRun } from '../domain/burst.ts';
import { mayAgentReply } from '../domain/policy.ts';
import type { SpeakingState } from '../domain/policy.ts';
import { targetOf } from '../domain/triggers.ts';
import { closingText } from '../domain/words-closing.ts';
import type { PlaybookChange } from '../pipeline/playbook.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import type { PlannedAction } from './draft-actions.ts';
import { execute, handOff, settleDraft, stopWorking } from './control.ts';
import type { HandOff } from './control.ts';
import type { ActorRow, HeldConversation, Speakers } from './conversation.ts';
import { holdWithSpeakers } from './conversation.ts';
import { noteUses } from './article-uses.ts';
import { noteGap } from './gaps.ts';
import { mailLimitReached } from './mail-loops.ts';
import { insertOutbound } from './message.ts';
import { notifyTeam } from './notification.ts';
import { whyUnreachable } from './reach.ts';
import { writePlaybook } from './playbooks.ts';
import type { Run } from './run-load.ts';
import { needsPerson } from './skill-calls.ts';

/** How a run ends. */
export type Outcome =
  /** Stopped on the way: nothing is settled, and it starts over. */
  | { kind: 'again' }
  /** People have the word: nothing to say. */
  | { kind: 'none' }
  | { kind: 'quiet'; decision: Decision }
  | { kind: 'blocked'; reason: string; text: string }
  | {
      kind: 'reply';
      playbook?: PlaybookChange | null;
      text: string;
      because: Because;
      actions: readonly PlannedAction[];
      risk: Risk;
      fallback: boolean;
      asked: Pick<SpeakingState, 'mentioned' | 'classifier' | 'intentAllowed'>;
    }
  /** `offer`: the routes to choose from; left out, all of them. `undone`: what the agent would have done with a person's approval. */
  | {
      kind: 'handoff';
      playbook?: PlaybookChange | null;
      trigger: HandoffTrigger;
      reason: string;
      found?: string | null;
      routeId: string | null;
      departmentId: string | null;
      priority: Priority | null;
      offer?: readonly string[];
      undone?: readonly PlannedAction[];
    }
  /** The playbook reached a goal with which the conversation is closed. */
  | { kind: 'close'; playbook: PlaybookChange; reason: string }
  | { kind: 'failure'; reason: string; why: Why };

/** What became of it: `restart` where a newer message sends the run back, `lost` where somebody else took the word. */
export type Committed = 'none' | 'sent' | 'staged' | 'quiet' | 'blocked' | 'handed_off' | 'closed' | 'failed' | 'restart' | 'lost' | 'stale';

/**
 * Writes what a run came to, under the fence: agent, account and contact are locked for share, then the conversation;
 * the slot, the counters and the policy are asked again; only then is a draft or a queued message written. Gives the
 * slot back, unless newer messages are due.
 */
export async function commitRun(db: Db, run: Run, outcome: Outcome): Promise<Committed> {
  return change(db, run.workspaceId, async (unit) => {
    const found = await holdWithSpeakers(unit, run.conversationId);
    if (!found) return 'lost';
    const { held, speakers } = found;
    if (held.row.runOwner !== db.signals.processId) return 'lost';
    const committed = await decide(held, speakers, run, outcome);
    giveBack(held, committed);
    await held.save();
    return committed;
  });
}

async function decide(held: HeldConversation, speakers: Speakers, run: Run, outcome: Outcome): Promise<Committed> {
  const { row } = held;
  const agent: ActorRow = { kind: 'agent', id: run.agent?.id ?? null, name: run.agent?.name ?? '' };
  if (outcome.kind === 'again') return 'restart';
  if (row.lastInboundId !== run.lastInboundId && !run.acted && restartsRun(run.restarts, run.startedAt, held.now)) return 'restart';
  if (!sameCounters(held, speakers, run)) {
    await held.addLine({
      code: 'discarded',
      text: `${agent.name} started over`,
      reason: 'who may speak had changed',
      by: agent,
      data: { why: { code: 'speakers_changed' } satisfies Why },
    });
    return 'stale';
  }
  // From here on the run settles what it saw; what came after stays unsettled for the next.
  const newer = row.lastInboundId !== run.lastInboundId;
  const { runDueAt, burstFrom } = row;
  const settle = async () => {
    row.answeredId = run.lastInboundId;
    if (newer) Object.assign(row, { runDueAt, burstFrom, waitingSince: row.waitingSince ?? (await firstAfter(held, run.lastInboundId)) });
  };
  switch (outcome.kind) {
    case 'none':
      // Whoever took the word from the agent meanwhile may not have seen that somebody waits.
      if (row.waitingSince && !row.requiresAction && row.status === 'open') await execute(held, { type: 'agent_cannot', reason: 'unanswered' }, agent);
      await settle();
      return 'none';
    case 'quiet':
      await execute(held, { type: 'agent_stays_quiet' }, agent, {
        code: 'stayed_quiet',
        text: `${agent.name} stayed quiet`,
        reason: outcome.decision.reason,
        decision: outcome.decision,
      });
      await settle();
      return 'quiet';
    case 'blocked':
      await execute(held, { type: 'agent_cannot', reason: outcome.reason }, agent, { code: 'did_not_answer', text: outcome.text, reason: outcome.reason });
      await settle();
      return 'blocked';
    case 'failure':
      await held.addLine({ code: 'could_not_answer', text: `${agent.name} could not answer`, reason: outcome.reason, by: agent, data: { why: outcome.why } });
      await handOff(held, speakers.contact, {
        ...whither(run, { trigger: 'failure', routeId: null, departmentId: null, priority: null }),
        reason: outcome.reason,
        found: null,
        by: agent,
        dropDraft: true,
      });
      await settle();
      return 'failed';
    case 'handoff':
      for (const { skill, args } of outcome.undone ?? [])
        await held.addLine({
          kind: 'skill',
          code: skill,
          text: 'not done: it was to wait for a person',
          by: agent,
          data: { args, result: null, ms: 0, ok: false },
        });
      await handOff(held, speakers.contact, { ...outcome, ...whither(run, outcome), by: agent, dropDraft: true });
      if (outcome.playbook) await writePlaybook(held, outcome.playbook, agent);
      if (outcome.trigger === 'fallback_loop') await unanswered(held, run);
      await settle();
      return 'handed_off';
    case 'close':
      return newer ? 'restart' : close(held, speakers, run, outcome, agent);
    case 'reply':
      return reply(held, speakers, run, outcome, agent, settle);
  }
}

/** Where a handoff goes: what it names itself, else what the team set for handoffs of its kind. */
function whither(
  run: Run,
  { trigger, routeId, departmentId, priority }: Pick<HandOff, 'trigger' | 'routeId' | 'departmentId'> & { priority: Priority | null },
) {
  const set = run.agent && targetOf(run.triggers, trigger, run.agent.id, run.channel);
  return {
    trigger,
    routeId: routeId ?? set?.routeId ?? null,
    departmentId: departmentId ?? set?.departmentId ?? null,
    priority: priority ?? set?.priority ?? null,
  };
}

async function reply(
  held: HeldConversation,
  speakers: Speakers,
  run: Run,
  outcome: Extract<Outcome, { kind: 'reply' }>,
  agent: ActorRow,
  settle: () => Promise<void>,
): Promise<Committed> {
  const { row } = held;
  const policy = mayAgentReply({
    replyMode: row.replyModeOverride ?? speakers.agent?.replyMode ?? 'off',
    controller: row.controllerKind,
    handedOff: row.handoffAt !== null,
    contactPaused: speakers.contact.paused,
    agentActive: speakers.agent?.active ?? false,
    accountActive: speakers.account.active,
    status: row.status,
    risk: outcome.risk.level,
    ...outcome.asked,
  });
  row.fallbackCount = outcome.fallback ? row.fallbackCount + 1 : 0;
  const unreachable = await whyUnreachable(held.unit.sql, held.unit.workspaceId, row, outcome.text, held.now);
  if (unreachable && unreachable.why !== 'too_long' && (policy.verdict === 'send' || policy.verdict === 'stage')) {
    await execute(held, { type: 'agent_cannot', reason: unreachable.why }, agent, {
      code: 'did_not_answer',
      text: `${agent.name} did not answer: ${unreachable.detail}`,
      reason: unreachable.why,
    });
    await settle();
    return 'blocked';
  }
  // What waits for a person goes nowhere by itself.
  const sends = policy.verdict === 'send' && outcome.actions.length === 0;
  const limit = sends ? await mailLimitReached(held) : null;
  if (sends && !unreachable && limit === null) {
    await execute(held, { type: 'agent_reply' }, agent);
    if (run.doubt) needsPerson(held);
    await insertOutbound(held, {
      author: agent,
      sentBy: { kind: 'agent', id: agent.id },
      text: outcome.text,
      aiGenerated: true,
      because: outcome.because,
      runFence: { conversation: row.fence, contact: speakers.contact.fence, agent: speakers.agent?.fence ?? 0, account: speakers.account.fence },
    });
    await noteKnowledge(held, run, outcome);
    if (outcome.playbook) await writePlaybook(held, outcome.playbook, agent);
    await settle();
    return 'sent';
  }
  // What is too long for the channel waits for a person who shortens it.
  if (policy.verdict === 'send' || policy.verdict === 'stage') {
    await stage(held, run, outcome, agent);
    await noteKnowledge(held, run, outcome);
    if (limit !== null) {
      const text = `${agent.name} did not answer: it has sent this address ${limit} mails today`;
      await execute(held, { type: 'agent_cannot', reason: 'mail_limit' }, agent, { code: 'did_not_answer', text, reason: 'mail_limit', data: { limit } });
    }
    if (outcome.playbook) await writePlaybook(held, outcome.playbook, agent);
    await settle();
    return 'staged';
  }
  await held.addLine({ code: 'discarded', text: `${agent.name} did not answer`, reason: policy.reason, by: agent });
  return 'stale';
}

/** What an answer rests on, or that nothing was there for it to rest on. */
async function noteKnowledge(held: HeldConversation, run: Run, { because, fallback }: Extract<Outcome, { kind: 'reply' }>): Promise<void> {
  await noteUses(held.unit, because.articles, held.now);
  if (fallback) await unanswered(held, run);
}

const unanswered = (held: HeldConversation, run: Run): Promise<void> =>
  noteGap(held.unit, { messageId: run.lastInboundId, text: run.burst.map(({ text }) => text).join(' '), language: run.contact.language, at: held.now });

/** The last word is the workspace's, as at a handoff: whoever closes has nothing of its own on the way. */
async function close(
  held: HeldConversation,
  { contact }: Speakers,
  { workspace }: Run,
  { playbook, reason }: Extract<Outcome, { kind: 'close' }>,
  agent: ActorRow,
): Promise<Committed> {
  await writePlaybook(held, playbook, agent);
  const text = closingText(contact.language);
  if (!(await whyUnreachable(held.unit.sql, held.unit.workspaceId, held.row, text, held.now))) {
    await insertOutbound(held, { author: { kind: 'system', id: null, name: workspace.name }, sentBy: { kind: 'system', id: null }, text, aiGenerated: false });
  }
  await execute(held, { type: 'set_status', status: 'closed' }, agent, { code: 'closed', text: `${agent.name} closed the conversation`, reason });
  return 'closed';
}

/** When the first inbound message after another one came. */
async function firstAfter({ unit, row, now }: HeldConversation, messageId: string): Promise<Date> {
  const [first] = await unit.sql<{ createdAt: Date }[]>`
    select created_at from message where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and direction = 'inbound'
      and seq > (select seq from message where workspace_id = ${unit.workspaceId} and id = ${messageId}) order by seq limit 1`;
  return first?.createdAt ?? now;
}

async function stage(held: HeldConversation, run: Run, outcome: Extract<Outcome, { kind: 'reply' }>, agent: ActorRow): Promise<void> {
  const { row, unit } = held;
  const { sql, workspaceId } = unit;
  await settleDraft(held, 'superseded', agent);
  const id = newId();
  await sql`insert into draft ${sql({
    workspaceId,
    id,
    conversationId: row.id,
    agentId: agent.id!,
    text: outcome.text,
    inReplyTo: run.lastInboundId,
    risk: sql.json(outcome.risk),
    because: sql.json(outcome.because as never),
    actions: sql.json(outcome.actions as never),
    createdAt: held.now,
  })}`;
  row.draftId = id;
  await execute(held, { type: 'draft_staged' }, agent);
  row.lastActivityAt = held.now;
  await notifyTeam(held, { kind: 'draft', text: run.contact.name, data: { draftId: id, snippet: outcome.text.slice(0, 200) } });
  unit.emit({ kind: 'draft', audience: 'team', subjectId: id, conversationId: row.id });
}

function sameCounters(held: HeldConversation, speakers: Speakers, run: Run): boolean {
  const { counters } = run;
  return (
    held.row.fence === counters.conversation &&
    speakers.contact.fence === counters.contact &&
    speakers.account.fence === counters.account &&
    (speakers.agent?.fence ?? 0) === counters.agent
  );
}

/** The slot goes back; whatever is due again is woken at its time, and a run that starts over keeps its age. */
function giveBack(held: HeldConversation, committed: Committed): void {
  const { row, unit } = held;
  const again = committed === 'restart' || committed === 'stale';
  const since = again ? row.runSince : null;
  stopWorking(held);
  Object.assign(row, { runOwner: null, runSince: since, runRestarts: again ? row.runRestarts + 1 : 0 });
  if (again) row.runDueAt ??= held.now;
  if (row.runDueAt) unit.wake('run', row.id, row.runDueAt > held.now ? row.runDueAt : null);
}
