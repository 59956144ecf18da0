import { html, nothing, type TemplateResult } from 'lit';
import type { Notification as Note } from '../../server/contract/events.ts';
import type { Me } from '../../server/contract/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { knownLanguages as languages } from '../ui/languages.ts';
import { quietly } from './dialog-refusal.ts';
import { chime } from './notify-sound.ts';
import { kinds, wants, ways, type NotifyWords, type Way } from './notify-words.ts';
import type { PoolWords } from './pool-row.ts';

/** What an operator sets for itself: language, translation, and how it is told of what. For hosts with the sheets of dialogs. */
export class NotifyProfile {
  private readonly dialog: Dialog;
  private failed = false;
  /** Changes that are on their way, in order: the newest is what is shown. */
  private underway: Promise<unknown> = Promise.resolve();
  private shown?: Pick<Me, 'language' | 'autoTranslate' | 'notifications'>;

  constructor(
    private readonly host: StoreElement,
    private readonly texts: NotifyWords,
    private readonly shared: PoolWords,
  ) {
    this.dialog = new Dialog(host);
  }

  show(): void {
    this.failed = false;
    this.shown = undefined;
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { profile } = this.texts.t;
      return {
        title: profile.title,
        close: this.shared.t.common.close,
        body: this.body(),
        foot: html`${this.failed ? html`<p class="refusal" role="alert">${profile.failed}</p>` : nothing}<button type="submit" class="btn lg primary push">${profile.done}</button>`,
        submit: () => this.dialog.close(),
      };
    });
  }

  private body(): TemplateResult {
    const { profile } = this.texts.t;
    const me = this.shown ?? this.host.store?.get().me;
    const { language = null, autoTranslate = false, notifications = {} } = me ?? {};
    const offered = language && !languages.includes(language) ? [language, ...languages] : languages;
    return html`<div><label class="label" for="profile-language">${profile.language}</label><select id="profile-language" class="field" ?disabled=${!me} @change=${this.handleLanguage}><option value="" .selected=${language === null}>${profile.noLanguage}</option>${offered.map(
      (tag) => html`<option value=${tag} lang=${tag} .selected=${tag === language}>${nameOf(tag)}</option>`,
    )}</select><p class="hint told-hint">${profile.languageHint}</p><label class="check"><input type="checkbox" class="box" ?disabled=${!me} .checked=${autoTranslate}
        @change=${(event: Event) => this.set({ autoTranslate: (event.target as HTMLInputElement).checked })}>${profile.auto}</label></div>
      <table class="told" aria-labelledby="told"><thead><tr><td id="told">${profile.told}</td>${[profile.here, profile.browser, profile.sound].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${kinds.map(
        (kind) => html`<tr><th scope="row">${profile[kind]}</th>${ways.map((way) => this.tick(kind, way, notifications))}</tr>`,
      )}</tbody></table><p class="hint">${profile.off}</p>${this.permission()}`;
  }

  private tick(kind: Note['kind'], way: Way, set: Readonly<Record<string, boolean>>): TemplateResult {
    const { profile } = this.texts.t;
    const name = profile.one(profile[kind], { element: profile.here, browser: profile.browser, sound: profile.sound }[way]);
    const change = (event: Event): void => {
      const on = (event.target as HTMLInputElement).checked;
      const { [kind]: _all, ...others } = set;
      // A kind that was off as a whole comes back in this one way.
      const before = Object.fromEntries(ways.map((one) => [`${kind}.${one}`, wants(set, kind, one)]));
      this.set({ notifications: { ...others, ...before, [`${kind}.${way}`]: on } });
      if (on && way === 'sound') chime();
    };
    return html`<td><input type="checkbox" class="box" aria-label=${name} ?disabled=${!this.host.store?.get().me} .checked=${wants(set, kind, way)} @change=${change}></td>`;
  }

  /** The browser is asked only when somebody presses for it. */
  private permission(): TemplateResult | typeof nothing {
    const { profile } = this.texts.t;
    if (!('Notification' in window)) return html`<p class="hint">${profile.unsupported}</p>`;
    if (Notification.permission === 'denied') return html`<p class="hint">${profile.denied}</p>`;
    if (Notification.permission === 'granted') return nothing;
    const ask = (): void => void Notification.requestPermission().then(() => this.host.requestUpdate());
    return html`<div><button type="button" class="btn" @click=${ask}>${profile.allow}</button><p class="hint told-hint">${profile.allowHint}</p></div>`;
  }

  private readonly handleLanguage = (event: Event): void => this.set({ language: (event.target as HTMLSelectElement).value || null });

  /** Holds at once, and is taken back when it is refused. */
  private set(change: Partial<Pick<Me, 'language' | 'autoTranslate' | 'notifications'>>): void {
    const { store } = this.host;
    const me = store?.get().me;
    if (!store || !me) return;
    const next = { ...(this.shown ?? me), ...change };
    this.shown = next;
    this.failed = false;
    this.host.requestUpdate();
    this.underway = this.underway.then(async () => {
      const answer = await quietly(store, store.settings.patchMe(change));
      this.failed = !answer.ok;
      if (this.shown === next || !answer.ok) this.shown = undefined;
      this.host.requestUpdate();
    });
  }
}

function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
