import type { Db } from './change.ts';
import type { Signals } from './signals.ts';

type Task = 'run' | 'deliver';

/** What each process is at, by `task:conversation`. True where it was asked for again meanwhile. */
const atWork = new WeakMap<Signals, Map<string, boolean>>();

function ofProcess({ signals }: Db): Map<string, boolean> {
  const own = atWork.get(signals) ?? new Map<string, boolean>();
  atWork.set(signals, own);
  return own;
}

/**
 * Does something for a conversation, once at a time in this process. Asked while it is done, it is done once more
 * afterwards, so that no wake-up is lost; the second caller gets null at once. So a slot that carries this process's name
 * and is not worked in was left by an error, and may be taken again.
 */
export async function alone<T>(db: Db, task: Task, conversationId: string, work: () => Promise<T>): Promise<T | null> {
  const own = ofProcess(db);
  const key = `${task}:${conversationId}`;
  if (own.has(key)) {
    own.set(key, true);
    return null;
  }
  try {
    for (;;) {
      own.set(key, false);
      const result = await work();
      if (!own.get(key)) return result;
    }
  } finally {
    own.delete(key);
  }
}

/** Conversations that this process works in. */
export function workingIn(db: Db, task: Task): string[] {
  return [...ofProcess(db).keys()].filter((key) => key.startsWith(`${task}:`)).map((key) => key.slice(task.length + 1));
}
