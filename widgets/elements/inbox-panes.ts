import type { ReactiveController } from 'lit';
import type { ConvElement } from '../ui/base.ts';

/** How many columns there is room for: pool, thread and panel; pool and thread with the panel over it; one at a time. */
export type Columns = 3 | 2 | 1;

/** Columns by the width of an element, in CSS pixels. */
export function columnsOf(width: number): Columns {
  if (width >= 1120) return 3;
  return width >= 760 ? 2 : 1;
}

/** Watches the width of its host and renders it when another number of columns fits. */
export class Panes implements ReactiveController {
  columns: Columns = 3;
  private readonly observer = new ResizeObserver(([entry]) => {
    if (entry) this.measure(entry.contentRect.width);
  });

  constructor(private readonly host: ConvElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.measure(this.host.clientWidth);
    this.observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  private measure(width: number): void {
    if (width === 0) return;
    const columns = columnsOf(width);
    if (columns === this.columns) return;
    this.columns = columns;
    this.host.requestUpdate();
  }
}
