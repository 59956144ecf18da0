import { html, nothing, type TemplateResult } from 'lit';
import type { Macro, MacroActions } from '../../server/contract/macro.ts';
import { paletteTexts } from '../locales/palette.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { search, skill } from '../ui/icons.ts';
import { rove } from '../ui/rove.ts';
import { words } from '../ui/words.ts';
import { match } from './palette-match.ts';

/** What one macro may do to one conversation only: it speaks, or writes into the composer. */
const alone = ['text', 'quickReplyId', 'transferToAi'] as const satisfies readonly (keyof MacroActions)[];

/** Asks which macro is to be run. For hosts with the sheets of dialogs, fields and menus. */
export class MacroDialog {
  readonly words;
  private readonly dialog: Dialog;
  private typed = '';
  private several = false;
  private put?: (macro: Macro) => void;
  private stop?: () => void;

  constructor(private readonly host: StoreElement) {
    this.words = words(host, paletteTexts);
    this.dialog = new Dialog(host, () => this.stop?.());
  }

  /** @param several macros that speak to the customer are refused: nobody has seen what they would answer */
  ask(several: boolean, put: (macro: Macro) => void): void {
    Object.assign(this, { several, put, typed: '' });
    const { store } = this.host;
    store?.settings.need('macros');
    this.stop = store?.subscribe(() => this.host.requestUpdate());
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      return {
        title: t.macro.title,
        lead: this.several ? t.macro.several : undefined,
        close: t.common.close,
        body: html`<label class="with-icon">${icon(search)}<span class="sr">${t.macro.find}</span><input class="field" type="search" autofocus dir="auto" maxlength="200" autocomplete="off" placeholder=${t.macro.find} .value=${this.typed}
            @input=${this.handleInput} @keydown=${this.handleFieldKey}></label><div class="run-left macro-choices" role="group" aria-label=${t.groups.macros} @keydown=${this.handleListKey}>${this.list()}</div>`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button>`,
        submit: () => this.first(),
      };
    });
  }

  private list(): unknown {
    const { t } = this.words;
    const { store } = this.host;
    const macros = store?.get().lists.macros;
    if (macros?.problem && macros.items.length === 0) {
      return html`<p role="alert">${t.common.failed} <button type="button" class="linkish" @click=${() => void store?.settings.readList('macros')}>${t.common.retry}</button></p>`;
    }
    if (!macros?.loaded) return html`<p role="status">${t.common.loading}</p>`;
    const { found } = this;
    if (found.length === 0) return html`<p role="status">${macros.items.length > 0 ? t.none : t.macro.none}</p>`;
    return found.map((macro) => {
      const refused = this.refused(macro);
      return html`<button type="button" class="menu-item ${refused ? 'has-hint' : ''}" aria-disabled=${refused ? 'true' : nothing} @click=${() => this.choose(macro)}>${icon(skill)}${
        refused
          ? html`<span><span dir="auto">${macro.name}</span><br><span class="hint">${refused}</span></span>`
          : html`<span class="cut" dir="auto">${macro.name}</span>`
      }</button>`;
    });
  }

  private get found(): readonly Macro[] {
    return (this.host.store?.get().lists.macros?.items ?? []).filter(({ name }) => match(name, this.typed) !== undefined);
  }

  private refused({ actions }: Macro): string | undefined {
    return this.several && alone.some((key) => actions[key] !== undefined) ? this.words.t.macro.alone : undefined;
  }

  private choose(macro: Macro): void {
    if (this.refused(macro)) return;
    this.dialog.close();
    this.put?.(macro);
  }

  private first(): void {
    const first = this.found.find((macro) => !this.refused(macro));
    if (first) this.choose(first);
  }

  private readonly handleInput = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };

  private readonly handleFieldKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    this.host.renderRoot.querySelector<HTMLElement>('.macro-choices .menu-item')?.focus();
    event.preventDefault();
  };

  private readonly handleListKey = (event: KeyboardEvent): void => {
    rove(event, [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.menu-item')], 'block');
  };
}
