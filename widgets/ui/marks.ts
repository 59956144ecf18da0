import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { urgent, type Glyph } from './icons.ts';
import { number } from './time.ts';

export type Tone = 'agent' | 'copper' | 'madder' | 'ochre' | 'moss' | 'dim' | '';

/** A state in words with its icon, as rows and headers carry it. `wait` is set in tabular figures after the words. */
export function signal(tone: Tone, glyph: Glyph | undefined, words: unknown, wait?: string): TemplateResult {
  return html`<span class="sig ${tone}">${glyph ? icon(glyph, 'sm') : nothing}<span class="cut">${words}</span>${
    wait ? html`<span class="wait">${wait}</span>` : nothing
  }</span>`;
}

/** An agent at work: three bars and what it is doing. */
export function atWork(words: unknown): TemplateResult {
  return html`<span class="sig agent">${bars()}<span class="cut">${words}</span></span>`;
}

/** The three bars alone. */
export function bars(): TemplateResult {
  return html`<span class="working" aria-hidden="true"><i></i></span>`;
}

/** Three dots of somebody typing. */
export function dots(): TemplateResult {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
}

/** A tag: a dot in one of eight colours and an ink label. Colours outside 1 to 8 are grey. */
export function tag(label: string, colour: number): TemplateResult {
  return html`<span class="tag t${colour >= 1 && colour <= 8 ? colour : 8}"><bdi>${label}</bdi></span>`;
}

/** A short label in a box. */
export function chip(tone: Tone | 'plain', words: unknown, glyph?: Glyph): TemplateResult {
  return html`<span class="chip ${tone}">${glyph ? icon(glyph, 'sm') : nothing}${words}</span>`;
}

/** A count beside a label; nothing for zero. */
export function count(tagOf: string, value: number): TemplateResult | typeof nothing {
  return value > 0 ? html`<span class="count">${number(tagOf, value)}</span>` : nothing;
}

/** Unread messages of a row, with the word for those who listen. */
export function unread(tagOf: string, value: number, word: string): TemplateResult | typeof nothing {
  return value > 0 ? html`<span class="count unread">${number(tagOf, value)}<span class="sr"> ${word}</span></span>` : nothing;
}

/** The mark of an urgent conversation. */
export function urgentMark(word: string): TemplateResult {
  return html`<span class="mark-urgent" title=${word}>${icon(urgent)}<span class="sr">${word}</span></span>`;
}
