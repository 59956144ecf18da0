import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { SavedView } from '../../server/contract/settings.ts';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { keyOf } from '../store/filter.ts';
import { announce } from '../ui/announce.ts';
import { Patience, rowBones } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { Menu } from '../ui/menu.ts';
import { Popover } from '../ui/popover.ts';
import { select } from '../ui/select.ts';
import { keysFor } from '../ui/shortcuts.ts';
import { Ticker } from '../ui/ticker.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import type { Sought } from './events.ts';
import { emptyPool, failedPool } from './pool-blank.ts';
import type { BulkLine } from './pool-bulk.ts';
import { choicesOf, searchChoicesOf } from './pool-choices.ts';
import { PoolChosen } from './pool-chosen.ts';
import { filterPopover, tokensOf, type FilterChoices } from './pool-filter.ts';
import { channelTabs, poolHead, poolTokens, poolTools } from './pool-head.ts';
import { keep, kept } from './pool-kept.ts';
import { poolKeys } from './pool-keys.ts';
import { poolList } from './pool-list.ts';
import { PoolNews } from './pool-news.ts';
import { PoolRows } from './pool-rows.ts';
import { Searching } from './pool-searching.ts';
import { poolSheets } from './pool-sheet.ts';
import { SavedViews } from './pool-saved.ts';
import { same, sliceOf, type Slice } from './pool-slice.ts';
import { countFilterOf, filterOf, firstLook, lookOf, savedForm, type Look } from './pool-view.ts';
import { Watching } from './pool-watching.ts';

/**
 * Every conversation of every channel and agent in one list: views, channels, search, filters, and what can be done to
 * several at once. Its order is live and never moves a row under a pointer or a focus.
 *
 * @attr conversation - id of the conversation that is open beside it; its row is selected
 * @fires conv-open - a conversation is to be opened: `{conversationId}`, from a search with what was `found`
 * @fires conv-filter - what is looked at has changed, for a link: `{filter}`, which the property `filter` takes back
 * @csspart head - the bar at the top
 * @csspart rows - the scrolling list
 * @cssprop [--conv-row] - height of a row
 */
export class ConvPool extends StoreElement {
  static override styles = poolSheets;

  /** Id of the conversation that is open beside the pool. */
  @property() conversation?: string;
  /** What to look at: a saved or shared form, as `conv-filter` gives it. */
  @property({ attribute: false }) filter?: Readonly<Record<string, unknown>>;
  /** Leaves it to others to say how the connection stands. */
  @property({ type: Boolean }) quiet = false;

  @state() private look: Look = firstLook;
  @state() private found = '';
  @query('input[type=search]') private readonly searchField!: HTMLInputElement | null;

  private readonly words = words(this, operatorTexts);
  private readonly rows = new PoolRows(this);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly patience = new Patience(this);
  private readonly watching = new Watching(this);
  private readonly viewMenu = new Menu(this);
  private readonly sortMenu = new Menu(this);
  private readonly filterMenu = new Popover(this);
  private readonly chosen = new PoolChosen(
    this,
    this.rows,
    this.words,
    () => filterOf(this.look),
    () => this.views.found(this.look),
  );
  private readonly views = new SavedViews(
    this,
    this.words,
    () => this.look,
    (look) => this.choose(look),
  );
  private readonly slice = select(
    this,
    () => this.store,
    (now): Slice => sliceOf(now, filterOf(this.look), this.rows),
    same,
  );
  private readonly news = new PoolNews(this, this.words, (id) => this.openConversation(id));
  private readonly searching = new Searching(
    this,
    () => this.searchField,
    () => searchChoicesOf(this.choices),
    (text) => this.choose({ ...this.look, q: text }),
  );
  private readonly handleKey = poolKeys(this, this.rows, this.chosen);
  private announced?: string;
  /** The list that was looked at last. */
  private lookedAt?: string;
  /** Whose density of rows was read. */
  private dressedFor?: string;

  /** Puts the caret into the search field. */
  focusSearch(): void {
    this.searchField?.focus();
    this.searchField?.select();
  }

  /** Gives the focus to the row after (1) or before (-1) the one that has it, or that is open. */
  step(by: 1 | -1): void {
    this.rows.move(by, this.renderRoot.querySelector('.row-link:focus') ? undefined : this.conversation);
  }

  /** What can be done to the conversations that are chosen; none while none is. @internal */
  get chosenLines(): readonly BulkLine[] {
    return this.chosen.lines;
  }

  /** Opens the dialog that begins a conversation. */
  async begin(): Promise<void> {
    const { beginConversation } = await import('./begin-dialog.ts');
    beginConversation(this);
  }

