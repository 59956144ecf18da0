import type { ReactiveController } from 'lit';
import type { ConvElement } from '../ui/base.ts';
import { isFocused } from '../ui/rove.ts';
import type { MailEditor } from './mail-editor.ts';

const here = (): boolean => customElements.get('mail-editor') !== undefined;

/**
 * Fetches what formatted mails are written with when somebody begins to write one. Until it is there, and where it cannot be
 * fetched, one writes in the plain field; the caret goes over with the text, but not in the middle of a composition.
 */
export class MailParts implements ReactiveController {
  ready = here();
  private asked = false;
  private composing = false;

  constructor(
    private readonly host: ConvElement,
    private readonly field: () => HTMLTextAreaElement | null,
    private readonly editor: () => MailEditor | null,
  ) {
    host.addController(this);
    host.addEventListener('compositionstart', () => (this.composing = true));
    host.addEventListener('compositionend', () => (this.composing = false));
  }

  hostConnected(): void {
    this.ready ||= here();
  }

  /** Fetches them, where they are not here. */
  want(): void {
    if (this.ready || this.asked) return;
    this.asked = true;
    import('./mail-parts.ts').then(this.swap, () => (this.asked = false));
  }

  private readonly swap = async (): Promise<void> => {
    const field = this.field();
    if (this.composing && field) return field.addEventListener('compositionend', () => queueMicrotask(this.swap), { once: true });
    const caret = field && isFocused(field) ? ([field.selectionStart, field.selectionEnd] as const) : undefined;
    this.ready = true;
    this.host.requestUpdate();
    await this.host.updateComplete;
    if (caret) await this.editor()?.select(...caret);
  };
}
