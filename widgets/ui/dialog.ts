import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import type { ConvElement } from './base.ts';
import { icon } from './icon.ts';
import { x } from './icons.ts';
import { hasCommand } from './keys.ts';
import { deepFocus, refocus } from './rove.ts';

/** What a dialog shows. Its foot holds the buttons: first the one that leaves things as they are. */
export interface DialogContent {
  readonly title: string;
  readonly lead?: unknown;
  readonly body: unknown;
  readonly foot: unknown;
  /** The word on the closing cross. */
  readonly close: string;
  /** Two columns. */
  readonly wide?: boolean;
  /** Enter in a field, a submit button, or ⌘↵ anywhere in it. The dialog stays open until `close()`. */
  submit(): void;
}

let ids = 0;

/**
 * A modal dialog: native, so that the rest of the page waits, Escape closes it and the focus goes back to where it was.
 * `private readonly transfer = new Dialog(this);`, `this.transfer.show()`, and `this.transfer.render(() => content)` as the last
 * thing in the host's template; the content is asked for only while it is open.
 */
export class Dialog implements ReactiveController {
  private readonly node: Ref<HTMLDialogElement> = createRef();
  private readonly id: string;
  /** What had the focus before. */
  private before?: HTMLElement;
  /** What has been shown and has not told that it is closed: Escape closes it a moment before it tells. */
  private standing?: HTMLDialogElement;
  /** True while it is open. */
  open = false;

  constructor(
    private readonly host: ConvElement,
    private readonly closed?: () => void,
  ) {
    ids += 1;
    this.id = `dialog-${ids}`;
    host.addController(this);
  }

  hostUpdated(): void {
    const { value: node } = this.node;
    if (!this.open || !node || this.standing === node) return;
    this.standing = node;
    this.before = deepFocus();
    node.showModal();
  }

  hostDisconnected(): void {
    this.close();
  }

  show(): void {
    this.open = true;
    this.host.requestUpdate();
  }

  /** Closes it and gives the focus back. */
  close(): void {
    this.node.value?.close();
  }

  render(content: () => DialogContent): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    const { title, lead, body, foot, close, wide, submit } = content();
    return html`<dialog class="dialog ${wide ? 'wide' : ''}" aria-labelledby=${this.id} ${ref(this.node)} @close=${this.handleClose}
        @pointerdown=${this.handleBackdrop} @keydown=${(event: KeyboardEvent) => this.handleKeydown(event, submit)}
      ><form method="dialog" novalidate @submit=${(event: SubmitEvent) => this.handleSubmit(event, submit)}>
        <header class="dialog-head"><h2 id=${this.id}>${title}</h2><button type="button" class="btn ghost icon" aria-label=${close}
          @click=${() => this.close()}>${icon(x)}</button></header>
        ${lead ? html`<p class="dialog-lead">${lead}</p>` : nothing}
        ${wide ? html`<div class="dialog-cols">${body}</div>` : html`<div class="dialog-body">${body}</div>`}
        <footer class="dialog-foot">${foot}</footer></form></dialog>`;
  }

  private readonly handleClose = (): void => {
    this.open = false;
    this.standing = undefined;
    refocus(this.before);
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => refocus(this.host));
    this.closed?.();
  };

  /** A press beside the dialog closes it; a press inside that ends outside does not. */
  private readonly handleBackdrop = (event: PointerEvent): void => {
    if (event.target === this.node.value) this.close();
  };

  private handleKeydown(event: KeyboardEvent, submit: () => void): void {
    if (event.key !== 'Escape') event.stopPropagation();
    if (event.key !== 'Enter' || !hasCommand(event)) return;
    event.preventDefault();
    submit();
  }

  private handleSubmit(event: SubmitEvent, submit: () => void): void {
    event.preventDefault();
    submit();
  }
}
