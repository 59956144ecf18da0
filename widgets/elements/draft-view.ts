import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../server/contract/draft.ts';
import type { operator } from '../locales/en/operator.ts';
import { diffView } from '../ui/diff-view.ts';
import { icon } from '../ui/icon.ts';
import { check, info, shield, undo } from '../ui/icons.ts';
import { atWork, chip } from '../ui/marks.ts';
import { bot } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, fullTime, listed, millis, timeOfDay } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import type { Desk } from './draft-desk.ts';
import { rests } from './thread-message.ts';
import { paragraphs } from './thread-text.ts';

export interface DraftSetting {
  readonly words: Spoken<typeof operator>;
  readonly now: number;
  readonly me: string | undefined;
  readonly desk: Desk;
  /** The agent is already writing another one. */
  readonly again: boolean;
  /** Where the picture of its agent is. */
  readonly avatar: string | null | undefined;
  /** A rejected draft can still come back. */
  readonly restorable: boolean;
}

export interface DraftActs {
  restore(): void;
  unfold(): void;
  use(): void;
  discard(): void;
  showChanges(): void;
}

/** How long ago: `6 min ago`, `just now`. */
export function since({ words, now }: DraftSetting, at: string): string {
  const { t, tag } = words;
  const passed = now - millis(at);
  if (passed < 60_000) return t.draft.justNow;
  return passed < 12 * 3_600_000 ? t.draft.ago(ago(words, at, now)) : `${ago(words, at, now)}, ${timeOfDay(tag, at)}`;
}

/** Who settled a draft, as the reader knows them. */
export function settler(draft: Draft, { words, me }: DraftSetting): string {
  const by = draft.settledBy;
  if (by?.kind === 'operator' && by.id !== null && by.id === me) return words.t.common.you;
  return by?.name || words.t.draft.somebody;
}

/** The head of a draft: the agent, what became of it, and at the end what can be done with that. */
export function draftHead(draft: Draft, { avatar }: DraftSetting, title: string, aside: unknown, end: unknown): TemplateResult {
  return html`<header class="draft-head">${bot({ name: draft.agentName, avatarUrl: avatar }, 20)}<h3 class="cut">${sentence(title)}</h3>${
    aside ? html`<span class="dim cut"><bdi>${aside}</bdi></span>` : nothing
  }${end}</header>`;
}

/** Why a draft was not simply sent. */
export function riskChip({ risk }: Draft, { words }: DraftSetting): unknown {
  if (risk.level === 'low' && risk.reasons.length === 0) return nothing;
  const { draft } = words.t;
  return html`<span class="push">${chip(
    'copper',
    draft.risk(
      listed(
        words.tag,
        risk.reasons.map((reason) => draft.riskReason[reason] ?? reason),
      ) || draft.riskLevel[risk.level],
    ),
    shield,
  )}</span>`;
}

/** The button that shows the difference instead of the plain text. */
export function changesToggle({ words, desk }: DraftSetting, toggle: () => void, push: boolean): TemplateResult {
  return html`<button type="button" class="btn ghost sm ${push ? 'push' : ''}" aria-pressed=${desk.changes ? 'true' : 'false'} @click=${toggle}>${
    desk.changes ? icon(check, 'xs') : nothing
  }${words.t.draft.showChanges}</button>`;
}

/** What the draft rests on. */
export function becauseLine(draft: Draft, { words }: DraftSetting): unknown {
  const cites = rests(draft.because, { words });
  return cites.length > 0 ? html`<div class="because"><span>${words.t.draft.because}</span>${cites}</div>` : nothing;
}

/** What is done when the draft is sent; fetched with the first draft that has something. */
export function plannedActions({ id, actions }: Draft, { desk }: DraftSetting): unknown {
  if (!actions) return nothing;
  void import('./draft-actions.ts');
  return html`<draft-actions .draft=${id} .actions=${actions} .desk=${desk}></draft-actions>`;
}

/** The difference between the agent's words and others. */
export function changed(draft: Draft, text: string): TemplateResult {
  return html`<div class="draft-text said" dir="auto">${diffView(draft.text, text)}</div>`;
}

