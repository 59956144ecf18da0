/** A list of things in an order, and a page for each of them: triggers, routes, intents. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import { handingTexts } from '../locales/handing.ts';
import { rulesTexts } from '../locales/rules.ts';
import type { ListName, Lists } from '../store/lists.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, plus, type Glyph } from '../ui/icons.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import { words, type Words } from '../ui/words.ts';
import { listBones, listFailed, type RuleWords } from './settings-editing.ts';
import type { FieldSetting } from './settings-fields.ts';
import { SettingHistory } from './settings-history.ts';
import { Ordering } from './settings-order.ts';
import type { SectionView, SettingsHost, SettingWords } from './settings-sections.ts';

export type HandingWords = Words<(typeof handingTexts)['english']>;

/** The words of one such list. */
interface RecordWords {
  readonly title: string;
  readonly lead: string;
  readonly add: string;
  readonly newTitle: string;
  readonly empty: string;
  readonly emptyText: string;
}

export abstract class RecordsView<N extends 'triggers' | 'routes' | 'intents', D extends object> implements SectionView {
  protected readonly rules: RuleWords;
  protected readonly words: HandingWords;
  protected draft?: D;
  private item?: Lists[N];
  /** As the draft began. */
  private before = '';
  private problem?: ApiProblem;
  private busy = false;
  private readonly patience: Patience;
  private readonly ordering: Ordering;
  private readonly history: SettingHistory;

  constructor(
    protected readonly host: SettingsHost,
    private readonly settings: SettingWords,
    private readonly list: N,
    private readonly needs: readonly ListName[],
    private readonly glyph: Glyph,
  ) {
    this.rules = words(host, rulesTexts);
    this.words = words(host, handingTexts);
    this.patience = new Patience(host);
    this.ordering = new Ordering(host, this.rules, list);
    this.history = new SettingHistory(host, list);
  }

  protected abstract get texts(): RecordWords;
  protected abstract draftOf(item?: Lists[N]): D;
  /** As the API takes it. */
  protected abstract bodyOf(draft: D): Record<string, unknown>;
  protected abstract nameOf(item: Lists[N]): string;
  protected abstract factsOf(item: Lists[N], state: State): unknown;
  protected abstract fields(draft: D, setting: FieldSetting, state: State): unknown;
  /** What stands beside the list and beside each of its pages. */
  protected aside(): TemplateResult | typeof nothing {
    return nothing;
  }

  get unsaved(): boolean {
    return this.draft !== undefined && JSON.stringify(this.draft) !== this.before;
  }

  start(): void {
    this.host.store?.settings.need(this.list, ...this.needs);
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const aside = this.aside();
    const shown = this.draft ? this.page(this.draft, state) : this.all(state);
    return aside === nothing ? shown : html`<div class="beside">${shown}${aside}</div>`;
  }

  /** Those that are there, in their order; the one that is being changed as it is on screen. */
  protected get tried(): { items: readonly Lists[N][]; changed?: { id: string | undefined; body: Record<string, unknown> } } {
    const items = this.ordering.of(this.items);
    return this.draft && this.unsaved ? { items, changed: { id: this.item?.id, body: this.bodyOf(this.draft) } } : { items };
  }

