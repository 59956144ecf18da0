import { html, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { createRef } from 'lit/directives/ref.js';
import type { Draft } from '../../server/contract/draft.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf, workingOf } from '../store/select.ts';
import { ClearOf } from '../ui/clear-of.ts';
import { define } from '../ui/define.ts';
import { select } from '../ui/select.ts';
import { actionOf } from '../ui/shortcuts.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { draftSheet } from '../ui/sheets/draft.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { messagesSheet } from '../ui/sheets/messages.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { Ticker } from '../ui/ticker.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { deskOf, isOvertaken, setDesk, type Desk } from './draft-desk.ts';
import { pendingDraft, type PendingSetting } from './draft-pending.ts';
import { Settling } from './draft-settling.ts';
import { draftOwnSheet } from './draft-sheet.ts';
import { conflictDraft, settledDraft, type DraftSetting } from './draft-view.ts';
import { DraftReading } from './translate-draft.ts';
import { Outgoing } from './translate-outgoing.ts';

/**
 * A reply that an agent drafted, waiting for a person: send it as it is, change it and send that, or reject it. What it
 * rests on and why it was not simply sent stand with it.
 *
 * @attr draft - id of the draft
 * @fires conv-draft-settled - it was sent, rejected or let go of here; `detail` is the draft's id
 * @fires conv-write - its wording was taken over into the composer of `detail.conversationId`
 */
export class DraftReview extends StoreElement {
  static override styles = [buttonsSheet, facesSheet, marksSheet, fieldsSheet, messagesSheet, noticeSheet, draftSheet, draftOwnSheet];

  /** Id of the draft. */
  @property() draft?: string;

  private readonly shown = select(
    this,
    () => this.store,
    (state) => (this.draft ? state.drafts.get(this.draft) : undefined),
  );
  private readonly conversation = select(
    this,
    () => this.store,
    (state) => this.shown.value && conversationOf(state, this.shown.value.conversationId),
  );
  private readonly working = select(
    this,
    () => this.store,
    (state) => this.shown.value && workingOf(state, this.shown.value.conversationId),
  );
  private readonly me = select(
    this,
    () => this.store,
    (state) => state.me?.id,
  );
  @query('textarea') private readonly field!: HTMLTextAreaElement | null;
  private readonly words = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly clear = new ClearOf(this);
  private readonly reason = createRef<HTMLInputElement>();
  /** The draft that was asked of the API. */
  private asked?: string;
  private readonly reading = new DraftReading(this);
  private readonly outgoing = new Outgoing(this, () => {
    const { value: draft } = this.shown;
    const { value: conversation } = this.conversation;
    if (!draft || !conversation || !this.store || this.desk.mode !== 'edit') return undefined;
    const put = (text: string, original: Desk['original']): void => this.change({ text, original });
    return {
      of: draft.id,
      conversationId: conversation.id,
      text: this.desk.text ?? draft.text,
      spoken: this.reading.spoken(conversation),
      original: this.desk.original,
      put,
    };
  });
  private readonly settling = new Settling(
    this,
    () => this.shown.value,
    () => (this.focusNext = 'frame'),
  );
  private focusNext?: 'text' | 'reason' | 'edit' | 'reject' | 'frame';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.draft && this.store && !this.shown.value && this.asked !== this.draft) {
      this.asked = this.draft;
      void this.store.drafts.load(this.draft);
    }
  }

  protected override updated(): void {
    const wanted = this.focusNext;
    this.focusNext = undefined;
    if (wanted === 'text') {
      this.field?.focus();
      this.field?.setSelectionRange(this.field.value.length, this.field.value.length);
    } else if (wanted === 'reason') this.reason.value?.focus();
    else if (wanted) (wanted === 'frame' ? this : this.renderRoot.querySelector<HTMLElement>(`[data-act="${wanted}"]`))?.focus();
  }

  override render(): unknown {
    const { value: draft } = this.shown;
    const notice = this.answers ? connectionNotice(this, this.words) : nothing;
    if (!draft) return notice;
    const desk = deskOf(draft.id);
    const { t } = this.words;
    const overtaken = isOvertaken(draft);
    const pending = draft.status === 'pending' || (desk.busy && draft.status !== 'rejected');
    this.ticker.setPace(overtaken ? 'second' : 'minute');
    const look = !pending ? 'is-settled' : desk.text !== undefined ? 'is-edited' : '';
    return html`${notice}<div class="draft ${look}" role="group" tabindex="-1" aria-label=${t.draft.label(draft.agentName)} aria-busy=${desk.busy ? 'true' : 'false'} @keydown=${this.handleKeydown}>${
      overtaken
        ? conflictDraft(draft, this.setting(draft, desk), this)
        : pending
          ? pendingDraft(draft, this.pending(draft, desk), this)
          : settledDraft(draft, this.setting(draft, desk), this)
    }</div>`;
  }

  private setting(draft: Draft, desk: Desk): DraftSetting {
    const { value: conversation } = this.conversation;
    const newer = conversation !== undefined && conversation.lastInboundSeq > (draft.inReplyToSeq ?? Number.POSITIVE_INFINITY);
    return {
      words: this.words,
      now: this.ticker.now,
      me: this.me.value,
      desk,
      avatar: this.store?.get().lists.agents?.items.find(({ id }) => id === draft.agentId)?.avatarUrl,
      again: draft.status === 'superseded' && this.working.value?.agentId === draft.agentId,
      restorable: draft.status === 'rejected' && !newer && !(conversation?.draft && conversation.draft.id !== draft.id),
    };
  }

  private pending(draft: Draft, desk: Desk): PendingSetting {
    const { chosenKeys, outgoing, reason } = this;
    return { ...this.setting(draft, desk), chosenKeys, outgoing, reason, reading: () => this.reading.render(draft, this.conversation.value) };
  }

  /** Takes the focus as a whole: its letters and shortcuts work from there. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.draft')?.focus(options);
  }

  /** Opens the text for editing. @internal */
  readonly edit = (): void => {
    this.focusNext = 'text';
    this.change({ mode: 'edit', changes: false });
  };

  /** Sends the draft: as it is, or as it was edited. @internal */
  readonly send = (): Promise<void> => this.settling.send();

  /** Shows the text as it was beside the text as it is. @internal */
  readonly showChanges = (): void => {
    const changes = !this.desk.changes;
    this.change({ changes, mode: 'edit' });
    if (!changes) this.focusNext = 'text';
  };

  /** Shows what the draft rests on, or hides it. @internal */
  readonly unfold = (): void => this.change({ unfolded: !this.desk.unfolded });

  /** Takes the wording over into the composer, where the conversation has moved on. @internal */
  readonly use = (): void => this.settling.use();

  /** Lets go of the draft here, where the conversation has moved on. @internal */
  readonly discard = (): void => this.settling.discard();

  /** Brings a rejected draft back. @internal */
  readonly restore = (): Promise<void> => this.settling.restore();

  /** Asks why before it is rejected. @internal */
  readonly reject = (): void => {
    this.focusNext = 'reason';
    this.change({ mode: 'reject' });
  };

  private get desk(): Desk {
    return deskOf(this.draft ?? '');
  }

  private change(change: Partial<Desk>): void {
    if (!this.draft) return;
    setDesk(this.draft, change);
    this.requestUpdate();
  }

  /** Takes what is typed into the text. @internal */
  readonly handleInput = (event: InputEvent): void => {
    const { value } = event.target as HTMLTextAreaElement;
    this.change({ text: value === this.shown.value?.text ? undefined : value, refusal: undefined });
  };

  /** Takes what is typed as the reason. @internal */
  readonly handleReason = (event: InputEvent): void => this.change({ reason: (event.target as HTMLInputElement).value });

  /** Goes back to the agent's words. @internal */
  readonly handleBack = (): void => {
    this.focusNext = 'edit';
    this.change({ text: undefined, original: undefined, changes: false, mode: 'read', refusal: undefined });
  };

  /** Does not reject it after all. @internal */
  readonly handleKeep = (): void => {
    this.focusNext = 'reject';
    this.change({ mode: 'read', reason: '' });
  };

  /** Rejects it for that reason. @internal */
  readonly handleReject = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.settling.reject();
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (this.shown.value?.status !== 'pending' || event.defaultPrevented) return;
    const { mode } = this.desk;
    const action = actionOf(event, this.chosenKeys, ['send', 'edit', 'reject']);
    if (action === 'send' && mode !== 'reject') {
      event.preventDefault();
      event.stopPropagation();
      void this.send();
    } else if (event.key === 'Escape' && mode !== 'read') {
      event.preventDefault();
      event.stopPropagation();
      if (mode === 'reject') this.handleKeep();
      else {
        this.focusNext = 'edit';
        this.change({ mode: 'read' });
      }
    } else if ((action === 'edit' || action === 'reject') && mode !== 'reject') {
      event.preventDefault();
      event.stopPropagation();
      this[action]();
    }
  };
}

define('draft-review', DraftReview);

declare global {
  interface HTMLElementTagNameMap {
    'draft-review': DraftReview;
  }
}
