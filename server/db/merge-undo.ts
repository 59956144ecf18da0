import { v7 as newId } from 'uuid';
import { restored, waitingAfter } from '../domain/merge.ts';
import type { SinceMerge } from '../domain/merge.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ActorRow, ConversationRow, HeldConversation } from './conversation.ts';
import { snippetOf } from './conversation.ts';
import { areErased, partContacts } from './merge-contacts.ts';
import type { MergedContacts } from './merge-contacts.ts';
import { factsOf, holdPair, readPair, silence, snapshotOf, takeFacts, tellVisitors } from './merge-hold.ts';
import type { Pair, Snapshot } from './merge-hold.ts';
import { inboundOf, itemsSince, partThreads, sidesOf } from './merge-items.ts';
import type { Since } from './merge-items.ts';
import type { Moved } from './merge.ts';
import { partMoved } from './merge-moved.ts';
import { endPlaybook } from './playbooks.ts';
import { putReads, readsOf, readWithin } from './reads.ts';
import type { Refusal } from './sends.ts';

type Person = ActorRow & { id: string };
type SideName = 'from' | 'into';

interface MergeRow {
  id: string;
  fromId: string;
  intoId: string;
  lineId: string;
  before: Snapshot;
  after: Snapshot;
  moved: Moved;
  contacts: MergedContacts | null;
  undoneAt: Date | null;
  createdAt: Date;
}

const undone: Refusal = { ok: false, code: 'already_undone', detail: 'This merge was undone already.' };
const further: Refusal = { ok: false, code: 'already_merged', detail: 'There was another merge since; undo that one first.' };

/**
 * Takes a merge back, in one transaction: both conversations are as they were, and each message that came since goes to the one
 * of its handle. What somebody decided since, such as who is in control, holds for both. Of several merges the last is
 * taken back first.
 * @returns ids of the two, a refusal, or null where there was no such merge, or its contact is to be erased
 */
export async function undoMerge(unit: Change, mergeId: string, by: Person): Promise<{ ok: true; fromId: string; intoId: string } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<MergeRow[]>`
    select id, from_id, into_id, line_id, before, after, moved, contacts, undone_at, created_at from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId}`;
  if (!seen) return null;
  const { fromId, intoId, contacts } = seen;
  if (seen.undoneAt) return undone;
  const pair = await holdPair(unit, fromId, intoId, contacts ? [contacts.fromId, contacts.intoId] : []);
  if (!pair) return null;
  const [now] = await sql<{ undoneAt: Date | null; newer: boolean; apart: boolean }[]>`
    select undone_at, exists (select from conversation_merge n where n.workspace_id = g.workspace_id and n.into_id = g.into_id and n.undone_at is null and (n.created_at, n.id) > (g.created_at, g.id)) as newer,
      exists (select from contact where workspace_id = ${workspaceId} and id = any(${contacts ? [contacts.intoId] : []}::uuid[]) and merged_into is not null) as apart
    from conversation_merge g where workspace_id = ${workspaceId} and id = ${mergeId} for no key update of g`;
  if (!now || now.undoneAt) return undone;
  if (now.newer || now.apart || pair.into.row.mergedInto || pair.from.row.mergedInto !== intoId) return further;
  let both = pair;
  if (contacts) {
    if (await areErased(unit, [contacts.fromId, contacts.intoId])) return null;
    await partContacts(unit, contacts, seen.createdAt, intoId, by);
    both = (await readPair(unit, fromId, intoId))!;
  }
  await part(unit, both, seen, by);
  await sql`update conversation_merge set undone_at = ${both.into.now}, undone_by = ${sql.json(by as never)} where workspace_id = ${workspaceId} and id = ${mergeId}`;
  return { ok: true, fromId, intoId };
}

/** Where everything that came since belongs. */
interface Parting {
  since: { item: Since; side: SideName }[];
  /** Inbound messages of the merged thread in its order. */
  inbound: { id: string; side: SideName }[];
  /** The merged conversation as it is now, before it is parted, and how the merge had left it. */
  now: ConversationRow;
  merged: ConversationRow;
}

async function part(unit: Change, { from, into }: Pair, merge: MergeRow, by: Person): Promise<void> {
  const { sql, workspaceId } = unit;
  await silence(into, by);
  await into.save();
  const now = { ...into.row };
  const snapshot = await snapshotOf(into);
  const [before, merged] = await rowsOf(unit, merge.id);
  const parting: Parting = { ...(await partingOf(from, into, before!, merge)), now, merged: merged! };
  const idsOf = (side: SideName) => parting.since.filter((one) => one.side === side).map(({ item }) => item.id);
  await sql`delete from line where workspace_id = ${workspaceId} and id = ${merge.lineId}`;
  await partThreads(into, from.row.id, merge.id, { from: idsOf('from'), into: idsOf('into') });
  await partMoved(from, into, merge.moved, parting.since);
  await partMarks({ from, into }, merge, snapshot, parting);
  await restore(from, { ...from.row }, 'from', parting);
  await restore(into, before!, 'into', parting);
  from.row.mergedInto = null;
  from.row.fence = Math.max(from.row.fence, into.row.fence) + 1;
  into.row.fence = now.fence + 1;
  for (const held of [from, into]) {
    await sql`insert into activity ${sql({
      workspaceId,
      id: newId(),
      conversationId: held.row.id,
      kind: 'merge_undone',
      text: `${by.name} parted it again`,
      actor: sql.json(by as never),
      data: sql.json({ mergeId: merge.id }),
      at: into.now,
    })}`;
    if (held.row.status === 'open' && held.row.lastInboundId !== held.row.answeredId) {
      held.row.runDueAt = into.now;
      unit.wake('run', held.row.id);
    }
    unit.wake('deliver', held.row.id);
    if (held.row.status !== 'open') await endPlaybook(held);
    await held.save();
    await tellVisitors(held);
  }
}

