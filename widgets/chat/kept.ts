/**
 * A value that outlives the page and is shared with the other tabs of the origin. Where the browser keeps nothing for us
 * (blocked, full), it lives as long as the page.
 */
export class Kept<T> {
  private memory: string | null = null;

  constructor(
    readonly name: string,
    private readonly place: 'localStorage' | 'sessionStorage' = 'localStorage',
  ) {}

  get value(): T | null {
    let text = this.memory;
    try {
      text = window[this.place].getItem(this.name) ?? (this.stored ? null : text);
    } catch {
      // Blocked: what the page remembers counts.
    }
    try {
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  set value(value: T | null) {
    this.memory = value === null ? null : JSON.stringify(value);
    try {
      if (this.memory === null) window[this.place].removeItem(this.name);
      else window[this.place].setItem(this.name, this.memory);
      this.stored = true;
    } catch {
      this.stored = false;
    }
  }

  /** Calls back when another tab changes it. Returns how to stop. */
  watch(changed: () => void): () => void {
    const hear = ({ key, storageArea }: StorageEvent): void => {
      if (storageArea === window[this.place] && (key === this.name || key === null)) changed();
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }

  /** Whether the browser took the last value. */
  private stored = true;
}

/** Runs one after the other in all tabs of the origin; side by side where there are no Web Locks. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request(name, work) as Promise<T>) : work();
}
