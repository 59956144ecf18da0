/** What a run wants to say, under the fence: sent, staged as a draft, or left; with what it rests on, or that nothing was there. */
import { v7 as newId } from 'uuid';
import { mayAgentReply } from '../domain/policy.ts';
import { noteUses } from './article-uses.ts';
import { execute, settleDraft } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { noteGap } from './gaps.ts';
import { mailLimitReached } from './mail-loops.ts';
import { insertOutbound } from './message.ts';
import { notifyTeam } from './notification.ts';
import type { Committed, Reply } from './outcome.ts';
import { writePlaybook } from './playbooks.ts';
import { whyUnreachable } from './reach.ts';
import type { Run } from './run-load.ts';
import { needsPerson } from './skill-calls.ts';
import { countersOf, standingOf } from './speakers.ts';
import type { Speakers } from './speakers.ts';

/**
 * Sends what the agent says, stages it for a person, or leaves it: as the policy has it now, and as the customer can be reached.
 * @param settle once it is decided: what the run saw is answered
 */
export async function commitReply(
  held: HeldConversation,
  speakers: Speakers,
  run: Run,
  outcome: Reply,
  agent: ActorRow,
  settle: () => Promise<void>,
): Promise<Committed> {
  const { row } = held;
  const policy = mayAgentReply({ ...standingOf(row, speakers), risk: outcome.risk.level, ...outcome.asked });
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
      runFence: countersOf(row, speakers),
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

/** The reply waits for a person, in the place of any other that did. */
async function stage(held: HeldConversation, run: Run, outcome: Reply, agent: ActorRow): Promise<void> {
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

/** What an answer rests on, or that nothing was there for it to rest on. */
async function noteKnowledge(held: HeldConversation, run: Run, { because, fallback }: Reply): Promise<void> {
  await noteUses(held.unit, because.articles, held.now);
  if (fallback) await noteUnanswered(held, run);
}

/** The gap that the run's messages show in what the agent can look up. */
export const noteUnanswered = (held: HeldConversation, run: Run): Promise<void> =>
  noteGap(held.unit, { messageId: run.lastInboundId, text: run.burst.map(({ text }) => text).join(' '), language: run.contact.language, at: held.now });
