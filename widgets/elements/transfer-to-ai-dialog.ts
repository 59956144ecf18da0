import { html, nothing, type TemplateResult } from 'lit';
import type { Agent } from '../../server/contract/settings.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { ProblemCode } from '../store/problem.ts';
import { activeAgents, conversationOf } from '../store/select.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { handoff as handoffGlyph, info, robot } from '../ui/icons.ts';
import { bot } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { languageTitle } from '../ui/languages.ts';
import { listed, timeOfDay } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { calledShort } from './called.ts';
import { quietly } from './dialog-refusal.ts';

const inPlace = ['agent_inactive', 'reply_mode_off', 'contact_paused'] as const;
const isTold = (code: ProblemCode): code is (typeof inPlace)[number] => (inPlace as readonly string[]).includes(code);

/** Gives a conversation to one of the active agents. For hosts with the sheets of dialogs, fields, options, faces and buttons. */
export class TransferToAiDialog {
  private readonly dialog: Dialog;
  private id?: string;
  private chosen?: string;
  private reason = '';
  private refusal?: string;
  private busy = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.dialog = new Dialog(host);
  }

  /** Opens it for a conversation; its own agent is chosen where that is active. */
  show(conversation: SharedConversation): void {
    this.id = conversation.id;
    this.chosen = conversation.agent?.id;
    this.reason = '';
    this.refusal = undefined;
    this.host.store?.settings.need('agents');
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t, tag } = this.words;
      const { aiDialog } = t.thread;
      const conversation = this.conversation;
      const agents = this.agents;
      return {
        title: aiDialog.title,
        lead: sentence(aiDialog.lead(apart(calledShort(conversation?.contact, this.words)))),
        close: t.common.close,
        body: html`${agents.length > 0 ? html`<fieldset class="options"><legend class="sr">${aiDialog.agent}</legend>${agents.map((agent) => this.option(agent))}</fieldset>` : html`<p>${aiDialog.none}</p>`}
          ${this.host.store?.get().me?.workspace.model.builtin ? html`<p class="aside">${icon(info)}<span>${t.shared.builtin}</span></p>` : nothing}<label><span class="label">${aiDialog.reason} <small>${aiDialog.reasonHint}</small></span><input class="field" maxlength="1000" dir="auto" .value=${this.reason} @input=${this.handleReason}></label>
          ${conversation?.handoff ? html`<p class="aside copper">${icon(handoffGlyph)}<span>${aiDialog.clears(timeOfDay(tag, conversation.handoff.at))}</span></p>` : nothing}${
            this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing
          }`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary"
            ?disabled=${this.busy || this.agent === undefined}>${icon(robot)}${aiDialog.title}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private get conversation(): SharedConversation | undefined {
    const { store } = this.host;
    return store && this.id ? conversationOf(store.get(), this.id) : undefined;
  }

  private get agents(): readonly Agent[] {
    const { store } = this.host;
    return store ? activeAgents(store.get()) : [];
  }

  /** Whom it will go to: who was chosen while active, else the first. */
  private get agent(): Agent | undefined {
    return this.agents.find(({ id }) => id === this.chosen) ?? this.agents[0];
  }

  private option(agent: Agent): TemplateResult {
    const { t } = this.words;
    const speaks =
      agent.languages.length > 0
        ? `. ${listed(
            this.words.tag,
            agent.languages.map((language) => languageTitle(this.words.tag, language)),
          )}`
        : '';
    return html`<label class="option"><input type="radio" class="box" name="agent" ?autofocus=${agent.id === this.agent?.id} .checked=${agent.id === this.agent?.id} @change=${() => this.choose(agent.id)}>${bot(agent, 24)}<span><b><bdi>${agent.name}</bdi></b><small>${
      t.shared.mode[agent.replyMode]
    }${speaks}</small></span></label>`;
  }

  private choose(id: string): void {
    this.chosen = id;
    this.refusal = undefined;
    this.host.requestUpdate();
  }

  private async submit(): Promise<void> {
    const { store } = this.host;
    const { agent, id } = this;
    if (!store || !agent || !id || this.busy) return;
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const answer = await quietly(store, store.conversations.transferToAi(id, agent.id, this.reason.trim() || undefined));
    this.busy = false;
    const { aiDialog } = this.words.t.thread;
    if (answer.ok) this.dialog.close();
    else
      this.refusal = isTold(answer.problem.code) ? aiDialog[answer.problem.code] : answer.problem.code === 'stale_version' ? aiDialog.stale : aiDialog.failed;
    this.host.requestUpdate();
  }

  private readonly handleReason = (event: InputEvent): void => void (this.reason = (event.target as HTMLInputElement).value);
}
