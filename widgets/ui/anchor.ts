/** Room kept to the edges of the window, and between anchor and what hangs on it. */
const edge = 8;
const gap = 4;

/**
 * Puts an open popover under its anchor, its start or end edge on the anchor's by the direction of the text; above where
 * below is no room, and always inside the window.
 */
export function place(floating: HTMLElement, anchor: Element, align: 'start' | 'end' = 'start'): void {
  const at = anchor.getBoundingClientRect();
  const box = floating.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const left = (align === 'start') !== floating.matches(':dir(rtl)') ? at.left : at.right - box.width;
  const below = at.bottom + gap;
  const above = at.top - gap - box.height;
  const top = below + box.height > clientHeight - edge && above >= edge ? above : below;
  const style = floating.style;
  style.setProperty('left', `${Math.round(Math.max(edge, Math.min(left, clientWidth - edge - box.width)))}px`);
  style.setProperty('top', `${Math.round(Math.max(edge, Math.min(top, clientHeight - edge - box.height)))}px`);
  style.setProperty('max-block-size', `${clientHeight - 2 * edge}px`);
}
