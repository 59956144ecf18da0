import type { ConvElement } from './base.ts';
import { outermostRoot, region } from './outermost.ts';
import { deepFocus } from './rove.ts';
import { nearest } from './surroundings.ts';

const waiting = new WeakMap<HTMLElement, string[]>();

/** Long enough for news of one moment to be read out as one. */
const gather = 150;

/**
 * Has a screen reader say something when it is next quiet; in an open dialog from within it, since all else is silent then. What comes within one moment is
 * said together, once each.
 */
export function announce(host: ConvElement, text: string): void {
  const focus = deepFocus();
  const node = region((focus && nearest(focus, 'dialog:modal')) ?? outermostRoot(host), 'announce', (made) => {
    made.className = 'sr';
    made.setAttribute('aria-live', 'polite');
  });
  const queue = waiting.get(node);
  if (queue) {
    if (!queue.includes(text)) queue.push(text);
    return;
  }
  waiting.set(node, [text]);
  node.textContent = '';
  setTimeout(() => {
    node.textContent = waiting.get(node)?.join('. ') ?? '';
    waiting.delete(node);
  }, gather);
}
