import { v7 as newId } from 'uuid';
import type { Priority, ReplyMode } from '../contract/common.ts';
import { settleMerge } from '../domain/merge.ts';
import type { MergeSide } from '../domain/merge.ts';
import type { Change } from './change.ts';
import { settleDraft } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { areErased, mergeContacts } from './merge-contacts.ts';
import type { MergedContacts } from './merge-contacts.ts';
import { factsOf, holdPair, lookAtPair, readPair, silence, snapshotOf, takeFacts, tellVisitors } from './merge-hold.ts';
import type { Pair } from './merge-hold.ts';
import { itemsOf, joinThreads } from './merge-items.ts';
import { putReads, readsOfBoth } from './reads.ts';
import { movePlaybooks } from './playbooks.ts';
import type { MovedPlaybooks } from './playbooks.ts';
import type { Refusal } from './sends.ts';

type Person = ActorRow & { id: string };

/** What comes along beside the items of the thread, by id, so that it finds back. */
export interface Moved {
  draft: string[];
  ticket: string[];
  activity: string[];
  transfer: string[];
  notification: string[];
  /** Missing in merges from before there were any. */
  playbooks?: MovedPlaybooks;
  report_opening: string[];
  report_handoff: string[];
  /** The drafts that were pending. */
  pending: { from: string | null; into: string | null };
  /** The pending transfer that gave way to the target's. */
  cancelled: string | null;
}

const alreadyMerged: Refusal = { ok: false, code: 'already_merged', detail: 'One of the two was merged meanwhile.' };

/**
 * Merges one conversation into another, in one transaction: agents at work in either are stopped, control is settled by
 * {@link settleMerge}, the items interleave by (createdAt, id), and everything else comes along.
 * @param input.mergeContacts two contacts are one person and become one; without it they must be the same
 * @returns id of the merge, a refusal, or null where there is no such conversation, or its contact is to be erased
 */
export async function mergeConversations(
  unit: Change,
  fromId: string,
  intoId: string,
  by: Person,
  input: { mergeContacts: boolean },
): Promise<{ ok: true; mergeId: string } | Refusal | null> {
  if (fromId === intoId) return { ok: false, code: 'invalid', detail: 'intoId: is the conversation itself.' };
  for (;;) {
    const seen = await lookAtPair(unit, fromId, intoId);
    if (!seen) return null;
    if (seen.from.mergedInto || seen.into.mergedInto) return alreadyMerged;
    const two = seen.from.contactId !== seen.into.contactId;
    if (two && !input.mergeContacts)
      return { ok: false, code: 'invalid', detail: 'mergeContacts: the two conversations are of different contacts; say that they are one person.' };
    let pair = await holdPair(unit, fromId, intoId, two ? [seen.from.contactId, seen.into.contactId] : []);
    if (!pair) return null;
    if (pair.from.row.mergedInto || pair.into.row.mergedInto) return alreadyMerged;
    if (pair.from.row.contactId !== seen.from.contactId || pair.into.row.contactId !== seen.into.contactId) continue;
    if (two && (await areErased(unit, [seen.from.contactId, seen.into.contactId]))) return null;
    let contacts: MergedContacts | null = null;
    if (two) {
      contacts = await mergeContacts(unit, seen.from.contactId, seen.into.contactId, fromId, by);
      pair = (await readPair(unit, fromId, intoId))!;
    }
    return { ok: true, mergeId: await join(unit, pair, by, contacts) };
  }
}

