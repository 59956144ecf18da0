/** Registers an element, unless the page (or a second copy of this bundle) already has that tag, or there is no page, as on a server that draws the host's. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}
