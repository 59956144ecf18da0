/** Doing what a request with an Idempotency-Key asks once, however often it comes. */
import { createHash } from 'node:crypto';
import { change } from '../db/change.ts';
import type { Change, Db } from '../db/change.ts';
import { claimKey, keepAnswer } from '../db/idempotency.ts';
import type { StoredAnswer } from '../db/idempotency.ts';
import { seal, unseal } from '../db/secrets.ts';
import type { Keyring } from '../db/secrets.ts';
import type { Caller } from './caller.ts';
import { ProblemError } from './problem.ts';

export interface Asked {
  caller: Caller;
  key: string;
  method: string;
  path: string;
  body: unknown;
  /** Where its answer holds a secret: the keys under which it is kept. */
  seal: Keyring | null;
}

/** Of this process: requests with one key stand in line here, so that they take one connection between them. */
const lines = new Map<string, Promise<void>>();

/**
 * Runs the work and keeps its answer, all in one transaction; or gives the answer that the first request got. A request
 * that was refused leaves nothing behind, its key included.
 * @throws ProblemError `key_reused` where the key was another request's
 */
export async function once(
  db: Db,
  { caller, key, method, path, body, seal: keys }: Asked,
  status: number,
  work: (unit: Change) => Promise<unknown>,
): Promise<StoredAnswer & { replayed: boolean }> {
  const { workspaceId } = caller;
  const actor = caller.kind === 'visitor' ? `visitor:${caller.identityId}` : `${caller.kind}:${caller.id}`;
  const hash = createHash('sha256')
    .update(JSON.stringify([method, path, body ?? null]))
    .digest();
  return inLine(`${workspaceId} ${actor} ${key}`, () =>
    change(db, workspaceId, async (unit) => {
      const stored = await claimKey(unit, { actor, key, hash });
      if (stored === 'reused') throw new ProblemError('key_reused', 'This Idempotency-Key came before, with another request.');
      if (stored) return { status: stored.status, body: keys ? opened(keys, workspaceId, stored.body) : stored.body, replayed: true };
      const answer = { status, body: await work(unit) };
      await keepAnswer(
        unit,
        { actor, key, hash },
        keys ? { status, body: seal(keys, `workspace:${workspaceId}`, JSON.stringify(answer.body)).toString('base64') } : answer,
      );
      return { ...answer, replayed: false };
    }),
  );
}

const opened = (keys: Keyring, workspaceId: string, kept: unknown): unknown =>
  JSON.parse(unseal(keys, `workspace:${workspaceId}`, Buffer.from(kept as string, 'base64')));

async function inLine<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(name) ?? Promise.resolve();
  const turn = before.then(work);
  const done = turn.then(
    () => {},
    () => {},
  );
  lines.set(name, done);
  try {
    return await turn;
  } finally {
    if (lines.get(name) === done) lines.delete(name);
  }
}
