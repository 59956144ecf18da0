/** One article: its title and text with a preview, its language, who may read it, and where it comes from. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ArticleDraft } from '../../server/contract/knowledge.ts';
import type { Article } from '../../server/contract/settings.ts';
import type { knowledgeTexts } from '../locales/knowledge.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { knownLanguages, languageTitle } from '../ui/languages.ts';
import type { Words } from '../ui/words.ts';
import { choice, valueOf } from './settings-controls.ts';
import { switchField } from './settings-fields.ts';
import { field, type Tie } from './settings-frame.ts';
import type { SettingsHost } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

export type KnowledgeWords = Words<(typeof knowledgeTexts)['english']>;

/** What may be written of an article. */
export type ArticleFields = Pick<Article, 'title' | 'text' | 'language' | 'audience' | 'sourceUrl' | 'active'>;
export const AUDIENCES = ['everyone', 'identified', 'anonymous'] as const;

export const fieldsOf = (article: Partial<ArticleFields> & Partial<ArticleDraft>, language: string): ArticleFields => ({
  title: article.title ?? '',
  text: article.text ?? '',
  language: article.language ?? language,
  audience: article.audience ?? 'everyone',
  sourceUrl: article.sourceUrl ?? null,
  active: article.active ?? true,
});

export class ArticleForm {
  private draft: ArticleFields;
  private before: ArticleFields;
  private problem?: ApiProblem;
  private busy = false;
  /** Makes a preview; fetched when one is first asked for. */
  private read?: (text: string) => TemplateResult;
  private shown: 'write' | 'preview' = 'write';

  /**
   * @param article the one that is changed; undefined for one that is new
   * @param start what a new one begins with, which counts as typed
   * @param above what stands before the fields, such as the question that it is to answer
   */
  constructor(
    private readonly host: SettingsHost,
    private readonly words: KnowledgeWords,
    public article: Article | undefined,
    start: Partial<ArticleFields>,
    private readonly above: TemplateResult | typeof nothing,
    private readonly saved: (article: Article) => void,
  ) {
    const language = (host.store?.get().lists.articles?.items.at(-1)?.language ?? words.tag).split('-')[0]!;
    this.before = fieldsOf(article ?? {}, language);
    this.draft = article ? this.before : fieldsOf(start, language);
  }

  get unsaved(): boolean {
    return (Object.keys(this.draft) as (keyof ArticleFields)[]).some((field) => this.draft[field] !== this.before[field]);
  }

  /** The article as others changed it: taken over while nothing is typed here. */
  follow(article: Article): void {
    if (article.version !== this.article?.version && !this.unsaved && !this.busy) this.reset(article);
  }

  render(): TemplateResult {
    const {
      draft,
      words: { t, tag },
    } = this;
    const languages = [...new Set([draft.language, ...knownLanguages])].filter(Boolean);
    return html`<section class="group">${this.above}${this.field(
      'title',
      t.name,
      ({
        id,
        invalid,
        says,
      }) => html`<input class="field" id=${id} ?autofocus=${!this.article} maxlength="200" dir="auto" autocomplete="off" .value=${draft.title} aria-invalid=${invalid}
        aria-describedby=${says} @input=${(event: Event) => this.change({ title: valueOf(event) })}>`,
    )}
      <div class="one"><div class="text-tabs" role="tablist" aria-label=${t.text}>${(['write', 'preview'] as const).map(
        (
          one,
        ) => html`<button type="button" class="tab" role="tab" id="article-tab-${one}" aria-selected=${String(this.shown === one)} aria-controls="article-panel"
          tabindex=${this.shown === one ? 0 : -1} data-look @keydown=${this.handleTabKey} @click=${() => void this.show(one)}>${t[one]}</button>`,
      )}</div>
        <div id="article-panel" role="tabpanel" aria-labelledby="article-tab-${this.shown}">${
          this.shown === 'preview' && this.read
            ? html`<div class="read-frame" tabindex="0">${draft.text.trim() ? this.read(draft.text) : html`<p class="hint">${t.nothingYet}</p>`}</div>`
            : this.field(
                'text',
                t.text,
                ({
                  id,
                  invalid,
                  says,
                }) => html`<textarea class="field" id=${id} rows="16" maxlength="65536" dir="auto" .value=${draft.text} aria-invalid=${invalid} aria-describedby=${says}
              @input=${(event: Event) => this.change({ text: valueOf(event) })}></textarea>`,
                t.textHint,
                true,
              )
        }</div></div></section>
      <section class="group">${this.field(
        'language',
        t.language,
        (tie) =>
          choice(
            tie,
            languages.map((one) => [one, languageTitle(tag, one)] as const),
            draft.language,
            (language) => this.change({ language }),
          ),
        t.languageHint,
      )}
      ${this.field('audience', t.audience, (tie) =>
        choice(
          tie,
          AUDIENCES.map((one) => [one, t[one]] as const),
          draft.audience,
          (audience) => this.change({ audience: audience as ArticleFields['audience'] }),
        ),
      )}
      ${this.field(
        'sourceUrl',
        t.source,
        ({
          id,
          invalid,
          says,
        }) => html`<input class="field" id=${id} type="url" inputmode="url" maxlength="2000" dir="ltr" autocomplete="off" .value=${draft.sourceUrl ?? ''} aria-invalid=${invalid}
        aria-describedby=${says} @input=${(event: Event) => this.change({ sourceUrl: valueOf(event).trim() || null })}>`,
        t.sourceHint,
      )}
      ${switchField(t.active, t.activeHint, draft.active, (active) => this.change({ active }))}</section>`;
  }

