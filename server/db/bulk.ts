import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { BulkConversations, PatchConversation } from '../contract/conversation.ts';
import { fillIn } from '../domain/variables.ts';
import { hold, putBack, retagged, seqsOfRead } from './bulk-before.ts';
import type { Around, Before } from './bulk-before.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Transaction } from './connect.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { passOn, takeBack } from './deactivated.ts';
import { factsOf } from './facts.ts';
import * as operations from './operations.ts';
import type { BulkSet, Next, RowResult, ToUndo } from './operations.ts';
import { join } from './participants.ts';
import { holdAgent, patchHeld } from './patches.ts';
import type { Patched } from './patches.ts';
import type { PoolCursor } from './pool-filter.ts';
import { poolPage } from './pool-page.ts';
import { MARKS } from './reads.ts';
import { searchIds } from './search.ts';
import type { Refusal } from './sends.ts';
import { writeDown } from './search-index.ts';

type Person = ActorRow & { id: string };
type Bulk = z.infer<typeof BulkConversations>;

/** The most that one operation covers. */
const MOST = 10_000;
/** Conversations of one transaction, and how long it may take: whoever waits for one of them, or reads the event log, waits no longer. */
const STEP = { first: 25, least: 25, most: 200, ms: 50 };

/**
 * Changes many conversations, step by step; each reports its own outcome, and what each was before is kept with its change,
 * for an undo. The same request under the same id goes on where it stood, whoever was at it, and is answered as before.
 * @returns null where the id is another request's
 */
export async function changeMany(
  db: Db,
  workspaceId: string,
  by: Person,
  operationId: string,
  { ids, filter, set }: Bulk,
  means: () => Promise<BulkSet> = async () => set,
): Promise<{ operationId: string; results: RowResult[] } | null> {
  const hash = createHash('sha256')
    .update(JSON.stringify([ids ?? null, filter ?? null, set]))
    .digest();
  if (await operations.operationExists(db.sql, workspaceId, operationId)) {
    if (!(await operations.operationIsOf(db.sql, workspaceId, by.id, operationId, hash))) return null;
  } else {
    const covered = [...new Set(ids ?? (await idsOf(db, workspaceId, by.id, filter ?? {})))];
    if (!(await operations.beginOperation(db.sql, workspaceId, by.id, { id: operationId, hash, set: await means(), ids: covered }))) return null;
  }
  return { operationId, results: await finishOperation(db, workspaceId, by, operationId) };
}

/** Does what is left of an operation that has begun, step by step. */
export async function finishOperation(db: Db, workspaceId: string, by: Person, operationId: string): Promise<RowResult[]> {
  await stepwise(db, workspaceId, (unit, most, refused) => changeStep(unit, by, operationId, most, refused));
  return operations.operationResults(db.sql, workspaceId, operationId);
}

/**
 * Puts back what an operation changed, once; what somebody has changed since stays as it is. One that goes on is cancelled
 * by it. Cut short, it goes on where it stood.
 * @returns null where the operator has no such operation; a refusal where it was undone already
 */
export async function undoOperation(
  db: Db,
  workspaceId: string,
  by: Person,
  operationId: string,
): Promise<{ ok: true; results: RowResult[] } | Refusal | null> {
  const operation = await operations.operationView(db.sql, workspaceId, by.id, operationId);
  if (!operation) return null;
  if (operation.status === 'undone') return { ok: false, code: 'already_undone', detail: 'This was undone already.' };
  await change(db, workspaceId, (unit) => operations.cancelOperation(unit, by.id, operationId));
  await stepwise(db, workspaceId, (unit, most, refused) => undoStep(unit, by, operationId, most, refused));
  return { ok: true, results: await operations.undoResults(db.sql, workspaceId, operationId) };
}

/** What a step came to with some of its conversations: nothing of them may stay. */
class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly codes: ReadonlyMap<string, string>) {
    super('some conversations refuse');
  }
}

/** Takes steps until one finds nothing to do; as large as what they take allows. */
async function stepwise(
  db: Db,
  workspaceId: string,
  step: (unit: Change, most: number, refused: ReadonlyMap<string, string>) => Promise<number>,
): Promise<void> {
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
  const around = await hold(
    unit,
    by.id,
    rows.filter(({ id }) => !refused.has(id)),
  );
  const { leaves, ...fields } = set;
  const codes = await each(unit, rows, refused, around, (one) =>
    leaves ? passOn(one.held, by, leaves, fields.agentId ?? null) : put(by, operationId, fields, one),
  );
  await operations.keepStep(
    unit,
    operationId,
    rows.map((row) => ({ ...row, code: codes.get(row.id) ?? null, before: codes.has(row.id) ? null : around.get(row.id)!.was })),
  );
  return rows.length;
}

/** Sets on one conversation that is held what an operation says. */
async function put(
  by: Person,
  operationId: string,
  { addTags = [], removeTags = [], read, note, ...fields }: Omit<BulkSet, 'leaves'>,
  one: Around,
): Promise<Refusal | null> {
  const { was, held } = one;
  const patch: PatchConversation = { ...fields, ...(addTags.length + removeTags.length > 0 ? { tags: retagged(was.tags, addTags, removeTags) } : {}) };
  if (read !== undefined) await markAs(one, by, read ? was.lastSeq : was.lastInboundSeq, read);
  if (note !== undefined) await leaveNote(held, by, note);
  return Object.keys(patch).length + Number(note !== undefined) > 0 ? patchHeld(one, by, patch, operationId) : null;
}

