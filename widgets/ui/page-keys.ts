import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Where nothing on the page has the focus, its keys are those of the element that is shown, unless the page takes them first. */
export class PageKeys implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly take: (event: KeyboardEvent) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('keydown', this.handleKey);
  }

  hostDisconnected(): void {
    document.removeEventListener('keydown', this.handleKey);
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if ((event.target === document.body || event.target === document.documentElement) && this.host.checkVisibility()) this.take(event);
  };
}
