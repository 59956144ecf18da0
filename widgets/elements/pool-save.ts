import { html, nothing, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import type { PoolWords } from './pool-row.ts';
import { savedForm, type Look } from './pool-view.ts';

/** Asks for a name and keeps what is looked at under it. */
export class SaveView {
  private readonly dialog: Dialog;
  private look?: Look;
  private name = '';
  private shared = false;
  private refused = false;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly saved: (id: string) => void,
  ) {
    this.dialog = new Dialog(host);
  }

  show(look: Look): void {
    this.look = look;
    this.name = '';
    this.shared = false;
    this.refused = false;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      return {
        title: t.pool.saveViewTitle,
        close: t.common.close,
        body: html`<div><label class="label" for="view-name">${t.pool.viewName}</label><input id="view-name" class="field" maxlength="200" dir="auto" required .value=${this.name}
            @input=${(event: InputEvent) => (this.name = (event.target as HTMLInputElement).value)}></div>
          <label class="check"><input type="checkbox" class="box" .checked=${this.shared} @change=${(event: Event) => (this.shared = (event.target as HTMLInputElement).checked)}>${t.pool.viewShared}</label>${
            this.refused ? html`<p class="refusal" role="alert">${t.provider.refused.other}</p>` : nothing
          }`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary">${t.common.save}</button>`,
        submit: () => void this.submit(),
      };
    });
  }

  private async submit(): Promise<void> {
    const name = this.name.trim();
    if (!name || !this.look) return;
    const answer = await this.host.store?.settings.saveItem('views', { body: { name, shared: this.shared, filter: savedForm(this.look) } });
    if (answer?.ok) {
      this.dialog.close();
      this.saved(answer.value.id);
    }
    this.refused = !answer?.ok;
    this.host.requestUpdate();
  }
}
