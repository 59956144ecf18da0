/** A section that is a form of what the workspace has: what is typed, how it is saved or put back, and what is refused, at its field. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WorkspaceField } from '../../server/contract/history.ts';
import type { Workspace } from '../../server/contract/settings.ts';
import { rulesTexts } from '../locales/rules.ts';
import { Access, type WorkspaceChange } from '../store/access.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { flaw } from '../ui/told.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import type { RuleWords } from './settings-editing.ts';
import { SettingHistory } from './settings-history.ts';
import type { SectionView, SettingsHost } from './settings-sections.ts';

/** Something that does not fit, at its field. */
export interface Misfit {
  readonly path: string;
  readonly message: string;
}

/** What stands around the fields. */
interface FormWords {
  readonly title: string;
  readonly lead: string;
  readonly saved: string;
}

export abstract class WorkspaceView<D> implements SectionView {
  private readonly rules: RuleWords;
  /** What is typed, and the version that it began with; undefined while nothing is. */
  private typed?: { readonly draft: D; readonly version: number };
  private problem?: ApiProblem;
  private tried = false;
  private busy = false;
  private readonly history: SettingHistory;

  /** @param field what of the workspace it is a form of */
  constructor(
    protected readonly host: SettingsHost,
    field: WorkspaceField,
  ) {
    this.rules = words(host, rulesTexts);
    this.history = new SettingHistory(host, { field });
  }

  protected abstract get texts(): FormWords;
  /** As the fields have it. */
  protected abstract draftOf(workspace: Workspace): D;
  /** As the API takes it. */
  protected abstract bodyOf(draft: D): WorkspaceChange;
  /** @param wrongAt what is wrong with what the API calls so, once saving was tried */
  protected abstract fields(draft: D, put: (draft: D) => void, wrongAt: (path: string) => string | undefined): TemplateResult;

  /** What does not fit, known before anybody is asked. */
  protected misfits(_draft: D): readonly Misfit[] {
    return [];
  }

  /** What is said of something that the API refused. */
  protected saysOf({ message }: Misfit, _draft: D): string {
    return flaw(this.rules, message) ?? message;
  }

  /** What of two drafts that mean the same is the same. */
  protected meaning(draft: D): string {
    return JSON.stringify(draft);
  }

  get unsaved(): boolean {
    const { workspace, typed } = this;
    return typed !== undefined && workspace !== undefined && this.meaning(typed.draft) !== this.meaning(this.draftOf(workspace));
  }

  start(): void {}

  stop(): void {}

  render(): TemplateResult {
    const {
      workspace,
      texts,
      busy,
      problem,
      rules: { t },
    } = this;
    if (!workspace) return html``;
    const stale = problem?.code === 'stale_version';
    const draft = this.typed?.draft ?? this.draftOf(workspace);
    const wrong = this.tried
      ? [...this.misfits(draft), ...(problem?.errors ?? []).map((misfit) => ({ path: misfit.path, message: this.saysOf(misfit, draft) }))]
      : [];
    const refusal = stale ? t.stale : wrong.length > 0 ? t.marked : problem ? t.failed : undefined;
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${texts.title}</h1><p>${texts.lead}</p></div></header>
      <div class="form-body">${this.fields(
        draft,
        (next) => this.type(next, workspace.version),
        (path) => wrong.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message,
      )}${this.history.render(workspace, this.unsaved)}</div>${
        this.unsaved
          ? html`<footer class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : t.unsaved}</span><button type="button" class="btn" data-act="discard" ?disabled=${busy} @click=${this.discard}>${
              stale ? t.showTheirs : t.discard
            }</button><button type="submit" class="btn primary" data-act="save" ?disabled=${busy}>${t.common.save}</button></footer>`
          : nothing
      }</form>`;
  }

  private get workspace(): Workspace | undefined {
    return this.host.store?.get().me?.workspace;
  }

  private type(draft: D, version: number): void {
    this.typed = { draft, version: this.typed?.version ?? version };
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private readonly discard = (): void => {
    if (this.problem?.code === 'stale_version') void this.host.store?.settings.loadMe();
    Object.assign(this, { typed: undefined, problem: undefined, tried: false });
    this.host.requestUpdate();
  };

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  private async save(): Promise<void> {
    const { host, typed } = this;
    if (!host.store || !host.mayEdit || !typed || this.busy) return;
    this.tried = true;
    this.problem = undefined;
    this.busy = this.misfits(typed.draft).length === 0;
    host.requestUpdate();
    if (this.busy) {
      const answer = await new Access(host.store.core, host.store.settings).setWorkspace(this.bodyOf(typed.draft), typed.version);
      this.busy = false;
      if (answer.ok) {
        this.tried = false;
        // What was typed since stays, on top of what is saved now.
        this.typed = this.typed && this.typed !== typed ? { ...this.typed, version: answer.value.version } : undefined;
        toast(host, { text: this.texts.saved, dismiss: this.rules.t.common.dismiss });
      } else this.problem = answer.problem;
      host.requestUpdate();
    }
    await host.updateComplete;
    host.renderRoot.querySelector<HTMLElement>('.shown [aria-invalid="true"]')?.focus();
  }
}
