import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { Why } from '../../server/contract/why.ts';
import { languageOf } from '../locales/catalogue.ts';
import { faultTexts } from '../locales/faults.ts';
import { reasonTexts } from '../locales/reasons.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { words } from '../ui/words.ts';
import { whyInWords } from './why.ts';

/**
 * The words for what went wrong.
 * @param given `why` as the API has it
 * @param tag of the reader's language
 * @returns undefined where there are none: what stands beside it has to do
 */
export function faultInWords(given: unknown, tag: string): string | undefined {
  const texts = faultTexts.ready(languageOf(tag)) ?? faultTexts.english;
  const { code, value = '' } = (given ?? {}) as Partial<Why>;
  if (typeof code !== 'string' || !Object.hasOwn(texts, code)) return whyInWords(given, tag);
  const said = texts[code as keyof typeof texts];
  // What was refused is refused for a reason that may have a code of its own.
  return typeof said === 'string' ? said : said((code === 'webhook_refused' ? faultInWords({ code: value }, tag) : undefined) ?? value);
}

/** What went wrong, in the reader's language where it has words for it. Part of what shows faults. */
export class FaultText extends ConvElement {
  static override styles = css`:host { display: inline; font: inherit; color: inherit; }`;

  @property({ attribute: false }) why?: Why;
  /** As the server says it, in English or in somebody else's words. */
  @property({ attribute: false }) told = '';
  private readonly words = words(this, faultTexts);

  constructor() {
    super();
    words(this, reasonTexts);
  }

  override render(): unknown {
    return html`<bdi>${faultInWords(this.why, this.words.tag) ?? this.told}</bdi>`;
  }
}

define('fault-text', FaultText);

declare global {
  interface HTMLElementTagNameMap {
    'fault-text': FaultText;
  }
}
