/** What becomes of the conversations of an agent that was switched off: each of them, as a step of an operation. */
import { execute, handOff } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { agentNamed } from './patches.ts';

type Person = ActorRow & { id: string };
interface Left {
  id: string;
  name: string;
}

const changedSince = { code: 'changed_since' };
const reasonOf = ({ name }: Left): string => `${name} was deactivated`;

/**
 * Gives a conversation that is held to another agent, or to people. Whoever waits for an answer is told of people; nobody
 * else is written to. The other agent answers what nobody has answered.
 * @param toAgentId null: to people
 */
export async function passOn(held: HeldConversation, by: Person, left: Left, toAgentId: string | null): Promise<{ code: string } | null> {
  const { row } = held;
  if (row.agentId !== left.id || row.status !== 'open') return changedSince;
  if (toAgentId === null) {
    if (row.controllerKind !== 'agent') return changedSince;
    await toPeople(held, by, left);
  } else {
    const agent = await agentNamed(held.unit, toAgentId);
    if (!agent?.active) return { code: 'agent_inactive' };
    const line = { code: 'agent_changed', text: `${by.name} chose ${agent.name} as the agent`, reason: reasonOf(left), data: { agent: agent.name } };
    // A run that came in between has settled the message without an answer: it is owed one again.
    const owed = row.controllerKind === 'agent' && row.requiresReason === 'agent_inactive' && row.replyModeOverride !== 'off' && agent.replyMode !== 'off';
    const applied = await execute(held, owed ? { type: 'transfer_to_ai', agent, contactPaused: false } : { type: 'set_agent', agent }, by, line);
    if (!applied.ok) return { code: applied.code };
  }
  await held.save();
  return null;
}

async function toPeople(held: HeldConversation, by: Person, left: Left): Promise<void> {
  const {
    row,
    unit: { sql, workspaceId },
  } = held;
  const reason = reasonOf(left);
  if (!row.waitingSince) {
    await execute(held, { type: 'hand_off', trigger: 'manual', routeId: null, departmentId: null, reason, dropDraft: false }, by, {
      code: 'handed_off',
      text: `${by.name} handed off`,
      reason,
      data: { trigger: 'manual', routeId: null, departmentId: null },
    });
    return;
  }
  const [contact] = await sql<
    { name: string; language: string | null }[]
  >`select name, language from contact where workspace_id = ${workspaceId} and id = ${row.contactId}`;
  await handOff(held, contact ?? { name: '', language: null }, { trigger: 'manual', routeId: null, departmentId: null, reason, by, dropDraft: false });
}

/**
 * Undoes that a conversation was handed to people: the agent has the word again, and answers whoever waits since before.
 * @param was the conversation as it was before
 * @returns false where somebody has done something with it since: it stays as it is
 */
export async function takeBack(
  held: HeldConversation,
  by: Person,
  left: Left,
  was: { assigneeId: string | null; requiresAction?: boolean; requiresReason?: string | null; waitingSince?: string | null },
): Promise<boolean> {
  const { row } = held;
  const untouched =
    row.status === 'open' &&
    row.handoffBy?.id === by.id &&
    row.handoffReason === reasonOf(left) &&
    row.handoffRouteId === null &&
    row.requiresReason === 'handoff' &&
    row.agentId === left.id &&
    row.controllerKind === 'human' &&
    row.controllerId === was.assigneeId;
  if (!untouched) return false;
  const agent = await agentNamed(held.unit, left.id);
  if (!agent?.active) return false;
  const newer = row.lastInboundAt !== null && row.handoffAt !== null && row.lastInboundAt > row.handoffAt;
  const waits = (was.waitingSince ?? null) !== null || newer;
  const answers = waits && agent.replyMode !== 'off' && row.replyModeOverride !== 'off';
  const line = { code: 'resumed', text: `${by.name} let ${agent.name} resume`, reason: null, data: { agent: agent.name } };
  const applied = await execute(held, answers ? { type: 'transfer_to_ai', agent, contactPaused: false } : { type: 'resume', agent }, by, line);
  if (!applied.ok) return false;
  if (!waits) Object.assign(row, { waitingSince: null, requiresAction: was.requiresAction ?? false, requiresReason: was.requiresReason ?? null });
  await held.save();
  return true;
}
