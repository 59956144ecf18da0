import { html, nothing, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import type { PoolWords } from './pool-row.ts';

const kinds = ['linkedin', 'meeting_booked', 'meeting_cancelled', 'opportunity_stage', 'sequence_enrolled', 'custom'] as const;
type Kind = (typeof kinds)[number];
/** What people do on LinkedIn. */
export const linkedinActs = ['connection_request', 'message', 'comment'] as const;

/** Logs by hand what happened elsewhere: on LinkedIn, in a meeting. For hosts with the sheets of dialogs, fields and buttons. */
export class LogDialog {
  private readonly dialog: Dialog;
  private conversation?: string;
  private kind: Kind = 'linkedin';
  private act: (typeof linkedinActs)[number] = 'message';
  private text = '';
  private refused = false;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
  ) {
    this.dialog = new Dialog(host);
  }

  show(conversation: string): void {
    this.conversation = conversation;
    this.text = '';
    this.refused = false;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      return {
        title: t.details.logTitle,
        close: t.common.close,
        body: html`<div><label class="label" for="log-kind">${t.details.logKind}</label><select id="log-kind" class="field" @change=${this.handleKind}>${kinds.map(
            (kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${t.details.kinds[kind]}</option>`,
          )}</select></div>${
            this.kind === 'linkedin'
              ? html`<div><label class="label" for="log-act">${t.details.linkedinAct}</label><select id="log-act" class="field" @change=${(event: Event) => (this.act = (event.target as HTMLSelectElement).value as typeof this.act)}>${linkedinActs.map(
                  (act) => html`<option value=${act} ?selected=${act === this.act}>${t.details.linkedin[act]}</option>`,
                )}</select></div>`
              : nothing
          }<div><label class="label" for="log-text">${t.details.logText}</label><textarea id="log-text" class="field" rows="3" dir="auto" .value=${this.text}
            @input=${(event: InputEvent) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea></div>${this.refused ? html`<p class="refusal" role="alert">${t.details.logFailed}</p>` : nothing}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy}>${t.details.logged}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private readonly handleKind = (event: Event): void => {
    this.kind = (event.target as HTMLSelectElement).value as Kind;
    this.host.requestUpdate();
  };

  private async submit(): Promise<void> {
    const { store } = this.host;
    const text = this.text.trim();
    if (!store || !this.conversation || !text || this.busy) return;
    this.busy = true;
    const answer = await store.contacts.logActivity(this.conversation, { kind: this.kind, text, ...(this.kind === 'linkedin' && { data: { activity: this.act } }) });
    this.busy = false;
    this.refused = !answer.ok;
    if (answer.ok) this.dialog.close();
    this.host.requestUpdate();
  }
}
