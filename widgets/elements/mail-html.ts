import type { Quoted } from '../store/state.ts';

/** A node of a formatted text, as it is kept: the editor's own, without the editor. */
export interface MailNode {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly content?: readonly MailNode[];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** Mail programs have no sheet of ours: what a quote looks like stands with it. */
const quoteStyle = 'margin:0 0 0 0.8ex;border-inline-start:2px solid #ccc;padding-inline-start:1ex';
const tags: Readonly<Record<string, string>> = { strong: 'b', em: 'i', underline: 'u' };

/** What may be linked to: web pages, addresses and telephone numbers. Undefined for everything else. */
export function linkTarget(typed: string): string | undefined {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  if (/^\+?[\d\s()-]{6,}$/.test(text)) return `tel:${text.replace(/[^\d+]/g, '')}`;
  const whole = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (!url || !['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  return url.protocol.startsWith('http') && !/[.]|^localhost$|^\[/.test(url.hostname) ? undefined : url.href;
}

/** A formatted text as the HTML of a mail. */
export function htmlOf(node: MailNode): string {
  const inner = (): string => (node.content ?? []).map(htmlOf).join('');
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'hard_break':
      return '<br>';
    case 'paragraph':
      return `<div dir="auto">${inner() || '<br>'}</div>`;
    case 'blockquote':
      return `<blockquote style="${quoteStyle}">${inner()}</blockquote>`;
    case 'bullet_list':
      return `<ul>${inner()}</ul>`;
    case 'ordered_list': {
      const start = Number(node.attrs?.['order'] ?? 1);
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${inner()}</ol>`;
    }
    case 'list_item':
      return `<li>${inner()}</li>`;
    default:
      return inner();
  }
}

function marked({ text = '', marks = [] }: MailNode): string {
  // Two spaces would be one in HTML.
  return marks.reduceRight(
    (inner, { type, attrs }) => {
      if (type !== 'link') return tags[type] ? `<${tags[type]}>${inner}</${tags[type]}>` : inner;
      const href = linkTarget(String(attrs?.['href'] ?? ''));
      return href ? `<a href="${escaped(href)}">${inner}</a>` : inner;
    },
    escaped(text).replaceAll('  ', ' &nbsp;'),
  );
}

/** A text without formatting as the HTML of a mail, line by line. */
export function htmlOfText(text: string): string {
  return text
    .split('\n')
    .map((line) => `<div dir="auto">${escaped(line).replaceAll('  ', ' &nbsp;') || '<br>'}</div>`)
    .join('');
}

/** What a mail answers, below the answer, as text: every line with the mark of a quote. `wrote` is the line above it. */
export function quotedText({ text }: Quoted, wrote: string): string {
  return `\n\n${wrote}\n${text
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')}`;
}

/** The same as HTML. */
export function quotedHtml({ text }: Quoted, wrote: string): string {
  return `<div><br></div><div dir="auto">${escaped(wrote)}</div><blockquote type="cite" style="${quoteStyle}">${htmlOfText(text)}</blockquote>`;
}
