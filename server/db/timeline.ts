import { v7 as newId } from 'uuid';
import type { TimelineEntry } from '../contract/conversation.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow } from './conversation.ts';

interface EntryRow { id: string; kind: string; text: string; reason: string | null; actor: TimelineEntry['actor']; data: Record<string, unknown>; at: Date }

const fromRow = (row: EntryRow): TimelineEntry => ({ ...row, at: row.at.toISOString() });

/**
 * What happened round a conversation, newest first, before (at, id): control changes and skills, messages, tickets, and
 * what people and host systems logged.
 */
export async function listTimeline(
  sql: Sql | Transaction, workspaceId: string, conversationId: string, query: { before: { at: string; id: string } | null; limit: number },
): Promise<TimelineEntry[]> {
  const { before, limit } = query;
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${conversationId}`;
  const beyond = (at: string) => (before ? sql`and (${sql(at)}, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``);
  const rows = await sql<EntryRow[]>`
    select * from (
      (select id, case kind when 'skill' then 'skill' else code end as kind, case kind when 'skill' then code || ': ' || text else text end as text, reason,
        json_build_object('kind', author_kind, 'id', author_id, 'name', author_name) as actor, data, created_at as at
        from line where ${here} ${beyond('created_at')} order by created_at desc, id desc limit ${limit})
      union all (select id, 'message', left(text, 200), null, json_build_object('kind', author_kind, 'id', author_id, 'name', author_name),
        jsonb_build_object('direction', direction, 'channel', channel), created_at from message where ${here} ${beyond('created_at')} order by created_at desc, id desc limit ${limit})
      union all (select id, kind, text, reason, actor::json, data, at from activity where ${here} ${beyond('at')} order by at desc, id desc limit ${limit})
    ) entry order by at desc, id desc limit ${limit}`;
  return rows.map(fromRow);
}

/** Logs an activity by hand or by the host's system; it stands in the thread too. */
export async function logActivity(
  unit: Change, conversationId: string, by: ActorRow, input: { kind: string; text: string; data?: Record<string, unknown> | undefined; at?: string | undefined },
): Promise<TimelineEntry | null> {
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  const { sql, workspaceId } = unit;
  const id = newId();
  const at = input.at ? new Date(input.at) : held.now;
  await sql`insert into activity ${sql({ workspaceId, id, conversationId, kind: input.kind, text: input.text, actor: sql.json(by as never), data: sql.json((input.data ?? {}) as never), at })}`;
  held.unit.emit({ kind: 'conversation', audience: 'team', subjectId: conversationId, conversationId });
  await held.save();
  return { id, kind: input.kind, text: input.text, reason: null, actor: by as TimelineEntry['actor'], data: input.data ?? {}, at: at.toISOString() };
}