async function join(unit: Change, { from, into }: Pair, by: Person, contacts: MergedContacts | null): Promise<string> {
  const { sql, workspaceId } = unit;
  await silence(from, by);
  await silence(into, by);
  await from.save();
  await into.save();
  const before = await snapshotOf(into);
  const [fromItems, intoItems] = [await itemsOf(from), await itemsOf(into)];
  const [theirs, own] = [await sideOf(from), await sideOf(into)];
  const pending = [await firstUnsettled(from), await firstUnsettled(into)];
  const boundaries = [from.row.boundaryId, into.row.boundaryId];
  const id = newId();

  const drafts = { from: from.row.draftId, into: into.row.draftId };
  await supersedeOlderDraft(from, into, by);
  const cancelled = await cancelTransfer(from, into);
  const draftId = into.row.draftId ?? from.row.draftId;
  from.row.draftId = null;
  const moved: Moved = { ...(await moveAlong(from, into.row.id)), pending: drafts, cancelled, playbooks: await movePlaybooks(into, from.row.id) };
  await sql`insert into conversation_tag (workspace_id, conversation_id, tag_id)
    select workspace_id, ${into.row.id}, tag_id from conversation_tag where workspace_id = ${workspaceId} and conversation_id = ${from.row.id} on conflict do nothing`;
  await sql`insert into participant (workspace_id, conversation_id, operator_id, joined_at)
    select workspace_id, ${into.row.id}, operator_id, joined_at from participant where workspace_id = ${workspaceId} and conversation_id = ${from.row.id} on conflict do nothing`;
  // Whoever held one of the two and does not hold the target goes on taking part.
  for (const operatorId of new Set([from.row.assigneeId, into.row.assigneeId])) {
    if (operatorId)
      await sql`insert into participant (workspace_id, conversation_id, operator_id, joined_at) values (${workspaceId}, ${into.row.id}, ${operatorId}, ${into.now}) on conflict do nothing`;
  }

  const reads = await readsOfBoth(into, from.row.id);
  await joinThreads(into, from.row.id);
  takeFacts(into, await factsOf(into));
  await putReads(into, reads);
  settle(into, from, settleMerge(theirs, own));
  Object.assign(into.row, { draftId, ...(await placesOf(into, pending, boundaries)) });
  const lineId = await sayMerged(into, from, by, id, fromItems.messages);
  if (into.row.status === 'open' && into.row.lastInboundId !== into.row.answeredId) {
    into.row.runDueAt = into.now;
    unit.wake('run', into.row.id);
  }
  unit.wake('deliver', into.row.id);
  Object.assign(from.row, { mergedInto: into.row.id, fence: from.row.fence + 1 });
  await from.save();
  await into.save();
  await tellVisitors(into);
  await sql`insert into conversation_merge ${sql({
    workspaceId,
    id,
    fromId: from.row.id,
    intoId: into.row.id,
    by: sql.json(by as never),
    lineId,
    fromItems: fromItems.ids,
    intoItems: intoItems.ids,
    before: sql.json(before as never),
    after: sql.json((await snapshotOf(into)) as never),
    moved: sql.json(moved as never),
    contacts: contacts ? sql.json(contacts as never) : null,
    createdAt: into.now,
  })}`;
  return id;
}

/** What of a conversation a merge settles. */
export async function sideOf({ row, state, unit }: HeldConversation): Promise<MergeSide> {
  const [agent] = await unit.sql<{ replyMode: ReplyMode }[]>`select reply_mode from agent where workspace_id = ${unit.workspaceId} and id = ${row.agentId}`;
  return {
    state,
    agentMode: agent?.replyMode ?? null,
    priority: row.priority as Priority,
    fallbackCount: row.fallbackCount,
    snooze: row.snoozedBy ? { by: row.snoozedBy, until: row.snoozedUntil } : null,
  };
}

function settle(into: HeldConversation, from: HeldConversation, { state, priority, fallbackCount, snooze }: MergeSide): void {
  const { row } = into;
  const { handoffBy, handoffForm } = state.handoff && state.handoff.at.getTime() !== row.handoffAt?.getTime() ? from.row : row;
  into.takeState(state);
  const newest = (from.row.lastMessageAt?.getTime() ?? 0) > (row.lastMessageAt?.getTime() ?? 0) ? from.row : row;
  Object.assign(row, {
    ...(state.handoff ? { handoffBy, handoffForm } : { handoffBy: null, handoffForm: null }),
    priority,
    fallbackCount,
    snoozedBy: snooze?.by ?? null,
    snoozedUntil: snooze?.until ?? null,
    subject: row.subject ?? from.row.subject,
    fence: Math.max(row.fence, from.row.fence) + 1,
    lastSnippet: newest.lastSnippet,
    lastAuthor: newest.lastAuthor,
    lastMessageAt: newest.lastMessageAt,
    lastActivityAt: row.lastActivityAt > from.row.lastActivityAt ? row.lastActivityAt : from.row.lastActivityAt,
  });
}

