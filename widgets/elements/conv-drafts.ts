import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Draft } from '../../server/contract/draft.ts';
import { draftsTexts } from '../locales/drafts.ts';
import { operatorTexts } from '../locales/operator.ts';
import { byAge, DraftQueue } from '../store/draft-queue.ts';
import { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { conversationOf, threadOf } from '../store/select.ts';
import { sessionContext } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import { blank, Patience, rowBones } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, draft as draftGlyph, lock, refresh } from '../ui/icons.ts';
import { PageKeys } from '../ui/page-keys.ts';
import { select } from '../ui/select.ts';
import { actionOf, keysFor } from '../ui/shortcuts.ts';
import { Ticker } from '../ui/ticker.ts';
import { number } from '../ui/time.ts';
import { takeBack, toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { isHeld } from './draft-desk.ts';
import './draft-review.ts';
import type { DraftReview } from './draft-review.ts';
import { BulkApproval } from './drafts-bulk.ts';
import { confirmation, draftList, listedDrafts } from './drafts-list.ts';
import { isPlain, KeptDrafts } from './drafts-kept.ts';
import { draftPane } from './drafts-pane.ts';
import { DraftReading } from './drafts-reading.ts';
import { draftsSheets } from './drafts-sheet.ts';
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
  private readonly confirming = new Dialog(this);
  private readonly bulk = new BulkApproval(() => this.requestUpdate());
  private readonly provider = new ContextProvider(this, { context: sessionContext, initialValue: {} });
  private queue?: DraftQueue;
  private queueOf?: Store;
  /** The draft that was asked of the API. */
  private asked?: string;
  private readonly kept = new KeptDrafts();
  private refused: ReadonlyMap<string, ApiProblem> = new Map();
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
    this.addEventListener('keydown', this.handleKey);
    void new PageKeys(this, (event) => this.handleKey(event));
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    if (this.session !== this.provider.value) this.provider.setValue(this.session ?? {});
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { store } = this;
    if (store && this.queueOf !== store) {
      this.queueOf = store;
      this.queue = new DraftQueue(store.core, () => this.requestUpdate());
      this.kept.clear();
    }
    void this.queue?.read();
    const { value } = this.state;
    if (value && this.queue) this.kept.keep(value, this.queue, this.draft);
    if (!this.queue?.loaded || this.current) return;
    const first = this.kept.rows.find(({ status }) => status === 'pending');
    if (this.draft && this.asked !== this.draft) {
      this.asked = this.draft;
      void store?.drafts.load(this.draft).then(({ ok }) => ok || (this.draft = first?.id));
    } else if (!this.draft && first) this.draft = first.id;
  }

  override render(): TemplateResult {
    const { t } = this.texts;
    const { queue } = this;
    if (this.connection === 'unauthorized')
      return blank({ glyph: lock, title: t.signedOut, text: t.signedOutText, acts: this.again(() => this.reconnect()) }, true);
    const notice = connectionNotice(this, this.words);
    if (!queue?.loaded) {
      if (queue?.problem)
        return html`${notice}<div class="queue-middle">${blank({ glyph: alert, title: t.failed, text: t.failedText, acts: this.again(() => void queue.retry()) }, true)}</div>`;
      return html`${notice}<div class="desk"><section class="queue">${this.patience.out(true) ? rowBones(6, t.loading) : nothing}</section></div>`;
    }
    this.patience.out(false);
    const narrow = this.panes.columns === 1;
    const { current } = this;
    if (this.kept.rows.length === 0 && !current)
      return html`${notice}<div class="queue-middle">${blank({ glyph: draftGlyph, title: t.empty, text: t.emptyText })}</div>`;
    return html`${notice}<div class="desk ${narrow ? 'is-narrow' : ''}">${narrow && !this.listed && current ? nothing : this.list(queue)}${narrow && this.listed ? nothing : this.pane(narrow)}</div>${this.confirming.render(() => confirmation(this.kept.ticked.size, this.texts, { close: () => this.confirming.close(), send: () => void this.sendTicked() }))}`;
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
    const rows = listedDrafts(this.kept, this.state.value, this.refused);
    return draftList(queue, rows, {
      keys: (action) => keysFor(this.chosenKeys, action),
      words: this.words,
      own: this.texts,
      now: this.ticker.now,
      selected: this.draft,
      progress: this.bulk.progress,
      select: (id) => this.choose(id),
      tick: (id, on) => this.tick(id, on),
      tickAll: (ids) => this.tickAll(ids),
      approve: () => this.confirming.show(),
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
    const t = this.texts.t;
    if (!current || !conversation || !thread)
      return html`<section class="queue-pane"><div class="queue-middle">${blank({ glyph: draftGlyph, title: t.empty, text: t.emptyText })}</div></section>`;
    const place = rows.findIndex(({ id }) => id === current.id) + 1;
    return html`<section class="queue-pane" aria-label=${t.by(current.agentName)} @conv-draft-settled=${this.handleSettled} @conv-write=${() => this.open()}>${draftPane(
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

  private again(run: () => void): TemplateResult {
    return html`<button type="button" class="btn" @click=${run}>${icon(refresh)}${this.words.t.common.retry}</button>`;
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
    if (this.kept.rows.slice(-5).includes(next)) void this.queue?.next();
  }

  private tick(id: string, on: boolean): void {
    this.kept.tick(id, on);
    this.requestUpdate();
  }

  /** By its key: what may not go with others says why. */
  private tickCurrent(current: Draft): void {
    const { t } = this.texts;
    if (!isPlain(current)) toast(this, { text: t.acts, dismiss: t.common.dismiss });
    else if (this.kept.isSeen(current.id)) this.tick(current.id, !this.kept.ticked.has(current.id));
  }

  private tickAll(ids: readonly string[]): void {
    this.kept.ticked.clear();
    for (const id of ids) this.kept.tick(id, true);
    this.requestUpdate();
  }

  private async sendTicked(): Promise<void> {
    const { store } = this;
    if (!store || this.bulk.progress) return;
    this.confirming.close();
    const ids = this.kept.rows.filter(({ id }) => this.kept.ticked.has(id)).map(({ id }) => id);
    this.refused = new Map();
    const { sent, refused } = await this.bulk.run(store, ids);
    this.refused = refused;
    const { t, tag } = this.texts;
    const n = number(tag, sent);
    toast(this, { text: refused.size > 0 ? t.notSent(number(tag, refused.size), n) : sent === 1 ? t.sentOne : t.sent(n), dismiss: t.common.dismiss });
    this.goOn();
  }

  private open(): void {
    if (this.current)
      this.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: this.current.conversationId }, bubbles: true, composed: true }));
  }

  /** What was looked at is settled: on to the oldest that comes after it, else the oldest of all. */
  private goOn(): void {
    const now = this.store?.get();
    // What is shown may be behind what has just been answered.
    if (now && this.queue) this.kept.keep(now, this.queue, this.draft);
    const current = this.draft ? now?.drafts.get(this.draft) : undefined;
    const { rows } = this.kept;
    if (!current || current.status === 'pending' || isHeld(current)) return this.requestUpdate();
    const waiting = rows.filter(({ status }) => status === 'pending');
    const next = waiting.find((draft) => byAge(draft, current) > 0) ?? waiting[0];
    if (next) {
      this.draft = next.id;
      this.focusNext = this.panes.columns === 1 ? 'pane' : 'row';
    } else this.draft = undefined;
  }

  private readonly handleSettled = ({ detail: id }: CustomEvent<string>): void => {
    const settled = this.store?.get().drafts.get(id);
    const { t } = this.texts;
    if (settled?.status === 'rejected') {
      toast(this, {
        text: t.rejected,
        dismiss: t.common.dismiss,
        acts: [{ label: t.common.undo, undo: true, run: () => void this.store?.drafts.restore(id) }],
      });
    } else if (settled?.status === 'approved' || settled?.status === 'edited') toast(this, { text: t.sentOne, dismiss: t.common.dismiss });
    this.goOn();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const { current, review } = this;
    const action = this.confirming.open
      ? undefined
      : actionOf(event, this.chosenKeys, ['draftNext', 'draftPrevious', 'approve', 'edit', 'reject', 'openDraft', 'tick', 'undo']);
    if (!action) return;
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
    if (['approve', 'edit', 'reject', 'tick'].includes(action) && current?.status !== 'pending') return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}

define('conv-drafts', ConvDrafts);

declare global {
  interface HTMLElementTagNameMap {
    'conv-drafts': ConvDrafts;
  }
}
