import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/** A text field as high as its text, up to `most` pixels, then scrolling. */
class Grow extends AsyncDirective {
  private field?: HTMLTextAreaElement;
  private most = 0;

  override render(_most: number): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [most]: [number]): typeof noChange {
    this.most = most;
    if (this.field !== part.element && part.element instanceof HTMLTextAreaElement) {
      this.field = part.element;
      this.reconnected();
    }
    queueMicrotask(this.fit);
    return noChange;
  }

  override disconnected(): void {
    this.field?.removeEventListener('input', this.fit);
  }

  override reconnected(): void {
    this.field?.addEventListener('input', this.fit);
  }

  private readonly fit = (): void => {
    const { field } = this;
    if (!field?.isConnected) return;
    field.style.setProperty('block-size', 'auto');
    const border = field.offsetHeight - field.clientHeight;
    const wanted = field.scrollHeight + border;
    field.style.setProperty('block-size', `${Math.min(wanted, this.most)}px`);
    field.style.setProperty('overflow-y', wanted > this.most ? 'auto' : 'hidden');
  };
}

/** Stands in a textarea's tag: `<textarea ${grow(200)}>` grows with its text up to 200 pixels. Needs `box-sizing: border-box`. */
export const grow = directive(Grow);
