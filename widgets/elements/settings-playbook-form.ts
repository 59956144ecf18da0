/** One playbook: its goal, its steps, what it finds out, and how it ends. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OnGoal } from '../../server/contract/playbook.ts';
import type { Playbook } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { icon } from '../ui/icon.ts';
import { alert, down, drag, plus, x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import {
  bodyOf,
  draftOf,
  isChanged,
  linesOf,
  newExit,
  newSlot,
  newStep,
  questionLines,
  questionsOf,
  renamed,
  withoutSlot,
  type PlaybookDraft,
  type PlaybookWords,
} from './settings-playbook-draft.ts';
import { choiceField, idOf, picks, textField, type Flaws } from './settings-playbook-fields.ts';
import type { SettingsHost } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

const TYPES = ['text', 'number', 'date', 'choice', 'email', 'phone'] as const;
const ON_GOAL = ['hand_off', 'close', 'go_on'] as const;
const DOES = ['hand_off', 'end'] as const;

/** As much of a refusal as the form shows. */
type Refusal = Pick<ApiProblem, 'code' | 'errors' | 'current'>;

export class PlaybookForm {
  draft: PlaybookDraft;
  private problem?: Refusal;
  private busy = false;
  private dragged?: number;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: PlaybookWords,
    public playbook: Playbook | undefined,
    private readonly saved: (playbook: Playbook) => void,
  ) {
    this.draft = draftOf(playbook);
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
        (text) => set({ begins: { ...draft.begins, keywords: linesOf(text) } }),
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
      <section class="group"><header><div><h2>${t.steps}</h2><p>${t.stepsLead}</p></div></header><ol class="rows-of">${draft.steps.map((_, at) => this.step(at, lists))}</ol>
        <div class="writes"><button type="button" class="btn" data-act="add-step" @click=${() => this.addStep()}>${icon(plus)}${t.addStep}</button></div></section>
      <section class="group"><header><div><h2>${t.slots}</h2><p>${t.slotsLead}</p></div></header><ol class="rows-of">${draft.slots.map((_, at) => this.slot(at))}</ol>
        <div class="writes"><button type="button" class="btn" data-act="add-slot" @click=${() => this.add({ slots: [...draft.slots, newSlot] }, `slots.${draft.slots.length}.name`)}>${icon(plus)}${t.addSlot}</button></div></section>
      <section class="group"><header><div><h2>${t.exits}</h2><p>${t.exitsLead}</p></div></header><ol class="rows-of">${draft.exits.map((_, at) => this.exit(at, lists))}</ol>
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
        .map((one) => this.host.renderRoot.querySelector<HTMLElement>(`#${idOf(one)}`));
      fields.find((field) => field !== null)?.focus();
    });
  }

  private get flaws(): Flaws {
    return { errors: (this.problem?.errors ?? []).map(({ path, message }) => ({ path, message: flaw(this.words, message) ?? message })) };
  }

  private step(at: number, lists: State['lists']): TemplateResult {
    const {
      draft,
      flaws,
      words: { t, tag },
    } = this;
    const step = draft.steps[at]!;
    const place = number(tag, at + 1);
    const change = (more: Partial<typeof step>): void => this.change({ steps: draft.steps.with(at, { ...step, ...more }) });
    const skills = [...new Set([...(lists.skills?.items ?? []).map(({ name }) => name), ...(step.skill ? [step.skill] : [])])];
    return html`<li class="row-of ${this.dragged === at ? 'is-dragged' : ''}" @dragover=${this.handleOver} @drop=${(event: DragEvent) => this.handleDrop(event, at)}>
      <div class="line"><span class="handle writes" draggable="true" title=${t.dragStep} @dragstart=${(event: DragEvent) => this.handleDrag(event, at)} @dragend=${() => (this.dragged = undefined)}>${icon(drag)}</span><b>${t.step(place)}</b>
        <span class="acts push writes"><button type="button" class="btn ghost icon turned" data-act="up" aria-label=${t.moveUp(place)} ?disabled=${at === 0} @click=${() => this.move(at, at - 1, 'up')}>${icon(down)}</button><button type="button" class="btn ghost icon" data-act="down"
          aria-label=${t.moveDown(place)} ?disabled=${at === draft.steps.length - 1} @click=${() => this.move(at, at + 1, 'down')}>${icon(down)}</button><button type="button" class="btn ghost icon" aria-label=${t.removeStep(place)}
          @click=${() => this.change({ steps: draft.steps.toSpliced(at, 1) })}>${icon(x)}</button></span></div>
      <div @keydown=${(event: KeyboardEvent) => this.handleKey(event, at)}>${textField(flaws, `steps.${at}.text`, t.stepText, step.text, (text) => change({ text }), { rows: 2 })}</div>
      ${
        draft.slots.some(({ name }) => name)
          ? picks(
              flaws,
              `steps.${at}.slots`,
              t.stepSlots,
              step.slots,
              draft.slots.flatMap(({ name }) => (name ? [[name, name] as const] : [])),
              (slots) => change({ slots }),
            )
          : nothing
      }
      <div class="pair">${choiceField(flaws, `steps.${at}.skill`, t.stepSkill, step.skill ?? '', [['', t.noSkill], ...skills.map((name) => [name, name] as const)], (skill) => change({ skill: skill || null }))}${textField(
        flaws,
        `steps.${at}.condition`,
        t.condition,
        step.condition,
        (condition) => change({ condition }),
        { max: 1000, hint: at === 0 ? t.conditionHint : '' },
      )}</div></li>`;
  }

  private slot(at: number): TemplateResult {
    const {
      draft,
      flaws,
      words: { t, tag },
    } = this;
    const slot = draft.slots[at]!;
    const change = (more: Partial<typeof slot>): void => this.change({ slots: draft.slots.with(at, { ...slot, ...more }) });
    return html`<li class="row-of"><div class="pair">${textField(flaws, `slots.${at}.name`, t.slotName, slot.name, (name) => this.take(renamed(draft, at, name)), { max: 64, hint: at === 0 ? t.slotNameHint : '' })}${choiceField(
      flaws,
      `slots.${at}.type`,
      t.type,
      slot.type,
      TYPES.map((one) => [one, t.types[one]] as const),
      (type) => change({ type: type as (typeof TYPES)[number] }),
    )}</div>${
      slot.type === 'choice'
        ? textField(flaws, `slots.${at}.choices`, t.choices, slot.choices.join('\n'), (text) => change({ choices: linesOf(text) }), {
            rows: 3,
            hint: t.perLine,
            whole: true,
          })
        : nothing
    }${textField(flaws, `slots.${at}.questions`, t.questions, questionLines(slot.questions), (text) => change({ questions: questionsOf(text, tag.split('-')[0]!) }), { rows: 2, hint: at === 0 ? t.questionsHint : '', whole: true })}
      <div class="pair">${textField(flaws, `slots.${at}.asks`, t.asksMost, String(slot.asks), (asks) => change({ asks: Number(asks) }), { type: 'number' })}<label class="check"><input type="checkbox" class="switch" role="switch" .checked=${slot.required}
        @change=${(event: Event) => change({ required: (event.target as HTMLInputElement).checked })}>${t.required}</label></div>
      <div class="writes"><button type="button" class="btn" @click=${() => this.take(withoutSlot(draft, at))}>${icon(x)}${t.removeSlot(slot.name)}</button></div></li>`;
  }

  private exit(at: number, lists: State['lists']): TemplateResult {
    const {
      draft,
      flaws,
      words: { t, tag },
    } = this;
    const exit = draft.exits[at]!;
    const change = (more: Partial<typeof exit>): void => this.change({ exits: draft.exits.with(at, { ...exit, ...more }) });
    return html`<li class="row-of">${textField(flaws, `exits.${at}.condition`, t.exitWhen, exit.condition, (condition) => change({ condition }), { max: 1000, hint: at === 0 ? t.conditionHint : '' })}${textField(
      flaws,
      `exits.${at}.keywords`,
      t.exitKeywords,
      exit.keywords.join('\n'),
      (text) => change({ keywords: linesOf(text) }),
      { rows: 2, hint: at === 0 ? t.keywordsHint : '', whole: true },
    )}
      <div class="pair">${choiceField(
        flaws,
        `exits.${at}.does`,
        t.exitDoes,
        exit.does,
        DOES.map((one) => [one, t.does[one]] as const),
        (does) => change({ does: does as (typeof DOES)[number] }),
      )}${
        exit.does === 'hand_off'
          ? choiceField(
              flaws,
              `exits.${at}.routeId`,
              t.route,
              exit.routeId ?? '',
              [['', t.noRoute], ...(lists.routes?.items ?? []).map(({ id, label }) => [id, label] as const)],
              (routeId) => change({ routeId: routeId || null }),
            )
          : nothing
      }</div><div class="writes"><button type="button" class="btn" @click=${() => this.change({ exits: draft.exits.toSpliced(at, 1) })}>${icon(x)}${t.removeExit(number(tag, at + 1))}</button></div></li>`;
  }

  private addStep(): void {
    this.add({ steps: [...this.draft.steps, newStep] }, `steps.${this.draft.steps.length}.text`);
  }

  private add(change: Partial<PlaybookDraft>, path: string): void {
    this.change(change);
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(`#${idOf(path)}`)?.focus());
  }

  /** The focus goes along with the step. */
  private move(from: number, to: number, focus: 'up' | 'down' | 'text'): void {
    const {
      draft: { steps },
      words: { t, tag },
    } = this;
    if (to < 0 || to >= steps.length || to === from) return;
    this.change({ steps: steps.toSpliced(from, 1).toSpliced(to, 0, steps[from]!) });
    announce(this.host, t.moved(number(tag, to + 1), number(tag, steps.length)));
    void this.host.updateComplete.then(() => {
      const text = this.host.renderRoot.querySelector<HTMLElement>(`#${idOf(`steps.${to}.text`)}`);
      const button = text?.closest('li')?.querySelector<HTMLButtonElement>(`[data-act="${focus}"]:not([disabled])`);
      (button ?? text)?.focus();
    });
  }

  private handleKey(event: KeyboardEvent, at: number): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.move(at, at + (event.key === 'ArrowUp' ? -1 : 1), 'text');
  }

  private handleDrag(event: DragEvent, at: number): void {
    this.dragged = at;
    event.dataTransfer?.setData('text/plain', String(at));
    this.host.requestUpdate();
  }

  private readonly handleOver = (event: DragEvent): void => {
    if (this.dragged !== undefined) event.preventDefault();
  };

  private handleDrop(event: DragEvent, at: number): void {
    if (this.dragged === undefined) return;
    event.preventDefault();
    const from = this.dragged;
    this.dragged = undefined;
    this.move(from, at, 'text');
  }

  private change(change: Partial<PlaybookDraft>): void {
    this.take({ ...this.draft, ...change });
  }

  private take(draft: PlaybookDraft): void {
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
