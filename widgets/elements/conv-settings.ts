import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { operatorTexts } from '../locales/operator.ts';
import { settingsTexts } from '../locales/settings.ts';
import { StoreElement } from '../store/element.ts';
import { blank, Patience } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, lock, refresh } from '../ui/icons.ts';
import { select } from '../ui/select.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { sections, type Section, type SectionView } from './settings-sections.ts';
import { settingsSheets } from './settings-sheet.ts';

/**
 * What a team shapes, for its admins: sections at the side, and the one that is chosen.
 *
 * @attr section - the section that is open: `channels`, `tags`, `departments`, `routing`
 * @fires conv-section - another section was opened: `{section}`, for the page's address
 */
export class ConvSettings extends StoreElement {
  static override styles = [...settingsSheets, noticeSheet, css`.notice { position: sticky; inset-block-start: 0; z-index: 1; }`];

  /** The section that is open. */
  @property({ reflect: true }) section = 'channels';

  private readonly words = words(this, settingsTexts);
  private readonly common = words(this, operatorTexts);
  private readonly patience = new Patience(this);
  private readonly state = select(this, () => this.store, (state) => state);
  private readonly guard = new Dialog(this, () => this.left());
  private view?: SectionView;
  private viewOf?: string;
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

  /** Does something that loses what is not saved; asks first where there is such. */
  leave(go: () => void): void {
    if (!this.view?.unsaved) return go();
    this.leaving = go;
    this.guard.show();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.state.value?.me?.role !== 'admin' || this.viewOf === this.section) return;
    this.view?.stop();
    this.view = this.current.open(this, this.words);
    this.viewOf = this.section;
    this.view.start();
  }

  override render(): TemplateResult {
    const { t } = this.words;
    const { value: state } = this.state;
    const problem = this.session?.problem;
    if (this.connection === 'unauthorized') return blank({ glyph: lock, title: t.page.signedOut, text: t.page.signedOutText, acts: this.again }, true);
    if (problem) return blank({ glyph: alert, title: t.page.failed, text: t.page.failedText, acts: this.again }, true);
    if (!state?.me || (state.me.role === 'admin' && !this.view)) return this.bones();
    this.patience.out(false);
    if (state.me.role !== 'admin') return blank({ glyph: lock, title: t.page.adminsOnly, text: t.page.adminsOnlyText });
    return html`${connectionNotice(this, this.common)}<div class="set report"><nav class="set-nav" aria-label=${t.page.title}><h2>${t.page.connections}</h2>${sections.map((one) => {
      const note = one.note?.(state, this.words);
      return html`${one.heading ? html`<h2>${one.heading(this.words)}</h2>` : nothing}<a href="#${one.id}" aria-current=${one.id === this.section ? 'page' : nothing} @click=${(event: Event) => this.handleSection(event, one)}>${icon(one.glyph)}${one.title(this.words)}${
        note ? html`<span class="end bad">${icon(alert)}<span aria-hidden="true">${note.count}</span><span class="sr">${note.says}</span></span>` : nothing
      }</a>`;
    })}</nav>${this.view?.render()}</div>${this.guard.render(() => ({
      title: t.page.guardTitle,
      close: t.common.close,
      body: html`<p>${t.page.guardText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.guard.close()}>${t.page.guardStay}</button><button type="submit" class="btn lg danger primary">${t.page.guardLeave}</button>`,
      submit: this.handleLeave,
    }))}`;
  }

  private get current(): Section {
    return sections.find(({ id }) => id === this.section) ?? sections[0]!;
  }

  private get again(): TemplateResult {
    return html`<button type="button" class="btn" @click=${() => this.reconnect()}>${icon(refresh)}${this.words.t.common.retry}</button>`;
  }

  private bones(): TemplateResult {
    if (!this.patience.out(true)) return html``;
    return html`<div class="bones" role="status"><span class="sr">${this.words.t.page.loading}</span>${['30%', '70%', '55%', '62%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
  }

  private handleSection(event: Event, { id }: Section): void {
    event.preventDefault();
    if (id === this.section) return;
    this.leave(() => {
      this.section = id;
      this.dispatchEvent(new CustomEvent('conv-section', { detail: { section: id }, bubbles: true, composed: true }));
    });
  }

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
