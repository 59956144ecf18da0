/** A text with variables: the field, what can be put into it, and how it looks with somebody's name. */
import { html, nothing, type TemplateResult } from 'lit';
import { writeAt } from './composer-parts.ts';
import type { RuleWords } from './settings-editing.ts';

const variables = [
  'contact.firstName',
  'contact.name',
  'contact.company',
  'operator.firstName',
  'operator.name',
  'agent.name',
  'conversation.subject',
  'workspace.name',
] as const;

interface TextField {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly words: RuleWords;
  readonly preview?: boolean;
  /** What is wrong with it. */
  readonly wrong?: string | undefined;
  change(text: string): void;
}

/** The field; buttons put a variable where the caret stands. */
export function textField({ id, label, text, words: { t }, preview, wrong, change }: TextField): TemplateResult {
  const { quick } = t;
  const put = (event: Event, name: string): void => {
    const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
    const field = root.querySelector<HTMLTextAreaElement>(`#${id}`);
    if (field) writeAt(field, `{{${name}}}`);
  };
  const parts = text.split(/(\{\{\s*[^{}]+?\s*\}\})/);
  return html`<div><label class="label" for=${id}>${label}</label><textarea class="field" id=${id} rows="4" maxlength="10000" dir="auto" .value=${text} aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? `${id}-e` : nothing}
      @input=${(event: Event) => change((event.target as HTMLTextAreaElement).value)}></textarea>${wrong ? html`<p class="refusal" id="${id}-e" role="alert">${wrong}</p>` : nothing}</div>
    <div class="writes" role="group" aria-label=${quick.variables}><p class="label">${quick.variables}</p>${variables.map((name) => html`<button type="button" class="btn sm" @click=${(event: Event) => put(event, name)}>${quick.names[name]}</button> `)}</div>${
      preview && text
        ? html`<div><p class="label">${quick.preview}</p><p dir="auto">${parts.map((part) => {
            const name = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(part)?.[1];
            return name === undefined ? part : html`<mark>${(quick.names as Readonly<Record<string, string>>)[name] ?? quick.toFill(name)}</mark>`;
          })}</p></div>`
        : nothing
    }`;
}
