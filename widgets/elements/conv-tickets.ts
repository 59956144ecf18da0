import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Ticket } from '../../server/contract/ticket.ts';
import { deskTexts } from '../locales/desk.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { Tickets, type TicketLook } from '../store/tickets.ts';
import { blank, Patience } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, refresh, ticket as ticketGlyph, x } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { select, shallow } from '../ui/select.ts';
import { Ticker } from '../ui/ticker.ts';
import { fullTime, number, shortDate } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { called } from './called.ts';
import { connectionNotice } from './connection-notice.ts';
import { priorityMark, statusChip, TicketPane } from './ticket-pane.ts';
import { ticketSheets } from './ticket-sheet.ts';

const statuses: readonly Ticket['status'][] = ['open', 'pending', 'solved'];

/**
 * The tickets of the workspace, newest first, by status and by who has them; and one of them, with the conversation as it
 * stood when the ticket was made.
 *
 * @attr ticket - id of the ticket that is open
 * @attr has-close - shows a button that closes it
 * @fires conv-open - a ticket's conversation is to be opened: `{conversationId}`
 * @fires conv-ticket - another ticket was opened, or none: `{ticketId}`, for the page's address
 * @fires conv-tickets-close - it is to be closed
 */
export class ConvTickets extends StoreElement {
  static override styles = ticketSheets;

  /** Id of the ticket that is open. */
  @property({ reflect: true }) ticket?: string;
  /** Shows a button that closes it. */
  @property({ type: Boolean, attribute: 'has-close' }) hasClose = false;

  @state() private look: TicketLook = {};
  @state() private items: readonly Ticket[] = [];
  @state() private nextCursor: string | null = null;
  @state() private stage: 'loading' | 'there' | 'failed' = 'loading';
  @state() private more = false;

  private readonly words = words(this, deskTexts);
  private readonly common = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly patience = new Patience(this);
  private readonly pane = new TicketPane(this, this.words, this.common);
  private readonly slice = select(
    this,
    () => this.store,
    ({ me, lists, ticketChanges, reloads, connection }) => ({ me: me?.id, operators: lists.operators?.items, ticketChanges, reloads, connection }),
    shallow,
  );
  /** What the list was last read for. */
  private read = '';
  private calls = 0;

  /** What it is called, for whoever shows it in a frame of their own. */
  get label(): string {
    return this.words.t.tickets.title;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.read = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {
      store,
      slice: { value },
    } = this;
    if (!store || !value) return;
    const wanted = JSON.stringify([this.look, value.ticketChanges, value.reloads]);
    if (wanted !== this.read) {
      store.settings.need('operators');
      const first = !this.read.startsWith(JSON.stringify([this.look]).slice(0, -1));
      this.read = wanted;
      void this.load(first);
    }
    this.pane.follow(this.ticket, value.ticketChanges + value.reloads);
  }

  override render(): TemplateResult {
    const { t } = this.words;
    const close = this.hasClose
      ? html`<button type="button" class="btn ghost icon" aria-label=${this.common.t.common.close} @click=${() => this.dispatchEvent(new CustomEvent('conv-tickets-close', { bubbles: true, composed: true }))}>${icon(x)}</button>`
      : nothing;
    if (this.ticket) {
      return html`<header class="tickets-head"><button type="button" class="btn ghost icon" aria-label=${t.tickets.back} @click=${() => this.open(undefined)}>${icon(back)}</button><h2>${this.pane.heading}</h2><span class="push"></span>${close}</header>${this.notice()}${this.pane.render()}`;
    }
    return html`<header class="tickets-head"><h2>${t.tickets.title}</h2><span class="push"></span>${this.filters()}${close}</header>${this.notice()}${this.list()}`;
  }

  /** How the connection stands, where nothing round this element says it. */
  private notice(): TemplateResult | typeof nothing {
    return this.answers || !this.hasClose ? connectionNotice(this, this.common) : nothing;
  }

