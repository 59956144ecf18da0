import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { operatorTexts } from '../locales/operator.ts';
import { settingsTexts } from '../locales/settings.ts';
import { StoreElement } from '../store/element.ts';
import type { Store } from '../store/store.ts';
import { blank, Patience } from '../ui/blank.ts';
import { ClearOf } from '../ui/clear-of.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, lock, refresh } from '../ui/icons.ts';
import { select } from '../ui/select.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { settingsNav } from './settings-nav.ts';
import { sections, type Section, type SectionView } from './settings-sections.ts';
import { settingsSheets } from './settings-sheet.ts';

/**
 * What a team shapes: sections at the side, and the one that is chosen. Admins change it, other operators may look.
 *
 * @attr section - the section that is open, such as `channels` or `tags`; `agents/<id>` opens a part of it
 * @csspart nav - the sections at the side
 * @fires conv-section - another section was opened: `{section}`, for the page's address
 */
export class ConvSettings extends StoreElement {
  static override styles = [...settingsSheets, noticeSheet, css`.notice { position: sticky; inset-block-start: 0; z-index: 1; }`];

  /** The section that is open. */
  @property({ reflect: true }) section = 'channels';

  private readonly words = words(this, settingsTexts);
  private readonly common = words(this, operatorTexts);
  private readonly patience = new Patience(this);
  private readonly state = select(
    this,
    () => this.store,
    (state) => state,
  );
  /** What is said to be done leaves free what saves the next. */
  private readonly clear = new ClearOf(this, '.save');
  private readonly guard = new Dialog(this, () => this.left());
  private view?: SectionView;
  private viewOf?: string;
  /** Of which store the lists that the navigation is made from were asked for. */
  private needed?: Store;
  /** The section's code could not be fetched. */
  private broken = false;
  /** Where somebody wants to go who has not saved, and whether that was confirmed. */
  private leaving?: () => void;
  private confirmed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.handleUnload);
    if (this.hasUpdated) this.view?.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.handleUnload);
    this.view?.stop();
  }

  /** Whether who looks may also change things. */
  get mayEdit(): boolean {
    return this.state.value?.me?.role === 'admin';
  }

  /** What of the section is open; empty where it is the section itself. */
  get place(): string {
    return this.section.split('/')[1] ?? '';
  }

  /** Opens a section or a part of one, without asking about what is not saved. */
  goTo(section: string): void {
    if (section === this.section) return;
    this.section = section;
    this.dispatchEvent(new CustomEvent('conv-section', { detail: { section }, bubbles: true, composed: true }));
  }

  /** Does something that loses what is not saved; asks first where there is such. */
  leave(go: () => void): void {
    if (!this.view?.unsaved) return go();
    this.leaving = go;
    this.guard.show();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { store } = this;
    if (!store || !this.state.value?.me) return;
    // Once: what could not be read is asked for again by whoever opens its section, or says so there.
    if (this.needed !== store) store.settings.need(...sections.flatMap(({ needs }) => needs ?? []));
    this.needed = store;
    if (this.viewOf !== this.current.id) void this.open(this.current);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.mayEdit) return;
    for (const field of this.renderRoot.querySelectorAll<HTMLInputElement>('.shown :is(input, select, textarea, .pick):not([data-look])'))
      field.disabled = true;
  }

  override render(): TemplateResult {
    const { t } = this.words;
    const { value: state } = this.state;
    const problem = this.session?.problem;
    if (this.connection === 'unauthorized') return blank({ glyph: lock, title: t.page.signedOut, text: t.page.signedOutText, acts: this.again }, true);
    if (problem || (!state?.me && this.connection === 'offline'))
      return blank({ glyph: alert, title: t.page.failed, text: t.page.failedText, acts: this.again }, true);
    if (!state?.me) return this.bones(t.page.loading);
    return html`${connectionNotice(this, this.common)}<div class="set report">${settingsNav(state, this.words, this.section, this.handleSection)}<div class="shown ${this.mayEdit ? '' : 'look-only'}">${
      this.mayEdit ? nothing : html`<p class="notice" role="note">${icon(lock)}<span>${t.page.look}</span></p>`
    }${this.shown()}</div></div>${this.guard.render(() => ({
      title: t.page.guardTitle,
      close: t.common.close,
      body: html`<p>${t.page.guardText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.guard.close()}>${t.page.guardStay}</button><button type="submit" class="btn lg danger primary">${t.page.guardLeave}</button>`,
      submit: this.handleLeave,
    }))}`;
  }

  private shown(): TemplateResult {
    const { t } = this.words;
    if (this.broken) {
      const again = (): void => void this.open(this.current);
      return blank(
        { glyph: alert, title: t.page.notOpened, acts: html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>` },
        true,
      );
    }
    if (!this.view) return this.bones(t.page.opening);
    this.patience.out(false);
    return this.view.render();
  }

  private get current(): Section {
    const id = this.section.split('/')[0];
    return sections.find((one) => one.id === id) ?? sections.find((one) => one.id === 'channels')!;
  }

  /** Fetches what a section shows, and shows it if nobody went on meanwhile. */
  private async open(section: Section): Promise<void> {
    this.view?.stop();
    this.view = undefined;
    this.viewOf = section.id;
    this.broken = false;
    this.requestUpdate();
    const code = await section.load().catch(() => undefined);
    if (this.viewOf !== section.id) return;
    this.broken = !code;
    this.view = code?.open(this, this.words);
    if (this.isConnected) this.view?.start();
    this.requestUpdate();
  }

  private get again(): TemplateResult {
    return html`<button type="button" class="btn" @click=${() => this.reconnect()}>${icon(refresh)}${this.words.t.common.retry}</button>`;
  }

  private bones(says: string): TemplateResult {
    if (!this.patience.out(true)) return html``;
    return html`<div class="bones" role="status"><span class="sr">${says}</span>${['30%', '70%', '55%', '62%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
  }

  private readonly handleSection = (section: string): void => {
    if (section !== this.section) this.leave(() => this.goTo(section));
  };

  private readonly handleLeave = (): void => {
    this.confirmed = true;
    this.guard.close();
  };

  /** The dialog has closed, and given the focus back: only now may what it stood over go. */
  private left(): void {
    const go = this.confirmed ? this.leaving : undefined;
    this.confirmed = false;
    this.leaving = undefined;
    go?.();
  }

  private readonly handleUnload = (event: BeforeUnloadEvent): void => {
    if (this.view?.unsaved) event.preventDefault();
  };
}

define('conv-settings', ConvSettings);

declare global {
  interface HTMLElementTagNameMap {
    'conv-settings': ConvSettings;
  }
}
