import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What elements see of a store: a state that is replaced, never mutated, and word of each change. */
export interface Readable<S> {
  get(): S;
  subscribe(changed: () => void): () => void;
}

/** Equal members, one level deep; for slices that are put together anew each time. */
export function shallow<T>(one: T, other: T): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one) as (keyof T)[];
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}

/** A slice of a store that renders its host when, and only when, the slice changes; made by `select()`. */
export class Select<S, T> implements ReactiveController {
  /** The slice; undefined without a store. */
  value: T | undefined;
  private store: Readable<S> | undefined;
  private stop?: () => void;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly source: () => Readable<S> | undefined,
    private readonly pick: (state: S) => T,
    private readonly equal: (one: T, other: T) => boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.follow();
  }

  /** Reads again: another store may have been given, or what `pick` closes over may have changed. */
  hostUpdate(): void {
    this.follow();
    this.read();
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
    this.store = undefined;
  }

  private follow(): void {
    const store = this.source();
    if (store === this.store) return;
    this.stop?.();
    this.store = store;
    this.stop = store?.subscribe(() => {
      if (this.read()) this.host.requestUpdate();
    });
    this.read();
  }

  private read(): boolean {
    const next = this.store && this.pick(this.store.get());
    const before = this.value;
    if (next === before || (next !== undefined && before !== undefined && this.equal(before, next))) return false;
    this.value = next;
    return true;
  }
}

/**
 * Subscribes an element to a slice of a store: `private readonly rows = select(this, () => this.store, (s) => s.rows);`
 * and in `render()`: `this.rows.value`. `pick` may read the element's own properties; it is asked again at each render.
 *
 * @param equal when two slices count as the same; identity unless told (`shallow` for small objects).
 */
export function select<S, T>(
  host: ReactiveControllerHost,
  source: () => Readable<S> | undefined,
  pick: (state: S) => T,
  equal: (one: T, other: T) => boolean = Object.is,
): Select<S, T> {
  return new Select(host, source, pick, equal);
}
