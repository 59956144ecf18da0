import { html, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from '../ui/repeat.ts';
import type { SharedConversation, Working } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Intent } from '../../server/contract/settings.ts';
import { operatorTexts } from '../locales/operator.ts';
import { reasonTexts } from '../locales/reasons.ts';
import { emptyThread, type Thread } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { ConvElement } from '../ui/base.ts';
import { blank } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { mailSheet } from '../ui/sheets/mail.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { messagesSheet } from '../ui/sheets/messages.ts';
import { threadSheet } from '../ui/sheets/thread.ts';
import { Ticker } from '../ui/ticker.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { isHeld } from './draft-desk.ts';
import { Heard, sayings } from './thread-announce.ts';
import type { ConvMail } from './thread-mail.ts';
import { avatarOf } from './thread-avatar.ts';
import { ThreadGoing } from './thread-going.ts';
import type { LogPort } from './thread-log-port.ts';
import { ThreadPaper } from './thread-paper.ts';
import { rowLine } from './thread-row.ts';
import { rowsOf, type Row } from './thread-rows.ts';
import { ThreadScroll, type ScrollHost } from './thread-scroll.ts';
import type { Setting } from './thread-setting.ts';
import { logSheet } from './thread-log-sheet.ts';
import { freshBelow, toEndButton } from './thread-to-end.ts';
import { advance, type Stage } from './thread-work.ts';
import { Translating } from './translate-reading.ts';

/**
 * The lines of one conversation, however many: messages, notes, decisions, skill runs, drafts, an agent at work.
 * Part of `<conv-thread>`, which gives it everything by properties.
 */
export class ConvLog extends ConvElement implements ScrollHost {
  static override styles = [buttonsSheet, facesSheet, marksSheet, blankSheet, threadSheet, messagesSheet, mailSheet, logSheet];

  @query('.scroll') readonly scroller!: HTMLElement | null;

  @property({ attribute: false }) thread: Thread = emptyThread;
  @property({ attribute: false }) conversation?: SharedConversation;
  @property({ attribute: false }) drafts: readonly Draft[] = [];
  @property({ attribute: false }) working?: Working | null;
  /** An agent's text as it grows. */
  @property({ attribute: false }) growing = '';
  /** Name of whoever types at the customer's end. */
  @property({ attribute: false }) typist?: string;
  @property({ attribute: false }) me?: string;
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property({ attribute: false }) intents: ReadonlyMap<string, Intent> = new Map();
  @property({ attribute: false }) port?: LogPort;

