import type { PatchConversation } from '../contract/conversation.ts';
import type { AgentState } from '../domain/control.ts';
import type { Change, Writer } from './change.ts';
import { execute } from './control.ts';
import { HeldConversation } from './conversation.ts';
import type { ActorRow, ConversationRow } from './conversation.ts';
import { ASSIGNED } from './notification.ts';
import type { Refusal } from './sends.ts';
import { putOff } from './snooze.ts';
import { isStale } from './takeovers.ts';

type Person = ActorRow & { id: string };

/** A conversation that is held, with what stands around it and a patch may change or goes by. */
export interface Patched {
  held: HeldConversation;
  tags: { id: string; name: string }[];
  /** How many inbound messages whoever looks has read. */
  read: number;
}

/** @param act names what changes many at once; null where a single one is changed */
type Part = (one: Patched, by: Person, patch: PatchConversation, act: string | null) => Promise<Refusal | null>;

const MODES = { auto_send: 'sends by itself', controlled: 'sends what carries no risk', auto_draft: 'drafts for approval', off: 'off' } as const;
const STATUS = {
  open: { code: 'reopened', verb: 'reopened' },
  closed: { code: 'closed', verb: 'closed' },
  archived: { code: 'archived', verb: 'archived' },
} as const;

/** What a change has looked up: for all of its conversations it is the same. */
const lookedUp = new WeakMap<Change, Map<string, Promise<unknown>>>();
function lookUp<T>(unit: Change, name: string, read: () => Promise<T>): Promise<T> {
  const known = lookedUp.get(unit) ?? new Map<string, Promise<unknown>>();
  lookedUp.set(unit, known);
  const found = known.get(name) ?? read();
  known.set(name, found);
  return found as Promise<T>;
}

/** The agent that conversations are given, as it is; null where there is none. */
export async function agentNamed(unit: Change, agentId: string): Promise<(AgentState & { name: string }) | null> {
  const { sql, workspaceId } = unit;
  const [agent] = await lookUp(
    unit,
    agentId,
    () => sql<(AgentState & { name: string })[]>`select id, name, active, reply_mode from agent where workspace_id = ${workspaceId} and id = ${agentId}`,
  );
  return agent ?? null;
}

const refusal = (field: string, what: string): Refusal => ({ ok: false, code: 'invalid', detail: `${field}: there is no such ${what}.` });

/** One part of a patch each; a part that is not named changes nothing. The order matters: an agent before its mode. */
const PARTS: { [K in keyof PatchConversation]-?: Part } = {
  async agentId({ held }, by, { agentId }) {
    const agent = agentId ? await agentNamed(held.unit, agentId) : null;
    if (agentId && !agent) return refusal('agentId', 'agent');
    const applied = await execute(held, { type: 'set_agent', agent }, by, {
      code: 'agent_changed',
      text: agent ? `${by.name} chose ${agent.name} as the agent` : `${by.name} took the agent off`,
      data: { agent: agent?.name ?? null },
    });
    return applied.ok ? null : { ok: false, code: applied.code, detail: applied.detail };
  },
  async replyMode({ held }, by, { replyMode = null }) {
    await execute(held, { type: 'set_reply_mode', replyMode }, by, {
      code: 'mode_changed',
      text: replyMode ? `${by.name} set the reply mode: ${MODES[replyMode]}` : `${by.name} set the reply mode back to the agent's own`,
      data: { replyMode },
    });
    return null;
  },
  async assigneeId({ held }, by, { assigneeId = null }, act) {
    const { sql, workspaceId } = held.unit;
    const [operator] = assigneeId
      ? await lookUp(
          held.unit,
          assigneeId,
          () => sql<{ name: string }[]>`select name from operator where workspace_id = ${workspaceId} and id = ${assigneeId} and active`,
        )
      : [];
    if (assigneeId && !operator) return refusal('assigneeId', 'active operator');
    const applied = await execute(held, { type: 'set_assignee', operatorId: assigneeId }, by, {
      code: operator ? 'assigned' : 'unassigned',
      text: operator ? `${by.name} assigned ${operator.name}` : `${by.name} took the assignee off`,
      data: { assignee: operator?.name ?? null },
    });
    if (applied.ok && applied.changed && assigneeId && assigneeId !== by.id)
      await held.unit.write(ASSIGNED, { operatorId: assigneeId, conversationId: held.row.id, by: by.name, act });
    return null;
  },
  async departmentId({ held }, by, { departmentId = null }) {
    const { sql, workspaceId } = held.unit;
    const [department] = departmentId
      ? await lookUp(
          held.unit,
          departmentId,
          () => sql<{ name: string }[]>`select name from department where workspace_id = ${workspaceId} and id = ${departmentId}`,
        )
      : [];
    if (departmentId && !department) return refusal('departmentId', 'department');
    await execute(held, { type: 'set_department', departmentId }, by, {
      code: 'department_changed',
      text: department ? `${by.name} moved it to ${department.name}` : `${by.name} took the department off`,
      data: { department: department?.name ?? null },
    });
    return null;
  },
  async status({ held }, by, { status = 'open' }) {
    await execute(held, { type: 'set_status', status }, by, { code: STATUS[status].code, text: `${by.name} ${STATUS[status].verb} the conversation` });
    return null;
  },
  async tags(one, by, { tags = [] }) {
    return setTags(one, by, tags);
  },
  async priority({ held }, by, { priority }) {
    if (!priority || held.row.priority === priority) return null;
    held.row.priority = priority;
    await held.addLine({ code: 'priority_changed', text: `${by.name} set the priority to ${priority}`, by, data: { priority } });
    return null;
  },
  async subject({ held }, _by, { subject = null }) {
    held.row.subject = subject;
    return null;
  },
  async snoozedUntil({ held }, by, { snoozedUntil = null }) {
    return putOff(held, by, snoozedUntil === null || snoozedUntil === 'next_message' ? snoozedUntil : new Date(snoozedUntil));
  },
};

