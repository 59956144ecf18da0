/** Live updates of one process: the readers of every workspace, one subscription to what other processes say, one set of timers. */
import type { ServerResponse } from 'node:http';
import type { Db } from '../db/change.ts';
import { renewRestoredLog, workspacesBehind } from '../db/events.ts';
import type { Signal } from '../db/signals.ts';
import { encodeFrame } from './frame.ts';
import type { Render } from './frame.ts';
import { Reader } from './reader.ts';
import type { ReaderOptions } from './reader.ts';
import { WorkspaceLog } from './workspace-log.ts';

/** Times in milliseconds. */
export interface HubLimits {
  /** Between two comment lines that keep a stream open; the contract says at least every 15 s. */
  heartbeat: number;
  /** Between two questions whether a reader may still read; an open stream ends within 10 s of revocation. */
  recheck: number;
  /** Between two looks for events whose hint was lost. */
  poll: number;
  /** Bytes that may wait for one reader, beyond one batch. */
  maxBuffered: number;
  /** For how long a reader may take less than it is sent. */
  stall: number;
  /** What a client is asked to wait when the process drains, give or take a half. */
  retry: number;
}

const defaults: HubLimits = { heartbeat: 10_000, recheck: 4_000, poll: 1_500, maxBuffered: 1024 * 1024, stall: 20_000, retry: 2_000 };

interface HubOptions {
  db: Db;
  render: Render;
  limits?: Partial<HubLimits>;
  /** Told what went wrong in the background; nothing stops for it. */
  onError?: (error: unknown) => void;
}

/** For metrics: gauges, and what happened since the start. */
export interface HubStats {
  readers: number;
  workspaces: number;
  /** Streams opened. */
  opened: number;
  /** Readers cut because they took too little. */
  cut: number;
  /** Readers told to read afresh. */
  reset: number;
  /** Streams ended because their reader may no longer read. */
  revoked: number;
}

export interface Hub {
  /**
   * Opens a stream on a raw response: from now on, or, given `lastEventId`, first what followed it.
   * @throws HubClosed when the process is draining; what the database threw when it does not answer. Nothing has been sent then.
   */
  open(out: ServerResponse, reader: Omit<ReaderOptions, 'maxBuffered'>, lastEventId: string | undefined): Promise<void>;
  stats(): HubStats;
  /** Ends all streams with a `retry:` line and opens no more. */
  close(): void;
}

/** The process is about to stop and opens no more streams. */
class HubClosed extends Error {
  override readonly name = 'HubClosed';
}

/** Readers that are asked about at the same time. */
const checksAtOnce = 8;

export function createHub(options: HubOptions): Hub {
  const { db, render } = options;
  const limits = { ...defaults, ...options.limits };
  const onError = options.onError ?? (() => {});
  const logs = new Map<string, WorkspaceLog>();
  const readers = new Set<Reader>();
  const counts = { opened: 0, cut: 0, reset: 0, revoked: 0 };
  let closed = false;
  let settled: Promise<boolean> | null = null;

  const logOf = (workspaceId: string): WorkspaceLog => {
    const known = logs.get(workspaceId);
    if (known) return known;
    const log = new WorkspaceLog(workspaceId, {
      sql: db.sql,
      render,
      onError,
      onSettings: (id) => void recheck([...readers].filter((reader) => reader.workspaceId === id)),
      onReset: () => (counts.reset += 1),
      onIdle: () => {
        if (logs.get(workspaceId) === log) logs.delete(workspaceId);
      },
    });
    logs.set(workspaceId, log);
    return log;
  };

  const hear = (signal: Signal): void => {
    if (signal.kind === 'events') logs.get(signal.workspaceId)?.nudge();
    else if (signal.kind === 'reconnected') for (const log of logs.values()) log.nudge();
    else if (signal.kind === 'passing') {
      logs.get(signal.workspaceId)?.pass(signal.audience, signal.addresseeId, encodeFrame({ event: signal.event, data: signal.data }));
    }
  };

  const poll = async (): Promise<void> => {
    const positions = [...logs.values()].flatMap((log) => (log.resting ? [{ workspaceId: log.workspaceId, cursor: log.resting }] : []));
    if (positions.length === 0) return;
    const { behind, horizon } = await workspacesBehind(db.sql, positions);
    for (const { workspaceId } of positions) {
      if (behind.has(workspaceId)) logs.get(workspaceId)?.nudge();
      else logs.get(workspaceId)?.advance(horizon);
    }
  };

  const recheck = async (asked: Iterable<Reader>): Promise<void> => {
    const left = asked[Symbol.iterator]();
    const ask = async (): Promise<void> => {
      for (let next = left.next(); !next.done; next = left.next()) {
        const reader = next.value;
        if (reader.closed) continue;
        try {
          if (await reader.authorise()) continue;
          counts.revoked += 1;
          reader.end();
        } catch (error) {
          onError(error);
        }
      }
    };
    await Promise.all(Array.from({ length: checksAtOnce }, ask));
  };

  const cutStalled = (): void => {
    const now = performance.now();
    for (const reader of readers) if (reader.blockedFor(now) > limits.stall) reader.cut();
  };

  const unsubscribe = db.signals.subscribe(hear);
  const timers = [
    every(limits.heartbeat, () => {
      for (const reader of readers) reader.beat();
    }),
    every(limits.poll, () => poll().catch(onError)),
    every(limits.recheck, async () => {
      cutStalled();
      await recheck([...readers]);
    }),
  ];

  return {
    async open(out, asked, lastEventId) {
      if (closed) throw new HubClosed('draining');
      settled ??= renewRestoredLog(db.sql);
      await settled.catch((error: unknown) => {
        settled = null;
        throw error;
      });
      const reader = new Reader(out, { ...asked, maxBuffered: limits.maxBuffered });
      if (closed) throw new HubClosed('draining');
      readers.add(reader);
      reader.onClose((wasCut) => {
        readers.delete(reader);
        if (wasCut) counts.cut += 1;
      });
      try {
        await logOf(asked.workspaceId).join(reader, lastEventId);
        counts.opened += 1;
      } catch (error) {
        reader.abandon();
        throw error;
      }
    },
    stats: () => ({ readers: readers.size, workspaces: logs.size, ...counts }),
    close() {
      closed = true;
      unsubscribe();
      for (const timer of timers) timer();
      // Not all at the same moment, or the next process has them all at once.
      for (const reader of readers) reader.end(`retry: ${Math.round(limits.retry * (0.5 + Math.random()))}\n\n`);
    },
  };
}

/** Runs again and again, never twice at once, without keeping the process alive. @returns what stops it */
function every(milliseconds: number, work: () => void | Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  }, milliseconds).unref();
  return () => clearInterval(timer);
}
