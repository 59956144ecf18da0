import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { handoff } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';
import { quietly } from './dialog-refusal.ts';

/** Hands a conversation to people by hand, with route, department and reason. For hosts with the sheets of dialogs, fields and buttons. */
export class HandOffDialog {
  private readonly dialog: Dialog;
  private id?: string;
  private routeId = '';
  private departmentId = '';
  private reason = '';
  private refusal?: string;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
  }

  show({ id }: SharedConversation): void {
    this.id = id;
    this.routeId = '';
    this.departmentId = '';
    this.reason = '';
    this.refusal = undefined;
    this.host.store?.settings.need('routes', 'departments');
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      const { handOffDialog, aiDialog } = t.thread;
      const lists = this.host.store?.get().lists;
      const routes = (lists?.routes?.items ?? []).filter(({ active }) => active);
      return {
        title: handOffDialog.title,
        lead: handOffDialog.lead,
        close: t.common.close,
        body: html`<label><span class="label">${handOffDialog.route}</span><select class="field" autofocus .value=${this.routeId} @change=${(event: Event) => (this.routeId = value(event))}>
            <option value="">${handOffDialog.anyRoute}</option>${routes.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}</select></label>
          <label><span class="label">${handOffDialog.department}</span><select class="field" .value=${this.departmentId} @change=${(event: Event) => (this.departmentId = value(event))}>
            <option value="">${handOffDialog.anyDepartment}</option>${(lists?.departments?.items ?? []).map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select></label>
          <label><span class="label">${aiDialog.reason} <small>${aiDialog.reasonHint}</small></span><input class="field" maxlength="1000" dir="auto" .value=${this.reason}
            @input=${(event: Event) => (this.reason = value(event))}></label>${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary"
            ?disabled=${this.busy}>${icon(handoff)}${handOffDialog.confirm}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    if (!store || !this.id || this.busy) return;
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const { routeId, departmentId, reason } = this;
    const body = { ...(routeId ? { routeId } : {}), ...(departmentId ? { departmentId } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const answer = await quietly(store, store.conversations.handOff(this.id, body));
    this.busy = false;
    if (answer.ok) this.dialog.close();
    else this.refusal = this.words.t.thread.aiDialog.failed;
    this.host.requestUpdate();
  }
}

const value = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
