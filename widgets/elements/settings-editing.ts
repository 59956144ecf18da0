/** A list of things that have a name, each made and changed in a dialog: tags, departments. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import { rulesTexts } from '../locales/rules.ts';
import type { ListName, Lists } from '../store/lists.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { Listing, State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, plus, refresh, x, type Glyph } from '../ui/icons.ts';
import { flaw } from '../ui/told.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import { vars } from '../ui/vars.ts';
import { words, type Words } from '../ui/words.ts';
import { SettingHistory } from './settings-history.ts';
import type { SectionView, SettingsHost } from './settings-sections.ts';

export type RuleWords = Words<(typeof rulesTexts)['english']>;
/** What is said of any list. */
interface ListSays {
  readonly t: { readonly common: { readonly loading: string; readonly failed: string; readonly retry: string }; readonly nothingChanged: string };
}

/** Bones of a list that is on its way. */
export const listBones = ({ t }: ListSays): TemplateResult =>
  html`<div class="bones" role="status"><span class="sr">${t.common.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;

/** What stands in place of a list that could not be read. */
export const listFailed = ({ t }: ListSays, again: () => void): TemplateResult =>
  blank(
    {
      glyph: alert,
      title: t.common.failed,
      text: t.nothingChanged,
      acts: html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>`,
    },
    true,
  );

/** The words of one such list. */
interface ListWords {
  readonly title: string;
  readonly lead: string;
  readonly add: string;
  readonly newTitle: string;
  readonly empty: string;
  readonly emptyText: string;
  readonly remove: (name: string) => string;
  readonly removed: (name: string) => string;
}

export abstract class EditingView<N extends 'tags' | 'departments' | 'quickReplies' | 'macros', D extends { name: string }> implements SectionView {
  readonly unsaved = false;
  protected readonly words: RuleWords;
  /** What is typed in the dialog. */
  protected draft?: D;
  private item?: Lists[N];
  private doomed?: Lists[N];
  private problem?: ApiProblem;
  private busy = false;
  private afterwards?: () => void;
  private readonly patience: Patience;
  private readonly editor: Dialog;
  private readonly removal: Dialog;
  private readonly history: SettingHistory;

  constructor(
    protected readonly host: SettingsHost,
    private readonly list: N,
    private readonly needs: readonly ListName[],
    private readonly glyph: Glyph,
  ) {
    this.words = words(host, rulesTexts);
    this.patience = new Patience(host);
    const closed = (): void => {
      const { afterwards } = this;
      this.afterwards = undefined;
      afterwards?.();
    };
    this.editor = new Dialog(host, closed);
    this.removal = new Dialog(host, closed);
    this.history = new SettingHistory(host, list);
  }

  protected abstract get texts(): ListWords;
  protected abstract draftOf(item?: Lists[N]): D;
  /** A row between its name's button and the cross; the mark stands before the name. */
  protected abstract row(item: Lists[N], state: State): { mark: unknown; name: unknown; facts: unknown };
  protected abstract fields(draft: D, state: State): unknown;
  /** Why it matters that this goes, or why it cannot. */
  protected abstract removalText(item: Lists[N]): unknown;
  /** Called when the dialog opens that asks before something is deleted. */
  protected aboutToRemove(_item: Lists[N]): void {}
  /** What was deleted comes back as it was. */
  protected undoOf(item: Lists[N]): ToastAct[] {
    return [{ label: this.words.t.common.undo, undo: true, run: () => void this.history.bringBack(item.id, item.name, item.version) }];
  }