/** The target as it was before a merge and after it, as rows. */
async function rowsOf({ sql, workspaceId }: Change, mergeId: string): Promise<ConversationRow[]> {
  return sql<ConversationRow[]>`
    select r.* from conversation_merge g, lateral (values (1, g.before), (2, g.after)) s (place, snapshot), jsonb_populate_record(null::conversation, s.snapshot -> 'row') r
    where g.workspace_id = ${workspaceId} and g.id = ${mergeId} order by s.place`;
}

/** A message goes to the conversation of its handle, a line to that of its message, what nobody wrote to a customer stays with the target. */
async function partingOf(
  from: HeldConversation,
  into: HeldConversation,
  before: ConversationRow,
  merge: MergeRow,
): Promise<Pick<Parting, 'since' | 'inbound'>> {
  const sides = await sidesOf(into, merge.id, { from: from.row.status === 'archived', into: before.status === 'archived' });
  const own = new Set([from.row.identityId, ...(merge.contacts?.identities ?? [])]);
  own.delete(before.identityId);
  const found = await itemsSince(into, merge.id);
  const byMessage = new Map<string, SideName>();
  for (const { id, identityId } of found) if (identityId) byMessage.set(id, sides.get(identityId) ?? (own.has(identityId) ? 'from' : 'into'));
  const since = found.map((item) => ({ item, side: byMessage.get(item.messageId ?? item.id) ?? 'into' }));
  const inbound = (await inboundOf(into, merge.id)).map(({ id, from: wasThere }) => ({
    id,
    side: byMessage.get(id) ?? (wasThere ? ('from' as const) : ('into' as const)),
  }));
  return { since, inbound };
}

/**
 * Tags, participants and read marks of the two. What somebody added or took away since holds for both, but whoever wrote to one
 * of them takes part in that one.
 */
async function partMarks({ from, into }: Pair, merge: MergeRow, now: Snapshot, { inbound, since }: Parting): Promise<void> {
  const { sql, workspaceId } = into.unit;
  const { before, after } = merge;
  for (const [table, column, key] of [
    ['conversation_tag', 'tag_id', 'tags'],
    ['participant', 'operator_id', 'participants'],
  ] as const) {
    const wrote = (side: SideName, id: string) => since.some((one) => one.side === side && one.item.authorId === id);
    const taken = after[key].filter((id) => !now[key].includes(id));
    const came = now[key].filter((id) => !after[key].includes(id));
    const added = key === 'tags' ? came : came.filter((id) => wrote('from', id));
    const elsewhere = key === 'tags' ? [] : added.filter((id) => !wrote('into', id));
    const gone = [...elsewhere, ...now[key].filter((id) => after[key].includes(id) && !before[key].includes(id))];
    await sql`delete from ${sql(table)} where workspace_id = ${workspaceId} and conversation_id = ${into.row.id} and ${sql(column)} = any(${gone}::uuid[])`;
    await sql`delete from ${sql(table)} where workspace_id = ${workspaceId} and conversation_id = ${from.row.id} and ${sql(column)} = any(${taken}::uuid[])`;
    await sql`insert into ${sql(table)} (workspace_id, conversation_id, ${sql(column)}) select ${workspaceId}, ${from.row.id}, id from unnest(${added}::uuid[]) id on conflict do nothing`;
  }
  const reads = await readsOf(into);
  const order = inbound.map(({ id }) => id);
  const ofFrom = new Set(inbound.filter(({ side }) => side === 'from').map(({ id }) => id));
  await putReads(
    from,
    reads.map((mark) => readWithin(mark, order, (id) => ofFrom.has(id))),
  );
  await putReads(
    into,
    reads.map((mark) => readWithin(mark, order, (id) => !ofFrom.has(id))),
  );
}

/** What is one's own of a conversation's row, unless somebody changed it since the merge. */
const OWN = ['priority', 'agentId', 'assigneeId', 'departmentId', 'replyModeOverride', 'fallbackCount', 'status', 'subject'] as const;
/** The same, of what belongs together. */
const GROUPS = [
  ['controllerKind', 'controllerId'],
  ['handoffAt', 'handoffTrigger', 'handoffRouteId', 'handoffReason', 'handoffBy'],
  ['snoozedBy', 'snoozedUntil'],
] as const;

