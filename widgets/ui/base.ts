import { LitElement, type CSSResultGroup, type CSSResultOrNative, type PropertyDeclarations } from 'lit';
import { languageOf } from '../locales/catalogue.ts';
import { revision } from '../locales/own.ts';
import { isEditable } from './keys.ts';
import { policyNotice, policyRefused } from './policy.ts';
import { baseSheet } from './sheets/base.ts';
import { nearest, surroundingsChanged, watchSurroundings } from './surroundings.ts';
import { adoptTokens, releaseTokens } from './tokens.ts';

/**
 * What every element of ours is: tokens under its document, the base sheet in its root, its language and density read
 * from what surrounds it, and keys typed into its fields kept from the page.
 *
 * A subclass lists its own sheets in `static styles`; the base sheet comes first by itself.
 *
 * @attr locale - language of the element, as a BCP 47 tag; otherwise that of the nearest `lang`
 * @attr theme - `light` or `dark`; otherwise the nearest `data-theme`, otherwise the reader's
 * @attr density - `comfortable` or `compact`; otherwise the nearest `data-density`
 */
export abstract class ConvElement extends LitElement {
  // Without decorators, as in the chat's panel: a website would load their helpers for these alone.
  static override readonly properties: PropertyDeclarations = { locale: { reflect: true }, theme: { reflect: true }, density: { reflect: true } };

  /** Language of this element as a BCP 47 tag, when it is not that of the page. */
  declare locale?: string;
  /** Pins the colours, whatever the reader prefers. */
  declare theme?: 'light' | 'dark';
  /** Height of rows and bars. */
  declare density?: 'comfortable' | 'compact';

  /** The language in force here, as a BCP 47 tag: `locale`, else the nearest `lang`, else the reader's own. @internal */
  language = 'en';

  protected readonly internals = this.attachInternals();
  private leaveSurroundings?: () => void;
  private tokensIn?: Document;
  private awaited?: Promise<void>;
  private marked?: string;
  private revision = 0;

  static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    return [baseSheet, ...super.finalizeStyles(styles)];
  }

  constructor() {
    super();
    for (const type of ['keydown', 'keypress', 'keyup']) this.addEventListener(type, this.keepKeys);
    // Made here and not when it is first drawn: by then it may be in another document, which takes no sheets of this one.
    this.createRenderRoot();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return this.shadowRoot ?? super.createRenderRoot();
  }

  /** In another document, such as a window that the host opened, an element has lost its sheets: it gets its own. @internal */
  adoptedCallback(): void {
    const view = this.ownerDocument.defaultView;
    if (!view || !this.shadowRoot) return;
    this.shadowRoot.adoptedStyleSheets = (this.constructor as typeof ConvElement).elementStyles.map((style) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(String(style));
      return sheet;
    });
  }

  override connectedCallback(): void {
    this.tokensIn = this.ownerDocument;
    adoptTokens(this.tokensIn);
    this.readSurroundings();
    this.leaveSurroundings = watchSurroundings(() => this.readSurroundings());
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leaveSurroundings?.();
    if (this.tokensIn) releaseTokens(this.tokensIn);
  }

  /** True when rows have two lines here. */
  get compact(): boolean {
    return this.internals.states.has('compact');
  }

  /** True when text runs from right to left here. */
  get rtl(): boolean {
    return this.matches(':dir(rtl)');
  }

  override attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    super.attributeChangedCallback(name, before, after);
    if (this.isConnected && before !== after) surroundingsChanged();
  }

  /** Keeps the first paint waiting for something that it needs, such as words on their way. @internal */
  hold(arrival: Promise<void>): void {
    if (!this.hasUpdated) this.awaited = arrival;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.awaited) {
      await this.awaited;
      this.awaited = undefined;
    }
    super.scheduleUpdate();
  }

  protected override performUpdate(): void {
    if (this.isUpdatePending && policyRefused()) this.renderRoot.replaceChildren(policyNotice());
    else {
      this.readSurroundings();
      super.performUpdate();
    }
  }

  private readSurroundings(): void {
    const around = this.parentElement ?? (this.getRootNode() as Partial<ShadowRoot>).host;
    const spoken = nearest(this.lang !== '' && this.lang === this.marked && around ? around : this, '[locale], [lang]');
    const language = this.locale || spoken?.getAttribute('locale') || spoken?.getAttribute('lang') || navigator.language;
    const dense = nearest(this, '[density], [data-density]');
    const compact = (this.density ?? dense?.getAttribute('density') ?? dense?.getAttribute('data-density')) === 'compact';
    this.markLanguage(languageOf(language), spoken?.getAttribute('lang') ?? '');
    if (language === this.language && compact === this.compact && revision === this.revision) return;
    this.language = language;
    this.revision = revision;
    if (compact) this.internals.states.add('compact');
    else this.internals.states.delete('compact');
    this.requestUpdate();
  }

  /** Screen readers pronounce by `lang`: where our words are in another language than the page says, the element says so. */
  private markLanguage(ours: string, around: string): void {
    const wanted = around.toLowerCase().split(/[-_]/)[0] === ours ? undefined : ours;
    if (wanted === this.marked || (this.lang !== '' && this.lang !== this.marked)) return;
    this.marked = wanted;
    if (wanted) this.lang = wanted;
    else this.removeAttribute('lang');
  }

  /** A key typed into a field of ours is no shortcut of the page. The outermost element stops it, so that ours hear it. */
  private readonly keepKeys = (event: Event): void => {
    const path = event.composedPath();
    if (!isEditable(path[0])) return;
    if (!path.slice(path.indexOf(this) + 1).some((above) => above instanceof ConvElement)) event.stopPropagation();
  };
}
