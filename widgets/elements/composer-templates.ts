import { css, html, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { MessageTemplate, TemplateChoice } from '../../server/contract/message.ts';
import { composingTexts } from '../locales/composing.ts';
import { operatorTexts } from '../locales/operator.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';

/** A template with its values filled in: what goes to the API, and what the customer reads. */
export interface Filled {
  readonly text: string;
  readonly template: TemplateChoice;
}

/** The text that the customer reads: `{{1}}` and so on give way to the values; where there is none yet, they stay. */
export const filled = (body: string, values: readonly string[]): string =>
  body.replace(/\{\{\s*(\d+)\s*\}\}/g, (place, nth: string) => values[Number(nth) - 1]?.trim() || place);

const sheet = css`
:host { display: block; padding: 0 12px 12px; }
form { display: grid; gap: 8px; }
.values { display: grid; gap: 8px; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); }
.preview { margin: 0; padding: 8px 12px; border-radius: var(--conv-radius-md); background: var(--conv-sunken); white-space: pre-wrap; overflow-wrap: anywhere; max-block-size: 160px; overflow-y: auto; }
.acts { display: flex; justify-content: flex-end; gap: 8px; }
p { margin: 0; }
`;

/**
 * A choice among the templates that may be sent where a free answer may not: values filled in, shown as the customer will
 * read it. Part of the composer, fetched when it is asked for.
 *
 * @fires template-send - one is to be sent: {@link Filled}
 * @fires template-cancel - none
 */
export class ComposerTemplates extends ConvElement {
  static override styles = [buttonsSheet, fieldsSheet, sheet];

  /** Reads the templates; undefined where that failed. */
  @property({ attribute: false }) read?: () => Promise<readonly MessageTemplate[] | undefined>;
  @state() private templates?: readonly MessageTemplate[];
  @state() private failed = false;
  @state() private chosen = 0;
  @state() private values: readonly string[] = [];
  private readonly words = words(this, composingTexts);
  private readonly common = words(this, operatorTexts);

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  override render(): unknown {
    const { templates, values } = this;
    const { template: t } = this.words.t;
    const { common } = this.common.t;
    const cancel = html`<button type="button" class="btn" @click=${() => this.dispatchEvent(new CustomEvent('template-cancel'))}>${common.cancel}</button>`;
    if (this.failed)
      return html`<p role="alert">${t.failed} <button type="button" class="linkish" @click=${this.load}>${common.retry}</button></p><div class="acts">${cancel}</div>`;
    if (!templates) return html`<p class="hint" role="status">${common.loading}</p>`;
    const one = templates[this.chosen];
    if (!one) return html`<p role="status">${t.none}</p><div class="acts">${cancel}</div>`;
    return html`<form @submit=${this.handleSubmit}>
      <div><label class="label" for="template">${t.label}</label><select id="template" class="field" @change=${this.handleChoice}>${templates.map(
        ({ name, language }, index) => html`<option value=${index} .selected=${index === this.chosen}>${name.replaceAll('_', ' ')} (${language})</option>`,
      )}</select></div>${
        one.parameters > 0
          ? html`<div class="values">${Array.from(
              { length: one.parameters },
              (_, index) => html`<div><label class="label" for="value-${index}">${t.value(number(this.words.tag, index + 1))}</label><input id="value-${index}"
              class="field" dir="auto" maxlength="1024" required .value=${values[index] ?? ''} @input=${(event: InputEvent) => this.fill(index, (event.target as HTMLInputElement).value)}></div>`,
            )}</div>`
          : nothing
      }<div><span class="label" id="preview">${t.preview}</span><p class="preview" dir="auto" role="group" aria-labelledby="preview">${filled(one.body, values)}</p></div>
      <div class="acts">${cancel}<button type="submit" class="btn primary" ?disabled=${!this.complete(one)}>${t.send}</button></div></form>`;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, button')?.focus();
  }

  private readonly load = async (): Promise<void> => {
    this.failed = false;
    const templates = await this.read?.();
    this.failed = templates === undefined;
    this.templates = templates;
    await this.updateComplete;
    this.focus();
  };

  private complete({ parameters }: MessageTemplate): boolean {
    return Array.from({ length: parameters }, (_, index) => this.values[index]?.trim()).every(Boolean);
  }

  private fill(index: number, value: string): void {
    const values = [...this.values];
    values[index] = value;
    this.values = Array.from(values, (one) => one ?? '');
  }

  private readonly handleChoice = (event: Event): void => {
    this.chosen = Number((event.target as HTMLSelectElement).value);
    this.values = [];
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const one = this.templates?.[this.chosen];
    if (!one || !this.complete(one)) return;
    const { name, language, parameters } = one;
    const values = this.values.slice(0, parameters).map((value) => value.trim());
    this.dispatchEvent(
      new CustomEvent<Filled>('template-send', { detail: { text: filled(one.body, values), template: { name, language, parameters: values } } }),
    );
  };
}

define('composer-templates', ComposerTemplates);

declare global {
  interface HTMLElementTagNameMap {
    'composer-templates': ComposerTemplates;
  }
}
