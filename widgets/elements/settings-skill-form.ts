/** One skill, new or there already: its fields, and saving them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Skill } from '../../server/contract/skill.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { toggles, valueOf } from './settings-controls.ts';
import { choiceField, errorAt, idOf, labelled, switchField, textField } from './settings-fields.ts';
import { group } from './settings-frame.ts';
import type { SettingsHost, SettingWords } from './settings-sections.ts';
import { bodyOf, draftOf, exampleParameters, isChanged, type SkillDraft, type SkillKind, type SkillRisk } from './settings-skill-draft.ts';
import { reachGroups, type SkillSetting, type SkillWords } from './settings-skill-reach.ts';
import { parameterTable } from './settings-skill-parameters.ts';
import { SkillTools } from './settings-skill-tools.ts';

const RISKS = ['low', 'medium', 'high'] as const;

export class SkillForm {
  private draft: SkillDraft;
  private base?: Skill;
  private problem?: ApiProblem;
  /** The parameters are no JSON, and why. */
  private fault?: string;
  private busy = false;
  private readonly tools: SkillTools;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SettingWords,
    private readonly skillWords: SkillWords,
    readonly kind: SkillKind,
    skill: Skill | undefined,
    /** What is known of a new one from the start. */
    known: Partial<SkillDraft>,
    private readonly saved: (skill: Skill) => void,
  ) {
    this.base = skill;
    this.draft = { ...draftOf(kind, skill), ...known };
    this.tools = new SkillTools(host, skillWords);
  }

  get unsaved(): boolean {
    return isChanged(this.draft, this.base);
  }

  /** The skill as others changed it: taken over while nothing is typed here, else saving will say so. */
  follow(skill: Skill): void {
    if (skill.version !== this.base?.version && !this.unsaved && !this.busy) this.reset(skill);
  }

  /** @param always every agent has it, whatever is chosen */
  render({ lists }: State, always: boolean): TemplateResult {
    const {
      draft,
      setting,
      kind,
      skillWords: { t },
    } = this;
    const agents = (lists.agents?.items ?? []).filter(({ id, active }) => active || draft.agentIds.includes(id));
    return html`<section class="group">${kind === 'builtin' ? nothing : textField(setting, 'name', t.name, draft.name, (name) => this.change({ name }), { max: 64, autofocus: !this.base, hint: t.nameHint })}
        ${labelled(
          setting,
          'description',
          t.description,
          ({
            id,
            invalid,
            says,
          }) => html`<textarea class="field" id=${id} rows="2" maxlength="10000" dir="auto" .value=${draft.description} aria-invalid=${invalid} aria-describedby=${says}
          @input=${(event: Event) => this.change({ description: valueOf(event) })}></textarea>`,
          t.descriptionHint,
        )}
        ${
          kind === 'mcp'
            ? nothing
            : choiceField(
                setting,
                'risk',
                t.risk,
                draft.risk,
                RISKS.map((risk) => [risk, t.risks[risk]] as const),
                (risk) => this.change({ risk: risk as SkillRisk }),
                t.riskHint,
              )
        }
        ${kind === 'http' ? switchField(t.effects, t.effectsHint, draft.effects, (effects) => this.change({ effects })) : nothing}
        ${
          agents.length > 0 && !always
            ? group(
                idOf('agentIds'),
                t.agents,
                toggles(
                  agents.map(({ id, name }) => [id, html`<bdi>${name}</bdi>`] as const),
                  draft.agentIds,
                  (agentIds) => this.change({ agentIds }),
                  { ticked: true },
                ),
                { hint: t.agentsHint, error: errorAt(setting, 'agentIds') },
              )
            : nothing
        }
        ${
          draft.kind === 'builtin' && draft.name === 'set_opportunity_stage'
            ? labelled(
                setting,
                'config.stages',
                t.stages,
                ({ id, invalid, says }) => html`<textarea class="field" id=${id} rows="4" dir="auto" .value=${draft.stages} aria-invalid=${invalid}
          aria-describedby=${says} @input=${(event: Event) => this.change({ stages: valueOf(event) })}></textarea>`,
                t.stagesHint,
              )
            : nothing
        }</section>
      ${kind === 'builtin' ? nothing : reachGroups(setting)}
      ${kind === 'http' ? this.parameters(setting) : nothing}${kind === 'mcp' ? this.tools.render(setting, this.base, this.unsaved) : nothing}`;
  }

  private parameters(setting: SkillSetting): TemplateResult {
    const {
      draft,
      fault,
      skillWords: { t },
    } = this;
    const errors = fault === undefined ? setting.errors : [{ path: 'parameters', message: t.notJson(fault) }];
    return html`<section class="group"><header><div><h2>${t.parameters}</h2><p>${t.parametersLead}</p></div><button type="button" class="btn writes" data-act="example" @click=${() => this.change({ parameters: exampleParameters })}>${t.example}</button></header>
      ${parameterTable(draft.parameters, this.skillWords, (parameters) => this.change({ parameters }))}
      ${labelled(
        { ...setting, errors },
        'parameters',
        'JSON Schema',
        ({
          id,
          invalid,
          says,
        }) => html`<textarea class="field code" id=${id} rows="9" dir="ltr" spellcheck="false" .value=${draft.parameters} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => this.change({ parameters: valueOf(event) })}></textarea>`,
      )}</section>`;
  }

  /** The bar with which everything is saved at once; nothing where nothing is to be saved. */
  renderBar(): TemplateResult | typeof nothing {
    const {
      base,
      busy,
      problem,
      words: { t },
    } = this;
    if (base && !this.unsaved && !busy) return nothing;
    return html`<div class="save"><span>${this.refusal() ?? (base ? t.page.unsaved : nothing)}</span>${
      problem?.code === 'stale_version'
        ? html`<button type="button" class="btn" @click=${() => this.reset(problem.current as Skill)}>${t.page.staleShow}</button>`
        : nothing
    }${base ? html`<button type="button" class="btn" ?disabled=${busy} @click=${() => this.reset(base)}>${t.page.discard}</button>` : nothing}<button type="button" class="btn primary" data-act="save" ?disabled=${busy}
      @click=${() => void this.save()}>${busy ? t.page.saving : base ? t.page.save : this.skillWords.t.create}</button></div>`;
  }

  /** Saves what is different. */
  async save(): Promise<void> {
    const { store } = this.host;
    if (!store || this.busy) return;
    this.problem = undefined;
    this.fault = undefined;
    let body: Record<string, unknown>;
    try {
      body = bodyOf(this.draft, this.base);
    } catch (error) {
      this.fault = (error as Error).message;
      return this.showFault();
    }
    this.busy = true;
    this.host.requestUpdate();
    const answer = await store.settings.saveItem('skills', { ...(this.base ? { id: this.base.id, version: this.base.version } : {}), body });
    this.busy = false;
    if (answer.ok) {
      this.reset(answer.value);
      return this.saved(answer.value);
    }
    this.problem = answer.problem;
    await this.showFault();
  }

  /** What the parts of the form are drawn with; also for trying it out. */
  get setting(): SkillSetting {
    const { problem, words, skillWords, draft, base } = this;
    const errors = problem?.code === 'name_taken' ? [{ path: 'name', message: problem.message }] : (problem?.errors ?? []);
    return { words, skillWords, draft, errors, needs: [], hasSecrets: base?.hasSecrets ?? [], change: (change) => this.change(change) };
  }

  private async showFault(): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(':is([aria-invalid="true"], [data-refused])')?.focus();
  }

  private refusal(): TemplateResult | undefined {
    const {
      problem,
      fault,
      words: { t },
    } = this;
    if (!problem && fault === undefined) return undefined;
    const text =
      !problem || problem.errors.length > 0 || problem.code === 'name_taken'
        ? t.page.refused
        : problem.unanswered
          ? t.page.unanswered
          : problem.code === 'stale_version'
            ? t.page.stale
            : t.channels.failed;
    return html`<span class="bad" role="alert">${icon(alert)}${text}</span>`;
  }

  private change(change: Partial<SkillDraft>): void {
    this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private reset(skill: Skill): void {
    this.base = skill;
    this.draft = draftOf(this.kind, skill);
    this.problem = undefined;
    this.fault = undefined;
    this.host.requestUpdate();
  }
}
