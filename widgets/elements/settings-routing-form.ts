/** One routing rule: what it asks for, and what it does. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RoutingRule } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { tag } from '../ui/marks.ts';
import type { RuleWords } from './settings-editing.ts';
import { bodyOf, draftOf, isChanged, type RuleDraft } from './settings-routing-rule.ts';
import type { SettingsHost } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;

export class RuleForm {
  private draft: RuleDraft;
  private languages: string;
  private problem?: ApiProblem;
  private busy = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: RuleWords,
    public rule: RoutingRule | undefined,
    private readonly saved: (rule: RoutingRule) => void,
  ) {
    this.draft = draftOf(rule);
    this.languages = this.draft.languages.join(', ');
  }

  get unsaved(): boolean {
    return isChanged(this.draft, this.rule);
  }

  /** The rule as others changed it: taken over while nothing is typed here. */
  follow(rule: RoutingRule): void {
    if (rule.version !== this.rule?.version && !this.unsaved && !this.busy) this.reset(rule);
  }

  render({ lists }: State): TemplateResult {
    const {
      draft,
      words: { t },
    } = this;
    const { routing } = t;
    const error = this.problem && !draft.name.trim() ? t.nameNeeded : this.wrongAt('name');
    return html`<section class="group"><div class="one"><label class="label" for="rule-name">${t.name}</label><input class="field" id="rule-name" ?autofocus=${!this.rule} maxlength="200" dir="auto" autocomplete="off" .value=${draft.name}
        aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? 'rule-name-e' : nothing} @input=${(event: Event) => this.change({ name: valueOf(event) })}>${error ? html`<p class="refusal" id="rule-name-e" role="alert">${error}</p>` : nothing}</div></section>
      <section class="group"><header><div><h2>${routing.when}</h2><p>${routing.whenLead}</p></div></header>
        ${this.picks(
          routing.channels,
          'channels',
          CHANNELS.map((channel) => [channel, channel === 'custom' ? routing.custom : t.shared.channel[channel]] as const),
        )}
        <div class="one"><label class="label" for="rule-keywords">${routing.keywords}</label><textarea class="field" id="rule-keywords" rows="2" dir="auto" aria-invalid=${this.wrongAt('conditions.keywords') ? 'true' : nothing} aria-describedby="rule-keywords-h rule-keywords-e" .value=${draft.keywords.join('\n')}
          @change=${(event: Event) => this.change({ keywords: lines(valueOf(event)) })}></textarea><p class="hint" id="rule-keywords-h">${routing.keywordsHint}</p>${this.refused('rule-keywords', 'conditions.keywords')}</div>
        ${
          (lists.intents?.items.length ?? 0) > 0
            ? this.picks(
                routing.intents,
                'intents',
                lists.intents!.items.map(({ name, label }) => [name, label] as const),
                routing.intentsHint,
              )
            : nothing
        }
        ${this.picks(
          routing.priorities,
          'priorities',
          PRIORITIES.map((one) => [one, t.shared.priority[one]] as const),
        )}
        <div class="one"><label class="label" for="rule-languages">${routing.languages}</label><input class="field" id="rule-languages" aria-invalid=${this.wrongAt('conditions.languages') ? 'true' : nothing} aria-describedby="rule-languages-h rule-languages-e" .value=${this.languages} @change=${this.handleLanguages}><p class="hint" id="rule-languages-h">${routing.languagesHint}</p>${this.refused('rule-languages', 'conditions.languages')}</div></section>
      <section class="group"><header><div><h2>${routing.does}</h2><p>${routing.doesLead}</p></div></header>
        ${this.choice('departmentId', routing.department, [['', routing.asIs], ...(lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const)])}
        ${this.choice('assignee', routing.assignee, [['', routing.leave], ['round_robin', routing.how.round_robin], ['least_busy', routing.how.least_busy], ...(lists.operators?.items ?? []).filter(({ id, active }) => active || id === draft.assignee).map(({ id, name }) => [id, name] as const)], routing.assigneeHint)}
        ${this.choice('agentId', routing.agent, [['', routing.asIs], ...(lists.agents?.items ?? []).filter(({ id, active }) => active || id === draft.agentId).map(({ id, name }) => [id, name] as const)])}
        ${this.choice('priority', routing.priority, [['', routing.asIs], ...PRIORITIES.map((one) => [one, t.shared.priority[one]] as const)])}
        <label class="check"><input type="checkbox" class="switch" role="switch" .checked=${draft.handOff} @change=${(event: Event) => this.change({ handOff: (event.target as HTMLInputElement).checked })}>${routing.handOff}</label><p class="hint">${routing.handOffHint}</p>
        ${
          (lists.tags?.items.length ?? 0) > 0
            ? this.picks(
                routing.tags,
                'tags',
                lists.tags!.items.map(({ name, color }) => [name, tag(name, color)] as const),
              )
            : nothing
        }</section>`;
  }

  renderBar(): TemplateResult | typeof nothing {
    const {
      rule,
      busy,
      problem,
      words: { t },
    } = this;
    if (rule && !this.unsaved && !busy) return nothing;
    const refusal = problem && (problem.code === 'stale_version' ? t.stale : problem.code === 'invalid' ? t.marked : t.failed);
    return html`<div class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : rule ? t.unsaved : nothing}</span>${
      problem?.code === 'stale_version'
        ? html`<button type="button" class="btn" @click=${() => this.reset(problem.current as RoutingRule)}>${t.showTheirs}</button>`
        : nothing
    }${rule ? html`<button type="button" class="btn" ?disabled=${busy} @click=${() => this.reset(rule)}>${t.discard}</button>` : nothing}<button type="button" class="btn primary" data-act="save" ?disabled=${busy}
      @click=${() => void this.save()}>${rule ? t.common.save : t.routing.create}</button></div>`;
  }

  async save(): Promise<void> {
    const {
      host: { store },
      rule,
    } = this;
    if (!store || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const position = rule ? {} : { position: 1 + Math.max(-1, ...(store.get().lists.routingRules?.items ?? []).map((one) => one.position)) };
    const answer = await store.settings.saveItem('routingRules', {
      ...(rule ? { id: rule.id, version: rule.version } : {}),
      body: { ...bodyOf(this.draft), ...position },
    });
    this.busy = false;
    if (answer.ok) {
      this.reset(answer.value);
      return this.saved(answer.value);
    }
    this.problem = answer.problem;
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.shown [aria-invalid="true"]')?.focus();
  }

  /** Several of a few, each on or off. */
  private picks<K extends 'channels' | 'intents' | 'priorities' | 'tags'>(
    label: string,
    key: K,
    options: readonly (readonly [value: string, label: unknown])[],
    hint?: string,
  ): TemplateResult {
    const chosen = this.draft[key] as readonly string[];
    const toggle = (value: string): void => this.change({ [key]: chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value] });
    return html`<div class="one" role="group" aria-label=${label}><span class="label" aria-hidden="true">${label}</span><div class="picks">${options.map(
      ([value, text]) =>
        html`<button type="button" class="pick" data-value=${value} aria-pressed=${String(chosen.includes(value))} @click=${() => toggle(value)}>${text}</button>`,
    )}</div>${hint ? html`<p class="hint">${hint}</p>` : nothing}${this.refused(`rule-${key}`, `${key === 'tags' ? 'actions' : 'conditions'}.${key}`)}</div>`;
  }

  private choice(
    key: 'departmentId' | 'assignee' | 'agentId' | 'priority',
    label: string,
    options: readonly (readonly [value: string, label: string])[],
    hint?: string,
  ): TemplateResult {
    const id = `rule-${key}`;
    // Whom it names, or how one is chosen.
    const path = key === 'assignee' ? 'actions.assign' : `actions.${key}`;
    return html`<div class="one"><label class="label" for=${id}>${label}</label><select class="field" id=${id} aria-invalid=${this.wrongAt(path) ? 'true' : nothing} aria-describedby="${id}-h ${id}-e" @change=${(event: Event) => this.change({ [key]: valueOf(event) })}>${options.map(
      ([value, text]) => html`<option value=${value} ?selected=${value === this.draft[key]}>${text}</option>`,
    )}</select>${hint ? html`<p class="hint" id="${id}-h">${hint}</p>` : nothing}${this.refused(id, path)}</div>`;
  }

  /** What is wrong with what the API calls so, or with its parts. */
  private wrongAt(path: string): string | undefined {
    return flaw(
      this.words,
      this.problem?.errors.find(
        (error) => error.path === path || (path === 'actions.assign' && error.path === 'actions.assigneeId') || error.path.startsWith(`${path}.`),
      )?.message,
    );
  }

  private refused(id: string, path: string): unknown {
    const wrong = this.wrongAt(path);
    return wrong ? html`<p class="refusal" id="${id}-e" role="alert">${wrong}</p>` : nothing;
  }

  private change(change: Partial<RuleDraft>): void {
    this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private reset(rule: RoutingRule): void {
    this.rule = rule;
    this.draft = draftOf(rule);
    this.languages = this.draft.languages.join(', ');
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private readonly handleLanguages = (event: Event): void => {
    this.languages = valueOf(event);
    this.change({ languages: this.languages.split(/[\s,;]+/).filter(Boolean) });
  };
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
const lines = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
