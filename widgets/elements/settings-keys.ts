/** API keys: made with what they may do, shown once, changed and revoked. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import { accessTexts } from '../locales/access.ts';
import { Access, type KeyScope } from '../store/access.ts';
import type { Lists } from '../store/lists.ts';
import type { ApiProblem } from '../store/problem.ts';
import { Patience } from '../ui/blank.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { copy, lock, plus, x } from '../ui/icons.ts';
import { Ticker } from '../ui/ticker.ts';
import { ago, listed } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { listing } from './settings-listing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new KeysView(host);

type Key = Lists['apiKeys'];
const SCOPES: readonly KeyScope[] = [
  'contacts:read',
  'contacts:write',
  'contacts:export',
  'conversations:read',
  'timeline:write',
  'tickets:write',
  'handoffs:write',
];

class KeysView implements SectionView {
  private readonly words;
  private readonly patience: Patience;
  private readonly ticker: Ticker;
  private readonly editor: Dialog;
  private readonly removal: Dialog;
  /** What is typed, of a new key or one that is there. */
  private draft?: { readonly id?: string; readonly name: string; readonly scopes: readonly KeyScope[] };
  /** The key that was just made: in this dialog, and nowhere once it has closed. */
  private made?: { readonly name: string; readonly key: string };
  private doomed?: Key;
  private problem?: ApiProblem;
  private busy = false;
  private afterwards?: () => void;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, accessTexts);
    this.patience = new Patience(host);
    this.ticker = new Ticker(host, 'minute');
    this.editor = new Dialog(host, () => this.closed());
    this.removal = new Dialog(host, () => this.closed());
  }

  /** A key that was made and not copied away yet would be lost. */
  get unsaved(): boolean {
    return this.made !== undefined;
  }

  start(): void {
    this.host.store?.settings.need('apiKeys');
  }

  stop(): void {}

  render(): TemplateResult {
    const list = this.host.store?.get().lists.apiKeys;
    const { keys: t } = this.words.t;
    const add = html`<button type="button" class="btn primary" data-act="add" @click=${() => this.edit()}>${icon(plus)}${t.add}</button>`;
    const again = (): void => void this.host.store?.settings.readList('apiKeys');
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div>${list && list.items.length > 0 ? html`<span class="push">${add}</span>` : nothing}</header>${listing(
      list,
      this.words,
      this.patience,
      { glyph: lock, title: t.empty, text: t.emptyText, acts: add },
      again,
      (items) =>
        html`<ul class="accounts">${repeat(
          items,
          ({ id }) => id,
          (key) => this.row(key),
        )}</ul>`,
    )}</div>${this.editing()}${this.removing()}`;
  }

  private row(key: Key): TemplateResult {
    const { t } = this.words;
    const { name, scopes, createdAt, lastUsedAt } = key;
    const when = (at: string): string => ago(this.words, at, this.ticker.now);
    return html`<li>${icon(lock)}<div><button type="button" class="account-name" data-id=${key.id} @click=${() => this.edit(key)}><bdi>${name}</bdi></button><small>${listed(
      this.words.tag,
      scopes.map((scope) => t.scopes[scope]),
    )}</small><small>${t.keys.since(when(createdAt))} · ${
      lastUsedAt ? t.keys.used(when(lastUsedAt)) : t.keys.unused
    }</small></div><button type="button" class="btn ghost icon writes" aria-label=${t.keys.revoke(name)} @click=${() => this.askRemoval(key)}>${icon(x)}</button></li>`;
  }

  private edit(key?: Key): void {
    this.draft = key ? { id: key.id, name: key.name, scopes: key.scopes } : { name: '', scopes: [] };
    this.problem = undefined;
    this.editor.show();
  }

  private editing(): unknown {
    const {
      draft,
      made,
      busy,
      words: { t },
    } = this;
    if (made)
      return this.editor.render(() => ({
        title: t.keys.made(made.name),
        close: t.common.close,
        ...this.shownOnce(made.key),
        submit: () => this.editor.close(),
      }));
    if (!draft) return nothing;
    const [name, scopes] = [this.errorAt('name') && t.keys.nameNeeded, this.errorAt('scopes') && t.keys.scopeNeeded];
    const toggle = (scope: KeyScope, on: boolean): void => this.change({ scopes: on ? [...draft.scopes, scope] : draft.scopes.filter((one) => one !== scope) });
    return this.editor.render(() => ({
      title: draft.id ? draft.name : t.keys.newTitle,
      close: t.common.close,
      body: html`<div class="one"><label class="label" for="key-name">${t.keys.name}</label><input class="field" id="key-name" autofocus maxlength="200" dir="auto" autocomplete="off" .value=${draft.name} aria-invalid=${name ? 'true' : nothing} aria-describedby="key-name-h key-name-e"
          @input=${(event: Event) => this.change({ name: (event.target as HTMLInputElement).value })}><p class="hint" id="key-name-h">${t.keys.nameHint}</p>${name ? html`<p class="refusal" id="key-name-e" role="alert">${name}</p>` : nothing}</div>
        <fieldset class="members" aria-describedby="key-scopes-e"><legend class="label">${t.keys.scopes}</legend>${SCOPES.map((scope) => html`<label class="check"><input type="checkbox" class="box" .checked=${draft.scopes.includes(scope)} @change=${(event: Event) => toggle(scope, (event.target as HTMLInputElement).checked)}>${t.scopes[scope]} <code class="dim" dir="ltr">${scope}</code></label>`)}</fieldset>
        <p class="hint">${t.keys.scopesHint}</p>${scopes ? html`<p class="refusal" id="key-scopes-e" role="alert">${scopes}</p>` : nothing}${this.problem && !name && !scopes ? html`<p class="refusal" role="alert">${t.keys.failed}</p>` : nothing}`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.editor.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${busy}>${draft.id ? t.common.save : t.keys.create}</button>`,
      submit: () => void this.save(),
    }));
  }

  private shownOnce(key: string): { body: TemplateResult; foot: TemplateResult } {
    const { keys: t, common } = this.words.t;
    const take = async (): Promise<void> => {
      await navigator.clipboard.writeText(key);
      toast(this.host, { text: t.copied, dismiss: common.dismiss });
    };
    return {
      body: html`<p>${t.once}</p><div class="line"><code class="copy" dir="ltr">${key}</code><button type="button" class="btn" data-act="copy" @click=${() => void take().catch(() => undefined)}>${icon(copy)}${t.copy}</button></div>`,
      foot: html`<button type="submit" class="btn lg primary push" autofocus>${t.done}</button>`,
    };
  }

  private errorAt(path: string): boolean {
    return this.problem?.errors.some((error) => error.path.startsWith(path)) ?? false;
  }

  private change(change: Partial<NonNullable<typeof this.draft>>): void {
    if (this.draft) this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private async save(): Promise<void> {
    const {
      host: { store },
      draft,
      busy,
    } = this;
    if (!store || !draft || busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const body = { name: draft.name.trim(), scopes: [...draft.scopes] };
    const answer = draft.id ? await store.settings.saveItem('apiKeys', { id: draft.id, body }) : await new Access(store.core, store.settings).createKey(body);
    this.busy = false;
    if (!answer.ok) this.problem = answer.problem;
    else if ('key' in answer.value) this.made = answer.value as { name: string; key: string };
    else {
      this.afterwards = () => this.say(this.words.t.keys.changed(body.name));
      this.editor.close();
    }
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('#key-name[aria-invalid="true"], [aria-describedby="key-scopes-e"]:has(+ .hint + .refusal) .box')?.focus();
  }

  private askRemoval(key: Key): void {
    this.doomed = key;
    this.problem = undefined;
    this.removal.show();
  }

  private removing(): unknown {
    const {
      doomed,
      problem,
      words: { t },
    } = this;
    if (!doomed) return nothing;
    return this.removal.render(() => ({
      title: t.keys.revokeTitle(doomed.name),
      close: t.common.close,
      body: problem ? html`<p class="refusal" role="alert">${t.keys.failed}</p>` : html`<p>${t.keys.revokeText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.removal.close()}>${t.common.cancel}</button><button type="submit" class="btn lg danger primary">${t.keys.revokeYes}</button>`,
      submit: () => void this.revoke(doomed),
    }));
  }

  private async revoke({ id, name }: Key): Promise<void> {
    const answer = await this.host.store?.settings.removeItem('apiKeys', id);
    if (!answer?.ok) this.problem = answer?.problem;
    else {
      this.afterwards = () => {
        this.say(this.words.t.keys.revoked(name));
        this.host.renderRoot.querySelector<HTMLElement>('h1')?.focus();
      };
      return this.removal.close();
    }
    this.host.requestUpdate();
  }

  private closed(): void {
    const { afterwards } = this;
    this.made = undefined;
    this.draft = undefined;
    this.afterwards = undefined;
    afterwards?.();
    this.host.requestUpdate();
  }

  private say(text: string): void {
    toast(this.host, { text, dismiss: this.words.t.common.dismiss });
  }
}
