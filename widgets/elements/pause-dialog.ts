import { html, nothing, type TemplateResult } from 'lit';
import type { ContactRef } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { pause } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { quietly } from './dialog-refusal.ts';

/** Pauses AI for a contact, with the reason that others will read. For hosts with the sheets of dialogs, fields and buttons. */
export class PauseDialog {
  private readonly dialog: Dialog;
  private contact?: ContactRef;
  private reason = '';
  private refused = false;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
  }

  show(contact: ContactRef): void {
    this.contact = contact;
    this.reason = '';
    this.refused = false;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      const { pauseDialog, aiDialog } = t.thread;
      return {
        title: pauseDialog.title(called(this.contact, this.words)),
        close: t.common.close,
        body: html`<div><label class="label" for="pause-reason">${pauseDialog.reason} <small>${t.common.optional}</small></label><textarea id="pause-reason" class="field" autofocus rows="2" maxlength="1000" dir="auto"
            placeholder=${pauseDialog.placeholder} .value=${this.reason} @input=${this.handleInput}></textarea><p class="hint">${pauseDialog.hint}</p></div>${
              this.refused ? html`<p class="refusal" role="alert">${aiDialog.failed}</p>` : nothing
            }`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary"
            ?disabled=${this.busy}>${icon(pause)}${pauseDialog.confirm}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    if (!store || !this.contact || this.busy) return;
    this.busy = true;
    this.refused = false;
    this.host.requestUpdate();
    const answer = await quietly(store, store.contacts.pauseAi(this.contact.id, this.reason.trim() || undefined));
    this.busy = false;
    this.refused = !answer.ok;
    if (answer.ok) this.dialog.close();
    this.host.requestUpdate();
  }

  private readonly handleInput = (event: InputEvent): void => void (this.reason = (event.target as HTMLTextAreaElement).value);
}
