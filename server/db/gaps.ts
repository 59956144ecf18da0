/** What agents could not answer: noted in the change that says so, one gap for all that ask the same. */
import { v7 as newId } from 'uuid';
import type { KnowledgeGap } from '../contract/knowledge.ts';
import { gist, likeness, SAME_QUESTION } from '../domain/gaps.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** Gaps that a question is compared with, those asked last first. */
const COMPARED = 300;
/** Of a question so many characters are kept, and of a gap so many who asked are shown. */
const MOST_CHARS = 500;
const SHOWN = 5;

interface Unanswered {
  messageId: string;
  text: string;
  language: string | null;
  at: Date;
}

/** Notes a question that got no answer: with the gap that asks the same, which opens again where an article was to cover it, else as one of its own. */
export async function noteGap(unit: Change, { messageId, text, language, at }: Unanswered): Promise<void> {
  const { sql, workspaceId } = unit;
  const question = text.replace(/\s+/g, ' ').trim().slice(0, MOST_CHARS).toWellFormed();
  const told = gist(question);
  if (told.size === 0) return;
  const known = await sql<{ id: string; question: string }[]>`
    select id, question from knowledge_gap where workspace_id = ${workspaceId} order by last_at desc, id limit ${COMPARED}`;
  let best: { id: string; like: number } | null = null;
  for (const gap of known) {
    const like = likeness(told, gist(gap.question));
    if (like >= SAME_QUESTION && like > (best?.like ?? 0)) best = { id: gap.id, like };
  }
  const gapId = best?.id ?? newId();
  if (!best) await sql`insert into knowledge_gap ${sql({ workspaceId, id: gapId, question, language, firstAt: at, lastAt: at })}`;
  const noted = await sql`
    insert into knowledge_gap_message ${sql({ workspaceId, messageId, gapId, text: question, askedAt: at })} on conflict do nothing returning message_id`;
  if (noted.length === 0) return;
  await sql`
    update knowledge_gap set times = times + 1, last_at = greatest(last_at, ${at}), status = case status when 'answered' then 'open' else status end
    where workspace_id = ${workspaceId} and id = ${gapId}`;
  tell(unit, gapId);
}

/** The team's screens read it again. */
function tell(unit: Change, id: string): void {
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'knowledgeGap', id } });
}

type GapRow = Omit<KnowledgeGap, 'firstAt' | 'lastAt' | 'messages'> & { firstAt: Date; lastAt: Date };

interface GapsPage {
  status: KnowledgeGap['status'];
  after: { at: string; id: string } | null;
  limit: number;
}

/** Gaps of one status, those asked last first. */
export async function listGaps(sql: Sql | Transaction, workspaceId: string, { status, after, limit }: GapsPage): Promise<KnowledgeGap[]> {
  const rows = await sql<GapRow[]>`
    select id, question, language, status, times, first_at, last_at, article_id from knowledge_gap
    where workspace_id = ${workspaceId} and status = ${status} ${after ? sql`and (last_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by last_at desc, id desc limit ${limit}`;
  return views(sql, workspaceId, rows);
}

/** One gap; null where there is none. */
export async function gapView(sql: Sql | Transaction, workspaceId: string, id: string): Promise<KnowledgeGap | null> {
  const rows = await sql<
    GapRow[]
  >`select id, question, language, status, times, first_at, last_at, article_id from knowledge_gap where workspace_id = ${workspaceId} and id = ${id}`;
  return (await views(sql, workspaceId, rows))[0] ?? null;
}

async function views(sql: Sql | Transaction, workspaceId: string, rows: readonly GapRow[]): Promise<KnowledgeGap[]> {
  if (rows.length === 0) return [];
  const asked = await sql<{ gapId: string; messageId: string; conversationId: string; text: string; askedAt: Date }[]>`
    select g.id as gap_id, a.* from unnest(${rows.map(({ id }) => id)}::uuid[]) g(id), lateral (
      select x.message_id, m.conversation_id, x.text, x.asked_at from knowledge_gap_message x join message m on m.workspace_id = x.workspace_id and m.id = x.message_id
      where x.workspace_id = ${workspaceId} and x.gap_id = g.id order by x.asked_at desc limit ${SHOWN}) a`;
  return rows.map((row) => ({
    ...row,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    messages: asked
      .filter(({ gapId }) => gapId === row.id)
      .map(({ messageId, conversationId, text, askedAt }) => ({ messageId, conversationId, text, askedAt: askedAt.toISOString() })),
  }));
}

export interface Settled {
  status: KnowledgeGap['status'];
  articleId: string | null;
  operatorId: string;
}

/** Says what became of a gap. @returns false where there is none */
export async function settleGap(unit: Change, id: string, { status, articleId, operatorId }: Settled): Promise<boolean> {
  const { sql, workspaceId } = unit;
  const rows = await sql`
    update knowledge_gap set status = ${status}, article_id = ${articleId}, settled_by = ${status === 'open' ? null : operatorId}, settled_at = ${status === 'open' ? null : sql`now()`}
    where workspace_id = ${workspaceId} and id = ${id} returning id`;
  if (rows.length > 0) tell(unit, id);
  return rows.length > 0;
}

/** Where messages are gone that asked: a gap is called by one that is left, and goes with the last. */
export async function mendGaps({ sql, workspaceId }: Pick<Change, 'sql' | 'workspaceId'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update knowledge_gap g set times = l.times, question = l.question
    from (select gap_id, count(*)::int as times, (array_agg(text order by asked_at))[1] as question from knowledge_gap_message
      where workspace_id = ${workspaceId} and gap_id = any(${ids as string[]}::uuid[]) group by gap_id) l
    where g.workspace_id = ${workspaceId} and g.id = l.gap_id`;
  await sql`
    delete from knowledge_gap g where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])
      and not exists (select from knowledge_gap_message m where m.workspace_id = g.workspace_id and m.gap_id = g.id)`;
}
