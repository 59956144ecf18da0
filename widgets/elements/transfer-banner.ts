import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Transfer } from '../../server/contract/conversation.ts';
import { deskTexts } from '../locales/desk.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf } from '../store/select.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { x } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { select } from '../ui/select.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { Ticker } from '../ui/ticker.ts';
import { clock, millis } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { calledShort } from './called.ts';
import { refusalSheet } from './dialog-sheet.ts';

const sheet = css`
:host { display: block; container: ask / inline-size; border-block-end: var(--conv-stroke) solid var(--conv-accent-line, var(--conv-line)); background: var(--conv-accent-tint); --under: var(--conv-accent-tint); }
:host([floating]) { border: 1px solid transparent; border-radius: var(--conv-radius-lg); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); --under: var(--conv-raised); }
section { display: grid; grid-template-columns: 32px minmax(0, 1fr) auto; gap: 4px 10px; align-items: start; padding: 10px 12px 10px 20px; }
:host([floating]) section { padding: 12px; }
p { color: var(--conv-ink-2); overflow-wrap: anywhere; }
p b { color: var(--conv-ink); }
time { color: var(--conv-ink-3); font-size: var(--_fs-sm); font-variant-numeric: tabular-nums; }
:host([floating]) time { grid-area: 2 / 2; justify-self: start; }
.dismiss { grid-area: 1 / 3; margin-block-start: -4px; margin-inline-end: -4px; }
footer, form { grid-column: 2 / -1; display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 6px; }
form .field { flex: 1 1 160px; }
.refusal { grid-column: 2 / -1; }
/* A low window keeps its room for the conversation. */
@media (height < 600px) {
  :host([floating]) section { padding-block: 8px; }
  :host([floating]) :is(time, p br, p bdi) { display: none; }
  footer, form { margin-block-start: 0; }
}
`;

const openOf = ({ conversationId }: Transfer): CustomEvent => new CustomEvent('conv-open', { detail: { conversationId }, bubbles: true, composed: true });

/**
 * A question that waits: whoever is asked to take a conversation accepts or declines, with a reason; whoever asked sees how
 * long there is to answer, and can take it back.
 *
 * @attr floating - stands over what is open, and offers to look at the conversation first
 * @fires conv-open - the conversation is to be opened: `{conversationId}`
 * @fires transfer-hide - it is to be put away
 */
export class TransferBanner extends StoreElement {
  static override styles = [buttonsSheet, facesSheet, fieldsSheet, refusalSheet, sheet];

  /** The question. */
  @property({ attribute: false }) transfer?: Transfer;
  /** Stands over what is open. */
  @property({ type: Boolean, reflect: true }) floating = false;

  /** Says why not, before declining. */
  @state() private declining = false;
  @state() private busy = false;
  @state() private settled = false;

  private reason = '';
  private readonly words = words(this, deskTexts);
  private readonly common = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'second');
  private readonly contact = select(
    this,
    () => this.store,
    (now) => (this.transfer ? conversationOf(now, this.transfer.conversationId)?.contact : undefined),
  );
  private readonly me = select(
    this,
    () => this.store,
    (now) => now.me?.id,
  );

  override render(): TemplateResult | typeof nothing {
    const { transfer } = this;
    if (!transfer || transfer.status !== 'pending') return nothing;
    const { t, tag } = this.words;
    const { asked } = t;
    const left = Math.max(0, millis(transfer.expiresAt) - this.ticker.now);
    const mine = transfer.to.id === this.me.value;
    const who = mine ? transfer.from : transfer.to;
    const told = mine ? asked.asks(transfer.from.name, calledShort(this.contact.value, this.common)) : asked.waits(transfer.to.name);
    return html`<section role="group" aria-label=${told}>${face(who, 32)}<p><b>${told}</b>${transfer.note ? html`<br><bdi>${this.common.t.shared.quoted(transfer.note)}</bdi>` : mine ? nothing : html`<br>${asked.stays}`}</p><time aria-hidden="true">${clock(tag, left)}</time><span
        class="sr">${asked.left(clock(tag, left - (left % 30_000)))}</span>${mine ? this.choices(transfer) : html`<footer><button type="button" class="btn" ?disabled=${this.busy} @click=${this.handleBack}>${asked.takeBack}</button></footer>`}${
          this.settled ? html`<p class="refusal" role="alert">${asked.settled}</p>` : nothing
        }</section>`;
  }

  private choices(transfer: Transfer): TemplateResult {
    const { asked } = this.words.t;
    if (this.declining) {
      return html`<form @submit=${this.handleDecline} @keydown=${this.handleKeydown}><input class="field sm" maxlength="1000" dir="auto" aria-label=${asked.why} placeholder=${`${asked.why} ${this.common.t.common.optional}`} @input=${this.handleReason}><button
          type="submit" class="btn" ?disabled=${this.busy}>${asked.decline}</button><button type="button" class="btn ghost" @click=${this.handleStay}>${this.common.t.common.cancel}</button></form>`;
    }
    return html`<footer><button type="button" class="btn primary" ?disabled=${this.busy} @click=${this.handleAccept}>${asked.accept}</button><button type="button" class="btn" ?disabled=${this.busy} @click=${this.handleWhy}>${asked.decline}</button>${
      this.floating ? html`<button type="button" class="btn ghost" @click=${() => this.dispatchEvent(openOf(transfer))}>${asked.look}</button>` : nothing
    }</footer>${
      this.floating
        ? html`<button type="button" class="btn ghost icon dismiss" aria-label=${this.common.t.common.dismiss} @click=${() => this.dispatchEvent(new CustomEvent('transfer-hide'))}>${icon(x)}</button>`
        : nothing
    }`;
  }

  /** Answers, and says in place where that came too late. */
  private async answer(act: 'acceptTransfer' | 'declineTransfer' | 'cancelTransfer'): Promise<boolean> {
    const { store, transfer } = this;
    if (!store || !transfer || this.busy) return false;
    this.busy = true;
    const answer = await store.conversations[act](transfer.id, this.reason.trim() || undefined);
    this.busy = false;
    this.settled = !answer.ok;
    return answer.ok;
  }

  private readonly handleAccept = async (): Promise<void> => {
    const { transfer } = this;
    const name = calledShort(this.contact.value, this.common);
    // Once it is answered this leaves the page: what holds it tells the rest.
    const root = this.getRootNode();
    const holder = root instanceof ShadowRoot && root.host instanceof ConvElement ? root.host : this;
    if (!transfer || !(await this.answer('acceptTransfer'))) return;
    toast(holder, { text: this.words.t.asked.yours(name), dismiss: this.common.t.common.dismiss });
    if (this.floating) holder.dispatchEvent(openOf(transfer));
  };

  private readonly handleWhy = async (): Promise<void> => {
    this.declining = true;
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  };

  private readonly handleStay = (): void => {
    this.declining = false;
    this.reason = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('footer .btn')?.focus());
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.handleStay();
  };

  private readonly handleDecline = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.answer('declineTransfer');
  };

  private readonly handleBack = (): void => void this.answer('cancelTransfer');
  private readonly handleReason = (event: InputEvent): void => void (this.reason = (event.target as HTMLInputElement).value);
}

define('transfer-banner', TransferBanner);

declare global {
  interface HTMLElementTagNameMap {
    'transfer-banner': TransferBanner;
  }
}
