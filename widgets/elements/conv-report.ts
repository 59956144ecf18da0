import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Channel } from '../../server/contract/common.ts';
import type { LongWait } from '../../server/contract/report.ts';
import { operatorTexts } from '../locales/operator.ts';
import { reportTexts } from '../locales/report.ts';
import { StoreElement } from '../store/element.ts';
import { Reports, type ReportData, type ReportLook, type ReportTable } from '../store/reports.ts';
import { announce } from '../ui/announce.ts';
import { blank, Patience } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, chart, file, lock, refresh } from '../ui/icons.ts';
import { saveFile } from '../ui/save-file.ts';
import { select, shallow } from '../ui/select.ts';
import { dayAndTime, number } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { helps, type HelpPlace } from './report-helps.ts';
import { reportSheets } from './report-sheet.ts';
import { channelName, lengthOf } from './report-text.ts';
import { byAgent, charts, figures, pairs, type ReportPaint } from './report-view.ts';

const CHANNELS: readonly Channel[] = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'];
const SPANS = [7, 30, 90] as const;
/** Longest span, in days. */
const LONGEST = 731;
const DAY = 86_400_000;

/**
 * How often conversations are handed to people, why, where to and how long they wait; who answers, and what would help.
 *
 * @attr days - how many days with today: 30 unless told; `from` and `to` go before it
 * @attr from - the first day, `2026-05-14`
 * @attr to - the last day
 * @attr agent - id of the agent that it is of; of all unless told
 * @attr channel - the channel that it is of; of all unless told
 * @fires conv-report-look - it is of something else: `{days, from, to, agent, channel}`, for the page's address
 * @fires conv-report-go - where something is changed: `{section, kind, key, label}`, a section of the settings
 * @fires conv-open - a conversation is to be opened: `{conversationId}`
 */
export class ConvReport extends StoreElement {
  static override styles = reportSheets;

  /** How many days with today; `from` and `to` go before it. */
  @property({ type: Number, reflect: true }) days = 30;
  /** The first day, as `2026-05-14`. */
  @property({ reflect: true }) from?: string;
  /** The last day, as `2026-05-14`. */
  @property({ reflect: true }) to?: string;
  /** Id of the agent that it is of; of all unless told. */
  @property({ reflect: true }) agent?: string;
  /** The channel that it is of; of all unless told. */
  @property({ reflect: true }) channel?: Channel;

  @state() private data?: ReportData;
  @state() private stage: 'loading' | 'there' | 'failed' = 'loading';
  @state() private tables: ReadonlySet<ReportTable> = new Set();
  @state() private choosing = false;
  @state() private waits: { readonly items: readonly LongWait[]; readonly nextCursor: string | null; readonly failed?: boolean } | undefined;

