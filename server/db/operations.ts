/** Operations on many conversations: what they cover, how far they have come, and what each conversation was before. */
import type { BulkConversations } from '../contract/conversation.ts';
import type { Operation } from '../contract/operation.ts';
import type { z } from 'zod';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { insertRows } from './rows.ts';

/**
 * What an operation sets. `note` is left on each, with its variables filled in. `leaves`: this agent was switched off, and its
 * conversations go to the agent that is set, or to people.
 */
export type BulkSet = Omit<z.infer<typeof BulkConversations>['set'], 'macroId'> & { note?: string; leaves?: { id: string; name: string } };
export interface RowResult {
  id: string;
  ok: boolean;
  code?: string;
}

/** What one step has to do: conversations by their place. */
export interface Step<T> {
  set: BulkSet;
  rows: T[];
}
export interface Next {
  place: number;
  id: string;
}
export interface ToUndo<Before> extends Next {
  before: Before;
}

/** Seconds without a step after which an operation counts as left by whoever was at it. */
const SILENCE = 10;

/**
 * Writes down what is to be done, before any of it is.
 * @returns false where the id is another request's, or another operator's
 */
export async function beginOperation(
  sql: Sql | Transaction,
  workspaceId: string,
  operatorId: string,
  operation: { id: string; hash: Buffer; set: BulkSet; ids: string[] },
): Promise<boolean> {
  const { id, hash, set, ids } = operation;
  const made = await sql`
    insert into operation (workspace_id, id, operator_id, request_hash, change, ids) values (${workspaceId}, ${id}, ${operatorId}, ${hash}, ${sql.json(set as never)}, ${ids}::uuid[])
    on conflict (workspace_id, id) do nothing returning id`;
  return made.length > 0 || operationIsOf(sql, workspaceId, operatorId, id, hash);
}

/** Whether an operation is there, the operator's own, and of this request. */
export async function operationIsOf(sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string, hash: Buffer): Promise<boolean> {
  const [row] = await sql<
    { requestHash: Buffer | null }[]
  >`select request_hash from operation where workspace_id = ${workspaceId} and id = ${id} and operator_id = ${operatorId}`;
  return row?.requestHash?.equals(hash) ?? false;
}

export async function operationExists(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  return (await sql`select from operation where workspace_id = ${workspaceId} and id = ${id}`).length > 0;
}

/**
 * Takes the next conversations of an operation, and holds it until the commit: whoever else is at the same one waits.
 * @returns null where nothing is left to do, or somebody has cancelled it
 */
export async function nextStep({ sql, workspaceId }: Change, id: string, most: number): Promise<Step<Next> | null> {
  const [row] = await sql<{ set: BulkSet; done: number; next: string[] }[]>`
    select change as set, done, ids[done + 1 : done + ${most}::int] as next from operation where workspace_id = ${workspaceId} and id = ${id} and cancelled_at is null for no key update`;
  return row && row.next.length > 0 ? { set: row.set, rows: row.next.map((conversationId, at) => ({ id: conversationId, place: row.done + at + 1 })) } : null;
}

/** Keeps what a step came to, in its own transaction. */
export async function keepStep({ sql, workspaceId }: Change, id: string, rows: (Next & { code: string | null; before: unknown })[]): Promise<void> {
  await Promise.all([
    insertRows(
      sql,
      'operation_row',
      rows.map(({ place, id: conversationId, code, before }) => ({ workspaceId, operationId: id, place, conversationId, code, before, undone: false })),
    ),
    sql`update operation set done = done + ${rows.length}, stepped_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${id}`,
  ]);
}

/** What became of each conversation; those that a cancelled operation did not come to are named as such. */
export async function operationResults(sql: Sql | Transaction, workspaceId: string, id: string): Promise<RowResult[]> {
  const [rows, [operation]] = await Promise.all([
    sql<
      { conversationId: string; code: string | null }[]
    >`select conversation_id, code from operation_row where workspace_id = ${workspaceId} and operation_id = ${id} order by place`,
    sql<{ rest: string[] }[]>`select ids[done + 1 :] as rest from operation where workspace_id = ${workspaceId} and id = ${id}`,
  ]);
  return [
    ...rows.map(({ conversationId, code }) => result(conversationId, code)),
    ...(operation?.rest ?? []).map((conversationId) => result(conversationId, 'cancelled')),
  ];
}

const result = (id: string, code: string | null): RowResult => (code ? { id, ok: false, code } : { id, ok: true });

/** How far an operator's operation has come; null where there is none. */
export async function operationView(sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string): Promise<Operation | null> {
  const [row] = await sql<(Omit<Operation, 'createdAt'> & { createdAt: Date })[]>`
    select id, cardinality(ids) as total, done, created_at,
      (select count(*)::int from operation_row r where r.workspace_id = o.workspace_id and r.operation_id = o.id and r.code is not null) as refused,
      case when undone_at is not null then 'undone' when done = cardinality(ids) then 'done' when cancelled_at is not null then 'cancelled'
        when stepped_at < clock_timestamp() - make_interval(secs => ${SILENCE}) then 'stopped' else 'running' end as status
    from operation o where workspace_id = ${workspaceId} and operator_id = ${operatorId} and id = ${id}`;
  return row ? { ...row, createdAt: row.createdAt.toISOString() } : null;
}

/** Nothing more of it is done, from the next step on. */
export async function cancelOperation({ sql, workspaceId }: Change, operatorId: string, id: string): Promise<void> {
  await sql`update operation set cancelled_at = clock_timestamp() where workspace_id = ${workspaceId} and operator_id = ${operatorId} and id = ${id} and cancelled_at is null and done < cardinality(ids)`;
}

/**
 * Takes the next conversations to put back, in their order. Where nothing is left the operation is undone.
 * @returns null where nothing is left
 */
export async function nextUndo<Before>({ sql, workspaceId }: Change, operatorId: string, id: string, most: number): Promise<Step<ToUndo<Before>> | null> {
  const [operation] = await sql<{ set: BulkSet; undoneTo: number }[]>`
    select change as set, undone_to from operation where workspace_id = ${workspaceId} and operator_id = ${operatorId} and id = ${id} and undone_at is null for no key update`;
  if (!operation) return null;
  const rows = await sql<ToUndo<Before>[]>`
    select place, conversation_id as id, before from operation_row where workspace_id = ${workspaceId} and operation_id = ${id} and place > ${operation.undoneTo} and code is null order by place limit ${most}`;
  if (rows.length > 0) return { set: operation.set, rows: [...rows] };
  await sql`update operation set undone_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${id}`;
  return null;
}

/** Keeps what was put back. */
export async function keepUndo({ sql, workspaceId }: Change, id: string, rows: { place: number; code: string | null }[]): Promise<void> {
  const places = rows.map(({ place }) => place);
  const upto = Math.max(...places);
  await sql`update operation_row r set undone = true, undo_code = u.code from unnest(${places}::int[], ${rows.map(({ code }) => code)}::text[]) u (place, code)
    where r.workspace_id = ${workspaceId} and r.operation_id = ${id} and r.place = u.place and r.place between ${Math.min(...places)} and ${upto}`;
  await sql`update operation set undone_to = ${upto} where workspace_id = ${workspaceId} and id = ${id}`;
}

export async function undoResults(sql: Sql, workspaceId: string, id: string): Promise<RowResult[]> {
  const rows = await sql<{ conversationId: string; code: string | null }[]>`
    select conversation_id, undo_code as code from operation_row where workspace_id = ${workspaceId} and operation_id = ${id} and undone order by place`;
  return rows.map(({ conversationId, code }) => result(conversationId, code));
}
