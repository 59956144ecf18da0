import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { Composer } from '../chat/composer.ts';
import { head } from '../chat/head.ts';
import { hello } from '../chat/hello.ts';
import { KeyboardRoom } from '../chat/keyboard.ts';
import { KeyedLines } from '../chat/keyed.ts';
import { linesOf } from '../chat/lines.ts';
import { line, type LogView, type Route } from '../chat/log.ts';
import { LogScroll } from '../chat/scroll.ts';
import { blankState, unreadOf, type ChatState } from '../chat/state.ts';
import type { VisitorStore } from '../chat/store.ts';
import { visitorTexts } from '../locales/visitor.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, down, offline } from '../ui/icons.ts';
import { plainButtonsSheet } from '../ui/sheets/plain-buttons.ts';
import { plainFacesSheet } from '../ui/sheets/plain-faces.ts';
import { chatSheet } from '../ui/sheets/chat.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { words } from '../ui/words.ts';

/**
 * The panel of the chat, which `<conv-chat>` fetches when it is first opened and shows by itself.
 *
 * @fires close - the visitor wants it closed
 * @slot foot - a line under the greeting
 */
export class ConvChatPanel extends ConvElement {
  static override styles = [plainButtonsSheet, plainFacesSheet, noticeSheet, chatSheet];

  static override readonly properties: PropertyDeclarations = {
    store: { attribute: false },
    base: {},
    greeting: {},
    questions: { attribute: false },
    full: { type: Boolean, reflect: true },
    shown: { type: Boolean },
    chosenView: { state: true },
    choosing: { state: true },
    notChosen: { state: true },
    below: { state: true },
    said: { state: true },
  };

  /** What the chat knows and does. */
  declare store?: VisitorStore;
  /** Where the API is, for the addresses of files. */
  declare base: string;
  /** The site's own greeting. */
  declare greeting?: string;
  /** Ways to begin. */
  declare questions: readonly string[];
  /** As large as the window. */
  declare full: boolean;
  /** Seen by the visitor, as far as the page goes. */
  declare shown: boolean;

  /** What the visitor asked to see, where that is not what comes by itself. */
  private declare chosenView?: 'hello' | 'log';
  private declare choosing: string | null;
  private declare notChosen: boolean;
  /** Messages that came while the end of the log was out of sight. */
  private declare below: number;
  /** What a screen reader is told: new messages, and nothing of the history. */
  private declare said: string;

