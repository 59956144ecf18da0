import { css, html, nothing, type TemplateResult } from 'lit';
import type { SuggestedCard, WhatIfResult } from '../../server/contract/classifier.ts';
import type { CardScope } from '../../server/contract/settings.ts';
import type { StoreElement } from '../store/element.ts';
import { SAMPLE, whatIf } from '../store/what-if.ts';
import { Dialog } from '../ui/dialog.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { ClassifierWords } from './settings-what-if.ts';

/** Milliseconds that the typing has to pause before the card is tried. */
const PAUSE = 500;
/** Of the messages that would be decided otherwise, how many are shown. */
const SHOWN = 4;

export const cardDialogSheet = css`
.would { margin: 0; padding: 10px 12px; border-radius: var(--conv-radius-md); background: var(--conv-sunken, var(--conv-press)); }
.would p { margin: 0; }
.would ul { margin: 4px 0 0; padding: 0; list-style: none; color: var(--conv-ink-2); }
.would li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.where { display: grid; gap: 6px; margin: 0; padding: 0; border: 0; }
.where legend { padding: 0; }
.where .check { display: flex; align-items: center; gap: 8px; min-block-size: 24px; }
.where input { margin: 0; accent-color: var(--conv-accent); }
.precedence { margin: 0; color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
`;

/** A card that would have decided a message otherwise, prefilled: an admin reads it, sees what else it would change, and saves it. */
export class CardDialog {
  private readonly dialog: Dialog;
  private card?: SuggestedCard;
  private agentId: string | null = null;
  private scope: { agent: boolean; channel: boolean } = { agent: true, channel: true };
  private result?: WhatIfResult;
  private refusal?: string;
  private busy = false;
  private trying?: AbortController;
  private timer?: ReturnType<typeof setTimeout>;
  private said = '';

  constructor(
    private readonly host: StoreElement,
    private readonly words: ClassifierWords,
  ) {
    this.dialog = new Dialog(host, () => this.closed());
  }

