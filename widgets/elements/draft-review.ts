import { html, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Draft } from '../../server/contract/draft.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { conversationOf, unsentOf, workingOf } from '../store/select.ts';
import { define } from '../ui/define.ts';
import { grow } from '../ui/grow.ts';
import { icon } from '../ui/icon.ts';
import { pencil, undo } from '../ui/icons.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { select } from '../ui/select.ts';
import { apart } from '../ui/sentence.ts';
import { actionOf, keysFor, type Action } from '../ui/shortcuts.ts';
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
import { clearDesk, deskOf, isConflict, isOvertaken, setDesk, type Desk } from './draft-desk.ts';
import { draftOwnSheet } from './draft-sheet.ts';
import {
  becauseLine,
  changed,
  changesToggle,
  conflictDraft,
  draftHead,
  plannedActions,
  riskChip,
  settledDraft,
  since,
  type DraftSetting,
} from './draft-view.ts';
import { paragraphs } from './thread-text.ts';
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
          ? this.pending(draft, desk)
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

  private pending(draft: Draft, desk: Desk): unknown {
    const { t } = this.words;
    const setting = this.setting(draft, desk);
    const [edited, when] = [desk.text !== undefined, since(setting, draft.createdAt)];
    const end = html`${riskChip(draft, setting)}${edited ? changesToggle(setting, this.showChanges, draft.risk.level === 'low' && draft.risk.reasons.length === 0) : nothing}`;
    return html`${draftHead(draft, setting, t.draft.drafted(apart(draft.agentName)), edited ? t.draft.edited(when) : when, end)}${
      desk.conflict?.code === 'stale_version' ? html`<p class="draft-refusal" role="alert">${t.draft.changed} ${t.draft.yours}</p>` : nothing
    }${
      desk.mode === 'edit' && !desk.changes
        ? html`<textarea class="draft-text" rows="2" dir="auto" aria-label=${edited ? t.draft.editedText : t.draft.text} .value=${desk.text ?? draft.text} ?readonly=${desk.busy}
            @input=${this.handleInput} ${grow(320)}></textarea>`
        : edited
          ? changed(draft, desk.text ?? '')
          : html`<div class="draft-text">${paragraphs(draft.text)}</div>${this.reading.render(draft, this.conversation.value)}`
    }${becauseLine(draft, setting)}${plannedActions(draft, setting)}${desk.refusal ? html`<p class="draft-refusal" role="alert">${t.draft[desk.refusal]}</p>` : nothing}${
      desk.mode === 'reject' ? this.rejecting(desk) : this.acts(draft, desk)
    }`;
  }

  private acts(draft: Draft, desk: Desk): unknown {
    const { t } = this.words;
    const editing = desk.mode === 'edit';
    const keys = (action: Action): string => keysFor(this.chosenKeys, action);
    return html`${editing ? this.outgoing.line() : nothing}<footer class="draft-acts"><button type="button" class="btn primary" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(keys('send'))} @click=${this.send}>${
      desk.text === undefined ? t.draft.approve : t.draft.sendEdits
    } <kbd>${keyHint(keys('send'))}</kbd></button>${
      editing || desk.text !== undefined
        ? html`<button type="button" class="btn" ?disabled=${desk.busy} @click=${this.handleBack}>${icon(undo)}<span class="cut">${t.draft.backTo(draft.agentName)}</span></button>`
        : nothing
    }${
      editing && !desk.changes
        ? nothing
        : html`<button type="button" class="btn" data-act="edit" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(keys('edit'))} @click=${this.edit}>${icon(pencil)}${t.draft.edit} <kbd>${keyHint(keys('edit'))}</kbd></button>`
    }${editing ? this.outgoing.button() : nothing}<button type="button" class="btn ghost danger push" data-act="reject" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(keys('reject'))} @click=${this.reject}>${t.draft.reject} <kbd>${keyHint(keys('reject'))}</kbd></button></footer>`;
  }

  private rejecting(desk: Desk): unknown {
    const { t } = this.words;
    return html`<form class="draft-acts" @submit=${this.handleReject}><input class="field sm draft-why" ${ref(this.reason)} .value=${desk.reason} maxlength="1000" dir="auto"
        aria-label="${t.draft.rejectWhy} ${t.draft.rejectHint}" placeholder="${t.draft.rejectWhy} ${t.draft.rejectHint}" @input=${this.handleReason}><button
        type="button" class="btn" @click=${this.handleKeep}>${t.common.cancel}</button><button type="submit" class="btn danger" ?disabled=${desk.busy}>${t.draft.reject}</button></form>`;
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
  readonly send = async (): Promise<void> => {
    const { store } = this;
    const { value: draft } = this.shown;
    if (!draft || !store || deskOf(draft.id).busy) return;
    const { text, original, skip } = deskOf(draft.id);
    if (text !== undefined && text.trim() === '') return this.change({ refusal: 'empty' });
    this.change({ busy: true, refusal: undefined, conflict: undefined, unable: undefined });
    const answer = await store.drafts.approve(draft.id, {
      ...(text !== undefined && { text, ...(original && { original }) }),
      ...(skip && { skip: [...skip] }),
    });
    if (answer.ok) this.settled(draft.id);
    else this.refused(draft.id, answer.problem);
  };

  /** Shows the text as it was beside the text as it is. @internal */
  readonly showChanges = (): void => {
    const changes = !this.desk.changes;
    this.change({ changes, mode: 'edit' });
    if (!changes) this.focusNext = 'text';
  };

  /** Shows what the draft rests on, or hides it. @internal */
  readonly unfold = (): void => this.change({ unfolded: !this.desk.unfolded });

  /** Takes the wording over into the composer, where the conversation has moved on. @internal */
  readonly use = (): void => {
    const { store } = this;
    const { value: draft } = this.shown;
    if (!draft || !store) return;
    const { conversationId } = draft;
    const { reply } = unsentOf(store.get(), conversationId);
    const text = this.desk.text ?? draft.text;
    store.setUnsent(conversationId, { mode: 'reply', reply: reply ? `${reply}\n\n${text}` : text });
    this.settled(draft.id);
    this.dispatchEvent(new CustomEvent('conv-write', { detail: { conversationId }, bubbles: true, composed: true }));
  };

  /** Lets go of the draft here, where the conversation has moved on. @internal */
  readonly discard = (): void => void (this.draft && this.settled(this.draft));

  /** Brings a rejected draft back. @internal */
  readonly restore = async (): Promise<void> => {
    const { draft, store } = this;
    if (!draft || !store) return;
    this.change({ busy: true, refusal: undefined });
    const answer = await store.drafts.restore(draft);
    this.changeOf(draft, { busy: false, unfolded: false, refusal: answer.ok ? undefined : 'restoreRefused' });
    if (answer.ok) this.focusNext = 'frame';
  };

  /** Asks why before it is rejected. @internal */
  readonly reject = (): void => {
    this.focusNext = 'reason';
    this.change({ mode: 'reject' });
  };

  private get desk(): Desk {
    return deskOf(this.draft ?? '');
  }

  private change(change: Partial<Desk>): void {
    if (this.draft) this.changeOf(this.draft, change);
  }

  private changeOf(id: string, change: Partial<Desk>): void {
    setDesk(id, change);
    this.requestUpdate();
  }

  private refused(id: string, { code, unanswered, message }: ApiProblem): void {
    if (isConflict(code)) this.changeOf(id, { busy: false, mode: 'read', conflict: { code, at: Date.now() } });
    else this.changeOf(id, { busy: false, ...(code === 'skill_failed' ? { unable: message } : { refusal: unanswered ? 'waits' : 'failed' }) });
  }

  private settled(id: string): void {
    clearDesk(id);
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('conv-draft-settled', { detail: id, bubbles: true, composed: true }));
  }

  private readonly handleInput = (event: InputEvent): void => {
    const { value } = event.target as HTMLTextAreaElement;
    this.change({ text: value === this.shown.value?.text ? undefined : value, refusal: undefined });
  };

  private readonly handleReason = (event: InputEvent): void => this.change({ reason: (event.target as HTMLInputElement).value });

  private readonly handleBack = (): void => {
    this.focusNext = 'edit';
    this.change({ text: undefined, original: undefined, changes: false, mode: 'read', refusal: undefined });
  };

  private readonly handleKeep = (): void => {
    this.focusNext = 'reject';
    this.change({ mode: 'read', reason: '' });
  };

  private readonly handleReject = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft, store } = this;
    if (!draft || !store || this.desk.busy) return;
    this.change({ busy: true, refusal: undefined });
    const answer = await store.drafts.reject(draft, this.desk.reason.trim() || undefined);
    if (!answer.ok) return this.refused(draft, answer.problem);
    this.focusNext = 'frame';
    this.settled(draft);
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
