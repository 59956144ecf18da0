/** When people are there: of the workspace, and of departments that have hours of their own. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BusinessHours, Department } from '../../server/contract/settings.ts';
import { handingTexts } from '../locales/handing.ts';
import { rulesTexts } from '../locales/rules.ts';
import { Access } from '../store/access.ts';
import type { Result } from '../store/core.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { Listing, State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, department as departmentGlyph, home } from '../ui/icons.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { listBones, listFailed, type RuleWords } from './settings-editing.ts';
import { hoursFields, saidOf, usualHours } from './settings-hours-fields.ts';
import { SettingHistory } from './settings-history.ts';
import type { HandingWords } from './settings-records.ts';
import type { OpenSection, SectionView, SettingsHost, SettingWords } from './settings-sections.ts';

export const open: OpenSection = (host, settings) => new HoursView(host, settings);

/** Whose hours: of the workspace, or of a department. */
interface Whose {
  readonly id: string | null;
  readonly name: string;
  readonly hours: BusinessHours | null;
  readonly version: number;
}

class HoursView implements SectionView {
  private readonly rules: RuleWords;
  private readonly words: HandingWords;
  private whose?: Whose;
  private draft: BusinessHours | null = null;
  private problem?: ApiProblem;
  private busy = false;
  private readonly history: SettingHistory;

  constructor(
    private readonly host: SettingsHost,
    private readonly settings: SettingWords,
  ) {
    this.rules = words(host, rulesTexts);
    this.words = words(host, handingTexts);
    this.history = new SettingHistory(host, { field: 'hours' });
  }

  get unsaved(): boolean {
    return this.whose !== undefined && JSON.stringify(this.draft) !== JSON.stringify(this.whose.hours);
  }

  start(): void {
    this.host.store?.settings.need('departments');
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state?.me) return listBones(this.rules);
    const all = this.all(state);
    const now = this.whose && all.find(({ id }) => id === this.whose?.id);
    if (!this.whose || !now) return this.list(all, state.lists.departments);
    if (now.version !== this.whose.version && !this.unsaved && !this.busy) this.begin(now);
    return this.page(this.whose);
  }

  /** The workspace first, then its departments. */
  private all({ me, lists }: State): Whose[] {
    const own = me ? [{ id: null, name: me.workspace.name, hours: me.workspace.hours, version: me.workspace.version }] : [];
    return [...own, ...(lists.departments?.items ?? [])];
  }

  private list(all: readonly Whose[], departments: Listing<Department> | undefined): TemplateResult {
    const {
      t: { hours },
    } = this.words;
    const again = (): void => void this.host.store?.settings.readList('departments');
    const rest = departments?.loaded ? nothing : departments?.problem ? listFailed(this.rules, again) : listBones(this.rules);
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${hours.title}</h1><p>${hours.lead}</p></div></header><ul class="accounts">${all.map(
      (one) =>
        html`<li>${icon(one.id ? departmentGlyph : home)}<div><button type="button" class="account-name" data-id=${one.id ?? 'workspace'} @click=${() => this.show(one)}><bdi>${one.name}</bdi></button><small>${
          one.hours ? saidOf(one.hours, this.words) : one.id ? hours.asWorkspace : hours.always
        }</small></div></li>`,
    )}</ul>${rest}</div>`;
  }

  private page(whose: Whose): TemplateResult {
    const {
      draft,
      problem,
      busy,
      words: {
        t: { hours },
      },
      rules: { t },
    } = this;
    const refusal = problem && (problem.code === 'stale_version' ? t.stale : problem.code === 'invalid' ? t.marked : t.failed);
    const workspace = this.host.store?.get().me?.workspace;
    const put = (next: BusinessHours | null): void => {
      this.draft = next;
      this.host.requestUpdate();
    };
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><button type="button" class="btn ghost icon" data-act="back" aria-label=${hours.title} @click=${() => this.host.leave(() => this.leave())}>${icon(back)}</button>
        <div><h1 tabindex="-1"><bdi>${whose.name}</bdi></h1></div></header>
      <div class="form-body"><section class="group"><label class="check"><input type="checkbox" class="switch" role="switch" .checked=${draft !== null}
          @change=${(event: Event) => put((event.target as HTMLInputElement).checked ? (whose.hours ?? usualHours()) : null)}>${whose.id ? hours.own : hours.fixed}</label><p class="hint">${whose.id ? hours.ownHint : hours.fixedHint}</p></section>
        ${draft ? hoursFields(draft, { words: this.settings, errors: problem?.errors ?? [], needs: [] }, this.words, put) : nothing}${workspace && !whose.id ? this.history.render(workspace, this.unsaved) : nothing}</div>
      ${
        this.unsaved || busy
          ? html`<div class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : t.unsaved}</span>${
              problem?.code === 'stale_version'
                ? html`<button type="button" class="btn" @click=${() => this.begin(problem.current as Whose)}>${t.showTheirs}</button>`
                : nothing
            }<button type="button" class="btn" ?disabled=${busy} @click=${() => this.begin(whose)}>${t.discard}</button><button type="submit" class="btn primary" data-act="save" ?disabled=${busy}>${t.common.save}</button></div>`
          : nothing
      }</form>`;
  }

  private begin(whose: Whose): void {
    this.whose = { ...whose, id: whose.id === this.whose?.id ? whose.id : (this.whose?.id ?? whose.id) };
    this.draft = whose.hours;
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private show(whose: Whose): void {
    this.whose = undefined;
    this.begin(whose);
    this.moveFocus('h1');
  }

  private leave(): void {
    const from = this.whose?.id ?? 'workspace';
    this.whose = undefined;
    this.host.requestUpdate();
    this.moveFocus(`[data-id="${from}"]`);
  }

  private moveFocus(to: string): void {
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(to)?.focus());
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  private async save(): Promise<void> {
    const {
      host: { store, mayEdit },
      whose,
      draft,
    } = this;
    if (!store || !whose || this.busy || !mayEdit) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const body = { hours: draft };
    const answer: Result<{ version: number }> = whose.id
      ? await store.settings.saveItem('departments', { id: whose.id, version: whose.version, body })
      : await new Access(store.core, store.settings).setWorkspace(body, whose.version);
    this.busy = false;
    if (answer.ok) {
      this.begin({ ...whose, hours: draft, version: answer.value.version });
      return void toast(this.host, { text: this.rules.t.saved(whose.name), dismiss: this.rules.t.common.dismiss });
    }
    this.problem = answer.problem;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.shown :is([aria-invalid="true"], [data-refused])')?.focus();
  }
}
