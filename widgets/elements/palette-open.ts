import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Conversation } from '../../server/contract/conversation.ts';
import { operatorTexts } from '../locales/operator.ts';
import { paletteTexts } from '../locales/palette.ts';
import { settingsTexts } from '../locales/settings.ts';
import { conversationOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { search as searchGlyph } from '../ui/icons.ts';
import { outermostRoot, region } from '../ui/outermost.ts';
import { face } from '../ui/people.ts';
import { deepFocus, refocus } from '../ui/rove.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { called } from './called.ts';
import type { ConvInbox } from './conv-inbox.ts';
import type { ConvPool } from './conv-pool.ts';
import type { ConvThread } from './conv-thread.ts';
import { entriesOf, hintOf, openIn, type Around, type Entry } from './palette-entries.ts';
import { match, type Match } from './palette-match.ts';
import { paletteSheets } from './palette-sheet.ts';

/** Lines of a group while something is typed; without it, actions and places alone. */
const MOST = 6;
/** How long typing rests before the server is asked, in milliseconds. */
const RESTS = 120;

interface Line {
  readonly entry: Entry;
  readonly match?: Match;
}

/**
 * Everything that can be done and everywhere one can go, by typing part of its name. Part of the operators' elements,
 * fetched when it is asked for.
 */
export class ConvPalette extends ConvElement {
  static override styles = paletteSheets;

  @state() private typed = '';
  @state() private active = 0;
  @state() private found: readonly Entry[] = [];
  @state() private searching: 'no' | 'yes' | 'failed' = 'no';
  @state() private around?: Omit<Around, 'words' | 'sections' | 'viewNames'>;
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('input') private readonly field!: HTMLInputElement | null;
  private readonly words = words(this, paletteTexts);
  private readonly common = words(this, operatorTexts);
  private readonly settings = words(this, settingsTexts);
  private timer?: ReturnType<typeof setTimeout>;
  private asking?: AbortController;
  private stop?: () => void;
  private chosen?: () => void;
  private cameFrom?: HTMLElement;

  /** Opens it for what the inbox shows now. */
  async show(inbox: ConvInbox, pool: ConvPool | null, thread: ConvThread | null): Promise<void> {
    const { store } = inbox;
    if (!store || this.dialog?.open) return;
    store.settings.need('macros', 'quickReplies', 'agents', 'views');
    this.around = { inbox, pool, thread };
    this.cameFrom = deepFocus();
    this.typed = '';
    this.active = 0;
    this.found = [];
    let lists: State['lists'] | undefined;
    this.stop = store.subscribe(() => {
      if (lists === store.get().lists) return;
      ({ lists } = store.get());
      this.requestUpdate();
    });
    await this.updateComplete;
    this.dialog?.showModal();
    void this.ask('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.handleClose();
  }

  override render(): unknown {
    if (!this.around) return nothing;
    const { t, tag } = this.words;
    const lines = this.lines();
    const active = lines[this.active];
    return html`<dialog class="palette" aria-label=${t.title} @close=${this.handleClose} @pointerdown=${this.handleBackdrop} @keydown=${this.handleKeydown}>
      <label>${icon(searchGlyph)}<span class="sr">${t.label}</span><input role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-activedescendant=${active ? `palette-${this.active}` : nothing}
        autocomplete="off" spellcheck="false" dir="auto" maxlength="200" placeholder=${t.placeholder} .value=${this.typed} @input=${this.handleInput}><kbd>esc</kbd></label>
      <div class="menu-list" id="palette-list" role="listbox" aria-label=${t.title} tabindex="-1">${this.groups(lines)}</div>
      <p class=${lines.length === 0 ? 'menu-head none' : 'sr'} role="status">${
        lines.length === 0 ? (this.searching === 'yes' ? t.searching : t.none) : this.typed ? t.found(number(tag, lines.length)) : ''
      }</p>${this.searching === 'failed' ? html`<p class="menu-head none" role="alert">${t.failed}</p>` : nothing}</dialog>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.renderRoot.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' });
  }

  private groups(lines: readonly Line[]): TemplateResult[] {
    const { t } = this.words;
    const { inbox } = this.around!;
    const groups = [...new Set(lines.map(({ entry }) => entry.group))];
    const open = inbox.conversation && inbox.store && conversationOf(inbox.store.get(), inbox.conversation);
    return groups.map(
      (group) =>
        html`<div role="group" aria-labelledby="palette-${group}"><p class="menu-head" id="palette-${group}">${group === 'here' && open ? called(open.contact, this.common) : t.groups[group]}</p>${lines.map(
          (line, at) => (line.entry.group === group ? this.line(line, at) : nothing),
        )}</div>`,
    );
  }

  private line({ entry, match: matched }: Line, at: number): TemplateResult {
    const { label, hint, refused } = entry;
    const keys = hintOf(entry);
    return html`<div class="menu-item ${at === this.active ? 'is-active' : ''} ${refused ? 'has-hint' : ''}" role="option" id="palette-${at}" data-id=${entry.id} aria-selected=${at === this.active ? 'true' : 'false'} aria-disabled=${refused ? 'true' : nothing}
      @pointermove=${() => (this.active = at)} @click=${() => this.take(entry)}>${entry.mark ?? (entry.glyph ? icon(entry.glyph) : nothing)}<span class="cut" dir="auto">${marked(label, matched)}</span>${
        refused ? html`<span class="hint">${refused}</span>` : hint ? html`<span class="hint cut" dir="auto">${hint}</span>` : nothing
      }${keys ? html`<kbd>${keys}</kbd>` : nothing}</div>`;
  }

  /** What is shown, in its order: the groups as they stand, in each the best match first. */
  private lines(): Line[] {
    const { typed } = this;
    const all = entriesOf(this.whole);
    if (typed.trim() === '')
      return [
        ...all.filter(({ group }) => group === 'chosen' || group === 'here' || group === 'macros'),
        ...this.found,
        ...all.filter(({ group }) => group === 'go'),
      ].map((entry) => ({ entry }));
    const fit = all.flatMap((entry): Line[] => {
      const matched = match(entry.label, typed);
      return matched ? [{ entry, match: matched }] : [];
    });
    const groups = [...new Set(fit.map(({ entry }) => entry.group))];
    const best = groups.flatMap((group) =>
      fit
        .filter(({ entry }) => entry.group === group)
        .toSorted((one, other) => one.match!.score - other.match!.score)
        .slice(0, MOST),
    );
    return [...best, ...this.found.map((entry) => ({ entry, match: match(entry.label, typed) }))];
  }

  private get whole(): Around {
    const { page } = this.settings.t;
    const admin = this.around!.inbox.store?.get().me?.role === 'admin';
    const sections = admin
      ? ([
          ['tags', page.tags],
          ['departments', page.departments],
          ['routing', page.routing],
          ['quick', page.quick],
          ['macros', page.macros],
        ] as const)
      : [];
    return { ...this.around!, words: this.words, sections, viewNames: this.common.t.pool.view };
  }

  /** Conversations and contacts: the newest, or those in which words stand. */
  private async ask(q: string): Promise<void> {
    const { store } = this.around?.inbox ?? {};
    if (!store) return;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.searching = 'yes';
    const { api } = store.core.client;
    const init = { init: { signal: asking.signal } };
    const [conversations, contacts] = await Promise.all([
      store.core.ask(() => api.v1.conversations.$get({ query: { ...(q ? { q, status: 'any' } : {}), limit: String(MOST) } }, init)),
      q ? store.core.ask(() => api.v1.contacts.$get({ query: { q, limit: String(MOST) } }, init)) : undefined,
    ]);
    if (asking.signal.aborted) return;
    this.searching = conversations.ok && (!contacts || contacts.ok) ? 'no' : 'failed';
    this.found = [
      ...(conversations.ok ? conversations.value.items : []).map((one): Entry => this.conversationEntry(one, q)),
      ...(contacts?.ok ? contacts.value.items : []).map(
        (contact): Entry => ({
          id: `contact-${contact.id}`,
          group: 'contacts',
          label: called(contact, this.common),
          hint: contact.company ?? contact.email ?? undefined,
          mark: face({ id: contact.id, name: contact.name }, 18),
          run: () => void this.openContact(contact.id),
        }),
      ),
    ];
  }

  private conversationEntry({ id, contact, subject, lastMessage }: Conversation, q: string): Entry {
    return {
      id: `conversation-${id}`,
      group: q ? 'conversations' : 'recent',
      label: called(contact, this.common),
      hint: subject ?? lastMessage?.snippet,
      mark: face({ id: contact.id, name: contact.name }, 18),
      run: () => this.go(id),
    };
  }

  private go(id: string): void {
    const { thread } = this.around!;
    openIn(this.whole, id);
    thread?.focus();
  }

  /** The newest conversation of a contact; where there is none, one is begun. */
  private async openContact(contactId: string): Promise<void> {
    const { inbox, pool } = this.around!;
    const { store } = inbox;
    if (!store || !pool) return;
    const answer = await store.core.ask(() => store.core.client.api.v1.conversations.$get({ query: { contactId, status: 'any', limit: '1' } }));
    const [newest] = answer.ok ? answer.value.items : [];
    if (newest) return this.go(newest.id);
    const { beginConversation } = await import('./begin-dialog.ts');
    beginConversation(pool, contactId);
  }

  /** Done once the dialog has closed and given the focus back: what is done may want it. */
  private take({ refused, run }: Entry): void {
    if (refused) return;
    this.chosen = run;
    this.dialog?.close();
  }

  private readonly handleInput = (): void => {
    this.typed = this.field?.value ?? '';
    this.active = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(this.typed.trim()), RESTS);
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') event.stopPropagation();
    if (event.isComposing) return;
    const lines = this.lines();
    const { length } = lines;
    const to = {
      ArrowDown: (this.active + 1) % length,
      ArrowUp: (this.active + length - 1) % length,
      PageDown: Math.min(length - 1, this.active + 8),
      PageUp: Math.max(0, this.active - 8),
    }[event.key];
    if (to !== undefined && length > 0) this.active = to;
    else if (event.key === 'Enter' && lines[this.active]) this.take(lines[this.active]!.entry);
    else if (event.key !== 'Tab') return;
    event.preventDefault();
  };

  private readonly handleBackdrop = (event: PointerEvent): void => {
    if (event.target === this.dialog) this.dialog?.close();
  };

  private readonly handleClose = (): void => {
    // Where nothing had the focus before, the field would keep it until the next frame, and the next key with it.
    this.field?.blur();
    refocus(this.cameFrom);
    clearTimeout(this.timer);
    this.asking?.abort();
    this.stop?.();
    const run = this.chosen;
    this.chosen = undefined;
    run?.();
  };
}

/** A label with what was typed marked in it. */
function marked(label: string, matched: Match | undefined): unknown {
  if (!matched) return label;
  const parts: unknown[] = [];
  let end = 0;
  for (const [from, to] of matched.places) {
    if (from < end) continue;
    parts.push(label.slice(end, from), html`<mark>${label.slice(from, to)}</mark>`);
    end = to;
  }
  return [...parts, label.slice(end)];
}

define('conv-palette', ConvPalette);

/** Opens the palette in the page of an inbox. */
export function openPalette(inbox: ConvInbox, pool: ConvPool | null, thread: ConvThread | null): void {
  const holder = region(outermostRoot(inbox), 'palette', (node) => node.append(document.createElement('conv-palette')));
  void holder.querySelector('conv-palette')?.show(inbox, pool, thread);
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-palette': ConvPalette;
  }
}
