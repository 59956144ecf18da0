/** Knowledge: the articles that agents answer from, where they come from, and what none of them covers. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { KnowledgeGap } from '../../server/contract/knowledge.ts';
import type { Article } from '../../server/contract/settings.ts';
import { knowledgeTexts } from '../locales/knowledge.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, book, plus, refresh } from '../ui/icons.ts';
import { languageTitle } from '../ui/languages.ts';
import { tabsSheet } from '../ui/sheets/tabs.ts';
import { ago, number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { ArticleForm, AUDIENCES, fieldsOf, type ArticleFields, type KnowledgeWords } from './settings-article-form.ts';
import { bones, GapList } from './settings-article-gaps.ts';
import { ArticleImport } from './settings-article-import.ts';
import { SettingHistory } from './settings-history.ts';
import type { SectionView, SettingsHost } from './settings-sections.ts';

/** What only this section wears; put on when it is first opened. */
const sheet = css`
.filters { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 32px 0; max-inline-size: 704px; }
.filters > .field { flex: 1 1 130px; min-inline-size: 0; }
.filters > .field[type="search"] { flex: 2 1 220px; }
.text-tabs { display: flex; gap: 4px; margin-block-end: 6px; }
.text-tabs .tab { flex: none; }
.read-frame { min-block-size: 320px; padding: 10px 14px; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-md); overflow-wrap: anywhere; }
.read > * { margin-block: 0 10px; }
.read :is(h3, h4, h5) { font-weight: 600; }
.read h3 { font-size: var(--_fs-xl, 16px); }
.read :is(ul, ol) { padding-inline-start: 20px; list-style: revert; }
.read blockquote { padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); color: var(--conv-ink-2); }
.read pre { padding: 8px 10px; overflow-x: auto; border-radius: var(--conv-radius-md); background: var(--conv-sunken); }
.read table { border-collapse: collapse; }
.read :is(td, th) { padding: 4px 8px; border: var(--conv-stroke) solid var(--conv-line); text-align: start; }
.gaps li { grid-template-columns: minmax(0, 1fr) auto; }
.gaps li > div { grid-column: 1 !important; }
.gaps b { font-weight: 500; }
.asked { padding-inline-start: 16px; color: var(--conv-ink-2); list-style: disc; }
.accounts .asked li { display: list-item; padding: 2px 0; border: 0; }
.asked-for { padding: 8px 12px; border-radius: var(--conv-radius-md); background: var(--conv-sunken); }
.asked-for q { quotes: none; font-weight: 500; }
.taken { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none; }
.taken li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 0 10px; align-items: start; }
.taken li > .i { margin-block-start: 2px; color: var(--conv-ink-3); }
.taken b { display: block; font-weight: 500; overflow-wrap: anywhere; }
.taken small { color: var(--conv-ink-3); font-size: var(--_fs-sm); overflow-wrap: anywhere; }
.taken small.bad { color: var(--conv-urgent); }
@container settings (width < 760px) { .filters { padding-inline: 16px; } .gaps li { grid-template-columns: minmax(0, 1fr); } }
`;

type Shown = 'articles' | 'gaps';

export const open = (host: SettingsHost): SectionView => new ArticlesView(host);

