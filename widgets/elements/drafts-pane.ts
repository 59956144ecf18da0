import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';
import type { drafts as english } from '../locales/en/drafts.ts';
import type { Thread } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { back, down, out } from '../ui/icons.ts';
import { ariaKeys } from '../ui/keys.ts';
import { face } from '../ui/people.ts';
import type { Action } from '../ui/shortcuts.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { messageLine, noteLine } from './thread-message.ts';
import { callLine } from './thread-run.ts';
import type { Setting } from './thread-setting.ts';

/** So many of a conversation's last messages stand beside a draft. */
const SHOWN = 8;

export interface PaneOf {
  readonly draft: Draft;
  readonly conversation: SharedConversation;
  readonly thread: Thread;
  readonly setting: Setting;
  readonly own: Spoken<typeof english>;
  /** Its place in the list, from 1; 0 for one that is not in it any more. */
  readonly place: number;
  readonly all: number;
  readonly narrow: boolean;
  /** The keys of an action. */
  keys(action: Action): string;
  open(): void;
  step(by: 1 | -1): void;
  list(): void;
  again(): void;
}

/** What people and agents said to one another and noted; the rest is in the conversation. */
const said = ({ kind }: Message): boolean => kind === 'message' || kind === 'note' || kind === 'call';

/** One draft, with the last messages of its conversation above it. */
export function draftPane(pane: PaneOf): TemplateResult {
  const { draft, conversation, setting, own, place, all, narrow } = pane;
  const { t, tag } = own;
  const { words } = setting;
  const name = called(conversation.contact, words);
  return html`<header class="thread-head">${
    narrow ? html`<button type="button" class="btn ghost icon" aria-label=${t.back} @click=${pane.list}>${icon(back, 'md')}</button>` : nothing
  }${face({ id: conversation.contact.id, name: conversation.contact.name }, 24)}<div class="thread-title"><h2 tabindex="-1"><bdi>${name}</bdi></h2>${
    conversation.subject ? html`<span class="cut hide-narrow"><bdi>${conversation.subject}</bdi></span>` : nothing
  }</div><div class="thread-tools"><span class="count">${place > 0 ? t.place(number(tag, place), number(tag, all)) : nothing}</span><button type="button" class="btn ghost icon turned" aria-label=${t.previous}
      aria-keyshortcuts=${ariaKeys(pane.keys('draftPrevious'))} ?disabled=${place === 1} @click=${() => pane.step(-1)}>${icon(down)}</button><button type="button" class="btn ghost icon" aria-label=${t.next} aria-keyshortcuts=${ariaKeys(pane.keys('draftNext'))}
      ?disabled=${place === all} @click=${() => pane.step(1)}>${icon(down)}</button><button type="button" class="btn" aria-keyshortcuts=${ariaKeys(pane.keys('openDraft'))} @click=${pane.open}>${icon(out)}<span class="hide-narrow">${t.open}</span><span class="only-narrow-sr">${t.open}</span></button></div></header>
    <div class="queue-scroll" tabindex="0" role="region" aria-label=${t.last}><div class="queue-log">${messages(pane)}</div></div>
    <div class="queue-draft"><draft-review draft=${draft.id}></draft-review></div>`;
}

function messages({ thread, setting, own: { t }, again }: PaneOf): unknown {
  if (thread.problem && !thread.loaded)
    return html`<p class="queue-say" role="alert">${t.messagesFailed} <button type="button" class="linkish" @click=${again}>${setting.words.t.common.retry}</button></p>`;
  if (!thread.loaded) return html`<span class="bone"></span><span class="bone"></span>`;
  const shown = thread.items.filter(said);
  if (shown.length === 0) return html`<p class="queue-say">${t.none}</p>`;
  return html`${shown.length > SHOWN || thread.before ? html`<p class="queue-say">${t.earlier}</p>` : nothing}${repeat(
    shown.slice(-SHOWN),
    ({ id }) => id,
    (message) => (message.kind === 'note' ? noteLine(message, setting) : message.kind === 'call' ? callLine(message, setting) : messageLine(message, setting)),
  )}`;
}
