/** What no article covers: the questions that agents had no answer to, each put aside or answered by a new article. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { KnowledgeGap } from '../../server/contract/knowledge.ts';
import { blank, type Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, book, check, refresh } from '../ui/icons.ts';
import { ago, number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { vars } from '../ui/vars.ts';
import type { KnowledgeWords } from './settings-article-form.ts';
import type { SettingsHost } from './settings-sections.ts';

export class GapList {
  constructor(
    private readonly host: SettingsHost,
    private readonly words: KnowledgeWords,
    private readonly patience: Patience,
    private readonly write: (gap: KnowledgeGap) => void,
  ) {}

  render(): TemplateResult {
    const { t, tag } = this.words;
    const listing = this.host.store?.get().lists.knowledgeGaps;
    if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? bones(this.words) : html``;
    this.patience.out(false);
    if (!listing.loaded) return blank({ glyph: alert, title: t.common.failed, acts: html`<button type="button" class="btn" data-look @click=${() => void this.host.store?.settings.readList('knowledgeGaps')}>${icon(refresh)}${t.common.retry}</button>` }, true);
    if (listing.items.length === 0) return blank({ glyph: check, title: t.noGaps, text: t.noGapsText });
    return html`<ul class="accounts gaps">${repeat(listing.items, ({ id }) => id, (gap) => html`<li data-id=${gap.id}>
      <div><b dir="auto">${gap.question}</b><small>${t.asked(gap.times, number(tag, gap.times))} · ${ago({ t, tag }, gap.lastAt, Date.now())}</small>${
        gap.messages.length > 1 ? html`<details><summary data-look>${t.whatAsked}</summary><ul class="asked">${gap.messages.map(({ text }) => html`<li dir="auto">${text}</li>`)}</ul></details>` : nothing
      }</div><span class="acts"><button type="button" class="btn writes" data-act="dismiss" @click=${() => void this.dismiss(gap)}>${t.dismiss}</button><button type="button" class="btn writes" data-act="write" @click=${() => this.write(gap)}>${icon(book)}${t.add}</button></span></li>`)}</ul>`;
  }

  /** An article was written for it. */
  async settle(gap: KnowledgeGap, articleId: string): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.core.ask(() => store.core.client.api.v1.knowledge.gaps[':id'].settle.$post({ param: { id: gap.id }, json: { articleId } }));
    toast(this.host, { text: answer?.ok ? t.settled : t.failed, dismiss: t.common.dismiss });
    await store?.settings.readList('knowledgeGaps');
  }

  private async dismiss(gap: KnowledgeGap): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    if (!store) return;
    const { gaps } = store.core.client.api.v1.knowledge;
    const answer = await store.core.ask(() => gaps[':id'].dismiss.$post({ param: { id: gap.id } }));
    if (!answer.ok) return void toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    await store.settings.readList('knowledgeGaps');
    const undo = (): void => void store.core.ask(() => gaps[':id'].reopen.$post({ param: { id: gap.id } })).then(() => store.settings.readList('knowledgeGaps'));
    toast(this.host, { text: t.dismissed, dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: undo }] });
    this.host.renderRoot.querySelector<HTMLElement>('.gaps button, h1')?.focus();
  }
}

/** Bones of a list that is on its way. */
export const bones = ({ t }: KnowledgeWords): TemplateResult =>
  html`<div class="bones" role="status"><span class="sr">${t.common.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
