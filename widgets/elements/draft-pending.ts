import { html, nothing, type TemplateResult } from 'lit';
import { ref, type Ref } from 'lit/directives/ref.js';
import type { Draft } from '../../server/contract/draft.ts';
import { grow } from '../ui/grow.ts';
import { icon } from '../ui/icon.ts';
import { pencil, undo } from '../ui/icons.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { apart } from '../ui/sentence.ts';
import { keysFor, type Chosen } from '../ui/shortcuts.ts';
import { becauseLine, changed, changesToggle, draftHead, plannedActions, riskChip, since, type DraftSetting } from './draft-view.ts';
import { paragraphs } from './thread-text.ts';
import type { Outgoing } from './translate-outgoing.ts';

/** What a draft that waits is drawn with. */
export interface PendingSetting extends DraftSetting {
  readonly chosenKeys: Chosen;
  readonly outgoing: Outgoing;
  /** The field for why it is rejected. */
  readonly reason: Ref<HTMLInputElement>;
  /** What it says in the reader's own language; asked for only where that is shown. */
  reading(): unknown;
}

/** What is done with a draft that waits. */
export interface PendingActs {
  send(): void;
  edit(): void;
  showChanges(): void;
  /** Asks why before it is rejected. */
  reject(): void;
  handleInput(event: InputEvent): void;
  handleBack(): void;
  handleReason(event: InputEvent): void;
  handleKeep(): void;
  handleReject(event: SubmitEvent): void;
}

/** A draft that waits for a person: its text, to read or to edit, what it rests on, and what can be done with it. */
export function pendingDraft(draft: Draft, setting: PendingSetting, acts: PendingActs): TemplateResult {
  const {
    desk,
    words: { t },
  } = setting;
  const [edited, when] = [desk.text !== undefined, since(setting, draft.createdAt)];
  const end = html`${riskChip(draft, setting)}${edited ? changesToggle(setting, acts.showChanges, draft.risk.level === 'low' && draft.risk.reasons.length === 0) : nothing}`;
  return html`${draftHead(draft, setting, t.draft.drafted(apart(draft.agentName)), edited ? t.draft.edited(when) : when, end)}${
    desk.conflict?.code === 'stale_version' ? html`<p class="draft-refusal" role="alert">${t.draft.changed} ${t.draft.yours}</p>` : nothing
  }${
    desk.mode === 'edit' && !desk.changes
      ? html`<textarea class="draft-text" rows="2" dir="auto" aria-label=${edited ? t.draft.editedText : t.draft.text} .value=${desk.text ?? draft.text} ?readonly=${desk.busy}
            @input=${acts.handleInput} ${grow(320)}></textarea>`
      : edited
        ? changed(draft, desk.text ?? '')
        : html`<div class="draft-text">${paragraphs(draft.text)}</div>${setting.reading()}`
  }${becauseLine(draft, setting)}${plannedActions(draft, setting)}${desk.refusal ? html`<p class="draft-refusal" role="alert">${t.draft[desk.refusal]}</p>` : nothing}${
    desk.mode === 'reject' ? rejecting(setting, acts) : choices(draft, setting, acts)
  }`;
}

function choices({ agentName }: Draft, { words: { t }, desk, chosenKeys, outgoing }: PendingSetting, acts: PendingActs): TemplateResult {
  const editing = desk.mode === 'edit';
  const [send, edit, reject] = [keysFor(chosenKeys, 'send'), keysFor(chosenKeys, 'edit'), keysFor(chosenKeys, 'reject')];
  return html`${editing ? outgoing.line() : nothing}<footer class="draft-acts"><button type="button" class="btn primary" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(send)} @click=${acts.send}>${
    desk.text === undefined ? t.draft.approve : t.draft.sendEdits
  } <kbd>${keyHint(send)}</kbd></button>${
    editing || desk.text !== undefined
      ? html`<button type="button" class="btn" ?disabled=${desk.busy} @click=${acts.handleBack}>${icon(undo)}<span class="cut">${t.draft.backTo(agentName)}</span></button>`
      : nothing
  }${
    editing && !desk.changes
      ? nothing
      : html`<button type="button" class="btn" data-act="edit" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(edit)} @click=${acts.edit}>${icon(pencil)}${t.draft.edit} <kbd>${keyHint(edit)}</kbd></button>`
  }${editing ? outgoing.button() : nothing}<button type="button" class="btn ghost danger push" data-act="reject" ?disabled=${desk.busy} aria-keyshortcuts=${ariaKeys(reject)} @click=${acts.reject}>${t.draft.reject} <kbd>${keyHint(reject)}</kbd></button></footer>`;
}

function rejecting({ words: { t }, desk, reason }: PendingSetting, acts: PendingActs): TemplateResult {
  return html`<form class="draft-acts" @submit=${acts.handleReject}><input class="field sm draft-why" ${ref(reason)} .value=${desk.reason} maxlength="1000" dir="auto"
        aria-label="${t.draft.rejectWhy} ${t.draft.rejectHint}" placeholder="${t.draft.rejectWhy} ${t.draft.rejectHint}" @input=${acts.handleReason}><button
        type="button" class="btn" @click=${acts.handleKeep}>${t.common.cancel}</button><button type="submit" class="btn danger" ?disabled=${desk.busy}>${t.draft.reject}</button></form>`;
}
