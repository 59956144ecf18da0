import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import { translate } from '../ui/icons.ts';
import { languageName } from '../ui/languages.ts';
import type { Setting } from './thread-setting.ts';
import { originalOf, type Translating } from './translate-reading.ts';

/**
 * What a message says: as it was written, in the reader's language, or, of what was translated before it was sent, as its
 * writer wrote it. What is not the customer's or the writer's own words is marked, with the way back.
 * @param shows shows a text; `key` tells one text of the message from another
 */
export function inWords(message: Message, { translating }: Setting, shows: (text: string, key: string) => unknown): unknown {
  const plain = (): unknown => shows(message.text, message.id);
  if (!translating) return plain();
  const original = originalOf(message);
  if (original) {
    const written = translating.isWritten(message);
    const { t, tag } = translating.texts;
    const says = written ? (original.from ? t.written(languageName(tag, original.from)) : t.translated) : t.sentIn(languageName(tag, original.to));
    return html`${written ? shows(original.text, `${message.id} written`) : plain()}${mark(html`${says} ${act(written ? t.showSent : t.showWritten, () => translating.turn(message))}`)}`;
  }
  const reading = translating.reading(message);
  if (!reading || (reading.stage === 'busy' && reading.original)) return plain();
  const { t, tag } = translating.texts;
  switch (reading.stage) {
    case 'busy':
      return html`${plain()}<p class="translated" role="status">${icon(translate, 'xs')}${t.busy}</p>`;
    case 'same':
      return reading.original ? plain() : html`${plain()}${mark(t.same(languageName(tag, reading.to)))}`;
    case 'none':
    case 'failed':
      return reading.original
        ? plain()
        : html`${plain()}<p class="translated" role="status">${icon(translate, 'xs')}<span>${t[reading.stage]} ${reading.stage === 'failed' ? act(t.retry, () => translating.ask(message)) : nothing}</span></p>`;
    case 'done': {
      if (reading.original) return html`${plain()}${mark(act(t.again, () => translating.ask(message)))}`;
      const from = reading.from ? t.from(languageName(tag, reading.from)) : t.translated;
      return html`${shows(reading.text, `${message.id} ${reading.to}`)}${mark(html`${from}${reading.by === 'browser' ? html`, ${t.byBrowser}` : nothing} ${act(t.original, () => translating.showOriginal(message))}`)}`;
    }
  }
}

/** Whether other words than those that went between the customer and the team stand in their place now. */
export function isInOtherWords(message: Message, { translating }: Setting): boolean {
  if (!translating) return false;
  const reading = translating.reading(message);
  return originalOf(message) ? translating.isWritten(message) : reading?.stage === 'done' && !reading.original;
}

/** Asks for one message in the reader's language; it stands out where the message is in another one, and else waits for pointer or focus. */
export function translateButton(message: Message, { translating }: Setting): TemplateResult | typeof nothing {
  if (!translating?.canAsk(message) || originalOf(message) || !offered(message, translating)) return nothing;
  const foreign = translating.isForeign(message);
  return html`<button type="button" class="btn ghost sm icon translate ${foreign ? '' : 'waits'}" aria-label=${translating.texts.t.message} title=${translating.texts.t.message}
    @click=${() => translating.ask(message)}>${icon(translate, 'sm')}</button>`;
}

function offered(message: Message, translating: Translating): boolean {
  const stage = translating.reading(message)?.stage;
  return stage === undefined || ((stage === 'none' || stage === 'failed') && translating.reading(message)?.original === true);
}

export const act = (label: string, run: () => void): TemplateResult => html`<button type="button" class="linkish" @click=${run}>${label}</button>`;
export const mark = (content: unknown): TemplateResult => html`<p class="translated">${icon(translate, 'xs')}<span>${content}</span></p>`;
