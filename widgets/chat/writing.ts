/** How often the other side is told that the visitor writes, in milliseconds. */
const every = 3_000;

/** Turns keystrokes into word, now and then, that the visitor writes, and that the field is empty again. */
export class WritingSignal {
  private told = -Infinity;

  constructor(private readonly tell: (writing: boolean) => void) {}

  /** What the field holds after each change. */
  typed(text: string): void {
    const now = performance.now();
    const writes = text.trim() !== '';
    const fresh = now - this.told < every;
    if (writes === fresh) return;
    this.told = writes ? now : -Infinity;
    this.tell(writes);
  }

  /** The text went out as a message, which says by itself that the writing is over. */
  sent(): void {
    this.told = -Infinity;
  }
}