/** A draft that was sent, rejected, overtaken or dropped: one line, and its text on demand. */
export function settledDraft(draft: Draft, setting: DraftSetting, acts: DraftActs): TemplateResult {
  const { words, desk, again, restorable } = setting;
  const { t } = words;
  const agent = apart(draft.agentName);
  const own = settler(draft, setting) === t.common.you;
  const by = apart(settler(draft, setting));
  const fold = html`<button type="button" class="btn ghost sm push" aria-expanded=${desk.unfolded ? 'true' : 'false'} @click=${() => acts.unfold()}>${
    desk.unfolded ? t.draft.hide : t.draft.show
  }</button>`;
  const restore = restorable
    ? html`<button type="button" class="btn sm" ?disabled=${desk.busy} @click=${() => acts.restore()}>${icon(undo, 'sm')}${t.draft.restore}</button>`
    : nothing;
  const title = {
    pending: t.draft.drafted(agent),
    approved: own ? t.draft.sentYou(agent) : t.draft.sent(by, agent),
    edited: own ? t.draft.sentYou(agent) : t.draft.sent(by, agent),
    rejected: own ? t.draft.rejectedYou(agent) : t.draft.rejected(by, agent),
    superseded: t.draft.overtaken(agent),
    dropped: t.draft.dropped(agent),
  }[draft.status];
  const aside = draft.reason
    ? t.shared.quoted(draft.reason)
    : draft.status === 'edited'
      ? t.draft.sentEdited
      : draft.settledAt
        ? since(setting, draft.settledAt)
        : '';
  const text = draft.status === 'edited' && draft.finalText ? changed(draft, draft.finalText) : html`<div class="draft-text">${paragraphs(draft.text)}</div>`;
  return html`${draftHead(draft, setting, title, aside, html`${fold}${restore}`)}${desk.unfolded ? text : nothing}${
    again
      ? html`<div class="because">${atWork(sentence(t.draft.drafting(agent)))}</div>`
      : draft.status === 'rejected'
        ? html`<div class="because"><span>${sentence(t.draft.willNot(agent))}</span></div>`
        : html`<div class="draft-end"></div>`
  }`;
}

/** Somebody was faster, or something newer came: what happened, and the wording that is kept. */
export function conflictDraft(draft: Draft, setting: DraftSetting, acts: DraftActs): TemplateResult {
  const { words, desk, now } = setting;
  const { t } = words;
  const by = apart(settler(draft, setting));
  const agent = apart(draft.agentName);
  const at = draft.settledAt ? millis(draft.settledAt) : (desk.conflict?.at ?? now);
  const seconds = Math.floor((now - at) / 1000);
  const sentBy = seconds < 2 ? t.draft.fasterNow(by) : t.draft.faster(by, seconds < 60 ? t.common.time.seconds(String(seconds)) : ago(words, at, now));
  const happened = draft.status === 'approved' || draft.status === 'edited' ? sentBy : draft.status === 'rejected' ? t.draft.fasterRejected(by) : t.draft.newer;
  const sent = draft.finalText ?? draft.text;
  const own = desk.text;
  return html`<div class="draft-note" role="alert">${icon(info)}<span><b>${sentence(happened)}</b> ${t.draft.yours}${own === undefined ? nothing : html` ${t.draft.kept}`}</span></div>
    ${draftHead(draft, setting, own === undefined ? t.draft.drafted(agent) : t.draft.yourEdit(agent), t.draft.notSent, nothing)}
    ${own === undefined ? html`<div class="draft-text">${paragraphs(draft.text)}</div>` : changed(draft, own)}
    ${desk.unfolded ? html`<blockquote class="draft-sent" title=${draft.settledAt ? fullTime(words.tag, draft.settledAt) : nothing}>${paragraphs(sent)}</blockquote>` : nothing}
    <footer class="draft-acts"><button type="button" class="btn" @click=${() => acts.use()}>${t.draft.use}</button>${
      draft.status === 'approved' || draft.status === 'edited'
        ? html`<button type="button" class="btn ghost" aria-expanded=${desk.unfolded ? 'true' : 'false'} @click=${() => acts.unfold()}><span class="cut">${sentence(desk.unfolded ? t.draft.hideSent(by) : t.draft.showSent(by))}</span></button>`
        : nothing
    }<button type="button" class="btn ghost push" @click=${() => acts.discard()}>${t.draft.discard}</button></footer>`;
}
