/** One playbook: its goal, its steps, what it finds out, and how it ends. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OnGoal } from '../../server/contract/playbook.ts';
import type { Playbook } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert, plus } from '../ui/icons.ts';
import { linesIn } from './settings-controls.ts';
import { bodyOf, draftOf, isChanged, newExit, newSlot, newStep, type PlaybookDraft, type PlaybookWords } from './settings-playbook-draft.ts';
import type { Flaws } from './settings-frame.ts';
import { choiceField, idOf, listRefusal, picks, textField } from './settings-playbook-fields.ts';
import { exitRow, slotRow, type EditedPlaybook } from './settings-playbook-rows.ts';
import { PlaybookSteps } from './settings-playbook-steps.ts';
import type { SettingsHost } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

const ON_GOAL = ['hand_off', 'close', 'go_on'] as const;
/** As much of a refusal as the form shows. */
type Refusal = Pick<ApiProblem, 'code' | 'errors' | 'current'>;

export class PlaybookForm implements EditedPlaybook {
  draft: PlaybookDraft;
  private problem?: Refusal;
  private busy = false;
  private readonly steps: PlaybookSteps;

  constructor(
    private readonly host: SettingsHost,
    readonly words: PlaybookWords,
    public playbook: Playbook | undefined,
    private readonly saved: (playbook: Playbook) => void,
  ) {
    this.draft = draftOf(playbook);
    this.steps = new PlaybookSteps(host, this);
  }

  get unsaved(): boolean {
    return isChanged(this.draft, this.playbook);
  }

  /** The playbook as others changed it: taken over while nothing is typed here. */
  follow(playbook: Playbook): void {
    if (playbook.version !== this.playbook?.version && !this.unsaved && !this.busy) this.reset(playbook);
  }

  render(state: State): TemplateResult {
    const {
      draft,
      flaws,
      words: { t },
    } = this;
    const { lists } = state;
    const set = (change: Partial<PlaybookDraft>): void => this.change(change);
    return html`<section class="group">${textField(flaws, 'name', t.name, draft.name, (name) => set({ name }), { max: 200 })}${textField(
      flaws,
      'goal',
      t.goalField,
      draft.goal,
      (goal) => set({ goal }),
      { rows: 2, hint: t.goalHint },
    )}${choiceField(flaws, 'agentId', t.agent, draft.agentId, [['', t.anyAgent], ...(lists.agents?.items ?? []).map(({ id, name }) => [id, name] as const)], (agentId) => set({ agentId }))}</section>
      <section class="group"><header><div><h2>${t.begins}</h2><p>${t.beginsLead}</p></div></header>${textField(
        flaws,
        'begins.keywords',
        t.keywords,
        draft.begins.keywords.join('\n'),
        (text) => set({ begins: { ...draft.begins, keywords: linesIn(text) } }),
        { rows: 2, hint: t.keywordsHint, whole: true },
      )}${
        (lists.intents?.items.length ?? 0) > 0
          ? picks(
              flaws,
              'begins.intents',
              t.intents,
              draft.begins.intents,
              lists.intents!.items.map(({ name, label }) => [name, label] as const),
              (intents) => set({ begins: { ...draft.begins, intents } }),
            )
          : nothing
      }</section>
      <section class="group"><header><div><h2>${t.steps}</h2><p>${t.stepsLead}</p></div></header>${listRefusal(flaws, 'steps')}<ol class="rows-of">${draft.steps.map((_, at) => this.steps.render(at, lists))}</ol>
        <div class="writes"><button type="button" class="btn" data-act="add-step" @click=${() => this.addStep()}>${icon(plus)}${t.addStep}</button></div></section>
      <section class="group"><header><div><h2>${t.slots}</h2><p>${t.slotsLead}</p></div></header>${listRefusal(flaws, 'slots')}<ol class="rows-of">${draft.slots.map((_, at) => slotRow(this, at))}</ol>
        <div class="writes"><button type="button" class="btn" data-act="add-slot" @click=${() => this.add({ slots: [...draft.slots, newSlot] }, `slots.${draft.slots.length}.name`)}>${icon(plus)}${t.addSlot}</button></div></section>
      <section class="group"><header><div><h2>${t.exits}</h2><p>${t.exitsLead}</p></div></header>${listRefusal(flaws, 'exits')}<ol class="rows-of">${draft.exits.map((_, at) => exitRow(this, at, lists))}</ol>
        <div class="writes"><button type="button" class="btn" data-act="add-exit" @click=${() => this.add({ exits: [...draft.exits, newExit] }, `exits.${draft.exits.length}.condition`)}>${icon(plus)}${t.addExit}</button></div></section>
      <section class="group"><header><div><h2>${t.onGoal}</h2></div></header>${choiceField(
        flaws,
        'onGoal',
        t.onGoal,
        draft.onGoal,
        ON_GOAL.map((one) => [one, t.onGoals[one]] as const),
        (onGoal) => set({ onGoal: onGoal as OnGoal }),
      )}${
        draft.onGoal === 'hand_off' && (lists.routes?.items.length ?? 0) > 0
          ? picks(
              flaws,
              'routeIds',
              t.routes,
              draft.routeIds,
              lists.routes!.items.map(({ id, label }) => [id, label] as const),
              (routeIds) => set({ routeIds }),
              t.routesHint,
            )
          : nothing
      }</section>`;
  }

