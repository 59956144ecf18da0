import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { desk } from '../locales/en/desk.ts';
import type { Thread } from '../store/state.ts';
import type { ConvElement } from '../ui/base.ts';
import type { Spoken } from '../ui/words.ts';
import type { ThreadScroll } from './thread-scroll.ts';

interface Host extends ConvElement {
  readonly thread: Thread;
  readonly going: { readonly keeps: boolean };
  /** Draws now: the page is put on paper as soon as the event is over. */
  drawForPaper(): void;
}

const prints = ['beforeprint', 'afterprint'] as const;

/**
 * A conversation on paper. A browser that prints by its own menu waits for nothing, so what is loaded is printed; where that is not
 * all, the paper says so and how all of it is printed, and so does a line on the screen afterwards.
 */
export class ThreadPaper implements ReactiveController {
  /** Fetched with the first conversation that is not loaded whole: when it is printed, it is too late. */
  private words?: Spoken<typeof desk>;
  private fetching = false;

  constructor(
    private readonly host: Host,
    private readonly view: ThreadScroll,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of prints) addEventListener(type, this.handlePrint);
  }

  hostDisconnected(): void {
    for (const type of prints) removeEventListener(type, this.handlePrint);
  }

  hostUpdated(): void {
    if (this.fetching || !this.isPart) return;
    this.fetching = true;
    void import('./thread-paper-note.ts').then(
      ({ paperWords }) => (this.words = paperWords(this.host)),
      () => (this.fetching = false),
    );
  }

  /** What stands above the lines on paper where some are missing; nothing on the screen. */
  note(): TemplateResult | typeof nothing {
    if (!this.view.whole || !this.isPart || !this.words) return nothing;
    const { print } = this.words.t;
    return html`<p class="day">${this.host.going.keeps ? print.cut(this.count) : `${print.part(this.count)} ${print.whole}`}</p>`;
  }

  private get isPart(): boolean {
    const { before, after, loaded } = this.host.thread;
    return loaded && (before !== null || after !== null);
  }

  private get count(): string {
    return new Intl.NumberFormat(this.words?.tag).format(this.host.thread.items.length);
  }

  private readonly handlePrint = ({ type }: Event): void => {
    this.view.whole = type === prints[0];
    this.host.drawForPaper();
    if (this.view.whole || this.host.going.keeps || !this.isPart) return;
    const { words, count } = this;
    void import('./thread-paper-note.ts').then(({ offerWhole }) => words && offerWhole(this.host, words.t.print.part(count), words.t.print.all));
  };
}
