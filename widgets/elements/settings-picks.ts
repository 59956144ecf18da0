/** Several of a few, each on or off; and lines of words. */
import { html, type TemplateResult } from 'lit';
import { linesIn, toggles, valueOf, type Option } from './settings-controls.ts';
import { errorAt, idOf, labelled, type FieldSetting } from './settings-fields.ts';
import { group } from './settings-frame.ts';

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
  return group(idOf(path), label, toggles(options, chosen, change), { hint, error: errorAt(setting, path) });
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
  return labelled(
    setting,
    path,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<textarea class="field" id=${id} rows=${rows} dir="auto" .value=${lines.join('\n')} aria-invalid=${invalid} aria-describedby=${says}
    @change=${(event: Event) => change([...new Set(linesIn(valueOf(event)))])}></textarea>`,
    hint,
  );
}
