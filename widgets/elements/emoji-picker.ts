import { css, html } from 'lit';
import { query, state } from 'lit/decorators.js';
import { composingTexts } from '../locales/composing.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { words } from '../ui/words.ts';
import { emoji, findEmoji, nameOf, type Emoji } from './emoji-data.ts';

/** How many of the lately used are kept, in the browser: one row. */
const kept = 8;
const key = 'convene emoji';
/** How many stand in a row; arrow keys up and down go by it. */
const columns = 8;

const sheet = css`
:host { display: block; inline-size: 296px; max-inline-size: 100%; }
.search { padding: 8px 8px 4px; }
.all { block-size: 232px; overflow-y: auto; overscroll-behavior: contain; padding: 0 8px 8px; }
h3 { margin: 0; padding: 8px 4px 4px; font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); }
.grid { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); }
.grid button { aspect-ratio: 1; min-inline-size: 0; padding: 0; border: 0; border-radius: var(--conv-radius-md); background: none; font-size: var(--_fs-2xl); line-height: 1; cursor: pointer; }
.grid button:hover, .grid button:focus { background: var(--conv-hover); }
p { margin: 0; padding: 12px 4px; color: var(--conv-ink-3); }
`;

/**
 * A choice of emoji, by group or by what is searched for, the lately used first. Arrow keys move in it, Enter takes.
 *
 * @fires emoji-pick - one was taken: the sign
 */
export class EmojiPicker extends ConvElement {
  static override styles = [fieldsSheet, sheet];

  @state() private typed = '';
  @state() private recent: readonly string[] = lately();
  @query('input') private readonly field!: HTMLInputElement;
  private readonly words = words(this, composingTexts);

  /** Begins anew: it has been opened. */
  async begin(): Promise<void> {
    this.typed = '';
    this.recent = lately();
    await this.updateComplete;
    this.field.focus();
  }

  override render(): unknown {
    const { emoji: t } = this.words.t;
    const searched = this.typed.trim() !== '';
    const found = searched ? findEmoji(this.typed) : [];
    return html`<div class="search"><input class="field" type="search" autocomplete="off" spellcheck="false" aria-label=${t.search} placeholder=${t.search} .value=${this.typed}
        @input=${() => (this.typed = this.field.value)} @keydown=${this.handleSearchKey}></div>
      <div class="all" @keydown=${this.handleKey}>${
        searched
          ? found.length > 0
            ? this.group(t.found, found)
            : html`<p role="status">${t.none}</p>`
          : [
              ...(this.recent.length > 0
                ? [
                    this.group(
                      t.recent,
                      this.recent.map((sign) => ({ sign, words: nameOf(sign) })),
                    ),
                  ]
                : []),
              ...emoji.map(([group, list]) => this.group(t.groups[group], list)),
            ]
      }</div>`;
  }

  private group(name: string, list: readonly Emoji[]): unknown {
    return html`<h3 id=${`of-${name}`}>${name}</h3><div class="grid" role="group" aria-label=${name}>${list.map(
      ({ sign, words: called }) =>
        html`<button type="button" tabindex="-1" aria-label=${called} title=${called} @click=${() => this.pick(sign)}>${sign}</button>`,
    )}</div>`;
  }

  private pick(sign: string): void {
    remember(sign);
    this.dispatchEvent(new CustomEvent('emoji-pick', { detail: sign }));
  }

  private buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.grid button')];
  }

  private readonly handleSearchKey = (event: KeyboardEvent): void => {
    const [first] = this.buttons();
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (this.typed.trim() !== '') first?.click();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      first?.focus();
    }
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const all = this.buttons();
    const here = all.indexOf(event.target as HTMLElement);
    const forward = this.rtl ? 'ArrowLeft' : 'ArrowRight';
    const backward = this.rtl ? 'ArrowRight' : 'ArrowLeft';
    const next =
      { [forward]: here + 1, [backward]: here - 1, Home: 0, End: all.length - 1 }[event.key] ??
      (event.key === 'ArrowDown' || event.key === 'ArrowUp' ? this.below(all, here, event.key === 'ArrowDown') : undefined);
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0) this.field.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  };

  /** The one under or over another, also where a group ends in the middle of a row; -1 above the first row. */
  private below(all: readonly HTMLElement[], here: number, down: boolean): number {
    const place = all[here];
    const grid = place?.parentElement;
    if (!place || !grid) return -1;
    const at = [...grid.children].indexOf(place);
    const step = here + (down ? columns : -columns);
    if (all[step]?.parentElement === grid) return step;
    const start = here - at;
    if (down) return start + grid.childElementCount < all.length ? Math.min(start + grid.childElementCount + (at % columns), all.length - 1) : all.length - 1;
    return start === 0 ? -1 : start - 1;
  }
}

function lately(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string').slice(0, kept) : [];
  } catch {
    return [];
  }
}

function remember(sign: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([sign, ...lately().filter((one) => one !== sign)].slice(0, kept)));
  } catch {
    // Without storage nothing is remembered.
  }
}

define('conv-emoji', EmojiPicker);

declare global {
  interface HTMLElementTagNameMap {
    'conv-emoji': EmojiPicker;
  }
}
