/** Where tickets are passed on to: the tracker's webhook and what it is signed with. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Tracker } from '../../server/contract/ticket.ts';
import { deskTexts } from '../locales/desk.ts';
import { Tickets } from '../store/tickets.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, refresh } from '../ui/icons.ts';
import { toast } from '../ui/toast.ts';
import { words, type Spoken } from '../ui/words.ts';
import type { OpenSection, SectionView, SettingsHost, SettingWords } from './settings-sections.ts';

export const open: OpenSection = (host, common) => new TrackerView(host, common);

/** Bytes of a secret that is made here. */
const SECRET_BYTES = 32;

class TrackerView implements SectionView {
  private readonly words: Spoken<typeof deskTexts.english>;
  private tracker?: Tracker;
  private failed = false;
  private busy = false;
  private url = '';
  private secret = '';
  private refusal?: { readonly at: 'url' | 'secret' | 'form'; readonly says: string };

  constructor(
    private readonly host: SettingsHost,
    private readonly common: SettingWords,
  ) {
    this.words = words(host, deskTexts);
  }

  get unsaved(): boolean {
    return this.tracker !== undefined && (this.url !== (this.tracker.url ?? '') || this.secret !== '');
  }

  start(): void {
    if (!this.tracker) void this.load();
  }

  stop(): void {
    this.refusal = undefined;
  }

  render(): TemplateResult {
    const { tracker: t } = this.words.t;
    const { common } = this.common.t;
    if (this.failed)
      return blank(
        {
          glyph: alert,
          ...t.loadFailed,
          acts: html`<button type="button" class="btn" @click=${() => void this.load()}>${icon(refresh)}${common.retry}</button>`,
        },
        true,
      );
    if (!this.tracker) return html`<div class="bones" role="status"><span class="sr">${this.common.t.page.loading}</span><span class="bone"></span></div>`;
    const wrong = (at: 'url' | 'secret' | 'form'): unknown =>
      this.refusal?.at === at ? html`<p class="refusal" role="alert" id="tracker-refusal">${this.refusal.says}</p>` : nothing;
    const bad = (at: string): unknown => (this.refusal?.at === at ? 'true' : nothing);
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body"><section class="group">
        <div class="one"><label class="label" for="tracker-url">${t.url}</label><input class="field" id="tracker-url" type="url" inputmode="url" dir="ltr" maxlength="2000" placeholder="https://" aria-invalid=${bad('url')} aria-describedby="tracker-refusal" .value=${this.url} @input=${this.keep('url')}>${wrong('url')}</div>
        <div class="one"><label class="label" for="tracker-secret">${t.secret}</label><input class="field" id="tracker-secret" dir="ltr" autocomplete="off" spellcheck="false" maxlength="200" aria-invalid=${bad('secret')} aria-describedby="tracker-secret-hint tracker-refusal" .value=${this.secret} @input=${this.keep('secret')}>
          <p class="hint" id="tracker-secret-hint">${this.tracker.hasSecret ? t.secretKept : t.secretHint}</p>${wrong('secret')}<button type="button" class="btn sm writes" @click=${this.handleMake}>${t.make}</button></div>${wrong('form')}</section></div>
      <footer class="save">${this.tracker.url ? html`<button type="button" class="btn lg danger" ?disabled=${this.busy} @click=${this.handleRemove}>${t.remove}</button>` : nothing}<button type="submit" class="btn lg primary" ?disabled=${this.busy || !this.unsaved}>${t.save}</button></footer></form>`;
  }

  private keep(field: 'url' | 'secret') {
    return ({ target }: Event): void => {
      this[field] = (target as HTMLInputElement).value.trim();
      this.refusal = undefined;
      this.host.requestUpdate();
    };
  }

  private async load(): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    this.failed = false;
    const answer = await new Tickets(store.core).tracker();
    this.failed = !answer.ok;
    if (answer.ok) this.take(answer.value);
    this.host.requestUpdate();
  }

  private take(tracker: Tracker): void {
    Object.assign(this, { tracker, url: tracker.url ?? '', secret: '', refusal: undefined });
  }

  private async save(change: { url: string | null; secret?: string }, said: string): Promise<void> {
    const { store } = this.host;
    if (!store || this.busy) return;
    this.busy = true;
    this.host.requestUpdate();
    const answer = await new Tickets(store.core).setTracker(change);
    this.busy = false;
    if (answer.ok) {
      this.take(answer.value);
      toast(this.host, { text: said, dismiss: this.common.t.common.dismiss });
    } else {
      const { tracker: t } = this.words.t;
      const at = answer.problem.errors[0]?.path;
      this.refusal = at === 'url' ? { at, says: t.badUrl } : at === 'secret' ? { at, says: t.badSecret } : { at: 'form', says: t.failed };
    }
    this.host.requestUpdate();
  }

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { tracker: t } = this.words.t;
    const { url, secret } = this;
    const needed = secret !== '' || !this.tracker?.hasSecret;
    if (!/^https?:\/\/./i.test(url) || !URL.canParse(url)) this.refusal = { at: 'url', says: t.badUrl };
    else if (needed && !/^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret)) this.refusal = { at: 'secret', says: t.badSecret };
    else return void this.save({ url, ...(secret ? { secret } : {}) }, t.saved);
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  /** The secret stands in its field, to be copied into the tracker before it is saved: it is never shown again. */
  private readonly handleMake = (): void => {
    this.secret = `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))))}`;
    this.refusal = undefined;
    this.host.requestUpdate();
  };

  private readonly handleRemove = (): void => void this.save({ url: null }, this.words.t.tracker.removed);
}
