import type { Applied, Command, Refused } from '../domain/control.ts';
import { apply } from '../domain/control.ts';
import type { Priority } from '../contract/common.ts';
import type { Why } from '../contract/why.ts';
import { raisePriority } from '../domain/routing.ts';
import { endsSnooze } from '../domain/snooze.ts';
import { handoffText } from '../domain/words.ts';
import type { Writer } from './change.ts';
import type { ActorRow, HeldConversation, NewLine } from './conversation.ts';
import { insertOutbound } from './message.ts';
import { notifyTeam, settleNotifications } from './notification.ts';
import { endPlaybook } from './playbooks.ts';
import { whyUnreachable } from './reach.ts';
import { beginForm, showChosen } from './route-form.ts';
import { offerRoutes, routeById } from './routes.ts';

/** A person is at it: fixed texts ask the customer nothing more. */
const ENDS_FORM: ReadonlySet<Command['type']> = new Set(['assume', 'human_reply']);

/**
 * Puts a command through the state machine and writes all that comes with it: counters, recalled messages, the aborted
 * run, the draft, the line in the thread. The caller saves the conversation.
 * @param line what the thread shows where something changed; left out for commands that come with a message
 */
export async function execute(held: HeldConversation, command: Command, by: ActorRow, line?: NewLine): Promise<Applied | Refused> {
  const applied = apply(held.state, command, held.now);
  if (!applied.ok || !applied.changed) return applied;
  const { row, unit } = held;
  const { effects } = applied;
  const handedOff = row.handoffAt === null && applied.state.handoff !== null;
  const before = { handoff: row.handoffAt !== null, assigneeId: row.assigneeId, status: row.status };
  if (endsSnooze(held.state, applied.state, command.type)) Object.assign(row, { snoozedBy: null, snoozedUntil: null });
  held.takeState(applied.state);
  if (handedOff) Object.assign(row, { handoffBy: by, handoffForm: null });
  if (row.handoffAt && ENDS_FORM.has(command.type)) row.handoffForm = { ...(row.handoffForm ?? { routeId: null, fields: [] }), asked: null, ended: true };
  if (effects.fence) row.fence += 1;
  if (line) await held.addLine({ by, ...line });
  if (before.status === 'open' && row.status !== 'open') await endPlaybook(held);
  if (!handedOff && before.handoff && (!row.handoffAt || (row.assigneeId && row.assigneeId !== before.assigneeId)))
    await settleNotifications(unit, row.id, ['handoff']);
  if (effects.abort && row.runOwner) {
    row.runOwner = null;
    unit.abort(row.id);
    stopWorking(held);
  }
  // Whoever had an answer queued when people got the word waits for them since the message that it was for.
  const reopened = effects.recall && (await recall(held, by, !effects.settle || handedOff));
  if (effects.pendingDraft !== 'keep') await settleDraft(held, effects.pendingDraft === 'drop' ? 'dropped' : 'superseded', by);
  if (effects.settle) {
    row.answeredId = row.lastInboundId;
    row.runDueAt = null;
    row.burstFrom = null;
  }
  if (effects.boundary) {
    row.boundaryId = row.lastInboundId;
    row.fallbackCount = 0;
  }
  if (effects.unsettle && row.waitingSince) {
    const [answered] = await unit.sql<{ id: string }[]>`
      select id from message where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and direction = 'inbound' and created_at < ${row.waitingSince} order by seq desc limit 1`;
    row.answeredId = answered?.id ?? null;
  }
  if (effects.run && held.state.unsettled) {
    row.runDueAt = held.now;
    unit.wake('run', row.id);
  } else if (reopened && !effects.settle) {
    await execute(held, { type: 'agent_cannot', reason: 'recalled' }, by);
  }
  return applied;
}

/** The slot's visible side: no agent is at work here. */
export function stopWorking(held: HeldConversation): void {
  Object.assign(held.row, { runStage: null, runSkill: null, runSince: null, runAgentId: null });
  held.unit.afterwards({
    kind: 'passing',
    workspaceId: held.unit.workspaceId,
    audience: 'team',
    addresseeId: null,
    event: 'working',
    data: { conversationId: held.row.id, working: null },
  });
}

/**
 * What an agent queued by itself and delivery has not claimed does not go out any more.
 * @param again what it answered is unanswered again
 * @returns whether somebody waits for an answer now who had one queued
 */
export async function recall(held: HeldConversation, by: ActorRow, again = true): Promise<boolean> {
  if (held.idle) return false;
  const { sql, workspaceId } = held.unit;
  const recalled = await sql<{ id: string; seq: number; authorName: string }[]>`
    update message set delivery_status = 'recalled', delivery_at = ${held.now}
    where workspace_id = ${workspaceId} and conversation_id = ${held.row.id} and delivery_status = 'queued' and sent_by ->> 'kind' = 'agent'
    returning id, seq, author_name`;
  for (const message of recalled) await sayRecalled(held, by, message);
  return again && recalled.length > 0 && reopen(held, Math.min(...recalled.map((message) => message.seq)));
}

/** The line of a message that does not go out, and the message as it is now. */
export async function sayRecalled(
  held: HeldConversation,
  by: ActorRow,
  message: { id: string; authorName: string },
  why?: Why & { reason: string },
): Promise<void> {
  held.itemChanged(message.id);
  await held.addLine({
    code: 'recalled',
    text: `A queued message of ${message.authorName} was recalled`,
    by,
    reason: why?.reason ?? null,
    data: { messageId: message.id, agent: message.authorName, ...(why && { why: { code: why.code } }) },
  });
}

