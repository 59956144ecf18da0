import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from '../ui/repeat.ts';
import type { Transfer } from '../../server/contract/conversation.ts';
import { deskTexts } from '../locales/desk.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf, resolve } from '../store/select.ts';
import { knowConversation } from '../store/transfers.ts';
import { announce } from '../ui/announce.ts';
import { ClearOf } from '../ui/clear-of.ts';
import { define } from '../ui/define.ts';
import { deepFocus } from '../ui/rove.ts';
import { select, shallow } from '../ui/select.ts';
import { nearest } from '../ui/surroundings.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { calledShort } from './called.ts';
import './transfer-banner.ts';

const sheet = css`
/* Over the list, and no wider: where people write stays free. */
:host { position: absolute; inset-block-end: 16px; inset-inline-start: 16px; z-index: 3; display: grid; gap: 8px; inline-size: min(360px, var(--conv-pool-width) - 32px); }
:host([aside]) { inset-block: 60px auto; }
@media print { :host { display: none; } }
@container inbox (width < 1120px) { :host { inline-size: 288px; } }
/* One column: over the list, but above an open conversation, of which there is nothing to spare. */
@container inbox (width < 760px) {
  :host { inline-size: min(360px, 100% - 32px); }
  :host(.in-thread) { position: static; inline-size: auto; gap: 0; }
  :host(.in-thread) { max-block-size: 35dvh; overflow-y: auto; }
  :host(.in-thread) transfer-banner { border: 0; border-block-end: var(--conv-stroke) solid var(--conv-line); border-radius: 0; box-shadow: none; }
}
`;

/**
 * Questions to take conversations that are not open, over what is; and what became of one's own. Part of `<conv-inbox>`.
 *
 * @fires conv-open - a conversation is to be opened: `{conversationId}`
 * @fires conv-ask-else - somebody else is to be asked: `{conversationId}`
 */
export class TransferAsks extends StoreElement {
  static override styles = [sheet];

  /** Id of the conversation that is open: what is asked about it stands there. */
  @property({ attribute: false }) open?: string;

  private readonly words = words(this, deskTexts);
  private readonly common = words(this, operatorTexts);
  private readonly slice = select(
    this,
    () => this.store,
    ({ transfers, me, conversations, notifications }) => ({ transfers, me: me?.id, conversations, news: notifications.items }),
    shallow,
  );
  /** Questions of one's own, as they were last seen. */
  private readonly seen = new Map<string, Transfer['status']>();
  /** Questions to oneself that were announced. */
  private readonly said = new Set<string>();

  /** Questions that were put away; the bell still has them, and so has the conversation. */
  private readonly away = new Set<string>();
  private page?: Node;
  /** The keyboard is here, or fell to the page from here. */
  private held = false;

  constructor() {
    super();
    this.addEventListener('focusin', () => void (this.held = deepFocus()?.matches(':focus-visible') ?? false));
    this.addEventListener('focusout', ({ relatedTarget }) => void (this.held &&= !relatedTarget));
  }
  private readonly clear = new ClearOf(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.page = this.getRootNode();
    this.page.addEventListener('keyup', this.giveWay);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.page?.removeEventListener('keyup', this.giveWay);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { value } = this.slice;
    for (const transfer of Object.values(value?.transfers ?? {})) {
      if (transfer.from.id === value?.me) this.watch(transfer);
      else if (transfer.to.id === value?.me && transfer.status === 'pending' && !this.said.has(transfer.id)) {
        this.said.add(transfer.id);
        announce(this, this.words.t.asked.asks(transfer.from.name, this.contactOf(transfer)));
        if (this.store) void knowConversation(this.store.core, transfer.conversationId);
      }
    }
  }

  /** Who put a question away or answered it goes on in the list, or where that is not shown in the conversation. */
  protected override updated(): void {
    const at = deepFocus();
    if (!this.held || (at && at !== document.body)) return;
    this.held = false;
    const places = this.parentNode?.querySelectorAll<HTMLElement>('conv-pool, conv-thread') ?? [];
    [...places].find((place) => place.checkVisibility())?.focus();
  }

  override render(): TemplateResult {
    const { value } = this.slice;
    const state = this.store?.get();
    const here = state && this.open ? resolve(state, this.open) : undefined;
    const asked = Object.values(value?.transfers ?? {}).filter(
      ({ id, status, to, conversationId }) => status === 'pending' && to.id === value?.me && conversationId !== here && !this.away.has(id),
    );
    return html`${repeat(
      asked,
      ({ id }) => id,
      (transfer) => html`<transfer-banner floating .transfer=${transfer} @transfer-hide=${() => this.hide(transfer)}></transfer-banner>`,
    )}`;
  }

  /** Goes to the other end of the page, where it lies over what the keyboard has just led to. */
  private readonly giveWay = (): void => {
    const at = deepFocus();
    if (!at?.matches(':focus-visible') || nearest(at, this.localName)) return;
    const [own, its] = [this.getBoundingClientRect(), at.getBoundingClientRect()];
    if (own.height > 0 && its.top < own.bottom && its.bottom > own.top && its.left < own.right && its.right > own.left) this.toggleAttribute('aside');
  };

  private hide({ id }: Transfer): void {
    this.away.add(id);
    this.requestUpdate();
  }

  private contactOf({ conversationId }: Transfer): string {
    return calledShort(this.store && conversationOf(this.store.get(), conversationId)?.contact, this.common);
  }

  /** Says what became of a question of one's own, once. */
  private watch(transfer: Transfer): void {
    const before = this.seen.get(transfer.id);
    this.seen.set(transfer.id, transfer.status);
    if (before !== 'pending' || transfer.status === 'pending' || transfer.status === 'cancelled') return;
    const { asked } = this.words.t;
    const contact = this.contactOf(transfer);
    const who = transfer.to.name;
    const reason = this.slice.value?.news.find(({ data }) => data['transferId'] === transfer.id && data['status'] === 'declined')?.data['reason'];
    const text =
      transfer.status === 'declined' && typeof reason === 'string' && reason ? asked.declinedWhy(who, reason, contact) : asked[transfer.status](who, contact);
    const again = {
      label: asked.askElse,
      run: () => this.dispatchEvent(new CustomEvent('conv-ask-else', { detail: { conversationId: transfer.conversationId }, bubbles: true, composed: true })),
    };
    toast(this, { text, dismiss: this.common.t.common.dismiss, ...(transfer.status === 'accepted' ? {} : { acts: [again] }) });
  }
}

define('transfer-asks', TransferAsks);

declare global {
  interface HTMLElementTagNameMap {
    'transfer-asks': TransferAsks;
  }
}
