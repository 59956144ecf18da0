import { html, type TemplateResult } from 'lit';
import { diffWords } from './diff.ts';

/** Both texts in one, what went struck out and what came underlined. Line breaks are kept by the block round it. */
export function diffView(before: string, after: string): TemplateResult[] {
  return diffWords(before, after).map(({ kind, text }) =>
    kind === 'added' ? html`<ins>${text}</ins>` : kind === 'removed' ? html`<del>${text}</del>` : html`${text}`,
  );
}
