import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Ticket } from '../../server/contract/ticket.ts';
import { deskTexts } from '../locales/desk.ts';
import type { StoreElement } from '../store/element.ts';
import { Tickets } from '../store/tickets.ts';
import { icon } from '../ui/icon.ts';
import { plus, ticket as ticketGlyph } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { words, type Spoken } from '../ui/words.ts';
import type { PoolWords } from './pool-row.ts';
import type { ThreadDesk } from './thread-desk.ts';
import { statusChip } from './ticket-pane.ts';
import { openTickets } from './tickets-window.ts';

/** The tickets of a conversation, in its side panel; each opens with its snapshot. */
export class TicketsSection {
  private readonly texts: Spoken<typeof deskTexts.english>;
  private desk?: ThreadDesk;
  private items?: readonly Ticket[];
  private failed = false;
  /** What was last read, and for which state of the tickets. */
  private read = '';

  constructor(
    private readonly host: StoreElement,
    private readonly common: PoolWords,
  ) {
    this.texts = words(host, deskTexts);
  }

  render(conversation: SharedConversation, changes: number): TemplateResult {
    const { t, tag } = this.texts;
    this.follow(conversation.id, changes);
    const { items } = this;
    return html`<section class="sec" aria-label=${t.tickets.title}><header><h3>${t.tickets.title}</h3><button type="button" class="btn ghost sm icon" aria-label=${t.tickets.create} @click=${() => void this.create(conversation)}>${icon(plus)}</button></header>${
      this.failed
        ? html`<p class="dim" role="alert">${t.tickets.failed.title} <button type="button" class="linkish" @click=${() => void this.load(conversation.id)}>${this.common.t.common.retry}</button></p>`
        : items?.length === 0
          ? html`<p class="dim">${t.tickets.noneHere}</p>`
          : nothing
    }${
      items?.length
        ? html`<ul class="tickets">${items.map((one) => html`<li>${icon(ticketGlyph)}<button type="button" class="linkish ticket-link" @click=${() => openTickets(this.host, one.id)}><span class="num">${number(tag, one.number)}</span> <bdi>${one.title}</bdi></button>${statusChip(one.status, this.texts)}</li>`)}</ul>`
        : nothing
    }<button type="button" class="linkish" @click=${() => openTickets(this.host)}>${t.tickets.all}</button></section>`;
  }

  /** Its dialog; it stands last in the template. */
  dialog(): unknown {
    return this.desk?.render() ?? nothing;
  }

  private follow(id: string, changes: number): void {
    const wanted = `${id} ${changes}`;
    if (wanted === this.read) return;
    if (!this.read.startsWith(id)) this.items = undefined;
    this.read = wanted;
    void this.load(id);
  }

  private async load(id: string): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const answer = await new Tickets(store.core).list({ conversationId: id });
    if (!this.read.startsWith(id)) return;
    this.failed = !answer.ok;
    if (answer.ok) this.items = answer.value.items;
    this.host.requestUpdate();
  }

  private async create(conversation: SharedConversation): Promise<void> {
    this.desk ??= new (await import('./thread-desk.ts')).ThreadDesk(this.host, this.common);
    this.desk.createTicket(conversation);
  }
}
