import { render, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { make } from './dom.ts';
import type { Line } from './lines.ts';

/**
 * Draws each line into a node of its own in `.lines`, found again by the line's key: a line keeps its node, its focus and
 * its pictures while others come and go round it.
 */
export class KeyedLines implements ReactiveController {
  readonly #nodes = new Map<string, HTMLElement>();
  #lines: readonly Line[] = [];
  #draw?: (line: Line) => TemplateResult;

  constructor(private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode }) {
    host.addController(this);
  }

  /** What stands there after the update under way. */
  show(lines: readonly Line[], draw: (line: Line) => TemplateResult): void {
    this.#lines = lines;
    this.#draw = draw;
  }

  hostUpdated(): void {
    const box = this.host.renderRoot.querySelector('.lines');
    const draw = this.#draw;
    const lines = this.#lines;
    const nodes = this.#nodes;
    if (!box || !draw) return;
    const wanted = new Set(lines.map(({ key }) => key));
    for (const [key, node] of nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      nodes.delete(key);
    }
    for (const [at, one] of lines.entries()) {
      const node = nodes.get(one.key) ?? make('div', { class: 'line' });
      nodes.set(one.key, node);
      render(draw(one), node);
      if (box.children[at] !== node) box.insertBefore(node, box.children[at] ?? null);
    }
  }
}
