import { randomUUID } from 'node:crypto';
import type { Sql } from './connect.ts';

/** Word between processes that something happened. All but `passing` are hints: the truth is read from the rows. */
export type Signal =
  | { kind: 'events'; workspaceId: string }
  | { kind: 'abort'; workspaceId: string; conversationId: string }
  | { kind: 'passing'; workspaceId: string; audience: 'team' | 'visitor'; addresseeId: string | null; event: string; data: unknown }
  /** Who may come into a workspace changed: whatever was remembered of it is stale. */
  | { kind: 'access'; workspaceId: string }
  /** This process (re)connected its listener: whatever was said meanwhile was missed. */
  | { kind: 'reconnected' };

export interface Signals {
  /** Of this process; also the owner of its slots. */
  readonly processId: string;
  /** Tells this process at once and the others by NOTIFY, outside any transaction, coalesced. Never throws. */
  publish(signal: Exclude<Signal, { kind: 'reconnected' }>): void;
  subscribe(listener: (signal: Signal) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = 'convene';
/** Postgres takes 8,000 bytes a payload; a passing event that is larger stays in this process. */
const MAX_PAYLOAD = 7_900;

/**
 * One listener and one sender a process. NOTIFY takes a lock across the whole server at commit, so it is sent after the
 * transaction, one statement at a time, with what gathered meanwhile in the next.
 */
export async function openSignals(sql: Sql, processId: string = randomUUID()): Promise<Signals> {
  const listeners = new Set<(signal: Signal) => void>();
  const waiting = new Map<string, string>();
  let sending: Promise<void> | null = null;
  let closed = false;

  const tell = (signal: Signal) => {
    for (const listener of listeners) listener(signal);
  };

  const send = async () => {
    while (waiting.size > 0) {
      const payloads = [...waiting.values()];
      waiting.clear();
      await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) as payload`.catch(() => {});
    }
    sending = null;
  };

  const listening = await sql.listen(
    CHANNEL,
    (payload) => {
      const { from, signal } = JSON.parse(payload) as { from: string; signal: Signal };
      if (from !== processId) tell(signal);
    },
    () => tell({ kind: 'reconnected' }),
  );

  return {
    processId,
    publish(signal) {
      tell(signal);
      if (closed) return;
      const payload = JSON.stringify({ from: processId, signal });
      if (Buffer.byteLength(payload) > MAX_PAYLOAD) return;
      const key = signal.kind === 'events' ? `events:${signal.workspaceId}` : signal.kind === 'abort' ? `abort:${signal.conversationId}` : payload;
      waiting.set(key, payload);
      sending ??= Promise.resolve().then(send);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      listeners.clear();
      await sending;
      await listening.unlisten().catch(() => {});
    },
  };
}
