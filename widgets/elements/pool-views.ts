import { html, nothing, type TemplateResult } from 'lit';
import type { SavedView } from '../../server/contract/settings.ts';
import { poolingTexts } from '../locales/pooling.ts';
import type { StoreElement } from '../store/element.ts';
import { announce } from '../ui/announce.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { down, people, x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { inOrder } from './pool-kept.ts';
import type { PoolWords } from './pool-row.ts';
import { savedForm, type Look } from './pool-view.ts';

type Change = Partial<Pick<SavedView, 'name' | 'shared' | 'filter'>>;

/** Saves what is looked at as a view, and changes, shares, arranges and deletes the views there are. Fetched with the first of it. */
export class PoolViews {
  private readonly words;
  private readonly saving: Dialog;
  private readonly arranging: Dialog;
  private look?: Look;
  private name = '';
  private shared = false;
  private refusal?: string;

  constructor(
    private readonly host: StoreElement,
    private readonly common: PoolWords,
    /** A view was saved, or the one that is open was deleted. */
    private readonly opened: (id: string | undefined) => void,
  ) {
    this.words = words(host, poolingTexts);
    this.saving = new Dialog(host);
    this.arranging = new Dialog(host);
  }

  /** Asks for a name and keeps what is looked at under it. */
  save(look: Look): void {
    Object.assign(this, { look, name: '', shared: false, refusal: undefined });
    this.saving.show();
  }

  arrange(): void {
    this.refusal = undefined;
    this.arranging.show();
  }

  /** Has a view show what is looked at now, with a way back. */
  async update(view: SavedView, look: Look): Promise<void> {
    const { t } = this.words;
    const { common } = this.common.t;
    const answer = await this.write(view, { filter: savedForm(look) });
    if (!answer) return void toast(this.host, { text: t.views.failed, dismiss: common.dismiss });
    toast(this.host, {
      text: t.views.updated(view.name),
      dismiss: common.dismiss,
      acts: [{ label: common.undo, undo: true, run: () => void this.write(answer, { filter: view.filter }) }],
    });
  }

  render(): TemplateResult {
    return html`${this.saveDialog()}${this.arrangeDialog()}`;
  }

  private saveDialog(): TemplateResult | typeof nothing {
    return this.saving.render(() => {
      const { t } = this.words;
      const { common } = this.common.t;
      return {
        title: t.views.saveTitle,
        close: common.close,
        body: html`<div><label class="label" for="view-name">${t.views.saveName}</label><input id="view-name" class="field" maxlength="200" dir="auto" required autofocus .value=${this.name} aria-invalid=${this.refusal ? 'true' : nothing} aria-describedby=${this.refusal ? 'view-refusal' : nothing}
            @input=${(event: InputEvent) => (this.name = (event.target as HTMLInputElement).value)}></div>${
              this.mayShare
                ? html`<label class="check"><input type="checkbox" class="box" .checked=${this.shared} @change=${(event: Event) => (this.shared = (event.target as HTMLInputElement).checked)}>${t.views.saveShared}</label>`
                : nothing
            }${this.refused()}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.saving.close()}>${common.cancel}</button><button type="submit" class="btn lg primary">${common.save}</button>`,
        submit: () => void this.create(),
      };
    });
  }

  private arrangeDialog(): TemplateResult | typeof nothing {
    return this.arranging.render(() => {
      const { t } = this.words;
      const { views } = this;
      return {
        title: t.views.title,
        lead: views.length > 0 ? t.views.lead : undefined,
        close: this.common.t.common.close,
        body:
          views.length === 0
            ? html`<p role="status">${t.views.none}</p>`
            : html`<ul class="views">${views.map((view, at) => this.line(view, at, views.length))}</ul>${this.refused()}`,
        foot: html`<button type="submit" class="btn lg primary push">${t.views.done}</button>`,
        submit: () => this.arranging.close(),
      };
    });
  }

