import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** Rows drawn beyond the visible ones, the step in which the window moves, and how many of them a frame draws on either side. */
const spare = 8;
const step = 4;
const share = 4;

/**
 * A window over a long list of rows of one height, whatever the number of rows:
 * ```ts
 * html`<div class="rows" ${this.window.scroller()}><ul ${vars({ 'block-size': down(total) })}>
 *   ${repeat(this.window.indices(total, focused), (at) => ids[at], (at) => html`<li class="row" ${vars({ 'inset-block-start': down(at) })}>…`)}
 * ```
 * Each row names its own place, so that one that has the focus may stay (`keep`) while the rest scroll away.
 */
export class RowWindow implements ReactiveController {
  private node?: HTMLElement;
  private observer?: ResizeObserver;
  private first = 0;
  private visible = 12;
  private height = 72;
  /** Where the list stands and how much of it is seen, when it was last looked at: to ask anew would lay out the page. */
  private top = 0;
  private tall = 0;
  private frame = 0;
  /** What may be drawn beside the rows in sight, what is, and what is to be: whoever scrolls far waits for the rows in sight alone. */
  private base = { from: 0, to: 0 };
  private drawn = { from: 0, to: 0, whole: true };

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Stands in the tag of the scrolling block. */
  scroller(): ReturnType<typeof ref> {
    return ref(this.attach);
  }

  /** Which rows to draw, in order: those in sight, some more on either side as the frames go by, and the one to keep. */
  indices(total: number, keep?: number): number[] {
    const { base, visible } = this;
    const start = Math.max(0, Math.min(Math.floor((this.first - spare) / step) * step, total - visible - spare));
    const end = Math.min(total, Math.ceil((this.first + visible + spare) / step) * step);
    const first = Math.max(start, Math.min(this.first, total - visible));
    const last = Math.min(end, first + visible);
    const beside = base.from <= last && base.to >= first;
    const from = beside ? Math.max(start, Math.min(base.from, first)) : first;
    const to = beside ? Math.min(end, Math.max(base.to, last)) : last;
    this.drawn = { from, to, whole: from === start && to === end };
    const all: number[] = [];
    for (let at = from; at < to; at += 1) all.push(at);
    if (keep !== undefined && keep >= 0 && keep < total) {
      if (keep < from) all.unshift(keep);
      else if (keep >= to) all.push(keep);
    }
    return all;
  }

  /** Whether the list stands at its top. */
  get atTop(): boolean {
    return this.top < this.height / 2;
  }

  /** The first and last row at least half in sight. */
  get sight(): { first: number; last: number } {
    return { first: Math.round(this.top / this.height), last: Math.round((this.top + this.tall) / this.height) - 1 };
  }

  /** Scrolls as little as brings a row into sight. */
  reveal(index: number): void {
    const { node, height } = this;
    if (!node) return;
    const top = index * height;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + height > node.scrollTop + node.clientHeight) node.scrollTop = top + height - node.clientHeight;
    this.measure();
  }

  /** Brings a row to the top of what is in sight; without one, the first. */
  toTop(index = 0): void {
    if (this.node) this.node.scrollTop = index * this.height;
    this.measure();
  }

  /** However often it is drawn until then: once, with the next frame, when the page is laid out anyway. */
  hostUpdated(): void {
    // Without a list, or off the page, nothing is in sight, and no frame would ever draw the rest.
    if (!this.node) return;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.measure();
      if (!this.drawn.whole) this.frame = requestAnimationFrame(this.widen);
    });
  }

  /** The next rows beyond the visible ones. */
  private readonly widen = (): void => {
    this.frame = 0;
    this.base = { from: this.drawn.from - share, to: this.drawn.to + share };
    this.host.requestUpdate();
  };

  hostDisconnected(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.attach(undefined);
  }

  private readonly attach = (node: Element | undefined): void => {
    if (node === this.node) return;
    this.node?.removeEventListener('scroll', this.measure);
    this.observer?.disconnect();
    this.node = node instanceof HTMLElement ? node : undefined;
    if (!this.node) return;
    this.node.addEventListener('scroll', this.measure, { passive: true });
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(this.node);
  };

  private readonly measure = (): void => {
    const { node } = this;
    if (!node) return;
    const row = node.querySelector<HTMLElement>('.row');
    if (row && row.offsetHeight > 0) this.height = row.offsetHeight;
    this.top = node.scrollTop;
    const first = Math.floor(this.top / this.height);
    this.tall = node.clientHeight;
    const visible = Math.ceil(this.tall / this.height) + 1;
    const moved = Math.abs(first - this.first) >= step || visible !== this.visible || (first === 0 && this.first !== 0);
    if (!moved) return;
    this.first = first;
    this.visible = visible;
    // Rows that come into sight have this frame to themselves.
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.host.requestUpdate();
  };
}

/** How far down the list a row begins. Not by a variable: whatever stands in the rows would inherit it, and be styled anew with each move. */
export const down = (rows: number): string => `calc(${rows} * var(--conv-row))`;
