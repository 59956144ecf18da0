import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Within so many pixels of an end counts as there. */
const near = 48;
/** Older messages are fetched before their place is reached, in pixels. */
const ahead = 400;

/**
 * Keeps the log where its reader is: at the newest message while that is in sight, and on the same line otherwise, however
 * much comes below or above. The log runs from the bottom (`column-reverse`), so its end is at `scrollTop` 0.
 */
export class LogScroll implements ReactiveController {
  #held?: { readonly line: Element; readonly top: number };

  constructor(
    private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode },
    /** The reader has come to the end, or moved. */
    private readonly moved: () => void,
    /** The reader comes near the oldest line that is there. */
    private readonly reached: () => void,
  ) {
    host.addController(this);
  }

  /** True while the newest message is in sight, and when no log is shown. */
  get atEnd(): boolean {
    const log = this.#log;
    return !log || log.scrollTop > -near;
  }

  toEnd(): void {
    this.#log?.scrollTo({ top: 0 });
    this.#held = undefined;
  }

  hostUpdate(): void {
    this.#held = undefined;
    const log = this.#log;
    if (!log || this.atEnd) return;
    const { top } = log.getBoundingClientRect();
    // Lines stand in nodes without a box of their own.
    const line = [...log.querySelectorAll('.line > *')].find((one) => one.getBoundingClientRect().bottom > top);
    if (line) this.#held = { line, top: line.getBoundingClientRect().top };
  }

  hostUpdated(): void {
    const log = this.#log;
    if (log && this.#held?.line.isConnected) log.scrollTop += this.#held.line.getBoundingClientRect().top - this.#held.top;
    if (log) this.#look(log);
  }

  readonly scrolled = (): void => {
    const log = this.#log;
    if (!log) return;
    this.#look(log);
    this.moved();
  };

  get #log(): HTMLElement | null {
    return this.host.renderRoot?.querySelector('.chat-log') ?? null;
  }

  #look(log: HTMLElement): void {
    if (log.clientHeight > 0 && log.scrollHeight + log.scrollTop - log.clientHeight < ahead) this.reached();
  }
}
