import { html, nothing, type TemplateResult } from 'lit';
import type { Priority } from '../../server/contract/common.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { deskTexts } from '../locales/desk.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { threadOf } from '../store/select.ts';
import { Tickets } from '../store/tickets.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { lock } from '../ui/icons.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { dayAndTime, number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words, type Spoken } from '../ui/words.ts';
import { adoptSnapshot } from './ticket-sheet.ts';
import { snapshotLines } from './ticket-snapshot.ts';
import { openTickets } from './tickets-window.ts';

const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
/** So many of the newest messages stand beside the form. */
const preview = 4;

/** Makes a ticket of a conversation. For hosts with the sheets of dialogs, fields, faces and buttons. */
export class TicketDialog {
  private readonly dialog: Dialog;
  private readonly words: Spoken<typeof deskTexts.english>;
  private conversation?: SharedConversation;
  private title = '';
  private description = '';
  private priority: Priority = 'normal';
  private assigneeId = '';
  private refusal?: string;
  private busy = false;
  private passedOn = false;
  private key = '';

  constructor(
    private readonly host: StoreElement,
    private readonly common: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
    this.words = words(host, deskTexts);
  }

  show(conversation: SharedConversation): void {
    const { store } = this.host;
    adoptSnapshot(this.host);
    Object.assign(this, {
      conversation,
      title: (conversation.subject ?? '').slice(0, 200),
      description: '',
      priority: conversation.priority,
      assigneeId: '',
      refusal: undefined,
      key: crypto.randomUUID(),
    });
    store?.settings.need('operators');
    if (store)
      void new Tickets(store.core).tracker().then((answer) => {
        this.passedOn = answer.ok && answer.value.url !== null;
        this.host.requestUpdate();
      });
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { tickets } = this.words.t;
      const { t } = this.common;
      const untitled = this.refusal === tickets.needTitle;
      const refusal = this.refusal ? html`<p class="refusal" id="ticket-refusal" role="alert">${this.refusal}</p>` : nothing;
      const operators = (this.host.store?.get().lists.operators?.items ?? []).filter(({ active }) => active);
      return {
        title: tickets.create,
        close: t.common.close,
        wide: true,
        body: html`<div class="dialog-body"><div><label class="label" for="ticket-title">${tickets.name}</label><input class="field" id="ticket-title" autofocus required maxlength="200" dir="auto" .value=${this.title} aria-invalid=${untitled ? 'true' : nothing} aria-describedby=${untitled ? 'ticket-refusal' : nothing}
              @input=${this.keep('title')}>${untitled ? refusal : nothing}</div>
          <div class="pair"><div><label class="label" for="ticket-priority">${tickets.priority}</label><select class="field" id="ticket-priority" @change=${this.keep('priority')}>${priorities.map(
            (one) => html`<option value=${one} .selected=${one === this.priority}>${t.shared.priority[one]}</option>`,
          )}</select></div><div><label class="label" for="ticket-assignee">${tickets.assignee}</label><select class="field" id="ticket-assignee" @change=${this.keep('assigneeId')}><option value="">${tickets.nobody}</option>${operators.map(
            ({ id, name }) => html`<option value=${id} .selected=${id === this.assigneeId}>${name}</option>`,
          )}</select></div></div>
          <div><label class="label" for="ticket-text">${tickets.description} <small>${t.common.optional}</small></label><textarea class="field" id="ticket-text" rows="4" maxlength="65536" dir="auto" .value=${this.description} @input=${this.keep('description')}></textarea></div>${
            untitled ? nothing : refusal
          }</div>${this.aside()}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy} aria-keyshortcuts=${ariaKeys('mod+enter')}>${tickets.create} <kbd>${keyHint('mod+enter')}</kbd></button>`,
        submit: () => void this.submit(),
      };
    });
  }

  /** What the snapshot will hold, as far as it is loaded here. */
  private aside(): TemplateResult {
    const {
      tag,
      t: { tickets },
    } = this.words;
    const { store } = this.host;
    const items = store && this.conversation ? threadOf(store.get(), this.conversation.id).items : [];
    return html`<aside><h4>${icon(lock, 'sm')}${tickets.snapshot(dayAndTime(tag, Date.now()))}</h4><p>${tickets.unchanged}</p>${snapshotLines(items.filter(({ kind }) => kind === 'message' || kind === 'note').slice(-preview), this.words, true)}${
      this.passedOn ? html`<p class="dim at-end">${tickets.toTracker}</p>` : nothing
    }</aside>`;
  }

  private keep(field: 'title' | 'description' | 'priority' | 'assigneeId') {
    return ({ target }: Event): void => {
      Object.assign(this, { [field]: (target as HTMLInputElement).value });
      this.key = crypto.randomUUID();
    };
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    const { conversation, busy } = this;
    if (!store || !conversation || busy) return;
    const { tickets } = this.words.t;
    const title = this.title.trim();
    this.refusal = title === '' ? tickets.needTitle : undefined;
    this.busy = title !== '';
    this.host.requestUpdate();
    if (title === '') return void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('#ticket-title')?.focus());
    const answer = await new Tickets(store.core).create(
      conversation.id,
      { title, description: this.description, priority: this.priority, assigneeId: this.assigneeId || null },
      this.key,
    );
    this.busy = false;
    if (answer.ok) {
      this.dialog.close();
      const { number: n, id } = answer.value;
      toast(this.host, {
        text: tickets.created(number(this.words.tag, n)),
        dismiss: this.common.t.common.dismiss,
        acts: [{ label: tickets.open, run: () => openTickets(this.host, id) }],
      });
    } else this.refusal = tickets.refused;
    this.host.requestUpdate();
  }
}
