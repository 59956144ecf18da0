import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { icon } from '../ui/icon.ts';
import { down, drag, x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { choiceField, idOf, picks, textField } from './settings-playbook-fields.ts';
import type { EditedPlaybook } from './settings-playbook-rows.ts';
import type { SettingsHost } from './settings-sections.ts';

/** The steps of a playbook, each in a row that is put elsewhere by dragging it, by its buttons or by keys. */
export class PlaybookSteps {
  private dragged?: number;

  constructor(
    private readonly host: SettingsHost,
    private readonly edited: EditedPlaybook,
  ) {}

  render(at: number, lists: State['lists']): TemplateResult {
    const {
      draft,
      flaws,
      words: { t, tag },
    } = this.edited;
    const step = draft.steps[at]!;
    const place = number(tag, at + 1);
    const change = (more: Partial<typeof step>): void => this.edited.change({ steps: draft.steps.with(at, { ...step, ...more }) });
    const skills = [...new Set([...(lists.skills?.items ?? []).map(({ name }) => name), ...(step.skill ? [step.skill] : [])])];
    return html`<li class="row-of ${this.dragged === at ? 'is-dragged' : ''}" @dragover=${this.handleOver} @drop=${(event: DragEvent) => this.handleDrop(event, at)}>
      <div class="line"><span class="handle writes" draggable="true" title=${t.dragStep} @dragstart=${(event: DragEvent) => this.handleDrag(event, at)} @dragend=${() => (this.dragged = undefined)}>${icon(drag)}</span><b>${t.step(place)}</b>
        <span class="acts push writes"><button type="button" class="btn ghost icon turned" data-act="up" aria-label=${t.moveUp(place)} ?disabled=${at === 0} @click=${() => this.move(at, at - 1, 'up')}>${icon(down)}</button><button type="button" class="btn ghost icon" data-act="down"
          aria-label=${t.moveDown(place)} ?disabled=${at === draft.steps.length - 1} @click=${() => this.move(at, at + 1, 'down')}>${icon(down)}</button><button type="button" class="btn ghost icon" aria-label=${t.removeStep(place)}
          @click=${() => this.edited.change({ steps: draft.steps.toSpliced(at, 1) })}>${icon(x)}</button></span></div>
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

  /** The focus goes along with the step. */
  private move(from: number, to: number, focus: 'up' | 'down' | 'text'): void {
    const {
      draft: { steps },
      words: { t, tag },
    } = this.edited;
    if (to < 0 || to >= steps.length || to === from) return;
    this.edited.change({ steps: steps.toSpliced(from, 1).toSpliced(to, 0, steps[from]!) });
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
}
