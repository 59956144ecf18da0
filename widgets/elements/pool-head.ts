import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { SavedView } from '../../server/contract/settings.ts';
import type { Counts } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import {
  done,
  down,
  draft,
  flag,
  handoff,
  list,
  lock,
  people,
  person,
  plus,
  search,
  sort as sortGlyph,
  view as viewGlyph,
  x,
  type Glyph,
} from '../ui/icons.ts';
import { count } from '../ui/marks.ts';
import { ariaKeys } from '../ui/keys.ts';
import type { Menu, MenuEntry } from '../ui/menu.ts';
import { tabs } from '../ui/tabs.ts';
import { number } from '../ui/time.ts';
import { channelName, glyphOf, type PoolWords } from './pool-row.ts';
import { tabbed, views, type Look, type TokenField, type ViewId } from './pool-view.ts';

const viewGlyphs: Record<ViewId, Glyph> = { open: viewGlyph, mine: person, unassigned: people, handedOff: handoff, requiresAction: flag, draftPending: draft };

type Count = Counts['all'];

export interface PoolHead {
  readonly words: PoolWords;
  readonly look: Look;
  readonly saved: readonly SavedView[];
  /** Of everything that is open. */
  readonly standing: Counts | undefined;
  /** Of what is looked at, over all channels. */
  readonly counts: Counts | undefined;
  readonly menu: Menu;
  /** The bell. */
  readonly news: TemplateResult;
  choose(look: Look): void;
  begin(): void;
  /** Those that begin one. */
  readonly keys: string;
  openSaved(view: SavedView): void;
  /** How many conversations a saved view shows, where that is known. */
  totalOf(view: SavedView): number | undefined;
  /** Has a view show what is looked at; undefined where nothing is to be changed, or not by this operator. */
  readonly updateSaved?: () => void;
  arrange(): void;
}

/** The name of what is looked at, the menu of views, and the drafts that wait. */
export function poolHead(head: PoolHead): TemplateResult {
  const { words, look, saved, counts, standing, menu } = head;
  const { t, tag } = words;
  const name = saved.find(({ id }) => id === look.saved)?.name ?? t.pool.view[look.view];
  const drafts = standing?.views.draftPending.total ?? 0;
  const content = html`<span class="cut" dir="auto">${name}</span>${count(tag, counts?.all.total ?? 0)}${icon(down)}`;
  return html`<header class="pool-head" part="head">${menu.menu({ look: 'view', content }, t.pool.views, () => viewEntries(head))}<span class="push"></span>${
    drafts > 0
      ? html`<button type="button" class="btn ghost" aria-label=${`${t.pool.view.draftPending}: ${number(tag, drafts)}`} @click=${() => head.choose({ ...look, view: 'draftPending', saved: undefined, extra: {} })}>${icon(draft)}${count(tag, drafts)}</button>`
      : nothing
  }${head.news}<button type="button" class="btn ghost icon" aria-label=${t.pool.begin} title=${t.pool.begin} aria-keyshortcuts=${head.keys ? ariaKeys(head.keys) : nothing} @click=${head.begin}>${icon(plus)}</button></header>`;
}

function viewEntries({ words: { t, tag }, look, saved, standing, choose, openSaved, totalOf, updateSaved, arrange }: PoolHead): MenuEntry[] {
  const standard = views.map((view): MenuEntry => {
    const n = standing?.views[view];
    const shown = view === 'open' || view === 'mine' ? unreadShown(tag, n) : n?.total && number(tag, n.total);
    return {
      label: t.pool.view[view],
      glyph: viewGlyphs[view],
      end: shown || undefined,
      checked: !look.saved && look.view === view,
      run: () => choose({ ...look, view, saved: undefined, extra: {} }),
    };
  });
  if (saved.length === 0) return standard;
  const kept = saved.map(
    (view): MenuEntry => ({
      label: view.name,
      glyph: view.shared ? people : lock,
      checked: look.saved === view.id,
      end: shownTotal(totalOf(view), tag),
      run: () => openSaved(view),
    }),
  );
  const update: MenuEntry[] = updateSaved ? [{ label: t.pool.updateView, glyph: done, run: updateSaved }] : [];
  return [...standard, 'line', { heading: t.pool.saved }, ...kept, 'line', ...update, { label: t.pool.arrangeViews, glyph: list, run: arrange }];
}

/** Unread ones in figures; nothing for none. */
const unreadShown = (tag: string, one: Count | undefined): string => (one?.unread ? `${number(tag, one.unread)}${one.more ? '+' : ''}` : '');
const mark = (shown: string): TemplateResult | typeof nothing => (shown ? html`<span class="count">${shown}</span>` : nothing);

const shownTotal = (n: number | undefined, tag: string): string | undefined => (n ? number(tag, n) : undefined);

