import { html, nothing, type TemplateResult } from 'lit';
import type { contact as contactWords } from '../locales/en/contact.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import type { Spoken } from '../ui/words.ts';
import type { PoolWords } from './pool-row.ts';

const kinds = ['linkedin', 'meeting_booked', 'meeting_cancelled', 'opportunity_stage', 'sequence_enrolled', 'custom'] as const;
export type LogKind = (typeof kinds)[number];

/** Kinds of which one more thing is asked, which the panel shows as a fact: under which name it is kept. */
const more = { meeting_booked: 'startsAt', opportunity_stage: 'stage', sequence_enrolled: 'sequence' } as const;
const hasMore = (kind: LogKind): kind is keyof typeof more => Object.hasOwn(more, kind);
/** What people do on LinkedIn. */
export const linkedinActs = ['connection_request', 'message', 'comment'] as const;

/** Logs by hand what happened elsewhere: on LinkedIn, in a meeting. For hosts with the sheets of dialogs, fields and buttons. */
export class LogDialog {
  private readonly dialog: Dialog;
  private conversation?: string;
  private kind: LogKind = 'linkedin';
  private act: (typeof linkedinActs)[number] = 'message';
  private text = '';
  /** What is asked beside the text, by kind. */
  private extra = '';
  private refused = false;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly texts: Spoken<typeof contactWords>,
  ) {
    this.dialog = new Dialog(host);
  }

  show(conversation: string, kind?: LogKind): void {
    this.conversation = conversation;
    this.kind = kind ?? this.kind;
    this.text = '';
    this.extra = '';
    this.refused = false;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const {
        words: { t },
        texts: { t: own },
      } = this;
      return {
        title: own.logTitle,
        close: t.common.close,
        body: html`<div><label class="label" for="log-kind">${own.logKind}</label><select id="log-kind" class="field" @change=${this.handleKind}>${kinds.map(
          (kind) => html`<option value=${kind} .selected=${kind === this.kind}>${own.logKinds[kind]}</option>`,
        )}</select></div>${
          this.kind === 'linkedin'
            ? html`<div><label class="label" for="log-act">${own.linkedinAct}</label><select id="log-act" class="field" @change=${(event: Event) => (this.act = (event.target as HTMLSelectElement).value as typeof this.act)}>${linkedinActs.map(
                (act) => html`<option value=${act} .selected=${act === this.act}>${own.linkedin[act]}</option>`,
              )}</select></div>`
            : hasMore(this.kind)
              ? this.asks(more[this.kind])
              : nothing
        }<div><label class="label" for="log-text">${own.logText}</label><textarea id="log-text" class="field" rows="3" dir="auto" .value=${this.text}
            @input=${(event: InputEvent) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea></div>${this.refused ? html`<p class="refusal" role="alert">${own.logFailed}</p>` : nothing}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy}>${own.logged}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private asks(what: (typeof more)[keyof typeof more]): TemplateResult {
    const { t } = this.texts;
    const label = { startsAt: t.startsAt, stage: t.stage, sequence: t.sequenceName }[what];
    return html`<div><label class="label" for="log-extra">${label} <small>${this.words.t.common.optional}</small></label><input id="log-extra" class="field" type=${what === 'startsAt' ? 'datetime-local' : 'text'} maxlength="200" dir="auto"
      .value=${this.extra} @input=${(event: InputEvent) => (this.extra = (event.target as HTMLInputElement).value)}></div>`;
  }

  /** What is kept beside the text. */
  private data(): Record<string, string> | undefined {
    if (this.kind === 'linkedin') return { activity: this.act };
    const extra = this.extra.trim();
    if (!hasMore(this.kind) || !extra) return undefined;
    const at = this.kind === 'meeting_booked' ? new Date(extra) : undefined;
    if (at && Number.isNaN(at.getTime())) return undefined;
    return { [more[this.kind]]: at ? at.toISOString() : extra };
  }

  private readonly handleKind = (event: Event): void => {
    this.kind = (event.target as HTMLSelectElement).value as LogKind;
    this.extra = '';
    this.host.requestUpdate();
  };

  private async submit(): Promise<void> {
    const { store } = this.host;
    const text = this.text.trim();
    if (!store || !this.conversation || !text || this.busy) return;
    this.busy = true;
    const answer = await store.contacts.logActivity(this.conversation, { kind: this.kind, text, data: this.data() });
    this.busy = false;
    this.refused = !answer.ok;
    if (answer.ok) this.dialog.close();
    this.host.requestUpdate();
  }
}
