import { html, nothing, type TemplateResult } from 'lit';
import type { Setting } from './thread-setting.ts';

/** Longer texts than this many characters or lines are folded. */
const longest = 1_800;
const mostLines = 30;

/** A text in two parts: what stands, and the quoted history of an email below it. */
export function withoutHistory(text: string): [said: string, history: string] {
  const lines = text.split('\n');
  let from = lines.length;
  while (from > 0 && /^\s*(>|$)/.test(lines[from - 1] ?? '')) from -= 1;
  if (!lines.slice(from).some((line) => line.trimStart().startsWith('>'))) return [text, ''];
  if (from > 0 && /^.{1,200}:\s*$/.test(lines[from - 1] ?? '') && /\d/.test(lines[from - 1] ?? '')) from -= 1;
  const said = lines.slice(0, from).join('\n').trimEnd();
  return said ? [said, lines.slice(from).join('\n').trim()] : [text, ''];
}

/** The beginning of a long text, cut where a word ends; the whole where it is short enough. */
export function beginning(text: string): string {
  const lines = text.split('\n');
  const cut = lines.length > mostLines ? lines.slice(0, mostLines).join('\n') : text;
  if (cut.length <= longest) return cut;
  const space = cut.lastIndexOf(' ', longest);
  return cut.slice(0, space > longest / 2 ? space : longest).toWellFormed();
}

/** Paragraphs of plain text, each in the direction of its own first letter. */
export function paragraphs(text: string, piece: (text: string) => unknown = (plain) => plain): TemplateResult[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p class="said" dir="auto">${piece(part)}</p>`);
}

/**
 * What somebody wrote: folded when it is long, with the quoted history of an email behind a button.
 * @param quoted history that was cut off before
 */
export function writing(setting: Setting, key: string, text: string, piece?: (text: string) => unknown, quoted = ''): unknown {
  const t = setting.words.t.thread;
  const [said, history] = quoted ? [text, quoted] : withoutHistory(text);
  const open = setting.opened(key);
  const begun = beginning(said);
  const folded = begun.length < said.length;
  const toggle = (): void => setting.toggle(key);
  return html`${paragraphs(folded && !open ? `${begun} …` : said, piece)}${
    folded ? html`<button type="button" class="linkish" aria-expanded=${open} @click=${toggle}>${open ? t.showLess : t.showAll}</button>` : nothing
  }${history ? html`<details class="history"><summary>${t.earlier}</summary>${paragraphs(history)}</details>` : nothing}`;
}

/** The text of a note with the people in it set apart: `@Ana Duarte`. */
export function withMentions(text: string, names: readonly string[]): unknown {
  const known = names.filter(Boolean).toSorted((one, other) => other.length - one.length);
  if (known.length === 0) return text;
  const any = new RegExp(`(@(?:${known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')}))`, 'giu');
  return text.split(any).map((part, at) => (at % 2 ? html`<bdi class="at">${part}</bdi>` : part));
}