/** One tab for each channel, with what is unread in it. */
export function channelTabs({ words, look, counts, choose }: Pick<PoolHead, 'words' | 'look' | 'counts' | 'choose'>): TemplateResult {
  const { t, tag } = words;
  const shown: readonly Channel[] = look.channel && !tabbed.some((one) => one === look.channel) ? [...tabbed, look.channel] : tabbed;
  const all = [
    { id: 'all' as const, label: t.pool.all, end: mark(unreadShown(tag, counts?.all)) },
    ...shown.map((channel) => {
      const unread = counts?.channels[channel];
      const label = channelName(words, channel);
      return {
        id: channel,
        label,
        glyph: glyphOf(channel),
        end: mark(unreadShown(tag, unread)),
        name: t.pool.channelUnread(label, unread?.unread ?? 0, unreadShown(tag, unread)),
      };
    }),
  ];
  return tabs<Channel | 'all'>(t.pool.channels, all, look.channel ?? 'all', (id) => choose({ ...look, channel: id === 'all' ? undefined : id }));
}

/** What the search suggests while one types, once it was fetched. */
export interface Suggests {
  readonly open: boolean;
  readonly activeId: string | undefined;
  look(): void;
  close(): void;
  handleKey(event: KeyboardEvent): boolean;
  render(): unknown;
}

export interface PoolTools {
  readonly words: PoolWords;
  readonly look: Look;
  readonly sortMenu: Menu;
  readonly filter: TemplateResult;
  readonly suggests: Suggests | undefined;
  /** The field is used. */
  begin(): void;
  search(text: string): void;
  leaveSearch(): void;
  choose(look: Look): void;
  readonly compact: boolean;
  dress(density: 'comfortable' | 'compact'): void;
}

/** The search field, and the buttons that filter and sort. */
export function poolTools({
  words: { t },
  look,
  sortMenu,
  filter,
  suggests,
  begin,
  search: find,
  leaveSearch,
  choose,
  compact,
  dress,
}: PoolTools): TemplateResult {
  const keydown = (event: KeyboardEvent): void => {
    if (suggests?.handleKey(event)) return;
    if (event.key === 'ArrowDown') leaveSearch();
    else if (event.key === 'Escape' && look.q !== '') find('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const entries: readonly MenuEntry[] = [
    ...(['activity', 'priority'] as const).map(
      (sort): MenuEntry => ({ label: t.pool.sortBy[sort], checked: look.sort === sort, run: () => choose({ ...look, sort }) }),
    ),
    'line',
    { heading: t.pool.density.label },
    ...(['comfortable', 'compact'] as const).map(
      (density): MenuEntry => ({ label: t.pool.density[density], checked: compact === (density === 'compact'), run: () => dress(density) }),
    ),
  ];
  return html`<div class="pool-tools" role="search"><label class="with-icon">${icon(search)}<span class="sr">${t.pool.search}</span><input class="field sm" type="search" enterkeyhint="search" dir="auto"
      placeholder=${t.pool.searchHint} .value=${look.q} @input=${(event: InputEvent) => {
        find((event.target as HTMLInputElement).value);
        suggests?.look();
      }} @keydown=${keydown}
      role=${suggests ? 'combobox' : nothing} aria-autocomplete=${suggests ? 'list' : nothing} aria-expanded=${suggests ? String(suggests.open) : nothing} aria-controls=${suggests?.open ? 'search-options' : nothing}
      aria-activedescendant=${suggests?.activeId ?? nothing} @focus=${begin} @click=${() => suggests?.look()} @blur=${() => suggests?.close()}>${
        look.q ? nothing : html`<kbd aria-hidden="true">/</kbd>`
      }</label>${suggests?.render() ?? nothing}${filter}${sortMenu.menu(
        { look: `btn ghost icon ${look.sort === 'priority' ? 'is-on' : ''}`, content: icon(sortGlyph), label: `${t.pool.sort}: ${t.pool.sortBy[look.sort]}` },
        t.pool.sort,
        () => entries,
        'end',
      )}</div>`;
}

export interface PoolTokens {
  readonly words: PoolWords;
  readonly tokens: readonly { readonly field: TokenField; readonly name: string; readonly value?: string }[];
  /** False where what is looked at is a saved view as it was saved. */
  readonly changed: boolean;
  openFilter(): void;
  remove(field: TokenField): void;
  clear(): void;
  save(): void;
}

/** What narrows the pool, each with a way out; nothing when nothing does. */
export function poolTokens({ words: { t }, tokens, changed, openFilter, remove, clear, save }: PoolTokens): TemplateResult {
  if (tokens.length === 0) return html`<div class="pool-rule"></div>`;
  return html`<div class="pool-filters" role="group" aria-label=${t.pool.filters}>${tokens.map(
    ({
      field,
      name,
      value,
    }) => html`<span class="token"><button type="button" class="cut" @click=${openFilter}>${value === undefined ? name : html`<em>${name}</em> <bdi>${value}</bdi>`}</button><button
        type="button" aria-label=${t.pool.removeFilter(name)} @click=${() => remove(field)}>${icon(x, 'xs')}</button></span>`,
  )}<button type="button" class="btn ghost sm icon" aria-label=${t.pool.addFilter} @click=${openFilter}>${icon(plus)}</button><button type="button" class="btn ghost sm push" @click=${clear}>${t.pool.clearFilters}</button>${
    changed ? html`<button type="button" class="btn ghost sm" @click=${save}>${t.pool.saveView}</button>` : nothing
  }</div>`;
}
