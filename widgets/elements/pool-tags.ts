import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Tag } from '../../server/contract/settings.ts';
import { poolingTexts } from '../locales/pooling.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { plus, search } from '../ui/icons.ts';
import { tag } from '../ui/marks.ts';
import { rove } from '../ui/rove.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { BulkSet } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';

/** What of the chosen conversations is known. */
export interface Chosen {
  readonly loaded: readonly SharedConversation[];
  /** How many they are, loaded or not. */
  readonly total: number;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
/** The colour of a tag that is made in passing. */
const GREY = 8;

/** Asks which tags the chosen conversations are to carry and which not, all in one change. For hosts with the sheets of dialogs, fields, menus and marks. */
export class PoolTags {
  private readonly words;
  private readonly dialog: Dialog;
  private chosen: Chosen = { loaded: [], total: 0 };
  private typed = '';
  /** What is to be, by name; tags that are not named stay as they are. */
  private wanted: ReadonlyMap<string, boolean> = new Map();
  private refusal?: string;
  private put?: (set: BulkSet) => void;

  constructor(
    private readonly host: StoreElement,
    private readonly common: PoolWords,
  ) {
    this.words = words(host, poolingTexts);
    this.dialog = new Dialog(host);
  }

  ask(chosen: Chosen, put: (set: BulkSet) => void): void {
    Object.assign(this, { chosen, put, typed: '', wanted: new Map(), refusal: undefined });
    this.host.store?.settings.need('tags');
    this.dialog.show();
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t, tag: lang } = this.words;
      const { common } = this.common.t;
      const { total } = this.chosen;
      return {
        title: t.tags.title,
        lead: t.tags.lead(total, number(lang, total)),
        close: common.close,
        body: html`<label class="with-icon">${icon(search)}<span class="sr">${this.common.t.details.findTag}</span><input class="field" type="search" autofocus dir="auto" maxlength="200" autocomplete="off" placeholder=${this.common.t.details.findTag}
            .value=${this.typed} @input=${(event: Event) => this.type((event.target as HTMLInputElement).value)} @keydown=${this.handleFieldKey}></label>
          <div class="run-left tag-choices" role="group" aria-label=${this.common.t.details.tags} @keydown=${this.handleListKey}>${this.list()}</div>${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.wanted.size === 0}>${t.tags.submit}</button>`,
        submit: () => this.submit(),
      };
    });
  }

  private list(): unknown {
    const { t } = this.words;
    const { details, common } = this.common.t;
    const tags = this.host.store?.get().lists.tags;
    if (tags?.problem && tags.items.length === 0) {
      return html`<p role="alert">${common.failed} <button type="button" class="linkish" @click=${() => void this.host.store?.settings.readList('tags')}>${common.retry}</button></p>`;
    }
    if (!tags?.loaded) return html`<p role="status">${common.loading}</p>`;
    const found = this.found;
    const fresh = this.fresh;
    if (found.length === 0 && !fresh) return html`<p role="status">${tags.items.length > 0 ? details.noSuchTag : details.noTags}</p>`;
    return html`${found.map((one) => {
      const state = this.stateOf(one.name);
      const wanted = this.wanted.get(one.name);
      return html`<label class="menu-item"><input type="checkbox" class="box ${state === 'mixed' ? 'is-mixed' : ''}" .checked=${state === 'on'} .indeterminate=${state === 'mixed'} @change=${() => this.turn(one.name)}>${tag(one.name, one.color)}${
        wanted === undefined
          ? state === 'mixed'
            ? html`<span class="end hint">${t.tags.some}</span>`
            : nothing
          : html`<span class="end hint">${wanted ? t.tags.added : t.tags.removed}</span>`
      }</label>`;
    })}${fresh ? html`<button type="button" class="menu-item" @click=${() => void this.create(fresh)}>${icon(plus)}<span class="cut" dir="auto">${details.createTag(fresh)}</span></button>` : nothing}`;
  }

  private get tags(): readonly Tag[] {
    return this.host.store?.get().lists.tags?.items ?? [];
  }

  private get found(): readonly Tag[] {
    const wanted = plain(this.typed.trim());
    return this.tags
      .filter(({ name }) => plain(name).includes(wanted))
      .toSorted((one, other) => Number(plain(other.name).startsWith(wanted)) - Number(plain(one.name).startsWith(wanted)));
  }

  /** The name of a tag that could be made; admins alone make them. */
  private get fresh(): string | undefined {
    const name = this.typed.trim();
    const isThere = this.tags.some((one) => one.name.toLowerCase() === name.toLowerCase());
    return name && !isThere && this.host.store?.get().me?.role === 'admin' ? name : undefined;
  }

  /** What the chosen ones carry now; of those that are not loaded nothing is known. */
  private carried(name: string): 'on' | 'off' | 'mixed' {
    const { loaded, total } = this.chosen;
    const n = loaded.filter(({ tags }) => tags.some((one) => one.name === name)).length;
    return n === 0 && loaded.length >= total ? 'off' : n > 0 && n === total ? 'on' : 'mixed';
  }

  private stateOf(name: string): 'on' | 'off' | 'mixed' {
    const wanted = this.wanted.get(name);
    return wanted === undefined ? this.carried(name) : wanted ? 'on' : 'off';
  }

  /** What all or none carry turns round and back; what some carry goes to all, to none, and stays again. */
  private turn(name: string): void {
    const wanted = this.wanted.get(name);
    const carried = this.carried(name);
    const next = wanted === undefined ? carried !== 'on' : carried === 'mixed' && wanted ? false : undefined;
    const others = new Map(this.wanted);
    if (next === undefined) others.delete(name);
    else others.set(name, next);
    this.wanted = others;
    this.host.requestUpdate();
  }

  private async create(name: string): Promise<void> {
    const answer = await this.host.store?.settings.saveItem('tags', { body: { name, color: GREY } });
    // Somebody else may have made one of this name meanwhile: it is as good.
    const made = answer?.ok || answer?.problem.code === 'name_taken';
    this.refusal = made ? undefined : this.words.t.tags.failed;
    if (made) this.wanted = new Map(this.wanted).set(answer.ok ? answer.value.name : name, true);
    this.type(made ? '' : name);
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('dialog input[type=search]')?.focus());
  }

  private type(text: string): void {
    this.typed = text;
    this.host.requestUpdate();
  }

  private submit(): void {
    if (this.wanted.size === 0) return;
    const [addTags, removeTags] = [true, false].map((on) => [...this.wanted].flatMap(([name, wanted]) => (wanted === on ? [name] : [])));
    this.dialog.close();
    this.put?.({ ...(addTags!.length > 0 ? { addTags } : {}), ...(removeTags!.length > 0 ? { removeTags } : {}) });
  }

  /** Enter turns the first that fits what was typed, or makes it; without anything typed it is that of the dialog. */
  private readonly handleFieldKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const [first] = this.found;
    if (event.key === 'ArrowDown') this.host.renderRoot.querySelector<HTMLElement>('.tag-choices .box, .tag-choices button')?.focus();
    else if (event.key === 'Enter' && this.typed.trim() && !event.ctrlKey && !event.metaKey) {
      if (first) {
        this.turn(first.name);
        this.type('');
      } else if (this.fresh) void this.create(this.fresh);
    } else return;
    event.preventDefault();
  };

  private readonly handleListKey = (event: KeyboardEvent): void => {
    rove(event, [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.box, button')], 'block');
  };
}