/**
 * An answer that was recalled is none: whoever it was for waits again, unless a person has answered since.
 * @param seq of the recalled message
 * @returns false where nobody waits
 */
export async function reopen(held: HeldConversation, seq: number): Promise<boolean> {
  const { row, unit } = held;
  const here = unit.sql`workspace_id = ${unit.workspaceId} and conversation_id = ${row.id}`;
  if (row.status !== 'open') return false;
  const [waiting] = await unit.sql<{ createdAt: Date; before: string | null }[]>`
    select created_at, (select id from message where ${here} and direction = 'inbound' and seq < m.seq order by seq desc limit 1) as before
    from message m where ${here} and direction = 'inbound' and seq < ${seq}
      and seq > coalesce((select max(seq) from message where ${here} and direction = 'outbound' and author_kind <> 'system' and delivery_status <> 'recalled' and seq < ${seq}), 0)
      and not exists (select from message where ${here} and seq > ${seq} and sent_by ->> 'kind' = 'operator' and delivery_status <> 'recalled')
    order by seq limit 1`;
  if (!waiting) return false;
  row.waitingSince = waiting.createdAt;
  row.answeredId = waiting.before;
  return true;
}

/** Drafts that end without a message. */
const ENDED: Writer<{ id: string; status: string; at: Date; by: ActorRow; reason: string | null }> = {
  async write({ sql, workspaceId }, rows) {
    const of = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key]);
    await sql`
      update draft d set status = e.status, settled_at = e.at, settled_by = e.by::jsonb, reason = e.reason, version = d.version + 1
      from unnest(${of('id')}::uuid[], ${of('status')}::text[], ${of('at').map((at) => at.toISOString())}::timestamptz[], ${of('by').map((by) => JSON.stringify(by))}::text[], ${of('reason')}::text[]) e (id, status, at, by, reason)
      where d.workspace_id = ${workspaceId} and d.id = e.id and d.status = 'pending'`;
  },
};

/** Ends the pending draft of a conversation, if there is one, without a message. */
export async function settleDraft(
  held: HeldConversation,
  status: 'superseded' | 'dropped' | 'rejected',
  by: ActorRow,
  reason: string | null = null,
): Promise<void> {
  const { row, unit } = held;
  if (!row.draftId) return;
  await unit.write(ENDED, { id: row.draftId, status, at: held.now, by, reason });
  unit.emit({ kind: 'draft', audience: 'team', subjectId: row.draftId, conversationId: row.id });
  await settleNotifications(unit, row.id, ['draft']);
  row.draftId = null;
}

export interface HandOff {
  trigger: Extract<Command, { type: 'hand_off' }>['trigger'];
  routeId: string | null;
  departmentId: string | null;
  reason: string | null;
  /** Where the reason is our own words and not somebody's: what set it off, so that screens say it in theirs. */
  found?: string | null | undefined;
  by: ActorRow;
  /** The same turn had staged a reply: it goes. */
  dropDraft: boolean;
  priority?: Priority | null;
  /** The routes that are offered; none named means all. */
  offer?: readonly string[] | undefined;
}

/**
 * Hands a conversation to people: the state, its line, the message from `system` with the routes to choose, and the
 * notifications commit together.
 */
export async function handOff(held: HeldConversation, contact: { name: string; language: string | null }, handoff: HandOff): Promise<Applied | Refused> {
  const { row, unit } = held;
  const { sql, workspaceId } = unit;
  const before = row.handoffAt;
  const { by, trigger, routeId, departmentId, reason, dropDraft } = handoff;
  const applied = await execute(held, { type: 'hand_off', trigger, routeId, departmentId, reason, dropDraft }, by, {
    code: 'handed_off',
    text: `${by.name} handed off`,
    reason,
    data: { trigger, routeId, departmentId, ...(handoff.found !== undefined && { found: handoff.found }) },
  });
  if (!applied.ok || !applied.changed) return applied;
  const route = routeId && (await routeById(sql, workspaceId, routeId));
  if (before) {
    if (route) await beginForm(held, route, undefined, await showChosen(held, route.id));
    return applied;
  }
  if (handoff.priority) row.priority = raisePriority(row.priority as Priority, handoff.priority);

  const { language } = contact;
  const { routes, back } = await offerRoutes(sql, workspaceId, { departmentId: row.departmentId, language, now: held.now, only: handoff.offer });
  const text = [handoffText(language, routes.length > 0), back].filter(Boolean).join('\n');
  // Whom nothing may be sent to is not told; that it is handed off, the team sees.
  let offer: string | undefined;
  if (!(await whyUnreachable(sql, workspaceId, row, text, held.now))) {
    offer = await insertOutbound(held, {
      author: { kind: 'system', id: null, name: await workspaceName(held) },
      sentBy: { kind: 'system', id: null },
      text,
      routes: routes.length > 0 ? routes : null,
      chosenRouteId: routeId,
      aiGenerated: false,
    });
  }
  const asForm = row.channel === 'chat' && routes.some(({ id }) => id === routeId);
  if (route) await beginForm(held, route, undefined, asForm ? offer : undefined);
  await notifyTeam(
    held,
    { kind: 'handoff', text: contact.name, data: { reason, trigger, ...(handoff.found !== undefined && { found: handoff.found }) } },
    { by: by.kind === 'operator' ? by.id : null },
  );
  return applied;
}

async function workspaceName(held: HeldConversation): Promise<string> {
  const [workspace] = await held.unit.sql<{ name: string }[]>`select name from workspace where id = ${held.unit.workspaceId}`;
  return workspace?.name ?? '';
}
