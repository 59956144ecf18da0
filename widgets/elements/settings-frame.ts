/** The frame that a field of the settings stands in: its name, its control, what helps with it and what is wrong with it, tied together for those who listen. */
import { html, nothing, type TemplateResult } from 'lit';

/** What is said beneath a control. */
interface Said {
  /** What helps with it. */
  readonly hint?: unknown;
  /** What is wrong with it. */
  readonly error?: string | undefined;
}

/** What ties a control to its name, and to what is said of it. */
export interface Tie {
  readonly id: string;
  readonly invalid: 'true' | typeof nothing;
  readonly says: string | typeof nothing;
}

/** What the API found wrong, each at its path: `settings.smtpPort`. */
export type Flaws = readonly { readonly path: string; readonly message: string }[];

/** What was found wrong with what the API calls so, or with a part of it. */
export const flawAt = (flaws: Flaws, path: string): string | undefined => flaws.find((flaw) => flaw.path === path || flaw.path.startsWith(`${path}.`))?.message;

/** What is wrong where no one control could take the focus for it: it takes it itself. */
export const refusal = (id: string, wrong: string | undefined): TemplateResult | typeof nothing =>
  wrong ? html`<p class="refusal" id="${id}-e" role="alert" tabindex="-1" data-refused>${wrong}</p>` : nothing;

/**
 * A field of one control, which is given what ties it to its label, to its hint and to what is wrong with it.
 * @param quiet whether the label is only for those who listen, as the place already says it
 */
export function field(id: string, label: unknown, control: (tie: Tie) => TemplateResult, { hint, error }: Said = {}, quiet = false): TemplateResult {
  const says = [error ? `${id}-e` : '', hint ? `${id}-h` : ''].filter(Boolean).join(' ');
  const name = html`<label class=${quiet ? 'sr' : 'label'} for=${id}>${label}</label>`;
  return frame(name, control({ id, invalid: error ? 'true' : nothing, says: says || nothing }), { hint, error, id });
}

/** A field of several controls. */
export const group = (id: string, label: string, controls: TemplateResult, said: Said = {}): TemplateResult =>
  frame(html`<span class="label" aria-hidden="true">${label}</span>`, controls, { ...said, id, group: label });

/** Something that has a name, and is to be read or done with buttons. */
export const named = (label: unknown, content: TemplateResult, hint?: string): TemplateResult =>
  frame(html`<span class="label">${label}</span>`, content, { hint });

/** A control that has its name within. */
export const bare = (control: TemplateResult, hint: string): TemplateResult => frame(nothing, control, { hint });

function frame(
  name: unknown,
  control: TemplateResult,
  { id, group: called, hint, error }: Said & { readonly id?: string; readonly group?: string },
): TemplateResult {
  const grouped = called !== undefined;
  return html`<div class="one" role=${grouped ? 'group' : nothing} aria-label=${called ?? nothing} aria-describedby=${grouped && error ? `${id}-e` : nothing}>${name}${control}${
    hint ? html`<p class="hint" id=${id && !grouped ? `${id}-h` : nothing}>${hint}</p>` : nothing
  }${grouped ? refusal(id!, error) : error ? html`<p class="refusal" id="${id}-e" role="alert">${error}</p>` : nothing}</div>`;
}