class ArticlesView implements SectionView {
  private readonly words: KnowledgeWords;
  private readonly patience: Patience;
  private readonly gaps: GapList;
  private readonly importing: ArticleImport;
  private readonly history: SettingHistory;
  private form?: ArticleForm;
  private shown: Shown = 'articles';
  private asked = '';
  private language = '';
  private audience = '';
  private state = '';

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, knowledgeTexts);
    this.patience = new Patience(host);
    this.gaps = new GapList(host, this.words, this.patience, (gap) => this.answer(gap));
    this.importing = new ArticleImport(host, this.words, (draft) => this.show(undefined, draft));
    this.history = new SettingHistory(host, 'articles');
    const worn = [tabsSheet, sheet].flatMap(({ styleSheet }) => styleSheet ?? []);
    if (host.renderRoot instanceof ShadowRoot) host.renderRoot.adoptedStyleSheets = [...new Set([...host.renderRoot.adoptedStyleSheets, ...worn])];
  }

  get unsaved(): boolean {
    return this.form?.unsaved ?? false;
  }

  start(): void {
    this.host.store?.settings.need('articles', 'knowledgeGaps');
  }

  stop(): void {}

  render(): TemplateResult {
    const listing = this.host.store?.get().lists.articles;
    const {
      form,
      words: { t },
    } = this;
    const article = form?.article && listing?.items.find(({ id }) => id === form.article?.id);
    if (!form || (form.article && !article)) return html`${this.list()}${this.importing.render()}`;
    if (article) form.follow(article);
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><button type="button" class="btn ghost icon" data-look data-act="back" aria-label=${t.back}
        @click=${() => this.host.leave(() => this.go(undefined, form.article?.id))}>${icon(back)}</button><div><h1 tabindex="-1" dir="auto">${article?.title ?? t.newTitle}</h1>${
          article ? html`<p>${this.facts(article)}</p>` : nothing
        }</div></header>
      <div class="form-body">${form.render()}${
        article
          ? html`${this.history.render(article, form.unsaved)}<section class="group"><header><div><h2>${t.removeIt}</h2><p>${t.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => void this.remove(article)}>${t.removeIt}</button></header></section>`
          : nothing
      }</div>${form.renderBar()}</form>`;
  }

  private list(): TemplateResult {
    const { t, tag } = this.words;
    const lists = this.host.store?.get().lists;
    const gaps = lists?.knowledgeGaps?.items.length ?? 0;
    const tab = (
      one: Shown,
      text: string,
      count: number,
    ): TemplateResult => html`<button type="button" class="tab" role="tab" id="tab-${one}" aria-selected=${String(this.shown === one)} aria-controls="knowledge-list" tabindex=${this.shown === one ? 0 : -1} data-look
      @keydown=${this.handleTabKey} @click=${() => this.turn(one)}>${text}${count > 0 ? html` <span class="num">${number(tag, count)}</span>` : nothing}</button>`;
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${this.shown === 'gaps' ? t.gapsLead : t.lead}</p></div><span class="push acts writes"><button type="button" class="btn" data-act="import" @click=${() => this.importing.show()}>${t.imp}</button>${this.addButton()}</span></header>
      <div class="form-tabs" role="tablist" aria-label=${t.title}>${tab('articles', t.articles, lists?.articles?.items.length ?? 0)}${tab('gaps', t.gaps, gaps)}</div>
      <div id="knowledge-list" role="tabpanel" aria-labelledby="tab-${this.shown}">${this.shown === 'gaps' ? this.gaps.render() : this.articles()}</div></div>`;
  }

  private addButton(): TemplateResult {
    return html`<button type="button" class="btn primary" data-act="add" @click=${() => this.show(undefined)}>${icon(plus)}${this.words.t.add}</button>`;
  }

  private articles(): TemplateResult {
    const { t } = this.words;
    const listing = this.host.store?.get().lists.articles;
    if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? bones(this.words) : html``;
    this.patience.out(false);
    if (!listing.loaded)
      return blank(
        {
          glyph: alert,
          title: t.common.failed,
          acts: html`<button type="button" class="btn" data-look @click=${() => void this.host.store?.settings.readList('articles')}>${icon(refresh)}${t.common.retry}</button>`,
        },
        true,
      );
    if (listing.items.length === 0)
      return blank({ glyph: book, title: t.empty, text: t.emptyText, acts: html`<span class="writes">${this.addButton()}</span>` });
    const found = this.found(listing.items);
    return html`${this.filters(listing.items)}${
      found.length === 0
        ? blank({ glyph: book, title: t.none, text: t.noneText })
        : html`<ul class="accounts">${repeat(
            found,
            ({ id }) => id,
            (article) => html`<li class=${article.active ? '' : 'is-off'}>
      <div><button type="button" class="account-name" data-look data-id=${article.id} dir="auto" @click=${() => this.show(article)}>${article.title}</button><small>${this.facts(article)}</small></div>
      <input type="checkbox" class="switch" role="switch" aria-label=${t.activeOf(article.title)} .checked=${article.active} @change=${(event: Event) => void this.setActive(article, event.target as HTMLInputElement)}></li>`,
          )}</ul>`
    }`;
  }

  private filters(all: readonly Article[]): TemplateResult {
    const { t, tag } = this.words;
    const choice = (
      label: string,
      key: 'language' | 'audience' | 'state',
      any: string,
      options: readonly (readonly [string, string])[],
    ): TemplateResult => html`<select class="field" data-look aria-label=${label} @change=${(event: Event) => this.narrow({ [key]: (event.target as HTMLSelectElement).value })}>
      <option value="" .selected=${this[key] === ''}>${any}</option>${options.map(([value, text]) => html`<option value=${value} .selected=${this[key] === value}>${text}</option>`)}</select>`;
    const languages = [...new Set(all.map(({ language }) => language))].toSorted();
    return html`<div class="filters" role="search"><input class="field" type="search" data-look aria-label=${t.search} placeholder=${t.search} .value=${this.asked} @input=${(event: Event) => this.narrow({ asked: (event.target as HTMLInputElement).value })}>${
      languages.length > 1
        ? choice(
            t.language,
            'language',
            t.anyLanguage,
            languages.map((one) => [one, languageTitle(tag, one)] as const),
          )
        : nothing
    }${choice(
      t.audience,
      'audience',
      t.anyAudience,
      AUDIENCES.map((one) => [one, t[one]] as const),
    )}${choice(t.state, 'state', t.anyState, [
      ['on', t.on],
      ['off', t.off],
    ])}</div>`;
  }

  private found(all: readonly Article[]): readonly Article[] {
    const folded = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
    const wanted = folded(this.asked).split(/\s+/).filter(Boolean);
    return all
      .filter(
        ({ title, text, language, audience, active }) =>
          (this.language === '' || language === this.language) &&
          (this.audience === '' || audience === this.audience) &&
          (this.state === '' || active === (this.state === 'on')) &&
          wanted.every((word) => folded(`${title} ${text}`).includes(word)),
      )
      .toSorted((one, other) => other.recentUses - one.recentUses || one.title.localeCompare(other.title, this.words.tag));
  }

  private facts({ language, audience, recentUses, updatedAt }: Article): string {
    const { t, tag } = this.words;
    return [
      languageTitle(tag, language),
      ...(audience === 'everyone' ? [] : [t[audience]]),
      t.uses(recentUses, number(tag, recentUses)),
      t.changed(ago({ t, tag }, updatedAt, Date.now())),
    ].join(' · ');
  }

  private narrow(change: Partial<Record<'asked' | 'language' | 'audience' | 'state', string>>): void {
    Object.assign(this, change);
    this.host.requestUpdate();
  }

  private turn(one: Shown): void {
    this.shown = one;
    this.host.requestUpdate();
  }

  private readonly handleTabKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    this.turn(this.shown === 'gaps' ? 'articles' : 'gaps');
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(`#tab-${this.shown}`)?.focus());
  };

  /** A new article for a question that had no answer; saving it settles the question. */
  private answer(gap: KnowledgeGap): void {
    const { t } = this.words;
    const above = html`<p class="asked-for">${t.forGap} <q dir="auto">${gap.question}</q></p>`;
    this.show(
      undefined,
      { title: gap.question.slice(0, 200), ...(gap.language ? { language: gap.language } : {}) },
      above,
      (article) => void this.gaps.settle(gap, article.id),
    );
  }

  private show(
    article?: Article,
    start: Partial<ArticleFields> = {},
    above: TemplateResult | typeof nothing = nothing,
    afterwards?: (article: Article) => void,
  ): void {
    this.go(
      new ArticleForm(this.host, this.words, article, start, above, (saved) => {
        const { t } = this.words;
        if (afterwards) afterwards(saved);
        else toast(this.host, { text: t.saved(saved.title), dismiss: t.common.dismiss });
        if (!article) this.go(undefined, saved.id);
      }),
    );
  }

  /** Moves on, and the focus to what is new. */
  private go(form: ArticleForm | undefined, from?: string): void {
    this.form = form;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      for (const scrolled of [this.host, renderRoot.querySelector('.form')]) scrolled?.scrollTo(0, 0);
      const came = from && !form ? renderRoot.querySelector<HTMLElement>(`[data-id="${from}"]`) : null;
      (
        came ??
        (form && !form.article ? renderRoot.querySelector<HTMLElement>('#article-title') : null) ??
        renderRoot.querySelector<HTMLElement>('h1')
      )?.focus();
    });
  }

  private async setActive(article: Article, box: HTMLInputElement): Promise<void> {
    const answer = await this.host.store?.settings.saveItem('articles', { id: article.id, body: { active: box.checked } });
    const { t } = this.words;
    if (!answer?.ok) {
      box.checked = article.active;
      toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    }
    this.host.requestUpdate();
  }

  /** Deleted at once, with a way back: the same article again. */
  private async remove(article: Article): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.settings.removeItem('articles', article.id);
    if (!answer?.ok) return void toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.go(undefined);
    const undo = (): void => void store?.settings.saveItem('articles', { body: fieldsOf(article, article.language) });
    toast(this.host, { text: t.removed(article.title), dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: undo }] });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.form?.save();
  };
}
