/** Notices a database that has vanished without a word: its machine gone, its packets dropped. TCP itself would wait for many minutes. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { openPool } from './connect.ts';
import { socketsTo } from './socket.ts';

/** Milliseconds. */
export interface WatchTimes {
  /** Between two questions whether the database answers. */
  every: number;
  /** That it may take to answer the smallest of questions, on a connection that is kept for it. */
  silence: number;
  /** For what has arrived while this process itself stood still: it is read first. */
  grace: number;
}

const usual: WatchTimes = { every: 2_000, silence: 8_000, grace: 1_000 };

/**
 * Asks the database again and again, by a connection of its own. Where no answer comes, every connection that has said nothing
 * since the question is ended: what waits on it fails at once, and what comes next finds the database at its address anew. A
 * statement that takes long is no silence of the database, and a connection that still hears something is left alone, as long
 * as it does not fall silent for as long again.
 * @param onGone told how many connections were ended
 * @returns how to stop it
 */
export function keepWatch(url: string, onGone: (ended: number) => void, times: WatchTimes = usual): () => Promise<void> {
  const sql = openPool(url, { max: 1, name: 'convene-watch' });
  const stopping = new AbortController();
  const pause = (milliseconds: number, signal = stopping.signal): Promise<false> => delay(milliseconds, false as const, { signal });
  const bytesHeard = (): Map<Socket, number> => new Map([...socketsTo(url)].map((socket) => [socket, socket.bytesRead]));
  /** @param heard bytes by connection, as they were @returns what those have heard by now that are open still */
  const endSilent = (heard: ReadonlyMap<Socket, number>): Map<Socket, number> => {
    const silent = [...bytesHeard()].filter(([socket, bytes]) => heard.get(socket) === bytes).map(([socket]) => socket);
    for (const socket of silent) socket.destroy(Object.assign(new Error('the database does not answer any more'), { code: 'ETIMEDOUT' }));
    if (silent.length > 0) onGone(silent.length);
    return bytesHeard();
  };
  const look = async (): Promise<void> => {
    const heard = bytesHeard();
    // A failure is an answer too: the driver has noticed by itself.
    const answered = sql`select 1`.then(
      () => true,
      () => true,
    );
    for (const time of [times.silence, times.grace]) {
      const over = new AbortController();
      const heardIt = await Promise.race([answered, pause(time, AbortSignal.any([over.signal, stopping.signal]))]);
      over.abort();
      if (heardIt) return;
    }
    const rest = endSilent(heard);
    await Promise.race([answered, pause(times.every)]);
    if (rest.size === 0) return;
    // What they heard, or that they were made, may have been the last of a database that had been asked already.
    await pause(times.silence);
    endSilent(rest);
  };
  const watching = (async () => {
    for (;;) {
      await pause(times.every);
      await look();
    }
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return async () => {
    stopping.abort();
    await sql.end({ timeout: 0 });
    await watching;
  };
}
