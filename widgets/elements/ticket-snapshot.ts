import { html, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import type { desk } from '../locales/en/desk.ts';
import { webAddress } from '../ui/attached.ts';
import { icon } from '../ui/icon.ts';
import { file, info, lock } from '../ui/icons.ts';
import { bot, face } from '../ui/people.ts';
import { fileSize, fullTime } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

/** Characters of a line in a preview. */
const brief = 120;

/** Items as they stood, to be read and not to be worked with; `short` cuts each to its beginning. */
export function snapshotLines(items: readonly Message[], words: Spoken<typeof desk>, short = false): TemplateResult {
  return html`<ul class="snap">${items.map((item) => line(item, words, short))}</ul>`;
}

function line(item: Message, { t, tag }: Spoken<typeof desk>, short: boolean): TemplateResult {
  const { author, text, kind, attachments, createdAt } = item;
  const said = short && text.length > brief ? `${text.slice(0, brief).toWellFormed()}…` : text;
  const mark =
    author.kind === 'agent'
      ? bot({ name: author.name }, 18)
      : author.kind === 'system'
        ? icon(info, 'sm')
        : face({ id: author.id ?? author.name, name: author.name }, 18);
  if (short) return html`<li>${mark}<span dir="auto">${kind === 'note' ? icon(lock, 'xs') : ''}<bdi>${said}</bdi></span></li>`;
  return html`<li class=${kind === 'note' ? 'is-note' : kind === 'message' || kind === 'call' ? '' : 'is-line'}>${mark}<div><p class="snap-head">${kind === 'note' ? html`${icon(lock, 'xs')}<span>${t.tickets.note}</span>` : ''}<b><bdi>${author.name}</bdi></b>${
    item.aiGenerated ? html`<span>${t.tickets.ai}</span>` : ''
  }<time datetime=${createdAt}>${fullTime(tag, createdAt)}</time></p><p class="snap-text" dir="auto">${said}</p>${attachments.map(
    ({ url, name, size }) =>
      html`<a class="attached" href=${webAddress(url) ?? ''} target="_blank" rel="noopener noreferrer">${icon(file, 'sm')}<bdi class="cut">${name}</bdi><span class="dim">${fileSize(tag, size)}</span></a>`,
  )}</div></li>`;
}