/** Writes into the row of one of the two what it is again. */
async function restore(held: HeldConversation, before: ConversationRow, side: SideName, { since, inbound, now, merged }: Parting): Promise<void> {
  const { row, unit } = held;
  const values = (of: ConversationRow, keys: readonly (keyof ConversationRow)[]) => keys.map((key) => of[key]);
  for (const keys of [...OWN.map((key) => [key] as const), ...GROUPS]) {
    const kept = restored(values(before, keys), values(merged, keys), values(now, keys));
    keys.forEach((key, at) => Object.assign(row, { [key]: kept[at] }));
  }
  // Who was given the word meanwhile has it in both, each with its own agent.
  if (row.controllerKind === 'agent')
    Object.assign(row, row.agentId ? { controllerId: row.agentId } : { controllerKind: 'human', controllerId: row.assigneeId });
  takeFacts(held, await factsOf(held));
  const own = since.filter((one) => one.side === side).map(({ item }) => item);
  const messages = own.filter(({ kind, authorKind, recalled }) => kind === 'message' && authorKind !== 'system' && !recalled);
  // What the customer fills in goes with the handoff that it is for, and moves only with messages of its own.
  const open = row.handoffAt?.getTime();
  const moved = open === now.handoffAt?.getTime() && (messages.length > 0 || open !== before.handoffAt?.getTime());
  row.handoffForm = open === undefined ? null : moved ? now.handoffForm : before.handoffForm;
  const wrote = messages.some(({ direction }) => direction === 'inbound');
  const woken = since.some(({ item }) => item.direction === 'inbound') && now.status === 'open';
  if (wrote && (woken || now.status === merged.status)) Object.assign(row, { status: 'open', snoozedBy: null, snoozedUntil: null });
  // A message to the other one has brought back only that.
  else if (woken) Object.assign(row, { status: before.status, snoozedBy: before.snoozedBy, snoozedUntil: before.snoozedUntil });
  if (!wrote) Object.assign(row, { channel: before.channel, accountId: before.accountId, identityId: before.identityId });

  const placeOf = (id: string | null): number => inbound.findIndex((one) => one.id === id);
  const newest = (id: string | null): number => inbound.slice(0, placeOf(id) + 1).findLastIndex((one) => one.side === side);
  const settled = Math.max(newest(now.answeredId), placeOf(before.answeredId));
  row.answeredId = inbound[settled]?.id ?? null;
  row.boundaryId = now.boundaryId === merged.boundaryId ? before.boundaryId : (inbound[newest(now.boundaryId)]?.id ?? null);

  const replay: SinceMerge[] = since.flatMap(({ item, side: whose }) =>
    item.kind !== 'message' || item.authorKind === 'system' || item.recalled
      ? []
      : [{ side: whose, kind: item.direction === 'inbound' ? ('inbound' as const) : ('answer' as const), at: item.createdAt }],
  );
  row.waitingSince = row.status === 'open' ? waitingAfter(side, before.waitingSince, now.waitingSince, replay) : null;
  Object.assign(row, needOf(row, before, now, messages.length > 0));
  const last = messages.at(-1);
  Object.assign(
    row,
    last
      ? { lastSnippet: snippetOf(last.text), lastAuthor: { kind: last.authorKind, id: last.authorId, name: last.authorName }, lastMessageAt: last.createdAt }
      : { lastSnippet: before.lastSnippet, lastAuthor: before.lastAuthor, lastMessageAt: before.lastMessageAt },
  );
  const said = own.findLast(({ kind }) => kind !== 'line');
  row.lastActivityAt = said && said.createdAt > before.lastActivityAt ? said.createdAt : before.lastActivityAt;
  const [pending] = await unit.sql<
    { id: string }[]
  >`select id from draft where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and status = 'pending'`;
  row.draftId = pending?.id ?? null;
  Object.assign(row, { runOwner: null, runDueAt: null, burstFrom: null, runStage: null, runSkill: null, runSince: null, runAgentId: null, runRestarts: 0 });
}

/** Whether one of the two needs a person: as before where nothing came since, else whoever waits and is owed no run does. */
function needOf(
  row: ConversationRow,
  before: ConversationRow,
  now: ConversationRow,
  came: boolean,
): Pick<ConversationRow, 'requiresAction' | 'requiresReason'> {
  if (row.status !== 'open') return { requiresAction: false, requiresReason: null };
  if (!came) return { requiresAction: before.requiresAction, requiresReason: before.requiresReason };
  const owed = row.lastInboundId !== row.answeredId;
  const waits = row.waitingSince !== null;
  const requiresAction = waits ? now.requiresAction || !owed : now.requiresAction && now.requiresReason !== 'unanswered';
  return { requiresAction, requiresReason: requiresAction ? (now.requiresReason ?? 'unanswered') : null };
}

/** The conversation that a merge put the other into. */
export async function targetOf(sql: Sql | Transaction, workspaceId: string, mergeId: string): Promise<string> {
  const [row] = await sql<{ intoId: string }[]>`select into_id from conversation_merge where workspace_id = ${workspaceId} and id = ${mergeId}`;
  return row!.intoId;
}
