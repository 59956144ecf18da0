import { css, html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Found } from '../../server/contract/search.ts';
import { operatorTexts } from '../locales/operator.ts';
import { searchTexts } from '../locales/search.ts';
import { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { announce } from '../ui/announce.ts';
import { define } from '../ui/define.ts';
import { placesOf } from '../ui/found.ts';
import { icon } from '../ui/icon.ts';
import { down, search, x } from '../ui/icons.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { Sought } from './events.ts';
import type { ConvLog } from './thread-log.ts';

const sheet = css`
:host { display: block; border-block-end: var(--conv-stroke) solid var(--conv-note-line); background: var(--conv-note-tint); }
.find { display: flex; align-items: center; gap: 8px; min-block-size: 36px; padding: 4px 12px 4px 20px; color: var(--conv-note); font-size: var(--_fs-sm); line-height: 16px; }
.find bdi { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-inline-size: 0; }
.find .num { white-space: nowrap; margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.find .turned { display: inline-flex; rotate: 180deg; }
`;

/** Painted over the lines, which stay as they are. */
const paint = css`
::highlight(conv-found) { background-color: var(--conv-note-tint); text-decoration: underline; text-decoration-color: var(--conv-note); text-decoration-thickness: 2px; }
::highlight(conv-found-here) { background-color: var(--conv-note); color: var(--conv-surface); }
`;

/** Every text within a node, also behind the shadow roots of our own elements. */
function* textsIn(node: Node): Generator<Text> {
  if (node instanceof Text) yield node;
  if (node instanceof Element && (node.tagName === 'TIME' || node.matches('.sr'))) return;
  for (const child of node.childNodes) yield* textsIn(child);
}

/**
 * Where in a conversation the words of a search stand: how many places, the way to the next and the previous, each
 * marked. Part of `<conv-thread>`; fetched when a conversation is opened from a search.
 *
 * @fires conv-find-end - the reader is done with it
 */
export class ThreadFind extends StoreElement {
  static override styles = [buttonsSheet, sheet];

  /** What is searched for, in which conversation, and the message to begin at. */
  @property({ attribute: false }) sought?: Sought & { readonly of: string };
  /** The lines. */
  @property({ attribute: false }) log: () => ConvLog | null = () => null;

  @state() private items?: readonly Found[];
  @state() private here = -1;
  @state() private problem?: ApiProblem;
  private readonly words = words(this, searchTexts);
  private readonly common = words(this, operatorTexts);
  private readonly redraws = new MutationObserver(() => this.mark());
  private painted?: ConvLog;
  private ranges: { readonly name: string; readonly range: Range }[] = [];
  private calls = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.calls += 1;
    this.redraws.disconnect();
    this.wipe();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('sought') && this.sought) void this.read(this.sought);
    else this.mark();
  }

  override render(): unknown {
    const { t, tag } = this.words;
    const { items, here, problem } = this;
    const many = items?.length ?? 0;
    const step = (by: number, label: string, turned: boolean) => html`<button type="button" class="btn ghost sm icon" aria-label=${label} ?disabled=${many < 2}
      @click=${() => void this.go((here + by + many) % many)}>${turned ? html`<span class="turned">${icon(down)}</span>` : icon(down)}</button>`;
    return html`<div class="find" role="search" aria-label=${t.find} @keydown=${this.handleKey}>${icon(search)}<bdi>${this.sought?.q ?? ''}</bdi><span class="num">${
      problem ? t.failed : !items ? this.common.t.common.loading : many === 0 ? t.none : t.place(number(tag, here + 1), number(tag, many))
    }</span>${problem ? html`<button type="button" class="btn sm" @click=${() => this.sought && void this.read(this.sought)}>${this.common.t.common.retry}</button>` : nothing}${step(
      -1,
      t.previous,
      true,
    )}${step(1, t.next, false)}<button type="button" class="btn ghost sm icon" aria-label=${t.close} @click=${this.end}>${icon(x)}</button></div>`;
  }

  private async read(sought: Sought & { readonly of: string }): Promise<void> {
    const call = (this.calls += 1);
    this.items = undefined;
    this.problem = undefined;
    const { store } = this;
    const answer = await store?.core.ask(() =>
      store.core.client.api.v1.conversations[':id'].matches.$get({ param: { id: sought.of }, query: { q: sought.q } }),
    );
    if (!answer || call !== this.calls) return;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    const { items } = answer.value;
    this.items = items;
    // Found by its contact or subject: there is nothing to lead to.
    if (items.length === 0 && !sought.messageId) return this.end();
    const at = items.findIndex(({ id }) => id === sought.messageId);
    if (items.length > 0) await this.go(at < 0 ? items.length - 1 : at);
  }

  /** Goes to one of the places; what is round it is loaded where it is not yet. */
  private async go(at: number): Promise<void> {
    const { sought, items, store } = this;
    const item = items?.[at];
    if (!sought || !item || !store) return;
    const call = this.calls;
    this.here = at;
    announce(this, this.words.t.place(number(this.words.tag, at + 1), number(this.words.tag, items.length)));
    const thread = (): boolean => store.get().threads[sought.of]?.loaded === true;
    if (!thread()) await loaded(store, thread);
    await this.log()?.updateComplete;
    if (call !== this.calls) return;
    if (!this.log()?.reveal(item.id)) {
      await store.threads.loadAround(sought.of, item.id);
      await this.log()?.updateComplete;
      if (call === this.calls) this.log()?.reveal(item.id);
    }
    this.mark();
  }

  /** Paints what stands in the lines that are drawn, and again when they are drawn anew. */
  private mark(): void {
    const log = this.log();
    const root = log?.shadowRoot;
    if (!log || !root || !this.items || !this.isConnected || !('highlights' in CSS)) return;
    if (this.painted !== log) {
      this.painted = log;
      if (paint.styleSheet && !root.adoptedStyleSheets.includes(paint.styleSheet)) root.adoptedStyleSheets.push(paint.styleSheet);
      this.redraws.disconnect();
      this.redraws.observe(root, { childList: true, subtree: true, characterData: true });
    }
    this.wipe();
    const marksOf = new Map(this.items.map(({ id, marks }) => [id, marks]));
    const here = this.items[this.here]?.id;
    for (const line of root.querySelectorAll<HTMLElement>('[data-key]')) {
      const key = line.dataset['key'] ?? '';
      const marks = marksOf.get(key);
      if (marks) for (const text of textsIn(line)) this.paintText(text, marks, key === here ? 'conv-found-here' : 'conv-found');
    }
  }

  private paintText(text: Text, marks: readonly string[], name: string): void {
    for (const [from, to] of placesOf(text.data, marks)) {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      const highlight = CSS.highlights.get(name) ?? new Highlight();
      CSS.highlights.set(name, highlight.add(range));
      this.ranges.push({ name, range });
    }
  }

  private wipe(): void {
    for (const { name, range } of this.ranges) CSS.highlights.get(name)?.delete(range);
    this.ranges = [];
  }

  private readonly end = (): void => {
    this.dispatchEvent(new CustomEvent('conv-find-end', { bubbles: true }));
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.end();
  };
}

/** Resolves when something holds of the state. */
function loaded(store: NonNullable<StoreElement['store']>, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
}

define('thread-find', ThreadFind);

declare global {
  interface HTMLElementTagNameMap {
    'thread-find': ThreadFind;
  }
}
