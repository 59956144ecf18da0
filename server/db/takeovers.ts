import type { Applied, Command, Refused } from '../domain/control.ts';
import type { Change } from './change.ts';
import { execute, handOff } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation, NewLine } from './conversation.ts';
import { join } from './participants.ts';
import type { Refusal } from './sends.ts';
import { holdWithSpeakers } from './speakers.ts';

type Person = ActorRow & { id: string };
type Outcome = { ok: true } | Refusal | null;

const stale: Refusal = { ok: false, code: 'stale_version', detail: 'The conversation changed meanwhile.' };

/** The caller saw another version than the one that is there. */
export const isStale = (held: HeldConversation, ifMatch: number | null): boolean => ifMatch !== null && ifMatch !== held.row.version;

const outcome = (applied: Applied | Refused): { ok: true } | Refusal => (applied.ok ? { ok: true } : { ok: false, code: applied.code, detail: applied.detail });

/** Runs a command on a conversation that is held, and saves it. */
async function command(held: HeldConversation, what: Command, by: Person, line: NewLine): Promise<{ ok: true } | Refusal> {
  const applied = await execute(held, what, by, line);
  if (applied.ok && applied.changed) {
    await join(held, by.id);
    await held.save();
  }
  return outcome(applied);
}

/** A person takes the conversation from the agent: its run stops, what it queued is recalled, a draft stays for the person. */
export async function assume(unit: Change, id: string, by: Person, input: { reason: string | null; ifMatch: number | null }): Promise<Outcome> {
  const held = await holdConversation(unit, id);
  if (!held) return null;
  if (isStale(held, input.ifMatch)) return stale;
  return command(held, { type: 'assume', operatorId: by.id }, by, { code: 'assumed', text: `${by.name} assumed the conversation`, reason: input.reason });
}

/** A person hands the conversation to people, or what the host has automated does. */
export async function handOffByHand(
  unit: Change,
  id: string,
  by: ActorRow,
  input: { routeId: string | null; departmentId: string | null; reason: string | null; ifMatch: number | null },
): Promise<Outcome> {
  const found = await holdWithSpeakers(unit, id);
  if (!found) return null;
  const { held, speakers } = found;
  if (isStale(held, input.ifMatch)) return stale;
  const { sql, workspaceId } = unit;
  const [route] = input.routeId
    ? await sql<{ departmentId: string | null }[]>`select department_id from route where workspace_id = ${workspaceId} and id = ${input.routeId}`
    : [];
  if (input.routeId && !route) return { ok: false, code: 'invalid', detail: 'routeId: there is no such route.' };
  if (input.departmentId && !(await departmentExists(unit, input.departmentId)))
    return { ok: false, code: 'invalid', detail: 'departmentId: there is no such department.' };
  const applied = await handOff(held, speakers.contact, {
    trigger: by.kind === 'operator' ? 'manual' : 'automation',
    routeId: input.routeId,
    departmentId: input.departmentId ?? route?.departmentId ?? null,
    reason: input.reason,
    by,
    dropDraft: false,
  });
  if (applied.ok && applied.changed) await held.save();
  return outcome(applied);
}

/** Clears the handoff and gives control back to the conversation's agent; starts nothing for what came before. */
export async function resume(unit: Change, id: string, by: Person, input: { reason: string | null; ifMatch: number | null }): Promise<Outcome> {
  const found = await holdWithSpeakers(unit, id);
  if (!found) return null;
  const { held, speakers } = found;
  if (isStale(held, input.ifMatch)) return stale;
  return command(held, { type: 'resume', agent: speakers.agent }, by, {
    code: 'resumed',
    text: `${by.name} let ${speakers.agent?.name ?? 'the agent'} resume`,
    reason: input.reason,
    data: { agent: speakers.agent?.name ?? null },
  });
}

/** Gives the conversation to an agent, which answers at once what is unanswered. */
export async function transferToAi(
  unit: Change,
  id: string,
  by: Person,
  input: { agentId: string; reason: string | null; ifMatch: number | null },
): Promise<Outcome> {
  const { sql, workspaceId } = unit;
  // The agent comes first in the order of locks; the one that the conversation has until now does not matter here.
  const [agent] = await sql<
    { id: string; name: string; active: boolean; replyMode: 'off' }[]
  >`select id, name, active, reply_mode from agent where workspace_id = ${workspaceId} and id = ${input.agentId} for share`;
  if (!agent) return { ok: false, code: 'invalid', detail: 'agentId: there is no such agent.' };
  const [contact] = await sql<{ paused: boolean }[]>`
    select ai_paused_at is not null as paused from contact where workspace_id = ${workspaceId} and id = (select contact_id from conversation where workspace_id = ${workspaceId} and id = ${id}) for share`;
  const held = await holdConversation(unit, id);
  if (!held || !contact) return null;
  if (isStale(held, input.ifMatch)) return stale;
  return command(held, { type: 'transfer_to_ai', agent, contactPaused: contact.paused }, by, {
    code: 'transferred_to_ai',
    text: `${by.name} gave the conversation to ${agent.name}`,
    reason: input.reason,
    data: { agentId: agent.id, agent: agent.name },
  });
}

export const departmentExists = async (unit: Change, id: string): Promise<boolean> =>
  (await unit.sql`select 1 from department where workspace_id = ${unit.workspaceId} and id = ${id}`).length > 0;
