import type { ReactiveController } from 'lit';

/** Keeps a full-screen panel above the keyboard of a phone, which covers the window without making it smaller. */
export class KeyboardRoom implements ReactiveController {
  constructor(private readonly host: HTMLElement) {}

  hostConnected(): void {
    window.visualViewport?.addEventListener('resize', this.#measure);
    window.visualViewport?.addEventListener('scroll', this.#measure);
    this.#measure();
  }

  hostDisconnected(): void {
    window.visualViewport?.removeEventListener('resize', this.#measure);
    window.visualViewport?.removeEventListener('scroll', this.#measure);
  }

  readonly #measure = (): void => {
    const viewport = window.visualViewport;
    if (!viewport || viewport.scale > 1.01) return;
    this.host.style.setProperty('--_height', `${viewport.height}px`);
    this.host.style.setProperty('--_top', `${viewport.offsetTop}px`);
  };
}
