import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Operator } from '../../server/contract/operator.ts';
import { deskTexts } from '../locales/desk.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { search } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { words, type Spoken } from '../ui/words.ts';
import { toast } from '../ui/toast.ts';
import { quietly } from './dialog-refusal.ts';

/** So many are shown; whoever is not among them is found by typing. */
const most = 40;

const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** Asks another operator to take a conversation; it changes hands when that one accepts. For hosts with the sheets of dialogs, fields, options, faces and buttons. */
export class TransferToPersonDialog {
  private readonly dialog: Dialog;
  private readonly words: Spoken<typeof deskTexts.english>;
  private conversation?: SharedConversation;
  private chosen?: string;
  private note = '';
  private found = '';
  private refusal?: string;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly common: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
    this.words = words(host, deskTexts);
  }

  show(conversation: SharedConversation): void {
    Object.assign(this, { conversation, chosen: undefined, note: '', found: '', refusal: undefined });
    this.host.store?.settings.need('operators');
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { transfer } = this.words.t;
      const { t } = this.common;
      const people = this.people;
      const shown = people
        .filter(({ name, email }) => `${name} ${email ?? ''}`.toLocaleLowerCase().includes(this.found.trim().toLocaleLowerCase()))
        .slice(0, most);
      const chosen = people.find(({ id }) => id === this.chosen);
      return {
        title: transfer.title,
        lead: transfer.lead,
        close: t.common.close,
        body:
          people.length === 0
            ? html`<p>${transfer.alone}</p>`
            : html`<label class="with-icon">${icon(search)}<span class="sr">${transfer.find}</span><input class="field" type="search" autofocus dir="auto" placeholder=${transfer.findHint} .value=${this.found} @input=${this.handleFind}></label>
          ${shown.length > 0 ? html`<fieldset class="options people"><legend class="sr">${transfer.teammate}</legend>${shown.map((one) => this.option(one))}</fieldset>` : html`<p role="status">${transfer.none}</p>`}
          <div><label class="label" for="transfer-note">${transfer.note(chosen ? firstName(chosen.name) : transfer.teammate)} <small>${t.common.optional}</small></label><textarea id="transfer-note" class="field" rows="2" maxlength="1000" dir="auto" .value=${this.note} @input=${this.handleNote}></textarea></div>${
            this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing
          }`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy || !chosen}><span class="cut">${transfer.ask(
          chosen ? firstName(chosen.name) : '…',
        )}</span></button>`,
        submit: () => void this.submit(),
      };
    });
  }

  /** Whoever could be asked: those who are here first. */
  private get people(): readonly Operator[] {
    const state = this.host.store?.get();
    if (!state) return [];
    const here = (id: string): number => Number(state.presence[id] !== undefined);
    return (state.lists.operators?.items ?? [])
      .filter(({ id, active }) => active && id !== state.me?.id && id !== this.conversation?.assignee?.id)
      .toSorted((one, other) => here(other.id) - here(one.id) || one.name.localeCompare(other.name));
  }

  private option(one: Operator): TemplateResult {
    const { transfer } = this.words.t;
    const here = this.host.store?.get().presence[one.id] !== undefined;
    return html`<label class="option"><input type="radio" class="box" name="person" .checked=${one.id === this.chosen} @change=${() => this.choose(one.id)}>${face(one, 24)}<span><b><bdi>${one.name}</bdi></b><small><i class="online ${here ? '' : 'away'}"></i>${
      here ? transfer.here : transfer.away
    }</small></span></label>`;
  }

  private choose(id: string): void {
    this.chosen = id;
    this.refusal = undefined;
    this.host.requestUpdate();
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    const { conversation, chosen } = this;
    if (!store || !conversation || !chosen || this.busy) return;
    const to = this.people.find(({ id }) => id === chosen);
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const answer = await quietly(store, store.conversations.transfer(conversation.id, chosen, this.note.trim() || undefined));
    this.busy = false;
    const { transfer } = this.words.t;
    if (answer.ok) {
      this.dialog.close();
      const { t } = this.common;
      const takeBack = (): void => void store.conversations.cancelTransfer(answer.value.id);
      toast(this.host, { text: transfer.asked(to?.name ?? ''), dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: takeBack }] });
    } else this.refusal = answer.problem.code === 'transfer_pending' ? transfer.pending : transfer.failed;
    this.host.requestUpdate();
  }

  private readonly handleFind = (event: InputEvent): void => {
    this.found = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };

  private readonly handleNote = (event: InputEvent): void => void (this.note = (event.target as HTMLTextAreaElement).value);
}
