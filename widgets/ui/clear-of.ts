/** Keeps what floats at the foot of the window clear of what people answer and write in there. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const kept = new Set<HTMLElement>();
const floating = new Set<HTMLElement>();
const observer = new ResizeObserver(() => floating.forEach(stand));

/** Its host stays free while it is on the page: what floats stands beside it or above it. */
export class ClearOf implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    kept.add(this.host);
    observer.observe(this.host);
  }

  hostDisconnected(): void {
    kept.delete(this.host);
    observer.unobserve(this.host);
  }
}

const gap = 8;
/** Narrower than this in CSS pixels, a toast had better stand above. */
const narrowest = 300;

/** Begins, and ends with `false`, to hold a node that is fixed at the foot of the window clear of what is to stay free. */
export function standClear(node: HTMLElement, on: boolean): void {
  if (on) floating.add(node);
  else floating.delete(node);
  if (on) stand(node);
}

function stand(node: HTMLElement): void {
  if (!node.isConnected) return void floating.delete(node);
  const { style } = node;
  style.insetBlockEnd = style.maxInlineSize = '';
  const rows = [...kept].map((one) => one.getBoundingClientRect()).filter(({ height }) => height > 0);
  for (const its of rows.toSorted((one, other) => other.bottom - one.bottom)) {
    const own = node.getBoundingClientRect();
    if (its.top >= own.bottom || its.bottom <= own.top || its.left >= own.right || its.right <= own.left) continue;
    const beside = (node.matches(':dir(rtl)') ? own.right - its.right : its.left - own.left) - gap;
    const above = innerHeight - its.top + gap;
    if (beside >= narrowest) style.maxInlineSize = `${beside}px`;
    else if (above + own.height <= innerHeight) style.insetBlockEnd = `${above}px`;
  }
}
