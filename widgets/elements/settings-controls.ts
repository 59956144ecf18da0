/** Controls that stand in the frame of a field, and what is read from them. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../ui/icon.ts';
import { check } from '../ui/icons.ts';
import type { Tie } from './settings-frame.ts';

/** What can be chosen, and how it is shown. */
export type Option<Label = unknown> = readonly [value: string, label: Label];

/** What was typed or chosen in a control. */
export const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** The lines of a text, without blank ones. */
export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** One of a few. */
export const choice = ({ id, invalid, says }: Tie, options: readonly Option[], chosen: string, change: (value: string) => void): TemplateResult =>
  html`<select class="field" id=${id} aria-invalid=${invalid} aria-describedby=${says} @change=${(event: Event) => change(valueOf(event))}>${options.map(
    ([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`,
  )}</select>`;

/** Words, one on each line; written once it is left, as what is typed is taken apart. */
export const lines = ({ id, invalid, says }: Tie, rows: number, said: readonly string[], change: (lines: string[]) => void): TemplateResult =>
  html`<textarea class="field" id=${id} rows=${rows} dir="auto" .value=${said.join('\n')} aria-invalid=${invalid} aria-describedby=${says}
    @change=${(event: Event) => change(linesIn(valueOf(event)))}></textarea>`;

/**
 * Several of a few, each on or off.
 * @param change told the values that are on
 * @param ticked whether those that are on have a tick before their name
 * @param end what stands behind them
 */
export function toggles(
  options: readonly Option[],
  chosen: readonly string[],
  change: (chosen: string[]) => void,
  { ticked = false, end = nothing }: { readonly ticked?: boolean; readonly end?: unknown } = {},
): TemplateResult {
  const toggle = (value: string): void => change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return html`<div class="picks">${options.map(
    ([value, label]) =>
      html`<button type="button" class="pick" data-value=${value} aria-pressed=${String(chosen.includes(value))} @click=${() => toggle(value)}>${ticked && chosen.includes(value) ? icon(check, 'xs') : nothing}${label}</button>`,
  )}${end}</div>`;
}