  private line(view: SavedView, at: number, all: number): TemplateResult {
    const { t } = this.words;
    const { name, shared } = view;
    const mine = !shared || this.mayShare;
    return html`<li>${
      mine
        ? html`<input class="field sm" maxlength="200" dir="auto" aria-label=${t.views.name(name)} .value=${name} @change=${(event: Event) => void this.rename(view, event.target as HTMLInputElement)} @keydown=${settle}>`
        : html`<span class="two"><b class="cut"><bdi>${name}</bdi></b><small>${icon(people, 'xs')} ${t.views.team}</small></span>`
    }${this.mayShare ? html`<label class="check"><input type="checkbox" class="switch" role="switch" .checked=${shared} aria-label="${t.views.shared}: ${name}" @change=${(event: Event) => void this.share(view, event.target as HTMLInputElement)}>${t.views.shared}</label>` : nothing}<span
      class="view-acts"><button type="button" class="btn ghost sm icon turned" aria-label=${t.views.up(name)} ?disabled=${at === 0} @click=${(event: Event) => this.move(view, at, -1, event)}>${icon(down)}</button><button
      type="button" class="btn ghost sm icon" aria-label=${t.views.down(name)} ?disabled=${at === all - 1} @click=${(event: Event) => this.move(view, at, 1, event)}>${icon(down)}</button>${
        mine
          ? html`<button type="button" class="btn ghost sm icon" aria-label=${t.views.remove(name)} title=${t.views.remove(name)} @click=${() => void this.remove(view)}>${icon(x)}</button>`
          : nothing
      }</span></li>`;
  }

  private refused(): TemplateResult | typeof nothing {
    return this.refusal ? html`<p class="refusal" id="view-refusal" role="alert">${this.refusal}</p>` : nothing;
  }

  /** What the whole team sees, admins decide. */
  private get mayShare(): boolean {
    return this.host.store?.get().me?.role === 'admin';
  }

  private get views(): readonly SavedView[] {
    const state = this.host.store?.get();
    return inOrder(state?.lists.views?.items ?? [], state?.me?.viewOrder);
  }

  private async create(): Promise<void> {
    const name = this.name.trim();
    const { t } = this.words;
    if (!this.look) return;
    if (!name) return this.refuse(t.views.nameless);
    const answer = await this.host.store?.settings.saveItem('views', { body: { name, shared: this.shared, filter: savedForm(this.look) } });
    if (!answer?.ok) return this.refuse(t.views.failed);
    this.saving.close();
    this.opened(answer.value.id);
  }

  private async write(view: SavedView, change: Change): Promise<SavedView | undefined> {
    const answer = await this.host.store?.settings.saveItem('views', { id: view.id, version: view.version, body: change });
    return answer?.ok ? answer.value : undefined;
  }

  private async rename(view: SavedView, field: HTMLInputElement): Promise<void> {
    const name = field.value.trim();
    if (!name) {
      field.value = view.name;
      return this.refuse(this.words.t.views.nameless);
    }
    if (name !== view.name && !(await this.write(view, { name }))) return this.refuse(this.words.t.views.failed);
    this.refuse(undefined);
  }

  private async share(view: SavedView, box: HTMLInputElement): Promise<void> {
    const done = await this.write(view, { shared: box.checked });
    if (!done) box.checked = view.shared;
    this.refuse(done ? undefined : this.words.t.views.failed);
  }

  private async remove(view: SavedView): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const { common } = this.common.t;
    const { name, shared, filter } = view;
    if (!(await store?.settings.removeItem('views', view.id))?.ok) return this.refuse(t.views.failed);
    this.opened(undefined);
    this.host.requestUpdate();
    toast(this.host, {
      text: t.views.removed(name),
      dismiss: common.dismiss,
      acts: [{ label: common.undo, undo: true, run: () => void store?.settings.saveItem('views', { body: { name, shared, filter } }) }],
    });
  }

  private move(view: SavedView, at: number, by: 1 | -1, event: Event): void {
    const ids = this.views.map(({ id }) => id);
    ids.splice(at + by, 0, ...ids.splice(at, 1));
    const { t, tag } = this.words;
    void this.host.store?.settings.patchMe({ viewOrder: ids }).then((answer) => this.refuse(answer.ok ? undefined : t.views.failed));
    announce(this.host, t.views.moved(view.name, number(tag, at + by + 1)));
    // The button goes along with its line, and with it the focus; at an end the other one takes it.
    const group = (event.currentTarget as HTMLElement).parentElement;
    void this.host.updateComplete.then(() => {
      const buttons = [...this.host.renderRoot.querySelectorAll<HTMLElement>(`.views li:nth-child(${at + by + 1}) .view-acts .btn:not(:disabled)`)];
      if (group) (by < 0 ? buttons[0] : (buttons.find((one) => one.ariaLabel === t.views.down(view.name)) ?? buttons[0]))?.focus();
    });
  }

  private refuse(why: string | undefined): void {
    this.refusal = why;
    this.host.requestUpdate();
  }
}

/** Enter takes a name, and does not close the dialog. */
function settle(event: KeyboardEvent): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  (event.target as HTMLInputElement).blur();
}