  renderBar(): TemplateResult | typeof nothing {
    const {
      playbook,
      busy,
      problem,
      words: { t },
    } = this;
    if (playbook && !this.unsaved && !busy) return nothing;
    const refusal = problem && (problem.code === 'stale_version' ? t.stale : problem.code === 'invalid' ? t.invalid : t.failed);
    return html`<div class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : playbook ? t.unsaved : nothing}</span>${
      problem?.code === 'stale_version'
        ? html`<button type="button" class="btn" @click=${() => this.reset(problem.current as Playbook)}>${t.showTheirs}</button>`
        : nothing
    }${playbook ? html`<button type="button" class="btn lg" ?disabled=${busy} @click=${() => this.reset(playbook)}>${t.discard}</button>` : nothing}<button type="button" class="btn lg primary" data-act="save" ?disabled=${busy}
      @click=${() => void this.save()}>${playbook ? t.save : t.create}</button></div>`;
  }

  async save(): Promise<void> {
    const {
      host: { store },
      playbook,
    } = this;
    if (!store || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const position = playbook ? {} : { position: 1 + Math.max(-1, ...(store.get().lists.playbooks?.items ?? []).map((one) => one.position)) };
    const answer = await store.settings.saveItem('playbooks', {
      ...(playbook ? { id: playbook.id, version: playbook.version } : {}),
      body: { ...bodyOf(this.draft), ...position },
    });
    this.busy = false;
    if (answer.ok) {
      this.reset(answer.value);
      return this.saved(answer.value);
    }
    this.show(answer.problem);
  }

  /** Shows what the API found wrong, and goes to the first field of it. */
  show(problem: Refusal): void {
    this.problem = problem;
    this.host.requestUpdate();
    const path = problem.errors[0]?.path ?? 'name';
    void this.host.updateComplete.then(() => {
      const fields = path
        .split('.')
        .map((_, at, parts) => parts.slice(0, parts.length - at).join('.'))
        .map((one) => this.host.renderRoot.querySelector<HTMLElement>(`#${idOf(one)}, #${idOf(one)}-e`));
      fields.find((field) => field !== null)?.focus();
    });
  }

  get flaws(): Flaws {
    return (this.problem?.errors ?? []).map(({ path, message }) => ({ path, message: flaw(this.words, message) ?? message }));
  }

  private addStep(): void {
    this.add({ steps: [...this.draft.steps, newStep] }, `steps.${this.draft.steps.length}.text`);
  }

  private add(change: Partial<PlaybookDraft>, path: string): void {
    this.change(change);
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(`#${idOf(path)}`)?.focus());
  }

  change(change: Partial<PlaybookDraft>): void {
    this.take({ ...this.draft, ...change });
  }

  take(draft: PlaybookDraft): void {
    this.draft = draft;
    this.host.requestUpdate();
  }

  private reset(playbook: Playbook): void {
    this.playbook = playbook;
    this.draft = draftOf(playbook);
    this.problem = undefined;
    this.host.requestUpdate();
  }
}
