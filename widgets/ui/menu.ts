import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { check, type Glyph } from './icons.ts';
import { ariaKeys, keyHint } from './keys.ts';
import { Popover, type Trigger } from './popover.ts';
import { isFocused, rove } from './rove.ts';

/** Something that can be chosen. */
export interface MenuItem {
  readonly label: unknown;
  readonly glyph?: Glyph;
  /** Instead of an icon: a face, an agent. */
  readonly mark?: unknown;
  /** Shortcut, such as `mod+shift+c`; shown, not bound. */
  readonly keys?: string;
  /** At the end of the line, such as a count. */
  readonly end?: unknown;
  /** Why it cannot be chosen now; it stays in the list and says so. */
  readonly refused?: string;
  readonly danger?: boolean;
  /** One of several: which one it is now. */
  readonly checked?: boolean;
  run(): void;
}

export type MenuEntry = MenuItem | 'line' | { readonly heading: string };

const typingPause = 600;

/**
 * A button with a menu: arrow keys, Home, End and typed letters move in it; the choice closes it, gives the focus back
 * and runs. `private readonly more = new Menu(this);` then `this.more.menu({ look: 'btn ghost icon', … }, label, entries)`.
 */
export class Menu extends Popover {
  private typed = '';
  private typedAt = 0;

  /** The button and its menu. `entries` is asked again at each render while it is open. */
  menu(trigger: Trigger, label: string, entries: () => readonly MenuEntry[], align: 'start' | 'end' = 'start'): TemplateResult {
    return this.render(trigger, {
      look: 'menu',
      label,
      role: 'menu',
      align,
      content: () => entries().map((entry) => this.entry(entry)),
      opened: (floating) => (items(floating).find((item) => item.ariaChecked === 'true') ?? items(floating)[0])?.focus(),
      keydown: this.handleMenuKey,
    });
  }

  private entry(entry: MenuEntry): TemplateResult {
    if (entry === 'line') return html`<hr>`;
    if ('heading' in entry) return html`<p class="menu-head">${entry.heading}</p>`;
    const { refused, checked, keys } = entry;
    const choose = (): void => {
      if (refused) return;
      this.hide();
      entry.run();
    };
    return html`<button type="button" class="menu-item focus-in ${entry.danger ? 'danger' : ''} ${refused ? 'has-hint' : ''}" tabindex="-1"
      role=${checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked=${checked === undefined ? nothing : String(checked)}
      aria-disabled=${refused ? 'true' : nothing} aria-keyshortcuts=${keys ? ariaKeys(keys) : nothing} @click=${choose} @pointermove=${focusIt}
      >${entry.glyph ? icon(entry.glyph) : (entry.mark ?? nothing)}${
        refused ? html`<span>${entry.label}<br><span class="hint">${refused}</span></span>` : html`<span class="cut">${entry.label}</span>`
      }${checked ? html`<span class="end">${icon(check, 'sm')}</span>` : entry.end ? html`<span class="end count">${entry.end}</span>` : nothing}${
        keys ? html`<kbd>${keyHint(keys)}</kbd>` : nothing
      }</button>`;
  }

  private readonly handleMenuKey = (event: KeyboardEvent): void => {
    const all = items(event.currentTarget as HTMLElement);
    if (event.key === 'Tab') this.hide();
    else if (!rove(event, all, 'block') && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.seek(event.key.toLocaleLowerCase(), event.timeStamp, all);
    }
  };

  private seek(letter: string, at: number, all: readonly HTMLElement[]): void {
    this.typed = at - this.typedAt < typingPause ? this.typed + letter : letter;
    this.typedAt = at;
    const here = all.findIndex(isFocused);
    const repeated = [...this.typed].every((one) => one === letter);
    const from = repeated ? here + 1 : here;
    const order = [...all.slice(from), ...all.slice(0, from)];
    order
      .find((item) =>
        item.innerText
          .trim()
          .toLocaleLowerCase()
          .startsWith(repeated ? letter : this.typed),
      )
      ?.focus();
  }
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item')];
}

function focusIt(event: PointerEvent): void {
  const item = event.currentTarget;
  if (item instanceof HTMLElement && !isFocused(item)) item.focus({ preventScroll: true });
}
