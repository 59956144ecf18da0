/** The parameters of a skill as a table, over the JSON Schema that they are: what the table does not show stays as it is. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../ui/icon.ts';
import { plus, x } from '../ui/icons.ts';
import type { SkillWords } from './settings-skill-reach.ts';

type Json = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly schema: Json;
  readonly required: boolean;
}

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parameters that a schema names, in their order; null where the text is no schema of an object. */
export function parametersIn(text: string): { schema: Json; parameters: Parameter[] } | null {
  try {
    const schema: unknown = JSON.parse(text);
    if (!isObject(schema) || (schema['properties'] !== undefined && !isObject(schema['properties']))) return null;
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    const properties = Object.entries((schema['properties'] as Json | undefined) ?? {});
    if (properties.some(([, one]) => !isObject(one))) return null;
    return { schema, parameters: properties.map(([name, one]) => ({ name, schema: one as Json, required: required.includes(name) })) };
  } catch {
    return null;
  }
}

/** The schema with these parameters, as text. */
export function withParameters(schema: Json, parameters: readonly Parameter[]): string {
  const { required: _, ...rest } = schema;
  const required = parameters.flatMap((one) => (one.required ? [one.name] : []));
  return JSON.stringify(
    { ...rest, type: 'object', properties: Object.fromEntries(parameters.map((one) => [one.name, one.schema])), ...(required.length > 0 && { required }) },
    undefined,
    2,
  );
}

/** @param change is given the schema as it is then */
export function parameterTable(text: string, { t }: SkillWords, change: (text: string) => void): TemplateResult | typeof nothing {
  const read = parametersIn(text);
  if (!read) return nothing;
  const { schema, parameters } = read;
  const write = (next: readonly Parameter[]): void => change(withParameters(schema, next));
  const put = (at: number, one: Partial<Parameter>): void => write(parameters.with(at, { ...parameters[at]!, ...one }));
  const rename = (at: number, field: HTMLInputElement): void => {
    const name = field.value.trim();
    if (name === '' || parameters.some((one, other) => other !== at && one.name === name)) field.value = parameters[at]!.name;
    else put(at, { name });
  };
  const add = (): void => {
    let number = parameters.length + 1;
    while (parameters.some(({ name }) => name === `parameter_${number}`)) number += 1;
    write([...parameters, { name: `parameter_${number}`, schema: { type: 'string' }, required: false }]);
  };
  const row = ({ name, schema: own, required }: Parameter, at: number): TemplateResult => {
    const type = typeof own['type'] === 'string' ? own['type'] : '';
    const describe = (event: Event): void => {
      const { description: _, ...rest } = own;
      const description = (event.target as HTMLInputElement).value;
      put(at, { schema: description ? { ...rest, description } : rest });
    };
    return html`<li><input class="field code" dir="ltr" spellcheck="false" autocomplete="off" maxlength="64" aria-label=${t.parameterName} .value=${name} @change=${(event: Event) => rename(at, event.target as HTMLInputElement)}><select
      class="field" aria-label=${t.parameterType(name)} @change=${(event: Event) => put(at, { schema: { ...own, type: (event.target as HTMLSelectElement).value } })}>${(TYPES as readonly string[]).includes(type) ? nothing : html`<option value="" selected disabled></option>`}${TYPES.map(
        (one) => html`<option value=${one} .selected=${one === type}>${t.parameterTypes[one]}</option>`,
      )}</select><input class="field" dir="auto" autocomplete="off" maxlength="1000" aria-label=${t.parameterMeans(name)} placeholder=${t.parameterMeans(name)} .value=${typeof own['description'] === 'string' ? own['description'] : ''} @change=${describe}><label
      class="check"><input type="checkbox" class="box" .checked=${required} @change=${(event: Event) => put(at, { required: (event.target as HTMLInputElement).checked })}><span>${t.parameterNeeded}</span></label><button type="button" class="btn ghost icon writes"
      aria-label=${t.removeParameter(name)} @click=${() => write(parameters.toSpliced(at, 1))}>${icon(x)}</button></li>`;
  };
  return html`<ul class="params" aria-label=${t.parameters}>${parameters.map(row)}</ul><div class="line"><button type="button" class="btn writes" data-act="add-parameter" @click=${add}>${icon(plus)}${t.addParameter}</button></div>`;
}
