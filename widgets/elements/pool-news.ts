import { html, nothing, type TemplateResult } from 'lit';
import type { Notification } from '../../server/contract/events.ts';
import type { StoreElement } from '../store/element.ts';
import { conversationOf } from '../store/select.ts';
import { icon } from '../ui/icon.ts';
import { alert, at, bell, clock, draft, handoff, person, transfer, type Glyph } from '../ui/icons.ts';
import { count } from '../ui/marks.ts';
import { Popover } from '../ui/popover.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, number } from '../ui/time.ts';
import { called } from './called.ts';
import type { PoolWords } from './pool-row.ts';

const looks: Record<Notification['kind'], readonly [Glyph, ('copper' | 'madder')?]> = {
  handoff: [handoff, 'copper'], assignment: [person], transfer: [transfer], mention: [at], draft: [draft], delivery: [alert, 'madder'], snooze: [clock],
};

/** The bell of the pool: what somebody wants from the operator, newest first. */
export class PoolNews {
  private readonly popover: Popover;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly open: (conversationId: string) => void,
  ) {
    this.popover = new Popover(host);
  }

  render(now: number): TemplateResult {
    const { t, tag } = this.words;
    const items = this.host.store?.get().notifications.items ?? [];
    const fresh = items.filter(({ readAt }) => readAt === null).length;
    return this.popover.render(
      { look: 'btn ghost', content: html`${icon(bell)}${count(tag, fresh)}`, label: t.pool.news.label(fresh, number(tag, fresh)) },
      { look: 'popover pool-news', role: 'dialog', label: t.pool.news.title, align: 'end', content: () => this.content(items, fresh, now) },
    );
  }

  private content(items: readonly Notification[], fresh: number, now: number): TemplateResult {
    const { t } = this.words;
    const { store } = this.host;
    const problem = store?.get().notifications.problem;
    return html`<header><h3>${t.pool.news.title}</h3><span class="push"></span>${
      fresh > 0 ? html`<button type="button" class="btn ghost sm" @click=${() => void store?.settings.markNotificationsRead()}>${t.pool.news.allRead}</button>` : nothing
    }</header>${
      problem
        ? html`<p class="news-blank" role="alert">${t.pool.news.failed} <button type="button" class="linkish" @click=${() => void store?.settings.loadNotifications()}>${t.common.retry}</button></p>`
        : items.length === 0
          ? html`<p class="news-blank">${t.pool.news.empty}</p>`
          : html`<ul class="news">${items.map((one) => this.item(one, now))}</ul>${
              store?.get().notifications.nextCursor ? html`<p class="news-blank"><button type="button" class="linkish" @click=${() => void store.settings.loadOlderNotifications()}>${t.pool.news.more}</button></p>` : nothing
            }`
    }`;
  }

  private item(one: Notification, now: number): TemplateResult {
    const [glyph, tone = ''] = looks[one.kind];
    const small = textOf(one.data, 'snippet') || textOf(one.data, 'note') || textOf(one.data, 'reason');
    return html`<li><button type="button" class=${one.readAt === null ? 'is-new' : ''} @click=${() => this.choose(one)}><span class="spot ${tone}">${icon(glyph)}</span><p>${sentence(this.said(one))}${
      small ? html`<small><bdi>${small}</bdi></small>` : nothing
    }</p><time datetime=${one.createdAt}>${ago(this.words, one.createdAt, now)}</time></button>${this.answers(one)}</li>`;
  }

  /** To a question that is open: yes or no, in place. */
  private answers(one: Notification): TemplateResult | typeof nothing {
    const { store } = this.host;
    const { news } = this.words.t.pool;
    const id = textOf(one.data, 'transferId');
    const known = store?.get().transfers[id];
    if (one.kind !== 'transfer' || !store || !id || textOf(one.data, 'status') || one.readAt !== null || (known && known.status !== 'pending')) return nothing;
    const answer = (settle: () => Promise<unknown>) => (): void => void settle().then(() => store.settings.markNotificationsRead([one.id]));
    return html`<div class="news-acts"><button type="button" class="btn sm primary" @click=${answer(() => store.conversations.acceptTransfer(id))}>${news.accept}</button><button type="button" class="btn sm"
        @click=${answer(() => store.conversations.declineTransfer(id))}>${news.decline}</button></div>`;
  }

  private said({ kind, text, data, conversationId }: Notification): string {
    const { news } = this.words.t.pool;
    const { store } = this.host;
    const name = apart(text || called(store && conversationId ? conversationOf(store.get(), conversationId)?.contact : undefined, this.words));
    switch (kind) {
      case 'assignment':
        return textOf(data, 'by') ? news.assignedBy(name, apart(textOf(data, 'by'))) : news.assignment(name);
      case 'transfer': {
        const status = textOf(data, 'status');
        if (status === 'accepted') return news.accepted(name);
        if (status === 'declined') return news.declined(name);
        return status ? news.expired : news.transfer(name);
      }
      default:
        return news[kind](name);
    }
  }

  private choose({ id, conversationId, readAt, kind, data }: Notification): void {
    this.popover.hide();
    // A question stays new until it is answered.
    if (readAt === null && (kind !== 'transfer' || textOf(data, 'status'))) void this.host.store?.settings.markNotificationsRead([id]);
    if (conversationId) this.open(conversationId);
  }
}

function textOf(data: Notification['data'], key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}
