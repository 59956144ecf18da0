/** A list of the settings in its three other states: on its way, not read, empty. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Listing } from '../store/state.ts';
import { blank, type Blank, type Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, refresh } from '../ui/icons.ts';
import { vars } from '../ui/vars.ts';
import type { Spoken } from '../ui/words.ts';
import type { common } from '../locales/en/common.ts';

/** @param again reads it again @param rows what there is, once there is something */
export function listing<T>(
  of: Listing<T> | undefined,
  { t }: Spoken<{ common: typeof common }>,
  patience: Patience,
  empty: Blank,
  again: () => void,
  rows: (items: readonly T[]) => unknown,
): unknown {
  if (!of?.loaded && !of?.problem) return patience.out(true) ? bones(t.common.loading) : nothing;
  patience.out(false);
  if (!of.loaded)
    return blank(
      { glyph: alert, title: t.common.failed, acts: html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>` },
      true,
    );
  return of.items.length === 0 ? blank(empty) : rows(of.items);
}

export const bones = (says: string): TemplateResult =>
  html`<div class="bones" role="status"><span class="sr">${says}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
