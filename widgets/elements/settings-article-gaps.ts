/** What no article covers: the questions that agents had no answer to, each put aside or answered by a new article. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { KnowledgeGap } from '../../server/contract/knowledge.ts';
import { blank, type Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, book, check, refresh, undo } from '../ui/icons.ts';
import { ago, number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { vars } from '../ui/vars.ts';
import type { KnowledgeWords } from './settings-article-form.ts';
import type { SettingsHost } from './settings-sections.ts';

type Status = KnowledgeGap['status'];
const STATUSES: readonly Status[] = ['open', 'dismissed', 'answered'];

export class GapList {
  private status: Status = 'open';
  /** Those of another status than open; undefined while they are on their way. */
  private settled?: { items: readonly KnowledgeGap[]; loaded: boolean; problem?: unknown } | undefined;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: KnowledgeWords,
    private readonly patience: Patience,
    private readonly write: (gap: KnowledgeGap) => void,
  ) {}

  render(): TemplateResult {
    const { t } = this.words;
    const choose = (event: Event): void => this.look((event.target as HTMLSelectElement).value as Status);
    return html`<div class="filters"><select class="field" id="gaps-status" data-look aria-label=${t.gaps} @change=${choose}>${STATUSES.map(
      (one) => html`<option value=${one} .selected=${one === this.status}>${t.gapStatus[one]}</option>`,
    )}</select></div>${this.list()}`;
  }

  private list(): TemplateResult {
    const { t } = this.words;
    const { status } = this;
    const listing = status === 'open' ? this.host.store?.get().lists.knowledgeGaps : this.settled;
    if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? bones(this.words) : html``;
    this.patience.out(false);
    if (!listing.loaded)
      return blank(
        {
          glyph: alert,
          title: t.common.failed,
          acts: html`<button type="button" class="btn" data-look @click=${() => this.look(status)}>${icon(refresh)}${t.common.retry}</button>`,
        },
        true,
      );
    if (listing.items.length === 0)
      return status === 'open' ? blank({ glyph: check, title: t.noGaps, text: t.noGapsText }) : blank({ glyph: check, title: t.noneSettled });
    return html`<ul class="accounts gaps">${repeat(
      listing.items,
      ({ id }) => id,
      (gap) => this.gap(gap),
    )}</ul>`;
  }

  private gap(gap: KnowledgeGap): TemplateResult {
    const { t, tag } = this.words;
    const acts =
      gap.status === 'open'
        ? html`<button type="button" class="btn writes" data-act="dismiss" @click=${() => void this.dismiss(gap)}>${t.dismiss}</button><button type="button" class="btn writes" data-act="write" @click=${() => this.write(gap)}>${icon(book)}${t.add}</button>`
        : html`<button type="button" class="btn writes" data-act="reopen" @click=${() => void this.reopen(gap)}>${icon(undo)}${t.reopenGap}</button>`;
    return html`<li data-id=${gap.id}><div><b dir="auto">${gap.question}</b><small>${t.asked(gap.times, number(tag, gap.times))} · ${ago({ t, tag }, gap.lastAt, Date.now())}</small>${
      gap.messages.length > 1
        ? html`<details><summary data-look>${t.whatAsked}</summary><ul class="asked">${gap.messages.map(({ text }) => html`<li dir="auto">${text}</li>`)}</ul></details>`
        : nothing
    }</div><span class="acts">${acts}</span></li>`;
  }

  /** Shows those of a status; what is settled is asked for each time. */
  private look(status: Status): void {
    const { store } = this.host;
    this.status = status;
    this.settled = undefined;
    this.host.requestUpdate();
    if (!store) return;
    if (status === 'open') return void store.settings.readList('knowledgeGaps');
    void store.core
      .ask(() => store.core.client.api.v1.knowledge.gaps.$get({ query: { status, limit: '100' } }))
      .then((answer) => {
        if (this.status !== status) return;
        this.settled = answer.ok ? { items: answer.value.items, loaded: true } : { items: [], loaded: false, problem: answer.problem };
        this.host.requestUpdate();
      });
  }

  private async reopen(gap: KnowledgeGap): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.core.ask(() => store.core.client.api.v1.knowledge.gaps[':id'].reopen.$post({ param: { id: gap.id } }));
    toast(this.host, { text: answer?.ok ? t.reopened : t.failed, dismiss: t.common.dismiss });
    this.look(this.status);
    await store?.settings.readList('knowledgeGaps');
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
    const back = (): void =>
      void store.core.ask(() => gaps[':id'].reopen.$post({ param: { id: gap.id } })).then(() => store.settings.readList('knowledgeGaps'));
    toast(this.host, { text: t.dismissed, dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: back }] });
    this.host.renderRoot.querySelector<HTMLElement>('.gaps button, h1')?.focus();
  }
}

/** Bones of a list that is on its way. */
export const bones = ({ t }: KnowledgeWords): TemplateResult =>
  html`<div class="bones" role="status"><span class="sr">${t.common.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
