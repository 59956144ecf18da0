import { v7 as newId } from 'uuid';
import type { Priority } from '../contract/common.ts';
import type { PatchTicket, Snapshot, TicketStatus } from '../contract/ticket.ts';
import type { FileLinks, StoredFile } from '../files/links.ts';
import type { Change } from './change.ts';
import { conversationViews } from './conversation-view.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { listMessages } from './message-view.ts';
import { notify } from './notification.ts';
import type { Refusal } from './sends.ts';
import { postToTracker } from './ticket-posts.ts';

/** Beyond every seq: a snapshot is of the whole thread. */
const ALL = 2_147_483_647;

/** In a snapshot files stand as they are stored, and links, which expire, are made when it is shown. */
const KEPT: FileLinks = { show: (file) => ({ ...file, url: '' }), mail: () => 'mail', verify: () => 'wrong' };

export interface NewTicket {
  title: string;
  description: string;
  priority: Priority;
  assigneeId: string | null;
}

const noAssignee: Refusal = { ok: false, code: 'invalid', detail: 'assigneeId: names nobody who works here.' };

const worksHere = async ({ sql, workspaceId }: Change, operatorId: string): Promise<boolean> =>
  (await sql`select from operator where workspace_id = ${workspaceId} and id = ${operatorId} and active`).length > 0;

/**
 * Makes a ticket of a conversation as it stands: conversation and items are read under its lock, so that nothing enters
 * the thread in between. The ticket's number comes last, since all tickets of the workspace wait for it.
 * @returns the ticket's id, a refusal, or null where there is no such conversation
 */
export async function createTicket(
  unit: Change,
  conversationId: string,
  by: ActorRow,
  input: NewTicket,
): Promise<{ ok: true; ticketId: string } | Refusal | null> {
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  if (input.assigneeId && !(await worksHere(unit, input.assigneeId))) return noAssignee;
  const { id } = await addTicket(held, by, input);
  await held.save();
  return { ok: true, ticketId: id };
}

/** The same of a conversation that is held, for somebody who works here or nobody. */
export async function addTicket(held: HeldConversation, by: ActorRow, input: NewTicket): Promise<{ id: string; number: number }> {
  const { unit } = held;
  const { sql, workspaceId } = unit;
  const conversationId = held.row.id;
  const conversation = (await conversationViews(sql, workspaceId, [conversationId])).get(conversationId)!;
  const messages = await listMessages(sql, workspaceId, conversationId, { side: 'after', seq: 0, limit: ALL }, KEPT);
  const snapshot: Snapshot = { takenAt: held.now.toISOString(), conversation, messages };
  const id = newId();
  const [{ number }] = await sql<[{ number: number }]>`
    insert into ticket_number as n (workspace_id, last) values (${workspaceId}, 1) on conflict (workspace_id) do update set last = n.last + 1 returning last as number`;
  await sql`insert into ticket ${sql({
    workspaceId,
    id,
    number,
    conversationId,
    ...input,
    snapshot: sql.json(snapshot as never),
    createdBy: sql.json(by as never),
    createdAt: held.now,
    updatedAt: held.now,
  })}`;
  unit.emit({ kind: 'ticket', audience: 'team', subjectId: id, conversationId });
  await held.addLine({
    code: 'ticket_created',
    text: `${by.name} created ticket #${number}: ${input.title}`,
    by,
    data: { ticketId: id, number, title: input.title },
  });
  await tellAssignee(unit, by, input.assigneeId, { id, number, title: input.title, conversationId });
  await postToTracker(unit, id, 'ticket.created');
  return { id, number };
}

interface Row {
  number: number;
  conversationId: string | null;
  title: string;
  status: TicketStatus;
  assigneeId: string | null;
  version: number;
}

/**
 * Changes a ticket; a new status stands in its conversation's timeline.
 * @param ifMatch the version that the caller saw; null where it does not care
 */
export async function patchTicket(
  unit: Change,
  ticketId: string,
  by: ActorRow,
  patch: PatchTicket,
  ifMatch: number | null,
): Promise<{ ok: true } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<{ conversationId: string | null }[]>`select conversation_id from ticket where workspace_id = ${workspaceId} and id = ${ticketId}`;
  if (!seen) return null;
  const held = seen.conversationId && patch.status !== undefined ? await holdConversation(unit, seen.conversationId) : null;
  const [before] = await sql<Row[]>`
    select number, conversation_id, title, status, assignee_id, version from ticket where workspace_id = ${workspaceId} and id = ${ticketId} for no key update`;
  if (!before) return null;
  if (ifMatch !== null && ifMatch !== before.version) return { ok: false, code: 'stale_version', detail: 'The ticket changed meanwhile.' };
  if (patch.assigneeId && !(await worksHere(unit, patch.assigneeId))) return noAssignee;
  const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0) return { ok: true };
  await sql`update ticket set ${sql(changes)}, version = version + 1, updated_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${ticketId}`;
  unit.emit({ kind: 'ticket', audience: 'team', subjectId: ticketId, conversationId: before.conversationId });
  if (held && patch.status !== undefined && patch.status !== before.status) await noteStatus(held, by, before, ticketId, patch.status);
  if (patch.assigneeId !== before.assigneeId)
    await tellAssignee(unit, by, patch.assigneeId ?? null, {
      id: ticketId,
      number: before.number,
      title: patch.title ?? before.title,
      conversationId: before.conversationId,
    });
  await postToTracker(unit, ticketId, 'ticket.updated');
  return { ok: true };
}

async function noteStatus(held: HeldConversation, by: ActorRow, { number, title }: Row, ticketId: string, status: TicketStatus): Promise<void> {
  await held.addLine({ code: 'ticket_status', text: `${by.name} set ticket #${number} to ${status}`, by, data: { ticketId, number, title, status } });
  await held.save();
}

async function tellAssignee(
  unit: Change,
  by: ActorRow,
  assigneeId: string | null,
  ticket: { id: string; number: number; title: string; conversationId: string | null },
): Promise<void> {
  if (!assigneeId || assigneeId === by.id) return;
  const { id, number, title, conversationId } = ticket;
  await notify(unit, [assigneeId], { kind: 'assignment', conversationId, text: by.name, data: { ticketId: id, number, title } });
}

/** A snapshot as it is shown, with links that hold for some hours. */
export function showSnapshot(kept: Snapshot, workspaceId: string, links: FileLinks): Snapshot {
  const messages = kept.messages.map((message) => ({
    ...message,
    attachments: (message.attachments as (Snapshot['messages'][number]['attachments'][number] & StoredFile)[]).map(links.show),
    htmlUrl: message.htmlUrl ? links.mail(workspaceId, message.id) : null,
  }));
  return { ...kept, messages };
}
