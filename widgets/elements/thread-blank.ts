import { html, type TemplateResult } from 'lit';
import type { operator } from '../locales/en/operator.ts';
import type { ApiProblem } from '../store/problem.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, info } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';

type ThreadWords = Spoken<typeof operator>;

/** What stands in place of a conversation that could not be read, or that is not there. */
export function failedThread({ t }: ThreadWords, { status }: ApiProblem, again: () => void): TemplateResult {
  const gone = status === 404;
  const retry = html`<button type="button" class="btn" @click=${again}>${t.common.retry}</button>`;
  return html`<div class="middle">${blank({ glyph: alert, ...(gone ? t.thread.gone : t.thread.failed), acts: gone ? undefined : retry }, true)}</div>`;
}

/** Says above a conversation that some of it could not be read. */
export const failedNotice = ({ t }: ThreadWords, says: string, again: () => void): TemplateResult =>
  html`<div class="notice" role="status">${icon(info)}<span>${says}</span><button type="button" class="btn sm push"
      @click=${again}>${t.common.retry}</button></div>`;

/** Bones of messages that are on their way. */
export const threadBones = ({ t }: ThreadWords): TemplateResult =>
  html`<div class="bones-of" role="status"><span class="sr">${t.common.loading}</span>${['contact', 'team', 'contact', 'team'].map(
    (side) => html`<div class="bone-line ${side}" aria-hidden="true"><span class="bone"></span><span class="bone"></span></div>`,
  )}</div>`;
