import { ContextProvider } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { sessionContext } from '../store/session.ts';
import { define } from '../ui/define.ts';
import { isEditable } from '../ui/keys.ts';
import { deepFocus } from '../ui/rove.ts';
import { select, shallow } from '../ui/select.ts';
import { actionOf, keysOf } from '../ui/shortcuts.ts';
import { takeBack } from '../ui/toast.ts';
import { PageKeys } from '../ui/page-keys.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import './conv-details.ts';
import type { ConvDetails } from './conv-details.ts';
import './conv-pool.ts';
import type { ConvPool } from './conv-pool.ts';
import './conv-thread.ts';
import type { ConvThread } from './conv-thread.ts';
import type { Sought } from './events.ts';
import { Panes } from './inbox-panes.ts';
import { inboxSheets } from './inbox-sheet.ts';
import { leavesWriting, threadActions } from './shortcut-keys.ts';

const inboxActions = ['palette', 'sheet', 'search', 'next', 'previous', 'longest', 'begin', 'undo', 'details', ...threadActions] as const;

/**
 * The whole inbox: the pool, the open conversation, and what is known about it. It lays itself out by its own width:
 * three columns from 1120 px, two from 760 with the panel over the conversation, below that one at a time with a way back.
 *
 * @attr conversation - id of the conversation that is open, for a link that leads to it; kept current
 * @attr message - id of an item of it that is brought into view, for a link that leads to it
 * @fires conv-open - another conversation was opened, or none: `{conversationId}`, for the page's address
 * @fires conv-filter - what the pool looks at has changed: `{filter}`
 * @fires conv-section - the command palette leads to a section of the settings: `{section}`
 * @csspart pool - the list of conversations
 * @csspart thread - the open conversation
 * @csspart details - the side panel
 * @csspart pool-head - the bar at the top of the pool
 * @csspart rows - the scrolling list of the pool
 * @csspart thread-head - the bar at the top of the conversation
 * @csspart composer - where one writes
 * @cssprop [--conv-pool-width] - width of the pool, in three columns
 * @cssprop [--conv-panel-width] - width of the side panel
 */
export class ConvInbox extends StoreElement {
  static override styles = inboxSheets;

  /** Id of the conversation that is open. */
  @property({ reflect: true }) conversation?: string;
  /** Id of an item of it that is brought into view. */
  @property() message?: string;
  /** What the pool looks at; see `<conv-pool>`. */
  @property({ attribute: false }) filter?: Readonly<Record<string, unknown>>;

  /** The panel, as the reader left it; before that it stands where there is room for three columns. */
  @state() private panel?: boolean;
  @query('conv-pool') private readonly pool!: ConvPool | null;
  @query('conv-thread') private readonly thread!: ConvThread | null;
  @query('conv-details') private readonly details!: ConvDetails | null;

  private readonly words = words(this, operatorTexts);
  private readonly standing = select(
    this,
    () => this.store,
    ({ transfers, connection }) => ({ asked: Object.keys(transfers).length > 0, connection }),
    shallow,
  );
  private readonly panes = new Panes(this);
  private readonly provider = new ContextProvider(this, { context: sessionContext, initialValue: {} });

  constructor() {
    super();
    this.addEventListener('keydown', this.handleKey);
    void new PageKeys(this, (event) => this.handleKey(event));
  }

