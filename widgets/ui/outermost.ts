import type { CSSResult } from 'lit';
import { ConvElement } from './base.ts';

/** The shadow root of the outermost element of ours round this one: where page-wide regions of ours live. */
export function outermostRoot(host: ConvElement): ShadowRoot {
  let root = host.shadowRoot;
  let at: Node = host.getRootNode();
  while (at instanceof ShadowRoot) {
    if (at.host instanceof ConvElement) root = at;
    at = at.host.getRootNode();
  }
  if (!root) throw new Error('the element has not rendered yet');
  return root;
}

/**
 * A node of our own in that root, or in a dialog, made once. It stands before what Lit renders there, which never touches it.
 */
export function region(root: ShadowRoot | Element, name: string, make: (node: HTMLElement) => void, sheets: readonly CSSResult[] = []): HTMLElement {
  const there = [...root.children].find((child): child is HTMLElement => child instanceof HTMLElement && child.dataset.region === name);
  if (there) return there;
  for (const { styleSheet } of sheets) {
    if (styleSheet && root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(styleSheet))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  }
  const node = document.createElement('div');
  node.dataset.region = name;
  make(node);
  root.prepend(node);
  return node;
}
