/** Keeps what floats at the foot of the window clear of what people answer and write in there. */
import type { LitElement, ReactiveController } from 'lit';

const kept = new Set<ClearOf>();
const floating = new Set<HTMLElement>();
/** Made with the first that is on a page: a server that reads the module has none. */
let observer: ResizeObserver | undefined;

/** Its host, or a part of it, stays free while it is on the page: what floats stands beside it or above it. */
export class ClearOf implements ReactiveController {
  /** @param part a selector of what is to stay free, where that is not all of the host */
  constructor(
    private readonly host: LitElement,
    private readonly part?: string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    kept.add(this);
    observer ??= new ResizeObserver(() => floating.forEach(stand));
    observer.observe(this.host);
  }

  hostUpdated(): void {
    if (this.part) floating.forEach(stand);
  }

  hostDisconnected(): void {
    kept.delete(this);
    observer?.unobserve(this.host);
  }

  /** Where nothing else may stand. */
  get place(): DOMRect | undefined {
    return (this.part ? this.host.renderRoot.querySelector(this.part) : this.host)?.getBoundingClientRect();
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
  const rows = [...kept].flatMap(({ place }) => (place && place.height > 0 ? [place] : []));
  for (const its of rows.toSorted((one, other) => other.bottom - one.bottom)) {
    const own = node.getBoundingClientRect();
    if (its.top >= own.bottom || its.bottom <= own.top || its.left >= own.right || its.right <= own.left) continue;
    const beside = (node.matches(':dir(rtl)') ? own.right - its.right : its.left - own.left) - gap;
    const above = innerHeight - its.top + gap;
    if (beside >= narrowest) style.maxInlineSize = `${beside}px`;
    else if (above + own.height <= innerHeight) style.insetBlockEnd = `${above}px`;
  }
}
