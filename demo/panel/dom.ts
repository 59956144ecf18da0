/** The little that the panel needs to make elements and to keep lists of them as they are while others change. */

type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** Makes an element. Functions listen, `true` sets an attribute bare, and `false`, null and undefined leave it out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const drawn = new WeakMap<Element, { key: string; state: string }>();

const canHaveFocus = 'summary, button, a, pre';

/** Hands over, to a row that is drawn anew and stands in its place, what was open in it and what had the focus. */
function handOver(old: Element, row: Element): void {
  const details = [...old.querySelectorAll('details')];
  row.querySelectorAll('details').forEach((one, at) => (one.open = details[at]?.open ?? false));
  const focused = [...old.querySelectorAll(canHaveFocus)].indexOf(document.activeElement!);
  old.replaceWith(row);
  if (focused >= 0) row.querySelectorAll<HTMLElement>(canHaveFocus)[focused]?.focus();
}

/** Brings a list up to date: rows whose item is unchanged stay as they are, with the focus; what was open in others stays open. */
export function sync<T>(
  list: Element,
  items: readonly T[],
  keyOf: (item: T) => string,
  draw: (item: T) => HTMLElement,
  stateOf: (item: T) => string = (item) => JSON.stringify(item),
): void {
  const before = new Map([...list.children].map((row) => [drawn.get(row)?.key ?? '', row]));
  const rows = items.map((item) => {
    const key = keyOf(item);
    const state = stateOf(item);
    const old = before.get(key);
    if (old && drawn.get(old)?.state === state) return old;
    const row = draw(item);
    if (old) handOver(old, row);
    drawn.set(row, { key, state });
    return row;
  });
  const staying = new Set<Element>(rows);
  for (const row of before.values()) if (!staying.has(row)) row.remove();
  rows.forEach((row, index) => {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
}

/** A time of day; of another day with the day. */
export function timeOf(at: string): HTMLTimeElement {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const words = date.toLocaleString([], { hour: '2-digit', minute: '2-digit', ...(today ? {} : { day: 'numeric', month: 'short' }) });
  return make('time', { dir: 'auto', datetime: at, title: date.toLocaleString() }, words);
}

export const sizeOf = (bytes = 0): string => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** A field of a form by its name. */
export const field = (form: HTMLFormElement, name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
