import { applyEvent } from './reduce.ts';
import { nextExpiry, sweep } from './reduce-passing.ts';
import type { Client } from './client.ts';
import { asProblem, type ApiProblem } from './problem.ts';
import { initialState, type Outcome, type State } from './state.ts';
import type { OperatorEvents } from '../../server/contract/events.ts';

/** What came of a request: refusals are values, not exceptions. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ApiProblem };

/** What the actions of a store are made on: the state, how it changes, and the API. */
export class Core {
  private state: State = initialState();
  private readonly changed = new Set<() => void>();
  private telling = false;
  private expiry?: ReturnType<typeof setTimeout>;
  private expiresAt?: number;
  private outcomes = 0;
  private begun = false;
  private readonly live: Promise<void>;
  private nowLive: () => void = () => undefined;

  constructor(
    readonly client: Client,
    /** Milliseconds since 1970. */
    readonly now: () => number = Date.now,
  ) {
    this.live = new Promise((resolve) => (this.nowLive = resolve));
  }

  get(): State {
    return this.state;
  }

  subscribe(changed: () => void): () => void {
    this.changed.add(changed);
    return () => this.changed.delete(changed);
  }

  /** Replaces the state; subscribers hear of it once, after everything that happens now. */
  update(change: (state: State) => State): void {
    const next = change(this.state);
    if (next === this.state) return;
    this.state = next;
    this.watchExpiry();
    if (this.telling) return;
    this.telling = true;
    queueMicrotask(() => {
      this.telling = false;
      for (const changed of [...this.changed]) changed();
    });
  }

  apply<E extends keyof OperatorEvents>(name: E, data: OperatorEvents[E]): void {
    this.update((state) => applyEvent(state, name, data, this.now()));
  }

  /** Resolves once the stream is live, so that nothing falls between what is read and what follows; or a moment later without it. */
  ready(): Promise<void> {
    return this.live;
  }

  /** Lets readings begin. Answers whether they had to wait until now. */
  setReady(): boolean {
    const waited = !this.begun;
    this.begun = true;
    this.nowLive();
    return waited;
  }

  /** Asks the API; what it refuses comes back as a value. */
  async ask<T>(call: () => Promise<{ json(): Promise<T> }>): Promise<Result<T>> {
    try {
      return { ok: true, value: await (await call()).json() };
    } catch (thrown) {
      return { ok: false, problem: asProblem(thrown) };
    }
  }

  /** The same for calls that answer nothing. */
  async tell(call: () => Promise<unknown>): Promise<Result<undefined>> {
    try {
      await call();
      return { ok: true, value: undefined };
    } catch (thrown) {
      return { ok: false, problem: asProblem(thrown) };
    }
  }

  /** Says what came of something, for a toast. */
  report(outcome: Omit<Outcome, 'id'>): void {
    this.outcomes += 1;
    const id = this.outcomes;
    this.update((state) => ({ ...state, outcomes: [...state.outcomes, { ...outcome, id }] }));
  }

  stop(): void {
    clearTimeout(this.expiry);
    this.changed.clear();
  }

  private watchExpiry(): void {
    const next = nextExpiry(this.state);
    if (next === this.expiresAt) return;
    clearTimeout(this.expiry);
    this.expiresAt = next;
    if (next === undefined) return;
    this.expiry = setTimeout(
      () => {
        this.expiresAt = undefined;
        this.update((state) => sweep(state, this.now()));
        this.watchExpiry();
      },
      Math.max(0, next - this.now()) + 5,
    );
  }
}
