import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { guessHeight, type Row } from './thread-rows.ts';

/** Pixels between two lines, as far as one can guess: each has half of `--conv-gap` above it and below. */
const gap = 12;
/** Above the first and below the last, beside theirs. */
const above = 6;
const below = 10;
/** So near to the end counts as at the end, in pixels. */
const nearEnd = 48;
/** More is asked for a screen before an end of what is loaded, and at least so many pixels. */
const least = 600;

/** How far it can still be scrolled down, in pixels. */
const leftBelow = (box: HTMLElement): number => box.scrollHeight - box.clientHeight - box.scrollTop;

/** What the scroller asks of the element round it. */
export interface ScrollHost extends ReactiveControllerHost {
  /** The box that scrolls; null before the first render. */
  readonly scroller: HTMLElement | null;
  /** More is wanted at an end of what is loaded; asked again at each render until it is there. */
  wants(end: 'older' | 'newer'): void;
}

/**
 * Which lines of a long conversation are in the page, and where. Lines are measured as they come; what is added above
 * moves nothing, and at the end the newest line stays in view.
 */
export class ThreadScroll implements ReactiveController {
  private rows: readonly Row[] = [];
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private unmount?: () => void;
  private placed = false;
  private complete = true;
  /** The reader is at the end, and stays there whatever grows or shrinks; only their own scrolling changes it. */
  private pinned = true;
  private watched?: HTMLElement;
  private readonly sizes = new ResizeObserver(() => this.settle());
  /** Lines that are kept in the page although out of sight: that with the focus. */
  private kept = -1;
  /** True while the newest line is in view. */
  atEnd = true;