  override render(): TemplateResult {
    const { t } = this.words;
    const { columns } = this.panes;
    const { conversation } = this;
    const pane = conversation ? 'thread' : 'pool';
    const panel = this.panelShown;
    const notice = columns === 1 && pane === 'thread' ? nothing : connectionNotice(this, this.words);
    return html`<nav class="skips" aria-label=${t.provider.skips}>${this.skip(t.provider.toPool, () => this.focusPool())}${
      conversation ? this.skip(t.provider.toThread, () => this.focusThread()) : nothing
    }</nav>${notice}${this.asks()}<div class="inbox ${panel && columns === 3 ? 'has-panel' : ''}" data-pane=${pane}>
      <conv-pool part="pool" exportparts="head: pool-head, rows" role="region" aria-label=${t.pool.label} quiet .conversation=${conversation} .filter=${this.filter} @conv-open=${this.handleOpen}
        @pointerenter=${this.prepare} @focusin=${this.prepare}></conv-pool>
      <conv-thread part="thread" exportparts="head: thread-head, composer" role="region" aria-label=${t.provider.thread} .conversation=${conversation} .message=${this.message} has-keys ?has-back=${columns === 1} ?quiet=${columns > 1} ?has-details=${!panel} ?inert=${this.covered} @conv-back=${this.handleBack}
        @conv-details=${this.handleDetails} @conv-open=${this.handleOpen}></conv-thread>${
          panel && conversation
            ? html`${columns < 3 ? html`<button type="button" class="veil" tabindex="-1" aria-label=${t.details.hide} @click=${this.hidePanel}></button>` : nothing}<conv-details class="side ${columns < 3 ? 'is-over' : ''}" part="details"
              role="complementary" aria-label=${t.details.title} has-close .conversation=${conversation} @conv-details-close=${this.hidePanel} @conv-open=${this.handleOpen} @conv-filter=${this.handleFilter}></conv-details>`
            : panel && columns === 3
              ? html`<conv-details class="side" part="details" role="complementary" aria-label=${t.details.title}></conv-details>`
              : nothing
        }</div>`;
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    if (this.session !== this.provider.value) this.provider.setValue(this.session ?? {});
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has('conversation') || this.panes.columns > 1) return;
    // One column: the pane that the focus was in is gone.
    if (this.hasFocus && !this.conversation && changed.get('conversation')) this.focusPool();
  }

  /** Questions to take other conversations; fetched with the first. */
  private asks(): unknown {
    if (!this.standing.value?.asked) return nothing;
    void import('./transfer-asks.ts');
    return html`<transfer-asks class=${this.conversation ? 'in-thread' : ''} ?inert=${this.covered} .open=${this.conversation} @conv-open=${this.handleOpen} @conv-ask-else=${this.handleAskElse}></transfer-asks>`;
  }

  private get panelShown(): boolean {
    return this.panel ?? this.panes.columns === 3;
  }

  /** Whether the panel lies over all else: nothing under it takes the focus. */
  private get covered(): boolean {
    return this.panelShown && this.panes.columns === 1 && !!this.conversation;
  }

  private get hasFocus(): boolean {
    return this.matches(':focus-within');
  }

  private skip(label: string, go: () => void): TemplateResult {
    return html`<button type="button" class="skip btn" @click=${go}>${label}</button>`;
  }

  private open(id: string | undefined): void {
    if (id === this.conversation) return;
    this.conversation = id;
    if (this.panes.columns < 3) this.panel = undefined;
    this.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: id ?? null }, bubbles: true, composed: true }));
  }

  private focusPool(): void {
    void this.updateComplete.then(() => this.pool?.focus());
  }

  private focusThread(): void {
    void this.updateComplete.then(() => this.thread?.focus());
  }

  /** Somebody looks at the list: what they will open is fetched meanwhile. */
  private readonly prepare = (): void => this.thread?.prepare();

  private readonly handleOpen = (event: CustomEvent<{ conversationId: string | null; found?: Sought }>): void => {
    event.stopPropagation();
    const { conversationId, found } = event.detail;
    this.open(conversationId ?? undefined);
    if (found) void this.updateComplete.then(() => this.thread?.find(found));
    if (this.panes.columns === 1) this.focusThread();
  };

  /** The side panel asks for a list: the pool shows it, and the page hears of it as of any other. */
  private readonly handleFilter = ({ detail: { filter } }: CustomEvent<{ filter: Readonly<Record<string, unknown>> }>): void => {
    this.filter = filter;
    if (this.panes.columns < 3) this.panel = false;
    if (this.panes.columns === 1) this.open(undefined);
    this.focusPool();
  };

  private readonly handleAskElse = (event: CustomEvent<{ conversationId: string }>): void => {
    event.stopPropagation();
    this.open(event.detail.conversationId);
    void this.updateComplete.then(() => this.thread?.updateComplete).then(() => this.thread?.transfer());
  };

  private readonly handleBack = (event: Event): void => {
    event.stopPropagation();
    this.open(undefined);
    this.focusPool();
  };

  private readonly handleDetails = (event: Event): void => {
    event.stopPropagation();
    this.panel = true;
    void this.updateComplete.then(() => this.details?.updateComplete).then(() => this.details?.focus());
  };

  private readonly hidePanel = (event: Event): void => {
    event.stopPropagation();
    this.panel = false;
    this.focusThread();
  };

  /** Keys that hold wherever the focus is in the inbox; single ones but in a field. */
  private readonly handleKey = (event: KeyboardEvent): void => {
    const action = actionOf(event, this.chosenKeys, inboxActions);
    if (!action) {
      if (keysOf(event) !== 'escape' || event.defaultPrevented || event.isComposing) return;
      if (!isEditable(event.composedPath()[0])) {
        if (!this.panelShown || this.panes.columns === 3) return;
        this.hidePanel(event);
      } else if (leavesWriting(event) && this.panes.columns > 1) {
        const writing = deepFocus();
        this.pool?.focus();
        if (deepFocus() === writing) this.pool?.focusSearch();
      } else return;
    } else if (action === 'next' || action === 'previous') this.pool?.step(action === 'next' ? 1 : -1);
    else if (action === 'search') this.pool?.focusSearch();
    else if (action === 'begin') void this.pool?.begin();
    else if (action === 'undo') takeBack(this);
    else if (action === 'palette') void import('./palette-open.ts').then(({ openPalette }) => openPalette(this, this.pool, this.thread));
    else if (action === 'sheet') void import('./shortcut-sheet.ts').then(({ openShortcuts }) => openShortcuts(this));
    else if (action === 'details') {
      if (!this.conversation) return;
      (this.panelShown && this.details?.shadowRoot?.activeElement ? this.hidePanel : this.handleDetails)(event);
    } else if (action !== 'longest') {
      if (!this.thread) return;
      if (this.covered) this.panel = this.thread.inert = false;
      if (!this.thread.act(action)) return;
    } else if (!this.conversation && this.thread?.openLongestWaiting()) this.focusThread();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

define('conv-inbox', ConvInbox);

declare global {
  interface HTMLElementTagNameMap {
    'conv-inbox': ConvInbox;
  }
}
