import type { Priority } from '../contract/common.ts';
import type { Why } from '../contract/why.ts';
import { restartsRun } from '../domain/burst.ts';
import { targetOf } from '../domain/triggers.ts';
import { closingText } from '../domain/words-closing.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import { commitReply, noteUnanswered } from './commit-reply.ts';
import { execute, handOff, stopWorking } from './control.ts';
import type { HandOff } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { insertOutbound } from './message.ts';
import type { Committed, Outcome } from './outcome.ts';
import { writePlaybook } from './playbooks.ts';
import { whyUnreachable } from './reach.ts';
import type { Run } from './run-load.ts';
import { countersOf, holdWithSpeakers, sameCounters } from './speakers.ts';
import type { Speakers } from './speakers.ts';

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
  if (!sameCounters(run.counters, countersOf(row, speakers))) {
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
      if (outcome.trigger === 'fallback_loop') await noteUnanswered(held, run);
      await settle();
      return 'handed_off';
    case 'close':
      return newer ? 'restart' : close(held, speakers, run, outcome, agent);
    case 'reply':
      return commitReply(held, speakers, run, outcome, agent, settle);
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
