import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Aim, Copy, Unsent } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import type { Spoken } from '../ui/words.ts';
import { wroteLine } from './composer-send.ts';
import { more } from './mail-icons.ts';

/** What the fields of a mail show and do. */
export interface MailFields {
  /** Id of the conversation. */
  readonly of: string;
  readonly unsent: Unsent;
  readonly aim: Aim;
  /** To whom: a name, and the address where it is known. */
  readonly to: readonly string[];
  /** The fields for copies were asked for. */
  readonly copies: boolean;
  keep(change: Partial<Unsent>): void;
  showCopies(): void;
}

/** Above the text of a mail: to whom, with which copies, and what about. */
export function mailHead(
  { of, unsent, aim, to, copies, keep, showCopies }: MailFields,
  words: Spoken<typeof operator>,
  { t: { mail } }: Spoken<typeof composing>,
): TemplateResult {
  const { cc = aim.cc, bcc = [] } = unsent;
  const shown = copies || cc.length > 0 || bcc.length > 0;
  const change =
    (which: 'cc' | 'bcc') =>
    (event: CustomEvent<readonly Copy[]>): void =>
      keep({ [which]: event.detail });
  return html`<div class="composer-line"><span>${mail.to}</span>${to.map((one) => html`<span class="chip plain"><bdi class="cut">${one}</bdi></span>`)}${
    shown ? nothing : html`<button type="button" class="btn ghost sm push" aria-label=${mail.copiesLabel} @click=${showCopies}>${mail.copies}</button>`
  }</div>${
    shown
      ? html`<mail-copies .of=${of} .label=${mail.cc} .copies=${cc} @copies-change=${change('cc')}></mail-copies><mail-copies .of=${of} .label=${mail.bcc} .copies=${bcc} @copies-change=${change('bcc')}></mail-copies>`
      : nothing
  }<div class="composer-line"><label for="subject">${words.t.thread.subject}</label><input id="subject" dir="auto" maxlength="2000" .value=${live(unsent.subject ?? aim.subject)}
    @input=${(event: InputEvent) => keep({ subject: (event.target as HTMLInputElement).value })}></div>`;
}

/** Below the text: what it answers, folded; it goes along until it is left out. */
export function quoteFold(
  { unsent, aim, keep }: MailFields,
  open: boolean,
  setOpen: (open: boolean) => void,
  words: Spoken<typeof composing>,
): TemplateResult | typeof nothing {
  const { quoted } = aim;
  const { mail } = words.t;
  if (!quoted) return nothing;
  if (unsent.unquoted) {
    return html`<div class="quoted"><button type="button" class="linkish" @click=${() => keep({ unquoted: undefined })}>${mail.originalAdd}</button></div>`;
  }
  return html`<div class="quoted"><button type="button" class="btn sm icon" aria-label=${mail.original} title=${mail.original} aria-expanded=${open ? 'true' : 'false'} aria-controls="original"
      @click=${() => setOpen(!open)}>${icon(more)}</button>${
        open ? html`<button type="button" class="linkish" @click=${() => keep({ unquoted: true })}>${mail.originalRemove}</button>` : nothing
      }<div id="original" class="original" tabindex="0" role="region" aria-label=${mail.original} ?hidden=${!open}>${
        open ? html`<p dir="auto">${wroteLine(quoted, words)}</p><blockquote dir="auto">${quoted.text}</blockquote>` : nothing
      }</div></div>`;
}
