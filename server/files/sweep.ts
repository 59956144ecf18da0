import type { Sql } from '../db/connect.ts';
import { sweepBytes } from '../db/files.ts';
import type { Logger } from '../log.ts';
import type { FileStore } from './store.ts';

const SWEEP_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes bytes that no file names any more, with what was made of them, and what uploads left that never ended. */
export async function sweepFiles(sql: Sql, store: FileStore): Promise<void> {
  await sweepBytes(sql, async (key) => {
    await store.remove({ ...key, made: 'thumbnail' });
    await store.remove(key);
  });
  await store.tidy(new Date(Date.now() - DAY_MS));
}

/** Does so every hour. @returns how to end it */
export function keepSwept(sql: Sql, store: FileStore, log: Logger): () => void {
  const timer = setInterval(() => void sweepFiles(sql, store).catch((error: unknown) => log.warn({ err: error }, 'sweeping files failed')), SWEEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}
