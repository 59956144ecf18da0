/** Articles by what they mean, where an endpoint computes embeddings. Whatever goes wrong here, articles are still found by their words. */
import { embedMany } from 'ai';
import type { Db } from '../db/change.ts';
import { searchArticles } from '../db/knowledge.ts';
import type { ArticleQuery, FoundArticle, PassageRef } from '../db/knowledge.ts';
import { claimPassages, keepVectors, putOffPassages, vectorMarks, vectorsOf } from '../db/knowledge-vectors.ts';
import type { PassageVector } from '../db/knowledge-vectors.ts';
import type { Logger } from '../log.ts';
import type { Embedding } from '../model/provider.ts';
import { modelTelemetry } from '../tracing.ts';

/** Passages that one call computes. */
const AT_ONCE = 32;
const JOB_MS = 30_000;
/** A customer waits: a question's own embedding has this long, and after a failure none is asked for a while. */
const QUESTION_MS = 3_000;
const QUIET_MS = 30_000;
/** Passages that are taken for near, and how near they have to be at least. */
const NEAREST = 12;
const LEAST_COSINE = 0.2;
/** Workspaces whose embeddings a process keeps at hand. */
const MOST_KEPT = 20;

interface Kept {
  quietUntil: number;
  /** Of a workspace: embeddings by article, with the mark that they were read under. */
  workspaces: Map<string, Map<string, { mark: string; passages: PassageVector[] }>>;
}

const kept = new WeakMap<Embedding['model'], Kept>();

interface Deps {
  db: Pick<Db, 'sql'>;
  models: { embedding?: Embedding | null | undefined };
  log: Pick<Logger, 'warn'>;
}

/** Articles that fit a question by its words and, where that can be computed, by its meaning. */
export async function findArticles(deps: Deps, workspaceId: string, query: string, options: Omit<ArticleQuery, 'near'>): Promise<FoundArticle[]> {
  const near = await nearest(deps, workspaceId, query);
  return searchArticles(deps.db.sql, workspaceId, query, { ...options, near });
}

async function nearest({ db, models: { embedding }, log }: Deps, workspaceId: string, query: string): Promise<PassageRef[]> {
  if (!embedding) return [];
  const state = stateOf(embedding);
  if (Date.now() < state.quietUntil) return [];
  try {
    const passages = await atHand(db, state, workspaceId, embedding.name);
    if (passages.length === 0) return [];
    const [asked] = await compute(embedding, [query], QUESTION_MS, 0);
    return passages
      .map((passage) => ({ passage, near: dot(asked!, passage.vector) }))
      .filter(({ near }) => near >= LEAST_COSINE)
      .toSorted((one, other) => other.near - one.near)
      .slice(0, NEAREST)
      .map(({ passage: { articleId, place } }) => ({ articleId, place }));
  } catch (error) {
    state.quietUntil = Date.now() + QUIET_MS;
    log.warn({ error }, 'no embedding of a question');
    return [];
  }
}

function stateOf({ model }: Embedding): Kept {
  const known = kept.get(model);
  if (known) return known;
  const fresh: Kept = { quietUntil: 0, workspaces: new Map() };
  kept.set(model, fresh);
  return fresh;
}

/** The embeddings of a workspace: those that changed are read anew. */
async function atHand({ sql }: Pick<Db, 'sql'>, { workspaces }: Kept, workspaceId: string, model: string): Promise<PassageVector[]> {
  const marks = await vectorMarks(sql, workspaceId, model);
  const before = workspaces.get(workspaceId);
  const changed = [...marks].filter(([id, mark]) => before?.get(id)?.mark !== mark).map(([id]) => id);
  const read = new Map<string, PassageVector[]>();
  if (changed.length > 0)
    for (const passage of await vectorsOf(sql, workspaceId, model, changed)) read.set(passage.articleId, [...(read.get(passage.articleId) ?? []), passage]);
  const now = new Map([...marks].map(([id, mark]) => [id, { mark, passages: read.get(id) ?? before?.get(id)?.passages ?? [] }]));
  workspaces.delete(workspaceId);
  workspaces.set(workspaceId, now);
  const [oldest] = workspaces.keys();
  if (workspaces.size > MOST_KEPT && oldest) workspaces.delete(oldest);
  return [...now.values()].flatMap(({ passages }) => passages);
}

/** Unit vectors, so that the product of two is how near they are. */
async function compute({ model }: Embedding, values: string[], timeoutMs: number, maxRetries: number): Promise<Float32Array[]> {
  const { embeddings } = await embedMany({
    model,
    values,
    maxRetries,
    abortSignal: AbortSignal.timeout(timeoutMs),
    experimental_telemetry: modelTelemetry('embed'),
  });
  if (embeddings.length !== values.length) throw new Error('the endpoint answered with another number of embeddings');
  return embeddings.map((numbers) => {
    const length = Math.hypot(...numbers);
    if (!(length > 0) || !Number.isFinite(length)) throw new Error('the endpoint answered with an embedding that is none');
    return Float32Array.from(numbers, (number) => number / length);
  });
}

function dot(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) return 0;
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
}

/** Computes what passages still lack, some at a time, until none waits; called again and again by whoever works. */
export async function embedPassages({ db: { sql }, models: { embedding }, log }: Deps): Promise<void> {
  if (!embedding) return;
  for (;;) {
    const passages = await claimPassages(sql, embedding.name, AT_ONCE);
    if (passages.length === 0) return;
    try {
      const vectors = await compute(
        embedding,
        passages.map(({ title, heading, text }) => [title, heading, text].filter(Boolean).join('\n')),
        JOB_MS,
        1,
      );
      await keepVectors(sql, embedding.name, passages, vectors);
    } catch (error) {
      await putOffPassages(sql, passages);
      log.warn({ error }, 'no embeddings of articles');
      return;
    }
  }
}
