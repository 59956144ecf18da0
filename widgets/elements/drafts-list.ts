import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { drafts as english } from '../locales/en/drafts.ts';
import type { operator } from '../locales/en/operator.ts';
import type { DraftQueue } from '../store/draft-queue.ts';
import type { ApiProblem } from '../store/problem.ts';
import { conversationOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { rowBones } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, checks, draft as draftGlyph, shield } from '../ui/icons.ts';
import { keyHint } from '../ui/keys.ts';
import type { Action } from '../ui/shortcuts.ts';
import { signal } from '../ui/marks.ts';
import { bot } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, listed, number, waited } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import type { BulkApproval } from './drafts-bulk.ts';
import { isPlain, type KeptDrafts } from './drafts-kept.ts';
import { rowFace } from './pool-row.ts';

export interface ListedDraft {
  readonly draft: Draft;
  readonly conversation: SharedConversation;
  /** Its text was in view. */
  readonly seen: boolean;
  /** Nothing is done with it but that it is sent: once it was seen it may be sent together with others. */
  readonly plain: boolean;
  readonly ticked: boolean;
  readonly refused: ApiProblem | undefined;
}

export interface ListOf {
  readonly words: Spoken<typeof operator>;
  readonly own: Spoken<typeof english>;
  readonly now: number;
  readonly selected: string | undefined;
  /** While several are sent. */
  readonly progress: BulkApproval['progress'];
  select(id: string): void;
  tick(id: string, on: boolean): void;
  tickAll(ids: readonly string[]): void;
  /** The keys of an action. */
  keys(action: Action): string;
  approve(): void;
  stop(): void;
  /** A pointer came over the list, or left it. */
  point(on: boolean): void;
}

const hints = [
  ['step', 'draftNext', 'draftPrevious'],
  ['approve', 'approve'],
  ['edit', 'edit'],
  ['reject', 'reject'],
  ['tick', 'tick'],
  ['open', 'openDraft'],
] as const;

/** The rows of the queue, each with what is known of it; one whose conversation is not there is left out. */
export function listedDrafts(kept: KeptDrafts, state: State | undefined, refused: ReadonlyMap<string, ApiProblem>): ListedDraft[] {
  return kept.rows.flatMap((draft): ListedDraft[] => {
    const conversation = state && conversationOf(state, draft.conversationId);
    return conversation
      ? [
          {
            draft,
            conversation,
            seen: kept.isSeen(draft.id),
            plain: isPlain(draft),
            ticked: kept.ticked.has(draft.id),
            refused: refused.get(draft.id),
          },
        ]
      : [];
  });
}

/** The drafts that wait, oldest first, and what can be done with several. */
export function draftList(queue: DraftQueue, rows: readonly ListedDraft[], list: ListOf): TemplateResult {
  const {
    own: { t, tag },
    words,
  } = list;
  const n = number(tag, rows.filter(({ draft }) => draft.status === 'pending').length);
  const scroll = (event: Event): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
    if (scrollTop + clientHeight * 2 > scrollHeight) void queue.next();
  };
  const rest = queue.problem
    ? html`<p class="queue-more" role="alert">${t.moreFailed} <button type="button" class="linkish" @click=${() => void queue.retry()}>${words.t.common.retry}</button></p>`
    : queue.loading
      ? rowBones(1, t.loading)
      : nothing;
  return html`<section class="queue" aria-label=${t.title}><header class="queue-head"><h1>${t.title}</h1><span class="count push" role="status">${queue.more ? t.waitingMore(n) : t.waiting(n)}</span></header>${bulkBar(rows, list)}
    <div class="queue-list" @pointerenter=${() => list.point(true)} @pointerleave=${() => list.point(false)} @scroll=${scroll}><ul class="queue-rows" aria-label=${t.list}>${repeat(
      rows,
      ({ draft }) => draft.id,
      (row) => draftRow(row, list),
    )}</ul>${rest}</div><p class="keys" aria-hidden="true">${hints.map(([name, ...actions]) => html`<span>${actions.map((action) => html`<kbd>${keyHint(list.keys(action))}</kbd> `)}${t.keys[name]}</span>`)}</p></section>`;
}

