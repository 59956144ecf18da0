import { html, type TemplateResult } from 'lit';
import type { drafts as english } from '../locales/en/drafts.ts';
import type { operator } from '../locales/en/operator.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, draft, lock, refresh } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';

/** What stands where no draft waits. */
export const noDrafts = ({ t }: Spoken<typeof english>): TemplateResult =>
  html`<div class="queue-middle">${blank({ glyph: draft, title: t.empty, text: t.emptyText })}</div>`;

/** The drafts could not be read. */
export const failedDrafts = ({ t }: Spoken<typeof english>, words: Spoken<typeof operator>, again: () => void): TemplateResult =>
  html`<div class="queue-middle">${blank({ glyph: alert, title: t.failed, text: t.failedText, acts: retry(words, again) }, true)}</div>`;

/** Nobody is signed in any more. */
export const signedOut = ({ t }: Spoken<typeof english>, words: Spoken<typeof operator>, again: () => void): TemplateResult =>
  blank({ glyph: lock, title: t.signedOut, text: t.signedOutText, acts: retry(words, again) }, true);

const retry = ({ t }: Spoken<typeof operator>, again: () => void): TemplateResult =>
  html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>`;
