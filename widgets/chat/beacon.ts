import { html, nothing, render, type TemplateResult } from 'lit';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { formatTag, languageOf } from '../locales/catalogue.ts';
import { revision } from '../locales/own.ts';
import { visitorTexts } from '../locales/visitor.ts';
import { icon } from '../ui/icon.ts';
import { x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { make } from './dom.ts';
import { Kept } from './kept.ts';
import { author } from './log.ts';
import { unreadOf } from './state.ts';
import type { VisitorStore } from './store.ts';

/** So many characters of a message stand beside the button. */
const enough = 140;

export interface BeaconPlace {
  readonly button: HTMLElement;
  language(): string;
  /** What the button says when there is nothing to tell. */
  label(): string;
  open(): void;
}

/** What the closed chat shows of a conversation that goes on: how many messages wait, who writes, the newest line. */
export class Beacon {
  readonly #sentAway: Kept<string>;
  readonly #badge = make('span', { class: 'badge', 'aria-hidden': 'true' });
  readonly #line = make('div', { class: 'news', role: 'status' });
  #texts = visitorTexts.english;
  #spoken = '';
  #opened = false;

  constructor(
    private readonly store: VisitorStore,
    private readonly place: BeaconPlace,
  ) {
    this.#sentAway = new Kept(`${store.name}|seen`, 'sessionStorage');
    place.button.append(this.#badge);
    place.button.before(this.#line);
  }

  draw(opened: boolean): void {
    this.#opened = opened;
    const language = this.place.language();
    if (language + revision !== this.#spoken) {
      this.#spoken = language + revision;
      void visitorTexts.load(languageOf(language)).then((texts) => {
        this.#texts = texts;
        this.draw(this.#opened);
      });
    }
    const { chat } = this.#texts;
    const state = this.store.get();
    const unread = opened ? [] : unreadOf(state);
    const writer = opened ? null : state.writer;
    const last = unread.at(-1);
    const count = html`<span class="count">${unread.length > 99 ? '99+' : number(formatTag(language), unread.length)}</span>`;
    render(last ? count : writer ? html`<span class="working"><i></i></span>` : nothing, this.#badge);
    render(last && this.#sentAway.value !== last.id ? this.#renderLine(last) : nothing, this.#line);
    this.place.button.setAttribute(
      'aria-label',
      opened ? chat.close : last ? chat.unread(unread.length) : writer ? chat.openWriting(writer.name) : this.place.label(),
    );
  }

  /** Takes everything off the button again. */
  clear(): void {
    this.#badge.remove();
    this.#line.remove();
    this.place.button.setAttribute('aria-label', this.place.label());
  }

  #renderLine(message: VisitorMessage): TemplateResult {
    const { text, author: who } = message;
    const name = who.kind === 'system' ? this.store.get().session?.workspace.name : who.name;
    const away = (): void => {
      this.#sentAway.value = message.id;
      this.draw(this.#opened);
      this.place.button.focus();
    };
    return html`<div class="teaser" part="teaser">${author(who)}
      <button type="button" class="teaser-text" @click=${() => this.place.open()}><span dir="auto">${text.length > enough ? `${text.slice(0, enough)}…` : text}</span><small>${name}</small></button>
      <button type="button" class="teaser-away" aria-label=${this.#texts.common.dismiss} @click=${away}>${icon(x, 'xs')}</button></div>`;
  }
}
