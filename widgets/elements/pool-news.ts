import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { bell } from '../ui/icons.ts';
import { count } from '../ui/marks.ts';
import { Popover } from '../ui/popover.ts';
import { number } from '../ui/time.ts';
import type { NotifyList } from './notify-list.ts';
import type { NotifyShow } from './notify-show.ts';
import type { PoolWords } from './pool-row.ts';

/** The bell of the pool: how much somebody wants from the operator. What it opens, and what shows when something comes, is fetched then. */
export class PoolNews implements ReactiveController {
  private readonly popover: Popover;
  private list?: NotifyList;
  private show?: Promise<NotifyShow>;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly open: (conversationId: string) => void,
  ) {
    this.popover = new Popover(host);
    host.addController(this);
  }

  hostUpdated(): void {
    const { unread, arrived } = this.host.store?.get().notifications ?? { unread: 0, arrived: [] };
    if (unread > 0 || arrived.length > 0)
      this.show ??= import('./notify-show.ts').then(({ NotifyShow }) => new NotifyShow(this.host, this.open, () => this.popover.show()));
    void this.show?.then((show) => (this.host.isConnected ? show.look() : show.stop()));
  }

  hostDisconnected(): void {
    void this.show?.then((show) => show.stop());
  }

  render(now: number): TemplateResult {
    const { t, tag } = this.words;
    const unread = this.host.store?.get().notifications.unread ?? 0;
    return html`${this.popover.render(
      { look: 'btn ghost', content: html`${icon(bell)}${count(tag, unread)}`, label: t.pool.news.label(unread, number(tag, unread)) },
      { look: 'popover pool-news', role: 'dialog', label: t.pool.news.title, align: 'end', content: () => this.content(now) },
    )}${this.list?.dialog() ?? nothing}`;
  }

  private content(now: number): TemplateResult {
    if (this.list) return this.list.render(now);
    void import('./notify-list.ts').then(
      ({ NotifyList }) => {
        this.list ??= new NotifyList(this.host, this.words, this.leave);
        this.host.requestUpdate();
        void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('.pool-news:popover-open button')?.focus());
      },
      () => this.popover.hide(),
    );
    return html`<p class="news-blank" role="status">${this.words.t.common.loading}</p>`;
  }

  private readonly leave = (conversationId?: string): void => {
    this.popover.hide();
    if (conversationId) this.open(conversationId);
  };
}
