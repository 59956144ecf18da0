/** Several of a few, each on or off; and lines of words. */
import type { TemplateResult } from 'lit';
import { lines, toggles, type Option } from './settings-controls.ts';
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
  said: readonly string[],
  change: (lines: string[]) => void,
  hint?: string,
  rows = 3,
): TemplateResult {
  return labelled(setting, path, label, (tie) => lines(tie, rows, said, (next) => change([...new Set(next)])), hint);
}
