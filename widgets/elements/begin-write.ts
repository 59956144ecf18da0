import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { begin } from '../locales/en/begin.ts';
import type { composing as composingWords } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Copy, Unsent } from '../store/state.ts';
import { grow } from '../ui/grow.ts';
import type { Spoken } from '../ui/words.ts';
import type { BeginForm, BeginRefusal } from './begin-form.ts';
import { isWrong, wrong } from './begin-refusal.ts';
import type { Attaching } from './composer-attach.ts';
import type { MailParts } from './composer-mail-parts.ts';
import { richOf } from './composer-send.ts';
import './mail-copies.ts';
import type { Written } from './mail-editor.ts';
import type { FilesPort } from './thread-ports.ts';

/** What the fields show of a conversation that is begun, and where what is written in them goes. */
export interface WrittenFields {
  readonly words: Spoken<typeof begin>;
  readonly common: Spoken<typeof operator>;
  readonly composing: Spoken<typeof composingWords>;
  readonly form: BeginForm;
  readonly refusal: BeginRefusal | undefined;
  readonly parts: MailParts;
  readonly attaching: Attaching;
  readonly port: FilesPort;
  /** Why it cannot be sent as it stands. */
  readonly hindered: string | undefined;
  keep(change: Partial<Unsent>): void;
  /** Puts the caret back into the message. */
  focus(): void;
}

/** One line of text under its name. */
export function lineField(
  id: 'name' | 'subject',
  label: string,
  value: string,
  { refusal, common }: Pick<WrittenFields, 'refusal' | 'common'>,
  put: (value: string) => void,
  optional = false,
): TemplateResult {
  return html`<div><label class="label" for=${id}>${label} ${optional ? html`<small>${common.t.common.optional}</small>` : nothing}</label><input id=${id} class="field" dir="auto" autocomplete="off" maxlength=${id === 'name' ? 200 : 2000}
    .value=${live(value)} aria-invalid=${id === 'subject' ? isWrong(refusal, id) : nothing} aria-describedby="begin-${id}-e" @input=${(event: InputEvent) => put((event.target as HTMLInputElement).value)}></div>`;
}

/** Who gets copies of a mail; one asks for the fields first. */
export function copiesField(fields: WrittenFields, shown: boolean, show: () => void): TemplateResult {
  const {
    composing: {
      t: { mail },
    },
    form: {
      unsent: { cc = [], bcc = [] },
    },
    refusal,
  } = fields;
  if (!shown && cc.length === 0 && bcc.length === 0)
    return html`<div><button type="button" class="btn ghost sm" aria-label=${mail.copiesLabel} @click=${show}>${mail.copies}</button></div>`;
  const change =
    (which: 'cc' | 'bcc') =>
    ({ detail }: CustomEvent<readonly Copy[]>): void =>
      fields.keep({ [which]: detail });
  return html`<div class="copies"><mail-copies of="new" .label=${mail.cc} .copies=${cc} @copies-change=${change('cc')}></mail-copies><mail-copies of="new" .label=${mail.bcc} .copies=${bcc} @copies-change=${change('bcc')}></mail-copies>${wrong(refusal, 'copies')}</div>`;
}

/** The message: in a mail's own editor, or as plain text; with its files. */
export function messageField(fields: WrittenFields, mail: boolean): TemplateResult {
  const {
    words: { t },
    composing,
    form: { unsent },
    refusal,
    parts,
    attaching,
    port,
    hindered,
  } = fields;
  const { files = [] } = unsent;
  const rich = mail && !unsent.plain && parts.ready;
  return html`<div><span class="label" aria-hidden="true">${t.message}</span><div class="composer">${attaching.overlay(composing)}${
    rich
      ? html`<mail-editor of="new" .text=${unsent.reply} .doc=${richOf(unsent)} .label=${t.message} .placeholder=${t.placeholder} @mail-change=${({ detail: { text, doc } }: CustomEvent<Written>) => fields.keep({ reply: text, rich: { text, doc } })}></mail-editor>`
      : html`<textarea class="composer-text" rows="4" dir="auto" aria-label=${t.message} placeholder=${t.placeholder} .value=${live(unsent.reply)} aria-invalid=${isWrong(refusal, 'text')} aria-describedby="begin-text-e" @input=${(event: InputEvent) => fields.keep({ reply: (event.target as HTMLTextAreaElement).value, rich: undefined })} ${grow(240)}></textarea>`
  }${files.length > 0 ? html`<composer-files of="new" .files=${files} .port=${port}></composer-files>` : nothing}
    <div class="composer-foot">${mail && parts.ready ? html`<mail-toolbar @mail-rich=${() => fields.keep({ plain: unsent.plain ? undefined : true })}></mail-toolbar><span class="rule" aria-hidden="true"></span>` : nothing}${attaching.button(
      fields.focus,
      composing,
    )}</div></div>${hindered ? html`<p class="hint" role="status">${hindered}</p>` : nothing}${wrong(refusal, 'text')}${wrong(refusal, 'files')}</div>`;
}
