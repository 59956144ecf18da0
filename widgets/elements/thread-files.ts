import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Message } from '../../server/contract/message.ts';
import { caption, isPicture, webAddress } from '../ui/attached.ts';
import { icon } from '../ui/icon.ts';
import { file } from '../ui/icons.ts';
import { fileSize } from '../ui/time.ts';
import type { Setting } from './thread-setting.ts';
import { fault } from './why.ts';

/** Names in one order, whichever of the files are there by now. */
const inOrder = (names: string): string => names.split(', ').toSorted().join();

/** What a message says beside its files: nothing where its text only names them. */
export function saidWith({ text, attachments, pendingFiles }: Message): string {
  const names = caption([...attachments, ...(pendingFiles ?? [])]);
  return names !== '' && inOrder(text) === inOrder(names) ? '' : text;
}

/** The HTML of a mail as it was sent, where that is not shown and was kept: the last file of its name. */
export function originalOf({ attachments, data }: Message): Attachment | undefined {
  return data?.['htmlDropped'] ? attachments.findLast(({ name }) => name === 'original.html') : undefined;
}

/** The files of a message, but what its HTML shows: pictures small, others by name and size. Each opens in a tab of its own; those that are not here say so, and can be fetched again where they were given up. */
export function files(message: Message, { words: { t, tag }, fetchFile }: Setting): unknown {
  const { htmlUrl, pendingFiles } = message;
  const original = originalOf(message);
  const attachments = message.attachments.filter((one) => one !== original && !(htmlUrl && one.inline));
  const pending = pendingFiles ?? [];
  if (attachments.length + pending.length === 0) return nothing;
  const link = ({ url }: Attachment, look: string, shown: unknown): TemplateResult =>
    html`<a class=${look} href=${webAddress(url) ?? nothing} target="_blank" rel="noopener noreferrer">${shown}</a>`;
  return html`<div class="files">${attachments.map((one) =>
    isPicture(one)
      ? link(one, 'shot', html`<img src=${webAddress(one.thumbnailUrl ?? one.url) ?? nothing} alt=${one.name} title=${one.name} loading="lazy">`)
      : link(one, 'attached', html`${icon(file, 'sm')}<bdi class="cut">${one.name}</bdi><span class="dim">${fileSize(tag, one.size)}</span>`),
  )}${pending.map(
    ({ id, name, error, why, again }) =>
      html`<span class="attached">${icon(file, 'sm')}<bdi class="cut">${name}</bdi><span class="dim">${
        error === null ? t.thread.fileComing : html`${t.thread.fileLost}: ${fault(error, why)}`
      }</span>${
        again
          ? html`<button type="button" class="linkish" aria-label="${t.common.retry}: ${name}" @click=${() => fetchFile(id)}>${t.common.retry}</button>`
          : nothing
      }</span>`,
  )}</div>`;
}
