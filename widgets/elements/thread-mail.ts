import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { mailTexts } from '../locales/mail.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, image, imageOff } from '../ui/icons.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { mailSheet } from '../ui/sheets/mail.ts';
import { number } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';

/** What a mail's page tells of itself. */
interface Told {
  readonly height: number;
  /** Pictures of other sites that were left out. */
  readonly blocked: number;
  /** History or a signature can be folded. */
  readonly folded: boolean;
  /** Pictures of other sites are in it, as in every mail of its sender. */
  readonly always: boolean;
}

/** What a reader chose, and the last height in pixels, for when the line comes back into view. */
interface Kept {
  height: number;
  images: boolean;
  open: boolean;
  asText: boolean;
}

const kept = new Map<string, Kept>();
const mostKept = 300;
/** Pixels: of a page that has not told its height, and the most that one may take. */
const usual = 96;
const highest = 30_000;

function keptOf(key: string): Kept {
  const found = kept.get(key) ?? { height: usual, images: false, open: false, asText: false };
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
  return found;
}

function told(data: unknown): Told | undefined {
  const { convene, height, blocked, folded, always } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (convene !== 'mail' || typeof height !== 'number' || typeof blocked !== 'number' || !Number.isFinite(height) || !Number.isFinite(blocked))
    return undefined;
  return { height: Math.min(Math.max(1, Math.ceil(height)), highest), blocked, folded: folded === true, always: always === true };
}

/**
 * The HTML of a mail, in a frame that is of no origin and is as high as what it shows. Part of `<conv-thread>`.
 *
 * @slot - the mail as text: shown where the reader wants it so, or where the page does not open
 * @fires conv-mail-unopened - the page did not open; its link may have expired
 */
export class ConvMail extends ConvElement {
  static override styles = [
    buttonsSheet,
    mailSheet,
    css`
:host { display: block; }
iframe.mail-paper { display: block; inline-size: 100%; padding: 0; border: 0; }
.mail-quote .push { margin-inline-start: auto; }
.mail-quote.on-sheet { background: none; color-scheme: inherit; filter: none; }
.mail-bar { flex-wrap: wrap; padding-block: 4px; }
.mail-bar > .i { color: var(--conv-ink-3); }
.mail-bar .acts { display: flex; flex-wrap: wrap; gap: 4px; }
@media print { .mail-quote, .mail-bar { display: none; } }
`,
  ];

  /** Where the mail's page is. */
  @property({ attribute: false }) src = '';
  /** Id of the message. */
  @property({ attribute: false }) key = '';
  /** Says whether mails of this sender show pictures at once; answers whether that was kept. */
  @property({ attribute: false }) remember?: (always: boolean) => Promise<boolean>;

