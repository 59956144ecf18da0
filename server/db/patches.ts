import type { PatchConversation } from '../contract/conversation.ts';
import type { Change } from './change.ts';
import { execute } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { notify } from './notification.ts';
import type { Refusal } from './sends.ts';
import { putOff } from './snooze.ts';
import { isStale } from './takeovers.ts';

type Person = ActorRow & { id: string };
type Part = (held: HeldConversation, by: Person, patch: PatchConversation) => Promise<Refusal | null>;

const MODES = { auto_send: 'sends by itself', controlled: 'sends what carries no risk', auto_draft: 'drafts for approval', off: 'off' } as const;
const STATUS = { open: { code: 'reopened', verb: 'reopened' }, closed: { code: 'closed', verb: 'closed' }, archived: { code: 'archived', verb: 'archived' } } as const;

/** What a change has looked up: for all of its conversations it is the same. */
const lookedUp = new WeakMap<Change, Map<string, Promise<unknown>>>();
function lookUp<T>(unit: Change, name: string, read: () => Promise<T>): Promise<T> {
  const known = lookedUp.get(unit) ?? new Map<string, Promise<unknown>>();
  lookedUp.set(unit, known);
  const found = known.get(name) ?? read();
  known.set(name, found);
  return found as Promise<T>;
}

const refusal = (field: string, what: string): Refusal => ({ ok: false, code: 'invalid', detail: `${field}: there is no such ${what}.` });

/** One part of a patch each; a part that is not named changes nothing. The order matters: an agent before its mode. */
const PARTS: { [K in keyof PatchConversation]-?: Part } = {
  async agentId(held, by, { agentId }) {
    const { sql, workspaceId } = held.unit;
    const [agent] = agentId ? await lookUp(held.unit, agentId, () => sql<{ id: string; name: string; active: boolean; replyMode: 'off' }[]>`select id, name, active, reply_mode from agent where workspace_id = ${workspaceId} and id = ${agentId}`) : [];
    if (agentId && !agent) return refusal('agentId', 'agent');
    const applied = await execute(held, { type: 'set_agent', agent: agent ?? null }, by, {
      code: 'agent_changed', text: agent ? `${by.name} chose ${agent.name} as the agent` : `${by.name} took the agent off`, data: { agent: agent?.name ?? null },
    });
    return applied.ok ? null : { ok: false, code: applied.code, detail: applied.detail };
  },
  async replyMode(held, by, { replyMode = null }) {
    await execute(held, { type: 'set_reply_mode', replyMode }, by, {
      code: 'mode_changed', text: replyMode ? `${by.name} set the reply mode: ${MODES[replyMode]}` : `${by.name} set the reply mode back to the agent's own`, data: { replyMode },
    });
    return null;
  },
  async assigneeId(held, by, { assigneeId = null }) {
    const { sql, workspaceId } = held.unit;
    const [operator] = assigneeId ? await lookUp(held.unit, assigneeId, () => sql<{ name: string }[]>`select name from operator where workspace_id = ${workspaceId} and id = ${assigneeId} and active`) : [];
    if (assigneeId && !operator) return refusal('assigneeId', 'active operator');
    const applied = await execute(held, { type: 'set_assignee', operatorId: assigneeId }, by, {
      code: operator ? 'assigned' : 'unassigned', text: operator ? `${by.name} assigned ${operator.name}` : `${by.name} took the assignee off`, data: { assignee: operator?.name ?? null },
    });
    if (applied.ok && applied.changed && assigneeId && assigneeId !== by.id) {
      const [contact] = await sql<{ name: string }[]>`select name from contact where workspace_id = ${workspaceId} and id = ${held.row.contactId}`;
      await notify(held.unit, [assigneeId], { kind: 'assignment', conversationId: held.row.id, text: contact?.name ?? '', data: { by: by.name } });
    }
    return null;
  },
  async departmentId(held, by, { departmentId = null }) {
    const { sql, workspaceId } = held.unit;
    const [department] = departmentId ? await lookUp(held.unit, departmentId, () => sql<{ name: string }[]>`select name from department where workspace_id = ${workspaceId} and id = ${departmentId}`) : [];
    if (departmentId && !department) return refusal('departmentId', 'department');
    await execute(held, { type: 'set_department', departmentId }, by, {
      code: 'department_changed', text: department ? `${by.name} moved it to ${department.name}` : `${by.name} took the department off`, data: { department: department?.name ?? null },
    });
    return null;
  },
  async status(held, by, { status = 'open' }) {
    await execute(held, { type: 'set_status', status }, by, { code: STATUS[status].code, text: `${by.name} ${STATUS[status].verb} the conversation` });
    return null;
  },
  async tags(held, by, { tags = [] }) {
    return setTags(held, by, tags);
  },
  async priority(held, by, { priority }) {
    if (!priority || held.row.priority === priority) return null;
    held.row.priority = priority;
    await held.addLine({ code: 'priority_changed', text: `${by.name} set the priority to ${priority}`, by, data: { priority } });
    return null;
  },
  async subject(held, _by, { subject = null }) {
    held.row.subject = subject;
    return null;
  },
  async snoozedUntil(held, by, { snoozedUntil = null }) {
    return putOff(held, by, snoozedUntil === null || snoozedUntil === 'next_message' ? snoozedUntil : new Date(snoozedUntil));
  },
};