  protected change(change: Partial<D>): void {
    if (this.draft) this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private get items(): readonly Lists[N][] {
    return (this.host.store?.get().lists[this.list]?.items ?? []) as readonly Lists[N][];
  }

  private all(state: State): TemplateResult {
    const { texts } = this;
    const listing = state.lists[this.list];
    const add = html`<button type="button" class="btn primary writes" data-act="add" @click=${() => this.open()}>${icon(plus)}${texts.add}</button>`;
    const body = (): unknown => {
      if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? listBones(this.rules) : nothing;
      this.patience.out(false);
      if (!listing.loaded) return listFailed(this.rules, () => void this.host.store?.settings.readList(this.list));
      if (listing.items.length === 0) return blank({ glyph: this.glyph, title: texts.empty, text: texts.emptyText, acts: add });
      const items = this.ordering.of(this.items);
      return html`<ol class="accounts">${repeat(
        items,
        ({ id }) => id,
        (item, at) =>
          this.ordering.row(
            item,
            at,
            items.length,
            {
              title: this.nameOf(item),
              name: html`<bdi>${this.nameOf(item)}</bdi>`,
              facts: this.factsOf(item, state),
              off: 'active' in item && !item.active,
              acts: this.activeSwitch(item),
            },
            () => this.open(item),
          ),
      )}</ol>`;
    };
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div>${
      listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing
    }</header>${body()}</div>`;
  }

  private activeSwitch(item: Lists[N]): unknown {
    if (!('active' in item)) return nothing;
    return html`<input type="checkbox" class="switch" role="switch" aria-label=${this.rules.t.routing.activeOf(this.nameOf(item))} .checked=${item.active}
      @change=${(event: Event) => void this.setActive(item, (event.target as HTMLInputElement).checked)}>`;
  }

  private page(draft: D, state: State): TemplateResult {
    const {
      item,
      problem,
      busy,
      rules: { t },
      words: { t: own },
    } = this;
    const now = item && this.items.find(({ id }) => id === item.id);
    if (now && now.version !== item.version && !this.unsaved && !busy) this.begin(now);
    const setting: FieldSetting = { words: this.settings, errors: problem?.errors ?? [], needs: [] };
    const refusal =
      problem && (problem.code === 'stale_version' ? t.stale : problem.code === 'name_taken' ? t.nameTaken : problem.code === 'invalid' ? t.marked : t.failed);
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><button type="button" class="btn ghost icon" data-act="back" aria-label=${this.texts.title}
        @click=${() => this.host.leave(() => this.leave(item?.id))}>${icon(back)}</button><div><h1 tabindex="-1">${item ? this.nameOf(item) : this.texts.newTitle}</h1></div></header>
      <div class="form-body">${this.fields(this.draft ?? draft, setting, state)}${
        item
          ? html`${this.history.render(item, this.unsaved)}<section class="group writes"><header><div><h2>${own.remove}</h2></div><button type="button" class="btn danger" data-act="remove" @click=${() => void this.remove(item)}>${own.remove}</button></header></section>`
          : nothing
      }</div>${
        item && !this.unsaved && !busy
          ? nothing
          : html`<div class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : item ? t.unsaved : nothing}</span>${
              problem?.code === 'stale_version'
                ? html`<button type="button" class="btn" @click=${() => this.begin(problem.current as Lists[N])}>${t.showTheirs}</button>`
                : nothing
            }<button type="button" class="btn" ?disabled=${busy} @click=${() => (item ? this.begin(item) : this.leave())}>${t.discard}</button><button type="submit" class="btn primary" data-act="save" ?disabled=${busy}>${t.common.save}</button></div>`
      }</form>`;
  }

  private begin(item?: Lists[N]): void {
    this.item = item;
    this.draft = this.draftOf(item);
    this.before = JSON.stringify(this.draft);
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private open(item?: Lists[N]): void {
    this.begin(item);
    this.moveFocus('h1');
  }

  private leave(from?: string): void {
    this.draft = undefined;
    this.item = undefined;
    this.host.requestUpdate();
    this.moveFocus(from ? `[data-id="${from}"]` : 'h1');
  }

  private moveFocus(to: string): void {
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      renderRoot.querySelector('.shown')?.scrollTo(0, 0);
      (renderRoot.querySelector<HTMLElement>(to) ?? renderRoot.querySelector<HTMLElement>('h1'))?.focus();
    });
  }

  private say(text: string, acts: ToastAct[] = []): void {
    toast(this.host, { text, acts, dismiss: this.rules.t.common.dismiss });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  private async save(): Promise<void> {
    const {
      host: { store, mayEdit },
      draft,
      item,
    } = this;
    if (!store || !draft || this.busy || !mayEdit) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const position = item ? {} : { position: 1 + Math.max(-1, ...this.items.map((one) => one.position)) };
    const answer = await store.settings.saveItem(this.list, {
      ...(item ? { id: item.id, version: item.version } : {}),
      body: { ...this.bodyOf(draft), ...position },
    });
    this.busy = false;
    if (answer.ok) {
      this.begin(answer.value);
      return this.say(this.rules.t.saved(this.nameOf(answer.value)));
    }
    this.problem = answer.problem;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.shown :is([aria-invalid="true"], [data-refused])')?.focus();
  }

  private async setActive(item: Lists[N], active: boolean): Promise<void> {
    const answer = await this.host.store?.settings.saveItem(this.list, { id: item.id, body: { active } });
    if (!answer?.ok) this.say(this.rules.t.failed);
    this.host.requestUpdate();
  }

  /** Deleted at once, with a way back: the same again, in its place. */
  private async remove(item: Lists[N]): Promise<void> {
    const { store } = this.host;
    const answer = await store?.settings.removeItem(this.list, item.id);
    if (!answer?.ok) return this.say(answer?.problem.code === 'in_use' ? this.rules.t.inUse : this.rules.t.failed);
    this.leave();
    const body = { ...this.bodyOf(this.draftOf(item)), position: item.position, ...('active' in item ? { active: item.active } : {}) };
    this.say(this.words.t.removed(this.nameOf(item)), [
      { label: this.rules.t.common.undo, undo: true, run: () => void store?.settings.saveItem(this.list, { body }) },
    ]);
  }
}
