import { errorCode } from '../process.ts';
import type { Sql, Transaction } from './connect.ts';
import { insertRows } from './rows.ts';
import type { Signal, Signals } from './signals.ts';
import type { Wake } from './wake.ts';
import { wakeUp } from './wake.ts';

/** What every writing function needs: the pool, and how to tell the other processes. */
export interface Db {
  sql: Sql;
  signals: Signals;
}

/** One row of the event log: it names what changed; readers render it as it is when they read. */
export interface NewEvent {
  kind: 'message' | 'draft' | 'contact' | 'transfer' | 'ticket' | 'settings' | 'read' | 'notification' | 'conversation' | 'gone';
  audience: 'team' | 'operator' | 'visitor';
  /** Of `operator`: the operator; of `visitor`: the identity. */
  addresseeId?: string | null;
  subjectId?: string | null;
  conversationId?: string | null;
  data?: Record<string, unknown> | null;
}

/** Writes rows of one kind, however many, by as few statements as it takes. */
export interface Writer<Row> {
  /** After those that are not: it goes by what they wrote. */
  last?: boolean;
  write(unit: Change, rows: readonly Row[]): Promise<void>;
}

/** Within one transaction, so that a reader has the parts before the whole. */
const ORDER: NewEvent['kind'][] = ['message', 'draft', 'contact', 'transfer', 'ticket', 'settings', 'read', 'notification', 'conversation', 'gone'];

/**
 * One state change: a transaction that carries its events and commits them together. What others are told (hints, aborts,
 * wake-ups) goes out after the commit, and only then.
 */
export class Change {
  readonly sql: Transaction;
  readonly workspaceId: string;
  readonly #events = new Map<string, NewEvent>();
  readonly #wakes = new Map<string, Wake>();
  readonly #aborts = new Set<string>();
  readonly #signals: Exclude<Signal, { kind: 'reconnected' }>[] = [];
  #gathered: Map<Writer<unknown>, unknown[]> | null = null;

  constructor(sql: Transaction, workspaceId: string) {
    this.sql = sql;
    this.workspaceId = workspaceId;
  }

  /** Appends an event; the same one twice within a change is one. */
  emit(event: NewEvent): void {
    this.#events.set(`${event.kind}:${event.audience}:${event.addresseeId ?? ''}:${event.subjectId ?? JSON.stringify(event.data ?? null)}`, event);
  }

  /** The team sees this conversation anew. */
  conversationChanged(conversationId: string): void {
    this.emit({ kind: 'conversation', audience: 'team', subjectId: conversationId, conversationId });
  }

  /** Wakes the worker for a conversation once this has committed. */
  wake(task: Wake['task'], conversationId: string, at: Date | null = null): void {
    this.#wakes.set(`${task}:${conversationId}`, { task, workspaceId: this.workspaceId, conversationId, at });
  }

  /** Tells the run of a conversation, in whichever process it is, that it has lost its slot. */
  abort(conversationId: string): void {
    this.#aborts.add(conversationId);
  }

  /** Something passing to tell once this has committed. */
  afterwards(signal: Exclude<Signal, { kind: 'reconnected' }>): void {
    this.#signals.push(signal);
  }

  /** Writes a row: at once, or with all others of its kind where they are written {@link together}. */
  async write<Row>(writer: Writer<Row>, row: Row): Promise<void> {
    if (!this.#gathered) return writer.write(this, [row]);
    const rows = this.#gathered.get(writer as Writer<unknown>) ?? [];
    this.#gathered.set(writer as Writer<unknown>, rows);
    rows.push(row);
  }

  /** What `work` writes of many conversations is written once it has ended; where it throws, not at all. It reads nothing that it wrote. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    this.#gathered = new Map();
    try {
      const result = await work();
      const gathered = [...this.#gathered];
      this.#gathered = null;
      // Sent one behind the other, without waiting for each: Postgres does them in this order.
      for (const last of [false, true])
        await Promise.all(gathered.filter(([writer]) => (writer.last ?? false) === last).map(([writer, rows]) => writer.write(this, rows)));
      return result;
    } finally {
      this.#gathered = null;
    }
  }

  /** Writes what was gathered; called by {@link change} as the last act before the commit. */
  async flush(): Promise<void> {
    const events = [...this.#events.values()].toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
    if (events.length > 0) {
      const rows = events.map((event) => ({
        workspaceId: this.workspaceId,
        kind: event.kind,
        audience: event.audience,
        addresseeId: event.addresseeId ?? null,
        subjectId: event.subjectId ?? null,
        conversationId: event.conversationId ?? null,
        data: event.data ?? null,
      }));
      await insertRows(this.sql, 'event', rows);
    }
  }

  /** Tells this process and the others, and wakes the workers; called by {@link change} after the commit. */
  async announce({ sql, signals }: Db): Promise<void> {
    for (const conversationId of this.#aborts) signals.publish({ kind: 'abort', workspaceId: this.workspaceId, conversationId });
    for (const signal of this.#signals) signals.publish(signal);
    if (this.#events.size > 0) signals.publish({ kind: 'events', workspaceId: this.workspaceId });
    await wakeUp(sql, [...this.#wakes.values()]);
  }
}

/** SQLSTATE of the one that Postgres ends where two wait for each other. */
export const DEADLOCK = '40P01';
const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction of a workspace and commits it with its events, then wakes the workers. Where a deadlock undid it,
 * it is run again, so it must do nothing outside its transaction.
 * @returns what `work` returns; throws what it throws, with nothing written
 */
export async function change<T>(db: Db, workspaceId: string, work: (change: Change) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      let unit: Change | undefined;
      const result = await db.sql.begin(async (sql) => {
        unit = new Change(sql as Transaction, workspaceId);
        const value = await work(unit);
        await unit.flush();
        return value;
      });
      await unit?.announce(db);
      return result as T;
    } catch (error) {
      if (attempt === ATTEMPTS || errorCode(error) !== DEADLOCK) throw error;
    }
  }
}
