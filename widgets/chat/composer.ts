import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { visitor } from '../locales/en/visitor.ts';
import { caption } from '../ui/attached.ts';
import { icon } from '../ui/icon.ts';
import { emoji, file, paperclip, send, x } from '../ui/icons.ts';
import { fileSize } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { ChosenFiles, type Chosen } from './files.ts';
import { Kept } from './kept.ts';
import type { VisitorStore } from './store.ts';

/** The element that the composer stands in. */
export interface ComposerHost extends HTMLElement {
  addController(controller: ReactiveController): void;
  removeController(controller: ReactiveController): void;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
  readonly renderRoot: ParentNode;
  readonly store?: VisitorStore;
}

export interface ComposerView {
  readonly words: Spoken<typeof visitor>;
  /** What stands in the empty field. */
  readonly placeholder: string;
  /** On a small screen, where the keyboard brings its own emoji. */
  readonly full: boolean;
  /** A message was sent. */
  sent(): void;
}

const longestText = 65_536;
/** The field grows with its text up to so many pixels. */
const tallest = 148;

/**
 * The field to write in. The text lives in the field alone: nothing that happens round it writes to it, and what was not
 * sent is there again after the page was left.
 */
export class Composer implements ReactiveController {
  readonly #files: ChosenFiles;
  readonly #draft: Kept<string>;
  #empty = true;
  #choosing = false;
  #emojis?: typeof import('./emojis.ts');
  #restored = false;

  constructor(
    private readonly host: ComposerHost,
    name: string,
  ) {
    this.#files = new ChosenFiles(host, () => host.store);
    this.#draft = new Kept(`${name}|draft`, 'sessionStorage');
    host.addController(this);
  }

  hostUpdated(): void {
    const field = this.#field;
    if (this.#restored || !field) return;
    this.#restored = true;
    field.value = this.#draft.value ?? '';
    this.#typed();
  }

  get #field(): HTMLTextAreaElement | null {
    return this.host.renderRoot.querySelector('textarea');
  }

  get #picker(): HTMLInputElement | null {
    return this.host.renderRoot.querySelector('input[type="file"]');
  }

  focus(): void {
    this.#field?.focus();
  }

  /** Closes what is open above the field; false when nothing is. */
  fold(): boolean {
    if (!this.#choosing) return false;
    void this.#toggleEmoji();
    return true;
  }

  /** Takes files that were dropped on the panel. */
  attach(files: Iterable<File>): void {
    if (this.#takesFiles) this.#files.add(files);
  }

  get #takesFiles(): boolean {
    return Boolean(this.host.store?.get().session?.files);
  }

  render(view: ComposerView): TemplateResult {
    const {
      words: { t },
      full,
    } = view;
    const idle = (this.#empty && !this.#files.list.some(({ sent }) => sent)) || this.#files.sending;
    return html`${this.#files.list.length > 0 ? html`<ul class="chat-files">${this.#files.list.map((one) => this.#renderFile(one, view))}</ul>` : nothing}
      ${this.#choosing ? this.#emojis?.emojiList(this.host.renderRoot, t.chat.emoji, this.#insert) : nothing}
      <form class="chat-write" @submit=${(event: Event) => this.#submit(event, view)}>
        ${
          this.#takesFiles
            ? html`<button type="button" class="btn ghost icon" aria-label=${t.chat.attach} @click=${() => this.#picker?.click()}>${icon(paperclip)}</button>
        <input type="file" multiple hidden tabindex="-1" @change=${this.#pick}>`
            : nothing
        }
        <textarea rows="1" dir="auto" enterkeyhint="send" maxlength=${longestText} aria-label=${t.chat.message} placeholder=${view.placeholder}
          @input=${this.#typed} @keydown=${(event: KeyboardEvent) => this.#key(event, view)} @paste=${this.#paste}></textarea>
        ${full ? nothing : html`<button type="button" class="btn ghost icon" aria-label=${t.chat.emoji} aria-expanded=${this.#choosing} @click=${this.#toggleEmoji}>${icon(emoji)}</button>`}
        <button type="submit" class="btn primary icon" aria-label=${t.chat.send} ?disabled=${idle}>${icon(send)}</button></form>`;
  }

  #renderFile({ id, file: { name, size }, sent, failed }: Chosen, { words: { t, tag } }: ComposerView): TemplateResult {
    const why = failed === 'too_large' ? t.chat.tooLarge : failed === 'wrong_type' ? t.chat.wrongType : t.chat.uploadFailed;
    return html`<li class=${failed ? 'failed' : ''}>${icon(file)}<span><bdi class="cut">${name}</bdi><small>${failed ? why : fileSize(tag, size)}</small></span>
      ${sent || failed ? nothing : html`<progress aria-label=${t.chat.uploading(name)}></progress>`}
      <button type="button" class="btn ghost sm icon" aria-label=${t.chat.remove(name)} @click=${() => this.#files.remove(id)}>${icon(x, 'xs')}</button></li>`;
  }

  readonly #typed = (): void => {
    const text = this.#field?.value ?? '';
    this.#draft.value = text === '' ? null : text;
    this.host.store?.writing(text);
    this.#fit();
    const empty = text.trim() === '';
    if (empty === this.#empty) return;
    this.#empty = empty;
    this.host.requestUpdate();
  };

  #fit(): void {
    const field = this.#field;
    if (!field) return;
    field.style.setProperty('block-size', 'auto');
    const wanted = field.scrollHeight;
    field.style.setProperty('block-size', `${Math.min(wanted, tallest)}px`);
    field.style.setProperty('overflow-y', wanted > tallest ? 'auto' : 'hidden');
  }

  #key(event: KeyboardEvent, view: ComposerView): void {
    // While an input method is at work, Enter takes its suggestion (229: Safari says so after the fact).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#submit(event, view);
  }

  #submit(event: Event, view: ComposerView): void {
    event.preventDefault();
    const field = this.#field;
    if (!field || this.#files.sending) return;
    const attachments = this.#files.take();
    const text = field.value.trim() === '' ? caption(attachments) : field.value.trim();
    if (text === '') return;
    void this.host.store?.send(text, attachments);
    field.value = '';
    field.dispatchEvent(new Event('input'));
    this.#choosing = false;
    view.sent();
  }

  readonly #insert = (one: string): void => {
    const field = this.#field;
    if (!field) return;
    field.setRangeText(one, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new Event('input'));
    void this.#toggleEmoji();
  };

  readonly #toggleEmoji = async (): Promise<void> => {
    this.#choosing = !this.#choosing;
    // Where they cannot be fetched, the keyboard has them all the same.
    if (this.#choosing) this.#emojis ??= await import('./emojis.ts').catch(() => undefined);
    this.host.requestUpdate();
    if (!this.#choosing) this.focus();
  };

  readonly #pick = (): void => {
    const picker = this.#picker;
    this.#files.add(picker?.files ?? []);
    if (picker) picker.value = '';
    this.focus();
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0 || !this.#takesFiles) return;
    event.preventDefault();
    this.#files.add(files);
  };
}
