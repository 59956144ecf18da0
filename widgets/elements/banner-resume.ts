import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { robot } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import type { Spoken } from '../ui/words.ts';
import { quietly } from './dialog-refusal.ts';

/** Asks before an agent speaks again, with room for a reason. For hosts with the sheets of dialogs, fields and buttons. */
export class ResumeDialog {
  private readonly dialog: Dialog;
  private conversation?: SharedConversation;
  private reason = '';
  private refusal?: string;
  /** The conversation that is being resumed just now: until it is, it stays on screen as it was. */
  underway?: SharedConversation;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
  }

  show(conversation: SharedConversation): void {
    this.conversation = conversation;
    this.reason = '';
    this.refusal = undefined;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    const { t } = this.words;
    const { banner, aiDialog } = t.thread;
    const agent = this.conversation?.agent?.name ?? '';
    return this.dialog.render(() => ({
      title: banner.resumeTitle(agent),
      lead: sentence(banner.resumeLead(apart(agent))),
      close: t.common.close,
      body: html`<label><span class="label">${aiDialog.reason} <small>${aiDialog.reasonHint}</small></span><input class="field" autofocus maxlength="1000" dir="auto" .value=${this.reason}
          @input=${this.handleInput}></label>${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary"
          ?disabled=${this.underway !== undefined}>${icon(robot)}<span class="cut">${banner.resume(agent)}</span></button>`,
      submit: () => void this.submit(),
    }));
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    if (!store || !this.conversation || this.underway) return;
    this.underway = this.conversation;
    this.refusal = undefined;
    this.host.requestUpdate();
    const answer = await quietly(store, store.conversations.resume(this.conversation.id, this.reason.trim() || undefined));
    this.underway = undefined;
    const { banner, aiDialog } = this.words.t.thread;
    if (answer.ok) this.dialog.close();
    else if (answer.problem.code === 'no_agent') this.refusal = banner.no_agent;
    else if (answer.problem.code === 'agent_inactive') this.refusal = banner.agent_inactive(this.conversation.agent?.name ?? '');
    else this.refusal = aiDialog.failed;
    this.host.requestUpdate();
  }

  private readonly handleInput = (event: InputEvent): void => void (this.reason = (event.target as HTMLInputElement).value);
}
