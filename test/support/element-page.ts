/** Puts an operator's element on the test's page, with its inbox, and takes both away again. */
import 'axe-core/axe.min.js';
import type { AxeResults } from 'axe-core';
import type { StoreElement } from '../../widgets/store/element.ts';
import { atRest } from './at-rest.ts';
import { openInbox, until, type Inbox } from './wtr-api-client.ts';
import type { Seed } from './wtr-api-world.ts';

declare global {
  interface Window {
    axe: { run(context: Element, options: object): Promise<AxeResults> };
  }
}

const opened: { inbox: Inbox; holder: HTMLElement }[] = [];

/** An element in a box of a size, connected to an inbox of its own. */
export async function show<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  seed: Seed,
  options: { width?: number; height?: number; set?: Partial<HTMLElementTagNameMap[T]> } = {},
): Promise<{ element: HTMLElementTagNameMap[T]; root: ShadowRoot; inbox: Inbox }> {
  const inbox = await openInbox(seed);
  const element = document.createElement(tag);
  Object.assign(element, { base: inbox.base, token: inbox.token }, options.set);
  const holder = document.createElement('div');
  holder.style.inlineSize = `${options.width ?? 368}px`;
  holder.style.blockSize = `${options.height ?? 600}px`;
  holder.append(element);
  document.body.append(holder);
  opened.push({ inbox, holder });
  await (element as StoreElement).updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error(`${tag} drew nothing`);
  return { element, root, inbox };
}

/** After each test: takes away what was shown. */
export async function clear(): Promise<void> {
  for (const { inbox, holder } of opened.splice(0)) {
    holder.remove();
    await inbox.close();
  }
  for (const name of ['dir', 'lang', 'data-theme', 'data-density']) document.documentElement.removeAttribute(name);
}

/** What axe finds wrong by WCAG 2.2 A and AA, in words, once what moves has come to rest. */
export async function wrongs(element: Element): Promise<string[]> {
  await atRest(element);
  const { violations } = await window.axe.run(element, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
}

/** The one element in a root that a selector finds; waits for it. */
export const find = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): Promise<E> => until(() => root.querySelector<E>(selector));

/** The text that people see of each element that a selector finds. */
export const texts = (root: ParentNode, selector: string): string[] =>
  [...root.querySelectorAll<HTMLElement>(selector)].map((one) => one.innerText.trim().replace(/\s+/g, ' '));

/** Presses a key where the focus is, or on an element. */
export function press(key: string, target: Element, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
}

/** The element that has the focus, in whatever shadow root. */
export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