  private readonly words = words(this, reportTexts);
  private readonly common = words(this, operatorTexts);
  private readonly patience = new Patience(this);
  private readonly slice = select(
    this,
    () => this.store,
    ({ me, lists, reloads, connection }) => ({ me: me?.id, agents: lists.agents?.items, reloads, connection }),
    shallow,
  );
  private readonly dialog = new Dialog(this);
  /** What was last read. */
  private read = '';
  private calls = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.read = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const {
      store,
      slice: { value },
    } = this;
    if (!store || !value?.me) return;
    const wanted = JSON.stringify([this.look, value.reloads]);
    if (wanted === this.read || this.badDays) return;
    this.read = wanted;
    store.settings.need('agents');
    void this.load();
  }

  override render(): TemplateResult {
    const { provider } = this.common.t;
    if (this.connection === 'unauthorized')
      return blank({ glyph: lock, title: provider.unauthorized, text: provider.unauthorizedText, acts: this.again(() => this.reconnect()) }, true);
    return html`<div class="rep">${this.head()}${this.body()}</div>${this.dialog.render(() => this.waitsDialog())}`;
  }

  /** What the report is of, in days of the reader's. */
  private get look(): ReportLook {
    const tz = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const to = this.to ?? day(Date.now());
    const from = this.from ?? day(Date.parse(`${to}T12:00:00`) - (this.days - 1) * DAY);
    return { from, to, tz, ...(this.agent ? { agentId: this.agent } : {}), ...(this.channel ? { channel: this.channel } : {}) };
  }

  private get badDays(): boolean {
    const { from, to } = this.look;
    const length = (Date.parse(to) - Date.parse(from)) / DAY;
    return !(length >= 0 && length <= LONGEST);
  }

  private head(): TemplateResult {
    const { t, tag } = this.words;
    const { agent, channel, look } = this;
    const own = this.from !== undefined || this.to !== undefined;
    const pick = (change: Partial<Pick<ConvReport, 'days' | 'from' | 'to' | 'agent' | 'channel'>>): void => {
      Object.assign(this, change);
      this.dispatchEvent(
        new CustomEvent('conv-report-look', {
          detail: { days: this.days, from: this.from, to: this.to, agent: this.agent, channel: this.channel },
          bubbles: true,
          composed: true,
        }),
      );
    };
    const value = (event: Event): string => (event.target as HTMLInputElement).value;
    return html`<header class="rep-head"><h1 tabindex="-1">${t.title}</h1>
      <select class="field" data-look aria-label=${t.agent} @change=${(event: Event) => pick({ agent: value(event) || undefined })}><option value="" .selected=${!agent}>${t.allAgents}</option>${(
        this.slice.value?.agents ?? []
      ).map(({ id, name }) => html`<option value=${id} .selected=${id === agent}>${name}</option>`)}</select>
      <select class="field" data-look aria-label=${t.channel} @change=${(event: Event) => pick({ channel: (value(event) || undefined) as Channel | undefined })}><option value="" .selected=${!channel}>${t.allChannels}</option>${CHANNELS.map(
        (one) => html`<option value=${one} .selected=${one === channel}>${channelName(this.words, this.common, one)}</option>`,
      )}</select>
      <span class="seg" role="group" aria-label=${t.period}>${SPANS.map(
        (days) =>
          html`<button type="button" data-days=${days} aria-pressed=${!own && !this.choosing && this.days === days ? 'true' : 'false'} @click=${() => {
            this.choosing = false;
            pick({ days, from: undefined, to: undefined });
          }}>${t.days(days, number(tag, days))}</button>`,
      )}<button type="button" data-days="other" aria-pressed=${own || this.choosing ? 'true' : 'false'} aria-expanded=${own || this.choosing ? 'true' : 'false'} @click=${() => (this.choosing = true)}>${t.other}</button></span>
      <button type="button" class="btn icon" data-act="csv" aria-label=${t.csv} title=${t.csv} ?disabled=${!this.data} @click=${() => void this.download('days')}>${icon(file)}</button>
      ${
        own || this.choosing
          ? html`<span class="dates"><label>${t.from} <input class="field" data-look type="date" .value=${look.from} max=${look.to} @change=${(event: Event) => pick({ from: value(event) || undefined, to: look.to })}></label><label>${t.to} <input
        class="field" data-look type="date" .value=${look.to} min=${look.from} max=${day(Date.now())} @change=${(event: Event) => pick({ to: value(event) || undefined, from: look.from })}></label></span>`
          : nothing
      }
      ${this.badDays ? html`<p class="refusal" role="alert">${t.badDays}</p>` : nothing}</header>`;
  }

  private body(): TemplateResult | TemplateResult[] {
    const { t } = this.words;
    const { data } = this;
    if (this.stage === 'failed') return blank({ glyph: alert, title: t.failed, text: t.failedText, acts: this.again(() => void this.load()) }, true);
    if (!data && !this.slice.value?.me && this.connection === 'offline')
      return blank({ glyph: alert, title: t.failed, text: t.failedText, acts: this.again(() => this.reconnect()) }, true);
    if (!data) return this.bones();
    if (this.stage === 'there') this.patience.out(false);
    const { total, before } = data.days;
    const { agent, approved, edited, person } = data.answers.total;
    if (!total.conversations && !total.handoffs && agent + approved + edited + person === 0) {
      const ever = before.conversations || before.handoffs || this.agent || this.channel || this.from;
      return blank({ glyph: chart, title: t.empty, text: ever ? t.emptyDays : t.emptyText });
    }
    const paint: ReportPaint = {
      words: this.words,
      common: this.common,
      data,
      tables: this.tables,
      avatar: (agentId) => this.slice.value?.agents?.find(({ id }) => id === agentId)?.avatarUrl,
      toggle: this.toggle,
      download: (table) => void this.download(table),
      showWaits: () => void this.showWaits(),
    };
    return html`<div class="rep-body ${this.stage === 'loading' && this.patience.out(true) ? 'is-old' : ''}" aria-busy=${this.stage === 'loading' ? 'true' : 'false'}>${figures(paint)}${charts(paint)}${byAgent(paint)}${pairs(paint)}${helps(data.help.items, this.words, this.go)}</div>`;
  }

  private bones(): TemplateResult {
    if (!this.patience.out(true)) return html``;
    return html`<div class="bones" role="status"><span class="sr">${this.words.t.loading}</span>${['90%', '100%', '100%', '60%'].map((width, at) => html`<span class="bone" ${vars({ 'inline-size': width, 'block-size': at === 1 || at === 2 ? '120px' : '40px' })}></span>`)}</div>`;
  }

  private again(act: () => void): TemplateResult {
    return html`<button type="button" class="btn" @click=${act}>${icon(refresh)}${this.common.t.common.retry}</button>`;
  }

  private readonly toggle = (table: ReportTable): void => {
    const next = new Set(this.tables);
    if (!next.delete(table)) next.add(table);
    this.tables = next;
  };

  private readonly go = (place: HelpPlace): void => {
    this.dispatchEvent(new CustomEvent('conv-report-go', { detail: place, bubbles: true, composed: true }));
  };

  /** Reads the report; what is shown stays until another is there. */
  private async load(): Promise<void> {
    const { store } = this;
    if (!store) return;
    const call = ++this.calls;
    this.stage = 'loading';
    const answer = await new Reports(store.core).read(this.look);
    if (call !== this.calls) return;
    this.stage = answer.ok ? 'there' : 'failed';
    if (answer.ok) this.data = answer.value;
  }

  /** Hands a table to the browser as a file. */
  private async download(table: ReportTable): Promise<void> {
    const { store, look } = this;
    if (!store) return;
    const answer = await new Reports(store.core).csv(look, table);
    if (!answer.ok) return announce(this, this.words.t.failed);
    saveFile(new Blob([answer.value], { type: 'text/csv;charset=utf-8' }), `handoffs-${table}-${look.from}-${look.to}.csv`);
  }

  private async showWaits(cursor?: string): Promise<void> {
    const { store } = this;
    if (!store) return;
    if (!cursor) this.waits = undefined;
    this.dialog.show();
    const answer = await new Reports(store.core).waits(this.look, cursor);
    const before = cursor ? (this.waits?.items ?? []) : [];
    this.waits = answer.ok
      ? { items: [...before, ...answer.value.items], nextCursor: answer.value.nextCursor }
      : { items: before, nextCursor: null, failed: true };
  }

  private waitsDialog() {
    const { t, tag } = this.words;
    const { waits } = this;
    const open = (conversationId: string | null): void => {
      this.dialog.close();
      this.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId }, bubbles: true, composed: true }));
    };
    const row = ({ contact, conversationId, channel, at, seconds, waiting }: LongWait): TemplateResult =>
      html`<li><button type="button" ?disabled=${!conversationId} @click=${() => open(conversationId)}><span>${
        contact === null ? t.gone : html`<bdi>${contact || this.common.t.shared.visitor}</bdi>`
      }</span><span class="dim">${channelName(this.words, this.common, channel)}</span><time class="dim" datetime=${at}>${dayAndTime(tag, at)}</time><span class=${waiting ? 'late' : ''}>${(waiting
        ? t.waiting
        : t.waited)(lengthOf(this.words, this.common, seconds))}</span></button></li>`;
    const body = waits?.failed
      ? blank({ glyph: alert, title: t.failed, acts: this.again(() => void this.showWaits()) }, true)
      : !waits
        ? html`<p role="status">${this.common.t.common.loading}</p>`
        : waits.items.length === 0
          ? html`<p class="dim">${t.noneLong}</p>`
          : html`<ul class="waits">${waits.items.map(row)}</ul>${waits.nextCursor ? html`<button type="button" class="btn" @click=${() => void this.showWaits(waits.nextCursor ?? undefined)}>${t.moreWaits}</button>` : nothing}`;
    return {
      title: t.waitsTitle,
      close: this.common.t.common.close,
      body,
      foot: html`${waits?.items.length ? html`<button type="button" class="btn lg" data-act="waits-csv" @click=${() => void this.download('waits')}>${icon(file)}${t.csv}</button>` : nothing}<button type="submit" class="btn lg push">${this.common.t.common.close}</button>`,
      submit: () => this.dialog.close(),
    };
  }
}

/** A moment's day, as the reader's calendar has it. */
function day(at: number): string {
  const date = new Date(at);
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())).toISOString().slice(0, 10);
}

define('conv-report', ConvReport);

declare global {
  interface HTMLElementTagNameMap {
    'conv-report': ConvReport;
  }
}
