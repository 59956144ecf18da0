import { html, type nothing, type TemplateResult } from 'lit';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Typist, Unsent } from '../store/state.ts';
import { lock, robot } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { tabs } from '../ui/tabs.ts';
import type { Spoken } from '../ui/words.ts';
import { gapsOf, type WrittenLine } from './quick-reply-list.ts';

/** Another operator. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  /** Where its picture is. */
  readonly picture?: string | null | undefined;
}

/** Said above the composer, before two people answer at once. */
export function others(
  writers: readonly Typist[],
  team: readonly Colleague[],
  unsent: Unsent,
  { t }: Spoken<typeof operator>,
  claim: TemplateResult | typeof nothing,
): TemplateResult | typeof nothing {
  const [first] = writers;
  if (!first) return claim;
  const { composer } = t.thread;
  return html`<p class="above-composer" role="status">${face(team.find(({ id }) => id === first.id) ?? first, 18)}<span><b>${sentence(composer.writing(apart(first.name)))}</b> ${unsent.reply ? composer.writingBoth : ''}</span></p>`;
}

/** Said where a colleague opened it first and nobody has it; the reader may go on. */
export function claimed(claimant: Colleague, team: readonly Colleague[], { t }: Spoken<typeof composing>, goOn: () => void): TemplateResult {
  return html`<p class="above-composer" role="status">${face(team.find(({ id }) => id === claimant.id) ?? claimant, 18)}<span><b>${sentence(t.claimed(apart(claimant.name)))}</b> ${t.claimedText}</span><button type="button" class="btn sm push" @click=${goOn}>${t.goOn}</button></p>`;
}

/** What is written: a reply, or a note. */
export function modes(mode: Unsent['mode'], locked: boolean, choose: (mode: Unsent['mode']) => void, { t }: Spoken<typeof operator>): TemplateResult {
  const { composer } = t.thread;
  const reply = { id: 'reply' as const, label: composer.reply, glyph: locked ? robot : undefined, both: true };
  return tabs(composer.write, [reply, { id: 'note', label: composer.note, glyph: lock, both: true }], mode, choose, 'write');
}

/** What stands on the line before the caret of a field, and a way to put a text in its place. */
export function lineOf(field: HTMLTextAreaElement): WrittenLine | undefined {
  const { value, selectionStart: at, selectionEnd } = field;
  if (at !== selectionEnd) return undefined;
  const replace = (length: number, text: string): void => {
    field.setSelectionRange(at - length, at);
    writeAt(field, text);
    const gap = gapsOf(text);
    if (gap) field.setSelectionRange(at - length + gap.first[0], at - length + gap.first[1]);
  };
  return { before: value.slice(value.lastIndexOf('\n', at - 1) + 1, at), replace };
}

/** Writes something where the caret of a field stands, as if it had been typed. */
export function writeAt(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
