/** What searching may take of the database: connections of its own, few at a time, each for a short while. */
import { openPool } from './connect.ts';
import type { Sql } from './connect.ts';
import { writeDown } from './search-index.ts';

/** Of one process. A search is work for the database alone: more at once would only take longer each. */
const CONNECTIONS = 2;
/** Searches that wait for one of them; more are refused at once. */
const WAITING = 16;
/** Milliseconds after which Postgres ends a statement of a search; what one takes is bounded far below. */
const STATEMENT_MS = 2_000;
/** The most that a search waits for, of what was said and is not written down yet. */
const WRITTEN_DOWN = 400;

/** Too many search at once. */
export class SearchBusy extends Error {
  override readonly name = 'SearchBusy';
}

export interface SearchBudget {
  /**
   * Runs a search once one of the connections is free, with all written down that was said before.
   * @param signal aborted when nobody waits for the answer any more
   * @throws SearchBusy when too many wait already
   */
  run<T>(workspaceId: string, signal: AbortSignal, work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param url of the database */
export function openSearch(url: string): SearchBudget {
  const sql = openPool(url, { max: CONNECTIONS, name: 'convene-search', statementTimeout: STATEMENT_MS });
  const waiting: (() => void)[] = [];
  let busy = 0;
  const free = (): void => {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  };
  const turn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (busy < CONNECTIONS) {
      busy += 1;
      return;
    }
    if (waiting.length >= WAITING) throw new SearchBusy();
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason as Error);
      };
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(go);
    });
  };
  return {
    async run(workspaceId, signal, work) {
      await turn(signal);
      try {
        await writeDown(sql, workspaceId, WRITTEN_DOWN);
        return await work(sql);
      } finally {
        free();
      }
    },
    close: () => sql.end({ timeout: 2 }),
  };
}
