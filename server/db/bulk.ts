import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Priority, Status } from '../contract/common.ts';
import type { BulkConversations, PatchConversation } from '../contract/conversation.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Transaction } from './connect.ts';
import { HeldConversation } from './conversation.ts';
import type { ActorRow, ConversationRow } from './conversation.ts';
import * as operations from './operations.ts';
import type { BulkSet, Next, RowResult, ToUndo } from './operations.ts';
import { holdAgent, patchHeld } from './patches.ts';
import type { PoolCursor } from './pool-filter.ts';
import { poolPage } from './pool-page.ts';
import { markRead } from './reads.ts';
import { searchIds } from './search.ts';
import type { Refusal } from './sends.ts';
import { writeDown } from './search-index.ts';

type Person = ActorRow & { id: string };
type Bulk = z.infer<typeof BulkConversations>;

/** The most that one operation covers. */
const MOST = 10_000;
/** Conversations of one transaction, and how long it may take: whoever waits for one of them, or reads the event log, waits no longer. */
const STEP = { first: 25, least: 25, most: 200, ms: 50 };

/** A conversation before an operation; those of earlier versions lack the last four. */
interface Before {
  id: string; replyModeOverride: PatchConversation['replyMode']; agentId: string | null; assigneeId: string | null; departmentId: string | null; status: Status;
  snoozedUntil: NonNullable<PatchConversation['snoozedUntil']> | null; tags: string[]; lastSeq: number; lastInboundSeq: number; inboundCount: number; read: number;
  priority?: Priority; requiresAction?: boolean; requiresReason?: string | null; waitingSince?: string | null;
}

/**
 * Changes many conversations, step by step; each reports its own outcome, and what each was before is kept with its change,
 * for an undo. The same request under the same id goes on where it stood, whoever was at it, and is answered as before.
 * @returns null where the id is another request's
 */
export async function changeMany(db: Db, workspaceId: string, by: Person, operationId: string, { ids, filter, set }: Bulk): Promise<{ operationId: string; results: RowResult[] } | null> {
  const hash = createHash('sha256').update(JSON.stringify([ids ?? null, filter ?? null, set])).digest();
  if (await operations.operationExists(db.sql, workspaceId, operationId)) {
    if (!(await operations.operationIsOf(db.sql, workspaceId, by.id, operationId, hash))) return null;
  } else {
    const covered = [...new Set(ids ?? (await idsOf(db, workspaceId, by.id, filter ?? {})))];
    if (!(await operations.beginOperation(db.sql, workspaceId, by.id, { id: operationId, hash, set, ids: covered }))) return null;
  }
  await stepwise(db, workspaceId, (unit, most, refused) => changeStep(unit, by, operationId, most, refused));
  return { operationId, results: await operations.operationResults(db.sql, workspaceId, operationId) };
}

/**
 * Puts back what an operation changed, once; what somebody has changed since stays as it is. One that goes on is cancelled
 * by it. Cut short, it goes on where it stood.
 * @returns null where the operator has no such operation, or it was undone already
 */
export async function undoOperation(db: Db, workspaceId: string, by: Person, operationId: string): Promise<RowResult[] | null> {
  const operation = await operations.operationView(db.sql, workspaceId, by.id, operationId);
  if (!operation || operation.status === 'undone') return null;
  await change(db, workspaceId, (unit) => operations.cancelOperation(unit, by.id, operationId));
  await stepwise(db, workspaceId, (unit, most, refused) => undoStep(unit, by, operationId, most, refused));
  return operations.undoResults(db.sql, workspaceId, operationId);
}

/** What a step came to with some of its conversations: nothing of them may stay. */
class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly codes: ReadonlyMap<string, string>) {
    super('some conversations refuse');
  }
}

/** Takes steps until one finds nothing to do; as large as what they take allows. */
async function stepwise(db: Db, workspaceId: string, step: (unit: Change, most: number, refused: ReadonlyMap<string, string>) => Promise<number>): Promise<void> {
  const refused = new Map<string, string>();
  for (let most = STEP.first; ; ) {
    const began = performance.now();
    try {
      if ((await change(db, workspaceId, (unit) => step(unit, most, refused))) === 0) return;
    } catch (error) {
      // A conversation is changed wholly or not at all: once more, without those that refuse.
      if (!(error instanceof Refused)) throw error;
      for (const [id, code] of error.codes) refused.set(id, code);
      continue;
    }
    most = performance.now() - began > STEP.ms ? Math.max(STEP.least, most >> 1) : Math.min(STEP.most, most * 2);
  }
}