/** Puts exactly these tags on a conversation; an unknown name refuses the whole. */
async function setTags({ held, tags }: Patched, by: Person, names: string[]): Promise<Refusal | null> {
  const { sql, workspaceId } = held.unit;
  const wanted = [...new Set(names.map((name) => name.toLowerCase()))];
  const found = await lookUp(
    held.unit,
    `tags ${JSON.stringify(wanted)}`,
    () => sql<{ id: string; name: string }[]>`select id, name from tag where workspace_id = ${workspaceId} and lower(name) = any(${wanted}::text[])`,
  );
  if (found.length !== wanted.length) {
    const unknown = names.find((name) => !found.some((tag) => tag.name.toLowerCase() === name.toLowerCase()));
    return { ok: false, code: 'invalid', detail: `tags: there is no tag “${unknown ?? ''}”.` };
  }
  const removed = tags.filter((tag) => !found.some(({ id }) => id === tag.id));
  const added = found.filter((tag) => !tags.some(({ id }) => id === tag.id));
  for (const [kinds, there] of [
    [removed, false],
    [added, true],
  ] as const)
    for (const { id } of kinds) await held.unit.write(TAGS, { conversationId: held.row.id, tagId: id, there });
  if (removed.length + added.length > 0) {
    await held.addLine({ code: 'tagged', text: `${by.name} changed the tags`, by, data: { tags: found.map((tag) => tag.name) } });
  }
  return null;
}

/** Tags that a conversation is to carry from now on, or not. */
const TAGS: Writer<{ conversationId: string; tagId: string; there: boolean }> = {
  last: true,
  async write({ sql, workspaceId }, rows) {
    const [added, removed] = [rows.filter(({ there }) => there), rows.filter(({ there }) => !there)];
    const columns = (of: typeof rows) =>
      sql`unnest(${of.map(({ conversationId }) => conversationId)}::uuid[], ${of.map(({ tagId }) => tagId)}::uuid[]) u (conversation_id, tag_id)`;
    if (removed.length > 0) {
      await sql`delete from conversation_tag t using ${columns(removed)} where t.workspace_id = ${workspaceId} and t.conversation_id = u.conversation_id and t.tag_id = u.tag_id`;
    }
    if (added.length > 0)
      await sql`insert into conversation_tag (workspace_id, conversation_id, tag_id) select ${workspaceId}, u.* from ${columns(added)} on conflict do nothing`;
  },
};

/** Locks an agent that conversations are to be given, before them. */
export async function holdAgent({ sql, workspaceId }: Change, agentId: string): Promise<void> {
  await sql`select 1 from agent where workspace_id = ${workspaceId} and id = ${agentId} for share`;
}

/**
 * Locks conversations, in the order of their ids as everywhere, and looks at what stands around them. Those that are not
 * there, are another workspace's or were merged into others are left out.
 */
export async function holdMany(unit: Change, operatorId: string, ids: readonly string[]): Promise<Map<string, Patched>> {
  const { sql, workspaceId } = unit;
  const locked = await sql<(ConversationRow & { now: Date })[]>`
    select *, clock_timestamp()::timestamptz(3) as now from conversation where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) and merged_into is null order by id for no key update`;
  const looked = await sql<{ id: string; tags: Patched['tags'] | null; read: number; queued: boolean }[]>`
    select c.id,
      (select json_agg(json_build_object('id', t.id, 'name', t.name)) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
        where x.workspace_id = ${workspaceId} and x.conversation_id = c.id) as tags,
      coalesce((select read_inbound_count from read_mark r where r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0) as read,
      exists (select from message m where m.workspace_id = ${workspaceId} and m.conversation_id = c.id and m.delivery_status = 'queued' and m.sent_by ->> 'kind' = 'agent') as queued
    from unnest(${locked.map(({ id }) => id)}::uuid[]) c (id)`;
  const around = new Map(looked.map((row) => [row.id, row]));
  return new Map(
    locked.map(({ now, ...row }) => {
      const { tags, read, queued } = around.get(row.id)!;
      return [row.id, { held: new HeldConversation(unit, row, now, !queued), tags: tags ?? [], read }];
    }),
  );
}

/** Changes what a patch names, all of it or nothing. */
export async function patchConversation(
  unit: Change,
  id: string,
  by: Person,
  patch: PatchConversation,
  ifMatch: number | null,
): Promise<{ ok: true } | Refusal | null> {
  if (patch.agentId) await holdAgent(unit, patch.agentId);
  const one = (await holdMany(unit, by.id, [id])).get(id);
  if (!one) return null;
  if (isStale(one.held, ifMatch)) return { ok: false, code: 'stale_version', detail: 'The conversation changed meanwhile.' };
  return (await unit.together(() => patchHeld(one, by, patch, null))) ?? { ok: true };
}

/**
 * The same with a conversation that is held. What it writes can be written with what others do ({@link Change.together}).
 * @param act names what changes many at once; null where this is the only one
 * @returns why it is refused; some of it may be written by then, so whoever called undoes its transaction
 */
export async function patchHeld(one: Patched, by: Person, patch: PatchConversation, act: string | null): Promise<Refusal | null> {
  for (const [field, part] of Object.entries(PARTS) as [keyof PatchConversation, Part][]) {
    if (patch[field] === undefined) continue;
    const refused = await part(one, by, patch, act);
    if (refused) return refused;
  }
  await one.held.save();
  return null;
}
