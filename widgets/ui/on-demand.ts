type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Fetches elements when the page first holds one, so that pages that have none do not pay for them. An element in a shadow
 * root of the page's own is not seen from here: the function that is returned fetches one by its tag.
 *
 * On a server that draws the host's pages it fetches nothing.
 *
 * @param loaders for each tag, the import that defines it
 */
export function onDemand(loaders: Loaders): (tag: string) => Promise<void> {
  if (!globalThis.document) return async () => undefined;
  const waiting = new Map(Object.keys(loaders).map((tag) => [tag, document.getElementsByTagName(tag)]));
  const load = async (tag: string): Promise<void> => {
    waiting.delete(tag);
    if (waiting.size === 0) observer.disconnect();
    if (!customElements.get(tag)) await loaders[tag]?.();
  };
  const look = (): void => {
    for (const [tag, found] of waiting) if (found.length > 0) void load(tag);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return load;
}
