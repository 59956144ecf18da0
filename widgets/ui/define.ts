/** Registers an element, unless the page (or a second copy of this bundle) already has that tag. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
