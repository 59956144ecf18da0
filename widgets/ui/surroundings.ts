const attributes = ['lang', 'dir', 'data-density', 'density', 'locale'];
const watchers = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Tells everybody, for a change inside a shadow root that the observer does not see. */
export function surroundingsChanged(): void {
  for (const watcher of [...watchers]) watcher();
}

/** Calls back when language, direction or density changes anywhere above in the page. Returns how to stop. */
export function watchSurroundings(changed: () => void): () => void {
  watchers.add(changed);
  if (!observer) {
    observer = new MutationObserver(surroundingsChanged);
    observer.observe(document.documentElement, { attributes: true, subtree: true, attributeFilter: attributes });
  }
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}

/** The nearest element that matches, the starting one included, out through every shadow root; null when none does. */
export function nearest(from: Element, selector: string): Element | null {
  let at: Element | null = from;
  while (at) {
    const hit = at.closest(selector);
    if (hit) return hit;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}
