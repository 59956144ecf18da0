import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import type { Glyph } from './icons.ts';
import { vars } from './vars.ts';

/** What an empty or failed place says: what would be here, why it is not, and one or two ways on (buttons). */
export interface Blank {
  readonly glyph?: Glyph;
  readonly title: unknown;
  readonly text?: unknown;
  readonly acts?: unknown;
  readonly foot?: unknown;
}

/** An empty or failed place. For failures give it `role="alert"` through `alert`. */
export function blank({ glyph, title, text, acts, foot }: Blank, alert = false): TemplateResult {
  return html`<div class="empty" role=${alert ? 'alert' : nothing}>${glyph ? icon(glyph, 'xl') : nothing}
    <h3>${title}</h3>${text ? html`<p>${text}</p>` : nothing}${acts ? html`<div class="acts">${acts}</div>` : nothing}${
      foot ? html`<p class="hint dim">${foot}</p>` : nothing
    }</div>`;
}

const widths = [
  ['42%', '80%', '30%'],
  ['34%', '72%', '22%'],
  ['52%', '92%', '38%'],
  ['40%', '64%', '26%'],
] as const;

/** Bones of rows that are on their way. */
export function rowBones(rows: number, label: string): TemplateResult {
  return html`<div role="status"><span class="sr">${label}</span>${Array.from({ length: rows }, (_, at) => {
    const bones = widths[at % widths.length] ?? widths[0];
    return html`<div class="row" aria-hidden="true"><span class="bone face-bone"></span><span class="bones">${bones.map(
      (width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`,
    )}</span></div>`;
  })}</div>`;
}

/** True once its host has been waiting for 200 ms: `if (loading && this.patience.out(loading)) return rowBones(…)`. */
export class Patience implements ReactiveController {
  private timer?: ReturnType<typeof setTimeout>;
  private over = false;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Tells whether something is still awaited; answers whether to show that yet. */
  out(waiting: boolean): boolean {
    if (!waiting) {
      this.reset();
      return false;
    }
    this.timer ??= setTimeout(() => {
      this.over = true;
      this.host.requestUpdate();
    }, 200);
    return this.over;
  }

  hostDisconnected(): void {
    this.reset();
  }

  private reset(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.over = false;
  }
}
