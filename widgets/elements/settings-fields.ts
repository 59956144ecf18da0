/** Fields that are made from a JSON Schema, each with what the API found wrong with it. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../ui/icon.ts';
import { plus, x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { readable, type FieldSchema } from './settings-account.ts';
import { choice, lines, valueOf, type Option } from './settings-controls.ts';
import { bare, field, flawAt, refusal, type Flaws, type Tie } from './settings-frame.ts';
import type { SettingWords } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

/** What fields are drawn with. */
export interface FieldSetting {
  readonly words: SettingWords;
  /** What was refused, by the path of the API: `settings.smtpPort`. */
  readonly errors: Flaws;
  /** Paths without which the account cannot work. */
  readonly needs: readonly string[];
}

/** The name of a field on screen. */
export const fieldLabel = ({ t }: SettingWords, name: string, schema?: FieldSchema): string =>
  (t.fields as Readonly<Record<string, string>>)[name] ?? schema?.title ?? readable(name);

/** What is wrong with what the API calls so, or with a part of it. */
export const errorAt = ({ errors, words }: FieldSetting, path: string): string | undefined => flaw(words, flawAt(errors, path));
/** The id of the control of what the API calls so. */
export const idOf = (path: string): string => `f-${path.replaceAll('.', '-')}`;

/** What is wrong with a list as a whole, such as how long it is or what holds between its rows; stands above them and takes the focus. */
export function listRefusal({ errors, words }: Pick<FieldSetting, 'errors' | 'words'>, path: string): TemplateResult | typeof nothing {
  return refusal(idOf(path), flaw(words, errors.find((error) => error.path === path)?.message));
}

/** A label, a control, and what is wrong with it. `control` is given the attributes that tie them together. */
export function labelled(setting: FieldSetting, path: string, label: string, control: (tie: Tie) => TemplateResult, hint?: unknown): TemplateResult {
  const needed = setting.needs.includes(path) ? html` <small>${setting.words.t.channels.needed}</small>` : nothing;
  return field(idOf(path), html`${label}${needed}`, control, { hint, error: errorAt(setting, path) });
}

/** A line of text. */
export function textField(
  setting: FieldSetting,
  path: string,
  label: string,
  value: string,
  change: (value: string) => void,
  more: { hint?: unknown; max?: number; autofocus?: boolean } = {},
): TemplateResult {
  return labelled(
    setting,
    path,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<input class="field" id=${id} .value=${value} maxlength=${more.max ?? nothing} dir="auto" autocomplete="off" aria-invalid=${invalid} aria-describedby=${says}
    ?autofocus=${more.autofocus} @input=${(event: Event) => change(valueOf(event))}>`,
    more.hint,
  );
}

/** A choice. */
export function choiceField(
  setting: FieldSetting,
  path: string,
  label: string,
  value: string,
  options: readonly Option<string>[],
  change: (value: string) => void,
  hint?: string,
): TemplateResult {
  return labelled(setting, path, label, (tie) => choice(tie, options, value, change), hint);
}

/** A switch with what it means beneath. */
export const switchField = (label: string, hint: string, value: boolean, change: (value: boolean) => void): TemplateResult =>
  bare(
    html`<label class="check"><input type="checkbox" class="switch" role="switch" .checked=${value} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}>${label}</label>`,
    hint,
  );

/** A field of an account's settings, by its schema. `change` is told the new value; undefined is as the channel has it. */
export function schemaField(
  setting: FieldSetting,
  path: string,
  name: string,
  schema: FieldSchema,
  value: unknown,
  change: (value: unknown) => void,
): TemplateResult {
  const label = fieldLabel(setting.words, name, schema);
  if (schema.enum)
    return choiceField(
      setting,
      path,
      label,
      String(value ?? schema.default ?? ''),
      schema.enum.map((one) => [one, one.toUpperCase()] as const),
      change,
    );
  if (schema.type === 'boolean') {
    return html`<label class="check"><input type="checkbox" class="switch" role="switch" .checked=${Boolean(value ?? schema.default)} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}>${label}</label>`;
  }
  if (schema.type === 'integer' || schema.type === 'number') return numberField(setting, path, label, schema, value, change);
  if (schema.type === 'array')
    return schema.items?.type === 'object'
      ? rowsField(setting, path, label, schema.items, value, change)
      : linesField(setting, path, label, schema, value, change);
  return textField(
    setting,
    path,
    label,
    String(value ?? schema.default ?? ''),
    (text) => change(text === '' ? undefined : text),
    schema.maxLength ? { max: schema.maxLength } : {},
  );
}

function numberField(
  setting: FieldSetting,
  path: string,
  label: string,
  schema: FieldSchema,
  value: unknown,
  change: (value: unknown) => void,
): TemplateResult {
  const shown = value ?? schema.default;
  const typed = (event: Event): void => {
    const text = valueOf(event);
    change(text === '' ? undefined : Number(text));
  };
  return labelled(
    setting,
    path,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<input class="field" id=${id} type="number" inputmode="numeric" min=${schema.minimum ?? nothing} max=${schema.maximum ?? nothing}
    .value=${shown === undefined ? '' : String(shown)} aria-invalid=${invalid} aria-describedby=${says} @input=${typed}>`,
  );
}

function linesField(setting: FieldSetting, path: string, label: string, schema: FieldSchema, value: unknown, change: (value: unknown) => void): TemplateResult {
  const said = (value ?? schema.default ?? []) as readonly string[];
  return labelled(setting, path, label, (tie) => lines(tie, 2, said, change), setting.words.t.channels.perLine);
}

/** Several of something that has fields of its own. */
function rowsField(setting: FieldSetting, path: string, label: string, item: FieldSchema, value: unknown, change: (value: unknown) => void): TemplateResult {
  const { t, tag } = setting.words;
  const rows = (value ?? []) as readonly Readonly<Record<string, unknown>>[];
  return html`<fieldset class="rows-of"><legend class="label">${label}</legend>${rows.map(
    (row, place) => html`<div class="row-of">${Object.entries(item.properties ?? {}).map(([name, schema]) =>
      schemaField(setting, `${path}.${place}.${name}`, name, schema, row[name], (next) => change(rows.with(place, { ...row, [name]: next }))),
    )}<div class="writes"><button type="button" class="btn"
      @click=${() => change(rows.toSpliced(place, 1))}>${icon(x)}${t.channels.removeRow(number(tag, place + 1))}</button></div></div>`,
  )}<div class="writes"><button type="button" class="btn" @click=${() => change([...rows, {}])}>${icon(plus)}${t.channels.addRow}</button></div></fieldset>`;
}
