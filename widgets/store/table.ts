const BUCKETS = 1024;

/**
 * Values by id that are replaced, never changed: a new table shares all but one small part with the one it came from, so
 * that one change among 100,000 rows costs microseconds.
 */
export class Table<T> {
  private constructor(
    private readonly buckets: readonly (ReadonlyMap<string, T> | undefined)[],
    /** How many there are. */
    readonly size: number,
  ) {}

  static empty<T>(): Table<T> {
    return new Table<T>(Array.from({ length: BUCKETS }), 0);
  }

  get(id: string): T | undefined {
    return this.buckets[place(id)]?.get(id);
  }

  /** This table with a value more, or another one. */
  with(id: string, value: T): Table<T> {
    return this.withAll([[id, value]]);
  }

  /** This table with several values more; the same table when there are none. */
  withAll(entries: readonly (readonly [id: string, value: T])[]): Table<T> {
    if (entries.length === 0) return this;
    const buckets = [...this.buckets];
    const own = new Set<number>();
    let { size } = this;
    for (const [id, value] of entries) {
      const at = place(id);
      if (!own.has(at)) {
        buckets[at] = new Map(buckets[at]);
        own.add(at);
      }
      const bucket = buckets[at] as Map<string, T>;
      if (!bucket.has(id)) size += 1;
      bucket.set(id, value);
    }
    return new Table(buckets, size);
  }

  /** This table without an id. */
  without(id: string): Table<T> {
    const at = place(id);
    if (!this.buckets[at]?.has(id)) return this;
    const bucket = new Map(this.buckets[at]);
    bucket.delete(id);
    const buckets = [...this.buckets];
    buckets[at] = bucket;
    return new Table(buckets, this.size - 1);
  }

  *entries(): IterableIterator<[string, T]> {
    for (const bucket of this.buckets) if (bucket) yield* bucket;
  }
}

function place(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = id.length - 12; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
