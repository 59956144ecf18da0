/** Several of a few, each on or off; and lines of words. */
import { html, type TemplateResult } from 'lit';
import { errorAt, idOf, labelled, valueOf, type FieldSetting } from './settings-fields.ts';
import { group } from './settings-frame.ts';

type Option = readonly [value: string, label: unknown];

/** @param path as the API calls it @param change told the values that are on */
export function picks(
  setting: FieldSetting,
  path: string,
  label: string,
  options: readonly Option[],
  chosen: readonly string[],
  change: (chosen: string[]) => void,
  hint?: string,
): TemplateResult {
  const toggle = (value: string): void => change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  const controls = html`<div class="picks">${options.map(
    ([value, text]) =>
      html`<button type="button" class="pick" data-value=${value} aria-pressed=${String(chosen.includes(value))} @click=${() => toggle(value)}>${text}</button>`,
  )}</div>`;
  return group(idOf(path), label, controls, { hint, error: errorAt(setting, path) });
}

/** Words, one on each line. */
export function linesOf(
  setting: FieldSetting,
  path: string,
  label: string,
  lines: readonly string[],
  change: (lines: string[]) => void,
  hint?: string,
  rows = 3,
): TemplateResult {
  const typed = (event: Event): void =>
    change([
      ...new Set(
        valueOf(event)
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ]);
  return labelled(
    setting,
    path,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<textarea class="field" id=${id} rows=${rows} dir="auto" .value=${lines.join('\n')} aria-invalid=${invalid} aria-describedby=${says}
    @change=${typed}></textarea>`,
    hint,
  );
}
