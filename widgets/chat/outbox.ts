import type { VisitorMessage } from '../../server/contract/message.ts';
import { asProblem } from '../store/problem.ts';
import { Backoff } from './backoff.ts';
import { alone, Kept } from './kept.ts';
import type { Waiting } from './state.ts';

export interface OutboxWork {
  /** Sends one message; throws an `ApiProblem`. */
  send(message: Waiting): Promise<VisitorMessage>;
  /** What waits has changed, here or in another tab. */
  changed(waiting: readonly Waiting[]): void;
  /** A message is on its way; null when none is. */
  sending(key: string | null): void;
  sent(key: string, message: VisitorMessage): void;
}

/**
 * What the visitor wrote and the server has not answered: one queue for all tabs, that outlives the page. It is sent in
 * order, one at a time, each under the key that it was given at first, so that an answer lost on the way costs nothing.
 */
export class Outbox {
  readonly #kept: Kept<readonly Waiting[]>;
  readonly #leave: () => void;
  #underway = false;
  #again = false;
  #failures = 0;
  #waits = false;
  #stopped = false;
  readonly #backoff = new Backoff();

  constructor(
    name: string,
    private readonly work: OutboxWork,
  ) {
    this.#kept = new Kept(name);
    this.#leave = this.#kept.watch(() => work.changed(this.waiting));
  }

  get waiting(): readonly Waiting[] {
    return this.#kept.value ?? [];
  }

  add(message: Waiting): void {
    this.#put([...this.waiting, message]);
    void this.flush();
  }

  discard(key: string): void {
    this.#put(this.waiting.filter((message) => message.key !== key));
  }

  /** Sends a refused message again, at the end of the queue. */
  retry(key: string): void {
    const refused = this.waiting.find((message) => message.key === key);
    if (!refused) return;
    this.discard(key);
    this.add({ ...refused, key: crypto.randomUUID(), failed: false });
  }

  stop(): void {
    this.#stopped = true;
    this.#leave();
    this.#backoff.hurry();
  }

  /** Sends what waits. Safe to call at any time and as often as one likes. */
  async flush(): Promise<void> {
    if (this.#underway) {
      this.#again = true;
      return;
    }
    if (this.#stopped || !this.waiting.some(({ failed }) => !failed)) return;
    this.#underway = true;
    do {
      this.#again = false;
      await alone(this.#kept.name, () => this.#sendAll());
    } while (this.#again && !this.#stopped);
    this.#underway = false;
  }

  async #sendAll(): Promise<void> {
    while (!this.#stopped) {
      const next = this.waiting.find(({ failed }) => !failed);
      if (!next) return;
      this.work.sending(next.key);
      try {
        const message = await this.work.send(next);
        this.#failures = 0;
        this.#take(next.key);
        this.work.sent(next.key, message);
      } catch (thrown) {
        const problem = asProblem(thrown);
        this.work.sending(null);
        if (problem.passes || problem.status === 401) {
          this.#again = false;
          this.#later();
          return;
        }
        this.#refuse(next.key);
      }
    }
  }

  #later(): void {
    if (this.#waits) return;
    this.#waits = true;
    void this.#backoff.wait(this.#failures).then(() => {
      this.#waits = false;
      return this.flush();
    });
    this.#failures += 1;
  }

  #take(key: string): void {
    this.#kept.value = this.waiting.filter((message) => message.key !== key);
  }

  #refuse(key: string): void {
    this.#put(this.waiting.map((message) => (message.key === key ? { ...message, failed: true } : message)));
  }

  #put(waiting: readonly Waiting[]): void {
    this.#kept.value = waiting.length > 0 ? waiting : null;
    this.work.changed(waiting);
  }
}
