const shortest = 1_000;
const longest = 15_000;

/** Waits between attempts, longer each time, unless somebody is in a hurry. */
export class Backoff {
  readonly #waiting = new Set<() => void>();

  /** Waits for one second after the first failure, up to fifteen after many. */
  wait(failures: number): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(over);
        resolve();
      };
      const timer = setTimeout(over, Math.min(longest, shortest * 2 ** failures));
      this.#waiting.add(over);
    });
  }

  /** Attempts something until it works, with a wait after each failure, which `failed` is told of; or until it is not wanted any more. */
  async until(attempt: () => Promise<unknown>, wanted: () => boolean, failed: (thrown: unknown) => void): Promise<void> {
    for (let failures = 0; wanted(); failures += 1) {
      try {
        await attempt();
        return;
      } catch (thrown) {
        if (!wanted()) return;
        failed(thrown);
        await this.wait(failures);
      }
    }
  }

  /** Ends all waiting now. */
  hurry(): void {
    for (const over of [...this.#waiting]) over();
  }
}
