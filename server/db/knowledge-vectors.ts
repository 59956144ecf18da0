/** Embeddings of passages, as an endpoint computed them. */
import type { Sql } from './connect.ts';
import { indexArticles } from './knowledge-index.ts';

interface WaitingPassage {
  workspaceId: string;
  articleId: string;
  place: number;
  title: string;
  heading: string;
  text: string;
}

/** A passage that is being computed is another's again after this many seconds; one whose computing failed is tried again after more. */
const CLAIM_SECONDS = 60;
const AGAIN_SECONDS = 300;

/** Takes passages that have no embedding of this model, for a minute. Articles that were not written down yet are first. */
export async function claimPassages(sql: Sql, model: string, limit: number): Promise<WaitingPassage[]> {
  const waiting = await sql<{ workspaceId: string }[]>`select distinct workspace_id from (select workspace_id from article where not indexed limit 200) w`;
  for (const { workspaceId } of waiting) await indexArticles(sql, workspaceId);
  return sql<WaitingPassage[]>`
    with due as (
      select workspace_id, article_id, place from article_passage
      where embed_at <= now() and (embedding is null or embedding_model is distinct from ${model}) order by embed_at limit ${limit} for no key update skip locked
    ), claimed as (
      update article_passage p set embed_at = now() + make_interval(secs => ${CLAIM_SECONDS}) from due d
      where p.workspace_id = d.workspace_id and p.article_id = d.article_id and p.place = d.place returning p.workspace_id, p.article_id, p.place, p.heading, p.text
    )
    select c.workspace_id, c.article_id, c.place, c.heading, c.text, a.title from claimed c join article a on a.workspace_id = c.workspace_id and a.id = c.article_id`;
}

/** Keeps embeddings, of passages whose text is still the one that was read. */
export async function keepVectors(sql: Sql, model: string, passages: readonly WaitingPassage[], vectors: readonly Float32Array[]): Promise<void> {
  const rows = passages.map(({ workspaceId, articleId, place, text }, at) => ({
    workspace_id: workspaceId,
    article_id: articleId,
    place,
    text,
    embedding: bytesOf(vectors[at]!).toString('base64'),
  }));
  await sql`
    update article_passage p set embedding = decode(v.embedding, 'base64'), embedding_model = ${model}
    from jsonb_to_recordset(${sql.json(rows)}) as v (workspace_id uuid, article_id uuid, place int, text text, embedding text)
    where p.workspace_id = v.workspace_id and p.article_id = v.article_id and p.place = v.place and p.text = v.text`;
}

/** Computing them failed: later again. */
export async function putOffPassages(sql: Sql, passages: readonly WaitingPassage[]): Promise<void> {
  const rows = passages.map(({ workspaceId, articleId, place }) => ({ workspace_id: workspaceId, article_id: articleId, place }));
  await sql`
    update article_passage p set embed_at = now() + make_interval(secs => ${AGAIN_SECONDS})
    from jsonb_to_recordset(${sql.json(rows)}) as v (workspace_id uuid, article_id uuid, place int) where p.workspace_id = v.workspace_id and p.article_id = v.article_id and p.place = v.place`;
}

/** 32-bit floats, little endian. */
function bytesOf(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4);
  return bytes;
}

const vectorOf = (bytes: Buffer): Float32Array => Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));

export interface PassageVector {
  articleId: string;
  place: number;
  vector: Float32Array;
}

/** What of a workspace's articles has embeddings of a model, each article with a mark that changes whenever one of them does. */
export async function vectorMarks(sql: Sql, workspaceId: string, model: string): Promise<Map<string, string>> {
  const rows = await sql<{ articleId: string; mark: string }[]>`
    select p.article_id, md5(string_agg(p.place || ' ' || p.xmin, ',' order by p.place)) as mark from article_passage p join article a on a.workspace_id = p.workspace_id and a.id = p.article_id
    where p.workspace_id = ${workspaceId} and p.embedding is not null and p.embedding_model = ${model} and a.active group by p.article_id`;
  return new Map(rows.map(({ articleId, mark }) => [articleId, mark]));
}

/** The embeddings of articles. */
export async function vectorsOf(sql: Sql, workspaceId: string, model: string, articleIds: readonly string[]): Promise<PassageVector[]> {
  const rows = await sql<{ articleId: string; place: number; embedding: Buffer }[]>`
    select article_id, place, embedding from article_passage
    where workspace_id = ${workspaceId} and article_id = any(${articleIds as string[]}::uuid[]) and embedding is not null and embedding_model = ${model}`;
  return rows.map(({ articleId, place, embedding }) => ({ articleId, place, vector: vectorOf(embedding) }));
}
