import { v7 as newId } from 'uuid';
import { LoggedKind } from '../contract/timeline.ts';
import type { TimelineEntry, TimelineKind } from '../contract/timeline.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';

interface EntryRow {
  id: string;
  kind: string;
  text: string;
  reason: string | null;
  actor: TimelineEntry['actor'];
  data: Record<string, unknown>;
  at: Date;
}

const fromRow = (row: EntryRow): TimelineEntry => ({ ...row, at: row.at.toISOString() });

/** What agents did and decided, by the codes of its lines. */
const AI_CODES = ['answers', 'stayed_quiet', 'did_not_answer', 'could_not_answer', 'discarded', 'recalled', 'draft_rejected', 'draft_restored'];
const TICKET_CODES = ['ticket_created', 'ticket_status'];

/**
 * What happened round a conversation, newest first, before (at, id): control changes and skills, messages, notes, tickets, and
 * what people and host systems logged.
 * @param query.kinds those only; all where none are given
 */
export async function listTimeline(
  sql: Sql | Transaction,
  workspaceId: string,
  conversationId: string,
  query: { before: { at: string; id: string } | null; limit: number; kinds?: readonly TimelineKind[] | undefined },
): Promise<TimelineEntry[]> {
  const { before, limit, kinds } = query;
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${conversationId}`;
  const beyond = (at: string) => (before ? sql`and (${sql(at)}, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``);
  const page = (at: string) => sql`${beyond(at)} order by ${sql(at)} desc, id desc limit ${limit}`;
  const has = (...any: TimelineKind[]) => !kinds || any.some((kind) => kinds.includes(kind));
  const codes = sql`kind <> 'skill' and code`;
  const ofLines =
    kinds &&
    sql`and (false
    ${has('ai', 'skill') ? sql`or kind = 'skill'` : sql``} ${has('ai') ? sql`or (${codes} = any(${AI_CODES}))` : sql``} ${has('ticket') ? sql`or (${codes} = any(${TICKET_CODES}))` : sql``}
    ${has('control') ? sql`or (${codes} <> all(${[...AI_CODES, ...TICKET_CODES]}))` : sql``})`;
  const author = sql`json_build_object('kind', author_kind, 'id', author_id, 'name', author_name)`;
  const parts = [
    has('ai', 'skill', 'ticket', 'control') &&
      sql`
      (select id, case kind when 'skill' then 'skill' else code end as kind, case kind when 'skill' then code || ': ' || text else text end as text, reason, ${author} as actor, data, created_at as at
        from line where ${here} ${ofLines ?? sql``} ${page('created_at')})`,
    has('message') &&
      sql`
      (select id, 'message' as kind, left(text, 200) as text, null as reason, ${author} as actor, jsonb_build_object('direction', direction, 'channel', channel) as data, created_at as at
        from message where ${here} ${page('created_at')})`,
    has('note') &&
      sql`
      (select id, 'note' as kind, left(text, 200) as text, null as reason, json_build_object('kind', 'operator', 'id', author_id, 'name', author_name) as actor, '{}'::jsonb as data, created_at as at
        from note where ${here} ${page('created_at')})`,
    has(...LoggedKind.options) &&
      sql`
      (select id, kind, text, reason, actor::json as actor, data, at from activity where ${here} ${kinds ? sql`and kind = any(${kinds as string[]})` : sql``} ${page('at')})`,
  ].filter((part) => part !== false);
  const [first, ...others] = parts;
  if (!first) return [];
  const rows = await sql<
    EntryRow[]
  >`select * from (${first} ${others.length > 0 ? others.map((part) => sql`union all ${part}`) : sql``}) entry order by at desc, id desc limit ${limit}`;
  return rows.map(fromRow);
}

interface NewActivity {
  kind: string;
  text: string;
  data?: Record<string, unknown> | undefined;
  at?: string | undefined;
}

/** Logs an activity by hand or by the host's system; it stands in the thread too. */
export async function logActivity(unit: Change, conversationId: string, by: ActorRow, input: NewActivity): Promise<TimelineEntry | null> {
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  const entry = await addActivity(held, by, input);
  await held.save();
  return entry;
}

/** The same of a conversation that is held. */
export async function addActivity(held: HeldConversation, by: ActorRow, input: NewActivity): Promise<TimelineEntry> {
  const { sql, workspaceId } = held.unit;
  const id = newId();
  const at = input.at ? new Date(input.at) : held.now;
  await sql`insert into activity ${sql({ workspaceId, id, conversationId: held.row.id, kind: input.kind, text: input.text, actor: sql.json(by as never), data: sql.json((input.data ?? {}) as never), at })}`;
  // Another version, so that whoever shows the timeline reads it again.
  await sql`update conversation set version = version + 1 where workspace_id = ${workspaceId} and id = ${held.row.id}`;
  return { id, kind: input.kind, text: input.text, reason: null, actor: by as TimelineEntry['actor'], data: input.data ?? {}, at: at.toISOString() };
}
