import type { VisitorMessage } from '../../server/contract/message.ts';
import { drawing, make } from '../chat/dom.ts';
import type { Launcher, LiveChat } from '../chat/live.ts';
import { keptSession, type ChatPlace } from '../chat/vault.ts';
import { openChat } from '../locales/open-chat.ts';
import { ownTexts, type LocaleTexts } from '../locales/own.ts';
import { define } from '../ui/define.ts';
import { launcherCss, themesCss } from '../ui/sheets/launcher.ts';
import { nearest, watchSurroundings } from '../ui/surroundings.ts';

const bubbles = 'M4.5 11.5 2 13.25V8.5m0 0V4.75a2 2 0 0 1 2-2h5.5a2 2 0 0 1 2 2M6 9.25a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v4.5l-2.25-1.5H8a2 2 0 0 1-2-2z';

type GetIdentityToken = () => string | undefined | Promise<string | undefined>;

const sheetOf = (css: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
};
let sheet: CSSStyleSheet | undefined;
let themes: CSSStyleSheet | undefined;
let connected = 0;

/** Lets `data-theme` be seen before the tokens are there, which come with the panel. */
function knowThemes(change: 1 | -1): void {
  connected += change;
  themes ??= sheetOf(themesCss);
  const others = document.adoptedStyleSheets.filter((one) => one !== themes);
  document.adoptedStyleSheets = connected > 0 ? [...others, themes] : others;
}

/** Its own events, by their names. They are typed on the element alone: `conv-open` of an inbox tells of a conversation. */
export interface ConvChatEvents {
  /** The panel was opened. */
  'conv-open': CustomEvent<undefined>;
  /** The panel was closed. */
  'conv-close': CustomEvent<undefined>;
  /** A message came or was sent. */
  'conv-message': CustomEvent<{ readonly message: VisitorMessage }>;
  /** The number of unread messages changed. */
  'conv-unread': CustomEvent<{ readonly unread: number }>;
}

type ChatListener<E extends keyof ConvChatEvents> = (this: HTMLElement, event: ConvChatEvents[E]) => unknown;

