import type { ReactiveController } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { compare } from '../store/filter.ts';
import type { Pool } from '../store/state.ts';
import type { Table } from '../store/table.ts';
import type { ConvElement } from '../ui/base.ts';
import { RowWindow } from '../ui/rows.ts';
import { arrange, newsAbove } from './pool-order.ts';

/** Rows left below the window at which the next page is asked for. */
const AHEAD = 30;
const nothingNew = { count: 0, first: 0 };

/**
 * Which rows are shown, in which order and which of them has the focus: nothing moves under a pointer or a focus.
 * The host calls `follow()` before it renders.
 */
export class PoolRows implements ReactiveController {
  readonly window: RowWindow;
  /** The conversations in the order shown. */
  shown: readonly string[] = [];
  /** How many came before the last row in sight, while the list is held still. */
  news = 0;
  private firstNew = 0;
  /** The conversations as they were when the rows shown were put in order. */
  private ordered?: Table<SharedConversation>;
  private released = false;
  private key?: string;
  private pointed = false;
  private focused?: string;
  /** The row that Tab leads to. */
  private active?: string;
  private wanted?: string;
  /** While rows are being drawn: one that is put elsewhere in the document loses the focus, and gets it back. */
  private drawing = false;

  constructor(private readonly host: ConvElement) {
    this.window = new RowWindow(host);
    host.addController(this);
  }

  /** Takes the order that the store has. Another `key` is another list: it begins anew, at its top. */
  follow(key: string, { ids: actual, filter: { sort, q } }: Pool, now: Table<SharedConversation>): void {
    if (key !== this.key) {
      this.key = key;
      this.shown = [];
      this.window.toTop();
    }
    const still = !this.released && (this.pointed || !this.window.atTop);
    this.released = false;
    const before = this.shown;
    const shown = arrange(before, actual, { still, focused: this.focused });
    const held = still && before.length > 0 ? this.ordered : undefined;
    // What is loaded while the list is held stands where it belongs.
    this.ordered = held ? held.withAll(shown.slice(before.length).flatMap((id) => (now.get(id) ? [[id, now.get(id)!] as const] : []))) : now;
    this.shown = shown;
    const { ordered } = this;
    const news =
      held && !q
        ? newsAbove(
            { shown, actual, was: (id) => ordered.get(id), is: (id) => now.get(id), compare: (one, other) => compare(sort, one, other) },
            this.window.sight.last,
          )
        : nothingNew;
    this.news = news.count;
    this.firstNew = news.first;
  }

  /** Lets rows find their places now, and shows the first of those that came. */
  release(): void {
    this.pointed = false;
    this.released = true;
    this.window.toTop(this.firstNew);
    this.host.requestUpdate();
  }

  /** Which rows to draw. */
  indices(): number[] {
    return this.window.indices(this.shown.length, this.focused === undefined ? undefined : this.shown.indexOf(this.focused));
  }

  /** True when what is below will soon be seen. */
  get nearEnd(): boolean {
    return this.window.sight.last + AHEAD >= this.shown.length;
  }

  /** The row that Tab leads to: the last that had the focus, else the selected one, else the first. */
  entry(selected: string | undefined): string | undefined {
    const known = (id: string | undefined): boolean => id !== undefined && this.shown.includes(id);
    return known(this.active) ? this.active : known(selected) ? selected : this.shown[0];
  }

  /** Gives the focus to a row by so many places from the one that has it, or had it; answers which. */
  move(by: number, from?: string): string | undefined {
    const here = this.shown.indexOf(from ?? this.focused ?? this.active ?? '');
    const to = here < 0 ? (by > 0 ? 0 : this.shown.length - 1) : Math.max(0, Math.min(this.shown.length - 1, here + by));
    return this.focus(this.shown[to]);
  }

  /** Gives the focus to a row, scrolling as little as that takes. */
  focus(id: string | undefined): string | undefined {
    if (id === undefined) return undefined;
    this.focused = id;
    this.active = id;
    this.wanted = id;
    this.window.reveal(this.shown.indexOf(id));
    this.host.requestUpdate();
    return id;
  }

  hostUpdate(): void {
    this.drawing = true;
  }

  hostUpdated(): void {
    this.drawing = false;
    if (this.wanted === undefined) return;
    const link = this.host.renderRoot.querySelector<HTMLElement>(`.row-link[data-id="${CSS.escape(this.wanted)}"]`);
    if (!link) return;
    this.wanted = undefined;
    link.focus({ preventScroll: true });
  }

  hostDisconnected(): void {
    this.pointed = false;
    this.focused = undefined;
    this.wanted = undefined;
  }

  readonly handleEnter = ({ pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') this.pointed = true;
  };

  readonly handleLeave = (): void => {
    if (!this.pointed) return;
    this.pointed = false;
    this.host.requestUpdate();
  };

  readonly handleFocusIn = (event: FocusEvent): void => {
    const id = idAt(event.target);
    if (id === undefined) return;
    this.focused = id;
    this.active = id;
  };

  readonly handleFocusOut = (event: FocusEvent): void => {
    if (this.drawing) this.wanted ??= this.focused;
    if (idAt(event.relatedTarget) !== undefined || this.wanted !== undefined) return;
    this.focused = undefined;
    this.host.requestUpdate();
  };

  readonly handleScroll = (): void => {
    if ((this.news > 0 && this.window.atTop) || this.nearEnd) this.host.requestUpdate();
  };
}

/** The conversation of the row that an element lies in. */
export function idAt(node: EventTarget | null): string | undefined {
  return node instanceof Element ? (node.closest<HTMLElement>('.row')?.querySelector<HTMLElement>('.row-link')?.dataset['id'] ?? undefined) : undefined;
}
