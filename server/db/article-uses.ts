/** How often articles are used: once for each answer or draft that rests on them. */
import { v7 as newId } from 'uuid';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** Days that count, and after which a use is forgotten. */
const DAYS = 30;

/** Notes that an answer rests on these articles, those of them that are still there. */
export async function noteUses({ sql, workspaceId }: Change, articles: readonly { id: string }[], at: Date): Promise<void> {
  if (articles.length === 0) return;
  const ids = articles.map(({ id }) => ({ article_id: id, id: newId() }));
  await sql`
    with there as materialized (select id from article where workspace_id = ${workspaceId} and id = any(${articles.map(({ id }) => id)}::uuid[]) order by id for key share)
    insert into article_use (workspace_id, article_id, id, used_at)
    select ${workspaceId}, there.id, u.id, ${at} from jsonb_to_recordset(${sql.json(ids)}) as u (article_id uuid, id uuid) join there on there.id = u.article_id`;
}

/** Uses of articles in the last 30 days; those without any are left out. */
export async function recentUses(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ articleId: string; count: number }[]>`
    select article_id, count(*) as count from article_use
    where workspace_id = ${workspaceId} and article_id = any(${ids as string[]}::uuid[]) and used_at > now() - make_interval(days => ${DAYS}) group by article_id`;
  return new Map(rows.map(({ articleId, count }) => [articleId, count]));
}

/** Forgets uses that count no more. */
export async function pruneUses(sql: Sql, batch: number): Promise<void> {
  await sql`delete from article_use where ctid = any(array(select ctid from article_use where used_at < now() - make_interval(days => ${DAYS + 1}) limit ${batch}))`;
}
