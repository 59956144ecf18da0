import { html, nothing, type TemplateResult } from 'lit';
import type { Priority } from '../../server/contract/common.ts';
import type { PatchTicket, Ticket, TicketWithSnapshot } from '../../server/contract/ticket.ts';
import type { desk } from '../locales/en/desk.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Tickets } from '../store/tickets.ts';
import { webAddress } from '../ui/attached.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, clock, lock, out, refresh } from '../ui/icons.ts';
import { chip, urgentMark } from '../ui/marks.ts';
import { dayAndTime, fullTime, number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { snapshotLines } from './ticket-snapshot.ts';
import { fault } from './why.ts';

const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

/** Where a ticket stands. */
export const statusChip = (status: Ticket['status'], { t }: Spoken<typeof desk>): TemplateResult =>
  chip(status === 'open' ? 'copper' : status === 'pending' ? 'ochre' : 'plain', t.tickets.statuses[status]);

/** Says what is urgent; the rest need no word. */
export const priorityMark = (priority: Priority, { t }: Spoken<typeof operator>): unknown =>
  priority === 'urgent' ? urgentMark(t.shared.priority.urgent) : html`<span></span>`;

/** One ticket: what can be changed on it, how the tracker took it, and its snapshot. */
export class TicketPane {
  private id?: string;
  private mark = -1;
  private ticket?: TicketWithSnapshot;
  private failed = false;
  private refusal?: string;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof desk>,
    private readonly common: Spoken<typeof operator>,
  ) {}

  /** Shows a ticket; reads it again where `mark` is another than before. */
  follow(id: string | undefined, mark: number): void {
    if (id === this.id && mark === this.mark) return;
    if (id !== this.id) Object.assign(this, { ticket: undefined, failed: false, refusal: undefined });
    this.id = id;
    this.mark = mark;
    if (id) void this.read(id);
  }

  get heading(): unknown {
    return this.ticket ? this.words.t.tickets.number(number(this.words.tag, this.ticket.number)) : '';
  }

  render(): TemplateResult {
    const {
      words: { t, tag },
      ticket,
    } = this;
    if (!ticket) {
      if (!this.failed) return html`<div class="bones" role="status"><span class="sr">${t.tickets.loading}</span><span class="bone"></span></div>`;
      return blank(
        {
          glyph: alert,
          ...t.tickets.failedOne,
          acts: html`<button type="button" class="btn" @click=${() => this.id && void this.read(this.id)}>${icon(refresh)}${this.common.t.common.retry}</button>`,
        },
        true,
      );
    }
    const { snapshot } = ticket;
    const count = (kinds: readonly string[]): string => number(tag, snapshot.messages.filter(({ kind }) => kinds.includes(kind)).length);
    return html`<div class="ticket"><h3 class="ticket-title"><bdi>${ticket.title}</bdi></h3>${ticket.description ? html`<p class="ticket-text" dir="auto">${ticket.description}</p>` : nothing}
      ${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      <div class="ticket-fields">${this.choice(
        'status',
        t.tickets.status,
        (['open', 'pending', 'solved'] as const).map((one) => [one, t.tickets.statuses[one]]),
        ticket.status,
      )}${this.choice('assigneeId', t.tickets.assignee, this.people(ticket), ticket.assignee?.id ?? '')}${this.choice(
        'priority',
        t.tickets.priority,
        priorities.map((one) => [one, this.common.t.shared.priority[one]]),
        ticket.priority,
      )}</div>
      <dl class="ticket-facts"><dt>${t.tickets.by}</dt><dd>${t.tickets.createdBy(ticket.createdBy.name, fullTime(tag, ticket.createdAt))}</dd>${
        ticket.contact ? html`<dt>${t.tickets.customer}</dt><dd><bdi>${called(ticket.contact, this.common)}</bdi></dd>` : nothing
      }${this.tracker(ticket)}</dl>
      <p>${ticket.conversationId ? html`<button type="button" class="btn" @click=${this.openConversation}>${t.tickets.conversation}</button>` : t.tickets.gone}</p>
      <section class="ticket-snapshot" aria-label=${t.tickets.snapshot(dayAndTime(tag, snapshot.takenAt))}><h4>${icon(lock, 'sm')}${t.tickets.snapshot(dayAndTime(tag, snapshot.takenAt))}</h4><p class="dim">${t.tickets.unchanged} ${t.tickets.items(
        count(['message', 'call']),
        count(['note']),
        count(['system', 'skill', 'activity']),
      )}</p>${snapshotLines(snapshot.messages, this.words)}</section></div>`;
  }

  private people(ticket: Ticket): [string, string][] {
    const { store } = this.host;
    const all = (store?.get().lists.operators?.items ?? [])
      .filter(({ id, active }) => active || id === ticket.assignee?.id)
      .map(({ id, name }): [string, string] => [id, name]);
    const known = ticket.assignee && !all.some(([id]) => id === ticket.assignee?.id) ? [[ticket.assignee.id, ticket.assignee.name] as [string, string]] : [];
    return [['', this.words.t.tickets.nobody], ...known, ...all];
  }

  private choice(field: 'status' | 'assigneeId' | 'priority', label: string, options: readonly (readonly [string, string])[], now: string): TemplateResult {
    const changed = ({ target }: Event): void => {
      const { value } = target as HTMLSelectElement;
      void this.patch({ [field]: value || null } as PatchTicket, { [field]: now || null } as PatchTicket);
    };
    return html`<label><span class="label">${label}</span><select class="field" ?disabled=${this.busy} @change=${changed}>${options.map(([value, name]) => html`<option value=${value} .selected=${value === now}>${name}</option>`)}</select></label>`;
  }

  private tracker({ tracker }: Ticket): unknown {
    if (!tracker) return nothing;
    const { t, tag } = this.words;
    const { status, error, why, attempts, nextAttemptAt, id, url } = tracker;
    const address = webAddress(url ?? '');
    return html`<dt>${t.tickets.tracker}</dt><dd class="tracker ${status === 'failed' ? 'bad' : ''}">${icon(status === 'sent' ? check : status === 'failed' ? alert : clock, 'sm')}<span>${t.tickets.trackerState[status]}${
      attempts > 1 ? `. ${t.tickets.tried(number(tag, attempts))}` : ''
    }${nextAttemptAt ? `. ${t.tickets.again(dayAndTime(tag, nextAttemptAt))}` : ''}${error ? html`. ${fault(error, why)}` : nothing}</span>${id ? html` <bdi class="num">${id}</bdi>` : nothing}${
      address ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${icon(out, 'sm')}${t.tickets.openThere}</a>` : nothing
    }${status === 'failed' ? html`<button type="button" class="btn sm" @click=${this.resend}>${icon(refresh)}${t.tickets.resend}</button>` : nothing}</dd>`;
  }

  private async read(id: string): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const answer = await new Tickets(store.core).read(id);
    if (id !== this.id) return;
    this.failed = !answer.ok;
    if (answer.ok) this.ticket = answer.value;
    this.host.requestUpdate();
  }

  /** Changes the ticket, with a way back. */
  private async patch(change: PatchTicket, before?: PatchTicket): Promise<void> {
    const {
      host: { store },
      ticket,
    } = this;
    if (!store || !ticket || this.busy) return;
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const answer = await new Tickets(store.core).patch(ticket.id, ticket.version, change);
    this.busy = false;
    const { t } = this.words;
    if (this.id === ticket.id) {
      if (answer.ok) this.ticket = answer.value;
      else {
        this.refusal = answer.problem.code === 'stale_version' ? t.tickets.stale : t.tickets.refused;
        void this.read(ticket.id);
      }
    }
    if (answer.ok && before) {
      const { common } = this.common.t;
      toast(this.host, { text: t.tickets.saved, dismiss: common.dismiss, acts: [{ label: common.undo, undo: true, run: () => void this.patch(before) }] });
    }
    this.host.requestUpdate();
  }

  private readonly resend = async (): Promise<void> => {
    const {
      host: { store },
      ticket,
    } = this;
    if (!store || !ticket) return;
    const answer = await new Tickets(store.core).resend(ticket.id);
    if (answer.ok && this.ticket?.id === ticket.id) this.ticket = { ...this.ticket, ...answer.value };
    this.host.requestUpdate();
  };

  private readonly openConversation = (): void => {
    const conversationId = this.ticket?.conversationId;
    if (conversationId) this.host.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId }, bubbles: true, composed: true }));
  };
}
