import { html, nothing, type TemplateResult } from 'lit';
import { webAddress } from '../ui/attached.ts';
import type { Setting } from './thread-setting.ts';
import { beginning, withMentions } from './thread-text.ts';

/** What stands out within a line: code, bold, italic, a named link, an address. Each alternative ends at the next mark, so that reading stays linear. */
const marks =
  /`([^`\n]+)`|\*\*(?=\S)([^*\n]+)\*\*|(?<![\w*])\*(?=\S)([^*\n]+)\*(?!\*)|(?<!\w)_(?=\S)([^_\n]+)_(?!\w)|\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()]{1,2000})\)|(https?:\/\/[^\s<>"]{1,2000}[^\s<>".,:;!?)])/gu;
/** Marks within marks are read this deep. */
const deepest = 3;

const fence = /^```/;
const bullet = /^\s{0,3}[-*•]\s+(.*)$/;
const numbered = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;

type Piece = (text: string) => unknown;

function link(address: string, shown: unknown): TemplateResult | unknown {
  const href = webAddress(address);
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${shown}</a>` : shown;
}

/** A line with its marks as elements; everything else as `plain` shows it. */
function inline(text: string, plain: Piece, depth = 0): unknown[] {
  const parts: unknown[] = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    const [whole, code, bold, star, low, label, target, address] = found;
    if (found.index > from) parts.push(plain(text.slice(from, found.index)));
    const within = (inner: string): unknown => (depth < deepest ? inline(inner, plain, depth + 1) : plain(inner));
    const italic = star ?? low;
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (bold !== undefined) parts.push(html`<strong>${within(bold)}</strong>`);
    else if (italic !== undefined) parts.push(html`<em>${within(italic)}</em>`);
    else if (label !== undefined && target !== undefined) parts.push(link(target, within(label)));
    else parts.push(link(address ?? '', address));
    from = found.index + whole.length;
  }
  if (from < text.length) parts.push(plain(text.slice(from)));
  return parts;
}

/**
 * A note as it was meant: paragraphs, lists, code, bold, italic and links of Markdown. It is made of templates alone: what
 * somebody wrote never becomes markup.
 * @param plain shows what carries no mark
 */
export function markdown(text: string, plain: Piece): TemplateResult[] {
  const lines = text.split('\n');
  const blocks: TemplateResult[] = [];
  let at = 0;
  const take = (fits: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && fits(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (fence.test(line)) {
      at += 1;
      const code = take((one) => !fence.test(one));
      at += 1;
      blocks.push(html`<pre dir="ltr"><code>${code.join('\n')}</code></pre>`);
    } else if (bullet.test(line) || numbered.test(line)) {
      const mark = bullet.test(line) ? bullet : numbered;
      const items = take((one) => mark.test(one)).map((one) => html`<li dir="auto">${inline(mark.exec(one)?.[1] ?? '', plain)}</li>`);
      blocks.push(mark === bullet ? html`<ul class="marked">${items}</ul>` : html`<ol class="marked">${items}</ol>`);
    } else {
      const said = take((one) => one.trim() !== '' && !fence.test(one) && !bullet.test(one) && !numbered.test(one));
      blocks.push(html`<p class="said" dir="auto">${inline(said.join('\n'), plain)}</p>`);
    }
  }
  return blocks;
}

/** The text of a note with the people in it set apart, folded where it is long. */
export function noteText(setting: Setting, key: string, text: string, names: readonly string[]): unknown {
  const { t } = setting.words;
  const open = setting.opened(key);
  const begun = beginning(text);
  const folded = begun.length < text.length;
  return html`${markdown(folded && !open ? `${begun} …` : text, (plain) => withMentions(plain, names))}${
    folded
      ? html`<button type="button" class="linkish" aria-expanded=${open} @click=${() => setting.toggle(key)}>${open ? t.thread.showLess : t.thread.showAll}</button>`
      : nothing
  }`;
}