  constructor(private readonly host: ScrollHost) {
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.options());
    // What stands above the view, or reaches into it from above, grows upwards: what is read stays where it is. Of what somebody opens the
    // top stays, and an answer that is still being written grows downwards.
    this.virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ index, start, end }) => {
      const top = this.virtualizer.scrollOffset ?? 0;
      const row = this.rows[index];
      const grows = row?.kind === 'item' && index !== this.kept;
      return end <= top || (start < top && (grows || !this.virtualizer.itemSizeCache.has(row?.key ?? index)));
    };
    host.addController(this);
  }

  /**
   * The lines from now on; call before rendering. With another conversation's lines call {@link restart} first.
   * @param complete nothing newer is left to load: the last line is the newest
   */
  set(rows: readonly Row[], complete: boolean): void {
    this.rows = rows;
    this.complete = complete;
    const focused = this.host.scroller?.querySelector<HTMLElement>('[data-index]:focus-within')?.dataset['key'];
    this.kept = focused === undefined ? -1 : rows.findIndex((row) => row.key === focused);
    this.virtualizer.setOptions(this.options());
  }

  /** Forgets where it stood: the next lines are another conversation's, opened at their mark of what is new, else at the end. */
  restart(): void {
    this.placed = false;
    this.pinned = true;
    this.rows = [];
    this.virtualizer.measure();
  }

  /** On paper stands every line that is loaded. */
  whole = false;

  /** What is drawn: the lines in view, or all. */
  get lines(): readonly Pick<VirtualItem, 'key' | 'index' | 'start'>[] {
    return this.whole ? this.rows.map(({ key }, index) => ({ key, index, start: 0 })) : this.items;
  }

  /** Where the lines in view stand. */
  get items(): VirtualItem[] {
    return this.virtualizer.getVirtualItems();
  }

  /** Height of all lines, in pixels. */
  get height(): number {
    return this.virtualizer.getTotalSize();
  }

  /** Brings a line into view. False where it is not loaded. */
  reveal(key: string, align: 'start' | 'center' = 'center'): boolean {
    const at = this.rows.findIndex((row) => row.key === key);
    if (at < 0) return false;
    this.pinned = false;
    this.virtualizer.scrollToIndex(at, { align });
    return true;
  }

  toEnd(): void {
    this.pinned = true;
    this.virtualizer.scrollToEnd();
  }

  /** Goes to the first line that is loaded. */
  toStart(): void {
    this.pinned = false;
    this.virtualizer.scrollToIndex(0, { align: 'start' });
  }

  /** The line in the middle of the view. */
  get middle(): Row | undefined {
    const { watched } = this;
    const item = watched && this.virtualizer.getVirtualItemForOffset(watched.scrollTop + watched.clientHeight / 2);
    return item && this.rows[item.index];
  }

  hostConnected(): void {
    this.unmount = this.virtualizer._didMount();
  }

  hostDisconnected(): void {
    this.unmount?.();
    this.sizes.disconnect();
    this.watched?.removeEventListener('scroll', this.handleScroll, { capture: true });
    this.watched = undefined;
  }

  hostUpdated(): void {
    this.virtualizer._willUpdate();
    const { scroller } = this.host;
    if (!scroller) return;
    this.watch(scroller);
    for (const node of scroller.querySelectorAll<HTMLElement>('[data-index]')) this.virtualizer.measureElement(node);
    this.virtualizer.measureElement(null);
    if (!this.placed && this.rows.length > 0) this.place();
    else this.settle();
    this.look();
  }

  private watch(scroller: HTMLElement): void {
    if (scroller === this.watched) return;
    this.sizes.disconnect();
    this.watched?.removeEventListener('scroll', this.handleScroll, { capture: true });
    this.watched = scroller;
    this.sizes.observe(scroller);
    scroller.addEventListener('scroll', this.handleScroll, { passive: true, capture: true });
  }

  /** Hears of it before the virtualiser does, which has the host render at once. */
  private readonly handleScroll = (): void => {
    const { watched } = this;
    if (!this.placed || !watched) return;
    const pinned = this.complete && leftBelow(watched) <= nearEnd;
    if (pinned === this.pinned) return;
    this.pinned = pinned;
    this.host.requestUpdate();
  };

  /** Back to the end, where the reader was before something grew or the box became lower. */
  private settle(): void {
    if (this.placed && this.pinned && !this.virtualizer.isAtEnd(1)) this.virtualizer.scrollToEnd();
  }

  /** Opens at the first unread message, a little below the top so that what came before is seen to be there. */
  private place(): void {
    this.placed = true;
    const at = this.rows.findIndex((row) => row.kind === 'new');
    this.pinned = at < 0 && this.complete;
    if (at < 0) this.virtualizer.scrollToEnd();
    else this.virtualizer.scrollToIndex(Math.max(0, at - 1), { align: 'start' });
  }

  private look(): void {
    const end = this.complete && (this.pinned || this.virtualizer.isAtEnd(nearEnd));
    if (end !== this.atEnd) {
      this.atEnd = end;
      this.host.requestUpdate();
    }
    const { watched } = this;
    if (!this.placed || !watched) return;
    const ahead = Math.max(least, watched.clientHeight);
    if (watched.scrollTop < ahead) this.host.wants('older');
    if (leftBelow(watched) < ahead) this.host.wants('newer');
  }

  private options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    const { rows } = this;
    return {
      count: rows.length,
      getScrollElement: () => this.host.scroller,
      estimateSize: (at) => gap + (rows[at] ? guessHeight(rows[at]) : 28),
      getItemKey: (at) => rows[at]?.key ?? at,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.host.requestUpdate(),
      overscan: 6,
      paddingStart: above,
      paddingEnd: below,
      anchorTo: 'end',
      followOnAppend: this.complete,
      scrollEndThreshold: nearEnd,
      rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
        const from = Math.max(0, startIndex - overscan);
        const to = Math.min(count - 1, endIndex + overscan);
        const all = Array.from({ length: to - from + 1 }, (_, at) => from + at);
        if (this.kept < 0 || this.kept >= count) return all;
        return this.kept < from ? [this.kept, ...all] : this.kept > to ? [...all, this.kept] : all;
      },
    };
  }
}