/** A note of an operation: it stays when the rest is undone. */
async function leaveNote(held: HeldConversation, by: Person, note: string): Promise<void> {
  const {
    unit: { sql, workspaceId },
    row,
  } = held;
  const facts = await factsOf(sql, workspaceId, row.id, by.id);
  await held.addNote({ author: by, text: fillIn(note, facts ?? {}).text, mentions: [] });
  await join(held, by.id);
}

const markAs = ({ held }: Patched, by: Person, seq: number, read: boolean): Promise<void> =>
  held.unit.write(MARKS[read ? 'read' : 'unread'], { operatorId: by.id, conversationId: held.row.id, seq });

/**
 * Changes one conversation within a larger change, as an operation that can be undone.
 * @returns why it is refused, with the rest of the change to be undone; null where there is no such conversation
 */
export async function changeOne(unit: Change, by: Person, operationId: string, id: string, set: BulkSet): Promise<{ ok: true } | Refusal | null> {
  const hash = createHash('sha256')
    .update(JSON.stringify([id, set]))
    .digest();
  await operations.beginOperation(unit.sql, unit.workspaceId, by.id, { id: operationId, hash, set, ids: [id] });
  if (set.agentId) await holdAgent(unit, set.agentId);
  const one = (await hold(unit, by.id, [{ id, place: 1 }])).get(id);
  if (!one) return null;
  const refused = await unit.together(() => put(by, operationId, set, one));
  if (refused) return refused;
  await operations.keepStep(unit, operationId, [{ id, place: 1, code: null, before: one.was }]);
  return { ok: true };
}

async function undoStep(unit: Change, by: Person, operationId: string, most: number, refused: ReadonlyMap<string, string>): Promise<number> {
  const step = await operations.nextUndo<Before>(unit, by.id, operationId, most);
  if (!step) return 0;
  const { set, rows } = step;
  for (const agentId of new Set(rows.map(({ before }) => before.agentId)))
    if ((set.agentId !== undefined || set.leaves) && agentId) await holdAgent(unit, agentId);
  const around = await hold(
    unit,
    by.id,
    rows.filter(({ id }) => !refused.has(id)),
  );
  const before = new Map(rows.map((row: ToUndo<Before>) => [row.id, row.before]));
  const overtaken = new Set<string>();
  const seqs =
    set.read === true
      ? await seqsOfRead(
          unit,
          rows.map((row) => row.before),
        )
      : new Map<string, number>();
  const codes = await each(unit, rows, refused, around, async (one) => {
    const { held, was: now } = one;
    const was = before.get(held.row.id)!;
    if (set.leaves && !set.agentId) {
      if (!(await takeBack(held, by, set.leaves, was))) overtaken.add(was.id);
      return null;
    }
    const { patch, left } = putBack(set, was, now, held.now);
    if (left) overtaken.add(was.id);
    if (set.read !== undefined) await markAs(one, by, set.read ? (seqs.get(was.id) ?? was.lastSeq + 1) : was.lastSeq, !set.read);
    if (patch.status === 'open' && was.requiresAction !== undefined) {
      const { requiresAction, requiresReason = null, waitingSince = null } = was;
      Object.assign(held.row, { requiresAction, requiresReason, waitingSince: waitingSince ? new Date(waitingSince) : null });
    }
    return Object.keys(patch).length > 0 ? patchHeld(one, by, patch, `undo of ${operationId}`) : null;
  });
  await operations.keepUndo(
    unit,
    operationId,
    rows.map(({ id, place }) => ({ place, code: codes.get(id) ?? (overtaken.has(id) ? 'changed_since' : null) })),
  );
  return rows.length;
}

/**
 * Does the same with each conversation that is held, and writes what they came to at once.
 * @returns why some were refused: those known before, and those that are not there
 * @throws Refused where there are more
 */
async function each(
  unit: Change,
  rows: Next[],
  refused: ReadonlyMap<string, string>,
  around: Map<string, Around>,
  work: (one: Around) => Promise<{ code: string } | null>,
): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const found = new Map<string, string>();
  await unit.together(async () => {
    for (const { id } of rows) {
      const one = around.get(id);
      const refusal = one && (await work(one));
      if (refusal) found.set(id, refusal.code);
      if (!one) codes.set(id, refused.get(id) ?? 'not_found');
    }
    if (found.size > 0) throw new Refused(found);
  });
  return codes;
}

/** All that a filter holds now, from one snapshot: whatever moves meanwhile is neither missed nor covered twice. */
async function idsOf(db: Db, workspaceId: string, operatorId: string, filter: NonNullable<Bulk['filter']>): Promise<string[]> {
  if (filter.q) {
    await writeDown(db.sql, workspaceId);
    return (await searchIds(db.sql, workspaceId, operatorId, filter, MOST)).ids;
  }
  return db.sql.begin('isolation level repeatable read read only', async (sql) => {
    const ids: string[] = [];
    for (let after: PoolCursor | null = null; ; ) {
      const page = await poolPage(sql as Transaction, workspaceId, operatorId, { filter, sort: 'activity', after, limit: 1_000 });
      ids.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (page.length < 1_000 || !last || ids.length >= MOST) return ids.slice(0, MOST);
      after = { sort: 'activity', at: last.lastActivityAt.toISOString(), id: last.id };
    }
  });
}