function bulkBar(rows: readonly ListedDraft[], list: ListOf): unknown {
  const {
    own: { t, tag },
    progress,
  } = list;
  if (progress) {
    return html`<div class="bulk" role="status"><strong>${t.progress(number(tag, progress.done), number(tag, progress.all))}</strong><button type="button" class="btn" @click=${list.stop}>${t.stop}</button></div>`;
  }
  const seen = rows.filter((row) => row.seen && row.plain && row.draft.status === 'pending');
  const chosen = rows.filter((row) => row.ticked).length;
  if (chosen === 0 && seen.length < 2) return nothing;
  const n = number(tag, chosen);
  const all = chosen > 0 && chosen === seen.length;
  const mixed = chosen > 0 && !all;
  return html`<div class="bulk" role="toolbar" aria-label=${t.tickSeen}><input type="checkbox" class="box ${mixed ? 'is-mixed' : ''}" aria-label=${t.tickSeen} .checked=${all}
    .indeterminate=${mixed} @change=${() => list.tickAll(all ? [] : seen.map(({ draft }) => draft.id))}><strong>${chosen > 0 ? t.chosen(n) : t.tickSeen}</strong>${
      chosen > 0 ? html`<button type="button" class="btn primary" @click=${list.approve}>${icon(checks)}${t.approve(n)}</button>` : nothing
    }</div>`;
}

function draftRow({ draft, conversation, seen, plain, ticked, refused }: ListedDraft, { words, own, now, selected, select, tick }: ListOf): TemplateResult {
  const { contact } = conversation;
  const name = called(contact, words);
  const gone = draft.status !== 'pending';
  const held = plain ? (seen ? undefined : own.t.unseen) : own.t.acts;
  return html`<li class="row ${draft.id === selected ? 'is-selected' : ''} ${ticked ? 'is-picked' : ''} ${gone ? 'is-gone' : ''}">
    <label class="row-pick" title=${held ?? nothing}><input type="checkbox" class="box" .checked=${ticked} ?disabled=${held !== undefined || gone}
      aria-label="${own.t.tick(name)}${held ? ` (${held})` : ''}" @change=${(event: Event) => tick(draft.id, (event.target as HTMLInputElement).checked)}>${rowFace(conversation)}</label>
    <button type="button" class="row-link" data-id=${draft.id} aria-current=${draft.id === selected ? 'true' : nothing} @click=${() => select(draft.id)}>
      <span class="row-line"><span class="row-name"><bdi>${name}</bdi></span><span class="row-from"><bdi>${contact.company ?? ''}</bdi></span><time datetime=${draft.createdAt}>${ago(words, draft.createdAt, now)}</time></span>
      <span class="row-line"><span class="row-text" dir="auto">${draft.text}</span>${seen && !gone ? html`<span class="seen">${icon(check, 'xs')}</span>` : nothing}</span>
      <span class="row-line">${state(draft, refused, own)}${risk(draft, words)}${conversation.waitingSince && !gone ? signal('copper', undefined, own.t.customerWaits(waited(words, conversation.waitingSince, now))) : nothing}<span
        class="row-owner">${bot({ name: draft.agentName, avatarUrl: conversation.agent?.id === draft.agentId ? conversation.agent.avatarUrl : null }, 16)}</span></span></button></li>`;
}

function state(draft: Draft, refused: ApiProblem | undefined, { t }: Spoken<typeof english>): TemplateResult {
  if (draft.status !== 'pending') return signal('dim', check, t.gone[draft.status]);
  if (refused)
    return signal('madder', alert, Object.hasOwn(t.notSentWhy, refused.code) ? t.notSentWhy[refused.code as keyof typeof t.notSentWhy] : t.notSentWhy.other);
  return signal('agent', draftGlyph, sentence(t.by(apart(draft.agentName))));
}

function risk({ risk: { level, reasons }, status }: Draft, { t, tag }: Spoken<typeof operator>): unknown {
  if (status !== 'pending' || (level === 'low' && reasons.length === 0)) return nothing;
  return signal(
    'copper',
    shield,
    listed(
      tag,
      reasons.map((reason) => t.draft.riskReason[reason] ?? reason),
    ) || t.draft.riskLevel[level],
  );
}
