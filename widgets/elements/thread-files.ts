import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Message } from '../../server/contract/message.ts';
import { caption, isPicture, webAddress } from '../ui/attached.ts';
import { icon } from '../ui/icon.ts';
import { file } from '../ui/icons.ts';
import { fileSize } from '../ui/time.ts';
import type { Setting } from './thread-setting.ts';

/** What a message says beside its files: nothing where its text only names them. */
export const saidWith = ({ text, attachments }: Message): string => (attachments.length > 0 && text === caption(attachments) ? '' : text);

/** The files of a message: pictures small, others by name and size. Each opens in a tab of its own. */
export function files({ attachments }: Message, { words: { tag } }: Setting): unknown {
  if (attachments.length === 0) return nothing;
  const link = ({ url }: Attachment, look: string, shown: unknown): TemplateResult =>
    html`<a class=${look} href=${webAddress(url) ?? nothing} target="_blank" rel="noopener noreferrer">${shown}</a>`;
  return html`<div class="files">${attachments.map((one) =>
    isPicture(one)
      ? link(one, 'shot', html`<img src=${webAddress(one.url) ?? nothing} alt=${one.name} title=${one.name} loading="lazy">`)
      : link(one, 'attached', html`${icon(file, 'sm')}<bdi class="cut">${one.name}</bdi><span class="dim">${fileSize(tag, one.size)}</span>`),
  )}</div>`;
}
