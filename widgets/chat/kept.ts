/**
 * A value that outlives the page and is shared with the other tabs of the origin. Where the browser keeps nothing for us
 * (blocked, full), it lives as long as the page.
 */
export class Kept<T> {
  /** Holds the value where the browser does not. */
  #memory: string | null = null;

  constructor(
    readonly name: string,
    private readonly place: 'localStorage' | 'sessionStorage' = 'localStorage',
  ) {}

  get value(): T | null {
    let text = this.#memory;
    try {
      text ??= window[this.place].getItem(this.name);
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  set value(value: T | null) {
    const text = value === null ? null : JSON.stringify(value);
    this.#memory = null;
    try {
      if (text === null) window[this.place].removeItem(this.name);
      else window[this.place].setItem(this.name, text);
    } catch {
      this.#memory = text;
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
}

/** Removes all that is kept under a name, and under names that begin with it. */
export function forget(name: string): void {
  for (const place of ['localStorage', 'sessionStorage'] as const) {
    try {
      for (const key of Object.keys(window[place])) if (`${key}|`.startsWith(`${name}|`)) window[place].removeItem(key);
    } catch {
      // Where the browser keeps nothing for us, there is nothing to remove.
    }
  }
}

/** Runs one after the other in all tabs of the origin; side by side where there are no Web Locks. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request(name, work) as Promise<T>) : work();
}
