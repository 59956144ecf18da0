import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { paletteTexts } from '../locales/palette.ts';
import type { StoreElement } from '../store/element.ts';
import { announce } from '../ui/announce.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { undo } from '../ui/icons.ts';
import { keyHint } from '../ui/keys.ts';
import { outermostRoot, region } from '../ui/outermost.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { keysFor, keysOf, usual, type Action, type Chosen } from '../ui/shortcuts.ts';
import { words } from '../ui/words.ts';
import { match } from './palette-match.ts';
import { places, whyNot, withKeys } from './shortcut-table.ts';

const own = css`
.keys-of { display: grid; gap: 20px; max-block-size: min(60vh, 520px); overflow-y: auto; padding: 2px; margin: -2px; }
.keys-of h3 { font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); margin-block-end: 4px; }
.keys-of li { display: flex; align-items: center; gap: 8px; min-block-size: 32px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.keys-of li > .what { flex: 1; min-inline-size: 0; }
.keys-of .btn.is-recording { border-color: var(--conv-accent); color: var(--conv-accent); }
.keys-of .bad { flex-basis: 100%; color: var(--conv-urgent); font-size: var(--_fs-sm); padding-block-end: 6px; }
.keys-of li:has(.bad) { flex-wrap: wrap; }
`;

/**
 * What keys do, by where they hold; one chooses others by pressing them. Part of the operators' elements, fetched when it is
 * asked for.
 */
export class ConvShortcuts extends ConvElement {
  static override styles = [buttonsSheet, fieldsSheet, dialogSheet, own];

  @state() private typed = '';
  /** What waits for its new keys. */
  @state() private recording?: Action;
  @state() private refusal?: { readonly action: Action; readonly text: string };
  private from?: StoreElement;
  private stop?: () => void;
  private readonly words = words(this, paletteTexts);
  private readonly dialog = new Dialog(this, () => this.closed());

  /** Opens it for the operator of an element. */
  async show(from: StoreElement): Promise<void> {
    if (this.dialog.open) return;
    this.from = from;
    this.typed = '';
    this.refusal = undefined;
    this.stop = from.store?.subscribe(() => this.requestUpdate());
    this.dialog.show();
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): unknown {
    const { t } = this.words;
    return this.dialog.render(() => ({
      title: t.sheet.title,
      lead: t.sheet.lead,
      close: t.common.close,
      body: html`<input class="field" type="search" aria-label=${t.sheet.find} placeholder=${t.sheet.find} dir="auto" autocomplete="off" .value=${this.typed} @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)}>
        <div class="keys-of" tabindex="-1">${this.groups()}</div>`,
      foot: html`<button type="button" class="btn ghost lg push" ?disabled=${Object.keys(this.chosen ?? {}).length === 0} @click=${() => void this.save({})}>${icon(undo)}${t.sheet.reset}</button><button type="submit" class="btn lg primary">${t.common.close}</button>`,
      submit: () => this.dialog.close(),
    }));
  }

  private get chosen(): Chosen {
    return this.from?.chosenKeys;
  }

  private groups(): TemplateResult | TemplateResult[] {
    const { t } = this.words;
    const fits = (label: string, keys: string): boolean => match(label, this.typed) !== undefined || keys === this.typed.trim().toLowerCase();
    const shown = places.flatMap(({ id, actions, fixed = [] }) => {
      const rows = [
        ...actions.filter((action) => fits(t.sheet[action], keysFor(this.chosen, action))).map((action) => this.row(action)),
        ...fixed
          .filter(([what]) => fits(t.sheet[what], ''))
          .map(
            ([what, ...keys]) =>
              html`<li><span class="what">${t.sheet[what]}</span>${keys.map((one) => html`<kbd>${keyHint(one)}</kbd> `)}<span class="sr">${t.sheet.fixed}</span></li>`,
          ),
      ];
      return rows.length === 0 ? [] : [html`<section aria-labelledby="keys-${id}"><h3 id="keys-${id}">${t.sheet[id]}</h3><ul>${rows}</ul></section>`];
    });
    return shown.length > 0 ? shown : html`<p role="status">${t.sheet.none}</p>`;
  }

  private row(action: Action): TemplateResult {
    const { t } = this.words;
    const keys = keysFor(this.chosen, action);
    const shown = keys ? keyHint(keys) : t.sheet.noKeys;
    const recording = this.recording === action;
    return html`<li><span class="what">${t.sheet[action]}</span>${
      keys !== usual[action]
        ? html`<button type="button" class="btn ghost icon" aria-label=${t.sheet.resetOne(t.sheet[action])} title=${t.sheet.resetOne(t.sheet[action])} @click=${() => void this.choose(action, usual[action])}>${icon(undo)}</button>`
        : nothing
    }<button type="button" class="btn sm ${recording ? 'is-recording' : ''}" data-action=${action} aria-label=${recording ? t.sheet.press : t.sheet.change(t.sheet[action], shown)} @click=${() => this.begin(action)} @keydown=${(event: KeyboardEvent) => this.handleKey(event, action)}
        @blur=${() => (this.recording = undefined)}>${recording ? t.sheet.press : keys ? html`<kbd>${shown}</kbd>` : shown}</button>${this.refusal?.action === action ? html`<p class="bad" role="alert">${this.refusal.text}</p>` : nothing}</li>`;
  }

  private begin(action: Action): void {
    this.refusal = undefined;
    this.recording = action;
    announce(this, this.words.t.sheet.press);
  }

  private readonly handleKey = (event: KeyboardEvent, action: Action): void => {
    if (this.recording !== action) return;
    const keys = keysOf(event);
    if (keys === 'tab' || keys === 'shift+tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (!keys) return;
    this.recording = undefined;
    if (keys === 'escape') return;
    void this.choose(action, keys === 'backspace' || keys === 'delete' ? '' : keys);
  };

  private async choose(action: Action, keys: string): Promise<void> {
    const { t } = this.words;
    const refused = keys ? whyNot(this.chosen, action, keys) : undefined;
    if (refused) {
      this.refusal = { action, text: refused === 'page' ? t.sheet.page(keyHint(keys)) : t.sheet.taken(keyHint(keys), t.sheet[refused.taken]) };
      return;
    }
    this.refusal = undefined;
    if (await this.save(withKeys(this.chosen, action, keys), action)) announce(this, t.sheet.saved(t.sheet[action], keys ? keyHint(keys) : t.sheet.noKeys));
  }

  private async save(shortcuts: Record<string, string>, action: Action = 'palette'): Promise<boolean> {
    const answer = await this.from?.store?.settings.patchMe({ shortcuts });
    if (!answer?.ok) this.refusal = { action, text: this.words.t.sheet.failed };
    return answer?.ok ?? false;
  }

  private closed(): void {
    this.stop?.();
    this.recording = undefined;
  }
}

define('conv-shortcuts', ConvShortcuts);

/** Opens the sheet of keys in the page of an element. */
export function openShortcuts(from: StoreElement): void {
  const holder = region(outermostRoot(from), 'shortcuts', (node) => node.append(document.createElement('conv-shortcuts')));
  void holder.querySelector('conv-shortcuts')?.show(from);
}

declare global {
  interface HTMLElementTagNameMap {
    'conv-shortcuts': ConvShortcuts;
  }
}