  /** Opens a ticket, or the list. */
  open(id: string | undefined): void {
    const before = this.ticket;
    this.ticket = id;
    this.dispatchEvent(new CustomEvent('conv-ticket', { detail: { ticketId: id ?? null }, bubbles: true, composed: true }));
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(id ? '.tickets-head .btn' : `[data-id="${before}"]`)?.focus());
  }

  private filters(): TemplateResult {
    const { t } = this.words;
    const keep =
      (field: 'status' | 'assigneeId') =>
      ({ target }: Event): void => {
        this.look = { ...this.look, [field]: (target as HTMLSelectElement).value || undefined };
      };
    return html`<label><span class="sr">${t.tickets.status}</span><select class="field sm" @change=${keep('status')}><option value="">${t.tickets.anyStatus}</option>${statuses.map(
      (one) => html`<option value=${one} .selected=${this.look.status === one}>${t.tickets.statuses[one]}</option>`,
    )}</select></label><label><span class="sr">${t.tickets.assignee}</span><select class="field sm" @change=${keep('assigneeId')}><option value="">${t.tickets.anybody}</option><option value="me" .selected=${this.look.assigneeId === 'me'}>${t.tickets.mine}</option><option
        value="none" .selected=${this.look.assigneeId === 'none'}>${t.tickets.nobody}</option>${(this.slice.value?.operators ?? [])
          .filter(({ id, active }) => active && id !== this.slice.value?.me)
          .map(({ id, name }) => html`<option value=${id} .selected=${this.look.assigneeId === id}>${name}</option>`)}</select></label>`;
  }

  private list(): TemplateResult {
    const { t } = this.words;
    if (this.stage === 'failed' && this.items.length === 0) {
      return blank(
        {
          glyph: alert,
          ...t.tickets.failed,
          acts: html`<button type="button" class="btn" @click=${() => void this.load(true)}>${icon(refresh)}${this.common.t.common.retry}</button>`,
        },
        true,
      );
    }
    if (this.stage === 'loading' && this.items.length === 0) return this.bones();
    this.patience.out(false);
    if (this.items.length === 0) return blank({ glyph: ticketGlyph, ...(this.look.status || this.look.assigneeId ? t.tickets.filtered : t.tickets.none) });
    return html`<ul class="ticket-list">${this.items.map((one) => this.row(one))}</ul>${
      this.nextCursor
        ? html`<p class="more"><button type="button" class="btn" ?disabled=${this.more} @click=${() => void this.loadMore()}>${t.tickets.more}</button></p>`
        : nothing
    }`;
  }

  private row(one: Ticket): TemplateResult {
    const { tag } = this.words;
    return html`<li><button type="button" class="ticket-row" data-id=${one.id} @click=${() => this.open(one.id)}><span class="num">${number(tag, one.number)}</span><span class="ticket-what"><b class="cut"><bdi>${one.title}</bdi></b><span class="cut dim">${
      one.contact ? html`<bdi>${called(one.contact, this.common)}</bdi>` : ''
    }</span></span>${priorityMark(one.priority, this.common)}${statusChip(one.status, this.words)}${one.assignee ? html`<span title=${one.assignee.name}>${face(one.assignee, 20)}<span class="sr">${one.assignee.name}</span></span>` : html`<span></span>`}<time class="dim" datetime=${one.createdAt} title=${fullTime(tag, one.createdAt)}>${shortDate(tag, one.createdAt, this.ticker.now)}</time></button></li>`;
  }

  private bones(): TemplateResult {
    if (!this.patience.out(true)) return html``;
    return html`<div class="bones" role="status"><span class="sr">${this.words.t.tickets.loading}</span>${['70%', '55%', '62%', '48%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
  }

  /** Reads the list; `fresh` where another one is asked for. What is shown stays until the answer is there. */
  private async load(fresh: boolean): Promise<void> {
    const { store } = this;
    if (!store) return;
    const call = ++this.calls;
    if (fresh) Object.assign(this, { items: [], nextCursor: null });
    this.stage = 'loading';
    const answer = await new Tickets(store.core).list(this.look);
    if (call !== this.calls) return;
    this.stage = answer.ok ? 'there' : 'failed';
    if (!answer.ok) return;
    // Pages that were unfolded stay, behind what is new.
    const first = new Set(answer.value.items.map(({ id }) => id));
    const kept = answer.value.nextCursor && !fresh ? this.items.slice(answer.value.items.length).filter(({ id }) => !first.has(id)) : [];
    this.items = [...answer.value.items, ...kept];
    if (kept.length === 0) this.nextCursor = answer.value.nextCursor;
  }

  private async loadMore(): Promise<void> {
    const { store, nextCursor } = this;
    if (!store || !nextCursor || this.more) return;
    this.more = true;
    const call = this.calls;
    const answer = await new Tickets(store.core).list(this.look, nextCursor);
    this.more = false;
    if (!answer.ok || call !== this.calls) return;
    const known = new Set(this.items.map(({ id }) => id));
    this.items = [...this.items, ...answer.value.items.filter(({ id }) => !known.has(id))];
    this.nextCursor = answer.value.nextCursor;
  }
}

define('conv-tickets', ConvTickets);

declare global {
  interface HTMLElementTagNameMap {
    'conv-tickets': ConvTickets;
  }
}
