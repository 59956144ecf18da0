import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Draft } from '../../server/contract/draft.ts';
import { draftsTexts } from '../locales/drafts.ts';
import { operatorTexts } from '../locales/operator.ts';
import type { DraftQueue } from '../store/draft-queue.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf, threadOf } from '../store/select.ts';
import { sessionContext } from '../store/session.ts';
import { Patience, rowBones } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { select } from '../ui/select.ts';
import { keysFor } from '../ui/shortcuts.ts';
import { Ticker } from '../ui/ticker.ts';
import { takeBack } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { isHeld } from './draft-desk.ts';
import './draft-review.ts';
import type { DraftReview } from './draft-review.ts';
import { failedDrafts, noDrafts, signedOut } from './drafts-blank.ts';
import { BulkApproval } from './drafts-bulk.ts';
import { draftList, listedDrafts } from './drafts-list.ts';
import { isPlain, KeptDrafts } from './drafts-kept.ts';
import { QueueKeys, type QueueAction } from './drafts-keys.ts';
import { draftPane } from './drafts-pane.ts';
import { DraftReading } from './drafts-reading.ts';
import { draftsSheets } from './drafts-sheet.ts';
import { tellAlone, tellSettled } from './drafts-told.ts';
import { Panes } from './inbox-panes.ts';
import { Following } from './thread-following.ts';

/**
 * The approval queue: every draft that waits for a person, the oldest first, each beside the last messages of its
 * conversation. One works through it by single keys; several are sent together only when each was read.
 *
 * @attr draft - id of the draft that is looked at; the oldest unless told
 * @fires conv-open - a conversation is to be opened: `{conversationId}`
 * @fires conv-draft - another draft is looked at: `{draftId}`, for the page's address
 */
export class ConvDrafts extends StoreElement {
  static override styles = draftsSheets;

  /** Id of the draft that is looked at. */
  @property({ reflect: true }) draft?: string;