/** Puts exactly these tags on a conversation; an unknown name refuses the whole. */
async function setTags(held: HeldConversation, by: Person, names: string[]): Promise<Refusal | null> {
  const { sql, workspaceId } = held.unit;
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))];
  const found = await lookUp(held.unit, `tags ${JSON.stringify(wanted)}`, () => sql<{ id: string; name: string }[]>`select id, name from tag where workspace_id = ${workspaceId} and lower(name) = any(${wanted}::text[])`);
  if (found.length !== wanted.length) {
    const unknown = names.find((name) => !found.some((tag) => tag.name.toLowerCase() === name.toLowerCase()));
    return { ok: false, code: 'invalid', detail: `tags: there is no tag “${unknown ?? ''}”.` };
  }
  const ids = found.map((tag) => tag.id);
  const removed = await sql`delete from conversation_tag where workspace_id = ${workspaceId} and conversation_id = ${held.row.id} and not (tag_id = any(${ids}::uuid[])) returning tag_id`;
  const added = await sql`insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, ${held.row.id}, id from unnest(${ids}::uuid[]) as id on conflict do nothing returning tag_id`;
  if (removed.length + added.length > 0) {
    await held.addLine({ code: 'tagged', text: `${by.name} changed the tags`, by, data: { tags: found.map((tag) => tag.name) } });
  }
  return null;
}

/** Locks an agent that conversations are to be given, before them. */
export async function holdAgent({ sql, workspaceId }: Change, agentId: string): Promise<void> {
  await sql`select 1 from agent where workspace_id = ${workspaceId} and id = ${agentId} for share`;
}

/** Changes what a patch names, all of it or nothing. */
export async function patchConversation(unit: Change, id: string, by: Person, patch: PatchConversation, ifMatch: number | null): Promise<{ ok: true } | Refusal | null> {
  if (patch.agentId) await holdAgent(unit, patch.agentId);
  const held = await holdConversation(unit, id);
  if (!held) return null;
  if (isStale(held, ifMatch)) return { ok: false, code: 'stale_version', detail: 'The conversation changed meanwhile.' };
  return (await patchHeld(held, by, patch)) ?? { ok: true };
}

/**
 * The same with a conversation that is held.
 * @returns why it is refused; some of it may be written by then, so whoever called undoes its transaction
 */
export async function patchHeld(held: HeldConversation, by: Person, patch: PatchConversation): Promise<Refusal | null> {
  for (const [field, part] of Object.entries(PARTS) as [keyof PatchConversation, Part][]) {
    if (patch[field] === undefined) continue;
    const refused = await part(held, by, patch);
    if (refused) return refused;
  }
  await held.save();
  return null;
}
