/** The small controls that a playbook's form is made of, each with what the API found wrong with it. */
import { html, nothing, type TemplateResult } from 'lit';

export interface Flaws {
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

interface More {
  readonly hint?: string;
  readonly rows?: number;
  readonly max?: number;
  readonly type?: 'text' | 'number';
  /** Written once the field is left, as what is typed is taken apart. */
  readonly whole?: boolean;
}

/** What is wrong with a list as a whole; stands above its rows and takes the focus. */
export function listRefusal({ errors }: Flaws, path: string): TemplateResult | typeof nothing {
  const wrong = errors.find((error) => error.path === path)?.message;
  return wrong ? html`<p class="refusal" id=${idOf(path)} role="alert" tabindex="-1">${wrong}</p>` : nothing;
}

export const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;
export const idOf = (path: string): string => `pb-${path.replaceAll('.', '-')}`;
const errorAt = ({ errors }: Flaws, path: string): string | undefined =>
  errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message;

function labelled(
  flaws: Flaws,
  path: string,
  label: string,
  hint: string | undefined,
  control: (ties: { id: string; invalid: unknown; says: unknown }) => unknown,
): TemplateResult {
  const error = errorAt(flaws, path);
  const id = idOf(path);
  const says = [hint ? `${id}-h` : '', error ? `${id}-e` : ''].filter(Boolean).join(' ') || nothing;
  return html`<div class="one"><label class="label" for=${id}>${label}</label>${control({ id, invalid: error ? 'true' : nothing, says })}${hint ? html`<p class="hint" id="${id}-h">${hint}</p>` : nothing}${
    error ? html`<p class="refusal" id="${id}-e" role="alert">${error}</p>` : nothing
  }</div>`;
}

export function textField(
  flaws: Flaws,
  path: string,
  label: string,
  value: string,
  change: (value: string) => void,
  { hint, rows, max = 65_536, type = 'text', whole }: More = {},
): TemplateResult {
  return labelled(flaws, path, label, hint, ({ id, invalid, says }) =>
    rows
      ? html`<textarea class="field" id=${id} rows=${rows} dir="auto" maxlength=${max} .value=${value} aria-invalid=${invalid} aria-describedby=${says}
        @input=${whole ? nothing : (event: Event) => change(valueOf(event))} @change=${whole ? (event: Event) => change(valueOf(event)) : nothing}></textarea>`
      : html`<input class="field" id=${id} type=${type} min=${type === 'number' ? 1 : nothing} max=${type === 'number' ? 10 : nothing} maxlength=${max} dir="auto" autocomplete="off" .value=${value} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => change(valueOf(event))}>`,
  );
}

export function choiceField(
  flaws: Flaws,
  path: string,
  label: string,
  value: string,
  options: readonly (readonly [value: string, label: string])[],
  change: (value: string) => void,
  hint?: string,
): TemplateResult {
  return labelled(
    flaws,
    path,
    label,
    hint,
    ({ id, invalid, says }) =>
      html`<select class="field" id=${id} aria-invalid=${invalid} aria-describedby=${says} @change=${(event: Event) => change(valueOf(event))}>${options.map(
        ([one, text]) => html`<option value=${one} ?selected=${one === value}>${text}</option>`,
      )}</select>`,
  );
}

/** Several of a few, each on or off. */
export function picks(
  flaws: Flaws,
  path: string,
  label: string,
  chosen: readonly string[],
  options: readonly (readonly [value: string, label: string])[],
  change: (chosen: string[]) => void,
  hint?: string,
): TemplateResult {
  const toggle = (value: string): void => change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  const error = errorAt(flaws, path);
  return html`<div class="one" role="group" id=${idOf(path)} tabindex="-1" aria-label=${label} aria-describedby=${error ? `${idOf(path)}-e` : nothing}><span class="label" aria-hidden="true">${label}</span><div class="picks">${options.map(
    ([value, text]) =>
      html`<button type="button" class="pick" data-value=${value} aria-pressed=${String(chosen.includes(value))} @click=${() => toggle(value)}><bdi>${text}</bdi></button>`,
  )}</div>${hint ? html`<p class="hint">${hint}</p>` : nothing}${error ? html`<p class="refusal" id="${idOf(path)}-e" role="alert">${error}</p>` : nothing}</div>`;
}