/** @returns how many conversations it came to */
async function changeStep(unit: Change, by: Person, operationId: string, most: number, refused: ReadonlyMap<string, string>): Promise<number> {
  const step = await operations.nextStep(unit, operationId, most);
  if (!step) return 0;
  const { set, rows } = step;
  if (set.agentId) await holdAgent(unit, set.agentId);
  const around = await hold(unit, by.id, rows.filter(({ id }) => !refused.has(id)));
  const codes = await each(rows, refused, around, (one) => put(unit, by, set, one));
  await operations.keepStep(unit, operationId, rows.map((row) => ({ ...row, code: codes.get(row.id) ?? null, before: codes.has(row.id) ? null : around.get(row.id)!.was })));
  return rows.length;
}

/** Sets on one conversation that is held what an operation says. */
async function put(unit: Change, by: Person, { addTags = [], removeTags = [], read, ...fields }: BulkSet, { held, was }: Around): Promise<Refusal | null> {
  const patch: PatchConversation = { ...fields, ...(addTags.length + removeTags.length > 0 ? { tags: retagged(was.tags, addTags, removeTags) } : {}) };
  if (read !== undefined) await markRead(unit, by.id, held.row.id, read ? was.lastSeq : was.lastInboundSeq, read ? 'read' : 'unread');
  return Object.keys(patch).length > 0 ? patchHeld(held, by, patch) : null;
}

/**
 * Changes one conversation within a larger change, as an operation that can be undone.
 * @returns why it is refused, with the rest of the change to be undone; null where there is no such conversation
 */
export async function changeOne(unit: Change, by: Person, operationId: string, id: string, set: BulkSet): Promise<{ ok: true } | Refusal | null> {
  const hash = createHash('sha256').update(JSON.stringify([id, set])).digest();
  await operations.beginOperation(unit.sql, unit.workspaceId, by.id, { id: operationId, hash, set, ids: [id] });
  if (set.agentId) await holdAgent(unit, set.agentId);
  const one = (await hold(unit, by.id, [{ id, place: 1 }])).get(id);
  if (!one) return null;
  const refused = await put(unit, by, set, one);
  if (refused) return refused;
  await operations.keepStep(unit, operationId, [{ id, place: 1, code: null, before: one.was }]);
  return { ok: true };
}

async function undoStep(unit: Change, by: Person, operationId: string, most: number, refused: ReadonlyMap<string, string>): Promise<number> {
  const step = await operations.nextUndo<Before>(unit, by.id, operationId, most);
  if (!step) return 0;
  const { set, rows } = step;
  for (const agentId of new Set(rows.map(({ before }) => before.agentId))) if (set.agentId !== undefined && agentId) await holdAgent(unit, agentId);
  const around = await hold(unit, by.id, rows.filter(({ id }) => !refused.has(id)));
  const before = new Map(rows.map((row: ToUndo<Before>) => [row.id, row.before]));
  const overtaken = new Set<string>();
  const codes = await each(rows, refused, around, async ({ held, was: now }) => {
    const was = before.get(held.row.id)!;
    const { patch, left } = putBack(set, was, now, held.now);
    if (left) overtaken.add(was.id);
    if (set.read === true) await markRead(unit, by.id, was.id, await seqOfRead(unit.sql, unit.workspaceId, was), 'unread');
    if (set.read === false) await markRead(unit, by.id, was.id, was.lastSeq, 'read');
    if (patch.status === 'open' && was.requiresAction !== undefined) {
      const { requiresAction, requiresReason = null, waitingSince = null } = was;
      Object.assign(held.row, { requiresAction, requiresReason, waitingSince: waitingSince ? new Date(waitingSince) : null });
    }
    return Object.keys(patch).length > 0 ? patchHeld(held, by, patch) : null;
  });
  await operations.keepUndo(unit, operationId, rows.map(({ id, place }) => ({ place, code: codes.get(id) ?? (overtaken.has(id) ? 'changed_since' : null) })));
  return rows.length;
}

interface Around { held: HeldConversation; was: Before }

/**
 * Does the same with each conversation that is held; side by side, so that their statements follow each other without a pause.
 * @returns why some were refused: those known before, and those that are not there
 * @throws Refused where there are more
 */
async function each(rows: Next[], refused: ReadonlyMap<string, string>, around: Map<string, Around>, work: (one: Around) => Promise<{ code: string } | null>): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const found = new Map<string, string>();
  await Promise.all(rows.map(async ({ id }) => {
    const one = around.get(id);
    if (!one) return codes.set(id, refused.get(id) ?? 'not_found');
    const refusal = await work(one);
    return refusal && found.set(id, refusal.code);
  }));
  if (found.size > 0) throw new Refused(found);
  return codes;
}

