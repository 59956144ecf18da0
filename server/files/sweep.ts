import type { Db } from '../db/change.ts';
import type { Sql } from '../db/connect.ts';
import { erasing, finishErasing } from '../db/erase.ts';
import { sweepBytes } from '../db/files.ts';
import type { Logger } from '../log.ts';
import type { FileStore } from './store.ts';

const SWEEP_MS = 60 * 60_000;
const ERASURES_MS = 5_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes bytes that no file names any more, with what was made of them, and what uploads left that never ended. */
export async function sweepFiles(sql: Sql, store: FileStore): Promise<void> {
  await sweepBytes(sql, async (key) => {
    await store.remove({ ...key, made: 'thumbnail' });
    await store.remove(key);
  });
  await store.tidy(new Date(Date.now() - DAY_MS));
}

/** Goes on with contacts of which whoever began to erase them left something. */
async function finishErasures(db: Db, store: FileStore): Promise<void> {
  const left = await erasing(db);
  for (const { workspaceId, contactId } of left) await finishErasing(db, workspaceId, contactId);
  if (left.length > 0) await sweepFiles(db.sql, store);
}

/** Sweeps every hour, and looks often for what was left of an erasure. @returns how to end it */
export function keepSwept(db: Db, store: FileStore, log: Logger): () => void {
  const every = (ms: number, work: () => Promise<void>) =>
    setInterval(() => void work().catch((error: unknown) => log.warn({ err: error }, 'sweeping failed')), ms).unref();
  const timers = [every(SWEEP_MS, () => sweepFiles(db.sql, store)), every(ERASURES_MS, () => finishErasures(db, store))];
  return () => timers.forEach((timer) => clearInterval(timer));
}
