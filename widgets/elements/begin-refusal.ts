import { html, nothing, type TemplateResult } from 'lit';
import type { BeginField, BeginRefusal } from './begin-form.ts';

const places: Partial<Record<BeginField, string>> = {
  account: '#account',
  to: '#to',
  subject: '#subject',
  text: 'mail-editor, textarea, composer-templates',
  copies: 'mail-copies',
};

/** Where the caret goes when a field is refused: what finds it in the dialog. */
export const placeOf = ({ field }: BeginRefusal): string | undefined => field && places[field];

/** What is wrong with a field; without one, with all of it. */
export function wrong(refusal: BeginRefusal | undefined, field?: BeginField): TemplateResult | typeof nothing {
  return refusal && refusal.field === field ? html`<p class="refusal" id="begin-${field ?? 'all'}-e" role="alert">${refusal.text}</p>` : nothing;
}

/** Whether a field is the one that is refused, as an attribute says it. */
export const isWrong = (refusal: BeginRefusal | undefined, field: BeginField): 'true' | typeof nothing => (refusal?.field === field ? 'true' : nothing);
