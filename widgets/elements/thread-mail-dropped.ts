import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { mailTexts } from '../locales/mail.ts';
import { webAddress } from '../ui/attached.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { mailSheet } from '../ui/sheets/mail.ts';
import { words } from '../ui/words.ts';

const reasons = ['too_large', 'too_heavy'] as const;

/** Says why the HTML of a mail is not shown, and leads to it as it was sent. Part of `<conv-thread>`. */
export class MailDropped extends ConvElement {
  static override styles = [
    buttonsSheet,
    mailSheet,
    css`
:host { display: block; }
.mail-bar { flex-wrap: wrap; padding-block: 6px; }
.mail-bar > .i { flex: none; color: var(--conv-ink-3); }
.mail-bar > span { flex: 1 1 200px; }
`,
  ];

  /** Why, as the server says it. */
  @property({ attribute: false }) reason: unknown;
  /** Where the original is, where it was kept. */
  @property({ attribute: false }) original?: string;
  private readonly words = words(this, mailTexts);

  override render(): unknown {
    const { t } = this.words;
    const address = this.original && webAddress(this.original);
    return html`<div class="mail-bar">${icon(alert, 'sm')}<span>${t.dropped[reasons.find((one) => one === this.reason) ?? 'too_large']}</span>${
      address ? html`<a class="btn ghost sm push" href=${address} download rel="noopener noreferrer" target="_blank">${t.original}</a>` : nothing
    }</div>`;
  }
}

define('mail-dropped', MailDropped);

declare global {
  interface HTMLElementTagNameMap {
    'mail-dropped': MailDropped;
  }
}