  show(card: SuggestedCard, agentId: string | null): void {
    Object.assign(this, { card, agentId, scope: { agent: agentId !== null, channel: true }, result: undefined, refusal: undefined, busy: false, said: '' });
    this.host.store?.settings.need('guidanceCards', 'agents');
    this.dialog.show();
    this.try(0);
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      const { card, scope, refusal } = this;
      const channel = card?.scope.channels?.[0];
      const agent = this.host.store?.get().lists.agents?.items.find(({ id }) => id === this.agentId)?.name;
      const check = (which: 'agent' | 'channel', label: string): TemplateResult =>
        html`<label class="check"><input type="checkbox" .checked=${scope[which]} @change=${(event: Event) => {
          this.scope = { ...scope, [which]: (event.target as HTMLInputElement).checked };
          this.try(PAUSE);
        }}>${label}</label>`;
      return {
        title: t.card.title,
        lead: t.card.lead,
        close: t.common.close,
        body: html`<div class="one"><label class="label" for="card-text">${t.card.text}</label><textarea class="field" id="card-text" rows="2" autofocus dir="auto" .value=${card?.text ?? ''} aria-invalid=${refusal ? 'true' : nothing} aria-describedby=${refusal ? 'card-refusal' : nothing}
            @input=${(event: Event) => this.change({ text: (event.target as HTMLTextAreaElement).value })}></textarea>${refusal ? html`<p class="refusal" id="card-refusal" role="alert">${refusal}</p>` : nothing}</div>
          <div class="one"><label class="label" for="card-title">${t.card.name}</label><input class="field" id="card-title" maxlength="200" dir="auto" autocomplete="off" .value=${card?.title ?? ''} @input=${(event: Event) => this.change({ title: (event.target as HTMLInputElement).value })}></div>
          <fieldset class="where"><legend class="label">${t.card.where}</legend>${agent ? check('agent', t.card.onlyAgent(agent)) : nothing}${channel && channel !== 'custom' ? check('channel', t.card.onlyChannel(t.shared.channel[channel])) : nothing}</fieldset>
          <div class="would" role="status">${this.would()}</div><p class="precedence">${t.precedence}</p>`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy}>${t.card.save}</button>`,
        submit: () => void this.save(),
      };
    });
  }

  private would(): unknown {
    const { t, tag } = this.words;
    const { result } = this;
    if (!result)
      return this.trying
        ? html`<p>${t.whatIf.deciding}</p>`
        : html`<p><button type="button" class="linkish" data-act="try" @click=${() => void this.run()}>${t.whatIf.run}</button></p>`;
    const of = number(tag, result.decisions.length || SAMPLE);
    const { flips } = result;
    return html`<p>${flips.length > 0 ? t.whatIf.would(flips.length, number(tag, flips.length), of) : t.whatIf.wouldNone(of)}</p>${
      flips.length > 0
        ? html`<ul>${flips.slice(0, SHOWN).map(({ text, looksWrong }) => html`<li><bdi>${text}</bdi>${looksWrong ? html` · ${t.whatIf.wrong[looksWrong]}` : nothing}</li>`)}</ul>`
        : nothing
    }`;
  }

  private get body(): SuggestedCard | undefined {
    const { card, scope, agentId } = this;
    if (!card) return undefined;
    const narrowed: CardScope = {
      ...(scope.agent && agentId ? { agentIds: [agentId] } : {}),
      ...(scope.channel && card.scope.channels ? { channels: card.scope.channels } : {}),
    };
    return { ...card, text: card.text.trim(), title: card.title.trim() || card.text.trim().slice(0, 80), scope: narrowed };
  }

  private change(change: Partial<SuggestedCard>): void {
    if (this.card) this.card = { ...this.card, ...change };
    this.refusal = undefined;
    this.try(PAUSE);
  }

  /** The built-in model tries it by itself; a configured one costs, and is asked by hand. */
  private try(wait: number): void {
    clearTimeout(this.timer);
    this.trying?.abort();
    this.trying = undefined;
    this.result = undefined;
    this.host.requestUpdate();
    if (this.host.store?.get().me?.workspace.model.builtin) this.timer = setTimeout(() => void this.run(), wait);
  }

  private async run(): Promise<void> {
    const { store } = this.host;
    const { agentId, body } = this;
    if (!store || !agentId || !body?.text) return;
    this.trying?.abort();
    const trying = new AbortController();
    this.trying = trying;
    this.host.requestUpdate();
    const saved = await store.core.client
      .all<Pick<SuggestedCard, 'surface' | 'title' | 'text' | 'scope'> & { id: string; active: boolean }>('/v1/guidance-cards')
      .catch(() => undefined);
    const answer =
      saved && !trying.signal.aborted
        ? await whatIf(
            store.core.client,
            agentId,
            {
              cards: [{ ...body, active: true }, ...saved.map(({ id, surface, title, text, scope, active }) => ({ id, surface, title, text, scope, active }))],
            },
            () => {},
            trying.signal,
          )
        : undefined;
    if (this.trying !== trying) return;
    this.trying = undefined;
    this.result = answer?.ok ? answer.value : undefined;
    this.host.requestUpdate();
  }

  private async save(): Promise<void> {
    const { store } = this.host;
    const { body } = this;
    const { t } = this.words;
    if (!store || !body || this.busy) return;
    if (!body.text) {
      this.refusal = t.card.needed;
      this.host.requestUpdate();
      return;
    }
    this.busy = true;
    this.host.requestUpdate();
    const answer = await store.settings.saveItem('guidanceCards', { body });
    this.busy = false;
    if (answer.ok) {
      this.said = t.card.saved;
      return this.dialog.close();
    }
    this.refusal = t.card.failed;
    this.host.requestUpdate();
  }

  private closed(): void {
    clearTimeout(this.timer);
    this.trying?.abort();
    if (this.said) toast(this.host, { text: this.said, dismiss: this.words.t.common.dismiss });
  }
}
