import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Pace = 'second' | 'minute';

const length: Record<Pace, number> = { second: 1000, minute: 60_000 };
const listeners: Record<Pace, Set<() => void>> = { second: new Set(), minute: new Set() };
let timer: ReturnType<typeof setTimeout> | undefined;
let due: Record<Pace, number> = { second: 0, minute: 0 };

/** One timer for the whole page: it wakes at full seconds where one is shown, else at full minutes, and never in a hidden tab. */
function schedule(): void {
  clearTimeout(timer);
  timer = undefined;
  if (document.hidden || listeners.second.size + listeners.minute.size === 0) return;
  const step = listeners.second.size > 0 ? length.second : length.minute;
  timer = setTimeout(wake, step - (Date.now() % step));
}

function wake(): void {
  const now = Date.now();
  for (const pace of ['second', 'minute'] as const) {
    if (now < due[pace]) continue;
    due = { ...due, [pace]: now - (now % length[pace]) + length[pace] };
    for (const listener of [...listeners[pace]]) listener();
  }
  schedule();
}

function shown(): void {
  if (document.hidden) schedule();
  else wake();
}

/**
 * Renders its host again as time goes on: `private readonly ticker = new Ticker(this);`, then `this.ticker.now` in
 * `render()`. With pace `second` only while something on screen counts seconds. Lets go when the host leaves the page.
 */
export class Ticker implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost,
    private pace: Pace = 'minute',
  ) {
    host.addController(this);
  }

  private readonly tick = (): void => this.host.requestUpdate();
  private connected = false;

  /** Milliseconds since 1970. */
  get now(): number {
    return Date.now();
  }

  /** Changes how often the host renders. */
  setPace(pace: Pace): void {
    if (pace === this.pace) return;
    if (this.connected) this.leave();
    this.pace = pace;
    if (this.connected) this.join();
  }

  hostConnected(): void {
    this.connected = true;
    this.join();
  }

  hostDisconnected(): void {
    this.connected = false;
    this.leave();
  }

  private join(): void {
    if (listeners.second.size + listeners.minute.size === 0) document.addEventListener('visibilitychange', shown);
    listeners[this.pace].add(this.tick);
    schedule();
  }

  private leave(): void {
    listeners[this.pace].delete(this.tick);
    if (listeners.second.size + listeners.minute.size === 0) document.removeEventListener('visibilitychange', shown);
    schedule();
  }
}
