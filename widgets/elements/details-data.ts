/** Everything that is kept of a contact, for admins: exported as one file, or erased for good. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ContactRef } from '../../server/contract/conversation.ts';
import { dataTexts } from '../locales/data.ts';
import { ContactDataCalls } from '../store/contact-data.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, file } from '../ui/icons.ts';
import { saveFile } from '../ui/save-file.ts';
import { toast } from '../ui/toast.ts';
import { words as ownWords, type Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import type { PoolWords } from './pool-row.ts';

/** For hosts with the sheets of dialogs, fields and buttons. */
export class ContactData {
  private readonly dialog: Dialog;
  private readonly texts: Spoken<typeof dataTexts.english>;
  private contact?: ContactRef;
  private reason = '';
  private sure = false;
  private busy?: 'export' | 'erase';
  private failed?: 'export' | 'erase';

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
  ) {
    this.dialog = new Dialog(host);
    this.texts = ownWords(host, dataTexts);
  }

  show(contact: ContactRef): void {
    this.contact = contact;
    this.reason = '';
    this.sure = false;
    this.failed = undefined;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.texts;
      const { busy } = this;
      return {
        title: t.eraseTitle(called(this.contact, this.words)),
        close: t.common.close,
        body: html`<div><button type="button" class="btn" data-act="export" ?disabled=${busy !== undefined} @click=${() => void this.export()}>${icon(file)}${busy === 'export' ? t.exporting : t.export}</button>${this.refusal('export', t.exportFailed)}</div>
          <p>${t.eraseText}</p><p>${t.eraseStays}</p>
          <div><label class="label" for="erase-reason">${t.reason}</label><input id="erase-reason" class="field" maxlength="500" dir="auto" autocomplete="off" .value=${this.reason} @input=${this.handleReason}><p class="hint">${t.reasonHint}</p></div>
          <label class="check"><input type="checkbox" .checked=${this.sure} @change=${this.handleSure}> ${t.sure}</label>${this.refusal('erase', t.eraseFailed)}`,
        foot: html`<button type="button" class="btn lg push" autofocus @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg danger primary" data-act="erase"
            ?disabled=${busy !== undefined || !this.sure || this.reason.trim() === ''}>${t.confirm}</button>`,
        submit: () => void this.erase(),
      };
    });
  }

  private refusal(of: 'export' | 'erase', text: string): TemplateResult | typeof nothing {
    return this.failed === of ? html`<p class="refusal" role="alert">${icon(alert)}${text}</p>` : nothing;
  }

  private async export(): Promise<void> {
    const { store } = this.host;
    const { contact } = this;
    if (!store || !contact) return;
    await this.doing('export', async () => {
      const all = await new ContactDataCalls(store.core).exportAll(contact.id);
      if (all) saveFile(all, `contact-${contact.id}.json`);
      return all !== undefined;
    });
  }

  private async erase(): Promise<void> {
    const { store } = this.host;
    const { contact } = this;
    if (!store || !contact || !this.sure || this.reason.trim() === '') return;
    const done = await this.doing('erase', () => new ContactDataCalls(store.core).erase(contact.id, this.reason.trim()));
    if (!done) return;
    this.dialog.close();
    // What it stood in may have gone before it, with the contact.
    this.dialog.open = false;
    toast(this.host, { text: this.texts.t.erased, dismiss: this.texts.t.common.dismiss });
  }

  private async doing(what: 'export' | 'erase', act: () => Promise<boolean>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = what;
    this.failed = undefined;
    this.host.requestUpdate();
    const done = await act();
    this.busy = undefined;
    this.failed = done ? undefined : what;
    this.host.requestUpdate();
    return done;
  }

  private readonly handleReason = (event: Event): void => {
    this.reason = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };

  private readonly handleSure = (event: Event): void => {
    this.sure = (event.target as HTMLInputElement).checked;
    this.host.requestUpdate();
  };
}
