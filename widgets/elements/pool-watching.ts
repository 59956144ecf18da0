import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { keyOf, type PoolFilter } from '../store/filter.ts';
import type { Store } from '../store/store.ts';

/** Has the store follow what a pool shows: its list, its counts and those of the standing views. */
export class Watching implements ReactiveController {
  private store?: Store;
  private key?: string;
  private stops: (() => void)[] = [];
  private counted: readonly { readonly key: string; stop(): void }[] = [];

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Follows another list, or the same with another store; the one before is let go after, so that what both need stays. */
  follow(store: Store | undefined, filter: PoolFilter, counted: PoolFilter): void {
    const key = `${keyOf(filter)} ${keyOf(counted)}`;
    if (store === this.store && key === this.key) return;
    const before = this.stops;
    this.store = store;
    this.key = key;
    this.stops = store ? [store.pools.watchPool(filter), store.pools.watchCounts(counted), store.pools.watchCounts({})] : [];
    store?.settings.need('agents', 'operators', 'departments', 'tags', 'views');
    if (store && !store.get().notifications.loaded && !store.get().notifications.loading) void store.news.load();
    for (const stop of before) stop();
  }

  /** Follows the counts of these filters too, and of no others than were given last. */
  count(store: Store | undefined, filters: readonly PoolFilter[]): void {
    if (filters.length === 0 && this.counted.length === 0) return;
    const keys = new Set(filters.map(keyOf));
    for (const { key, stop } of this.counted) if (!keys.has(key)) stop();
    const kept = this.counted.filter(({ key }) => keys.has(key));
    const more = filters.filter((one) => !kept.some(({ key }) => key === keyOf(one)));
    this.counted = store ? [...kept, ...more.map((one) => ({ key: keyOf(one), stop: store.pools.watchCounts(one) }))] : kept;
  }

  hostDisconnected(): void {
    for (const { stop } of this.counted) stop();
    this.counted = [];
    for (const stop of this.stops) stop();
    this.stops = [];
    this.store = undefined;
    this.key = undefined;
  }
}
