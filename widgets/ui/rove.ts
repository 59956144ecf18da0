/**
 * Moves the focus among controls with the arrow keys, Home and End, round at the ends; left and right by the direction
 * of the text. Answers the control that has the focus now, or undefined where the key was none of these.
 */
export function rove(event: KeyboardEvent, items: readonly HTMLElement[], axis: 'inline' | 'block'): HTMLElement | undefined {
  const here = items.findIndex(isFocused);
  const forward = axis === 'block' ? 'ArrowDown' : items[0]?.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
  const backward = axis === 'block' ? 'ArrowUp' : forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  let next: number;
  if (event.key === forward) next = here + 1;
  else if (event.key === backward) next = here < 0 ? items.length - 1 : here - 1;
  else if (event.key === 'Home') next = 0;
  else if (event.key === 'End') next = items.length - 1;
  else return undefined;
  const item = items[(next + items.length) % items.length];
  event.preventDefault();
  item?.focus();
  return item;
}

/** True for the control that has the focus within its own root, whether or not the window has it too. */
export function isFocused(item: Element): boolean {
  return (item.getRootNode() as Document | ShadowRoot).activeElement === item;
}

/** What has the focus, through all shadow roots. */
export function deepFocus(): HTMLElement | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : undefined;
}

/** Gives the focus back to what had it, where it fell to the page. */
export function refocus(before: HTMLElement | undefined): void {
  const at = deepFocus();
  if ((!at || at === document.body || !at.checkVisibility()) && before?.isConnected) before.focus();
}
