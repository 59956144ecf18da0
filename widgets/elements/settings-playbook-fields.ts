/** The small controls that a playbook's form is made of, each with what the API found wrong with it. */
import { html, nothing, type TemplateResult } from 'lit';
import { choice, toggles, valueOf, type Option } from './settings-controls.ts';
import { field, flawAt, group, refusal, type Flaws } from './settings-frame.ts';

interface More {
  readonly hint?: string;
  readonly rows?: number;
  readonly max?: number;
  readonly type?: 'text' | 'number';
  /** Written once the field is left, as what is typed is taken apart. */
  readonly whole?: boolean;
}

/** What is wrong with a list as a whole; stands above its rows. */
export const listRefusal = (flaws: Flaws, path: string): TemplateResult | typeof nothing =>
  refusal(idOf(path), flaws.find((one) => one.path === path)?.message);

export const idOf = (path: string): string => `pb-${path.replaceAll('.', '-')}`;

export function textField(
  flaws: Flaws,
  path: string,
  label: string,
  value: string,
  change: (value: string) => void,
  { hint, rows, max = 65_536, type = 'text', whole }: More = {},
): TemplateResult {
  return field(
    idOf(path),
    label,
    ({ id, invalid, says }) =>
      rows
        ? html`<textarea class="field" id=${id} rows=${rows} dir="auto" maxlength=${max} .value=${value} aria-invalid=${invalid} aria-describedby=${says}
        @input=${whole ? nothing : (event: Event) => change(valueOf(event))} @change=${whole ? (event: Event) => change(valueOf(event)) : nothing}></textarea>`
        : html`<input class="field" id=${id} type=${type} min=${type === 'number' ? 1 : nothing} max=${type === 'number' ? 10 : nothing} maxlength=${max} dir="auto" autocomplete="off" .value=${value} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => change(valueOf(event))}>`,
    { hint, error: flawAt(flaws, path) },
  );
}

/** One of a few. */
export const choiceField = (
  flaws: Flaws,
  path: string,
  label: string,
  value: string,
  options: readonly Option<string>[],
  change: (value: string) => void,
): TemplateResult => field(idOf(path), label, (tie) => choice(tie, options, value, change), { error: flawAt(flaws, path) });

/** Several of a few, each on or off. */
export const picks = (
  flaws: Flaws,
  path: string,
  label: string,
  chosen: readonly string[],
  options: readonly Option<string>[],
  change: (chosen: string[]) => void,
  hint?: string,
): TemplateResult =>
  group(
    idOf(path),
    label,
    toggles(
      options.map(([value, text]) => [value, html`<bdi>${text}</bdi>`] as const),
      chosen,
      change,
    ),
    { hint, error: flawAt(flaws, path) },
  );
