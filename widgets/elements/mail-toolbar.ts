import { css, html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { composingTexts } from '../locales/composing.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { bold, italic, link, list, type Glyph } from '../ui/icons.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { Popover } from '../ui/popover.ts';
import { isFocused, rove } from '../ui/rove.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { words } from '../ui/words.ts';
import type { MailEditor } from './mail-editor.ts';
import { clear, letters, numbers, quote, underline } from './mail-icons.ts';
import { toolKeys, type Tool } from './mail-keys.ts';

const glyphs: Readonly<Record<Exclude<Tool, 'link'>, Glyph>> = { bold, italic, underline, bullets: list, numbers, quote, clear };
const before = ['bold', 'italic', 'underline'] as const;
const after = ['bullets', 'numbers', 'quote', 'clear'] as const;

const sheet = css`
:host { display: block; min-inline-size: 0; }
.tools { display: flex; flex-wrap: wrap; gap: 2px; }
/* A finger moves the row; a second one would take the room of the text. */
@media (pointer: coarse) { .tools { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; } .tools > * { flex: none; } }
.rule { inline-size: 1px; margin: 6px 4px; background: var(--conv-line); }
.popover { padding: 12px; border-radius: var(--conv-radius-lg); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); }
.to { display: grid; gap: 8px; inline-size: min(296px, calc(100vw - 48px)); }
.acts { display: flex; gap: 8px; justify-content: flex-end; }
.bad { margin: 0; color: var(--conv-urgent); }
.btn[aria-pressed="true"] { background: var(--conv-hover); }
.btn[aria-pressed="true"] .i { color: var(--conv-accent); }
`;

/**
 * The tools of a formatted text: one stop for Tab, arrow keys between them. The first one turns formatting off altogether.
 *
 * @fires mail-rich - formatting was switched on or off
 */
export class MailToolbar extends ConvElement {
  static override styles = [buttonsSheet, fieldsSheet, menuSheet, sheet];

  /** Whose text it formats; without one, only formatting can be switched on. */
  @property({ attribute: false }) editor?: MailEditor | null;
  @state() private bad = false;
  @state() private last = 0;
  @query('.to input') private readonly address!: HTMLInputElement | null;
  private readonly words = words(this, composingTexts);
  private readonly linking = new Popover(this);
  private heard?: MailEditor | null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.hear(undefined);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.hear(this.editor);
  }

  override render(): unknown {
    const { mail } = this.words.t;
    const { editor } = this;
    return html`<div class="tools" role="toolbar" aria-label=${mail.tools} @keydown=${this.handleKey} @focusin=${this.handleFocus} @pointerdown=${keepFocus}>
      <button type="button" class="btn ghost icon" aria-pressed=${editor ? 'true' : 'false'} aria-label=${mail.rich} title=${mail.rich} @click=${() => this.dispatchEvent(new CustomEvent('mail-rich'))}>${icon(letters)}</button>${
        editor ? html`<span class="rule" aria-hidden="true"></span>${before.map(this.tool)}${this.link(editor)}${after.map(this.tool)}` : nothing
      }</div>`;
  }

  protected override updated(): void {
    const all = this.buttons();
    const at = Math.min(this.last, all.length - 1);
    for (const [index, button] of all.entries()) button.tabIndex = index === at ? 0 : -1;
  }

  private readonly tool = (tool: Exclude<Tool, 'link'>): unknown => {
    const name = this.words.t.mail[tool];
    return html`<button type="button" class="btn ghost icon" aria-label=${name} title=${`${name} (${keyHint(toolKeys[tool])})`} aria-keyshortcuts=${ariaKeys(toolKeys[tool])}
      aria-pressed=${tool === 'clear' ? nothing : String(this.editor?.isOn(tool) ?? false)} @click=${() => this.editor?.run(tool)}>${icon(glyphs[tool])}</button>`;
  };

  private link(editor: MailEditor): unknown {
    const { mail } = this.words.t;
    return this.linking.render(
      { look: `btn ghost icon ${editor.isOn('link') ? 'is-on' : ''}`, content: icon(link), label: mail.link },
      {
        look: 'popover',
        label: mail.link,
        role: 'dialog',
        content:
          () => html`<form class="to" @submit=${this.handleLink}><label class="label" for="address">${mail.linkTo}</label><input id="address" class="field" dir="ltr" autocomplete="off" spellcheck="false"
          aria-describedby=${this.bad ? 'bad' : nothing} aria-invalid=${this.bad ? 'true' : nothing} @input=${() => (this.bad = false)}>${this.bad ? html`<p class="hint bad" id="bad" role="alert">${mail.linkBad}</p>` : nothing}
          <div class="acts">${editor.link ? html`<button type="button" class="btn" @click=${this.unlink}>${mail.linkRemove}</button>` : nothing}<button type="submit" class="btn primary">${mail.linkSet}</button></div></form>`,
        opened: () => {
          this.bad = false;
          if (!this.address) return;
          this.address.value = editor.link ?? '';
          this.address.focus();
          this.address.select();
        },
      },
    );
  }

  private buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.tools > button')];
  }

  private hear(editor: MailEditor | null | undefined): void {
    if (editor === this.heard) return;
    this.heard?.removeEventListener('mail-state', this.refresh);
    this.heard?.removeEventListener('mail-link', this.showLink);
    this.heard = editor;
    editor?.addEventListener('mail-state', this.refresh);
    editor?.addEventListener('mail-link', this.showLink);
  }

  private readonly refresh = (): void => this.requestUpdate();
  private readonly showLink = (): void => this.linking.show();

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLButtonElement && this.buttons().includes(event.target)) rove(event, this.buttons(), 'inline');
  };

  private readonly handleFocus = (): void => {
    const at = this.buttons().findIndex(isFocused);
    if (at >= 0) this.last = at;
  };

  private readonly handleLink = (event: SubmitEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const { editor, address } = this;
    if (!editor || !address) return;
    if (!editor.setLink(address.value)) {
      this.bad = true;
      address.focus();
      return;
    }
    this.linking.hide();
    editor.focus();
  };

  private readonly unlink = (): void => {
    this.editor?.setLink('');
    this.linking.hide();
    this.editor?.focus();
  };
}

/** The text keeps its caret while its tools are used. */
function keepFocus(event: PointerEvent): void {
  const pressed = event.composedPath()[0];
  if (!(pressed instanceof HTMLInputElement)) event.preventDefault();
}

define('mail-toolbar', MailToolbar);

declare global {
  interface HTMLElementTagNameMap {
    'mail-toolbar': MailToolbar;
  }
}
