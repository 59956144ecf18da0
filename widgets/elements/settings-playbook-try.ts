/** A playbook tried out with a made-up customer, as it stands in the form. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaybookTest, TestTurn } from '../../server/contract/playbook.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, handoff, play, robot, skill } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { linesIn } from './settings-controls.ts';
import { bodyOf, exampleLines, type PlaybookWords } from './settings-playbook-draft.ts';
import type { PlaybookForm } from './settings-playbook-form.ts';
import type { SettingsHost } from './settings-sections.ts';
import { whyInWords } from './why.ts';

const EXAMPLES = ['answers', 'vague', 'person'] as const;
type Example = (typeof EXAMPLES)[number];

/** Longest value shown, in characters. */
const LONGEST = 300;
const brief = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, LONGEST).toWellFormed();

export class PlaybookTrial {
  private text = '';
  private busy = false;
  private failed = false;
  private test?: PlaybookTest;
  /** Own skills are called. */
  private real = false;
  /** What skills that are not called answer, by name. */
  private readonly answers = new Map<string, string>();

  constructor(
    private readonly host: SettingsHost,
    private readonly words: PlaybookWords,
    private readonly form: PlaybookForm,
  ) {
    this.text = exampleLines(form.draft, 'answers', words).join('\n');
  }

  render(): TemplateResult {
    const { t } = this.words;
    const chosen = EXAMPLES.find((one) => exampleLines(this.form.draft, one, this.words).join('\n') === this.text);
    return html`<section class="group" data-part="try"><header><div><h2>${t.tryTitle}</h2><p>${t.tryLead}</p></div></header>
      <div class="one"><label class="label" for="try-lines">${t.tryLines}</label><textarea class="field" id="try-lines" rows="4" dir="auto" .value=${this.text} @input=${(event: Event) => this.write((event.target as HTMLTextAreaElement).value)}></textarea><p class="hint">${t.perLine}</p></div>
      <div class="line"><select class="field" aria-label=${t.examples} @change=${(event: Event) => this.take((event.target as HTMLSelectElement).value)}><option value="" .selected=${!chosen}>${t.ownLines}</option>${EXAMPLES.map(
        (one) => html`<option value=${one} .selected=${one === chosen}>${t.example[one]}</option>`,
      )}</select><button type="button" class="btn writes" data-act="try" ?disabled=${this.busy} @click=${() => void this.run()}>${icon(play)}${this.busy ? t.running : t.run}</button></div>
      <div class="one"><label class="check"><input type="checkbox" class="box" id="try-real" .checked=${this.real} aria-describedby="try-real-hint" @change=${(event: Event) => this.choose((event.target as HTMLInputElement).checked)}><span>${t.callReal}</span></label><p class="hint" id="try-real-hint">${t.callRealHint}</p></div>
      ${this.real ? nothing : this.unanswered().map((name) => this.answer(name))}
      <div role="status">${this.failed ? html`<p class="refusal">${t.failed}</p>` : nothing}${this.test ? html`<ol class="tried">${this.test.turns.map((turn) => this.turn(turn))}</ol>` : nothing}</div></section>`;
  }

  private turn(turn: TestTurn): TemplateResult {
    const { t, tag } = this.words;
    const known = turn.slots.filter(({ value }) => value !== null);
    return html`<li><p class="tried-customer" dir="auto"><span class="sr">${t.customer}: </span>${turn.customer}</p>${
      turn.agent
        ? html`<p class="tried-agent" dir="auto">${icon(turn.outcome === 'reply' ? robot : handoff, 'sm')}<span><span class="sr">${t.agentSays}: </span>${turn.agent}</span></p>`
        : nothing
    }<ul class="tried-facts"><li>${t.atStep(number(tag, turn.step), number(tag, turn.steps))}</li>${turn.begun ? nothing : html`<li class="bad">${icon(alert, 'sm')}${t.notBegun}</li>`}${known.map(
      ({ name, value }) => html`<li><code>${name}</code> <bdi>${typeof value === 'number' ? number(tag, value) : value}</bdi></li>`,
    )}${turn.skills.map(
      ({ name, args, ran, result }) =>
        html`<li data-skill=${name}>${icon(skill, 'sm')}<span>${ran ? t.skillRan(name) : t.skillNotRun(name)} <code dir="ltr">${brief(args)}</code>${result === null ? nothing : html` → <bdi>${brief(result)}</bdi>`}</span></li>`,
    )}${turn.ended ? html`<li class="is-end">${icon(check, 'sm')}${turn.ended === 'goal' ? t.goalReached : t.exitTaken}</li>` : nothing}${
      turn.outcome === 'reply'
        ? nothing
        : html`<li class=${turn.outcome === 'failed' ? 'bad' : ''}>${t.outcome[turn.outcome]}${turn.reason ? html`: <bdi>${whyInWords(turn.why, tag) ?? turn.reason}</bdi>` : nothing}</li>`
    }${turn.routes.map(({ label }) => html`<li class="route"><bdi>${label}</bdi></li>`)}</ul></li>`;
  }

  /** Skills that the test did not run, for which an answer can be made up. */
  private unanswered(): string[] {
    return [
      ...new Set([...(this.test?.turns.flatMap(({ skills }) => skills.filter(({ ran }) => !ran).map(({ name }) => name)) ?? []), ...this.answers.keys()]),
    ];
  }

  private answer(name: string): TemplateResult {
    const { t } = this.words;
    return html`<div class="one"><label class="label" for="try-answer-${name}">${t.answerOf(name)}</label><textarea class="field" id="try-answer-${name}" rows="2" dir="auto" maxlength="10000" .value=${this.answers.get(name) ?? ''}
      @input=${(event: Event) => this.answers.set(name, (event.target as HTMLTextAreaElement).value)}></textarea><p class="hint">${t.answerHint}</p></div>`;
  }

  private choose(real: boolean): void {
    this.real = real;
    this.host.requestUpdate();
  }

  private write(text: string): void {
    this.text = text;
    this.host.requestUpdate();
  }

  private take(example: string): void {
    if (EXAMPLES.includes(example as Example)) this.write(exampleLines(this.form.draft, example as Example, this.words).join('\n'));
  }

  private async run(): Promise<void> {
    const { store } = this.host;
    const lines = linesIn(this.text).slice(0, 30);
    if (!store || this.busy || lines.length === 0) return;
    this.busy = true;
    this.failed = false;
    this.host.requestUpdate();
    const playbook = bodyOf(this.form.draft) as never;
    const answer = await store.core.ask(() =>
      store.core.client.api.v1.playbooks['test-run'].$post({ json: { playbook, lines, real: this.real, answers: Object.fromEntries(this.answers) } }),
    );
    this.busy = false;
    if (answer.ok) this.test = answer.value;
    else {
      this.test = undefined;
      this.failed = answer.problem.code !== 'invalid';
      if (!this.failed)
        this.form.show({
          code: 'invalid',
          current: undefined,
          errors: answer.problem.errors.map(({ path, message }) => ({ path: path.replace(/^playbook\./, ''), message })),
        });
    }
    this.host.requestUpdate();
  }
}
