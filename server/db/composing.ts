import { v7 as newId } from 'uuid';
import type { Composed, Composing } from '../contract/composing.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** How long what was never sent is kept, in days. */
const COMPOSED_KEPT_DAYS = 30;
/** Conversations that one operator can be writing to at a time; the oldest goes. */
const MOST = 500;

/** What an operator has written to a conversation, or to one that was merged into it, the newest. Nobody else ever reads it. */
export async function composingOf(sql: Sql | Transaction, workspaceId: string, operatorId: string, conversationIds: readonly string[]): Promise<Composing> {
  const [row] = await sql<{ id: string; composed: Composed; age: number }[]>`
    select id, body as composed, (extract(epoch from clock_timestamp() - written_at) * 1000)::bigint as age from composing
    where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = any(${conversationIds as string[]}::uuid[]) order by written_at desc limit 1`;
  return row ? { ...row, age: Math.max(0, row.age) } : { id: null, composed: null, age: 0 };
}

/**
 * Keeps what an operator is writing to a conversation, or forgets it. Of two that wrote it on two devices, the later one
 * stays, by when it was typed.
 * @param age how long ago it was typed, in milliseconds
 */
export async function compose(
  unit: Change,
  operatorId: string,
  conversationId: string,
  { composed, age }: { composed: Composed | null; age: number },
): Promise<void> {
  const { sql, workspaceId } = unit;
  const typedAt = sql`clock_timestamp() - make_interval(secs => ${age / 1000})`;
  if (!composed) {
    await sql`delete from composing where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = ${conversationId} and written_at <= ${typedAt}`;
    return;
  }
  await sql`
    insert into composing as c (workspace_id, operator_id, conversation_id, id, body, written_at)
    values (${workspaceId}, ${operatorId}, ${conversationId}, ${newId()}, ${sql.json(composed as never)}, ${typedAt})
    on conflict (workspace_id, operator_id, conversation_id) do update set id = excluded.id, body = excluded.body, written_at = excluded.written_at
      where c.written_at <= excluded.written_at`;
  await sql`
    delete from composing where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id in (
      select conversation_id from composing where workspace_id = ${workspaceId} and operator_id = ${operatorId} order by written_at desc offset ${MOST})`;
}

/**
 * What was sent is not being written any more: goes with the message, in its transaction, unless another text stands there by
 * now. A mail carries what it answers below what was written.
 */
export async function composedWasSent(
  { sql, workspaceId }: Change,
  operatorId: string,
  conversationId: string,
  what: 'reply' | 'note',
  text: string,
): Promise<void> {
  await sql`
    update composing set id = ${newId()}, body = jsonb_build_object('mode', body -> 'mode', 'mentions', '[]'::jsonb, 'reply', '', 'note', '')
      || case when ${what} = 'reply' then jsonb_build_object('note', body -> 'note', 'mentions', coalesce(body -> 'mentions', '[]'), 'noteFiles', coalesce(body -> 'noteFiles', '[]')) else body - 'note' - 'mentions' - 'noteFiles' end
    where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = ${conversationId} and starts_with(${text}, body ->> ${what})`;
  await sql`
    delete from composing where workspace_id = ${workspaceId} and operator_id = ${operatorId} and conversation_id = ${conversationId}
      and body ->> 'reply' = '' and body ->> 'note' = '' and jsonb_array_length(case when jsonb_typeof(body -> 'files') = 'array' then body -> 'files' else '[]' end) = 0
      and jsonb_array_length(case when jsonb_typeof(body -> 'noteFiles') = 'array' then body -> 'noteFiles' else '[]' end) = 0`;
}

/** Forgets what was not sent for long, at most so many rows. @returns how many it forgot */
export async function pruneComposing(sql: Sql, most: number): Promise<number> {
  const rows = await sql`
    delete from composing where ctid = any(array(select ctid from composing where written_at < now() - make_interval(days => ${COMPOSED_KEPT_DAYS}) limit ${most})) returning 1`;
  return rows.length;
}
