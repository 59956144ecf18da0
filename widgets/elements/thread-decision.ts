import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Corrected, CorrectionKind } from '../../server/contract/classifier.ts';
import type { Message } from '../../server/contract/message.ts';
import { classifierTexts } from '../locales/classifier.ts';
import { StoreElement } from '../store/element.ts';
import { define } from '../ui/define.ts';
import { select, shallow } from '../ui/select.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { refusalSheet } from './dialog-sheet.ts';
import { CardDialog, cardDialogSheet } from './thread-decision-card.ts';

interface Said {
  readonly id: string;
  readonly kind: CorrectionKind;
  readonly by: string;
}

const PATHS = { reply_anyway: 'reply-anyway', should_have_stayed_quiet: 'should-have-stayed-quiet' } as const;

/**
 * What people can say of a decision of the classifier, in its line: that it was wrong, in one click, and as a card that would have
 * decided so. Part of `<conv-log>`.
 */
export class ThreadDecision extends StoreElement {
  static override styles = [
    buttonsSheet,
    fieldsSheet,
    dialogSheet,
    refusalSheet,
    cardDialogSheet,
    css`
:host { display: inline; }
.acts { display: inline-flex; flex-wrap: wrap; gap: 0 10px; margin-inline-start: 6px; vertical-align: baseline; }
.acts .linkish { padding: 0; min-block-size: 24px; margin-block: -4px; font-size: var(--_fs-sm); color: var(--conv-ink-2); text-decoration: underline; text-decoration-color: var(--conv-line-strong); text-underline-offset: 3px; }
.acts .linkish:hover { color: var(--conv-accent); text-decoration-color: currentColor; }
.said { font-size: var(--_fs-sm); }`,
  ];

  /** The line that tells of the decision. */
  @property({ attribute: false }) line?: Message;

  private readonly words = words(this, classifierTexts);
  private readonly card = new CardDialog(this, this.words);
  private busy = false;
  private readonly seen = select(
    this,
    () => this.store,
    (state) => {
      const { line } = this;
      const items = state.threads[line?.conversationId ?? '']?.items ?? [];
      // What came since: an answer to the customer, or a newer message of theirs.
      const newer =
        line !== undefined &&
        items.some(
          ({ seq, direction, kind, author, delivery }) =>
            seq > line.seq &&
            kind === 'message' &&
            (direction === 'inbound' || (direction === 'outbound' && author.kind !== 'system' && delivery?.status !== 'recalled')),
        );
      return { newer, admin: state.me?.role === 'admin', agent: line?.author.name ?? '' };
    },
    shallow,
  );

  override render(): TemplateResult | typeof nothing {
    const {
      line,
      busy,
      words: { t },
    } = this;
    const { newer, admin } = this.seen.value ?? {};
    if (!line?.decision) return nothing;
    const said = this.said;
    const link = (act: string, label: string, run: () => unknown): TemplateResult =>
      html`<button type="button" class="linkish" data-act=${act} ?disabled=${busy} @click=${run}>${label}</button>`;
    const { replied } = line.decision;
    const acts = said
      ? html`<bdi class="said">${t.line.said[said.kind](said.by)}</bdi>${said.kind === 'reply_anyway' && newer ? nothing : link('undo', t.common.undo, () => this.undo(said.id))}${admin ? link('card', t.line.makeCard, () => this.offer(said.kind)) : nothing}`
      : replied
        ? link('quiet', t.line.shouldQuiet, () => this.correct('should_have_stayed_quiet'))
        : newer
          ? nothing
          : link('reply', t.line.replyAnyway, () => this.correct('reply_anyway'));
    return acts === nothing ? nothing : html`<span class="acts" role="group" aria-label=${t.line.group}>${acts}</span>${this.card.render()}`;
  }

  private get said(): Said | undefined {
    const correction = this.line?.data?.['correction'];
    return typeof correction === 'object' && correction !== null && 'kind' in correction ? (correction as Said) : undefined;
  }

  /** Records it, and says what it came to; the same again changes nothing and tells the card once more. */
  private async post(kind: CorrectionKind): Promise<Corrected | undefined> {
    const { store, line } = this;
    if (!store || !line || this.busy) return undefined;
    this.busy = true;
    this.requestUpdate();
    const answer = await store.core.ask<Corrected>(() => store.core.client.request(`/v1/messages/${line.id}/${PATHS[kind]}`, { method: 'POST' }));
    this.busy = false;
    this.requestUpdate();
    if (answer.ok) return answer.value;
    const { refused } = this.words.t.line;
    this.say(refused[answer.problem.code as keyof typeof refused] ?? refused.other);
    return undefined;
  }

  private async correct(kind: CorrectionKind): Promise<void> {
    const corrected = await this.post(kind);
    if (!corrected) return;
    const { t } = this.words;
    const { correction, suggestion } = corrected;
    this.say(kind === 'reply_anyway' ? t.line.replying(this.seen.value?.agent ?? '') : t.line.noted, [
      { label: t.common.undo, undo: true, run: () => void this.undo(correction.id) },
      ...(suggestion && this.seen.value?.admin ? [{ label: t.line.makeCard, run: () => this.card.show(suggestion, correction.agentId) }] : []),
    ]);
  }

  private async offer(kind: CorrectionKind): Promise<void> {
    const corrected = await this.post(kind);
    if (!corrected) return;
    if (corrected.suggestion) this.card.show(corrected.suggestion, corrected.correction.agentId);
    else this.say(this.words.t.card.none);
  }

  private async undo(id: string): Promise<void> {
    const {
      store,
      words: { t },
    } = this;
    const answer = await store?.core.tell(() => store.core.client.request(`/v1/corrections/${id}/undo`, { method: 'POST' }));
    if (!answer) return;
    const { refused } = t.line;
    this.say(answer.ok ? t.line.undone : (refused[answer.problem.code as keyof typeof refused] ?? refused.other));
  }

  private say(text: string, acts: ToastAct[] = []): void {
    toast(this, { text, acts, dismiss: this.words.t.common.dismiss });
  }
}

define('thread-decision', ThreadDecision);

declare global {
  interface HTMLElementTagNameMap {
    'thread-decision': ThreadDecision;
  }
}
