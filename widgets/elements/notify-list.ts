import { html, nothing, type TemplateResult } from 'lit';
import type { Notification } from '../../server/contract/events.ts';
import { notifyTexts } from '../locales/notify.ts';
import { reasonTexts } from '../locales/reasons.ts';
import { asks } from '../store/notifications.ts';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { alert, at, clock, draft, handoff, person, settings, transfer, type Glyph } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { PoolWords } from './pool-row.ts';
import { NotifyProfile } from './notify-profile.ts';
import { adoptNotifySheet } from './notify-sheet.ts';
import { said, smallPrint, textOf } from './notify-words.ts';

const looks: Record<Notification['kind'], readonly [Glyph, ('copper' | 'madder')?]> = {
  handoff: [handoff, 'copper'],
  assignment: [person],
  transfer: [transfer],
  mention: [at],
  draft: [draft],
  delivery: [alert, 'madder'],
  snooze: [clock],
  model: [alert, 'madder'],
};

/** What the bell opens: what somebody wants from the operator, newest first, and the way to the operator's own settings. */
export class NotifyList {
  private readonly texts;
  private readonly profile: NotifyProfile;

  constructor(
    private readonly host: StoreElement,
    private readonly shared: PoolWords,
    /** Closes the list; with an id, a conversation is opened. */
    private readonly leave: (conversationId?: string) => void,
  ) {
    adoptNotifySheet(host);
    this.texts = words(host, notifyTexts);
    words(host, reasonTexts);
    this.profile = new NotifyProfile(host, this.texts, shared);
  }

  /** The dialog of one's own settings, while it is open. */
  dialog(): TemplateResult | typeof nothing {
    return this.profile.render();
  }

  render(now: number): TemplateResult {
    const { t } = this.texts;
    const { t: shared } = this.shared;
    const { store } = this.host;
    const news = store?.get().notifications;
    const items = news?.items ?? [];
    const showProfile = (): void => {
      this.leave();
      this.profile.show();
    };
    return html`<header><h3>${shared.pool.news.title}</h3><span class="push"></span>${
      news?.unread ? html`<button type="button" class="btn ghost sm" @click=${() => void store?.news.markRead()}>${t.allRead}</button>` : nothing
    }<button type="button" class="btn ghost sm icon" aria-label=${t.settings} @click=${showProfile}>${icon(settings, 'sm')}</button></header>${
      news?.problem
        ? html`<p class="news-blank" role="alert">${t.failed} <button type="button" class="linkish" @click=${() => void store?.news.load()}>${shared.common.retry}</button></p>`
        : nothing
    }${
      items.length > 0
        ? html`<ul class="news">${items.map((one) => this.item(one, now))}</ul>${
            news?.nextCursor
              ? html`<p class="news-blank"><button type="button" class="linkish" ?disabled=${news.loading} @click=${() => void store?.news.loadOlder()}>${t.more}</button></p>`
              : nothing
          }`
        : news?.problem
          ? nothing
          : html`<p class="news-blank" role="status">${news?.loaded ? t.empty : t.loading}</p>`
    }`;
  }

  private item(one: Notification, now: number): TemplateResult {
    const [glyph, tone = ''] = looks[one.kind];
    const small = smallPrint(one, this.shared);
    const sender = this.sender(one);
    return html`<li><button type="button" class=${one.readAt === null ? 'is-new' : ''} @click=${() => this.choose(one)}>${sender ? face(sender, 24) : html`<span class="spot ${tone}">${icon(glyph)}</span>`}<p>${
      one.readAt === null ? html`<span class="sr">${this.shared.t.pool.unreadWord}</span>` : nothing
    }${sentence(said(one, this.texts, this.host.store, apart))}${small ? html`<small><bdi>${small}</bdi></small>` : nothing}</p><time datetime=${one.createdAt}>${ago(this.shared, one.createdAt, now)}</time></button>${this.answers(one)}</li>`;
  }

  /** The colleague who mentions, or asks to take over. */
  private sender({ kind, text, data }: Notification): { id: string; name: string } | undefined {
    if (kind !== 'mention' && (kind !== 'transfer' || textOf(data, 'status') === 'expired')) return undefined;
    return this.host.store?.get().lists.operators?.items.find(({ name }) => name === text);
  }

  /** To a question that is open: yes or no, in place. */
  private answers(one: Notification): TemplateResult | typeof nothing {
    const { store } = this.host;
    const { t } = this.texts;
    const id = textOf(one.data, 'transferId');
    const known = store?.get().transfers[id];
    if (!asks(one) || !store || !id || one.readAt !== null || (known && known.status !== 'pending')) return nothing;
    const answer = (settle: () => Promise<unknown>) => (): void => void settle().then(() => store.news.markRead([one.id]));
    return html`<div class="news-acts"><button type="button" class="btn sm primary" @click=${answer(() => store.conversations.acceptTransfer(id))}>${t.accept}</button><button type="button" class="btn sm"
        @click=${answer(() => store.conversations.declineTransfer(id))}>${t.decline}</button></div>`;
  }

  private choose(one: Notification): void {
    // A question stays new until it is answered.
    if (one.readAt === null && !asks(one)) void this.host.store?.news.markRead([one.id]);
    this.leave(one.conversationId ?? undefined);
  }
}