  /** In one column: the list instead of the draft. */
  @state() private listed = false;
  private readonly words = words(this, operatorTexts);
  private readonly texts = words(this, draftsTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly patience = new Patience(this);
  private readonly panes = new Panes(this);
  private readonly state = select(
    this,
    () => this.store,
    (all) => all,
  );
  private readonly provider = new ContextProvider(this, { context: sessionContext, initialValue: {} });
  /** The draft that was asked of the API. */
  private asked?: string;
  private readonly kept = new KeptDrafts();
  private readonly bulk = new BulkApproval(this, this.texts, this.kept, () => this.goOn());
  private focusNext?: 'row' | 'pane';
  private readonly reading = new DraftReading(
    this,
    this.words,
    () => this.store,
    () => this.state.value,
    () => this.open(),
  );

  constructor() {
    super();
    this.addController(
      new Following(
        () => this.store,
        () => this.current?.conversationId,
        (store) => store.settings.need('agents', 'operators', 'intents', 'guidanceCards'),
      ),
    );
    void new QueueKeys(this, (action) => this.act(action));
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    if (this.session !== this.provider.value) this.provider.setValue(this.session ?? {});
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { store } = this;
    if (store) this.kept.follow(store, () => this.requestUpdate());
    const { queue } = this.kept;
    void queue?.read();
    const { value } = this.state;
    if (value) this.kept.keep(value, this.draft);
    if (!queue?.loaded || this.current) return;
    const first = this.kept.rows.find(({ status }) => status === 'pending');
    if (this.draft && this.asked !== this.draft) {
      this.asked = this.draft;
      void store?.drafts.load(this.draft).then(({ ok }) => ok || (this.draft = first?.id));
    } else if (!this.draft && first) this.draft = first.id;
  }

  override render(): TemplateResult {
    const { queue } = this.kept;
    if (this.connection === 'unauthorized') return signedOut(this.texts, this.words, () => this.reconnect());
    const notice = connectionNotice(this, this.words);
    if (!queue?.loaded) {
      if (queue?.problem) return html`${notice}${failedDrafts(this.texts, this.words, () => void queue.retry())}`;
      return html`${notice}<div class="desk"><section class="queue">${this.patience.out(true) ? rowBones(6, this.texts.t.loading) : nothing}</section></div>`;
    }
    this.patience.out(false);
    const narrow = this.panes.columns === 1;
    const { current } = this;
    if (this.kept.rows.length === 0 && !current) return html`${notice}${noDrafts(this.texts)}`;
    return html`${notice}<div class="desk ${narrow ? 'is-narrow' : ''}">${narrow && !this.listed && current ? nothing : this.list(queue)}${narrow && this.listed ? nothing : this.pane(narrow)}</div>${this.bulk.render()}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { current, focusNext } = this;
    if (current?.status === 'pending' && !document.hidden && this.review && this.thread?.loaded && this.kept.see(current)) this.requestUpdate();
    this.focusNext = undefined;
    if (focusNext === 'row') this.renderRoot.querySelector<HTMLElement>(`[data-id="${this.draft}"]`)?.focus();
    else if (focusNext === 'pane') this.renderRoot.querySelector<HTMLElement>('.queue-pane h2')?.focus();
    if (changed.has('draft') && changed.get('draft') !== undefined)
      this.dispatchEvent(new CustomEvent('conv-draft', { detail: { draftId: this.draft ?? null }, bubbles: true, composed: true }));
  }

  /** Gives the focus to the draft that is looked at. */
  override focus(): void {
    this.focusNext = this.panes.columns === 1 ? 'pane' : 'row';
    this.requestUpdate();
  }

  private get current(): Draft | undefined {
    return this.draft ? this.state.value?.drafts.get(this.draft) : undefined;
  }

  private get thread() {
    return this.current && this.state.value && threadOf(this.state.value, this.current.conversationId);
  }

  private get review(): DraftReview | null {
    return this.renderRoot.querySelector('draft-review');
  }

  private list(queue: DraftQueue): TemplateResult {
    const rows = listedDrafts(this.kept, this.state.value, this.bulk.refused);
    return draftList(queue, rows, {
      keys: (action) => keysFor(this.chosenKeys, action),
      words: this.words,
      own: this.texts,
      now: this.ticker.now,
      selected: this.draft,
      progress: this.bulk.progress,
      select: (id) => this.choose(id),
      tick: (id, on) => this.tick(id, on),
      tickAll: (ids) => {
        this.kept.tickAll(ids);
        this.requestUpdate();
      },
      approve: () => this.bulk.ask(),
      stop: () => this.bulk.stop(),
      point: (on) => {
        this.kept.pointed = on;
        this.requestUpdate();
      },
    });
  }

  private pane(narrow: boolean): TemplateResult {
    const { value } = this.state;
    const { current, thread } = this;
    const { rows } = this.kept;
    const conversation = current && value && conversationOf(value, current.conversationId);
    if (!current || !conversation || !thread) return html`<section class="queue-pane">${noDrafts(this.texts)}</section>`;
    const place = rows.findIndex(({ id }) => id === current.id) + 1;
    return html`<section class="queue-pane" aria-label=${this.texts.t.by(current.agentName)} @conv-draft-settled=${this.handleSettled} @conv-write=${() => this.open()}>${draftPane(
      {
        draft: current,
        conversation,
        thread,
        setting: this.reading.of(conversation, this.ticker.now),
        own: this.texts,
        place,
        all: rows.length,
        narrow,
        keys: (action) => keysFor(this.chosenKeys, action),
        open: () => this.open(),
        step: (by) => this.step(by),
        list: () => (this.listed = true),
        again: () => void this.store?.threads.reloadThread(conversation.id),
      },
    )}</section>`;
  }

  private choose(id: string): void {
    this.draft = id;
    this.listed = false;
    if (this.panes.columns === 1) this.focusNext = 'pane';
  }

  /** Looks at the next draft that waits, or the one before. */
  private step(by: 1 | -1): void {
    const next = this.kept.beside(this.draft, by);
    if (!next) return;
    this.draft = next.id;
    this.focusNext = this.panes.columns === 1 || this.listed ? 'pane' : 'row';
    if (this.kept.rows.slice(-5).includes(next)) void this.kept.queue?.next();
  }

  private tick(id: string, on: boolean): void {
    this.kept.tick(id, on);
    this.requestUpdate();
  }

  /** By its key: what may not go with others says why. */
  private tickCurrent(current: Draft): void {
    if (!isPlain(current)) tellAlone(this, this.texts);
    else if (this.kept.isSeen(current.id)) this.tick(current.id, !this.kept.ticked.has(current.id));
  }

  private open(): void {
    if (this.current)
      this.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: this.current.conversationId }, bubbles: true, composed: true }));
  }

  /** What was looked at is settled: on to the oldest that comes after it, else the oldest of all. */
  private goOn(): void {
    const now = this.store?.get();
    // What is shown may be behind what has just been answered.
    if (now) this.kept.keep(now, this.draft);
    const current = this.draft ? now?.drafts.get(this.draft) : undefined;
    if (!current || current.status === 'pending' || isHeld(current)) return this.requestUpdate();
    const next = this.kept.after(current);
    if (next) {
      this.draft = next.id;
      this.focusNext = this.panes.columns === 1 ? 'pane' : 'row';
    } else this.draft = undefined;
  }

  private readonly handleSettled = ({ detail: id }: CustomEvent<string>): void => {
    const settled = this.store?.get().drafts.get(id);
    if (settled) tellSettled(this, this.texts, settled);
    this.goOn();
  };

  /** Does what a key asks for; false where it cannot be done now. */
  private act(action: QueueAction): boolean {
    const { current, review } = this;
    if (this.bulk.asking || (['approve', 'edit', 'reject', 'tick'].includes(action) && current?.status !== 'pending')) return false;
    const act = {
      draftNext: () => this.step(1),
      draftPrevious: () => this.step(-1),
      undo: () => takeBack(this),
      approve: () => void review?.send(),
      edit: () => review?.edit(),
      reject: () => review?.reject(),
      openDraft: () => this.open(),
      tick: () => current && this.tickCurrent(current),
    }[action];
    act();
    return true;
  }
}

define('conv-drafts', ConvDrafts);

declare global {
  interface HTMLElementTagNameMap {
    'conv-drafts': ConvDrafts;
  }
}
