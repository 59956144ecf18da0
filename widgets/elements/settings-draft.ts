/** Something as somebody changes it, against what is saved: which fields are theirs, and what others saved meanwhile. */

/** What is saved, as far as drafts ask. */
export interface Kept {
  readonly id: string;
  readonly version: number;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A field that others saved meanwhile, and whether it was changed here too. */
export interface News<T> {
  readonly field: keyof T & string;
  readonly both: boolean;
}

export class Draft<T extends object> {
  private set: Partial<T> = {};
  /** What others saved while this was changed; until it is saved or discarded. */
  news: readonly News<T>[] = [];

  /** @param saved the version that it is based on; changes are what differs from it */
  constructor(
    public saved: T,
    private readonly fields: readonly (keyof T & string)[],
  ) {}

  /** As it would be saved. */
  get value(): T {
    return { ...this.saved, ...this.set };
  }

  /** What would be saved: only what differs. */
  get changes(): Partial<T> {
    return this.set;
  }

  get changed(): readonly (keyof T & string)[] {
    return Object.keys(this.set) as (keyof T & string)[];
  }

  isChanged(...fields: readonly (keyof T & string)[]): boolean {
    return fields.some((field) => field in this.set);
  }

  put(values: Partial<T>): void {
    for (const [field, value] of Object.entries(values) as [keyof T & string, T[keyof T & string]][]) {
      if (same(value, this.saved[field])) this.drop(field);
      else this.set = { ...this.set, [field]: value };
    }
  }

  /** Takes what is saved for a field. */
  drop(field: keyof T & string): void {
    this.set = Object.fromEntries(Object.entries(this.set).filter(([name]) => name !== field)) as Partial<T>;
    this.news = this.news.filter((one) => one.field !== field);
  }

  discard(): void {
    this.set = {};
    this.news = [];
  }

  /** It was saved. */
  settle(saved: T): void {
    this.saved = saved;
    this.discard();
  }

  /** What is saved is another by now: what is untouched follows it, and it is told what has changed. */
  follow(now: T): void {
    const before = this.saved;
    if (before === now) return;
    this.saved = now;
    const fresh = this.fields.filter((field) => !same(before[field], now[field]));
    for (const field of this.changed) if (same(this.set[field], now[field])) this.drop(field);
    if (this.changed.length === 0) this.news = [];
    else this.news = [...this.news.filter(({ field }) => !fresh.includes(field)), ...fresh.map((field) => ({ field, both: field in this.set }))];
  }
}
