import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import type { BulkConversations, BulkResult, PatchConversation } from '../contract/conversation.ts';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import type { ActorRow } from './conversation.ts';
import { patchConversation } from './patches.ts';
import { listPool } from './pool.ts';
import { writeDown } from './search-index.ts';
import { searchIds } from './search.ts';
import { markRead } from './reads.ts';
import type { Refusal } from './sends.ts';

type Person = ActorRow & { id: string };
type Bulk = z.infer<typeof BulkConversations>;
type Result = z.infer<typeof BulkResult>['results'][number];

/** Conversations a transaction: nobody else waits longer than these take. */
const BATCH = 25;
/** The most that one operation covers. */
const MOST = 10_000;

interface Before {
  id: string; replyModeOverride: PatchConversation['replyMode']; agentId: string | null; assigneeId: string | null; departmentId: string | null; status: 'open' | 'closed' | 'archived';
  snoozedUntil: NonNullable<PatchConversation['snoozedUntil']> | null; tags: string[]; lastSeq: number; lastInboundSeq: number; inboundCount: number; read: number;
}

/**
 * Changes many conversations, in small transactions one after another; each reports its own outcome, and what each was
 * before is kept for an undo.
 */
export async function changeMany(db: Db, workspaceId: string, by: Person, bulk: Bulk): Promise<{ operationId: string; results: Result[] }> {
  const ids = bulk.ids ?? (await idsOf(db, workspaceId, by.id, bulk.filter ?? {}));
  const results: Result[] = [];
  const undo: Before[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = [...new Set(ids.slice(from, from + BATCH))].toSorted();
    const before = await look(db, workspaceId, by.id, batch);
    for (const id of batch) {
      const was = before.get(id);
      const code = was ? await changeOne(db, workspaceId, by, was, bulk.set) : 'not_found';
      results.push(code ? { id, ok: false, code } : { id, ok: true });
      if (!code && was) undo.push(was);
    }
  }
  const operationId = newId();
  await db.sql`insert into operation ${db.sql({ workspaceId, id: operationId, operatorId: by.id, undo: db.sql.json({ set: bulk.set, before: undo } as never) })}`;
  return { operationId, results };
}

/**
 * Puts back what an operation changed, once.
 * @returns null where there is no such operation, or it was undone already
 */
export async function undoOperation(db: Db, workspaceId: string, by: Person, operationId: string): Promise<Result[] | null> {
  const [operation] = await db.sql<{ undo: { set: Bulk['set']; before: Before[] } }[]>`
    update operation set undone_at = now() where workspace_id = ${workspaceId} and id = ${operationId} and undone_at is null returning undo`;
  if (!operation) return null;
  const { set, before } = operation.undo;
  const results: Result[] = [];
  for (const was of before) {
    const patch: PatchConversation = {
      ...(set.replyMode !== undefined ? { replyMode: was.replyModeOverride } : {}),
      ...(set.agentId !== undefined ? { agentId: was.agentId } : {}),
      ...(set.assigneeId !== undefined ? { assigneeId: was.assigneeId } : {}),
      ...(set.departmentId !== undefined ? { departmentId: was.departmentId } : {}),
      ...(set.status !== undefined ? { status: was.status } : {}),
      ...(set.addTags || set.removeTags ? { tags: was.tags } : {}),
      ...(set.snoozedUntil !== undefined ? { snoozedUntil: was.snoozedUntil } : {}),
    };
    const code = await wholly(db, workspaceId, async (unit) => {
      if (set.read === true) await markRead(unit, by.id, was.id, await seqOfRead(unit.sql, workspaceId, was), 'unread');
      if (set.read === false) await markRead(unit, by.id, was.id, was.lastSeq, 'read');
      return patchConversation(unit, was.id, by, patch, null);
    });
    results.push(code ? { id: was.id, ok: false, code } : { id: was.id, ok: true });
  }
  return results;
}

/** Seq of the first inbound message that had not been read. */
async function seqOfRead(sql: Db['sql'] | Parameters<Parameters<Db['sql']['begin']>[1]>[0], workspaceId: string, was: Before): Promise<number> {
  const [row] = await (sql as Db['sql'])<{ seq: number }[]>`
    select seq from message where workspace_id = ${workspaceId} and conversation_id = ${was.id} and direction = 'inbound' order by seq offset ${was.read} limit 1`;
  return row?.seq ?? was.lastSeq + 1;
}

async function changeOne(db: Db, workspaceId: string, by: Person, was: Before, set: Bulk['set']): Promise<string | null> {
  const { addTags = [], removeTags = [], read, ...fields } = set;
  const gone = new Set(removeTags.map((name) => name.toLowerCase()));
  const tags = [...was.tags.filter((name) => !gone.has(name.toLowerCase())), ...addTags.filter((name) => !was.tags.some((tag) => tag.toLowerCase() === name.toLowerCase()))];
  const patch: PatchConversation = { ...fields, ...(addTags.length + removeTags.length > 0 ? { tags } : {}) };
  return wholly(db, workspaceId, async (unit) => {
    if (read !== undefined) await markRead(unit, by.id, was.id, read ? was.lastSeq : was.lastInboundSeq, read ? 'read' : 'unread');
    return Object.keys(patch).length > 0 ? patchConversation(unit, was.id, by, patch, null) : { ok: true as const };
  });
}

class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * One conversation's change, of which nothing stays where a part of it is refused.
 * @returns the code of the refusal, or null
 */
async function wholly(db: Db, workspaceId: string, work: (unit: Change) => Promise<{ ok: true } | Refusal | null>): Promise<string | null> {
  try {
    await change(db, workspaceId, async (unit) => {
      const outcome = await work(unit);
      if (!outcome?.ok) throw new Refused(outcome?.code ?? 'not_found');
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

async function idsOf(db: Db, workspaceId: string, operatorId: string, filter: NonNullable<Bulk['filter']>): Promise<string[]> {
  if (filter.q) {
    await writeDown(db.sql, workspaceId);
    return searchIds(db.sql, workspaceId, operatorId, filter, MOST);
  }
  const ids: string[] = [];
  let after: Awaited<ReturnType<typeof listPool>>['next'] = null;
  do {
    const page = await listPool(db.sql, workspaceId, operatorId, { filter, sort: 'activity', after, limit: 500 });
    ids.push(...page.items.map((item) => item.id));
    after = page.next;
  } while (after && ids.length < MOST);
  return ids.slice(0, MOST);
}

async function look(db: Db, workspaceId: string, operatorId: string, ids: string[]): Promise<Map<string, Before>> {
  const rows = await db.sql<(Omit<Before, 'tags'> & { tags: string[] | null })[]>`
    select c.id, c.reply_mode_override, c.agent_id, c.assignee_id, c.department_id, c.status, c.last_seq, case when c.snoozed_by is null then null when c.snoozed_until is null then 'next_message' else to_char(c.snoozed_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as snoozed_until, c.last_inbound_seq, c.inbound_count,
      (select json_agg(t.name) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id where x.workspace_id = c.workspace_id and x.conversation_id = c.id) as tags,
      coalesce((select read_inbound_count from read_mark r where r.workspace_id = c.workspace_id and r.operator_id = ${operatorId} and r.conversation_id = c.id), 0) as read
    from conversation c where c.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[]) and c.merged_into is null`;
  return new Map(rows.map((row) => [row.id, { ...row, tags: row.tags ?? [] }]));
}
