/** One routing rule: what it asks for, and what it does. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RoutingRule } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { tag } from '../ui/marks.ts';
import { choice, lines, toggles, valueOf, type Option } from './settings-controls.ts';
import type { RuleWords } from './settings-editing.ts';
import { switchField } from './settings-fields.ts';
import { field, flawAt, group, type Tie } from './settings-frame.ts';
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
    return html`<section class="group">${field(
      'rule-name',
      t.name,
      ({ id, invalid, says }) => html`<input class="field" id=${id} ?autofocus=${!this.rule} maxlength="200" dir="auto" autocomplete="off" .value=${draft.name}
        aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => this.change({ name: valueOf(event) })}>`,
      { error },
    )}</section>
      <section class="group"><header><div><h2>${routing.when}</h2><p>${routing.whenLead}</p></div></header>
        ${this.picks(
          routing.channels,
          'channels',
          CHANNELS.map((channel) => [channel, channel === 'custom' ? routing.custom : t.shared.channel[channel]] as const),
        )}
        ${this.asked(
          'keywords',
          routing.keywords,
          (tie) => lines(tie, 2, draft.keywords, (keywords) => this.change({ keywords: [...new Set(keywords)] })),
          routing.keywordsHint,
        )}
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
        ${this.asked(
          'languages',
          routing.languages,
          ({ id, invalid, says }) =>
            html`<input class="field" id=${id} aria-invalid=${invalid} aria-describedby=${says} .value=${this.languages} @change=${this.handleLanguages}>`,
          routing.languagesHint,
        )}</section>
      <section class="group"><header><div><h2>${routing.does}</h2><p>${routing.doesLead}</p></div></header>
        ${this.choice('departmentId', routing.department, [['', routing.asIs], ...(lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const)])}
        ${this.choice('assignee', routing.assignee, [['', routing.leave], ['round_robin', routing.how.round_robin], ['least_busy', routing.how.least_busy], ...(lists.operators?.items ?? []).filter(({ id, active }) => active || id === draft.assignee).map(({ id, name }) => [id, name] as const)], routing.assigneeHint)}
        ${this.choice('agentId', routing.agent, [['', routing.asIs], ...(lists.agents?.items ?? []).filter(({ id, active }) => active || id === draft.agentId).map(({ id, name }) => [id, name] as const)])}
        ${this.choice('priority', routing.priority, [['', routing.asIs], ...PRIORITIES.map((one) => [one, t.shared.priority[one]] as const)])}
        ${switchField(routing.handOff, routing.handOffHint, draft.handOff, (handOff) => this.change({ handOff }))}
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
    this.host.renderRoot.querySelector<HTMLElement>('.shown :is([aria-invalid="true"], [data-refused])')?.focus();
  }

  /** Several of a few, each on or off. */
  private picks<K extends 'channels' | 'intents' | 'priorities' | 'tags'>(label: string, key: K, options: readonly Option[], hint?: string): TemplateResult {
    const controls = toggles(options, this.draft[key], (chosen) => this.change({ [key]: chosen }));
    return group(`rule-${key}`, label, controls, { hint, error: this.wrongAt(`${key === 'tags' ? 'actions' : 'conditions'}.${key}`) });
  }

  /** Something that is written of what the rule asks for. */
  private asked(key: 'keywords' | 'languages', label: string, control: (tie: Tie) => TemplateResult, hint: string): TemplateResult {
    return field(`rule-${key}`, label, control, { hint, error: this.wrongAt(`conditions.${key}`) });
  }

  private choice(key: 'departmentId' | 'assignee' | 'agentId' | 'priority', label: string, options: readonly Option<string>[], hint?: string): TemplateResult {
    // Whom it names, or how one is chosen.
    const error = key === 'assignee' ? (this.wrongAt('actions.assign') ?? this.wrongAt('actions.assigneeId')) : this.wrongAt(`actions.${key}`);
    const control = (tie: Tie): TemplateResult => choice(tie, options, this.draft[key], (value) => this.change({ [key]: value }));
    return field(`rule-${key}`, label, control, { hint, error });
  }

  /** What is wrong with what the API calls so, or with its parts. */
  private wrongAt(path: string): string | undefined {
    return flaw(this.words, flawAt(this.problem?.errors ?? [], path));
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