  start(): void {
    this.host.store?.settings.need(this.list, ...this.needs);
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const { texts } = this;
    const listing = state.lists[this.list] as Listing<Lists[N]> | undefined;
    const add = html`<button type="button" class="btn primary" data-act="add" @click=${() => this.edit()}>${icon(plus)}${texts.add}</button>`;
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div>${
      listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing
    }</header>${this.body(listing, state, add)}</div>${this.editing(state)}${this.removing()}`;
  }

  protected change(change: Partial<D>): void {
    if (this.draft) this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  protected say(text: string, acts: ToastAct[] = []): void {
    toast(this.host, { text, acts, dismiss: this.words.t.common.dismiss });
  }

  private body(listing: Listing<Lists[N]> | undefined, state: State, add: TemplateResult): TemplateResult {
    if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? listBones(this.words) : html``;
    this.patience.out(false);
    if (!listing.loaded) return listFailed(this.words, () => void this.host.store?.settings.readList(this.list));
    if (listing.items.length === 0) return blank({ glyph: this.glyph, title: this.texts.empty, text: this.texts.emptyText, acts: add });
    return html`<ul class="accounts">${repeat(
      listing.items,
      ({ id }) => id,
      (item) => {
        const { mark, name, facts } = this.row(item, state);
        return html`<li>${mark}<div><button type="button" class="account-name" data-id=${item.id} @click=${() => this.edit(item)}>${name}</button>${facts === nothing ? nothing : html`<small>${facts}</small>`}</div><button type="button" class="btn ghost icon writes"
        aria-label=${this.texts.remove(item.name)} @click=${() => this.askRemoval(item)}>${icon(x)}</button></li>`;
      },
    )}</ul>`;
  }

  private edit(item?: Lists[N]): void {
    this.item = item;
    this.draft = this.draftOf(item);
    this.problem = undefined;
    this.editor.show();
  }

  private editing(state: State): unknown {
    this.follow(state);
    const {
      draft,
      item,
      busy,
      words: { t },
    } = this;
    if (!draft) return nothing;
    const error = this.nameError();
    return this.editor.render(() => ({
      title: item ? item.name : this.texts.newTitle,
      close: t.common.close,
      body: html`<div class="one"><label class="label" for="edit-name">${t.name}</label><input class="field" id="edit-name" autofocus maxlength="200" dir="auto" autocomplete="off" .value=${draft.name}
          aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? 'edit-error' : nothing} @input=${(event: Event) => this.change({ name: (event.target as HTMLInputElement).value } as Partial<D>)}>${
            error ? html`<p class="refusal" id="edit-error" role="alert">${error}</p>` : nothing
          }</div>${this.fields(draft, state)}${this.refusal()}${item ? this.history.render(item, this.changed) : nothing}`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.editor.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${busy}>${t.common.save}</button>`,
      submit: () => void this.save(),
    }));
  }

  /** Something is typed that is not saved. */
  private get changed(): boolean {
    return JSON.stringify(this.draft) !== JSON.stringify(this.draftOf(this.item));
  }

  /** The item as it is by now, while nothing is typed: others changed it, or an earlier version was put back. */
  private follow(state: State): void {
    const { item } = this;
    const now = item && (state.lists[this.list] as Listing<Lists[N]> | undefined)?.items.find(({ id }) => id === item.id);
    if (!now || now.version === item.version || this.busy || this.changed) return;
    this.item = now;
    this.draft = this.draftOf(now);
  }

  /** What is wrong with a field, by what the API calls it; to be shown beneath it. */
  protected wrongAt(path: string): string | undefined {
    return flaw(this.words, this.problem?.errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message);
  }

  private nameError(): string | undefined {
    const {
      problem,
      draft,
      words: { t },
    } = this;
    if (problem?.code === 'name_taken') return t.nameTaken;
    const wrong = this.wrongAt('name');
    return wrong && !draft?.name.trim() ? t.nameNeeded : wrong;
  }

  /** Why all of it was not saved, where that is not said at its name. */
  private refusal(): unknown {
    const {
      problem,
      words: { t },
    } = this;
    if (!problem || this.nameError()) return nothing;
    return html`<p class="refusal" role="alert">${problem.code === 'stale_version' ? t.stale : problem.errors.length > 0 ? t.marked : t.failed}</p>`;
  }

  private async save(): Promise<void> {
    const {
      host: { store },
      draft,
      item,
    } = this;
    if (!store || !draft || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const answer = await store.settings.saveItem(this.list, {
      ...(item ? { id: item.id, version: item.version } : {}),
      body: { ...draft, name: draft.name.trim() },
    });
    this.busy = false;
    if (answer.ok) {
      this.afterwards = () => this.say(this.words.t.saved(answer.value.name));
      this.editor.close();
      return;
    }
    this.problem = answer.problem;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus();
  }

  private askRemoval(item: Lists[N]): void {
    this.doomed = item;
    this.problem = undefined;
    this.aboutToRemove(item);
    this.removal.show();
  }

  private removing(): unknown {
    const {
      doomed,
      problem,
      words: { t },
    } = this;
    if (!doomed) return nothing;
    const refused = problem?.code === 'in_use';
    return this.removal.render(() => ({
      title: t.removeTitle(doomed.name),
      close: t.common.close,
      body: problem ? html`<p class="refusal" role="alert">${refused ? t.inUse : t.failed}</p>` : this.removalText(doomed),
      foot: html`<button type="button" class="btn lg push" @click=${() => this.removal.close()}>${t.common.cancel}</button><button type="submit" class="btn lg danger primary" ?disabled=${refused}>${t.removeYes}</button>`,
      submit: () => void this.remove(doomed),
    }));
  }

  private async remove(item: Lists[N]): Promise<void> {
    const answer = await this.host.store?.settings.removeItem(this.list, item.id);
    if (!answer) return;
    if (answer.ok) {
      this.afterwards = () => {
        this.say(this.texts.removed(item.name), this.undoOf(item));
        this.host.renderRoot.querySelector<HTMLElement>('h1')?.focus();
      };
      return this.removal.close();
    }
    this.problem = answer.problem;
    this.host.requestUpdate();
  }
}