  private readonly words = words(this, operatorTexts);
  protected readonly reasons = words(this, reasonTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly view = new ThreadScroll(this);
  readonly going = new ThreadGoing(this, this.view);
  private readonly paper = new ThreadPaper(this, this.view);
  /** What stands in view in the reader's language. */
  readonly translating = new Translating(this, () => ({
    messages: this.view.items.flatMap(({ index }) => {
      const row = this.rows[index];
      return row?.kind === 'item' && (row.message.kind === 'message' || row.message.kind === 'note') ? [row.message] : [];
    }),
    conversation: this.conversation?.id,
    contact: this.conversation?.contact,
  }));
  private rows: readonly Row[] = [];
  private stages: readonly Stage[] = [];
  private readonly open = new Set<string>();
  /** Links to mails that led nowhere. */
  private readonly unopened = new Set<string>();
  /** Seq of the newest item that was there when the end was last in view. */
  private seen = 0;
  private readonly heard = new Heard();
  /** The draft that listeners have heard of; undefined before the conversation stood there. */
  private told?: string;
  private setting!: Setting;
  /** Id of the item that was asked for. */
  private sought = '';
  /** Key of the line with the focus. */
  private focused = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.markRead);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.markRead);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('conversation');
    if (changed.has('conversation') && before?.id !== this.conversation?.id) this.begin();
    if (changed.has('working')) {
      this.stages = advance(this.stages, this.working);
      this.ticker.setPace(this.working ? 'second' : 'minute');
    }
    if (changed.has('thread') || changed.has('drafts') || changed.has('working') || changed.has('typist') || changed.has('conversation')) this.lay();
    this.setting = this.settingNow();
    this.view.set(this.rows, this.thread.after === null);
    this.focused = this.shadowRoot?.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? '';
  }

  protected override updated(): void {
    if (this.focused && !this.shadowRoot?.activeElement) this.refocus();
    const { items } = this.thread;
    const last = items.at(-1)?.seq ?? 0;
    if (this.view.atEnd) this.seen = last;
    // What was there when the conversation was opened is no news; what came while it is read again is.
    if (this.thread.loaded) for (const saying of sayings(this.heard.news(items, this.conversation?.lastActivityAt ?? ''), this.setting)) announce(this, saying);
    const pending = this.drafts.find(({ status }) => status === 'pending');
    if (pending && this.told !== undefined && pending.id !== this.told) announce(this, this.words.t.thread.said.draft(pending.agentName));
    this.going.letGo();
    if (this.thread.loaded) this.told = pending?.id ?? this.told ?? '';
    this.markRead();
  }

  override render(): unknown {
    const { t } = this.words;
    const { thread, setting, working, stages, growing, typist } = this;
    const { loaded, items, loading } = thread;
    const now = { working, stages, growing, typist };
    if (loaded && items.length === 0 && this.rows.length === 0) return html`<div class="nothing">${blank(t.thread.none)}</div>`;
    return html`<div class="scroll" tabindex="0" role="log" aria-live="off" aria-label=${t.thread.messages} aria-busy=${loading ? 'true' : 'false'} aria-keyshortcuts="Home End" @keydown=${this.going.handleKey} @conv-draft-settled=${this.handleSettled}
        @conv-mail-unopened=${this.handleUnopened}>
        <div class="log">${this.paper.note()}<div class="log-in" ${vars({ 'block-size': `${this.view.height}px` })}>${repeat(
          this.view.lines,
          (item) => item.key,
          ({ index, start }) => {
            const row = this.rows[index];
            return row
              ? html`<div class="line" data-index=${index} data-key=${row.key} aria-current=${row.key === this.sought ? 'location' : nothing} ${vars({ 'inset-block-start': `${start}px` })}>${rowLine(row, setting, now)}</div>`
              : nothing;
          },
        )}</div></div></div>${this.view.atEnd || this.rows.length === 0 ? nothing : toEndButton(setting, freshBelow(items, this.seen, this.me), this.handleToEnd)}`;
  }

  /** Brings an item into view, and marks it. False where it is not loaded. */
  reveal(id: string): boolean {
    this.sought = id;
    this.requestUpdate();
    return this.view.reveal(id);
  }

  /** Goes to the newest line, also where it is not loaded. */
  toEnd(): void {
    this.going.newest();
  }

  /** Goes to the first item that was unread when the conversation was opened; false where there was none. */
  toUnread(): boolean {
    return this.going.toUnread();
  }

  drawForPaper(): void {
    this.requestUpdate();
    this.performUpdate();
  }

  /** More is wanted at an end of what is loaded. */
  wants(end: 'older' | 'newer'): void {
    const { before, after, loading, loaded, problem } = this.thread;
    if (!loaded || loading || problem) return;
    if (end === 'older' && before !== null) this.port?.older();
    if (end === 'newer' && after !== null) this.port?.newer();
  }

  private begin(): void {
    this.open.clear();
    this.stages = [];
    this.heard.begin();
    this.told = undefined;
    this.seen = 0;
    this.sought = '';
    this.port?.begun();
    this.view.restart();
  }

  private lay(): void {
    const { items, pending, firstUnreadSeq, before, after } = this.thread;
    this.rows = rowsOf({
      items,
      pending,
      drafts: this.drafts,
      newFromSeq: firstUnreadSeq ?? 0,
      atStart: before === null,
      atEnd: after === null,
      working: Boolean(this.working),
      typing: this.typist !== undefined,
      held: isHeld,
    });
  }

  private settingNow(): Setting {
    const { conversation, port, names, intents, open, words: spoken, ticker, me } = this;
    return {
      words: spoken,
      now: ticker.now,
      me,
      contact: conversation?.contact,
      channel: conversation?.channel,
      agent: conversation?.agent?.name,
      translating: this.translating,
      name: (id) => names.get(id),
      avatar: (id) => avatarOf(port?.state(), id),
      intent: (name) => intents.get(name),
      opened: (key) => open.has(key),
      toggle: (key) => {
        if (!open.delete(key)) open.add(key);
        this.requestUpdate();
      },
      retry: (message) => port?.retry(message),
      fetchFile: (id) => port?.fetchFile(id),
      pictures: (id) => async (always) => (await port?.pictures(id, always)) ?? false,
      resend: (pending) => port?.resend(pending),
      discard: (pending) => port?.discard(pending),
    };
  }

  /** The line with the focus was moved, or is gone since its draft was sent: the focus stays with it, or in the conversation. */
  private refocus(): void {
    const line = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === this.focused);
    (line?.querySelector('draft-review') ?? this.scroller)?.focus({ preventScroll: true });
  }

  private readonly handleSettled = (): void => {
    this.lay();
    this.requestUpdate();
  };

  /** Once a link: where reading again brings the same one, it is not the link that is wrong. */
  private readonly handleUnopened = ({ target }: Event): void => {
    const { src } = target as ConvMail;
    if (this.unopened.has(src)) return;
    this.unopened.add(src);
    this.port?.again();
  };

  private readonly handleToEnd = (): void => this.going.toEnd();

  /** Says how far was read, once the newest message of the customer is in view in a window that is looked at. */
  private readonly markRead = (): void => {
    const { loaded, items, after } = this.thread;
    if (document.hidden || !loaded) return;
    const newest = items.findLast((item) => item.direction === 'inbound');
    if (newest) this.port?.read(newest.seq, this.view.atEnd && after === null);
  };
}

define('conv-log', ConvLog);

declare global {
  interface HTMLElementTagNameMap {
    'conv-log': ConvLog;
  }
}
