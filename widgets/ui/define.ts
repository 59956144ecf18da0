/** Ours, as `package.json` has it. */
export const version = '0.1.0';

/** What a page hears on its `document`, as `conv-version`, from a copy of ours that leaves it to another version. */
export interface Versions {
  /** The version whose elements the page has. */
  readonly running: string;
  /** The version that registered nothing. */
  readonly refused: string;
}

let refused = false;

/**
 * Registers an element, unless the page (or a second copy of this bundle) already has that tag, or there is no page, as on a
 * server that draws the host's.
 *
 * Elements of two versions would share what they do not mean the same by. So the first version that comes has the page, for
 * the operators' side and for the chat by itself; what comes later says so once, by `conv-version`, and registers nothing.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements;
  if (!registry) return;
  const side = Symbol.for(tag.startsWith('conv-chat') ? 'convene-chat' : 'convene');
  const running = (Reflect.get(registry, side) as string | undefined) ?? version;
  Reflect.set(registry, side, running);
  if (running === version) {
    if (!registry.get(tag)) registry.define(tag, element);
  } else if (!refused) {
    refused = true;
    document.dispatchEvent(new CustomEvent('conv-version', { detail: { running, refused: version } satisfies Versions }));
  }
}
