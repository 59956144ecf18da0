import { css, html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { composingTexts } from '../locales/composing.ts';
import type { Copy } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { x } from '../ui/icons.ts';
import { hasCommand } from '../ui/keys.ts';
import { rove } from '../ui/rove.ts';
import { composerSheet } from '../ui/sheets/composer.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';

/** How many addresses the API takes in one list. */
const most = 50;
/** The form of an address that the API takes. */
const form = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i;

/** An address as people type or paste it, alone or as `Name <address>`; undefined for anything else. */
export function addressOf(typed: string): Copy | undefined {
  const text = typed.trim();
  const [, name = '', inner] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  const handle = (inner ?? text).trim();
  if (!form.test(handle) || handle.length > 320) return undefined;
  const called = name
    .replace(/^["']|["']$/g, '')
    .trim()
    .slice(0, 200);
  return called ? { handle, name: called } : { handle };
}

const sheet = css`
:host { display: block; }
.chip { max-inline-size: 100%; padding-inline-end: 2px; }
.chip bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip button { display: inline-grid; place-items: center; inline-size: 24px; block-size: 24px; margin-block: -2px; padding: 0; border: 0; border-radius: var(--conv-radius-sm); background: none; color: var(--conv-ink-3); cursor: pointer; }
.chip button:hover { background: var(--conv-press); color: var(--conv-ink); }
.composer-line input { min-inline-size: 120px; }
.bad { flex-basis: 100%; margin: 0; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-urgent); }
`;

/**
 * Who gets a copy of a mail: addresses as chips, and a field for more. Enter, comma, semicolon or leaving the field takes what
 * was typed; Backspace in the empty field goes to the last address, where Backspace or Delete takes it out.
 *
 * @fires copies-change - the addresses changed: all of them
 */
export class MailCopies extends ConvElement {
  static override styles = [marksSheet, composerSheet, sheet];

  /** Whose mail it is: what was half typed for another one does not belong here. */
  @property({ attribute: false }) of = '';
  @property({ attribute: false }) copies: readonly Copy[] = [];
  @property() label = '';
  @state() private problem = '';
  @query('input') private readonly field!: HTMLInputElement | null;
  private readonly words = words(this, composingTexts);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('of') || !this.field) return;
    this.field.value = '';
    this.problem = '';
  }

  override render(): unknown {
    const { mail } = this.words.t;
    return html`<div class="composer-line" role="group" aria-label=${this.label} @keydown=${this.handleKey}><span aria-hidden="true">${this.label}</span>${this.copies.map(
      (copy, index) =>
        html`<span class="chip plain" title=${copy.handle}><bdi>${copy.name ?? copy.handle}</bdi><button type="button" aria-label=${mail.remove(copy.name ?? copy.handle)} @click=${() => this.leaveOut(index)}>${icon(x, 'xs')}</button></span>`,
    )}<input type="text" inputmode="email" dir="ltr" autocomplete="off" spellcheck="false" aria-label=${mail.add(this.label)} aria-describedby=${this.problem ? 'problem' : nothing} aria-invalid=${this.problem ? 'true' : nothing}
        @input=${this.handleInput} @blur=${() => this.commit()} @paste=${this.handlePaste}>${this.problem ? html`<p class="bad" id="problem" role="alert">${this.problem}</p>` : nothing}</div>`;
  }

  override focus(): void {
    this.field?.focus();
  }

  /** Takes what stands in the field. False, and says why, where that is no address. */
  commit(): boolean {
    const { field } = this;
    if (!field) return true;
    const left = this.take(field.value.split(/[,;\n]+/));
    field.value = left;
    return left === '';
  }

  /** Takes all that are addresses, once each; answers the rest. */
  private take(typed: readonly string[]): string {
    const { mail } = this.words.t;
    const all = [...this.copies];
    const left: string[] = [];
    this.problem = '';
    for (const text of typed.map((one) => one.trim()).filter(Boolean)) {
      const copy = addressOf(text);
      if (!copy || all.length >= most) {
        left.push(text);
        this.problem ||= copy ? mail.tooMany(number(this.words.tag, most)) : mail.invalid(text);
      } else if (!all.some(({ handle }) => handle.toLowerCase() === copy.handle.toLowerCase())) all.push(copy);
    }
    if (all.length > this.copies.length) this.change(all);
    return left.join(', ');
  }

  private change(copies: readonly Copy[]): void {
    this.copies = copies;
    this.dispatchEvent(new CustomEvent('copies-change', { detail: copies }));
  }

  private leaveOut(index: number): void {
    const gone = this.copies[index];
    if (!gone) return;
    this.change(this.copies.filter((_, at) => at !== index));
    this.field?.focus();
    announce(this, this.words.t.mail.removed(gone.name ?? gone.handle));
  }

  private readonly handleInput = (): void => {
    this.problem = '';
    if (this.field && /[,;]/.test(this.field.value)) this.commit();
  };

  private readonly handlePaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const { field } = this;
    if (!field || field.value.trim() !== '' || !/[\n,;]/.test(text)) return;
    event.preventDefault();
    field.value = this.take(text.split(/[,;\n]+/));
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const { field } = this;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.chip button')];
    const at = buttons.indexOf(event.target as HTMLElement);
    if (event.target === field) {
      if (event.key === 'Enter' && !hasCommand(event) && !event.isComposing) {
        event.preventDefault();
        event.stopPropagation();
        this.commit();
      } else if (event.key === 'Backspace' && field?.value === '') buttons.at(-1)?.focus();
    } else if (at >= 0) {
      if (event.key === 'Backspace' || event.key === 'Delete') {
        event.preventDefault();
        this.leaveOut(at);
      } else rove(event, [...buttons, ...(field ? [field] : [])], 'inline');
    }
  };
}

define('mail-copies', MailCopies);

declare global {
  interface HTMLElementTagNameMap {
    'mail-copies': MailCopies;
  }
}