/** An element that says how its events are typed. */
interface Telling extends HTMLElement {
  addEventListener<E extends keyof ConvChatEvents>(type: E, listener: ChatListener<E>, options?: boolean | AddEventListenerOptions): void;
  addEventListener<E extends keyof HTMLElementEventMap>(
    type: E,
    listener: (this: HTMLElement, event: HTMLElementEventMap[E]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<E extends keyof ConvChatEvents>(type: E, listener: ChatListener<E>, options?: boolean | EventListenerOptions): void;
  removeEventListener<E extends keyof HTMLElementEventMap>(
    type: E,
    listener: (this: HTMLElement, event: HTMLElementEventMap[E]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** A server that draws the host's pages has no elements, and only reads this file. */
const TellingElement: new () => Telling = globalThis.HTMLElement ?? Object;

/**
 * The customer's chat on a website: a round button in the corner, and the panel that it opens.
 *
 * Before it is opened for the first time it fetches nothing, asks the server nothing and keeps nothing in the browser.
 *
 * @attr base - where the API is, as a URL without `/v1`; the page's own origin unless told
 * @attr workspace - the workspace's slug
 * @attr channel-account-id - which chat of the workspace, where it has several
 * @attr identity-token - a JWT of the site's back end that says who the visitor is
 * @attr greeting - what stands above the ways to begin, instead of our greeting
 * @attr locale - language as a BCP 47 tag; otherwise that of the nearest `lang`
 * @attr theme - `light` or `dark`; otherwise the nearest `data-theme`, otherwise the reader's
 * @slot foot - a line under the greeting, such as how long conversations are kept
 * @fires conv-open - the panel was opened
 * @fires conv-close - the panel was closed
 * @fires conv-message - a message came or was sent: `detail.message`
 * @fires conv-unread - the number of unread messages changed: `detail.unread`
 * @csspart launcher - the round button
 * @csspart teaser - the newest line, beside the closed button
 * @csspart panel - the opened panel
 * @cssprop [--conv-chat-gap=20px] - distance from the corner of the window
 * @cssprop --conv-chat-layer - z-index of the closed button; the open panel is in the top layer
 * @cssstate open - while the panel is open
 */
export class ConvChat extends TellingElement {
  static readonly observedAttributes = ['base', 'workspace', 'channel-account-id', 'identity-token', 'greeting', 'locale', 'theme'];

  /** Where the API is, as a URL without `/v1`; the page's own origin unless told. */
  declare base: string;
  /** The workspace's slug. */
  declare workspace: string;
  /** Which chat of the workspace, where it has several. */
  declare channelAccountId: string;
  /** A JWT of the site's back end that says who the visitor is. */
  declare identityToken: string;
  /** What stands above the ways to begin, instead of our greeting. */
  declare greeting: string;
  /** Language as a BCP 47 tag; otherwise that of the nearest `lang`. */
  declare locale: string;
  /** `light` or `dark`; otherwise the nearest `data-theme`, otherwise the reader's. */
  declare theme: string;

  #questions: readonly string[] = [];
  #getIdentityToken?: GetIdentityToken;
  #live?: LiveChat;
  #loading?: Promise<LiveChat>;
  #failed?: HTMLElement;
  #unwatch?: () => void;
  readonly #launcher: Launcher;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const button = make(
      'button',
      { type: 'button', class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
      drawing(bubbles),
    );
    const frame = make('div', { class: 'frame' }, button);
    root.adoptedStyleSheets = [(sheet ??= sheetOf(launcherCss))];
    root.append(frame);
    button.addEventListener('click', () => void this.toggle());
    this.#launcher = {
      host: this,
      root,
      frame,
      button,
      internals: this.attachInternals(),
      place: () => this.#place(),
      language: () => this.#language(),
      label: () => this.#say(0),
    };
    // A property that was set before the tag was known hides the accessor of the same name.
    for (const name of [...Object.keys(strings), 'questions', 'getIdentityToken']) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }

  connectedCallback(): void {
    knowThemes(1);
    this.#unwatch = watchSurroundings(() => this.#changed());
    if (this.#live) this.#live.back();
    else this.#changed();
  }

  disconnectedCallback(): void {
    knowThemes(-1);
    this.#unwatch?.();
    queueMicrotask(() => {
      if (!this.isConnected) this.#live?.drop();
    });
  }

  attributeChangedCallback(): void {
    this.#changed();
  }

  /** Ways to begin, shown under the greeting. */
  get questions(): readonly string[] {
    return this.#questions;
  }

  set questions(questions: readonly string[]) {
    this.#questions = questions;
    this.#changed();
  }

  /** Asked for the identity token when the chat is opened, and again when the last one is over. */
  get getIdentityToken(): GetIdentityToken | undefined {
    return this.#getIdentityToken;
  }

  set getIdentityToken(ask: GetIdentityToken | undefined) {
    this.#getIdentityToken = ask;
    this.#changed();
  }

  /** Whether the panel is open. */
  get opened(): boolean {
    return this.#live?.opened ?? false;
  }

  /** Opens the panel; settles when it is there, or could not be fetched. */
  async open(): Promise<void> {
    this.#failed?.remove();
    try {
      await (await this.#load()).open();
    } catch {
      this.#loading = undefined;
      this.#failed = make('p', { class: 'teaser', role: 'alert' }, this.#say(1));
      this.#launcher.button.before(this.#failed);
    }
  }

  /** Closes the panel; the conversation goes on. */
  close(): void {
    this.#live?.close();
  }

  /** Opens the panel, or closes it where it is open. */
  async toggle(): Promise<void> {
    if (this.opened) this.close();
    else await this.open();
  }

  /** Signs the visitor out: closes the panel, ends the session on the server and leaves nothing behind in the browser. */
  async end(): Promise<void> {
    if (this.#live || keptSession(this.#place())) await (await this.#load()).end();
  }

  #place(): ChatPlace {
    const base = new URL(this.base || '/', this.ownerDocument.baseURI).href.replace(/[?#].*$|\/+$/g, '');
    return { base, workspace: this.workspace, channelAccountId: this.channelAccountId || undefined };
  }

  #language(): string {
    const spoken = nearest(this, '[locale], [lang]');
    return this.locale || spoken?.getAttribute('locale') || spoken?.getAttribute('lang') || navigator.language;
  }

  #say(at: 0 | 1): string {
    const language = this.#language().toLowerCase().split(/[-_]/)[0]!;
    return ((ownTexts(language)?.['openChat'] as LocaleTexts['openChat']) ?? openChat[language] ?? openChat['en'])?.[at] ?? '';
  }

  #changed(): void {
    if (!this.isConnected) return;
    if (this.#live) return this.#live.follow();
    this.#launcher.button.setAttribute('aria-label', this.#say(0));
    this.#resume();
  }

  /** Goes on with the conversation of a visitor who has opened the chat before, as soon as the page has time. */
  #resume(): void {
    setTimeout(() => {
      if (!this.#live && this.isConnected && this.workspace && keptSession(this.#place()))
        void this.#load().then(
          (live) => live.follow(),
          () => undefined,
        );
    });
  }

  #load(): Promise<LiveChat> {
    return (this.#loading ??= import('../chat/live.ts').then(({ LiveChat }) => (this.#live = new LiveChat(this.#launcher))));
  }
}

const strings = {
  base: 'base',
  workspace: 'workspace',
  channelAccountId: 'channel-account-id',
  identityToken: 'identity-token',
  greeting: 'greeting',
  locale: 'locale',
  theme: 'theme',
};
for (const [name, attribute] of Object.entries(strings)) {
  Object.defineProperty(ConvChat.prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: ConvChat) {
      return this.getAttribute(attribute) ?? '';
    },
    set(this: ConvChat, value: string | null | undefined) {
      if (value) this.setAttribute(attribute, value);
      else this.removeAttribute(attribute);
    },
  });
}

define('conv-chat', ConvChat);

declare global {
  interface HTMLElementTagNameMap {
    'conv-chat': ConvChat;
  }
}
