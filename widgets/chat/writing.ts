import type { VisitorEvents } from '../../server/contract/events.ts';
import type { Writer } from './state.ts';

/** How often the other side is told that the visitor writes, in milliseconds. */
const every = 3_000;

/** Turns keystrokes into word, now and then, that the visitor writes, and that the field is empty again. */
export class WritingSignal {
  #told = -Infinity;

  constructor(private readonly tell: (writing: boolean) => void) {}

  /** What the field holds after each change. */
  typed(text: string): void {
    const now = performance.now();
    const writes = text.trim() !== '';
    const fresh = now - this.#told < every;
    if (writes === fresh) return;
    this.#told = writes ? now : -Infinity;
    this.tell(writes);
  }

  /** The text went out as a message, which says by itself that the writing is over. */
  sent(): void {
    this.#told = -Infinity;
  }
}

/** Somebody who says nothing more about writing has stopped, in milliseconds. */
const lasts = 8_000;

/** Knows who writes at the other end, as long as word of it keeps coming. */
export class OtherWriter {
  #timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly changed: (writer: Writer | null) => void) {}

  heard({ who, typing }: VisitorEvents['typing']): void {
    this.stop();
    this.changed(typing ? who : null);
    if (typing) this.#timer = setTimeout(() => this.changed(null), lasts);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
