/** Work that is claimed from rows, beside the jobs: what is due is looked for every now and then, and after each that is done. */
import type { Logger } from '../log.ts';

/** How often somebody looks for what is due; with the silence before that frees it, what a killed process left goes on within 5 s. */
const SWEEP_MS = 500;

export interface Claims<T> {
  /** What it is, for the log: `fetching a file`. */
  name: string;
  /** How many this process does at once. */
  atOnce: number;
  /** Claims one that is due and may go beside those that are under way. @returns null where there is none */
  claim(busy: readonly T[]): Promise<T | null>;
  /** Does it and settles it; where it throws it stays claimed, and is due again once this process is silent or lets go of it. */
  work(item: T, stopping: AbortSignal): Promise<void>;
  /** Lets others have what this process has claimed. */
  leave(): Promise<void>;
  /** What of an item the log names. */
  named(item: T): Record<string, string>;
  log: Logger;
}

/** Does what is due until told to stop; what is under way then goes to others. A process that does so has to beat. */
export function startClaims<T>({ name, atOnce, claim, work, leave, named, log }: Claims<T>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const busy = new Map<T, Promise<void>>();
  let looking: Promise<void> | null = null;

  const one = async (item: T): Promise<void> => {
    try {
      await work(item, stopping.signal);
      busy.delete(item);
      look();
    } catch (error) {
      // The database, most likely: the next sweep is soon enough.
      log.warn({ err: error, ...named(item) }, `${name} failed`);
      busy.delete(item);
    }
  };
  // One at a time: what may come next depends on those that are under way.
  const fill = async (): Promise<void> => {
    const item = await claim([...busy.keys()]);
    if (item === null) return;
    busy.set(item, one(item));
    if (busy.size < atOnce && !stopping.signal.aborted) await fill();
  };
  const look = (): void => {
    if (looking || stopping.signal.aborted || busy.size >= atOnce) return;
    looking = fill()
      .catch((error: unknown) => log.warn({ err: error }, `looking for more failed: ${name}`))
      .finally(() => (looking = null));
  };
  const timer = setInterval(look, SWEEP_MS);
  look();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all(busy.values());
      await leave().catch(() => {});
    },
  };
}
