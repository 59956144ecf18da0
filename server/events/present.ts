/** Who is there: operators with an open stream of this process, written where other processes can read it. */
import type { ServerResponse } from 'node:http';
import type { Db } from '../db/change.ts';
import { PRESENCE_BEAT_MS, removePresent, removeProcess, writePresent } from '../db/routing-presence.ts';
import type { Present } from '../db/routing-presence.ts';

export interface Presence {
  /** The operator is there until this answer, which a stream is written to, has ended. */
  hold(present: Present, stream: ServerResponse): void;
  /** Nobody is there with this process any more. */
  close(): void;
}

/** @param onError told where the database does not take it; the next beat says it again */
export function keepPresence({ sql, signals }: Db, onError: (error: unknown) => void): Presence {
  const { processId } = signals;
  const streams = new Map<string, Present & { count: number }>();
  // One statement after another, so that a departure never overtakes an arrival.
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  const then = (write: () => Promise<void>): void => void (last = last.then(write).catch(onError));
  const timer = setInterval(() => then(() => writePresent(sql, processId, [...streams.values()])), PRESENCE_BEAT_MS).unref();

  return {
    hold(present, stream) {
      if (closed || stream.destroyed || stream.writableEnded) return;
      const key = `${present.workspaceId} ${present.operatorId}`;
      const known = streams.get(key);
      streams.set(key, { ...present, count: (known?.count ?? 0) + 1 });
      if (!known) then(() => writePresent(sql, processId, [present]));
      stream.once('close', () => {
        const now = streams.get(key);
        if (!now) return;
        if (now.count > 1) {
          streams.set(key, { ...now, count: now.count - 1 });
          return;
        }
        streams.delete(key);
        if (!closed) then(() => (streams.has(key) ? Promise.resolve() : removePresent(sql, processId, present)));
      });
    },
    close() {
      closed = true;
      clearInterval(timer);
      then(() => removeProcess(sql, processId));
    },
  };
}