  /** What was chosen for the sender here, until the page tells of it, and that it was not kept. */
  @state() private chosen?: boolean;
  @state() private notKept = false;
  /** How often the same page was asked for anew. */
  @state() private anew = 0;
  @state() private told?: Told;
  @state() private failed = false;
  /** The link that the frame was opened with: a newer one to the same page is no reason to load it again. */
  private opened = '';
  private choice = keptOf('');
  @query('iframe') private readonly frame!: HTMLIFrameElement | null;
  private readonly words = words(this, mailTexts);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('message', this.handleMessage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('message', this.handleMessage);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('key')) {
      this.choice = keptOf(this.key);
      this.opened = '';
      this.told = undefined;
      this.chosen = undefined;
      this.notKept = false;
      this.anew = 0;
    }
    if (this.src !== this.opened && (!this.told || this.failed)) {
      this.opened = this.src;
      this.failed = false;
    }
  }

  override render(): unknown {
    const { choice, told: page, failed } = this;
    const { t } = this.words;
    const asText = choice.asText || failed;
    const source = `${this.opened}${choice.images ? '&images=1' : ''}${this.anew > 0 ? `&anew=${this.anew}` : ''}`;
    return html`${asText ? nothing : this.bar(page?.blocked ?? 0, this.chosen ?? page?.always ?? false)}${
      choice.asText
        ? nothing
        : html`<iframe class="mail-paper" title=${t.frame} sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" ?hidden=${failed}
            src=${source} ${vars({ 'block-size': `${page?.height ?? choice.height}px` })} @load=${this.handleLoad}></iframe>`
    }${asText ? html`<slot></slot>` : nothing}${
      failed
        ? nothing
        : html`<div class="mail-quote ${asText ? 'on-sheet' : ''}">${
            page?.folded && !asText
              ? html`<button type="button" class="btn" aria-expanded=${choice.open} @click=${this.handleFold}>${choice.open ? t.hideEarlier : t.earlier}</button>`
              : nothing
          }<button type="button" class="btn push" @click=${this.handleText}>${choice.asText ? t.asSent : t.asText}</button></div>`
    }`;
  }

  /** What became of the pictures of other sites, and what can be done about it. */
  private bar(blocked: number, always: boolean): TemplateResult | typeof nothing {
    const { t, tag } = this.words;
    const problem = this.notKept ? html`<span role="alert">${t.notKept}</span>` : nothing;
    if (always)
      return html`<div class="mail-bar">${icon(image, 'sm')}<span>${t.always}</span>${problem}<button type="button" class="btn ghost sm push" @click=${this.handleForget}>${t.askAgain}</button></div>`;
    if (blocked === 0) return problem === nothing ? nothing : html`<div class="mail-bar">${icon(alert, 'sm')}${problem}</div>`;
    return html`<div class="mail-bar">${icon(imageOff, 'sm')}<span>${t.blocked(blocked, number(tag, blocked))}</span>${problem}<span class="acts push"><button type="button" class="btn ghost sm"
      @click=${this.handleImages}>${t.showImages}</button>${this.remember ? html`<button type="button" class="btn ghost sm" @click=${this.handleAlways}>${t.showAlways}</button>` : nothing}</span></div>`;
  }

  private readonly handleMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (origin !== 'null' || !this.frame || source !== this.frame.contentWindow) return;
    const page = told(data);
    if (!page) return;
    // A page that has come begins folded.
    if (!this.told && this.choice.open) this.tellFold();
    this.told = page;
    this.failed = false;
    this.choice.height = page.height;
  };

  /** Whatever else opens there, such as a refusal, tells nothing of itself. */
  private readonly handleLoad = (): void => {
    if (this.told) return;
    this.failed = true;
    this.dispatchEvent(new CustomEvent('conv-mail-unopened', { bubbles: true, composed: true }));
  };

  private readonly handleImages = (): void => {
    this.choice.images = true;
    this.told = undefined;
    this.requestUpdate();
  };

  /** The pictures are there at once, also where the choice is not kept. */
  private readonly handleAlways = async (): Promise<void> => {
    const { key, remember } = this;
    this.handleImages();
    void this.choose(true);
    if (!(await remember?.(true)) && key === this.key) this.takeBack();
  };

  private readonly handleForget = async (): Promise<void> => {
    const { key } = this;
    const kept = await this.remember?.(false);
    if (key !== this.key) return;
    if (!kept) return this.takeBack();
    this.choice.images = false;
    this.told = undefined;
    this.anew += 1;
    await this.choose(false);
  };

  /** The button that was pressed goes; the focus stays in its place. */
  private async choose(always: boolean): Promise<void> {
    this.notKept = false;
    this.chosen = always;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.mail-bar .btn, .mail-quote .btn')?.focus();
  }

  private takeBack(): void {
    this.chosen = undefined;
    this.notKept = true;
  }

  private readonly handleFold = (): void => {
    this.choice.open = !this.choice.open;
    this.tellFold();
    this.requestUpdate();
  };

  private readonly handleText = (): void => {
    this.choice.asText = !this.choice.asText;
    this.told = undefined;
    this.opened = this.src;
    this.requestUpdate();
  };

  private tellFold(): void {
    this.frame?.contentWindow?.postMessage({ convene: 'fold', closed: !this.choice.open }, '*');
  }
}

define('conv-mail', ConvMail);

declare global {
  interface HTMLElementTagNameMap {
    'conv-mail': ConvMail;
  }
}
