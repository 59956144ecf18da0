import type { ReactiveController } from 'lit';
import { formatTag, languageOf, type Catalogue, type Translated } from '../locales/catalogue.ts';
import { revision } from '../locales/own.ts';
import type { ConvElement } from './base.ts';

/** The texts in force, and the tag to format times and numbers with. */
export interface Spoken<T> {
  readonly t: Translated<T>;
  readonly tag: string;
}

/** Keeps the texts of an element in the language of its surroundings; made by `words()`. */
export class Words<T> implements ReactiveController, Spoken<T> {
  /** The texts, by group: `this.words.t.pool.search`. */
  t: Translated<T>;
  /** For `Intl`, and for the functions of `time.ts`. */
  tag: string;
  private language = '';
  private revision = 0;

  constructor(
    private readonly host: ConvElement,
    private readonly texts: Catalogue<T>,
  ) {
    this.t = texts.english;
    this.tag = formatTag(host.language);
    host.addController(this);
  }

  hostConnected(): void {
    this.follow();
  }

  hostUpdate(): void {
    this.follow();
  }

  private follow(): void {
    this.tag = formatTag(this.host.language);
    const wanted = languageOf(this.host.language);
    if (wanted === this.language && revision === this.revision) return;
    this.language = wanted;
    this.revision = revision;
    const ready = this.texts.ready(wanted);
    if (ready) {
      this.t = ready;
      return;
    }
    const arrived = this.texts.load(wanted).then((texts) => {
      if (this.language !== wanted) return;
      this.t = texts;
      this.host.requestUpdate();
    });
    this.host.hold(arrived);
  }
}

/**
 * The texts of an element, in the language of the nearest `lang`: `private readonly words = words(this, operatorTexts);`
 * and in `render()`: `const { t } = this.words;`. A first paint waits for a language that is on its way.
 */
export function words<T>(host: ConvElement, texts: Catalogue<T>): Words<T> {
  return new Words(host, texts);
}