/** The oldest inbound message that neither a person nor a run has settled; null where all are. */
async function firstUnsettled({ row, state, unit: { sql, workspaceId } }: HeldConversation): Promise<string | null> {
  if (!state.unsettled) return null;
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${row.id}`;
  const [found] = await sql<{ id: string }[]>`
    select id from message where ${here} and direction = 'inbound' and seq > coalesce((select seq from message where ${here} and id = ${row.answeredId}), 0) order by seq limit 1`;
  return found?.id ?? null;
}

/**
 * Where the two threads go on: what came before the oldest unsettled message is settled, and of the two boundaries the later
 * counts, as far as it masks nothing that is yet to be looked at.
 */
async function placesOf({ row, unit: { sql, workspaceId } }: HeldConversation, pending: (string | null)[], boundaries: (string | null)[]) {
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${row.id}`;
  const [found] = await sql<{ answeredId: string | null; boundaryId: string | null }[]>`
    with upto as (select coalesce((select min(seq) from message where ${here} and id = any(${pending.filter((one) => one !== null)}::uuid[])), ${row.lastSeq + 1}) as seq)
    select (select id from message, upto where ${here} and direction = 'inbound' and message.seq < upto.seq order by message.seq desc limit 1) as answered_id,
      (select id from message, upto where ${here} and direction = 'inbound' and message.seq < upto.seq
        and message.seq <= (select max(seq) from message where ${here} and id = any(${boundaries.filter((one) => one !== null)}::uuid[])) order by message.seq desc limit 1) as boundary_id`;
  return found!;
}

/** One draft at most waits: the newer one stays. */
async function supersedeOlderDraft(from: HeldConversation, into: HeldConversation, by: ActorRow): Promise<void> {
  const { sql, workspaceId } = into.unit;
  const [theirs, own] = [from.row.draftId, into.row.draftId];
  if (!theirs || !own) return;
  const [older] = await sql<
    { id: string }[]
  >`select id from draft where workspace_id = ${workspaceId} and id = any(${[theirs, own]}::uuid[]) order by created_at, id limit 1`;
  await settleDraft(older?.id === theirs ? from : into, 'superseded', by);
}

/** One question at most is open who takes the conversation: the target's. */
async function cancelTransfer(from: HeldConversation, into: HeldConversation): Promise<string | null> {
  const { unit } = into;
  const { sql, workspaceId } = unit;
  const [cancelled] = await sql<{ id: string }[]>`
    update transfer set status = 'cancelled', settled_at = ${into.now} where workspace_id = ${workspaceId} and conversation_id = ${from.row.id} and status = 'pending'
      and exists (select from transfer where workspace_id = ${workspaceId} and conversation_id = ${into.row.id} and status = 'pending') returning id`;
  return cancelled?.id ?? null;
}

/** Everything of a conversation that is no item of its thread goes to another. */
async function moveAlong({ row, unit }: HeldConversation, intoId: string): Promise<Omit<Moved, 'pending' | 'cancelled' | 'playbooks'>> {
  const { sql, workspaceId } = unit;
  const move = async (table: Exclude<keyof Moved, 'pending' | 'cancelled'>): Promise<string[]> => {
    const moved = await sql<{ id: string }[]>`
      update ${sql(table)} set conversation_id = ${intoId} where workspace_id = ${workspaceId} and conversation_id = ${row.id} ${table === 'notification' ? sql`and read_at is null` : sql``} returning id`;
    if (table === 'draft' || table === 'ticket' || table === 'transfer')
      for (const { id } of moved) unit.emit({ kind: table, audience: 'team', subjectId: id, conversationId: intoId });
    return moved.map(({ id }) => id);
  };
  return {
    draft: await move('draft'),
    ticket: await move('ticket'),
    activity: await move('activity'),
    transfer: await move('transfer'),
    notification: await move('notification'),
    report_opening: await move('report_opening'),
    report_handoff: await move('report_handoff'),
  };
}

/** The line that says who merged what, from where. */
async function sayMerged(into: HeldConversation, from: HeldConversation, by: Person, mergeId: string, messages: number): Promise<string> {
  const { sql, workspaceId } = into.unit;
  const [whose] = await sql<{ handle: string; name: string }[]>`
    select i.handle, c.name from identity i join contact c on c.workspace_id = i.workspace_id and c.id = ${from.row.contactId} where i.workspace_id = ${workspaceId} and i.id = ${from.row.identityId}`;
  const { channel, subject } = from.row;
  const handle = whose && channel !== 'chat' ? whose.handle : null;
  return into.addLine({
    code: 'merged',
    text: `${by.name} merged a conversation${handle ? ` from ${handle}` : ''}`,
    by,
    data: { mergeId, fromId: from.row.id, channel, handle, contact: whose?.name ?? null, subject, messages },
  });
}
