import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import type { Glyph } from './icons.ts';
import { rove } from './rove.ts';

/** One tab. With an icon the words are its name for assistive technology only, unless `both`. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly glyph?: Glyph;
  readonly both?: boolean;
  /** After the label, such as a count. */
  readonly end?: unknown;
  /** Full name, when label and end do not say it. */
  readonly name?: string;
}

/** A row of tabs with one chosen; arrow keys choose. `select` is called for people's choices only. */
export function tabs<Id extends string>(label: string, all: readonly Tab<Id>[], selected: Id, select: (id: Id) => void, look = 'tabs'): TemplateResult {
  const keydown = (event: KeyboardEvent): void => {
    const list = event.currentTarget;
    if (list instanceof HTMLElement) rove(event, [...list.querySelectorAll<HTMLElement>('[role=tab]')], 'inline')?.click();
  };
  return html`<div class=${look} role="tablist" aria-label=${label} @keydown=${keydown}>${all.map(
    (tab) => html`<button type="button" class="tab focus-in" role="tab" aria-selected=${tab.id === selected ? 'true' : 'false'}
      tabindex=${tab.id === selected ? 0 : -1} aria-label=${tab.name ?? (tab.glyph && !tab.both ? tab.label : nothing)}
      @click=${() => tab.id !== selected && select(tab.id)}>${tab.glyph ? icon(tab.glyph, tab.both ? 'sm' : 'md') : nothing}${
        tab.glyph && !tab.both ? nothing : tab.label
      }${tab.end ?? nothing}</button>`,
  )}</div>`;
}

/** A segmented control: a few values of which one holds. */
export function segments<Id extends string>(
  label: string,
  all: readonly { readonly id: Id; readonly label: string }[],
  selected: Id,
  select: (id: Id) => void,
): TemplateResult {
  return html`<span class="seg" role="group" aria-label=${label}>${all.map(
    ({ id, label: word }) => html`<button type="button" aria-pressed=${id === selected ? 'true' : 'false'} @click=${() => select(id)}>${word}</button>`,
  )}</span>`;
}
