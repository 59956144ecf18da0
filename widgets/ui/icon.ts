import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Glyph } from './icons.ts';

/** 12, 14, 16, 20 or 40 pixels. */
export type IconSize = 'xs' | 'sm' | 'md' | 'lg' | 'xl';

/**
 * An icon in the colour of the text round it, hidden from assistive technology: what it says stands beside it as text
 * or in the `aria-label` of its control. Those that point along the line of reading mirror themselves.
 *
 * @param more further classes, such as `fold`.
 */
export function icon(glyph: Glyph, size: IconSize = 'md', more = ''): TemplateResult {
  const [path, look = '', thin] = glyph;
  const names = ['i', size === 'md' ? '' : `i-${size}`, look, more].filter(Boolean).join(' ');
  return html`<svg class=${names} viewBox="0 0 16 16" aria-hidden="true"><path d=${path}/>${thin ? svg`<path stroke-width="1.25" d=${thin}/>` : nothing}</svg>`;
}