  renderBar(): TemplateResult | typeof nothing {
    const {
      article,
      busy,
      problem,
      words: { t },
    } = this;
    if (article && !this.unsaved && !busy) return nothing;
    const refusal = problem && (problem.code === 'stale_version' ? t.stale : problem.code === 'invalid' ? t.refused : t.failed);
    return html`<div class="save"><span>${refusal ? html`<span class="bad" role="alert">${icon(alert)}${refusal}</span>` : article ? t.unsaved : nothing}</span>${
      problem?.code === 'stale_version'
        ? html`<button type="button" class="btn" @click=${() => this.reset(problem.current as Article)}>${t.theirs}</button>`
        : nothing
    }${article ? html`<button type="button" class="btn" ?disabled=${busy} @click=${() => this.reset(article)}>${t.discard}</button>` : nothing}<button type="submit" class="btn primary" data-act="save" ?disabled=${busy}>${article ? t.saveIt : t.create}</button></div>`;
  }

  async save(): Promise<void> {
    const {
      host: { store },
      article,
    } = this;
    if (!store || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const answer = await store.settings.saveItem('articles', {
      ...(article ? { id: article.id, version: article.version } : {}),
      body: { ...this.draft, title: this.draft.title.trim() },
    });
    this.busy = false;
    if (answer.ok) {
      this.reset(answer.value);
      return this.saved(answer.value);
    }
    this.problem = answer.problem;
    if (this.errorAt('text')) this.shown = 'write';
    this.host.requestUpdate();
    await this.host.updateComplete;
    const first = (['title', 'text', 'language', 'audience', 'sourceUrl'] as const).find((field) => this.errorAt(field));
    if (first) this.host.renderRoot.querySelector<HTMLElement>(`#article-${first}`)?.focus();
  }

  private field(name: keyof ArticleFields, label: string, control: (tie: Tie) => TemplateResult, hint?: string, quiet = false): TemplateResult {
    return field(`article-${name}`, label, control, { hint, error: this.errorAt(name) }, quiet);
  }

  private errorAt(name: keyof ArticleFields): string | undefined {
    return flaw(this.words, this.problem?.errors.find(({ path }) => path === name)?.message);
  }

  private async show(one: 'write' | 'preview'): Promise<void> {
    if (one === 'preview') this.read ??= (await import('./settings-markdown.ts')).readMarkdown;
    this.shown = one;
    this.host.requestUpdate();
  }

  private readonly handleTabKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = this.shown === 'write' ? 'preview' : 'write';
    void this.show(other)
      .then(() => this.host.updateComplete)
      .then(() => this.host.renderRoot.querySelector<HTMLElement>(`#article-tab-${other}`)?.focus());
  };

  private change(change: Partial<ArticleFields>): void {
    this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private reset(article: Article): void {
    this.article = article;
    this.before = this.draft = fieldsOf(article, article.language);
    this.problem = undefined;
    this.host.requestUpdate();
  }
}
