import { html, nothing, render, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import { place } from './anchor.ts';
import type { ConvElement } from './base.ts';

/** How the button looks that opens it. */
export interface Trigger {
  /** Classes, such as `btn ghost icon`. */
  readonly look: string;
  readonly content: unknown;
  /** Name for assistive technology, when the content has no words. */
  readonly label?: string;
  readonly disabled?: boolean;
}

export interface Floating {
  /** Classes of what floats: `popover`, `menu`. */
  readonly look: string;
  readonly label: string;
  readonly role: 'menu' | 'dialog' | 'listbox';
  /** What it holds; asked when it opens and at each render of the host while it is open. */
  content(): unknown;
  readonly align?: 'start' | 'end';
  /** Called when it stands open and in its place; by default the first control takes the focus. */
  opened?(floating: HTMLElement): void;
  keydown?(event: KeyboardEvent): void;
}

/**
 * A button and what floats under it: native popover, so that a click elsewhere and Escape close it, and the focus goes
 * back to the button. `private readonly filter = new Popover(this);` then `this.filter.render(trigger, floating)`.
 */
export class Popover implements ReactiveController {
  private readonly floating: Ref<HTMLElement> = createRef();
  private readonly button: Ref<HTMLButtonElement> = createRef();
  private shown?: Floating;
  /** True while it is open. */
  open = false;

  constructor(private readonly host: ConvElement) {
    host.addController(this);
  }

  hostUpdated(): void {
    const { value: button } = this.button;
    if (button) button.popoverTargetElement = this.floating.value ?? null;
    if (this.open) this.draw();
  }

  /** Opens it by script, for a shortcut. */
  show(): void {
    this.floating.value?.showPopover();
  }

  hide(): void {
    if (this.open) this.floating.value?.hidePopover();
  }

  /** The button and, in the top layer, what it opens. */
  render(trigger: Trigger, floating: Floating): TemplateResult {
    this.shown = floating;
    return html`<button type="button" class=${trigger.look} aria-label=${trigger.label ?? nothing} aria-haspopup=${floating.role}
        aria-expanded=${this.open ? 'true' : 'false'} ?disabled=${trigger.disabled} ${ref(this.button)}>${trigger.content}</button><div
        popover="auto" class=${floating.look} role=${floating.role} aria-label=${floating.label} ${ref(this.floating)}
        @beforetoggle=${this.handleBeforeToggle} @toggle=${this.handleToggle} @keydown=${this.handleKeydown}></div>`;
  }

  private draw(): void {
    const { value: into } = this.floating;
    if (into && this.shown) render(this.shown.content(), into, { host: this.host });
  }

  private readonly handleBeforeToggle = (event: ToggleEvent): void => {
    this.open = event.newState === 'open';
    this.host.requestUpdate();
    if (this.open) this.draw();
    else this.leave();
  };

  /** The browser gives the focus back by itself, but not inside a shadow root. */
  private leave(): void {
    const { value: floating } = this.floating;
    if (floating?.contains((floating.getRootNode() as ShadowRoot).activeElement)) this.button.value?.focus({ preventScroll: true });
    floating?.classList.remove('is-placed');
    window.removeEventListener('resize', this.replace);
  }

  private readonly handleToggle = (event: ToggleEvent): void => {
    const { value: floating } = this.floating;
    // Told of a moment later: by then it may be closed again, or off the page with its host.
    if (event.newState !== 'open' || !floating?.matches(':popover-open')) return;
    this.replace();
    window.addEventListener('resize', this.replace);
    floating.classList.add('is-placed');
    if (this.shown?.opened) this.shown.opened(floating);
    else floating.querySelector<HTMLElement>('input, textarea, select, button, a[href]')?.focus();
  };

  private readonly replace = (): void => {
    const { value: floating } = this.floating;
    if (floating?.matches(':popover-open') && this.button.value) place(floating, this.button.value, this.shown?.align);
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    this.shown?.keydown?.(event);
    if (event.key !== 'Escape') event.stopPropagation();
  };

  hostDisconnected(): void {
    this.open = false;
    window.removeEventListener('resize', this.replace);
  }
}