  readonly #words = words(this, visitorTexts);
  readonly #lines = new KeyedLines(this);
  readonly #logScroll = new LogScroll(
    this,
    () => this.#look(),
    () => void this.#older(),
  );
  #composer?: Composer;
  #newFrom: string | null = null;
  #loadingOlder = false;
  /** Offers the route that was chosen for the visitor, with what that asks for. */
  #asked?: VisitorMessage | undefined;
  #leaveStore?: () => void;
  #minutes?: ReturnType<typeof setInterval>;

  constructor() {
    super();
    Object.assign(this, { base: '', questions: [], full: false, shown: false, choosing: null, notChosen: false, below: 0, said: '' });
    this.addController(new KeyboardRoom(this));
    this.addEventListener('keydown', this.#key);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    this.#minutes = setInterval(() => this.requestUpdate(), 60_000);
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    clearInterval(this.#minutes);
    this.#leaveStore?.();
  }

  /** Puts the caret into the field; on a touch screen, where that brings up the keyboard, only the focus into the panel. */
  override focus(): void {
    if (matchMedia('(pointer: coarse)').matches) this.renderRoot.querySelector<HTMLElement>('.chat')?.focus();
    else this.#composer?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('store')) {
      this.#follow();
      if (this.store) this.#composer ??= new Composer(this, this.store.name);
      this.chosenView = undefined;
    }
    const known = this.#known;
    if (changed.has('shown') && this.shown) this.#newFrom = null;
    if (this.shown && known.phase === 'ready' && this.#newFrom === null) this.#newFrom = unreadOf(known)[0]?.id ?? '';
  }

  protected override updated(): void {
    void this.updateComplete.then(this.#look);
    const asks = this.#known.messages.findLast((one) => one.asks);
    if (asks || this.#asked)
      void import('../chat/route-form.ts').then(
        ({ ask }) => ask(this, this.store!, asks),
        () => undefined,
      );
    this.#asked = asks;
  }

  override render(): TemplateResult {
    const { t } = this.#words;
    const known = this.#known;
    const talking = this.#view === 'log';
    const placeholder = known.messages.at(-1)?.routes?.length && !known.messages.at(-1)?.chosenRouteId ? t.chat.writeOn : t.chat.write;
    return html`<section class="chat ${this.full ? 'full' : ''}" role="dialog" aria-label=${known.session ? t.chat.chatWith(known.session.workspace.name) : t.chat.conversation} tabindex="-1" part="panel"
        @dragover=${this.#drag} @drop=${this.#drop}>
      <p class="sr" aria-live="polite">${this.said}</p>
      ${head({ words: this.#words, state: known, full: this.full, talking, close: this.#close, back: () => (this.chosenView = 'hello'), askForPerson: this.#askForPerson })}
      ${this.#renderNotice(known)}
      ${
        talking
          ? this.#renderLog(known)
          : hello({
              words: this.#words,
              state: known,
              now: Date.now(),
              greeting: this.greeting,
              questions: this.questions,
              ask: (question) => this.#say(question),
              askForPerson: this.#askForPerson,
              resume: () => (this.chosenView = 'log'),
            })
      }
      ${this.#composer?.render({ words: this.#words, placeholder, full: this.full, sent: this.#sent })}
    </section>`;
  }

  #renderNotice({ phase, connection }: ChatState): TemplateResult | typeof nothing {
    const { t } = this.#words;
    if (phase === 'failed' || phase === 'refused') {
      return html`<div class="notice copper" role="status">${icon(phase === 'failed' ? offline : alert)}<span>${phase === 'failed' ? t.chat.failed : t.chat.refused}</span>
        <button type="button" class="btn sm push" @click=${() => this.store?.retry()}>${t.common.retry}</button></div>`;
    }
    if (this.notChosen) return html`<div class="notice copper" role="alert">${icon(alert)}<span>${t.chat.notChosen}</span></div>`;
    if (connection !== 'lost') return nothing;
    return html`<div class="notice copper" role="status">${icon(offline)}<span>${navigator.onLine ? t.chat.lost : t.chat.offline}</span></div>`;
  }

  #renderLog(known: ChatState): TemplateResult {
    const { t } = this.#words;
    const waiting = known.phase === 'starting' && known.messages.length === 0;
    const view: LogView = {
      words: this.#words,
      workspace: known.session?.workspace.name ?? '',
      base: `${this.base}/`,
      now: Date.now(),
      choosing: this.choosing,
      choose: (message, route, button) => void this.#choose(message, route, button),
      resend: (key) => this.store?.resend(key),
      discard: (key) => this.store?.discard(key),
    };
    this.#lines.show(linesOf(known, this.#newFrom), (one) => line(view, one));
    return html`<div class="chat-sight">
      <div class="chat-log" tabindex="0" role="log" aria-live="off" aria-label=${t.chat.conversation} @scroll=${this.#logScroll.scrolled}><div class="lines"></div></div>
      ${waiting ? html`<div class="chat-bones" role="status"><span class="sr">${t.common.loading}</span>${[1, 2, 3].map((at) => html`<span class="bone b${at}"></span>`)}</div>` : nothing}
      ${this.below > 0 ? html`<button type="button" class="btn to-end" aria-label=${t.chat.toNewest} @click=${this.#toEnd}>${icon(down, 'sm')}${t.chat.newBelow(this.below)}</button>` : nothing}
    </div>`;
  }

  get #known(): ChatState {
    return this.store?.get() ?? blankState;
  }

  /** The greeting, until there is something to talk about; an ended conversation is a tap away. */
  get #view(): 'hello' | 'log' {
    if (this.chosenView) return this.chosenView;
    const { messages, waiting, conversation } = this.#known;
    const ended = messages.length > 0 && conversation?.open === false && this.#newFrom === '';
    return waiting.length > 0 || (messages.length > 0 && !ended) ? 'log' : 'hello';
  }

  #follow(): void {
    this.#leaveStore?.();
    const leaves = [this.store?.subscribe(() => this.requestUpdate()), this.store?.news((message) => this.#heard(message))];
    this.#leaveStore = () => {
      for (const leave of leaves) leave?.();
    };
  }

  #heard(message: VisitorMessage): void {
    if (!this.shown || message.direction !== 'outbound') return;
    const who = message.author.kind === 'system' ? (this.#known.session?.workspace.name ?? '') : message.author.name;
    const said = this.#words.t.chat.said(who, message.text);
    // The same words once more are news only if the text differs.
    this.said = said === this.said ? `${said}\u00a0` : said;
    if (this.#view === 'log' && !this.#logScroll.atEnd) this.below += 1;
  }

  /** Whatever is in sight at the end has been read. */
  readonly #look = (): void => {
    if (!this.shown || this.#view !== 'log' || document.hidden || !this.#logScroll.atEnd) return;
    this.below = 0;
    this.store?.read();
  };

  async #older(): Promise<void> {
    if (this.#loadingOlder || !this.store || this.#known.before === null) return;
    this.#loadingOlder = true;
    // What cannot be read now is asked for again by the next movement.
    await this.store.older().catch(() => undefined);
    this.#loadingOlder = false;
  }

  async #choose({ id }: VisitorMessage, route: Route, button: Element): Promise<void> {
    const { store } = this;
    this.notChosen = false;
    try {
      if (route.fields) return await (await import('../chat/route-form.ts')).fillIn(this, button, route, store!, id);
      this.choosing = route.id;
      await store?.choose(id, route.id);
    } catch {
      this.notChosen = true;
    }
    this.choosing = null;
  }

  #say(text: string): void {
    void this.store?.send(text);
    this.#sent();
  }

  readonly #askForPerson = (): void => this.#say(this.#words.t.chat.askForPerson);

  readonly #sent = (): void => {
    this.chosenView = 'log';
    this.#toEnd();
  };

  readonly #toEnd = (): void => {
    this.below = 0;
    this.#logScroll.toEnd();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#composer?.fold()) this.#close();
  };

  readonly #drag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly #drop = (event: DragEvent): void => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.#composer?.attach(files);
  };
}

define('conv-chat-panel', ConvChatPanel);

declare global {
  interface HTMLElementTagNameMap {
    'conv-chat-panel': ConvChatPanel;
  }
}