/** Locks conversations, in one order everywhere, and looks at what stands around them. */
async function hold(unit: Change, operatorId: string, rows: Next[]): Promise<Map<string, Around>> {
  const { sql, workspaceId } = unit;
  const ids = rows.map(({ id }) => id);
  const locked = await sql<(ConversationRow & { now: Date })[]>`
    select *, clock_timestamp()::timestamptz(3) as now from conversation where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and merged_into is null order by id for no key update`;
  const looked = await sql<{ id: string; tags: string[] | null; read: number }[]>`
    select c.id,
      (select json_agg(t.name) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id where x.workspace_id = ${workspaceId} and x.conversation_id = c.id) as tags,
      coalesce((select read_inbound_count from read_mark r where r.workspace_id = ${workspaceId} and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0) as read
    from unnest(${ids}::uuid[]) c (id)`;
  const beside = new Map(looked.map(({ id, tags, read }) => [id, { tags: tags ?? [], read }]));
  return new Map(locked.map(({ now, ...row }) => {
    const { id, replyModeOverride, agentId, assigneeId, departmentId, status, priority, lastSeq, lastInboundSeq, inboundCount, requiresAction, requiresReason, snoozedBy, snoozedUntil } = row;
    const was: Before = {
      id, replyModeOverride, agentId, assigneeId, departmentId, status, priority: priority as Priority, lastSeq, lastInboundSeq, inboundCount, requiresAction, requiresReason, ...beside.get(id)!,
      snoozedUntil: snoozedBy ? (snoozedUntil?.toISOString() ?? 'next_message') : null, waitingSince: row.waitingSince?.toISOString() ?? null,
    };
    return [id, { held: new HeldConversation(unit, row, now), was }];
  }));
}

const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));

function retagged(tags: string[], added: readonly string[], removed: readonly string[]): string[] {
  const [there, gone] = [lower(tags), lower(removed)];
  return [...tags.filter((name) => !gone.has(name.toLowerCase())), ...added.filter((name) => !there.has(name.toLowerCase()))];
}

const COLUMNS = { replyMode: 'replyModeOverride', agentId: 'agentId', assigneeId: 'assigneeId', departmentId: 'departmentId', status: 'status', priority: 'priority' } as const;

/** What makes a conversation as it was; `left`: something of it has been changed since by others, and stays. */
function putBack(set: BulkSet, was: Before, now: Before, at: Date): { patch: PatchConversation; left: boolean } {
  const patch: Record<string, unknown> = {};
  let left = false;
  for (const [field, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, (typeof COLUMNS)[keyof typeof COLUMNS]][]) {
    if (set[field] === undefined || now[column] === was[column]) continue;
    if (now[column] === set[field]) patch[field] = was[column];
    else left = true;
  }
  if (set.addTags || set.removeTags) {
    const [before, removed] = [lower(was.tags), lower(set.removeTags ?? [])];
    patch['tags'] = retagged(now.tags, was.tags.filter((name) => removed.has(name.toLowerCase())), (set.addTags ?? []).filter((name) => !before.has(name.toLowerCase())));
  }
  // A time that has come meanwhile is no time to put it off until.
  if (set.snoozedUntil !== undefined) patch['snoozedUntil'] = was.snoozedUntil && was.snoozedUntil !== 'next_message' && new Date(was.snoozedUntil) <= at ? null : was.snoozedUntil;
  return { patch: patch as PatchConversation, left };
}

/** Seq of the first inbound message that had not been read. */
async function seqOfRead(sql: Transaction, workspaceId: string, was: Before): Promise<number> {
  const [row] = await sql<{ seq: number }[]>`
    select seq from message where workspace_id = ${workspaceId} and conversation_id = ${was.id} and direction = 'inbound' order by seq offset ${was.read} limit 1`;
  return row?.seq ?? was.lastSeq + 1;
}

/** All that a filter holds now, from one snapshot: whatever moves meanwhile is neither missed nor covered twice. */
async function idsOf(db: Db, workspaceId: string, operatorId: string, filter: NonNullable<Bulk['filter']>): Promise<string[]> {
  if (filter.q) {
    await writeDown(db.sql, workspaceId);
    return searchIds(db.sql, workspaceId, operatorId, filter, MOST);
  }
  return db.sql.begin('isolation level repeatable read read only', async (sql) => {
    const ids: string[] = [];
    for (let after: PoolCursor | null = null; ;) {
      const page = await poolPage(sql as Transaction, workspaceId, operatorId, { filter, sort: 'activity', after, limit: 1_000 });
      ids.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (page.length < 1_000 || !last || ids.length >= MOST) return ids.slice(0, MOST);
      after = { sort: 'activity', at: last.lastActivityAt.toISOString(), id: last.id };
    }
  });
}