  /** Gives the focus to the row that Tab leads to. */
  override focus(): void {
    this.rows.focus(this.rows.entry(this.conversation));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('filter') && this.filter) this.look = lookOf(this.filter, typeof this.filter['saved'] === 'string' ? this.filter['saved'] : undefined);
    const filter = filterOf(this.look);
    // What was chosen in one list is nothing of another, whoever asked for it.
    if (keyOf(filter) !== this.lookedAt) this.chosen.clear();
    this.lookedAt = keyOf(filter);
    this.watching.follow(this.store, filter, countFilterOf(this.look));
    if (this.look.q) this.searching.begin();
    this.watching.count(this.store, [...(this.viewMenu.open ? this.views.counted : []), ...(this.look.q && this.chosen.all ? [filter] : [])]);
    const me = this.store?.get().me?.id;
    if (me !== undefined && me !== this.dressedFor) this.dress(kept('density', me), me);
    const now = this.store?.get();
    const pool = now?.pools[keyOf(filter)];
    if (now && (pool?.loaded || pool?.loading)) this.rows.follow(keyOf(filter), pool, now.conversations);
  }

  override render(): TemplateResult {
    const { choices, look } = this;
    const tokens = tokensOf(choices);
    const choose = (next: Look): void => this.choose(next);
    const now = this.store?.get();
    const counts = now?.counts[keyOf(countFilterOf(look))];
    const { views } = this;
    const saved = views.all;
    return html`${poolHead({
      words: this.words,
      look,
      saved,
      counts,
      standing: now?.counts[''],
      menu: this.viewMenu,
      news: this.news.render(this.ticker.now),
      choose,
      begin: () => void this.begin(),
      keys: keysFor(this.chosenKeys, 'begin'),
      openSaved: (view: SavedView) => this.choose(lookOf(view.filter, view.id)),
      totalOf: views.totalOf,
      updateSaved: views.update,
      arrange: views.arrange,
    })}${channelTabs({ words: this.words, look, counts, choose })}${poolTools({
      words: this.words,
      look,
      sortMenu: this.sortMenu,
      filter: filterPopover(this.filterMenu, choices),
      choose,
      compact: this.compact,
      dress: (density) => this.dress(density),
      suggests: this.searching.help,
      begin: this.searching.begin,
      search: this.searching.typed,
      leaveSearch: () => this.rows.move(1, ''),
    })}${poolTokens({
      words: this.words,
      tokens,
      changed: views.changed,
      openFilter: () => this.filterMenu.show(),
      remove: (field) => this.choose({ ...look, extra: { ...look.extra, [field]: undefined } }),
      clear: () => this.choose({ ...look, extra: {}, saved: undefined }),
      save: views.save,
    })}${views.notice()}${this.quiet ? nothing : connectionNotice(this, this.words)}${this.chosen.bar(choices)}${this.list(tokens.map(({ name, value }) => value ?? name))}${views.render()}${this.chosen.end()}`;
  }

  private list(names: readonly string[]): TemplateResult | typeof nothing {
    const pool = this.slice.value?.pool;
    const { t } = this.words;
    const again = pool && this.look.q ? this.searching.help?.busy(pool, () => void this.store?.pools.reloadPool(pool.filter)) : undefined;
    if (again && pool?.ids.length === 0) return again;
    if (pool?.problem && pool.ids.length === 0) return failedPool(this.words, pool.problem, () => void this.store?.pools.reloadPool(pool.filter));
    if (!pool?.loaded) return this.patience.out(true) ? rowBones(8, t.pool.loading) : nothing;
    this.patience.out(false);
    const { rows } = this;
    const back = this.look.q && pool.nextCursor !== null ? this.searching.help?.lookingBack() : undefined;
    if (rows.shown.length === 0 && back) return back;
    if (rows.shown.length === 0) return emptyPool(this.words, this.look, names, (look) => this.choose(look));
    return poolList(rows, this.slice.value?.rows ?? [], {
      entry: rows.entry(this.conversation),
      size: pool.nextCursor === null ? rows.shown.length : -1,
      selected: this.conversation,
      picking: this.chosen.any,
      look: { words: this.words, now: this.ticker.now, me: this.store?.get().me?.id, compact: this.compact, foundIn: this.searching.help?.foundIn },
      picked: (id) => this.chosen.has(id),
      pick: (id, through) => this.chosen.toggle(id, through),
      open: (event, id) => this.handleOpen(event, id),
      key: this.handleKey,
      rest: back ?? nothing,
    });
  }

  private get choices(): FilterChoices {
    const { pool } = this.slice.value ?? {};
    return choicesOf(this.store?.get(), this.look.extra, this.rows.shown, pool, {
      words: this.words,
      typed: this.found,
      type: (text) => (this.found = text),
      change: (extra) => this.choose({ ...this.look, extra }),
    });
  }

  /** Takes the density of rows that the reader likes; what is chosen is kept. */
  private dress(density: string | undefined, me = this.store?.get().me?.id): void {
    this.dressedFor = me;
    if (density !== 'compact' && density !== 'comfortable') return;
    this.density = density;
    keep('density', me, density);
  }

  private choose(look: Look): void {
    this.look = look;
    this.dispatchEvent(
      new CustomEvent('conv-filter', {
        detail: { filter: { ...savedForm(look), ...(look.saved ? { saved: look.saved } : {}) } },
        bubbles: true,
        composed: true,
      }),
    );
  }

  private openConversation(id: string, found?: Sought): void {
    this.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: id, ...(found ? { found } : {}) }, bubbles: true, composed: true }));
  }

  private handleOpen(event: MouseEvent, id: string): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const match = this.slice.value?.pool?.found[id];
    this.openConversation(id, match && this.look.q ? { q: this.look.q, messageId: match.messageId } : undefined);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const pool = this.slice.value?.pool;
    if (!pool?.loaded || pool.loading) return;
    const key = keyOf(pool.filter);
    if (this.announced !== undefined && this.announced !== key)
      announce(this, this.words.t.pool.total(pool.ids.length, number(this.words.tag, pool.ids.length)));
    this.announced = key;
    if (pool.nextCursor !== null && !pool.problem && this.rows.nearEnd) void this.store?.pools.loadMore(pool.filter);
  }
}

define('conv-pool', ConvPool);

declare global {
  interface HTMLElementTagNameMap {
    'conv-pool': ConvPool;
  }
}
